//! What follows when a person cancels: for the seat, for their mail and calendar, and for what they may
//! book next. What counts as late is the same for a move.

use std::borrow::Cow;

use client::{Booking, Service};
use jiff::{SignedDuration, Timestamp};

use crate::{directory::Offer, http::another_time::AnotherTime, text::Texts};

/// What follows, in words.
pub(super) struct Consequences {
    /// It is so late that it counts as half a miss: what that means.
    pub(super) late: Option<Cow<'static, str>>,
    /// From when on the person can book the same again, if that is not at once.
    pub(super) waits: Option<Cow<'static, str>>,
    pub(super) notes: Vec<Cow<'static, str>>,
}

/// Whether giving `booking` up at `now` counts as half a miss.
pub(super) fn is_late(offer: &Offer, booking: &Booking, now: Timestamp) -> bool {
    late_rule(offer, booking, now).is_some()
}

/// Within how many hours it is late, and for how many days two of them keep from booking.
fn late_rule(offer: &Offer, booking: &Booking, now: Timestamp) -> Option<(u16, u16)> {
    services(offer, booking)
        .filter_map(|service| Some((service.late_cancellation_hours?, service.cool_down_days?)))
        .filter(|(hours, _)| {
            booking.start.duration_since(now) < SignedDuration::from_hours(i64::from(*hours))
        })
        .max()
}

fn services<'o>(offer: &'o Offer, booking: &'o Booking) -> impl Iterator<Item = &'o Service> {
    booking.services.iter().filter_map(|id| offer.service(id))
}

/// What it means to move `booking` at `now`, if that counts as half a miss.
pub(crate) fn late_move(
    texts: Texts,
    offer: &Offer,
    booking: &Booking,
    now: Timestamp,
) -> Option<Cow<'static, str>> {
    let rule = late_rule(offer, booking, now)?;
    Some(late_texts(texts, ["move-late-body", "move-late-then"], rule))
}

/// How late it is, and what follows from doing so twice.
fn late_texts(
    texts: Texts,
    [body, then]: [&str; 2],
    (hours, days): (u16, u16),
) -> Cow<'static, str> {
    let body = texts.fill(body, "hours", hours);
    let then = texts.fill(then, "days", days);
    Cow::Owned(format!("{body} {then}"))
}

impl Consequences {
    /// Of cancelling `booking` at `now`, for a person with or without an e-mail address, or one of whom it is not
    /// told.
    pub(super) fn of(
        texts: Texts,
        offer: &Offer,
        booking: &Booking,
        now: Timestamp,
        gets_mail: Option<bool>,
    ) -> Self {
        let late = late_rule(offer, booking, now);
        let late =
            late.map(|rule| late_texts(texts, ["cancel-late-body", "cancel-late-then"], rule));
        let mut notes = vec![texts.text("cancel-returns")];
        notes.push(texts.text(match gets_mail {
            Some(true) => "cancel-mail",
            Some(false) => "cancel-no-mail",
            None => "cancel-mail-untold",
        }));
        if late.is_none() {
            notes.push(texts.text("cancel-in-time"));
        }
        let giving_up = booking.giving_up.as_ref();
        // What the authority did not say is not promised.
        let rebook_from = giving_up.map(|it| it.rebook_from);
        let another_time = AnotherTime::of(offer, &booking.services);
        if rebook_from == Some(None) || another_time.is_given() {
            notes.push(texts.text(another_time.afterwards_key()));
        }
        // A date that the authority gives is accepted whatever was given up before.
        let is_limited = !another_time.is_given();
        let waits = rebook_from.flatten().filter(|_| is_limited);
        let waits =
            waits.map(|at| texts.fill("cancel-wait-body", "time", texts.moment(at).into_owned()));
        // The rule that counts first is the one that the number left is of.
        let free = services(offer, booking).filter_map(|service| service.free_cancellations);
        let free = free.min_by_key(|free| free.max).filter(|_| is_limited);
        notes.extend(free.map(|free| {
            let values = [("max", free.max.into()), ("days", free.days.into())];
            texts.fill_values("cancel-free", &values)
        }));
        // Who must wait after this one anyway, for another reason, has none left.
        let is_free = is_limited && waits.is_none();
        let left = giving_up.and_then(|it| it.free_left?.checked_sub(1)).filter(|_| is_free);
        notes.extend(left.map(|left| texts.fill("cancel-free-left", "count", left)));
        let missed = services(offer, booking).filter_map(|service| service.cool_down_days).max();
        notes.extend(missed.map(|days| texts.fill("cancel-missed", "count", days)));
        Self { late, waits, notes }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::Language;

    fn offer() -> Offer {
        let service = json!({
            "id": "120703", "name": { "de": "Personalausweis" }, "group": "ausweis",
            "cool_down_days": 14, "late_cancellation_hours": 12,
            "free_cancellations": { "max": 5, "days": 30 },
        });
        Offer {
            name: client::Names::default(),
            languages: Vec::new(),
            services: vec![serde_json::from_value(service).unwrap()],
            groups: Vec::new(),
            locations: Vec::new(),
            index: search::Index::default(),
        }
    }

    fn booking() -> Booking {
        serde_json::from_value(json!({
            "id": "bkg_01jdc6nvt8e0pb9s3k1zqk6yzx", "code": "K7QD-3XHM", "status": "confirmed",
            "location": "mitte", "start": "2027-01-05T08:00:00Z", "end": "2027-01-05T08:20:00Z",
            "services": ["120703"], "created_at": "2027-01-04T08:00:00Z",
        }))
        .unwrap()
    }

    #[test]
    fn less_than_the_hours_of_the_rule_ahead_is_late() {
        let at = |time: &str| is_late(&offer(), &booking(), time.parse().unwrap());
        assert!(!at("2027-01-04T20:00:00Z"), "exactly so many hours ahead is in time");
        assert!(at("2027-01-04T20:00:01Z"));
        let without = Offer { services: Vec::new(), ..offer() };
        assert!(!is_late(&without, &booking(), "2027-01-05T07:59:00Z".parse().unwrap()));
    }

    #[test]
    fn who_must_wait_after_cancelling_is_not_told_that_they_can_book_at_once() {
        let of = |giving_up| {
            let booking = Booking { giving_up, ..booking() };
            let now = "2027-01-04T07:00:00Z".parse().unwrap();
            Consequences::of(Texts::of(Language::English), &offer(), &booking, now, Some(true))
        };
        let says = |it: &Consequences, text: &str| it.notes.iter().any(|note| note.contains(text));
        let at_once = "You can book a new appointment at once.";
        let free =
            client::GivingUp { free_left: Some(3), rebook_from: None, move_again_from: None };
        let free = of(Some(free));
        assert!(says(&free, at_once) && says(&free, "2 more times") && free.waits.is_none());
        let limited = client::GivingUp {
            free_left: Some(0),
            rebook_from: Some("2027-01-29T08:00:00Z".parse().unwrap()),
            move_again_from: None,
        };
        let limited = of(Some(limited));
        assert!(!says(&limited, at_once) && !says(&limited, "more time"));
        assert!(limited.waits.unwrap().contains("29 January 2027"));
        assert!(!says(&of(None), at_once), "what is not known is not promised");
        // Fault: the second late one makes wait whatever the limit of all leaves.
        let late = client::GivingUp {
            free_left: Some(2),
            rebook_from: Some("2027-01-29T08:00:00Z".parse().unwrap()),
            move_again_from: None,
        };
        let late = of(Some(late));
        assert!(late.waits.is_some() && !says(&late, "more time"));
    }

    /// Fault: hours and days came as texts, which choose no plural form.
    #[test]
    fn hours_and_days_have_the_form_of_their_number() {
        let late = |language| {
            let now = "2027-01-05T07:00:00Z".parse().unwrap();
            let said = Consequences::of(Texts::of(language), &offer(), &booking(), now, Some(true));
            said.late.unwrap().replace(['\u{2068}', '\u{2069}'], "")
        };
        assert!(late(Language::Ukrainian).contains("12 годин до прийому"));
        assert!(late(Language::Ukrainian).contains("14 днів не зможете"));
        assert!(late(Language::Arabic).contains("خلال 14 يومًا"), "{}", late(Language::Arabic));
    }

    /// Fault: only who cancelled was warned, and a late move counts alike.
    #[test]
    fn who_moves_late_is_warned_in_their_language() {
        for language in Language::SHIPPED {
            let at = |now: &str| {
                late_move(Texts::of(*language), &offer(), &booking(), now.parse().unwrap())
            };
            assert!(at("2027-01-04T20:00:00Z").is_none(), "{language}: in time");
            let late = at("2027-01-04T20:00:01Z").unwrap();
            assert!(late.contains("12") && late.contains("14"), "{language}: {late}");
            assert!(!late.contains(['{', '[']), "{language}: {late}");
        }
    }

    #[test]
    fn everybody_reads_what_follows_in_their_language() {
        for language in Language::SHIPPED {
            let texts = Texts::of(*language);
            let of = |now: &str, mail| {
                Consequences::of(texts, &offer(), &booking(), now.parse().unwrap(), mail)
            };
            let late = of("2027-01-05T07:00:00Z", Some(true));
            assert!(late.late.unwrap().contains("12"), "{language}");
            assert_eq!(late.notes.len(), 4, "{language}: {:?}", late.notes);
            let early = of("2027-01-04T07:00:00Z", Some(false));
            assert!(early.late.is_none());
            assert_eq!(early.notes.len(), 5, "{language}: {:?}", early.notes);
            assert!(early.notes.iter().all(|note| !note.contains(['{', '['])), "{language}");
            let untold = of("2027-01-04T07:00:00Z", None);
            assert_eq!(untold.notes[1], texts.text("cancel-mail-untold"), "{language}");
        }
    }
}
