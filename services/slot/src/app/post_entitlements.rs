//! An agency posts entitlements, for example because an application is on file.

use std::collections::{BTreeSet, HashMap, HashSet};

use booking::entitlement::{BoundTo, Holder, Reference};
use ids::{ClientId, EntitlementId, ServiceId};
use jiff::Timestamp;
use serde_json::json;

use super::{AppError, Engine, repeatable::Repeatable};
use crate::{
    domain::{Actor, Entitlement},
    store::{
        Transaction, audit,
        entitlements::{self, Extension, Holding},
    },
};

/// An entitlement, in the agency's own terms.
#[derive(Debug, Clone)]
pub struct PostEntitlement {
    /// What may be booked.
    pub service: ServiceId,
    /// The reference that the agency gave the person; a fresh one if absent. Not kept.
    pub reference: Option<Reference>,
    /// The person for whom it is. Not kept.
    pub holder: Holder,
    /// From when on; now if absent.
    pub valid_from: Option<Timestamp>,
    /// Until when.
    pub valid_until: Timestamp,
    /// For how many appointments.
    pub uses: u16,
}

impl PostEntitlement {
    /// What is compared when an `Idempotency-Key` comes again.
    fn as_text(&self) -> String {
        let reference = self.reference.as_ref().map(Reference::as_str);
        let (from, until) = (self.valid_from, self.valid_until);
        let holder = self.holder.exact_texts();
        format!("{} {reference:?} {holder:?} {from:?} {until} {}", self.service, self.uses)
    }
}

/// An entitlement that is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnFile {
    /// Its identifier.
    pub id: EntitlementId,
    /// What this request made of it.
    pub outcome: Outcome,
    /// The reference, if we made it. Told once: we do not keep it.
    pub issued: Option<Reference>,
}

/// What a request made of an entitlement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It put it there.
    New,
    /// It holds longer, or for more appointments.
    Extended,
    /// Nothing, but for spellings that were not on file.
    Unchanged,
    /// Nothing: the agency withdrew it before.
    Withdrawn,
    /// Nothing: the agency re-issued it since, so this reference is worth nothing any more.
    Reissued,
}

impl Outcome {
    /// Whether the entitlement can be claimed by the reference that was posted.
    #[must_use]
    pub const fn leaves_reference(self) -> bool {
        match self {
            Self::New | Self::Extended | Self::Unchanged => true,
            Self::Withdrawn | Self::Reissued => false,
        }
    }
}

/// Why one of a request is not on file: references are unique per service among all agencies of the
/// authority, since a citizen types nothing else, and this one is another person's or agency's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferenceInUse;

/// One of the request, with all that is made before the database is asked.
struct Draft {
    entitlement: Entitlement,
    holder: Holder,
    /// By which a version before this one would have put it on file.
    former: Option<Vec<u8>>,
    issued: Option<Reference>,
}

/// Keeps the entitlements, in one transaction. Posting one again widens it: it holds until the later of
/// both days, for the greater number of appointments, and for each person whom either names. The answers
/// come in the order of the request; one whose reference is in use harms none of the others. With the same
/// `key` a repeat tells the references again that were made, unless they are worth nothing by now.
///
/// # Errors
/// A service is unknown, or the key was used for something else, and nothing is kept; or the database
/// does not answer.
pub async fn post_entitlements(
    engine: &Engine,
    client: &ClientId,
    posted: Vec<PostEntitlement>,
    key: Option<String>,
) -> Result<Vec<Result<OnFile, ReferenceInUse>>, AppError> {
    let repeatable = key.map(|key| {
        let texts: Vec<_> = posted.iter().map(PostEntitlement::as_text).collect();
        Repeatable::new(engine, client, key, &format!("post {}", texts.join("\n")))
    });
    let drafts = drafts(engine, client, posted, repeatable.as_ref())?;
    let unit = engine.begin().await?;
    let db = unit.transaction();
    if let Some(repeatable) = &repeatable {
        // A repeat goes on: posting the same again changes nothing, and says what is true now.
        repeatable.came_before(db).await?;
    }
    let bound = bind_former(db, client, &drafts).await?;
    let rows: Vec<_> = drafts.iter().map(|draft| draft.entitlement.clone()).collect();
    entitlements::insert_absent(db, &rows).await?;
    let mut change = Change::read(engine, db, &drafts, bound).await?;
    let mut on_file = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        on_file.push(change.add(draft)?);
    }
    change.write(db, &drafts, &mut on_file).await?;

    let actor = Actor::Agency(client.clone());
    let entries: Vec<_> = drafts
        .iter()
        .zip(&on_file)
        .filter_map(|(draft, it)| {
            let it = it.as_ref().ok()?;
            Some((draft, it, audited(it.outcome)?))
        })
        .map(|(draft, it, action)| {
            engine.audit(&actor, action, it.id, json!({ "service": draft.entitlement.service }))
        })
        .collect();
    audit::insert(db, &entries).await?;
    unit.commit().await?;
    Ok(on_file)
}

const fn audited(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::New => Some("entitlement.posted"),
        Outcome::Extended => Some("entitlement.extended"),
        Outcome::Unchanged | Outcome::Withdrawn | Outcome::Reissued => None,
    }
}

fn drafts(
    engine: &Engine,
    client: &ClientId,
    posted: Vec<PostEntitlement>,
    repeatable: Option<&Repeatable>,
) -> Result<Vec<Draft>, AppError> {
    let fresh = |place| match repeatable {
        Some(repeatable) => repeatable.reference(engine, place),
        None => Reference::mint(&*engine.entropy),
    };
    let posted = posted.into_iter().enumerate();
    posted.map(|(place, it)| draft(engine, client, it, || fresh(place))).collect()
}

fn draft(
    engine: &Engine,
    client: &ClientId,
    posted: PostEntitlement,
    fresh: impl FnOnce() -> Reference,
) -> Result<Draft, AppError> {
    if engine.catalogue().service(&posted.service).is_none() {
        return Err(AppError::UnknownService(posted.service));
    }
    let (now, data) = (engine.now(), &engine.person_data);
    let issued = posted.reference.is_none().then(fresh);
    let reference = posted.reference.as_ref().or(issued.as_ref());
    let reference = reference.ok_or(AppError::NoSuchEntitlement)?;
    let former = match &posted.holder {
        Holder::Name(_, born) if issued.is_none() => {
            Some(data.former_hash(&posted.service, reference, &born.to_string()))
        }
        Holder::Name(..) | Holder::BirthDate(_) | Holder::Bearer => None,
    };
    let entitlement = Entitlement {
        id: EntitlementId::mint(&*engine.clock, &*engine.entropy),
        reference: data.reference_hash(&posted.service, reference),
        service: posted.service,
        key_id: Some(data.key_id().to_owned()),
        bound_to: posted.holder.bound_to(),
        valid_from: posted.valid_from.unwrap_or(now),
        valid_until: posted.valid_until,
        uses: posted.uses,
        posted_by: client.clone(),
        person: None,
        withdrawn_at: None,
        created_at: now,
    };
    Ok(Draft { entitlement, holder: posted.holder, former, issued })
}

/// What versions before this one put on file for the agency is bound to the name that it sends now.
async fn bind_former(
    db: &Transaction,
    client: &ClientId,
    drafts: &[Draft],
) -> Result<HashSet<EntitlementId>, AppError> {
    let hashes = drafts
        .iter()
        .filter_map(|draft| Some([draft.former.clone()?, draft.entitlement.reference.clone()]));
    let hashes: Vec<_> = hashes.flatten().collect();
    let mut bound = HashSet::new();
    if hashes.is_empty() {
        return Ok(bound);
    }
    let found = entitlements::by_references(db, &services(drafts), hashes).await?;
    for draft in drafts {
        let posted = &draft.entitlement;
        let former = found.iter().find(|it| {
            it.bound_to == BoundTo::Former
                && it.posted_by == *client
                && it.service == posted.service
                && draft.former.as_ref() == Some(&it.reference)
        });
        let is_on_file =
            found.iter().any(|it| it.service == posted.service && it.reference == posted.reference);
        if let Some(former) = former
            && !is_on_file
            && entitlements::bind_former(db, former.id, posted).await?
        {
            bound.insert(former.id);
        }
    }
    Ok(bound)
}

fn services(drafts: &[Draft]) -> BTreeSet<&ServiceId> {
    drafts.iter().map(|draft| &draft.entitlement.service).collect()
}

/// Takes back what was just added under a reference that is worth nothing any more, and puts the
/// entitlement there whose reference it was. Asked after adding, so that of a post and a re-issue at the
/// same moment the later one sees the other.
async fn put_back_reissued(
    db: &Transaction,
    drafts: &[Draft],
    fresh: &HashSet<EntitlementId>,
    on_file: &mut HashMap<(ServiceId, Vec<u8>), Entitlement>,
) -> Result<HashSet<(ServiceId, Vec<u8>)>, AppError> {
    let of_draft =
        |draft: &Draft| [Some(draft.entitlement.reference.clone()), draft.former.clone()];
    let hashes = drafts.iter().flat_map(of_draft).flatten().collect();
    let found = entitlements::reissued(db, &services(drafts), hashes).await?;
    let mut reissued = HashSet::new();
    if found.is_empty() {
        return Ok(reissued);
    }
    let ids: Vec<_> = found.iter().map(|it| it.entitlement).collect();
    let present = entitlements::with_ids(db, &ids).await?;
    let mut revived = Vec::new();
    for draft in drafts {
        let Entitlement { service, reference, .. } = &draft.entitlement;
        let was = found.iter().find(|it| {
            let is_former = draft.former.as_ref() == Some(&it.reference);
            it.service == *service && (it.reference == *reference || is_former)
        });
        let now = was.and_then(|was| present.iter().find(|it| it.id == was.entitlement));
        let key = (service.clone(), reference.clone());
        let added = on_file.get(&key).map(|it| it.id).filter(|id| fresh.contains(id));
        if let (Some(now), Some(added)) = (now, added) {
            revived.push(added);
            on_file.insert(key.clone(), now.clone());
            reissued.insert(key);
        }
    }
    entitlements::remove_added(db, &revived).await?;
    Ok(reissued)
}

/// What is on file, and what is to be added.
struct Change<'a> {
    engine: &'a Engine,
    on_file: HashMap<(ServiceId, Vec<u8>), Entitlement>,
    /// References that are worth nothing any more. `on_file` says of which entitlement they were.
    reissued: HashSet<(ServiceId, Vec<u8>)>,
    /// Hashes of the holders of each.
    holders: HashMap<EntitlementId, HashSet<Vec<u8>>>,
    /// Bound by this request: their holders are not on file yet.
    bound: HashSet<EntitlementId>,
    added: Vec<Holding>,
}

impl<'a> Change<'a> {
    async fn read(
        engine: &'a Engine,
        db: &Transaction,
        drafts: &[Draft],
        bound: HashSet<EntitlementId>,
    ) -> Result<Self, AppError> {
        let references = drafts.iter().map(|draft| draft.entitlement.reference.clone()).collect();
        let found = entitlements::by_references(db, &services(drafts), references).await?;
        let mut on_file: HashMap<_, _> =
            found.into_iter().map(|it| ((it.service.clone(), it.reference.clone()), it)).collect();
        let fresh: HashSet<_> = drafts.iter().map(|draft| draft.entitlement.id).collect();
        let reissued = put_back_reissued(db, drafts, &fresh, &mut on_file).await?;
        let known: Vec<_> =
            on_file.values().map(|it| it.id).filter(|id| !fresh.contains(id)).collect();
        let mut holders: HashMap<_, HashSet<_>> = HashMap::new();
        if !known.is_empty() {
            for it in entitlements::holdings(db, &known).await? {
                holders.entry(it.entitlement).or_default().insert(it.proof);
            }
        }
        Ok(Self { engine, on_file, reissued, holders, bound, added: Vec::new() })
    }

    /// What becomes of one. `Extended` is only what is wanted: the row decides.
    fn add(&mut self, draft: &Draft) -> Result<Result<OnFile, ReferenceInUse>, AppError> {
        let posted = &draft.entitlement;
        let key = (posted.service.clone(), posted.reference.clone());
        let present = self.on_file.get(&key).ok_or(AppError::NoSuchEntitlement)?;
        let (id, is_new) = (present.id, present.id == posted.id);
        let data = &self.engine.person_data;
        let hashes: Vec<_> =
            draft.holder.texts().iter().map(|text| data.holder_hash(id, text)).collect();
        let exact: Vec<_> =
            draft.holder.exact_texts().iter().map(|text| data.holder_hash(id, text)).collect();
        let holders = self.holders.entry(id).or_default();
        let is_same = present.posted_by == posted.posted_by
            && present.bound_to == posted.bound_to
            && (exact.is_empty() || exact.iter().any(|hash| holders.contains(hash)));
        if !is_new && !is_same && !self.bound.remove(&id) {
            return Ok(Err(ReferenceInUse));
        }
        let outcome = match present {
            _ if is_new => Outcome::New,
            it if it.withdrawn_at.is_some() => Outcome::Withdrawn,
            _ if self.reissued.contains(&key) => Outcome::Reissued,
            it if it.valid_until < posted.valid_until || it.uses < posted.uses => Outcome::Extended,
            _ => Outcome::Unchanged,
        };
        let issued = draft.issued.clone().filter(|_| outcome.leaves_reference());
        if outcome.leaves_reference() {
            let key_id = data.key_id();
            let added = hashes.into_iter().filter(|hash| holders.insert(hash.clone()));
            let holding = |proof| Holding { entitlement: id, proof, key_id: key_id.to_owned() };
            self.added.extend(added.map(holding));
        }
        Ok(Ok(OnFile { id, outcome, issued }))
    }

    async fn write(
        mut self,
        db: &Transaction,
        drafts: &[Draft],
        on_file: &mut [Result<OnFile, ReferenceInUse>],
    ) -> Result<(), AppError> {
        // Always in one order, so that two requests do not wait for each other crosswise.
        self.added.sort();
        entitlements::add_holders(db, &self.added).await?;
        let wanted = on_file.iter_mut().zip(drafts);
        let wanted = wanted.filter_map(|(it, draft)| Some((it.as_mut().ok()?, draft)));
        let mut wanted: Vec<_> = wanted.filter(|(it, _)| it.outcome == Outcome::Extended).collect();
        wanted.sort_by_key(|(it, _)| it.id);
        for (it, Draft { entitlement, .. }) in wanted {
            let Entitlement { valid_until, uses, .. } = *entitlement;
            if !entitlements::extend(db, &Extension { id: it.id, valid_until, uses }).await? {
                it.outcome = Outcome::Unchanged;
            }
        }
        Ok(())
    }
}
