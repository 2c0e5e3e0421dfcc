//! Wishes, in the words of the draw.

use draw::{Announcement, Bytes, Day, InvalidWish, Minute, Row, Version, Wish, Wishes};
use ids::LocationId;
use jiff::civil::{Date, Time};

use crate::{
    app::{WantedSeats, WishesInvalid},
    domain::draw::Pool,
};

impl From<InvalidWish> for WishesInvalid {
    fn from(error: InvalidWish) -> Self {
        Self(error.to_string())
    }
}

/// The wishes as they are sealed, of a visit that takes so many slots.
///
/// # Errors
/// They cannot be meant, or one of them fits no seat of the draw.
pub(super) fn sealed(
    (wanted, slots): (&[WantedSeats], u16),
    announcement: &Announcement,
    pool: &Pool,
    nonce: Bytes<16>,
) -> Result<Wishes, WishesInvalid> {
    let wishes: Result<_, _> = wanted.iter().map(|wanted| wish(wanted, pool)).collect();
    let wishes = Wishes { nonce, version: Version::V1, wishes: wishes? };
    wishes.check(announcement.places.len())?;
    for (at, wish) in wishes.wishes.iter().enumerate() {
        let fits = fits_some_seat(wish, announcement, slots);
        fits.map_err(|why| WishesInvalid(format!("wish {at}: {why}")))?;
    }
    Ok(wishes)
}

/// Whether a seat of the draw fits, for whomever it is kept; else what to change.
fn fits_some_seat(wish: &Wish, draw: &Announcement, slots: u16) -> Result<(), String> {
    if wish.from.zip(wish.until).is_some_and(|(from, until)| from > until) {
        return Err("`from` is after `until`".to_owned());
    }
    if wish.after.zip(wish.before).is_some_and(|(after, before)| after >= before) {
        return Err("`after` is not before `before`".to_owned());
    }
    let on = |row: &&Row| wish.wants_place(row.place) && wish.wants_day(row.day);
    let rows: Vec<&Row> = draw.rows.iter().filter(on).collect();
    if rows.is_empty() {
        let days = || draw.rows.iter().map(|row| row.day);
        let (first, last) = (days().min(), days().max());
        let days = first.zip(last).map(|(first, last)| format!("{first} to {last}"));
        return Err(format!(
            "no seat is drawn there on such a day; the draw is for {}: change `locations`, `from`, \
             `until`, `weekdays` or `except`",
            days.unwrap_or_default()
        ));
    }
    let fits = |row: &&Row| {
        let mut starts = 0..(row.slots + 1).saturating_sub(slots);
        starts.any(|slot| wish.wants_time(row.start(slot), row.start(slot + slots)))
    };
    if rows.iter().any(fits) {
        return Ok(());
    }
    let first = rows.iter().map(|row| row.start(0)).min();
    let last = rows.iter().map(|row| row.start(row.slots)).max();
    let times = first.zip(last).map(|(first, last)| format!("{first} to {last}"));
    Err(format!(
        "no visit of this length fits; seats of these days are drawn from {}: change `after`, \
         `before` or `people`",
        times.unwrap_or_default()
    ))
}

fn wish(wanted: &WantedSeats, pool: &Pool) -> Result<Wish, WishesInvalid> {
    let place = |location: &LocationId| {
        let at = pool.locations.iter().position(|known| known == location);
        at.and_then(|at| u16::try_from(at).ok())
            .ok_or_else(|| WishesInvalid(format!("no seat at `{location}` is drawn")))
    };
    let places: Result<Vec<_>, _> = wanted.locations.iter().map(place).collect();
    let except: Result<Vec<_>, _> = wanted.except.iter().map(|date| day(*date)).collect();
    Ok(Wish {
        after: wanted.after.map(minute).transpose()?,
        before: wanted.before.map(minute).transpose()?,
        except: ascending(except?),
        from: wanted.from.map(day).transpose()?,
        places: ascending(places?),
        until: wanted.until.map(day).transpose()?,
        weekdays: ascending(wanted.weekdays.clone()),
    })
}

/// Callers may send them in any order.
fn ascending<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

fn day(date: Date) -> Result<Day, WishesInvalid> {
    date.to_string().parse().map_err(|_| WishesInvalid(format!("no seat is drawn on {date}")))
}

fn minute(time: Time) -> Result<Minute, WishesInvalid> {
    let minutes = i32::from(time.hour()) * 60 + i32::from(time.minute());
    u16::try_from(minutes)
        .ok()
        .and_then(Minute::new)
        .ok_or_else(|| WishesInvalid(format!("{time} is no time of day")))
}

/// The wishes as their person stated them.
pub(super) fn stated(wishes: &Wishes, pool: &Pool) -> Vec<WantedSeats> {
    let date = |day: &Day| day.to_string().parse().ok();
    let time = |minute: Minute| {
        let part = |part: u16| i8::try_from(part).unwrap_or(0);
        Time::new(part(minute.minutes() / 60), part(minute.minutes() % 60), 0, 0).ok()
    };
    let stated = wishes.wishes.iter().map(|wish| WantedSeats {
        locations: wish
            .places
            .iter()
            .filter_map(|place| pool.locations.get(usize::from(*place)).cloned())
            .collect(),
        from: wish.from.as_ref().and_then(date),
        until: wish.until.as_ref().and_then(date),
        weekdays: wish.weekdays.clone(),
        except: wish.except.iter().filter_map(date).collect(),
        after: wish.after.and_then(time),
        before: wish.before.and_then(time),
    });
    stated.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stated_comes_back_sorted() {
        let locations: Vec<LocationId> = ["a", "b", "c"].map(|id| id.parse().unwrap()).into();
        let pool = Pool { locations: locations.clone(), rows: Vec::new() };
        let wanted = WantedSeats {
            locations: vec![locations[2].clone(), locations[0].clone(), locations[2].clone()],
            from: Some("2027-01-18".parse().unwrap()),
            weekdays: vec![5, 1],
            except: vec!["2027-01-22".parse().unwrap()],
            after: Some("09:00".parse().unwrap()),
            ..WantedSeats::default()
        };
        let wish = wish(&wanted, &pool).unwrap();
        assert_eq!((&wish.places[..], &wish.weekdays[..]), (&[0, 2][..], &[1, 5][..]));
        let wishes = Wishes { nonce: Bytes([0; 16]), version: Version::V1, wishes: vec![wish] };
        let again = &stated(&wishes, &pool)[0];
        assert_eq!(again.locations, [locations[0].clone(), locations[2].clone()]);
        assert_eq!((again.from, again.after), (wanted.from, wanted.after));
        let elsewhere = WantedSeats { locations: vec!["x".parse().unwrap()], ..wanted };
        let refused = super::wish(&elsewhere, &pool).unwrap_err();
        assert_eq!(refused.to_string(), "no seat at `x` is drawn");
    }
}
