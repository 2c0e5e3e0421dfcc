//! A case is opened where a machine cannot decide.

use ids::BookingCode;
use messaging::{SealError, Transaction};
use serde_json::json;

use super::super::{Context, finish_login::Failure};
use crate::{
    person::{Attributes, case::CaseState},
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
    actor: &str,
) -> Result<BookingCode, Failure> {
    if let Some(code) = cases::waiting(transaction, &record).await? {
        return Ok(code);
    }
    let code = BookingCode::mint(&*context.entropy);
    let plain = serde_json::to_vec(attributes).map_err(|_| SealError::Seal)?;
    let case = Case {
        code,
        opened_at: context.now(),
        matter: Matter::Sighting(record),
        state: CaseState::Open,
        sealed_attributes: context.secrets.data.seal(
            &plain,
            &code.to_string(),
            &*context.entropy,
        )?,
    };
    cases::insert(transaction, &case).await?;
    let inputs = (&*context.clock, &*context.entropy);
    audit::note(transaction, inputs, actor, "case.opened", &code.to_string(), json!({})).await?;
    Ok(code)
}
