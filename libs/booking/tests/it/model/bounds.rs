//! How much may happen in a configuration.

use super::world::Seat;

#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// What this configuration is about.
    pub name: &'static str,
    pub people: usize,
    /// What can be held.
    pub seats: &'static [Seat],
    /// How many services there are, see [`group_of`](super::database::Database::group_of).
    pub services: usize,
    /// Holds that are given in all.
    pub holds: usize,
    /// Whether the time of a hold passes. Steps that give it up reach most of the same states sooner.
    pub expires: bool,
    /// Whether people put the end of their holds off, once each, and the job keeps seats for the
    /// desk.
    pub extends: bool,
    /// How often the day is closed. It may be opened again each time.
    pub closings: u8,
    /// Whether the visits of the day begin some time.
    pub begins: bool,
    /// Whether a catalogue may come that moves a service to another group.
    pub regroups: bool,
    /// The merged persons: dissolved, kept. The messages come in any order.
    pub merges: &'static [(usize, usize)],
    /// How many compare the day with the database at a time.
    pub sweepers: usize,
    /// How many load an empty store at a time.
    pub rebuilders: usize,
    /// How often the store loses everything.
    pub losses: u8,
    /// How often the store comes back as it was earlier.
    pub restores: u8,
    /// How often two processes see different stores.
    pub splits: u8,
    /// Messages to the store that never arrive.
    pub lost_messages: u8,
    /// Messages to the store that arrive twice.
    pub repeats: u8,
    /// How often the database comes back as it was earlier.
    pub undone: u8,
}

/// Two people, one seat, and messages in any order.
pub const CALM: Bounds = Bounds {
    name: "messages in any order, one twice",
    people: 2,
    seats: &[Seat::EARLY],
    services: 1,
    holds: 2,
    expires: false,
    extends: false,
    closings: 0,
    begins: false,
    regroups: false,
    merges: &[],
    sweepers: 1,
    rebuilders: 1,
    losses: 0,
    restores: 0,
    splits: 0,
    lost_messages: 0,
    repeats: 1,
    undone: 0,
};

const ONCE: Bounds = Bounds { repeats: 0, ..CALM };

pub const TWO_SWEEPERS: Bounds =
    Bounds { name: "two compare the day at a time", holds: 1, sweepers: 2, ..ONCE };
pub const LOST_MESSAGES: Bounds =
    Bounds { name: "a lost message", expires: true, lost_messages: 1, ..ONCE };
pub const LOSSES: Bounds =
    Bounds { name: "an emptied store", losses: 1, rebuilders: 2, sweepers: 0, ..ONCE };
pub const TWO_LOSSES: Bounds =
    Bounds { name: "a store that is emptied twice", losses: 2, holds: 1, ..LOSSES };
pub const RESTORES: Bounds =
    Bounds { name: "a store that comes back older", restores: 1, sweepers: 0, ..ONCE };
pub const RESTORES_AND_SWEEPS: Bounds = Bounds {
    name: "a store that comes back older while the day is compared",
    holds: 1,
    sweepers: 2,
    ..RESTORES
};
pub const SPLIT: Bounds =
    Bounds { name: "a network that is split", splits: 1, sweepers: 0, ..ONCE };
pub const UNDONE: Bounds = Bounds { name: "lost commits", undone: 1, sweepers: 0, ..ONCE };
pub const UNDONE_AND_SWEEPS: Bounds =
    Bounds { name: "lost commits while the day is compared", holds: 1, sweepers: 2, ..UNDONE };
pub const CLOSING: Bounds = Bounds { name: "a day that is closed", closings: 1, ..ONCE };
pub const PAST: Bounds =
    Bounds { name: "a day that has begun", begins: true, expires: true, sweepers: 0, ..ONCE };
pub const EXTENDING: Bounds =
    Bounds { name: "holds that are extended", expires: true, extends: true, ..ONCE };
pub const OVERLAP: Bounds =
    Bounds { name: "seats that overlap", expires: true, seats: &[Seat::EARLY, Seat::LONG], ..ONCE };
pub const MOVES: Bounds = Bounds { name: "moves", seats: &[Seat::EARLY, Seat::LATE], ..ONCE };
pub const GROUPS: Bounds = Bounds {
    name: "a service that changes its group",
    services: 3,
    regroups: true,
    sweepers: 0,
    ..MOVES
};
pub const MERGES: Bounds = Bounds {
    name: "three persons who are one",
    people: 3,
    merges: &[(2, 1), (1, 0)],
    sweepers: 0,
    ..MOVES
};

impl Bounds {
    /// Whether it makes no difference which of the people comes first.
    pub fn people_are_alike(&self) -> bool {
        self.merges.is_empty() && self.splits == 0
    }
}
