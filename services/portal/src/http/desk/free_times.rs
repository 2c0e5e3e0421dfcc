//! The free times of a day at one place: a handful, and the way to the rest.

use std::{borrow::Cow, collections::BTreeSet};

use client::{AccessToken, ClientError, Visit};
use jiff::{Timestamp, civil::Time};

use super::{fields::Fields, visit_search::WantedVisit};
use crate::{
    http::{
        asked::What,
        request::{Authority, Request, Staff},
    },
    text::{clock_face, local},
};

/// How many times a page shows at once.
const HANDFUL: usize = 8;

/// The times that a page shows.
pub(super) struct FreeTimes {
    pub(super) title: Cow<'static, str>,
    /// Names the search that found them.
    pub(super) shown: String,
    /// They begin with the times from then on; empty for the first.
    pub(super) from: String,
    pub(super) times: Vec<FreeTime>,
    /// Buttons that show other times.
    pub(super) more: Vec<MoreTimes>,
    pub(super) mistake: Option<Cow<'static, str>>,
}

/// One of them, to be chosen.
pub(super) struct FreeTime {
    pub(super) start: Timestamp,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// A button that shows other times.
pub(super) struct MoreTimes {
    pub(super) label: Cow<'static, str>,
    /// From when on.
    pub(super) from: String,
}

/// Which times are asked for, and which was chosen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ChosenTime {
    /// From when on times are shown.
    pub(super) from: Option<Time>,
    pub(super) start: Option<Timestamp>,
}

/// All starts that are free, in order.
///
/// # Errors
/// The authority refuses or does not answer.
pub(super) async fn read<A: What>(
    request: &Request<Staff, Authority, A>,
    token: &AccessToken,
    wanted: &WantedVisit,
) -> Result<Vec<Timestamp>, ClientError> {
    let (api, now) = (&request.authority.office.api, request.visitor.now());
    let visit = Visit {
        services: vec![wanted.service.clone()],
        locations: vec![wanted.place.clone()],
        people: Some(wanted.people),
    };
    let known = api.slots_for_staff(token, &visit, wanted.day).await?;
    let is_free = |start: Timestamp, free: u32| free > 0 && start > now;
    let free = known
        .slots
        .into_iter()
        .filter(|slot| slot.location == wanted.place && is_free(slot.start, slot.free));
    let starts: BTreeSet<_> = free.map(|slot| slot.start).collect();
    Ok(starts.into_iter().collect())
}

impl FreeTimes {
    /// A handful of `starts`, from the asked one on.
    pub(super) fn new(
        fields: Fields<'_>,
        wanted: &WantedVisit,
        starts: &[Timestamp],
        asked: ChosenTime,
    ) -> Self {
        let texts = fields.texts;
        let begin = asked.from.map_or(0, |from| first_from(starts, from));
        let shown: Vec<_> = starts.iter().copied().skip(begin).take(HANDFUL).collect();
        let end = begin + shown.len();
        let more = |key: &str, count: usize, index: usize| {
            let label = texts.fill(key, "count", count);
            starts.get(index).map(|start| MoreTimes { label, from: clock_face(*start) })
        };
        let earlier =
            (begin > 0).then(|| more("day-earlier", begin, begin.saturating_sub(HANDFUL)));
        let later = (end < starts.len()).then(|| more("day-more", starts.len() - end, end));
        let time = |start: Timestamp| FreeTime {
            start,
            label: clock_face(start),
            chosen: asked.start == Some(start),
        };
        let day = texts.date(wanted.day).into_owned();
        Self {
            title: texts.fill("day-title", "date", day),
            shown: wanted.name(),
            from: asked.from.map(written).unwrap_or_default(),
            times: shown.into_iter().map(time).collect(),
            more: [earlier, later].into_iter().flatten().flatten().collect(),
            mistake: fields.mistake_of("slot"),
        }
    }
}

/// The first start that is not before `from`; if all are, the last handful begins there.
fn first_from(starts: &[Timestamp], from: Time) -> usize {
    let later = starts.iter().position(|start| local(*start).time() >= from);
    later.unwrap_or_else(|| starts.len().saturating_sub(HANDFUL))
}

/// As an address and a form say it.
fn written(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, civil::time};

    use super::*;

    fn starts(count: i64) -> Vec<Timestamp> {
        let first: Timestamp = "2027-01-05T08:00:00Z".parse().unwrap();
        (0..count).map(|index| first + SignedDuration::from_mins(20 * index)).collect()
    }

    #[test]
    fn times_begin_where_they_are_asked_for() {
        let starts = starts(20);
        assert_eq!(first_from(&starts, time(9, 0, 0, 0)), 0);
        assert_eq!(first_from(&starts, time(11, 40, 0, 0)), 8);
        assert_eq!(first_from(&starts, time(11, 41, 0, 0)), 9);
        assert_eq!(first_from(&starts, time(23, 0, 0, 0)), 12);
        assert_eq!(first_from(&[], time(9, 0, 0, 0)), 0);
    }
}
