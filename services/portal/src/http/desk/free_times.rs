//! The free times of a day at one place: a handful, and the way to the rest.

use std::{borrow::Cow, collections::BTreeSet, fmt};

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
    /// One of them is free for the person alone.
    pub(super) kept: Option<KeptTime>,
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

/// The time that is held for the person while a colleague is asked: the authority lists it as taken if no other desk
/// is free then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeptTime {
    pub(super) start: Timestamp,
    pub(super) until: Timestamp,
}

impl KeptTime {
    /// Reads what its `Display` wrote into the form.
    pub(super) fn read(field: &str) -> Option<Self> {
        let (start, until) = field.split_once('/')?;
        Some(Self { start: start.parse().ok()?, until: until.parse().ok()? })
    }
}

/// An interval of ISO 8601.
impl fmt::Display for KeptTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.start, self.until)
    }
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
    /// A handful of `starts` and of what is `kept`, from the asked one on.
    pub(super) fn new(
        fields: Fields<'_>,
        wanted: &WantedVisit,
        mut starts: Vec<Timestamp>,
        asked: ChosenTime,
        kept: Option<KeptTime>,
    ) -> Self {
        let texts = fields.texts;
        if let Some(KeptTime { start, .. }) = kept
            && let Err(place) = starts.binary_search(&start)
        {
            starts.insert(place, start);
        }
        let begin = asked.from.map_or(0, |from| first_from(&starts, from));
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
            kept,
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
    fn a_time_that_is_kept_survives_the_way_through_a_form() {
        let start: Timestamp = "2027-01-05T08:00:00Z".parse().unwrap();
        let kept = KeptTime { start, until: "2027-01-04T08:10:00Z".parse().unwrap() };
        assert_eq!(KeptTime::read(&kept.to_string()), Some(kept));
        for wrong in ["", "/", "2027-01-05T08:00:00Z", "tomorrow/2027-01-04T08:10:00Z"] {
            assert_eq!(KeptTime::read(wrong), None, "{wrong}");
        }
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
