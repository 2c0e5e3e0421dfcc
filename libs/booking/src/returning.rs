//! How a seat that was given up becomes free again.
//!
//! A person who gives a seat up must not be able to pass it on: so the moment at which it becomes
//! free cannot be known in advance. It is not drawn in advance, because what is
//! drawn in advance is stored somewhere. Instead, at each tick a coin is thrown: the chance per
//! unit of time is the same throughout ([`ReturnWindow::chance`]), so that having waited reveals
//! nothing about how long is left. Only the latest moment is fixed, and about one seat in twenty
//! sees it.
//!
//! The slot service throws the coin once a second (`services/slot/src/jobs/return_seats.rs`); this
//! file has the arithmetic. Each throw is for the time since the last one ([`Pace`]). If that was long, because
//! the clock or the job stood, the throws of the next [`CATCH_UP_TICKS`] make up for it: what
//! piles up in a pause is not freed in one instant. Without a limit on how often a person may ask, a program that asks each
//! second would still be first: that limit is in `services/slot/src/app/asks.rs`.

use jiff::{SignedDuration, Timestamp};

/// The share of seats that are still returning when their latest moment comes, if the coin is
/// thrown often.
///
/// Smaller makes an early return likelier; greater makes the latest moment, which is stored,
/// worth watching. With coarse ticks a little more is left: the last throw before the latest
/// moment is up to a tick earlier than that.
pub const SHARE_AT_THE_LATEST: f64 = 0.05;

/// In how many ticks the throws make up for a pause: with a tick each second, in ten seconds.
///
/// More spreads wider what piled up in the pause; and so much later a seat can be free than its latest
/// moment, after a pause.
pub const CATCH_UP_TICKS: i32 = 10;

/// Between which moments a seat that was given up becomes free.
///
/// Stored with the returning seat, so that another process can go on throwing the coin. To read
/// it tells the window and nothing about the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReturnWindow {
    /// Not before.
    ///
    /// UTC. Before it, no coin is thrown.
    pub opens: Timestamp,
    /// Not after.
    ///
    /// UTC. The first tick at or after it frees the seat in any case; after a pause of the job, one of the
    /// next [`CATCH_UP_TICKS`].
    pub latest: Timestamp,
}

/// What decides about a return window.
///
/// `not_before` and `not_after` are what the services of the booking state (`release`), or, for
/// a hold, what the service's settings say; `least` and `ahead` are the slot service's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnTerms {
    /// Not before this much time has passed.
    ///
    /// Counted from the moment at which the seat was given up; at least zero.
    pub not_before: SignedDuration,
    /// Not after this much time has passed.
    ///
    /// Less than `not_before` plus `least` counts as that sum.
    pub not_after: SignedDuration,
    /// The least window that is worth anything: with less of it, two people can agree on a moment.
    pub least: SignedDuration,
    /// How long before the start of the seat it must be free, so that it can still be used.
    ///
    /// The longest lead time of its services and the time that people need to find it and to
    /// come.
    pub ahead: SignedDuration,
}

impl ReturnWindow {
    /// The window of a seat that begins at `start` and is given up at `now`; `None` if so little
    /// time is left that it cannot return to the public: then it is for the desk.
    ///
    /// Never in the past, never after `start` less `ahead`, never shorter than `least`. If time
    /// runs short, the window first ends earlier, until it is as long as `least`; then it begins
    /// earlier; then there is none.
    ///
    /// ```
    /// use booking::returning::{ReturnTerms, ReturnWindow};
    /// use jiff::{SignedDuration, Timestamp};
    ///
    /// let minutes = SignedDuration::from_mins;
    /// let terms = ReturnTerms {
    ///     not_before: minutes(10),
    ///     not_after: minutes(240),
    ///     least: minutes(1),
    ///     ahead: minutes(30),
    /// };
    /// let now: Timestamp = "2027-01-11T07:00:00Z".parse().unwrap();
    /// let next_week = ReturnWindow::of(now, now + minutes(7 * 24 * 60), terms).unwrap();
    /// assert_eq!(next_week.latest, now + minutes(240));
    /// assert_eq!(ReturnWindow::of(now, now + minutes(30), terms), None, "for the desk");
    /// ```
    #[must_use]
    pub fn of(now: Timestamp, start: Timestamp, terms: ReturnTerms) -> Option<Self> {
        let after = |duration| now.saturating_add(duration).unwrap_or(Timestamp::MAX);
        let usable_until = start.saturating_sub(terms.ahead).unwrap_or(Timestamp::MIN);
        let latest = after(terms.not_after.max(terms.not_before + terms.least)).min(usable_until);
        // A short time before the appointment the wait gives way, the window does not.
        let last_opening = latest.saturating_sub(terms.least).unwrap_or(Timestamp::MIN);
        let opens = after(terms.not_before).min(last_opening);
        (opens >= now).then_some(Self { opens, latest })
    }

    /// With which chance the seat becomes free in the time from `before` to `now`.
    ///
    /// From 0 to 1; 0 before the window opens and if the clock went back, 1 from `latest` on.
    /// [`Pace`] says which times a tick is for.
    ///
    /// The chance that a seat is still there after several ticks is the product of theirs,
    /// which depends on the time that passed and not on how it was cut up.
    #[must_use]
    pub fn chance(&self, before: Timestamp, now: Timestamp) -> f64 {
        if now >= self.latest {
            return 1.0;
        }
        let passed = now.duration_since(before.max(self.opens)).as_secs_f64();
        let whole = self.latest.duration_since(self.opens).as_secs_f64();
        if passed <= 0.0 || whole <= 0.0 {
            return 0.0;
        }
        1.0 - SHARE_AT_THE_LATEST.powf(passed / whole)
    }
}

/// What one who throws coins remembers: until when they are thrown.
///
/// Keep one for each kind of seat, and start anew where another process may have thrown meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    longest: SignedDuration,
    last: Option<Last>,
    /// Ticks that are left of a catch-up.
    left: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Last {
    ticked: Timestamp,
    decided: Timestamp,
}

impl Pace {
    /// Nothing was thrown yet; more than `longest` between two ticks is a pause.
    #[must_use]
    pub const fn tolerating(longest: SignedDuration) -> Self {
        Self { longest, last: None, left: 0 }
    }

    /// At `at` no seat was returning: there is nothing to make up for before that.
    pub const fn idle(&mut self, at: Timestamp) {
        self.last = Some(Last { ticked: at, decided: at });
        self.left = 0;
    }

    /// The throw of the tick at `now`.
    ///
    /// It is for the time since the last one. A pause is made up for in [`CATCH_UP_TICKS`] equal parts. The
    /// first tick of all is for no time, since how long the job stood is not known; it is a
    /// pause for the seats that are past their latest moment.
    pub fn tick(&mut self, now: Timestamp) -> Throw {
        let is_pause = self.last.is_none_or(|last| now.duration_since(last.ticked) > self.longest);
        if is_pause {
            self.left = CATCH_UP_TICKS;
        }
        let left = self.left.max(1);
        let from = self.last.map_or(now, |last| last.decided.min(now));
        let part = now.duration_since(from) / left;
        let to = from.saturating_add(part).unwrap_or(now);
        self.last = Some(Last { ticked: now, decided: to });
        self.left = left - 1;
        Throw { now, from, to, left }
    }
}

/// One throw: for which time, by [`Pace::tick`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throw {
    now: Timestamp,
    from: Timestamp,
    to: Timestamp,
    /// Ticks until nothing is left to make up for, this one included.
    left: i32,
}

impl Throw {
    /// With which chance it frees a seat with this window.
    ///
    /// From 0 to 1. A seat that is past its latest moment is free at once; after a pause in
    /// one of the ticks that are left, each equally likely.
    #[must_use]
    pub fn chance(&self, window: &ReturnWindow) -> f64 {
        if window.latest <= self.now {
            return 1.0 / f64::from(self.left);
        }
        window.chance(self.from, self.to)
    }
}

/// Whether a coin, 64 random bits, falls on the side that has this chance.
///
/// Draw `coin` anew for each seat and tick, and do not keep it.
#[must_use]
pub fn falls(coin: u64, chance: f64) -> bool {
    // 53 bits are what a float holds exactly; none of them makes 1.0.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    let unit = (coin >> 11) as f64 / (1u64 << 53) as f64;
    unit < chance
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn terms(not_before: i64, not_after: i64) -> ReturnTerms {
        ReturnTerms {
            not_before: SignedDuration::from_secs(not_before),
            not_after: SignedDuration::from_secs(not_after),
            least: SignedDuration::from_secs(60),
            ahead: SignedDuration::from_secs(600),
        }
    }

    #[test]
    fn a_seat_returns_in_time_to_be_used_or_not_to_the_public() {
        let window = |start, terms| ReturnWindow::of(at(0), at(start), terms);
        let far = window(100_000, terms(600, 14_400)).unwrap();
        assert_eq!((far.opens, far.latest), (at(600), at(14_400)));
        let near = window(1_200, terms(600, 14_400)).unwrap();
        assert_eq!((near.opens, near.latest), (at(540), at(600)));
        assert_eq!(window(659, terms(600, 14_400)), None);
        let at_once = window(100_000, terms(0, 0)).unwrap();
        assert_eq!((at_once.opens, at_once.latest), (at(0), at(60)));
    }

    #[test]
    fn at_most_one_in_twenty_falls_on_the_latest_moment_however_often_the_coin_is_thrown() {
        let window = ReturnWindow { opens: at(0), latest: at(600) };
        for step in [1, 7, 60, 299] {
            let mut left = 1.0;
            let mut before = 0;
            while before + step < 600 {
                left *= 1.0 - window.chance(at(before), at(before + step));
                before += step;
            }
            assert!((SHARE_AT_THE_LATEST..0.25).contains(&left), "{step}: {left}");
            if step == 1 {
                assert!(left < 0.051, "{left}");
            }
        }
        assert_eq!(window.chance(at(599), at(600)), 1.0);
        assert_eq!(window.chance(at(-10), at(0)), 0.0);
    }

    /// Which share of seats with this window is left after the tick at each of these seconds.
    fn left_after(window: ReturnWindow, pace: &mut Pace, ticks: &[i64]) -> Vec<f64> {
        let mut left = 1.0;
        let share = |second: &i64| {
            left *= 1.0 - pace.tick(at(*second)).chance(&window);
            left
        };
        ticks.iter().map(share).collect()
    }

    /// Which share is left at a second of the window, if chance is the same throughout.
    fn stated(window: ReturnWindow, second: i64) -> f64 {
        let passed = at(second).duration_since(window.opens).as_secs_f64().max(0.0);
        SHARE_AT_THE_LATEST.powf(passed / window.latest.duration_since(window.opens).as_secs_f64())
    }

    /// From ten minutes to four hours after it was given up, and a job that is not surprised by ten minutes.
    const WINDOW: (i64, i64) = (600, 14_400);

    fn window_and_pace() -> (ReturnWindow, Pace) {
        let window = ReturnWindow { opens: at(WINDOW.0), latest: at(WINDOW.1) };
        (window, Pace::tolerating(SignedDuration::from_mins(10)))
    }

    #[test]
    fn seats_return_over_their_window_as_stated_whatever_the_length_of_a_tick() {
        let regular = [1, 120, 600].map(|step| (0..WINDOW.1).step_by(step).collect::<Vec<_>>());
        let steps = [1_i64, 1, 3, 240, 2, 599, 60].into_iter().cycle();
        let irregular = steps.scan(0_i64, |second, step| {
            *second += step;
            (*second < WINDOW.1).then_some(*second)
        });
        for ticks in regular.into_iter().chain([irregular.collect()]) {
            let (window, mut pace) = window_and_pace();
            // Ticks before: the job has run for a while.
            left_after(window, &mut pace, &[-10, -9, -8, -7, -6, -5, -4, -3, -2, -1]);
            let left = left_after(window, &mut pace, &ticks);
            for (second, left) in ticks.iter().zip(&left) {
                let stated = stated(window, *second);
                assert!((left - stated).abs() < 1e-9, "second {second}: {left}, not {stated}");
            }
            let (last, left) = (ticks.last().unwrap(), left.last().unwrap());
            if WINDOW.1 - last == 1 {
                assert!(*left < 0.0501, "{left}");
            }
        }
    }

    #[test]
    fn a_pause_is_made_up_for_in_ten_ticks_and_frees_nothing_at_once() {
        let (window, mut pace) = window_and_pace();
        let before = (0..3_600).collect::<Vec<_>>();
        let at_pause = *left_after(window, &mut pace, &before).last().unwrap();
        // The clock moves by an hour and a half, and goes on.
        let ticks = (9_000..9_010).collect::<Vec<_>>();
        let after = left_after(window, &mut pace, &ticks);
        assert!(after[0] > 0.85, "{after:?}");
        for pair in after.windows(2) {
            assert!((pair[1] / pair[0] - after[0]).abs() < 0.01, "{after:?}");
        }
        let (left, stated) = (at_pause * after[9], stated(window, 9_009));
        assert!((left - stated).abs() < 1e-9, "{left}, not {stated}");
        let next = pace.tick(at(9_010));
        assert!((next.chance(&window) - window.chance(at(9_009), at(9_010))).abs() < 1e-12);
    }

    #[test]
    fn what_is_past_its_latest_moment_after_a_pause_returns_spread_over_ten_ticks() {
        let (window, fresh) = window_and_pace();
        let mut paused = fresh;
        paused.idle(at(0));
        // A clock that stands after it was moved, and one that goes on; with a memory and without.
        for (mut pace, ticks) in [
            (paused, [20_000; 10]),
            (fresh, [20_000; 10]),
            (paused, std::array::from_fn(|tick| 20_000 + i64::try_from(tick).unwrap())),
        ] {
            let left = left_after(window, &mut pace, &ticks);
            for (tick, left) in left.iter().enumerate() {
                let stated = 0.9 - f64::from(u8::try_from(tick).unwrap()) / 10.0;
                assert!((left - stated).abs() < 1e-9, "tick {tick}: {left}, not {stated}");
            }
            assert!(left[9] < 1e-12 && pace.tick(at(20_100)).chance(&window) >= 1.0);
        }
    }

    #[test]
    fn the_first_tick_and_a_clock_that_goes_back_count_no_time() {
        let (window, mut pace) = window_and_pace();
        assert!(pace.tick(at(7_000)).chance(&window) <= 0.0);
        assert!(pace.tick(at(7_001)).chance(&window) > 0.0);
        assert!(pace.tick(at(6_000)).chance(&window) <= 0.0);
        assert!(pace.tick(at(6_001)).chance(&window) > 0.0, "and the time after that counts");
    }

    proptest! {
        /// Having waited reveals nothing: the chance of a second is the same throughout.
        #[test]
        fn the_chance_of_a_second_never_changes(second in 0i64..598) {
            let window = ReturnWindow { opens: at(0), latest: at(600) };
            let first = window.chance(at(0), at(1));
            let later = window.chance(at(second), at(second + 1));
            prop_assert!((first - later).abs() < 1e-12);
        }

        #[test]
        fn no_window_opens_in_the_past_or_is_less_than_the_least(
            start in 0i64..40_000, not_before in 0i64..10_000, not_after in 0i64..20_000,
        ) {
            if let Some(window) = ReturnWindow::of(at(0), at(start), terms(not_before, not_after)) {
                prop_assert!(window.opens >= at(0));
                prop_assert!(window.latest <= at(start - 600));
                prop_assert!(window.latest.duration_since(window.opens).as_secs() >= 60);
            }
        }

        #[test]
        fn a_coin_is_fair(coin: u64) {
            prop_assert!(falls(coin, 1.0) && !falls(coin, 0.0));
            prop_assert_eq!(falls(coin, 0.5), coin < 1 << 63);
        }
    }
}
