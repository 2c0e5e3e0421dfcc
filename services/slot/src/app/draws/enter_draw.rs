//! A person enters a draw, or changes what they wish.
//!
//! Whether they may is decided as when a slot is held and confirmed: level, entitlement, limits, and
//! no active booking in the group. When in the window they enter has no effect on the draw.

use std::sync::Arc;

use auth::Attendee;
use draw::{Bytes, Entry, Wishes};
use ids::{DrawId, EntryId, HoldId};
use serde_json::json;

use super::{
    announced::Announced,
    earlier,
    enter_at_once::enter_at_once,
    entry_phone::{is_phoned_as, sealed_phone},
    entry_refused::{entry_refused, unless_kept, unless_one_is_kept},
    entry_ticket::{EntryTicket, new_ticket, way},
    own_entry::{OwnEntry, own_entry, promised},
    receipts::with_receipt,
    standing::Standing,
    wishes,
};
use crate::{
    app::{
        AppError, DrawRefusal, Engine, Once, SeatRequest,
        claim_entitlement::require_own,
        facts,
        required_level::require_level_for,
        seat_request::{later_than, write_once},
    },
    domain::{
        Booking,
        draw::{Draw, DrawEntry, EntryStatus, slots_of},
    },
    person_data::Visitor,
    store::{Transaction, draw_ends, draw_entries, draws},
};

/// A request to enter.
#[derive(Debug, Clone)]
pub struct EnterDraw {
    /// Which draw.
    pub draw: DrawId,
    /// What is stated.
    pub request: SeatRequest,
    /// Identity's ticket, as a note; a draw whose tickets the authority gives itself needs none.
    pub ticket: Option<String>,
}

/// Enters, or changes the entry that the person has. The same request again changes nothing.
///
/// # Errors
/// The draw is not open, the person may not enter, the wishes cannot be meant, or the database does
/// not answer.
pub async fn enter_draw(engine: &Engine, request: EnterDraw) -> Result<Once<OwnEntry>, AppError> {
    let EnterDraw { draw, request, ticket } = request;
    if let Some(entered) = enter_at_once(engine, draw, &request, ticket.as_deref()).await? {
        return Ok(Once::Now(entered));
    }
    let draw = draws::find(engine.database.connection(), draw).await?;
    let draw = draw.ok_or(DrawRefusal::NotFound)?;
    let announced = Announced::of(engine, &draw).await?;
    let ticket = ticket.as_deref();
    let mut entering =
        Entering { engine, request: &request, ticket, draw, announced, replaced: None };
    if let Some(before) = entering.answered_before().await? {
        return Ok(Once::Before(before));
    }
    if !entering.draw.is_open(engine.now()) {
        return Err(DrawRefusal::NotOpen.into());
    }
    let attendee = request.attendee(engine).await?;
    let pool = &entering.announced.pool;
    entering.replaced = earlier::to_replace(engine, &entering.draw, pool, &request).await?;
    // So that what cannot be meant is refused before anything is asked of the person.
    entering.seal(Bytes(engine.entropy.bytes()))?;
    // Before the rules read what the person left: a seat is kept until that is written.
    unless_one_is_kept(engine, &entering.draw, &request).await?;
    entering.allowed(&attendee).await?;
    entering.has_no_booking().await?;
    let announcement = &entering.announced.announcement;
    let standing = Standing::of(engine, &entering.draw, announcement, request.person).await?;
    write_once(|| entering.write(&attendee, &standing), || entering.answered_before()).await
}

pub(super) struct Entering<'a> {
    pub(super) engine: &'a Engine,
    pub(super) request: &'a SeatRequest,
    pub(super) ticket: Option<&'a str>,
    pub(super) draw: Draw,
    pub(super) announced: Arc<Announced>,
    /// The appointment that is given back for what is won, in a draw of earlier ones.
    pub(super) replaced: Option<Booking>,
}

impl Entering<'_> {
    /// The same request, if it was answered before: then what is true now.
    async fn answered_before(&self) -> Result<Option<OwnEntry>, AppError> {
        let (engine, request) = (self.engine, self.request);
        if !request.was_answered(engine, &self.subject()).await? {
            return Ok(None);
        }
        let db = engine.database.connection();
        let entry = draw_entries::of_person(db, self.draw.id, request.person).await?;
        let entry = entry.ok_or(DrawRefusal::EntryNotFound)?;
        request.may_change(entry.binding)?;
        let services = [self.draw.service.clone()];
        require_level_for(engine, &services, entry.level, request.level)?;
        self.own(entry).await.map(Some)
    }

    pub(super) fn seal(&self, nonce: Bytes<16>) -> Result<Wishes, AppError> {
        let Announced { announcement, pool, .. } = &*self.announced;
        let request = self.request;
        let present = self.replaced.as_ref().map(|old| old.seat.date(&self.engine.berlin));
        let wanted = earlier::before(&request.wishes, present);
        // More people than can come together are refused as such, by `allowed`.
        let slots = slots_of(announcement, request.people).unwrap_or(announcement.slots(0));
        Ok(wishes::sealed((&wanted, slots), announcement, pool, nonce)?)
    }

    /// Every rule of the service, as for its first seat that is drawn.
    async fn allowed(&self, attendee: &Attendee) -> Result<(), AppError> {
        let (engine, request) = (self.engine, self.request);
        let (catalogue, details) = (engine.catalogue(), request.details(&self.draw.service));
        let visit = self.visit(&catalogue, &details)?;
        let replaced = self.replaced.as_ref().map(|old| old.id);
        let level = request.level.min(attendee.level);
        let facts = facts::of_person(engine, &visit, request.person, level, replaced).await?;
        let person = facts::with_birth_date(facts.person, &visit, attendee)?;
        let (who, doubt) = (request.person, request.doubt);
        let person = facts::with_doubt(engine, person, who, doubt, replaced).await?;
        visit.allowed(engine, &person)?;
        require_own(engine, &facts.entitlements, &Visitor::from(attendee)).await
    }

    /// In a draw of earlier appointments they have one.
    async fn has_no_booking(&self) -> Result<(), AppError> {
        if self.replaced.is_some() {
            return Ok(());
        }
        match self.request.binding_booking(self.engine, &self.draw.group).await? {
            Some(_) => Err(AppError::AlreadyBooked),
            None => Ok(()),
        }
    }

    /// Writes it; `None` if the same request came at once and was first. Until the transaction ends the
    /// list cannot be closed, nor the person merged.
    async fn write(
        &self,
        attendee: &Attendee,
        standing: &Standing,
    ) -> Result<Option<Once<OwnEntry>>, AppError> {
        let (engine, request) = (self.engine, self.request);
        let mut unit = engine.begin().await?;
        let db = unit.transaction();
        request.keep_person(db).await?;
        // Asked again: a seat that was being kept for the person shut this gate, and is seen by now.
        let (person, group) = (request.person, &self.draw.group);
        unless_kept(draw_entries::offered::open_in_group(db, person, group).await?)?;
        draws::keep_open(db, self.draw.id).await?;
        let draw = draws::find(db, self.draw.id).await?.ok_or(DrawRefusal::NotFound)?;
        if !draw.is_open(engine.now()) {
            return Err(DrawRefusal::NotOpen.into());
        }
        if !request.note_answer(engine, db, &self.subject()).await? {
            return Ok(None);
        }
        let before = draw_entries::of_person(db, self.draw.id, request.person).await?;
        let (entry, action) = match before {
            // They may be a known person. Only that one can enter: two log-ins of one human are one
            // chance.
            None if request.doubt.is_some() => return Err(DrawRefusal::InDoubt.into()),
            None => {
                let entry = self.new_entry(db, attendee, standing).await?;
                let entry = with_receipt(engine, self.announced.digest, entry)?;
                if let Err(failure) = draw_entries::insert(db, &entry).await {
                    // What stands in the way is read outside: this transaction may be void.
                    drop(unit);
                    return Err(entry_refused(engine, &self.draw, request, failure).await);
                }
                (entry, "draw.entered")
            }
            Some(before) => {
                request.may_change(before.binding)?;
                let entry = self.changed(&before, attendee, standing)?;
                if entry.public.wishes == before.public.wishes {
                    unit.commit().await?;
                    return Ok(Some(Once::Before(self.own(before).await?)));
                }
                // Asked again: another desk may have entered the person a moment ago.
                if request.only_new {
                    return Err(DrawRefusal::EnteredBefore.into());
                }
                let entry = with_receipt(engine, self.announced.digest, entry)?;
                if !draw_entries::replace(db, &before, &entry).await? {
                    return Err(AppError::EntryChanged);
                }
                (entry, "draw.entry_changed")
            }
        };
        let details = json!({ "draw": self.draw.id, "revision": entry.public.revision });
        let details = request.audited(details);
        engine.record(&mut unit, &request.actor, action, entry.id, details).await?;
        unit.commit().await?;
        Ok(Some(Once::Now(promised(engine, &self.announced, entry)?)))
    }

    /// A new entry. After one that ended with the same ticket it has the next revision, so that
    /// older receipts are known as older.
    async fn new_entry(
        &self,
        transaction: &Transaction,
        attendee: &Attendee,
        standing: &Standing,
    ) -> Result<DrawEntry, AppError> {
        let wishes = self.seal(Bytes(self.engine.entropy.bytes()))?;
        let mut entry = self.entry(attendee, standing, self.new_ticket()?, &wishes)?;
        let serial = entry.public.serial;
        if let Some(end) = draw_ends::find(transaction, self.draw.id, &serial).await? {
            entry.public.revision = end.revision.saturating_add(1);
            draw_ends::take_back(transaction, self.draw.id, &serial).await?;
        }
        Ok(entry)
    }

    /// The ticket of a new entry.
    pub(super) fn new_ticket(&self) -> Result<EntryTicket, AppError> {
        let announcement = &self.announced.announcement;
        new_ticket(self.engine, &self.draw, announcement, self.ticket, way(self.request))
    }

    /// An entry with this ticket and these wishes.
    pub(super) fn entry(
        &self,
        attendee: &Attendee,
        standing: &Standing,
        ticket: EntryTicket,
        wishes: &Wishes,
    ) -> Result<DrawEntry, AppError> {
        let (engine, request, id) = (self.engine, self.request, self.draw.id);
        let keys = &engine.draws.keys;
        let entry_id = EntryId::mint(&*engine.clock, &*engine.entropy);
        let hold = HoldId::mint(&*engine.clock, &*engine.entropy);
        let now = engine.now();
        let public = Entry {
            channel: ticket.channel,
            cohort: standing.cohort,
            companions: u8::try_from(request.people - 1).unwrap_or(u8::MAX),
            quotas: standing.quotas(engine, &engine.catalogue(), &self.draw, ticket.channel),
            revision: 0,
            serial: ticket.serial,
            stamp: ticket.stamp,
            wishes: wishes.commitment(),
        };
        Ok(DrawEntry {
            id: entry_id,
            draw: id,
            person: request.person,
            group: self.draw.group.clone(),
            status: EntryStatus::Entered,
            hold,
            people: request.people,
            level: request.level.min(attendee.level),
            language: request.language.to_string(),
            booked_by: request.booked_by.clone(),
            binding: request.binding,
            replaces: self.replaced.as_ref().map(|old| old.id),
            doubt: request.doubt,
            public,
            wishes: keys.seal(wishes, entry_id, &*engine.entropy)?,
            receipt: None,
            attendee: engine.person_data.seal(&Visitor::from(attendee), hold, &*engine.entropy),
            turn: None,
            offer: None,
            phone: sealed_phone(engine, (request, attendee), entry_id)?,
            booking: None,
            reason: None,
            entered_at: now,
            changed_at: now,
        })
    }

    /// The entry with what is wished now; the ticket stays. As it was, if nothing is new.
    pub(super) fn changed(
        &self,
        before: &DrawEntry,
        attendee: &Attendee,
        standing: &Standing,
    ) -> Result<DrawEntry, AppError> {
        let keys = &self.engine.draws.keys;
        let known: Wishes = keys.open(&before.wishes, before.id)?;
        let wishes = self.seal(Bytes(self.engine.entropy.bytes()))?;
        let ticket = EntryTicket::of(&before.public);
        let fresh = self.entry(attendee, standing, ticket, &wishes)?;
        let same_wishes = self.seal(known.nonce)? == known;
        let same_person =
            before.language == fresh.language && before.public.quotas == fresh.public.quotas;
        // Who repeats online what the desk stated makes it their own; who moved names the present one.
        let same_hand = before.binding == fresh.binding && before.replaces == fresh.replaces;
        let same_phone = is_phoned_as(self.engine, before, (self.request, attendee))?;
        let same_visit = same_wishes && before.people == fresh.people;
        if same_visit && same_person && same_hand && same_phone {
            return Ok(before.clone());
        }
        let engine = self.engine;
        Ok(DrawEntry {
            id: before.id,
            hold: before.hold,
            entered_at: before.entered_at,
            phone: sealed_phone(engine, (self.request, attendee), before.id)?,
            changed_at: later_than(before.changed_at, fresh.changed_at),
            public: Entry {
                revision: before.public.revision.saturating_add(1),
                ..fresh.public.clone()
            },
            wishes: keys.seal(&wishes, before.id, &*engine.entropy)?,
            attendee: engine.person_data.seal(
                &Visitor::from(attendee),
                before.hold,
                &*engine.entropy,
            ),
            ..fresh
        })
    }

    pub(super) async fn own(&self, entry: DrawEntry) -> Result<OwnEntry, AppError> {
        own_entry(self.engine, &self.announced, entry).await
    }

    /// What the request is about, for its repeats.
    pub(super) fn subject(&self) -> String {
        subject(self.draw.id)
    }
}

/// What a request to enter is about.
pub(super) fn subject(draw: DrawId) -> String {
    draw.to_string()
}
