//! Staff ask for a person without online ID for a seat that is given later, by a draw or a waiting list.
//!
//! It counts as a booking does, by what ties it to the person: the number a day bounds all that a member
//! of staff does alone for others. A caller cannot take part: no document was seen, so invented people
//! could win.

use auth::Attendee;
use ids::{HoldId, LocationId, ServiceId, StaffId};
use jiff::civil::Date;
use vocabulary::Language;

use super::{
    AppError, DeskRefusal, Engine, Once, SeatRequest, WantedSeats,
    confirm_booking::AtDesk,
    proposal::{LaterAct, LaterSeat, Proposal},
    two_staff::{Permit, Wanted, permit, permit_by_two},
};
use crate::{
    domain::{Actor, Binding, BookedBy, CountedAct, DeskReason, PhoneNumber},
    person_data::Visitor,
};

/// What `reason` is for.
const WHY: &str = "Say why staff ask and not the person: `reason` is missing.";

/// What a member of staff states for a person.
#[derive(Debug, Clone)]
pub struct RequestAtDesk {
    /// The member of staff.
    pub staff: StaffId,
    /// Where they stand.
    pub location: LocationId,
    /// The attendee, signed by identity.
    pub attendee_token: String,
    /// What the person wishes, the best first.
    pub wishes: Vec<WantedSeats>,
    /// How many come together.
    pub people: u16,
    /// In which language to write to, or speak with, the person.
    pub language: Language,
    /// Where the location phones them, if they have no e-mail.
    pub phone: Option<PhoneNumber>,
    /// The caller's `Idempotency-Key`.
    pub key: String,
    /// Why staff ask and not the person.
    pub reason: Option<DeskReason>,
    /// Something new is wanted: what the person has with other wishes stays as it is.
    pub only_new: bool,
}

impl RequestAtDesk {
    /// The same as a request of the person.
    async fn stated(&self, engine: &Engine) -> Result<(SeatRequest, Attendee), AppError> {
        engine.know(&self.location)?;
        let attendee = engine.attendee(&self.attendee_token).await?;
        let binding = Binding::at_desk(&attendee);
        if binding.is_provisional() {
            return Err(DeskRefusal::DocumentNeeded.into());
        }
        let request = SeatRequest {
            actor: Actor::Staff(self.staff),
            booked_by: Some(BookedBy::Desk),
            binding,
            at_desk: None,
            phone: self.phone.clone().map(|number| (self.location.clone(), number)),
            doubt: None,
            person: attendee.pseudonym,
            level: attendee.level,
            wishes: self.wishes.clone(),
            people: self.people,
            attendee_token: self.attendee_token.clone(),
            language: self.language,
            key: self.key.clone(),
            only_new: self.only_new,
        };
        Ok((request, attendee))
    }

    /// What is counted, or what a colleague agrees to: these wishes of this person and nothing else.
    fn wanted(&self, request: &SeatRequest, attendee: &Attendee, about: &About<'_>) -> Wanted {
        let mut bits = [0; 16];
        bits.copy_from_slice(&request.fingerprint(about.subject)[..16]);
        let sealed_for = HoldId::from_bits(u128::from_be_bytes(bits));
        let later = LaterSeat {
            what: about.what,
            week: about.week,
            people: self.people,
            wishes: self.wishes.clone(),
        };
        let proposal = Proposal { visitor: Visitor::from(attendee), later: Some(later) };
        Wanted {
            staff: self.staff,
            act: CountedAct::booking(request.binding),
            subject: request.person.to_string(),
            location: self.location.clone(),
            services: vec![about.service.clone()],
            start: None,
            reason: self.reason.clone(),
            attendee: Some((proposal, sealed_for)),
        }
    }
}

/// What a request is about.
pub(super) struct About<'a> {
    pub(super) service: &'a ServiceId,
    /// As the use case names it for its repeats.
    pub(super) subject: &'a str,
    pub(super) what: LaterAct,
    /// The Monday of the week whose seats are drawn.
    pub(super) week: Option<Date>,
    /// A colleague must agree, whatever the number of the day is.
    pub(super) by_two: bool,
}

/// Asks for the person, as far as the member of staff may. A request that was answered before counts once.
/// What is `known` to stand there as it is stated takes no permit, whatever the key: a form that is sent
/// twice changes nothing, so no colleague is asked about it.
///
/// # Errors
/// There is no reason or no document; it takes a second member of staff; or as `known` and `ask`.
pub(super) async fn ask_at_desk<T, Knowing, Asking>(
    engine: &Engine,
    command: RequestAtDesk,
    about: About<'_>,
    known: impl FnOnce(SeatRequest) -> Knowing,
    ask: impl FnOnce(SeatRequest) -> Asking,
) -> Result<Once<T>, AppError>
where
    Knowing: Future<Output = Result<Option<T>, AppError>>,
    Asking: Future<Output = Result<Once<T>, AppError>>,
{
    let (mut request, attendee) = command.stated(engine).await?;
    if request.was_answered(engine, about.subject).await? {
        return ask(request).await;
    }
    let reason = command.reason.clone().ok_or(DeskRefusal::ReasonNeeded(WHY))?;
    if let Some(before) = known(request.clone()).await? {
        return Ok(Once::Before(before));
    }
    let wanted = command.wanted(&request, &attendee, &about);
    let permit = match about.by_two {
        true => permit_by_two(engine, wanted).await?,
        false => permit(engine, wanted).await?,
    };
    if let (Binding::Vouched, Permit::ByTwo(_)) = (request.binding, &permit) {
        request.binding = Binding::VouchedByTwo;
    }
    request.at_desk = Some(AtDesk { reason, agreed: permit.details() });
    let outcome = ask(request).await;
    settle(engine, permit, outcome, Once::is_now).await
}

/// Ends what a person without online ID has in a draw or a waiting list, as far as the member of staff may.
///
/// # Errors
/// There is no reason; it takes a second member of staff; or as `end`.
pub(super) async fn end_at_desk<Ending>(
    engine: &Engine,
    wanted: Wanted,
    end: impl FnOnce(AtDesk) -> Ending,
) -> Result<(), AppError>
where
    Ending: Future<Output = Result<(), AppError>>,
{
    let reason = wanted.reason.clone().ok_or(DeskRefusal::ReasonNeeded(WHY))?;
    let permit = permit(engine, wanted).await?;
    let outcome = end(AtDesk { reason, agreed: permit.details() }).await;
    settle(engine, permit, outcome, |&()| true).await
}

/// Uses the permit up if something was done, and gives it back if not.
pub(super) async fn settle<T>(
    engine: &Engine,
    permit: Permit,
    outcome: Result<T, AppError>,
    is_new: fn(&T) -> bool,
) -> Result<T, AppError> {
    match &outcome {
        Ok(answer) if is_new(answer) => {
            let mut unit = engine.begin().await?;
            permit.used(engine, &mut unit).await?;
            unit.commit().await?;
        }
        Ok(_) => permit.give_back(engine).await,
        Err(refusal) => permit.refused(engine, refusal).await,
    }
    outcome
}
