//! What is kept per person and group: the number of a hold or a booking.

use super::world::GROUPS;

/// Four bits per person and group, so that a world is small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Keys(u32);

impl Keys {
    pub fn get(self, person: usize, group: usize) -> Option<usize> {
        let number = (self.0 >> shift(person, group)) & 0xf;
        (number as usize).checked_sub(1)
    }

    pub fn set(&mut self, person: usize, group: usize, id: usize) {
        self.0 &= !(0xf << shift(person, group));
        self.0 |= u32::try_from(id + 1).unwrap_or(0xf) << shift(person, group);
    }

    /// Deletes the key if this is what it says.
    pub fn clear(&mut self, person: usize, group: usize, id: usize) {
        if self.get(person, group) == Some(id) {
            self.0 &= !(0xf << shift(person, group));
        }
    }

    /// Whether any key says this.
    pub fn name(self, id: usize) -> bool {
        (0..8).any(|at| (self.0 >> (4 * at)) & 0xf == u32::try_from(id + 1).unwrap_or(0))
    }

    /// Takes over what `other` says.
    pub fn update(&mut self, other: Self) {
        for at in 0..8 {
            let mask = 0xf << (4 * at);
            if other.0 & mask != 0 {
                self.0 = self.0 & !mask | other.0 & mask;
            }
        }
    }

    /// Whether it says all that `other` says.
    pub fn covers(self, other: Self) -> bool {
        let mut updated = self;
        updated.update(other);
        updated == self
    }
}

fn shift(person: usize, group: usize) -> usize {
    4 * (person * GROUPS + group)
}
