//! Seats are taken.

use std::sync::LazyLock;

use booking::{LocalDay, Span};
use calendar::Desk;
use ids::{BookingId, GroupId, Pseudonym, ServiceId};
use jiff::{SignedDuration, Timestamp};

use super::{
    RedisHolds,
    keys::{Keys, day_expires_at, day_name, parse_place},
    record::{kept_size, read_hold, record_size, write_kept, write_record},
    reply::unexpected,
    script::{Call, Script, script},
};
use crate::holds::{
    FactsNeeded, Hold, HoldError, HoldRefusal, HoldRequest, HoldsError, LONGEST_DETAILS,
    LONGEST_HOLD, fields::Fields,
};

/// * KEYS epoch, base, then per command: what the person has, then per command: what must be known of the
///   person, then feed, days, then per day: marks, seats, closed
/// * ARGV epoch record, number of commands, number of things that must be known, commands, prefix of the
///   lists of what ends, then per day: its name, when it expires
/// * The commands are packed one after the other: number of the day u8, flags u8 (1: at the desk, 2:
///   the person must have no history), number of services that the person must be entitled to u8,
///   milliseconds u32, with its length u8 what keeps the seat, with its length u16 what comes back
///   with the hold, and with their number u16 the offers (each: first minute u16, minute after the
///   last u16, desks u64)
/// * Replies `done`, the time, and the answers, packed one after the other: `H` and the place; with
///   its length u16 what the person holds, `S` if it is this hold, else `P`; `B` and the active
///   booking; `F` if not enough is known; `T` if all is taken.
static HOLD: LazyLock<Script> =
    script!("hold.lua", "formats", "marks", "day", "closed", "people", "expiry");

/// The arguments of one hold for the script.
#[derive(Debug)]
pub(super) struct HoldCommand {
    person: Pseudonym,
    group: GroupId,
    day: LocalDay,
    facts: Facts,
    /// The rest, packed, without the number of the day.
    terms: Vec<u8>,
}

/// What must be known of the person.
#[derive(Debug, Default)]
struct Facts {
    no_history: bool,
    entitled_to: Vec<ServiceId>,
}

impl HoldCommand {
    pub fn of(request: &HoldRequest<'_>) -> Self {
        let facts = match request.facts {
            FactsNeeded::None => Facts::default(),
            FactsNeeded::FromStore { no_history, entitled_to } => {
                let most = entitled_to.len().min(usize::from(u8::MAX));
                Facts { no_history, entitled_to: entitled_to[..most].to_vec() }
            }
        };
        let lasts = lasts(request);
        let offers = u16::try_from(request.offers.len()).unwrap_or(u16::MAX);
        let entitled = u8::try_from(facts.entitled_to.len()).unwrap_or(u8::MAX);
        let (kept, record) = (kept_size(request), record_size(request));
        let mut terms = Vec::with_capacity(12 + kept + record + 12 * usize::from(offers));
        terms.push(u8::from(request.at_desk) | u8::from(facts.no_history) << 1);
        terms.push(entitled);
        terms.extend(lasts.to_le_bytes());
        terms.push(u8::try_from(kept).expect("a name has at most 63 bytes"));
        write_kept(request, &mut terms);
        terms.extend(u16::try_from(record).expect("details are bounded").to_le_bytes());
        write_record(request, &mut terms);
        terms.extend(offers.to_le_bytes());
        for offer in &request.offers[..offers.into()] {
            terms.extend(offer.span.from.to_le_bytes());
            terms.extend(offer.span.until.to_le_bytes());
            terms.extend(offer.desks.bits().to_le_bytes());
        }
        let (group, day) = (request.group.clone(), request.day.clone());
        Self { person: request.person, group, day, facts, terms }
    }
}

/// For how many milliseconds it is to be held.
fn lasts(request: &HoldRequest<'_>) -> u32 {
    u32::try_from(request.lasts.min(LONGEST_HOLD).as_millis()).unwrap_or(0)
}

/// The script's reply for one hold, with its epoch and time.
#[derive(Debug)]
pub(super) struct HoldReply {
    pub epoch: u64,
    pub time: Timestamp,
    pub outcome: Outcome,
}

/// The outcome of one hold.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The seat is theirs.
    Held(Span, Desk),
    /// It is theirs already: the same request came before.
    Same(Vec<u8>),
    /// They hold something else.
    Holding(Vec<u8>),
    /// They have a booking.
    Booked(BookingId),
    /// Not enough is known of them.
    AskDatabase,
    /// Nothing is free.
    Taken,
}

impl Outcome {
    /// Takes the first of the packed answers away.
    pub fn read(answers: &mut Fields<'_>) -> Option<Self> {
        let present = |answers: &mut Fields<'_>| {
            let length = u16::from_le_bytes(answers.take()?);
            Some(answers.slice(length.into())?.to_vec())
        };
        Some(match answers.take()? {
            [b'H'] => {
                let (span, desk) = parse_place(answers.take()?)?;
                Self::Held(span, desk)
            }
            [b'S'] => Self::Same(present(answers)?),
            [b'P'] => Self::Holding(present(answers)?),
            [b'B'] => Self::Booked(BookingId::from_bits(u128::from_be_bytes(answers.take()?))),
            [b'F'] => Self::AskDatabase,
            [b'T'] => Self::Taken,
            _ => return None,
        })
    }
}

impl RedisHolds {
    pub(in crate::holds) async fn hold(
        &self,
        request: &HoldRequest<'_>,
    ) -> Result<Hold, HoldError> {
        if request.details.len() > LONGEST_DETAILS {
            return Err(unexpected("details that are too long").into());
        }
        let HoldReply { epoch, time, outcome } =
            self.hold_batched(HoldCommand::of(request)).await?;
        let present = |bytes: &[u8]| {
            let read = read_hold(bytes, request.person, request.group, epoch);
            read.ok_or_else(|| unexpected("not a hold"))
        };
        match outcome {
            Outcome::Held(span, desk) => Ok(Hold {
                id: request.id,
                person: request.person,
                group: request.group.clone(),
                replaces: request.replaces,
                seat: request.day.seat(span, desk),
                held_at: time,
                expires_at: time + SignedDuration::from_millis(lasts(request).into()),
                is_extended: false,
                epoch,
                details: request.details.to_vec(),
            }),
            Outcome::Same(bytes) => Ok(present(&bytes)?),
            Outcome::Holding(bytes) => {
                Err(HoldRefusal::AlreadyHolding(Box::new(present(&bytes)?)).into())
            }
            Outcome::Booked(booking) => Err(HoldRefusal::AlreadyBooked { booking }.into()),
            Outcome::AskDatabase => Err(HoldRefusal::AskDatabase.into()),
            Outcome::Taken => Err(HoldRefusal::SlotTaken.into()),
        }
    }

    /// Takes several commands to Redis in one call: the epoch, the time, and the packed answers.
    pub(super) async fn hold_all(
        &self,
        commands: &[&HoldCommand],
    ) -> Result<(u64, Timestamp, Vec<u8>), HoldsError> {
        let (keys, reply) = self.run(|keys| call_for(keys, commands)).await?;
        let mut reply = reply.done()?;
        Ok((keys.epoch, reply.instant()?, reply.bytes()?))
    }
}

fn call_for(keys: &Keys, commands: &[&HoldCommand]) -> Call<'static> {
    let mut days: Vec<_> = commands.iter().map(|command| &command.day).collect();
    days.sort_unstable();
    days.dedup();
    let mut names = vec![keys.epoch_key.clone().into_bytes(), keys.base().into_bytes()];
    names.extend(commands.iter().map(|command| keys.who(command.person, &command.group)));
    for HoldCommand { person, facts, .. } in commands {
        names.extend(facts.no_history.then(|| keys.history(*person)));
        let services = facts.entitled_to.iter();
        names.extend(services.map(|service| keys.entitled(*person, service)));
    }
    let facts = names.len() - 2 - commands.len();
    names.extend([keys.feed().into_bytes(), keys.days().into_bytes()]);
    let day_names: Vec<_> = days.iter().map(|day| day_name(&day.location, day.date)).collect();
    for name in &day_names {
        let of_day = [keys.marks(name), keys.seats(name), keys.closed(name)];
        names.extend(of_day.map(String::into_bytes));
    }
    let mut packed =
        Vec::with_capacity(commands.iter().map(|command| command.terms.len() + 1).sum());
    for command in commands {
        let number = days.binary_search(&&command.day).map_or(0, |index| index + 1);
        packed.push(u8::try_from(number).expect("there are at most as many as holds"));
        packed.extend(&command.terms);
    }
    let mut call = HOLD.call(&names).arg(&keys.record).arg(commands.len()).arg(facts);
    call = call.arg(packed).arg(keys.ends());
    for (day, name) in days.iter().zip(day_names) {
        call = call.arg(name).arg(day_expires_at(day.date));
    }
    call
}
