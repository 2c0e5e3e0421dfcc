//! A draw of the engine: `draw`'s order and its assignment.

use draw::{
    Announcement, Bytes, Channel, Entry, Given, OrderKey, Row, VisitLength, Wish,
    rehearsal::{Rehearsal, Size},
};

use crate::chance::Chance;

/// Slots of a row: five hours of fifteen minutes.
const SLOTS: u16 = 20;

/// An announced draw, which can be drawn as often as wanted.
#[derive(Debug)]
pub struct Drawing {
    announcement: Announcement,
    digest: Bytes<32>,
}

/// An entry as it stands in the list: with a number that identity gave, and a cohort.
#[must_use]
pub fn ticket(chance: &Chance, cohort: u8) -> Entry {
    Entry {
        channel: Channel::Online,
        cohort,
        companions: 0,
        quotas: Vec::new(),
        revision: 0,
        serial: Bytes(chance.bytes()),
        // Assignment reads neither stamp nor seal; the verifiers do, in `draw`'s own tests.
        stamp: Bytes([0; 16]),
        wishes: Bytes([0; 32]),
    }
}

impl Drawing {
    /// `seats` seats of one day at one place.
    #[must_use]
    pub fn of_seats(seats: u16) -> Self {
        Self::of_week(&[1], seats)
    }

    /// `seats` seats on each of these weekdays (1 is Monday) at one place.
    #[must_use]
    pub fn of_week(weekdays: &[u8], seats: u16) -> Self {
        let template = announce(1, 7);
        let cut = |row: &Row| {
            let rest = (!seats.is_multiple_of(SLOTS)).then_some(seats % SLOTS);
            let lengths = std::iter::repeat_n(SLOTS, usize::from(seats / SLOTS)).chain(rest);
            lengths.map(|slots| Row { slots, ..row.clone() }).collect::<Vec<_>>()
        };
        let open = template.rows.iter().filter(|row| weekdays.contains(&row.day.weekday()));
        let rows = open.flat_map(cut).collect();
        Self::with_rows(template, rows)
    }

    /// `places` places with one seat each.
    #[must_use]
    pub fn of_places(places: u16) -> Self {
        let template = announce(places, 1);
        let rows = template.rows.iter().map(|row| Row { slots: 1, ..row.clone() }).collect();
        Self::with_rows(template, rows)
    }

    fn with_rows(template: Announcement, rows: Vec<Row>) -> Self {
        let visit = VisitLength { companion_slots: 0, companions: 0, slots: 1 };
        let announcement =
            Announcement { cohorts: u8::MAX, quotas: Vec::new(), rows, visit, ..template };
        let digest = announcement.digest();
        Self { announcement, digest }
    }

    /// The announcement.
    #[must_use]
    pub const fn announcement(&self) -> &Announcement {
        &self.announcement
    }

    /// A key as it follows from fresh secrets of authority and beacon.
    #[must_use]
    pub fn key(&self, chance: &Chance) -> OrderKey {
        OrderKey::new(&Bytes(chance.bytes()), &self.digest, &Bytes(chance.bytes()))
    }

    /// Draws and assigns: by turn, which entry and what it got. `requests` are asked by entry.
    #[must_use]
    pub fn settle<'w>(
        &self,
        entries: &[Entry],
        requests: impl Fn(usize) -> &'w [Wish],
        chance: &Chance,
    ) -> Vec<(usize, Option<Given>)> {
        let order = self.key(chance).order(entries);
        let given = self.assign(entries, &order, requests);
        order.into_iter().map(|at| at as usize).zip(given).collect()
    }

    /// Assigns in a known order: by turn, what the entry got.
    #[must_use]
    pub fn assign<'w>(
        &self,
        entries: &[Entry],
        order: &[u32],
        requests: impl Fn(usize) -> &'w [Wish],
    ) -> Vec<Option<Given>> {
        draw::settle(&self.announcement, entries, order, |at| Some(requests(at)), |_| None)
    }

    /// Draws among entries to whom any seat is welcome: which of them got one.
    #[must_use]
    pub fn winners(&self, entries: &[Entry], chance: &Chance) -> Vec<bool> {
        let any = [Wish::default()];
        let mut won = vec![false; entries.len()];
        for (at, given) in self.settle(entries, |_| &any[..], chance) {
            won[at] = given.is_some();
        }
        won
    }
}

/// An invented announcement with one desk per day and place, open from 08:00 on.
fn announce(places: u16, days: u8) -> Announcement {
    let size = Size { entries: 0, places, days, desks: 1, slots: 1, wishes: 1, logged: false };
    let mut announcement =
        Rehearsal::invent(&size, Chance::named(0, "announcement").entropy()).announcement;
    for row in &mut announcement.rows {
        row.quota = None;
    }
    announcement
}
