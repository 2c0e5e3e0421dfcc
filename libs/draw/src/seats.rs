//! The seats of a draw while it is settled: what is free, and what suits a wish first.

use std::collections::BTreeMap;

use crate::{Announcement, Day, Entry, Minute, Row, Wish};

/// Where a visit is: consecutive slots of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seat {
    /// A position in the announcement's rows.
    pub row: u32,
    /// The first slot.
    pub slot: u16,
}

/// Which slots are free. Slots with the same day, place and quota form a cell.
#[derive(Debug)]
pub struct Seats<'a> {
    rows: &'a [Row],
    days: Vec<OneDay>,
    /// Per row: its cell as (day, cell) and where its slots begin in `bits`.
    homes: Vec<Home>,
    /// Per slot, row by row: its bit in its cell.
    bits: Vec<u32>,
}

#[derive(Debug)]
struct OneDay {
    day: Day,
    free: u32,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Cell {
    place: u16,
    quota: Option<u8>,
    free: u32,
    /// Its slots by start, then row.
    slots: Vec<(Minute, Seat)>,
    /// A bit per slot: 1 is free.
    bits: Vec<u64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Home {
    day: usize,
    cell: usize,
    first: usize,
}

impl<'a> Seats<'a> {
    /// All seats, free.
    #[must_use]
    pub fn new(draw: &'a Announcement) -> Self {
        let mut groups: BTreeMap<_, Vec<(Minute, Seat)>> = BTreeMap::new();
        let mut homes = vec![Home::default(); draw.rows.len()];
        let mut total = 0;
        for ((at, row), home) in (0u32..).zip(&draw.rows).zip(&mut homes) {
            home.first = total;
            total += usize::from(row.slots);
            let slots = groups.entry((row.day, row.place, row.quota)).or_default();
            slots.extend((0..row.slots).map(|slot| (row.start(slot), Seat { row: at, slot })));
        }
        let (mut days, mut bits) = (Vec::<OneDay>::new(), vec![0; total]);
        for ((day, place, quota), mut slots) in groups {
            slots.sort_unstable();
            if days.last().is_none_or(|last| last.day != day) {
                days.push(OneDay { day, free: 0, cells: Vec::new() });
            }
            let at = days.len() - 1;
            for (bit, (_, seat)) in (0u32..).zip(&slots) {
                let home = &mut homes[seat.row as usize];
                (home.day, home.cell) = (at, days[at].cells.len());
                bits[home.first + usize::from(seat.slot)] = bit;
            }
            let cell = Cell::new(place, quota, slots);
            days[at].free += cell.free;
            days[at].cells.push(cell);
        }
        Self { rows: &draw.rows, days, homes, bits }
    }

    /// The seat that `wish` gives to an entry whose visit takes `slots` slots: of all free seats
    /// that it wants and may have, the first by day, then start, then a kept seat before one that
    /// is open to all, then row.
    #[must_use]
    pub fn first(&self, entry: &Entry, wish: &Wish, slots: u16) -> Option<Seat> {
        let days = self.days.iter().filter(|day| day.free > 0 && wish.wants_day(day.day));
        days.filter_map(|day| {
            let cells = day.cells.iter().filter(|cell| {
                cell.free > 0 && entry.may_take(cell.quota) && wish.wants_place(cell.place)
            });
            let firsts = cells.filter_map(|cell| self.first_in(cell, wish, slots));
            firsts.min().map(|(_, _, seat)| seat)
        })
        .next()
    }

    /// Takes a seat; false, and nothing is taken, if it does not exist or is not free.
    pub fn take(&mut self, seat: Seat, slots: u16) -> bool {
        if !self.is_free(seat, slots) {
            return false;
        }
        let home = self.homes[seat.row as usize];
        for slot in seat.slot..seat.slot + slots {
            let bit = self.bits[home.first + usize::from(slot)];
            self.days[home.day].cells[home.cell].take(bit);
        }
        self.days[home.day].free -= u32::from(slots);
        true
    }

    /// Whether a visit of `slots` slots could still be here.
    #[must_use]
    pub fn is_free(&self, seat: Seat, slots: u16) -> bool {
        let Some(row) = self.rows.get(seat.row as usize) else { return false };
        let end = u32::from(seat.slot) + u32::from(slots);
        let home = self.homes[seat.row as usize];
        let cell = &self.days[home.day].cells[home.cell];
        slots > 0
            && end <= u32::from(row.slots)
            && (seat.slot..seat.slot + slots)
                .all(|slot| cell.is_free(self.bits[home.first + usize::from(slot)]))
    }

    /// How many slots are free.
    #[must_use]
    pub fn free(&self) -> u64 {
        self.days.iter().map(|day| u64::from(day.free)).sum()
    }

    /// The first seat of a cell, as it is compared with that of other cells of the day.
    fn first_in(&self, cell: &Cell, wish: &Wish, slots: u16) -> Option<(Minute, bool, Seat)> {
        let from =
            wish.after.map_or(0, |after| cell.slots.partition_point(|(start, _)| *start < after));
        let suits = |(start, seat): &(Minute, Seat)| {
            let row = &self.rows[seat.row as usize];
            wish.wants_time(*start, row.start(seat.slot + slots))
                && (slots == 1 || self.is_free(*seat, slots))
        };
        let in_time = |(start, _): &&(Minute, Seat)| wish.before.is_none_or(|end| *start < end);
        let (start, seat) = cell.free_from(from).take_while(in_time).find(|slot| suits(slot))?;
        Some((*start, cell.quota.is_none(), *seat))
    }
}

impl Cell {
    fn new(place: u16, quota: Option<u8>, slots: Vec<(Minute, Seat)>) -> Self {
        let mut bits = vec![u64::MAX; slots.len().div_ceil(64)];
        if let (Some(last), rest @ 1..) = (bits.last_mut(), slots.len() % 64) {
            *last = (1 << rest) - 1;
        }
        let free = u32::try_from(slots.len()).unwrap_or(u32::MAX);
        Self { place, quota, free, slots, bits }
    }

    fn is_free(&self, bit: u32) -> bool {
        self.bits[bit as usize / 64] >> (bit % 64) & 1 == 1
    }

    fn take(&mut self, bit: u32) {
        self.bits[bit as usize / 64] &= !(1 << (bit % 64));
        self.free -= 1;
    }

    /// The free slots from position `from` on.
    fn free_from(&self, from: usize) -> impl Iterator<Item = &(Minute, Seat)> {
        let words = self.bits.iter().enumerate().skip(from / 64);
        words.flat_map(move |(at, word)| {
            let skipped = if at == from / 64 { u64::MAX << (from % 64) } else { u64::MAX };
            let mut left = word & skipped;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(&self.slots[at * 64 + bit])
            })
        })
    }
}
