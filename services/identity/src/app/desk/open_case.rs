//! A case is opened where a machine cannot decide.

use ids::CaseCode;
use messaging::{SealError, Transaction};
use serde_json::json;
use vocabulary::TrustLevel;

use super::{
    super::{Context, finish_login::LoginFailure},
    DeskError, DeskStaff,
};
use crate::{
    person::{
        Attributes,
        case::{CaseState, Resolution},
        fingerprint::Fingerprints,
    },
    store::cases::{self, Case, CaseKind, EvidenceRecord},
};

/// Opens a case for a log-in or document, or finds the one that is open for it.
pub(crate) async fn open_case(
    context: &Context,
    transaction: &Transaction,
    record: EvidenceRecord,
    attributes: &Attributes,
    staff: Option<&DeskStaff>,
) -> Result<CaseCode, LoginFailure> {
    if let Some(code) = cases::waiting(transaction, &record).await? {
        return Ok(code);
    }
    let (code, state) = (CaseCode::mint(&*context.entropy), CaseState::Open);
    insert(context, transaction, (code, state), record, attributes, staff).await?;
    Ok(code)
}

/// Opens a case in which `staff` says already that a document is a stranger's.
pub(super) async fn open_proposed_case(
    context: &Context,
    transaction: &Transaction,
    attributes: &Attributes,
    staff: &DeskStaff,
) -> Result<CaseCode, DeskError> {
    let prints = Fingerprints::of(attributes, &context.secrets.fingerprints);
    let prints = prints.map_err(|_| DeskError::TooLittle)?;
    let record = EvidenceRecord::new(None, TrustLevel::High, &prints, Vec::new());
    if let Some(code) = cases::waiting(transaction, &record).await? {
        return Ok(code);
    }
    let code = CaseCode::mint(&*context.entropy);
    let state = CaseState::Open.propose(Resolution::Other, &staff.actor())?;
    insert(context, transaction, (code, state), record, attributes, Some(staff)).await?;
    Ok(code)
}

async fn insert(
    context: &Context,
    transaction: &Transaction,
    (code, state): (CaseCode, CaseState),
    record: EvidenceRecord,
    attributes: &Attributes,
    staff: Option<&DeskStaff>,
) -> Result<(), LoginFailure> {
    let plain = serde_json::to_vec(attributes).map_err(|_| SealError::Seal)?;
    let case = Case {
        code,
        opened_at: context.now(),
        kind: CaseKind::Evidence(record),
        state,
        sealed_attributes: context.secrets.data.seal(
            &plain,
            &code.to_string(),
            &*context.entropy,
        )?,
        authority: staff.map(|staff| staff.authority.clone()),
    };
    cases::insert(transaction, &case).await?;
    let actor = staff.map_or_else(|| "log-in".to_owned(), DeskStaff::actor);
    Ok(context.record(transaction, &actor, "case.opened", code, json!({})).await?)
}
