//! The assignment once more, as plainly as it can be written.

use std::collections::HashSet;

use draw::{Announcement, Entry, Seat, Wishes};

/// Per turn, the first seat by wish, day, start, kept before open, row.
pub fn settle(
    draw: &Announcement,
    entries: &[Entry],
    order: &[u32],
    wishes: &[Wishes],
) -> Vec<Option<Seat>> {
    let mut taken = HashSet::new();
    let mut given = Vec::new();
    for at in order {
        let (entry, wishes) = (&entries[*at as usize], &wishes[*at as usize]);
        let slots = draw.slots(entry.companions);
        let mut best = None;
        for (rank, wish) in wishes.wishes.iter().enumerate() {
            for (index, row) in draw.rows.iter().enumerate() {
                for slot in 0..row.slots {
                    let end = slot + slots;
                    let suits = end <= row.slots
                        && row.quota.is_none_or(|quota| entry.quotas.contains(&quota))
                        && (wish.places.is_empty() || wish.places.contains(&row.place))
                        && wish.from.is_none_or(|from| row.day >= from)
                        && wish.until.is_none_or(|until| row.day <= until)
                        && !wish.except.contains(&row.day)
                        && (wish.weekdays.is_empty() || wish.weekdays.contains(&row.day.weekday()))
                        && wish.after.is_none_or(|after| row.start(slot) >= after)
                        && wish.before.is_none_or(|before| row.start(end) <= before)
                        && (slot..end).all(|slot| !taken.contains(&(index, slot)));
                    let key = (rank, row.day, row.start(slot), row.quota.is_none(), index, slot);
                    if suits && best.is_none_or(|best| key < best) {
                        best = Some(key);
                    }
                }
            }
        }
        given.push(best.map(|(.., row, slot)| {
            taken.extend((slot..slot + slots).map(|slot| (row, slot)));
            Seat { row: u32::try_from(row).unwrap(), slot }
        }));
    }
    given
}
