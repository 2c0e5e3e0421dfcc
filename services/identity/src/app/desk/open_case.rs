//! A case is opened where a machine cannot decide.

use ids::BookingCode;
use messaging::{SealError, Transaction};
use serde_json::json;
use vocabulary::TrustLevel;

use super::{
    super::{Context, finish_login::Failure},
    DeskError, Officer,
};
use crate::{
    person::{
        Attributes,
        case::{CaseState, Ruling},
        fingerprint::Fingerprints,
    },
    store::{
        audit,
        cases::{self, Case, Matter, SightingRecord},
    },
};

/// Opens a case for a log-in or document, or finds the one that is open for it.
pub(crate) async fn open_case(
    context: &Context,
    transaction: &Transaction,
    record: SightingRecord,
    attributes: &Attributes,
    officer: Option<&Officer>,
) -> Result<BookingCode, Failure> {
    if let Some(code) = cases::waiting(transaction, &record).await? {
        return Ok(code);
    }
    let (code, state) = (BookingCode::mint(&*context.entropy), CaseState::Open);
    insert(context, transaction, (code, state), record, attributes, officer).await?;
    Ok(code)
}

/// Opens a case in which `officer` says already that a document is a stranger's.
pub(super) async fn open_proposed_case(
    context: &Context,
    transaction: &Transaction,
    attributes: &Attributes,
    officer: &Officer,
) -> Result<BookingCode, DeskError> {
    let prints = Fingerprints::of(attributes, &context.secrets.fingerprints);
    let prints = prints.map_err(|_| DeskError::TooLittle)?;
    let record = SightingRecord::new(None, TrustLevel::High, &prints, Vec::new());
    if let Some(code) = cases::waiting(transaction, &record).await? {
        return Ok(code);
    }
    let code = BookingCode::mint(&*context.entropy);
    let state = CaseState::Open.propose(Ruling::Other, &officer.actor())?;
    insert(context, transaction, (code, state), record, attributes, Some(officer)).await?;
    Ok(code)
}

async fn insert(
    context: &Context,
    transaction: &Transaction,
    (code, state): (BookingCode, CaseState),
    record: SightingRecord,
    attributes: &Attributes,
    officer: Option<&Officer>,
) -> Result<(), Failure> {
    let plain = serde_json::to_vec(attributes).map_err(|_| SealError::Seal)?;
    let case = Case {
        code,
        opened_at: context.now(),
        matter: Matter::Sighting(record),
        state,
        sealed_attributes: context.secrets.data.seal(
            &plain,
            &code.to_string(),
            &*context.entropy,
        )?,
        authority: officer.map(|officer| officer.authority.clone()),
    };
    cases::insert(transaction, &case).await?;
    let inputs = (&*context.clock, &*context.entropy);
    let actor = officer.map_or_else(|| "log-in".to_owned(), Officer::actor);
    audit::note(transaction, inputs, &actor, "case.opened", &code.to_string(), json!({})).await?;
    Ok(())
}
