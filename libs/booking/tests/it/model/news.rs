//! Messages to the hold store after a commit: late, twice, in any order or never.

use super::world::RESERVATIONS;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// The hold is a booking.
    Confirm(usize),
    /// The seat of the booking (or of the day that was closed) is returning, and its person is not
    /// bound any more.
    Return(usize),
    /// The seat is not returning any more: it is free.
    Remove(usize),
    /// The day is closed.
    Close,
}

/// Messages on their way. A set, so that the order of sending makes no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Mailbag(u32);

impl Mailbag {
    pub fn send(&mut self, news: News) {
        self.0 |= bit(news);
    }

    pub fn take(&mut self, news: News) -> Option<()> {
        let is_there = self.0 & bit(news) != 0;
        self.0 &= !bit(news);
        is_there.then_some(())
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether anything is on its way that concerns the seat of this reservation.
    pub fn is_about(self, id: usize) -> bool {
        let is_about = |news| match news {
            News::Confirm(of) | News::Return(of) | News::Remove(of) => of == id,
            News::Close => true,
        };
        self.iter().any(is_about)
    }

    pub fn iter(self) -> impl Iterator<Item = News> {
        let each = (0..RESERVATIONS)
            .flat_map(|id| [News::Confirm(id), News::Return(id), News::Remove(id)]);
        each.chain([News::Close]).filter(move |news| self.0 & bit(*news) != 0)
    }
}

fn bit(news: News) -> u32 {
    let (kind, id) = match news {
        News::Confirm(id) => (0, id),
        News::Return(id) => (1, id),
        News::Remove(id) => (2, id),
        News::Close => (3, 0),
    };
    1 << (kind * RESERVATIONS + id)
}
