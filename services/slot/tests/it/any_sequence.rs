//! Whatever people and admins do in whatever order, by HTTP: no two bookings or holds share time at a
//! desk, nobody has two active bookings in a group, and what is shown as free is what is left over
//! when everything that is taken is worked out by hand.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::eventually;

use crate::{
    office::{ApiResponse, Office, Person},
    values::Watched,
};

const PEOPLE: usize = 4;
const SEQUENCES: usize = 5;
const DEADLINE: Duration = Duration::from_secs(60);
const SERVICES: [&str; 3] = ["passport", "card", "plates"];

#[derive(Debug, Clone)]
enum Step {
    /// Who, which service, and at which five minutes of the morning.
    Hold(usize, usize, u16),
    /// The same in place of their first booking.
    Move(usize, usize, u16),
    Confirm(usize),
    Release(usize),
    Cancel(usize),
    /// All holds expire, and what was given up returns.
    Pass,
    Change(Values),
}

/// What the admin plays with: the one desk of `small`, and the passports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Values {
    slot_minutes: u16,
    closes: u16,
    passport_slots: u16,
    passports_are_cars: bool,
    /// `small` is called `tiny`.
    is_renamed: bool,
}

const AT_FIRST: Values = Values {
    slot_minutes: 10,
    closes: 16,
    passport_slots: 1,
    passports_are_cars: false,
    is_renamed: false,
};

impl Values {
    /// What of the test catalogue reads otherwise. A service that moves says where it was.
    fn changes(self) -> Vec<(&'static str, String)> {
        let Self { slot_minutes, closes, passport_slots, passports_are_cars, .. } = self;
        let (name, former) = if self.is_renamed { ("tiny", "small") } else { ("small", "tiny") };
        let location = format!("    {name}:\n      formerly: [{former}]\n");
        let (group, former) =
            if passports_are_cars { ("cars", "papers") } else { ("papers", "cars") };
        vec![
            (
                "group: papers\n      slots: 1",
                format!(
                    "group: {group}\n      formerGroup: {former}\n      slots: {passport_slots}"
                ),
            ),
            (
                "daily: &daily\n          hours: &hours",
                "daily:\n          hours: &hours".to_owned(),
            ),
            (
                "          slotMinutes: 10\n    large:",
                format!("          slotMinutes: {slot_minutes}\n    large:"),
            ),
            (
                "      opening:\n        daily: *daily",
                "      opening:\n        daily: &daily {hours: *hours, slotMinutes: 10}".to_owned(),
            ),
            ("monday: 08:00-16:00", format!("monday: 08:00-{closes}:00")),
            ("    small:\n", location),
        ]
    }

    fn location(self) -> &'static str {
        if self.is_renamed { "tiny" } else { "small" }
    }

    fn group_of(self, service: &str) -> &'static str {
        match service {
            "passport" if self.passports_are_cars => "cars",
            "plates" => "cars",
            _ => "papers",
        }
    }

    fn minutes_of(self, service: &str) -> u16 {
        self.slot_minutes
            * match service {
                "passport" => self.passport_slots,
                "card" => 2,
                _ => 1,
            }
    }
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..PEOPLE;
    let values = (
        prop::sample::select(vec![5u16, 10, 15, 20]),
        prop::sample::select(vec![10u16, 16]),
        1u16..3,
        any::<bool>(),
        any::<bool>(),
    );
    let change = values.prop_map(
        |(slot_minutes, closes, passport_slots, passports_are_cars, is_renamed)| {
            let values =
                Values { slot_minutes, closes, passport_slots, passports_are_cars, is_renamed };
            Step::Change(values)
        },
    );
    prop_oneof![
        10 => (who.clone(), 0..3usize, 0u16..40).prop_map(|(who, what, at)| Step::Hold(who, what, at)),
        4 => (who.clone(), 0..3usize, 0u16..40).prop_map(|(who, what, at)| Step::Move(who, what, at)),
        10 => who.clone().prop_map(Step::Confirm),
        3 => who.clone().prop_map(Step::Release),
        3 => who.prop_map(Step::Cancel),
        1 => Just(Step::Pass),
        2 => change,
    ]
}

type Span = (Timestamp, Timestamp);

fn span_of(body: &Value) -> Span {
    let read = |name: &str| body[name].as_str().unwrap().parse().unwrap();
    (read("start"), read("end"))
}

fn overlaps(one: Span, other: Span) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// What is taken, noted down from the answers.
struct Notes {
    watched: Watched,
    values: Values,
    people: Vec<Person>,
    /// By person and group.
    holds: BTreeMap<(usize, String), ApiResponse>,
    bookings: BTreeMap<String, (usize, Value)>,
    /// What was given up and has not returned.
    returning: Vec<Span>,
    /// People asked again too soon for what is taken until time passes.
    asked: u32,
}

impl Notes {
    async fn new() -> Self {
        let watched = Watched::of(Office::embedded().await).await;
        let people = (0..PEOPLE).map(|_| watched.office.person()).collect();
        let mut notes = Self {
            watched,
            values: AT_FIRST,
            people,
            holds: BTreeMap::new(),
            bookings: BTreeMap::new(),
            returning: Vec::new(),
            asked: 0,
        };
        // The first change only brings the layout of the values.
        notes.change(Values { closes: 15, ..AT_FIRST }).await;
        notes
    }

    fn office(&self) -> &Office {
        &self.watched.office
    }

    fn taken(&self) -> Vec<Span> {
        let holds = self.holds.values().map(|hold| span_of(&hold.body));
        let bookings = self.bookings.values().map(|(_, booking)| span_of(booking));
        holds.chain(bookings).chain(self.returning.iter().copied()).collect()
    }

    fn local(&self, minutes: u16) -> Timestamp {
        self.office().at(&format!("{:02}:{:02}", 8 + minutes / 60, minutes % 60))
    }

    async fn take(&mut self, step: &Step) {
        match *step {
            Step::Hold(who, what, at) => self.hold(who, SERVICES[what], at, None).await,
            Step::Move(who, what, at) => {
                let replaced = self.bookings.iter().find(|(_, (of, _))| *of == who);
                let replaced = replaced.map(|(id, _)| id.clone());
                self.hold(who, SERVICES[what], at, replaced).await;
            }
            Step::Confirm(who) => self.confirm(who).await,
            Step::Release(who) => self.release(who).await,
            Step::Cancel(who) => self.cancel(who).await,
            Step::Pass => self.pass().await,
            Step::Change(values) => self.change(values).await,
        }
    }

    async fn hold(&mut self, who: usize, service: &str, at: u16, replaces: Option<String>) {
        let start = self.local(at * 5);
        let length = SignedDuration::from_mins(self.values.minutes_of(service).into());
        let group = self.values.group_of(service);
        let is_free = !self.taken().iter().any(|taken| overlaps(*taken, (start, start + length)));
        let mut wish =
            json!({ "location": self.values.location(), "start": start, "services": [service] });
        if let Some(replaced) = &replaces {
            wish["replaces"] = json!(replaced);
        }
        let token = self.office().token(&self.people[who]);
        let answer = self.office().post("/v1/holds", &token, wish).await;
        match (answer.status, answer.body["code"].as_str().unwrap_or_default()) {
            (201, _) => {
                let key = (who, group.to_owned());
                let again = self.holds.get(&key).map(|hold| hold.body["hold_id"].clone());
                if again != Some(answer.body["hold_id"].clone()) {
                    assert_eq!(again, None, "two holds in a group");
                    assert!(is_free, "{service} at {start} was taken: {}", answer.body);
                }
                self.holds.insert(key, answer);
            }
            (409, "slot-taken") => assert!(!is_free, "{service} at {start} is free"),
            (429, "asked-too-soon") => self.asked += 1,
            (409, "already-holding" | "already-booked") | (422, _) => {}
            _ => panic!("{} {}", answer.status, answer.body),
        }
    }

    fn hold_of(&self, who: usize) -> Option<((usize, String), ApiResponse)> {
        let mut holds = self.holds.iter().filter(|((of, _), _)| *of == who);
        holds.next().map(|(key, hold)| (key.clone(), hold.clone()))
    }

    async fn confirm(&mut self, who: usize) {
        let Some((key, hold)) = self.hold_of(who) else { return };
        let id = hold.body["hold_id"].as_str().unwrap().to_owned();
        let answer = self.office().confirm(&self.people[who], &hold, &id).await;
        self.holds.remove(&key);
        if answer.status == 201 {
            if let Some(replaced) = hold.body["replaces"].as_str() {
                let (_, gone) = self.bookings.remove(replaced).expect("an active booking");
                self.returning.push(span_of(&gone));
            }
            self.bookings.insert(answer.id(), (who, answer.body));
        } else {
            assert!([409, 410, 422].contains(&answer.status), "{}", answer.body);
            // The person is free to try another slot; the seat returns, unless they hold it still.
            self.returning.push(span_of(&hold.body));
            self.office().release(&self.people[who], &hold).await;
        }
    }

    async fn release(&mut self, who: usize) {
        let Some((key, hold)) = self.hold_of(who) else { return };
        self.office().release(&self.people[who], &hold).await.expect(204);
        self.holds.remove(&key);
        self.returning.push(span_of(&hold.body));
    }

    async fn cancel(&mut self, who: usize) {
        let Some((id, _)) = self.bookings.iter().find(|(_, (of, _))| *of == who) else { return };
        let (id, token) = (id.clone(), self.office().token(&self.people[who]));
        let path = format!("/v1/bookings/{id}/cancel");
        self.office().send(Method::POST, &path, &token, &[], None).await.expect(200);
        let (_, booking) = self.bookings.remove(&id).expect("it was found");
        self.returning.push(span_of(&booking));
    }

    async fn pass(&mut self) {
        self.office().pass(SignedDuration::from_hours(2)).await;
        self.holds.clear();
        self.returning.clear();
        // What returns does so with the next ticks of a job.
        self.until_shown_as_expected(SignedDuration::from_millis(50)).await;
    }

    /// In force, or refused because of what is booked or held.
    async fn change(&mut self, values: Values) {
        if values == self.values {
            return;
        }
        self.write(values).await;
        if self.watched.refused().await.is_empty() {
            self.values = values;
            // Groups may have moved.
            let held = std::mem::take(&mut self.holds);
            for ((who, _), hold) in held {
                let service = hold.body["services"][0].as_str().unwrap();
                self.holds.insert((who, values.group_of(service).to_owned()), hold);
            }
        } else {
            // So that the next refusal is seen, whatever it is for.
            self.write(self.values).await;
        }
    }

    async fn write(&self, values: Values) {
        let changes = values.changes();
        let changes: Vec<_> = changes.iter().map(|(from, to)| (*from, to.as_str())).collect();
        self.watched.change(&changes).await;
    }

    /// The starts of a passport that the service shows as free.
    async fn shown(&self) -> Vec<Timestamp> {
        let path = format!(
            "/v1/availability/slots?service=passport&location={}&date={}",
            self.values.location(),
            self.office().next_week()
        );
        let answer = self.office().read(&path).await.expect(200);
        let slots = answer.body["slots"].as_array().unwrap().clone();
        slots.iter().map(|slot| slot["start"].as_str().unwrap().parse().unwrap()).collect()
    }

    /// The same, worked out by hand.
    fn expected(&self) -> Vec<Timestamp> {
        let Values { slot_minutes, closes, .. } = self.values;
        let minutes = self.values.minutes_of("passport");
        let open = (closes - 8) * 60;
        let length = SignedDuration::from_mins(minutes.into());
        let taken = self.taken();
        let starts = (0..open).step_by(slot_minutes.into()).filter(|start| start + minutes <= open);
        starts
            .map(|minutes| self.local(minutes))
            .filter(|start| !taken.iter().any(|it| overlaps(*it, (*start, *start + length))))
            .collect()
    }

    /// What is promised whatever happened.
    async fn check(&self) {
        let mut spans = Vec::new();
        for (who, person) in self.people.iter().enumerate() {
            let bookings = self.office().bookings_of(person).await;
            let active: Vec<_> = bookings.iter().filter(|it| it["status"] == "confirmed").collect();
            let ours = self.bookings.values().filter(|(of, _)| *of == who).count();
            assert_eq!(active.len(), ours, "a booking is lost or made by nobody");
            let mut groups: Vec<_> = active
                .iter()
                .map(|it| self.values.group_of(it["services"][0].as_str().unwrap()))
                .collect();
            groups.sort_unstable();
            assert!(groups.is_sorted_by(|one, other| one < other), "two in a group: {active:?}");
            for booking in active {
                assert_eq!(
                    span_of(booking),
                    span_of(&self.bookings[booking["id"].as_str().unwrap()].1)
                );
                spans.push(span_of(booking));
            }
        }
        spans.extend(self.holds.values().map(|hold| span_of(&hold.body)));
        spans.sort_unstable();
        assert!(spans.windows(2).all(|two| !overlaps(two[0], two[1])), "{spans:?}");
        self.until_shown_as_expected(SignedDuration::ZERO).await;
    }

    /// What is shown follows soon. So much time passes between looks.
    async fn until_shown_as_expected(&self, pause: SignedDuration) {
        let begun = Instant::now();
        eventually(2 * DEADLINE, async || {
            self.office().pass(pause).await;
            let (shown, expected) = (self.shown().await, self.expected());
            let is_late = begun.elapsed() > DEADLINE;
            assert!(!is_late || shown == expected, "shown {shown:?}, expected {expected:?}");
            (shown == expected).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_sequence_of_bookings_and_changes_of_values_keeps_what_is_promised() {
    let mut runner = TestRunner::deterministic();
    let steps = prop::collection::vec(step(), 40);
    for _ in 0..SEQUENCES {
        let steps = steps.new_tree(&mut runner).unwrap().current();
        let mut notes = Notes::new().await;
        for (number, step) in steps.iter().enumerate() {
            println!("{number}: {step:?}");
            notes.take(step).await;
            notes.check().await;
        }
    }
}
