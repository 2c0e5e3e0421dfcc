//! Maps each refusal to its problem document: the only place that knows both.

use std::sync::LazyLock;

use booking::rules::{self, Fact, Refusal, RuleProblem};
use jiff::Timestamp;
use problem::{Problem, ProblemType, types};
use serde_json::Value;

use super::{
    body::invalid,
    local_time::{LocalTime, on_the_clock},
};
use crate::{
    app::{AppError, DeskRefusal, DrawRefusal, WaitingRefusal},
    availability::AvailabilityError,
    holds::Hold,
};

/// Holds come back within a second or two after a loss.
const HOLDS_RETRY_SECONDS: u64 = 1;
/// A database that does not answer is usually back after a failover.
const DATABASE_RETRY_SECONDS: u64 = 5;

/// One problem type per booking rule, made from the registry.
pub(super) static RULES: LazyLock<Vec<ProblemType>> =
    LazyLock::new(|| rules::PROBLEMS.iter().copied().map(problem_type).collect());

fn problem_type(rule: &RuleProblem) -> ProblemType {
    ProblemType {
        code: rule.code,
        status: rule.kind.status(),
        title: rule.title,
        advice: rule.advice,
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let kind = match error {
            AppError::UnknownService(_) => &types::UNKNOWN_SERVICE,
            AppError::UnknownLocation(_) => &types::UNKNOWN_LOCATION,
            AppError::NotOneVisit(_) => &types::SERVICES_NOT_COMBINABLE,
            AppError::SlotNotOffered => &types::SLOT_NOT_OFFERED,
            AppError::SlotInPast => &types::SLOT_IN_PAST,
            AppError::Closed => &types::CLOSED,
            AppError::SlotOffGrid => &types::SLOT_OFF_GRID,
            AppError::WrongDuration => &types::WRONG_DURATION,
            AppError::SlotTaken => &types::SLOT_TAKEN,
            AppError::AsksTooSoon { .. } => &types::ASKED_TOO_SOON,
            AppError::TooManyClaims { .. } | AppError::TooManyDates { .. } => &types::RATE_LIMITED,
            AppError::AlreadyHolding(_) => &types::ALREADY_HOLDING,
            AppError::HeldByStaff(_) => &types::HELD_BY_STAFF,
            AppError::AlreadyBooked => &types::ALREADY_BOOKED,
            AppError::HoldInvalid => &types::HOLD_INVALID,
            AppError::HoldExpired => &types::HOLD_EXPIRED,
            AppError::HoldGivenUp => &types::HOLD_GIVEN_UP,
            AppError::HoldOfOtherEdition => &types::HOLD_OTHER_EDITION,
            AppError::HoldExtendedBefore => &types::HOLD_EXTENDED_BEFORE,
            AppError::HoldsUnavailable(_) => &types::HOLDS_UNAVAILABLE,
            AppError::AttendeeInvalid(_) => &types::ATTENDEE_INVALID,
            AppError::BookingNotFound => &types::BOOKING_NOT_FOUND,
            AppError::BookingNotActive(_) => &types::BOOKING_NOT_ACTIVE,
            AppError::BookingStarted => &types::BOOKING_STARTED,
            AppError::PersonMerged => &types::PERSON_MERGED,
            AppError::IdempotencyMismatch => &types::IDEMPOTENCY_MISMATCH,
            AppError::NoSuchEntitlement => &types::ENTITLEMENT_NOT_FOUND,
            AppError::EntitlementTaken => &types::ENTITLEMENT_TAKEN,
            AppError::ReferenceInUse => &types::ENTITLEMENT_CONFLICT,
            AppError::ReissueOver { .. } => &types::REISSUE_OVER,
            AppError::AllocatedByDraw => &types::ALLOCATED_BY_DRAW,
            AppError::AssignedByOffice => &types::ASSIGNED_BY_OFFICE,
            AppError::NotAssigned => &types::NOT_ASSIGNED,
            AppError::DateAlreadyAssigned => &types::DATE_ALREADY_ASSIGNED,
            AppError::DateNotFound => &types::DATE_NOT_FOUND,
            AppError::DateOver(_) => &types::DATE_OVER,
            AppError::DateUnanswerable(_) => &types::ENTITLEMENT_NOT_FOUND,
            AppError::EntryChanged | AppError::CatalogueChanged | AppError::Unavailable(_) => {
                &types::UNAVAILABLE
            }
            AppError::Internal(_) => &types::INTERNAL,
            AppError::WishesInvalid(why) => return invalid("wishes", &why.to_string()),
            AppError::PhoneNeeded => {
                let reason = "is missing: the identity service knows no proven e-mail address of the \
                              person, so state where the location phones them";
                return invalid("phone", reason);
            }
            AppError::TooManyPeople(_) => return invalid("people", &error.to_string()),
            AppError::GuessableReference(why) => return invalid("reference", &why.to_string()),
            AppError::Rule(refusal) => return by_rule(&refusal),
            AppError::Draw(refusal) => return by_draw(refusal),
            AppError::Waiting(refusal) => return by_waiting_list(refusal),
            AppError::Desk(refusal) => return by_desk(refusal),
        };
        with_particulars(Self::new(kind), error)
    }
}

fn by_draw(refusal: DrawRefusal) -> Problem {
    match refusal {
        DrawRefusal::NotFound => Problem::new(&types::DRAW_NOT_FOUND),
        DrawRefusal::NotOpen => Problem::new(&types::DRAW_NOT_OPEN),
        DrawRefusal::NotSettled => Problem::new(&types::DRAW_NOT_SETTLED),
        DrawRefusal::EntryNotFound => Problem::new(&types::ENTRY_NOT_FOUND),
        DrawRefusal::OfferOver => Problem::new(&types::OFFER_OVER),
        DrawRefusal::AlreadyEntered(draw) => {
            Problem::new(&types::ALREADY_ENTERED).with("draw", draw.to_string())
        }
        DrawRefusal::EnteredBefore => Problem::new(&types::ENTERED_BEFORE),
        DrawRefusal::InDoubt => Problem::new(&types::ENTERED_IN_DOUBT),
        DrawRefusal::AppointmentNeeded => Problem::new(&types::LATER_APPOINTMENT_NEEDED),
        DrawRefusal::TicketNeeded => Problem::new(&types::DRAW_TICKET_NEEDED),
        DrawRefusal::TicketInvalid(why) => {
            Problem::new(&types::DRAW_TICKET_INVALID).detail(sentence(&why))
        }
    }
}

fn by_waiting_list(refusal: WaitingRefusal) -> Problem {
    Problem::new(match refusal {
        WaitingRefusal::NoList => &types::NO_WAITING_LIST,
        WaitingRefusal::Full => &types::WAITING_LIST_FULL,
        WaitingRefusal::TooSoon { days, again_at } => return no_place_before(days, again_at),
        WaitingRefusal::NotWaiting => &types::NOT_WAITING,
        WaitingRefusal::AlreadyWaiting => &types::ALREADY_WAITING,
        WaitingRefusal::WaitingBefore => &types::WAITING_BEFORE,
        WaitingRefusal::InDoubt => &types::WAITING_IN_DOUBT,
        WaitingRefusal::OfferNotFound => &types::OFFER_NOT_FOUND,
        WaitingRefusal::OfferOver => &types::OFFER_OVER,
    })
}

fn by_desk(refusal: DeskRefusal) -> Problem {
    match refusal {
        DeskRefusal::Forbidden(why) => Problem::new(&types::FORBIDDEN).detail(why),
        DeskRefusal::NotToday { start, noted_from } => {
            not_noted_before(Problem::new(&types::NOT_TODAY), start, noted_from)
        }
        DeskRefusal::BookingNotBegun { start } => {
            not_noted_before(Problem::new(&types::BOOKING_NOT_BEGUN), start, start)
        }
        DeskRefusal::NoLongerNoted => Problem::new(&types::NO_LONGER_NOTED),
        DeskRefusal::StillOpen => {
            invalid("date", "the location is open on that day; close it in the catalogue first")
        }
        DeskRefusal::SecondPerson(case) => {
            Problem::new(&types::SECOND_PERSON_NEEDED).with("case", case.to_string())
        }
        DeskRefusal::CaseNotFound => Problem::new(&types::NOT_FOUND),
        DeskRefusal::CaseState => Problem::new(&types::CASE_STATE),
        DeskRefusal::ReasonNeeded(why) => Problem::new(&types::REASON_NEEDED).detail(why),
        DeskRefusal::DocumentNeeded => Problem::new(&types::DOCUMENT_NEEDED),
        DeskRefusal::MadeOnline => Problem::new(&types::MADE_ONLINE),
        DeskRefusal::TicketNotFound => Problem::new(&types::TICKET_NOT_FOUND),
        DeskRefusal::TicketNotActive(status) => {
            Problem::new(&types::TICKET_NOT_ACTIVE).with("current_status", status.as_str())
        }
    }
}

impl From<AvailabilityError> for Problem {
    fn from(error: AvailabilityError) -> Self {
        match error {
            AvailabilityError::NotLoaded => AppError::HoldsUnavailable(error.into()).into(),
            AvailabilityError::Visit(error) => AppError::from(error).into(),
            AvailabilityError::RangeReversed | AvailabilityError::RangeTooLong => {
                invalid("to", &error.to_string())
            }
        }
    }
}

fn with_particulars(problem: Problem, error: AppError) -> Problem {
    match error {
        AppError::UnknownService(service) => problem.with("service", service.as_str()),
        AppError::UnknownLocation(location) => problem.with("location", location.as_str()),
        AppError::NotOneVisit(why) | AppError::AttendeeInvalid(why) => {
            problem.detail(sentence(&why))
        }
        AppError::BookingNotActive(status) => problem.with("current_status", status.as_str()),
        AppError::HoldsUnavailable(cause) => {
            problem.retry_after(HOLDS_RETRY_SECONDS).caused_by(cause)
        }
        AppError::Unavailable(cause) => {
            problem.retry_after(DATABASE_RETRY_SECONDS).caused_by(cause)
        }
        AppError::CatalogueChanged | AppError::EntryChanged => {
            problem.retry_after(DATABASE_RETRY_SECONDS)
        }
        AppError::Internal(cause) => problem.caused_by(cause),
        AppError::AsksTooSoon { wait_seconds, .. } => problem.retry_after(wait_seconds),
        AppError::TooManyClaims { wait_seconds } => problem
            .detail(
                "Those were all the references that one person can try today. Your office helps.",
            )
            .retry_after(wait_seconds),
        AppError::TooManyDates { wait_seconds, again_at } => {
            no_date_before(problem, again_at).retry_after(wait_seconds)
        }
        AppError::DateOver(status) => problem.with("current_status", status.as_str()),
        AppError::DateUnanswerable(why) => problem.detail(why),
        AppError::AlreadyHolding(hold) => which_hold(problem, &hold),
        AppError::HeldByStaff(hold) => kept_by_staff(problem, &hold),
        AppError::ReissueOver { why } => problem.with("current_status", why),
        AppError::SlotNotOffered
        | AppError::SlotInPast
        | AppError::Closed
        | AppError::SlotOffGrid
        | AppError::WrongDuration
        | AppError::SlotTaken
        | AppError::AlreadyBooked
        | AppError::Rule(_)
        | AppError::HoldInvalid
        | AppError::HoldExpired
        | AppError::HoldGivenUp
        | AppError::HoldOfOtherEdition
        | AppError::HoldExtendedBefore
        | AppError::PersonMerged
        | AppError::BookingNotFound
        | AppError::BookingStarted
        | AppError::IdempotencyMismatch
        | AppError::NoSuchEntitlement
        | AppError::EntitlementTaken
        | AppError::ReferenceInUse
        | AppError::AllocatedByDraw
        | AppError::AssignedByOffice
        | AppError::NotAssigned
        | AppError::DateAlreadyAssigned
        | AppError::DateNotFound
        | AppError::WishesInvalid(_)
        | AppError::PhoneNeeded
        | AppError::TooManyPeople(_)
        | AppError::GuessableReference(_)
        | AppError::Draw(_)
        | AppError::Waiting(_)
        | AppError::Desk(_) => problem,
    }
}

/// When the appointment is, and from when on this can be noted.
fn not_noted_before(problem: Problem, start: Timestamp, from: Timestamp) -> Problem {
    let detail = format!(
        "The appointment is on {}; this can be noted from {} on.",
        on_the_clock(start),
        on_the_clock(from)
    );
    problem.detail(detail).with("start", local(start)).with("noted_from", local(from))
}

/// From when on the application can be given a date again.
fn no_date_before(problem: Problem, again_at: Timestamp) -> Problem {
    problem
        .detail("Those were all the dates that one application can be given today.")
        .with("again_at", local(again_at))
}

/// From when on a waiting list can be joined again, and who decides before that.
fn no_place_before(days: u8, again_at: Timestamp) -> Problem {
    let detail = format!(
        "A place that was lost by offers that were declined or lapsed can be taken again online {days} days later. \
         The office decides about exceptions and can put the person in line."
    );
    Problem::new(&types::REJOIN_TOO_SOON).detail(detail).with("again_at", local(again_at))
}

/// Which other slot the person holds, and until when.
fn which_hold(problem: Problem, hold: &Hold) -> Problem {
    problem
        .with("hold_id", hold.id.to_string())
        .with("location", hold.seat.location.as_str())
        .with("start", local(hold.seat.start))
        .with("expires_at", local(hold.expires_at))
}

/// Which slot staff keep for the person, and until when.
fn kept_by_staff(problem: Problem, hold: &Hold) -> Problem {
    let detail = format!(
        "Staff keep the appointment at {} on {} for the person until {}.",
        hold.seat.location,
        on_the_clock(hold.seat.start),
        on_the_clock(hold.expires_at)
    );
    which_hold(problem.detail(detail), hold)
}

/// As all instants stand in answers.
fn local(instant: Timestamp) -> Value {
    serde_json::json!(LocalTime(instant))
}

fn by_rule(refusal: &Refusal) -> Problem {
    let kind = RULES.iter().find(|kind| kind.code == refusal.problem.code);
    let Some(kind) = kind else {
        return Problem::new(&types::INTERNAL).caused_by(refusal.clone());
    };
    let problem = Problem::new(kind).detail(refusal.detail.clone());
    refusal.facts.iter().fold(problem, |problem, (name, fact)| match fact {
        Fact::Number(number) => problem.with(name, *number),
        Fact::Text(text) => problem.with(name, Value::from(text.as_str())),
        Fact::Instant(instant) => problem.with(name, local(*instant)),
    })
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_rule_has_the_code_of_another_problem() {
        let codes: Vec<_> = types::ALL.iter().map(|kind| kind.code).collect();
        let rules: HashSet<_> = rules::PROBLEMS.iter().map(|problem| problem.code).collect();
        assert_eq!(rules.len(), rules::PROBLEMS.len());
        let shared: Vec<_> = codes.iter().filter(|code| rules.contains(**code)).collect();
        // These two come from rules and from the hold or the identity alike.
        let same = ["level-too-low", "already-booked"];
        assert!(shared.iter().all(|code| same.contains(code)), "{shared:?}");
    }
}
