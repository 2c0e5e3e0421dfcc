//! A case is opened where a machine cannot decide.

use ids::{CaseCode, PersonId};
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

/// Opens a case for a log-in, or finds the one that is open for it. Until it is settled, its
/// log-ins are of the person `provisional`, or of the one that an earlier log-in of the case made.
pub(crate) async fn open_case_of_log_in(
    context: &Context,
    transaction: &Transaction,
    record: EvidenceRecord,
    attributes: &Attributes,
    provisional: PersonId,
) -> Result<(CaseCode, PersonId), LoginFailure> {
    if let Some(case) = cases::waiting(transaction, &record).await?
        && let Some(person) = case.provisional
    {
        return Ok((case.code, person));
    }
    let code = CaseCode::mint(&*context.entropy);
    let opened = Opened { code, state: CaseState::Open, opener: Opener::LogIn(provisional) };
    insert(context, transaction, opened, record, attributes).await?;
    Ok((code, provisional))
}

/// Opens a case for a log-in once more, since it was resolved wrongly. The person of the log-in is
/// provisional again.
pub(super) async fn open_case_again(
    context: &Context,
    transaction: &Transaction,
    record: &EvidenceRecord,
    attributes: &Attributes,
    provisional: PersonId,
) -> Result<CaseCode, LoginFailure> {
    let code = CaseCode::mint(&*context.entropy);
    let opened = Opened { code, state: CaseState::Open, opener: Opener::LogIn(provisional) };
    insert(context, transaction, opened, record.clone(), attributes).await?;
    Ok(code)
}

/// Opens a case for a document, or finds the one that is open for it.
pub(super) async fn open_case(
    context: &Context,
    transaction: &Transaction,
    record: EvidenceRecord,
    attributes: &Attributes,
    staff: &DeskStaff,
) -> Result<CaseCode, LoginFailure> {
    if let Some(case) = cases::waiting(transaction, &record).await? {
        return Ok(case.code);
    }
    let code = CaseCode::mint(&*context.entropy);
    let opened = Opened { code, state: CaseState::Open, opener: Opener::Desk(staff) };
    insert(context, transaction, opened, record, attributes).await?;
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
    if let Some(case) = cases::waiting(transaction, &record).await? {
        return Ok(case.code);
    }
    let code = CaseCode::mint(&*context.entropy);
    let state = CaseState::Open.propose(Resolution::Other, &staff.actor(), context.now())?;
    let opened = Opened { code, state, opener: Opener::Desk(staff) };
    insert(context, transaction, opened, record, attributes).await?;
    Ok(code)
}

struct Opened<'a> {
    code: CaseCode,
    state: CaseState,
    opener: Opener<'a>,
}

/// What opens a case.
enum Opener<'a> {
    /// A log-in, with the provisional person it is of meanwhile.
    LogIn(PersonId),
    /// A document at the desk.
    Desk(&'a DeskStaff),
}

async fn insert(
    context: &Context,
    transaction: &Transaction,
    Opened { code, state, opener }: Opened<'_>,
    record: EvidenceRecord,
    attributes: &Attributes,
) -> Result<(), LoginFailure> {
    let plain = serde_json::to_vec(attributes).map_err(|_| SealError::Seal)?;
    let (provisional, authority, actor) = match opener {
        Opener::LogIn(person) => (Some(person), None, "log-in".to_owned()),
        Opener::Desk(staff) => (None, Some(staff.authority.clone()), staff.actor()),
    };
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
        authority,
        provisional,
    };
    cases::insert(transaction, &case).await?;
    let details = json!({ "provisional": provisional });
    Ok(context.record(transaction, &actor, "case.opened", code, details).await?)
}
