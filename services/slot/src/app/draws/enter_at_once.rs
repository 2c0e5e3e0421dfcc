//! Most people enter a draw with nothing in their way. So it is decided as if nothing else was known of
//! them, and the statement that adds the entry sees to it that nothing is: several who enter at once share
//! a transaction, and nothing is read before. Whoever has something in the way, or is refused, enters as
//! if this had not been tried, with everything that is known and the true reason.

use ::store::Backend;
use auth::Attendee;
use booking::rules::Needs;
use catalogue::Catalogue;
use draw::Bytes;
use ids::DrawId;
use jiff::Timestamp;
use serde_json::json;

use super::{
    announced::Announced,
    enter_draw::Entering,
    needs_appointment,
    own_entry::{EntryNote, OwnEntry},
    receipts::promise,
    standing::Standing,
    terms::declined_seats,
    wishes,
};
use crate::{
    app::{AppError, Engine, SeatRequest, Visit, VisitDetails, facts},
    domain::draw::slots_of,
    store::draw_entries::PlainEntry,
};

/// Enters, if nothing is in the way. `None`: something is, or would be asked of the database first; nothing
/// was written.
///
/// # Errors
/// The database does not answer, and a repeat tells what became of it.
pub(super) async fn enter_at_once(
    engine: &Engine,
    draw: DrawId,
    request: &SeatRequest,
    ticket: Option<&str>,
) -> Result<Option<OwnEntry>, AppError> {
    if engine.database.backend() == Backend::Sqlite {
        // It has one writer at a time, and nothing to share.
        return Ok(None);
    }
    let Some(announced) = engine.draws.announced.latest(draw) else { return Ok(None) };
    let draw = announced.draw.clone();
    let entering = Entering { engine, request, ticket, draw, announced, replaced: None };
    // Whatever refuses here is found again, in its order among the other reasons.
    let Ok(Some((plain, own))) = entering.as_if_unknown().await else { return Ok(None) };
    let is_added = engine.draws.entries.add(plain).await?;
    Ok(is_added.then_some(own))
}

impl Entering<'_> {
    /// The entry of a person of whom nothing else is known, and how they see it. `None`: that cannot be
    /// assumed.
    async fn as_if_unknown(&self) -> Result<Option<(PlainEntry, OwnEntry)>, AppError> {
        let (engine, request, draw) = (self.engine, self.request, &self.draw);
        let is_special =
            request.doubt.is_some() || request.at_desk.is_some() || request.phone.is_some();
        if is_special || needs_appointment(draw)? || !draw.is_open(engine.now()) {
            return Ok(None);
        }
        let attendee = request.attendee(engine).await?;
        let sealed = self.seal(Bytes(engine.entropy.bytes()))?;
        let Some(needs) = self.allowed_if_unknown(&attendee)? else { return Ok(None) };
        let Announced { announcement, digest, pool, .. } = &*self.announced;
        let standing = Standing::of(engine, draw, announcement, request.person).await?;
        let mut entry = self.entry(&attendee, &standing, self.new_ticket()?, &sealed)?;
        let wishes = wishes::stated(&sealed, pool);
        let note = EntryNote::Receipt(promise(engine, *digest, &mut entry, sealed)?);
        let details = json!({ "draw": draw.id, "revision": entry.public.revision });
        let details = request.audited(details);
        let since = needs
            .history
            .map(|window| engine.now().saturating_sub(window).unwrap_or(Timestamp::MIN));
        let plain = PlainEntry {
            service: draw.service.clone(),
            secrets: draw.secrets.clone(),
            history_since: since,
            answered: request.answered(engine, &self.subject()),
            audit: engine.audit(&request.actor, "draw.entered", entry.id, details),
            entry: entry.clone(),
        };
        Ok(Some((plain, OwnEntry { entry, wishes, note, seat: None, left_out_until: None })))
    }

    /// What the rules would have to know, if they allow it to a person without a history. `None`: they ask
    /// for an entitlement.
    fn allowed_if_unknown(&self, attendee: &Attendee) -> Result<Option<Needs>, AppError> {
        let (engine, request) = (self.engine, self.request);
        let (catalogue, details) = (engine.catalogue(), request.details(&self.draw.service));
        let visit = self.visit(&catalogue, &details)?;
        let needs = visit.needs();
        if needs.entitlement || !visit.demanding_entitlement().is_empty() {
            return Ok(None);
        }
        let person = facts::assumed(request.level.min(attendee.level));
        let person = facts::with_birth_date(person, &visit, attendee)?;
        visit.allowed(engine, &person)?;
        Ok(Some(needs))
    }

    /// The first seat that is drawn, as the visit for which the rules are asked.
    pub(super) fn visit<'a>(
        &self,
        catalogue: &'a Catalogue,
        details: &'a VisitDetails,
    ) -> Result<Visit<'a>, AppError> {
        let Announced { announcement, pool, .. } = &*self.announced;
        if slots_of(announcement, self.request.people).is_none() {
            let most = u16::from(announcement.visit.companions) + 1;
            return Err(AppError::TooManyPeople(most));
        }
        let seat = pool.seat(0, 0, 1).ok_or(AppError::SlotNotOffered)?;
        let replaced = self.replaced.as_ref().map(|old| old.id);
        let hold = self.request.as_if_held(self.engine, &self.draw.group, seat, replaced);
        let visit = Visit::drawn(self.engine, catalogue, &hold, details)?;
        // What the announcement does not say costs nothing, whatever other draws say by now.
        let counts = declined_seats(&self.draw, Some(announcement.rule.as_str()))?.is_some();
        Ok(visit.entered(counts && self.request.at_desk.is_none()))
    }
}
