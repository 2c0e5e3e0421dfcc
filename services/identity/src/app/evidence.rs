//! Identity evidence: the only source of what authorities learn about a person.

use ::store::StoreError;
use ids::PersonId;
use messaging::{SealError, Transaction};
use vocabulary::TrustLevel;

use super::{Context, contact};
use crate::{
    person::Attributes,
    store::{
        Connection,
        evidence::{self, Evidence},
        persons::LoginKey,
    },
};

/// Evidence cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EvidenceError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// New evidence from a log-in or document.
#[derive(Clone, Copy)]
pub(super) struct NewEvidence<'a> {
    pub(super) attributes: &'a Attributes,
    pub(super) level: TrustLevel,
    /// The account or card; none for a document checked at the desk.
    pub(super) key: Option<&'a LoginKey>,
}

/// Stores what a log-in or document proved. Proof replaces an older proof of its level; a
/// document typed by staff never replaces data of a card. An unproven claim counts while nothing
/// better is known, and the first one stays: otherwise a booking could change its name by another
/// log-in.
pub(super) async fn keep(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
    new: NewEvidence<'_>,
) -> Result<(), EvidenceError> {
    let now = context.now();
    let replaces = new.level > TrustLevel::Basic && new.key.is_some();
    let best = evidence::best(transaction, person).await?;
    evidence::touch(transaction, person, now).await?;
    let is_known = best.as_ref().is_some_and(|best| best.level >= new.level);
    if is_known && !replaces {
        return Ok(());
    }
    let known_as = best.and_then(|best| open(context, person, &best).ok());
    let plain = serde_json::to_vec(new.attributes).map_err(|_| SealError::Seal)?;
    let evidence = Evidence {
        level: new.level,
        provider: new.key.map(|key| key.provider.to_string()),
        proven_at: now,
        sealed_attributes: context.secrets.data.seal(
            &plain,
            &sealed_for(person, new.level),
            &*context.entropy,
        )?,
    };
    evidence::put(transaction, person, &evidence).await?;
    let name = self::best(context, transaction, person).await?.map(|best| best.written_name());
    if name != known_as.map(|known| known.written_name()) {
        contact::renew(context, transaction, person).await?;
    }
    Ok(())
}

/// The person's evidence of the highest level; `None` if it was deleted after long inactivity.
pub(super) async fn best(
    context: &Context,
    db: &impl Connection,
    person: PersonId,
) -> Result<Option<Attributes>, EvidenceError> {
    let best = evidence::best(db, person).await?;
    best.map(|best| open(context, person, &best)).transpose()
}

/// Forgets what the person proved with just these attributes: they are another human's. Their own log-in
/// or visit proves their data again.
pub(super) async fn forget(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
    attributes: &Attributes,
) -> Result<(), EvidenceError> {
    for kept in evidence::all(transaction, person).await? {
        if open(context, person, &kept)? == *attributes {
            evidence::delete(transaction, person, kept.level).await?;
        }
    }
    Ok(())
}

fn open(
    context: &Context,
    person: PersonId,
    evidence: &Evidence,
) -> Result<Attributes, EvidenceError> {
    let sealed_for = sealed_for(person, evidence.level);
    let opened = context.secrets.data.open(&evidence.sealed_attributes, &sealed_for)?;
    Ok(serde_json::from_slice(&opened).map_err(|_| SealError::Open)?)
}

/// The highest level at which the person proved who they are. A log-in below it may not change what
/// is theirs. Basic if they only ever said who they are.
pub(super) async fn proven_level(
    db: &impl Connection,
    person: PersonId,
) -> Result<TrustLevel, StoreError> {
    let best = evidence::best(db, person).await?;
    Ok(best.map_or(TrustLevel::Basic, |best| best.level))
}

/// Bound to person and level, so that rows cannot be swapped.
fn sealed_for(person: PersonId, level: TrustLevel) -> String {
    format!("evidence/{person}/{}", level.as_str())
}
