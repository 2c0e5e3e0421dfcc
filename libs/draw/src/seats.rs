//! The seats of a draw while it is settled: what is free, and what suits a wish first.
//!
//! The largest draws have a million slots and a hundred thousand entries with several wishes each,
//! so the question "which free seat suits first" must not look at each slot. Slots of one day,
//! place and quota form a cell with one bit per slot, in order of start; a wish that does not want
//! the day, the place or the quota skips the cell as a whole, and a full cell or day is skipped by
//! its count.
//!
//! The order of preference within a wish is part of the scheme (README, section 5): day, then
//! start, then a kept seat before an open one, then row. Kept seats go first so that a member of a
//! quota leaves the open ones to everybody else.

use std::collections::BTreeMap;

use crate::{Announcement, Day, Entry, Minute, Row, Wish};

/// Where a visit is: consecutive slots of one row.
///
/// A visit of several slots begins here and takes the slots after it in the same row. Orders by
/// row, then slot; that is the last criterion between seats of one start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seat {
    /// A position in the announcement's rows, from 0.
    pub row: u32,
    /// The first slot, from 0.
    pub slot: u16,
}

/// Which slots are free. Slots with the same day, place and quota form a cell.
///
/// Made once per draw and then only emptied: seats that return after the draw are
/// [`Move`](crate::Move)s and go by the waiting list. Borrowed from the announcement, which must
/// have passed [`Announcement::check`].
#[derive(Debug)]
pub struct Seats<'a> {
    /// As announced; `Seat::row` is a position here.
    rows: &'a [Row],
    /// The days that have seats, ascending.
    days: Vec<OneDay>,
    /// Per row: its day, its cell on that day, and where its slots begin in `bits`.
    homes: Vec<Home>,
    /// Per slot, row by row: its bit in its cell.
    bits: Vec<u32>,
}

/// All cells of a calendar day. `free` is the sum over them, to skip a day that is full.
#[derive(Debug)]
struct OneDay {
    day: Day,
    free: u32,
    cells: Vec<Cell>,
}

/// All slots of one day at one place that the same people may take.
#[derive(Debug)]
struct Cell {
    /// A position in the announcement's places.
    place: u16,
    /// The group for which it is kept, or nothing if it is open to all.
    quota: Option<u8>,
    /// How many bits are 1.
    free: u32,
    /// Its slots by start, then row.
    slots: Vec<(Minute, Seat)>,
    /// A bit per slot, in the order of `slots`: 1 is free. Bits beyond the last slot are 0.
    bits: Vec<u64>,
}

/// Where the slots of a row are found.
#[derive(Debug, Clone, Copy, Default)]
struct Home {
    day: usize,
    cell: usize,
    first: usize,
}

impl<'a> Seats<'a> {
    /// All seats, free.
    ///
    /// Sorts the slots once, O(n log n); all that follows works on bits. `BTreeMap` keeps days
    /// ascending and cells of a day together.
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
    ///
    /// The result does not depend on how the cells are made: it is the minimum over all of them on
    /// the first day that has any. `slots` is [`Announcement::slots`] of the entry.
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
    ///
    /// The verifier uses the answer too: `false` means that the published result gave a slot twice,
    /// or one that does not exist.
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
    ///
    /// That means: the row exists, all slots are in it, and each is free. A visit without slots has
    /// no seat.
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
    ///
    /// Counts slots, not visits: whether what is left suits anybody is another question.
    #[must_use]
    pub fn free(&self) -> u64 {
        self.days.iter().map(|day| u64::from(day.free)).sum()
    }

    /// The first seat of a cell, as it is compared with that of other cells of the day.
    ///
    /// Starts at the first slot that is late enough (binary search), stops at the first that is too
    /// late, and looks at free bits only. A longer visit is then checked in its row, since
    /// neighbours in a cell can be of several desks. `false` sorts before `true`, so a kept seat
    /// comes before an open one of the same start.
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
    /// `slots` are sorted by start, then row.
    fn new(place: u16, quota: Option<u8>, slots: Vec<(Minute, Seat)>) -> Self {
        let mut bits = vec![u64::MAX; slots.len().div_ceil(64)];
        if let (Some(last), rest @ 1..) = (bits.last_mut(), slots.len() % 64) {
            *last = (1 << rest) - 1;
        }
        let free = u32::try_from(slots.len()).unwrap_or(u32::MAX);
        Self { place, quota, free, slots, bits }
    }

    /// Whether the slot with this number is free.
    fn is_free(&self, bit: u32) -> bool {
        self.bits[bit as usize / 64] >> (bit % 64) & 1 == 1
    }

    /// The caller knows that the bit was 1; else the count would be wrong.
    fn take(&mut self, bit: u32) {
        self.bits[bit as usize / 64] &= !(1 << (bit % 64));
        self.free -= 1;
    }

    /// The free slots from position `from` on, in order: word by word, then by the number of
    /// trailing zeros. 64 taken slots cost one comparison.
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
