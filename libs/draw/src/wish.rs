//! An entrant's wishes: ranked, each a set of seats that are equally welcome.
//!
//! Wishes are known to the entrant and the authority alone. The public list has their
//! [`commitment`](Wishes::commitment), the receipt has them in full, and the auditor gets those of
//! all after the draw.
//!
//! A wish names criteria rather than seats, so that twenty lines say when and where a person can
//! come in a month. Ranks matter between wishes only: within a wish the order of README section 5
//! decides, the same for everybody.

use serde::{Deserialize, Serialize};

use crate::{Bytes, Day, Minute, announcement::Version, canonical};

/// Wishes of one entry, at most. With the bounds of the lists it limits what one entry costs a
/// verifier.
pub const MAX_WISHES: usize = 20;
/// Places or excluded days of one wish, at most.
const MAX_LIST: usize = 200;

/// A set of seats. What is left out (empty or null) excludes nothing, so that the wish with
/// nothing in it means any seat.
///
/// All criteria must hold. Times are wall times at the office, days are calendar days there. A wish
/// that no seat can meet, such as `from` after `until`, has no effect; an authority may refuse it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// The visit starts at this time or later.
    pub after: Option<Minute>,
    /// The visit ends at this time or earlier: the end of its last slot, companions included.
    pub before: Option<Minute>,
    /// Not on these days, in ascending order.
    pub except: Vec<Day>,
    /// On this day or later.
    pub from: Option<Day>,
    /// At these places: positions in the announcement's list, in ascending order; empty for any.
    pub places: Vec<u16>,
    /// On this day or earlier.
    pub until: Option<Day>,
    /// On these days of the week, 1 is Monday, in ascending order.
    pub weekdays: Vec<u8>,
}

/// The ranked wishes of one entry, as they are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wishes {
    /// 16 random bytes of the entrant's own. Without them anybody could try the few usual wishes
    /// until the hash fits.
    pub nonce: Bytes<16>,
    /// This scheme.
    pub version: Version,
    /// The best first, 1 to [`MAX_WISHES`].
    pub wishes: Vec<Wish>,
}

/// A wish that can't be meant.
///
/// Names the wish by its position, from 0, and never its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWish {
    /// None, or too many.
    #[error("there are 1 to {MAX_WISHES} wishes")]
    Count,
    /// A list that is unsorted, repeats itself or is longer than 200: two forms of one wish would
    /// have two commitments.
    #[error("wish {0}: its lists are sorted, without repetition and of at most {MAX_LIST}")]
    List(usize),
    /// A place that the draw does not have.
    #[error("wish {0}: the draw has no such place")]
    Place(usize),
    /// A weekday outside 1 to 7.
    #[error("wish {0}: weekdays are 1 for Monday to 7 for Sunday")]
    Weekday(usize),
}

impl Wish {
    /// Whether a day suits.
    ///
    /// `from` and `until` are included; a day in `except` never suits.
    #[must_use]
    pub fn wants_day(&self, day: Day) -> bool {
        self.from.is_none_or(|from| day >= from)
            && self.until.is_none_or(|until| day <= until)
            && (self.weekdays.is_empty() || self.weekdays.contains(&day.weekday()))
            && !self.except.contains(&day)
    }

    /// Whether a place suits.
    ///
    /// `places` is sorted, as [`Wishes::check`] has made sure.
    #[must_use]
    pub fn wants_place(&self, place: u16) -> bool {
        self.places.is_empty() || self.places.binary_search(&place).is_ok()
    }

    /// Whether a visit from `start` to `end` suits.
    ///
    /// Both ends are included: a visit that ends exactly at `before` suits.
    #[must_use]
    pub fn wants_time(&self, start: Minute, end: Minute) -> bool {
        self.after.is_none_or(|after| start >= after)
            && self.before.is_none_or(|before| end <= before)
    }
}

impl Wishes {
    /// What stands in the public list: `SHA-256(lp("apptdraw/v1/wishes", wishes))` over the
    /// canonical form, which tells nothing without the nonce.
    #[must_use]
    pub fn commitment(&self) -> Bytes<32> {
        let document = canonical::write(self);
        tlog::Hash::of(&[&tlog::framed(&[b"apptdraw/v1/wishes", &document])]).into()
    }

    /// Checks what the types cannot say, for a draw with `places` places.
    ///
    /// The authority calls it at each entry, every verifier again. `places` is the length of
    /// [`Announcement::places`](crate::Announcement::places).
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, places: usize) -> Result<(), InvalidWish> {
        if !(1..=MAX_WISHES).contains(&self.wishes.len()) {
            return Err(InvalidWish::Count);
        }
        self.wishes.iter().enumerate().try_for_each(|(at, wish)| {
            if !(sorted(&wish.except) && sorted(&wish.places) && sorted(&wish.weekdays)) {
                return Err(InvalidWish::List(at));
            }
            if wish.places.last().is_some_and(|place| usize::from(*place) >= places) {
                return Err(InvalidWish::Place(at));
            }
            if wish.weekdays.iter().any(|day| !(1..=7).contains(day)) {
                return Err(InvalidWish::Weekday(at));
            }
            Ok(())
        })
    }
}

/// Strictly ascending and not too long.
pub(crate) fn sorted<T: Ord>(list: &[T]) -> bool {
    list.len() <= MAX_LIST && list.is_sorted_by(|a, b| a < b)
}
