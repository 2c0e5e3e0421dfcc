//! Seats are taken.

use std::{cmp::Ordering, sync::LazyLock};

use booking::{LocalDay, Span, capacity::Offer};
use calendar::{Desk, DeskSet};
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

/// * KEYS epoch, base, then what people have, each once, then per command: what must be known of the person
/// * ARGV epoch record, what names begin with, the days, then per day: its name, and per command: its terms, what
///   keeps the seat, what comes back with the hold
/// * The days are packed: how many KEYS are what people have u8, then per day: its number of commands u8, when it
///   expires i64
/// * Terms are packed: which of what people have u8, flags u8 (1: at the desk, 2: the person must have no history),
///   number of services that the person must be entitled to u8, number of offers u8, milliseconds u24, the offers
/// * An offer is packed: first minute u16, minute after the last u16, lowest bit that it needs of a byte in its first
///   group u8, bits that it needs of the last and all below u8, further groups u8, number of runs u8, length of
///   the next text u8, of the one after it u8, where its groups begin and end in the marks as texts, then per run
///   of desks side by side: the lowest u8, the highest u8
/// * Replies `done`, the time, and the answers, packed one after the other: the place (which begins with its desk, less
///   than any letter); with its length u16 what the person holds, `S` if it is this hold, else `P`; `B` and the
///   active booking; `F` if not enough is known; `T` if all is taken.
static HOLD: LazyLock<Script> = script!("hold.lua", "formats", "open_day", "held", "expiry");

/// Minutes of a group of marks, and bytes of one: see `formats.lua`.
const MINUTES: u16 = 8;
const GROUP: u32 = 64;

/// The arguments of one hold for the script.
#[derive(Debug)]
pub(super) struct HoldCommand {
    person: Pseudonym,
    group: GroupId,
    day: LocalDay,
    facts: Facts,
    /// Without which of what people have.
    terms: Vec<u8>,
    kept: Vec<u8>,
    record: Vec<u8>,
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
        let most = request.offers.len().min(u8::MAX.into());
        let mut terms = Vec::with_capacity(6 + 24 * most);
        terms.push(u8::from(request.at_desk) | u8::from(facts.no_history) << 1);
        terms.push(count(facts.entitled_to.len()));
        terms.push(count(most));
        terms.extend(&lasts(request).to_le_bytes()[..3]);
        for offer in &request.offers[..most] {
            write_offer(offer, &mut terms);
        }
        let mut kept = Vec::with_capacity(kept_size(request));
        write_kept(request, &mut kept);
        let mut record = Vec::with_capacity(record_size(request));
        write_record(request, &mut record);
        let (group, day) = (request.group.clone(), request.day.clone());
        Self { person: request.person, group, day, facts, terms, kept, record }
    }

    /// In the order of their days: those of the same day stand together in a call.
    pub fn by_day(&self, other: &Self) -> Ordering {
        self.day.cmp(&other.day)
    }
}

/// How many there are of what is bounded.
fn count(number: usize) -> u8 {
    u8::try_from(number).expect("there are at most as many as a byte counts")
}

/// Packs an offer: what the script would have to work out for each hold is worked out here.
fn write_offer(offer: &Offer, terms: &mut Vec<u8>) {
    let Span { from, until } = offer.span;
    let last = until.saturating_sub(1);
    let (first_group, last_group) = (from / MINUTES, last / MINUTES);
    let runs = runs(offer.desks);
    let begins = (u32::from(first_group) * GROUP).to_string();
    let ends = (u32::from(last_group) * GROUP + GROUP - 1).to_string();
    terms.extend(from.to_le_bytes());
    terms.extend(until.to_le_bytes());
    terms.push(1_u8 << (from % MINUTES));
    terms.push(u8::MAX >> (MINUTES - 1 - last % MINUTES));
    terms.push(u8::try_from(last_group.saturating_sub(first_group)).unwrap_or(u8::MAX));
    terms.extend([count(runs.len()), count(begins.len()), count(ends.len())]);
    terms.extend(begins.as_bytes());
    terms.extend(ends.as_bytes());
    terms.extend(runs.as_flattened());
}

/// The lowest and the highest of the desks that stand side by side.
fn runs(desks: DeskSet) -> Vec<[u8; 2]> {
    let mut runs: Vec<[u8; 2]> = Vec::new();
    for desk in desks.iter().map(Desk::index) {
        if let Some([_, highest]) = runs.last_mut()
            && *highest + 1 == desk
        {
            *highest = desk;
        } else {
            runs.push([desk, desk]);
        }
    }
    runs
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
            [b'S'] => Self::Same(present(answers)?),
            [b'P'] => Self::Holding(present(answers)?),
            [b'B'] => Self::Booked(BookingId::from_bits(u128::from_be_bytes(answers.take()?))),
            [b'F'] => Self::AskDatabase,
            [b'T'] => Self::Taken,
            [desk] => {
                let [a, b, c, d] = answers.take()?;
                let (span, desk) = parse_place([desk, a, b, c, d])?;
                Self::Held(span, desk)
            }
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
    let mut people: Vec<(Pseudonym, &GroupId)> = Vec::with_capacity(commands.len());
    let mut numbers = Vec::with_capacity(commands.len());
    for HoldCommand { person, group, .. } in commands {
        let number = people.iter().position(|other| *other == (*person, group));
        numbers.push(count(number.unwrap_or(people.len()) + 1));
        if number.is_none() {
            people.push((*person, group));
        }
    }
    // Most holds ask what the person has and whether they have a history.
    let mut names = Vec::with_capacity(2 + 2 * commands.len());
    names.extend([keys.epoch_key.clone().into_bytes(), keys.base().into_bytes()]);
    names.extend(people.iter().map(|(person, group)| keys.who(*person, group)));
    for HoldCommand { person, facts, .. } in commands {
        names.extend(facts.no_history.then(|| keys.history(*person)));
        let services = facts.entitled_to.iter();
        names.extend(services.map(|service| keys.entitled(*person, service)));
    }
    let mut days = vec![count(people.len())];
    for of_day in commands.chunk_by(|one, other| one.day == other.day) {
        days.push(count(of_day.len()));
        days.extend(day_expires_at(of_day[0].day.date).to_le_bytes());
    }
    let mut call = HOLD.call(&names).arg(&keys.record).arg(&keys.names).arg(days);
    let (mut numbers, mut terms) = (numbers.into_iter(), Vec::new());
    for of_day in commands.chunk_by(|one, other| one.day == other.day) {
        let LocalDay { location, date, .. } = &of_day[0].day;
        call = call.arg(day_name(location, *date));
        for (command, number) in of_day.iter().zip(&mut numbers) {
            terms.clear();
            terms.push(number);
            terms.extend(&command.terms);
            call = call.arg(&terms[..]).arg(&command.kept[..]).arg(&command.record[..]);
        }
    }
    call
}

#[cfg(test)]
mod tests {
    use calendar::BookingWindow;

    use super::*;

    #[test]
    fn desks_are_sent_as_runs() {
        let runs_of = |bits| runs(DeskSet::from_bits(bits));
        assert!(runs_of(0).is_empty());
        assert_eq!(runs_of(u64::MAX), [[0, 63]]);
        assert_eq!(runs_of(0xFFFF), [[0, 15]]);
        assert_eq!(runs_of(1 << 63 | 0b11 << 31 | 0b1011), [[0, 1], [3, 3], [31, 32], [63, 63]]);
    }

    #[test]
    fn an_offer_says_which_bits_and_bytes_of_the_marks_it_needs() {
        let packed = |from, until| {
            let window = BookingWindow { opens: Timestamp::MIN, closes: Timestamp::MAX };
            let span = Span { from, until };
            let mut terms = Vec::new();
            write_offer(&Offer { span, desks: DeskSet::from_bits(0b110), window }, &mut terms);
            terms.split_off(4)
        };
        let one_group = [&[1_u8 << 2, 0b1_1111, 0, 1, 1, 2][..], b"063", &[1_u8, 2]].concat();
        assert_eq!(packed(2, 5), one_group);
        let whole_group = [&[1_u8, 0xFF, 0, 1, 2, 3][..], b"64127", &[1_u8, 2]].concat();
        assert_eq!(packed(8, 16), whole_group);
        let three_groups =
            [&[1_u8 << 7, 0b11_1111, 2, 1, 4, 4][..], b"39044095", &[1_u8, 2]].concat();
        assert_eq!(packed(495, 510), three_groups);
    }
}
