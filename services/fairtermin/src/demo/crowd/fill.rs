//! The next days are filled before somebody looks.

use std::collections::HashMap;

use ambient::Entropy as _;
use client::FreeSlot;
use ids::LocationId;
use jiff::{Timestamp, ToSpan as _, civil::Date};
use tokio::time::Instant;

use super::{Crowd, CrowdError, Office, plan::Plan};

/// How many days ahead is looked: further than anything can be booked.
const AHEAD_DAYS: i64 = 60;
/// One in so many times is left to people who come with fewer others.
const LEFT: u64 = 3;

impl Crowd {
    pub(super) async fn fill(&self, office: &Office) -> Result<(), CrowdError> {
        self.get_ready(office).await?;
        for plan in office.plans() {
            let until = Instant::now() + plan.fill_timeout;
            self.fill_by(office, plan, until).await?;
        }
        self.put_in_line(office).await
    }

    async fn fill_by(
        &self,
        office: &Office,
        plan: &Plan,
        until: Instant,
    ) -> Result<(), CrowdError> {
        let today = self.register.today();
        let last = today.saturating_add(AHEAD_DAYS.days());
        let days = office.api.days(&plan.visit(1), today, last).await?.days;
        let dates = days.iter().filter(|day| day.free > 0).map(|day| day.date).take(plan.days);
        let dates: Vec<Date> = dates.collect();
        for (number, date) in (1_usize..).zip(dates) {
            let is_spare = number.is_multiple_of(plan.spare_every);
            self.fill_day(office, plan, date, is_spare, until).await?;
        }
        Ok(())
    }

    /// Large visits first, smaller ones into what they leave, until nothing is free.
    async fn fill_day(
        &self,
        office: &Office,
        plan: &Plan,
        date: Date,
        is_spare: bool,
        until: Instant,
    ) -> Result<(), CrowdError> {
        let mut people = plan.most_people;
        loop {
            let free = office.api.slots(&plan.visit(people), date).await?.slots;
            // The first half of the starts is of the first half of the day.
            let wanted = if is_spare { &free[..free.len() / 2] } else { &free[..] };
            let booked = self.fill_slots(office, plan, wanted, people, until).await?;
            if is_spare || Instant::now() > until || (people == 1 && booked == 0) {
                return Ok(());
            }
            people = (people / 2).max(1);
        }
    }

    /// Books the times one after the other at each place, at all its free desks. How many it could.
    async fn fill_slots(
        &self,
        office: &Office,
        plan: &Plan,
        free: &[FreeSlot],
        people: u16,
        until: Instant,
    ) -> Result<usize, CrowdError> {
        let mut busy_until: HashMap<&LocationId, Timestamp> = HashMap::new();
        let mut booked = 0;
        for slot in free {
            let busy = busy_until.entry(&slot.location).or_insert(Timestamp::MIN);
            if slot.start < *busy {
                continue;
            }
            *busy = slot.end;
            for _ in 0..slot.free {
                if Instant::now() > until {
                    return Ok(booked);
                }
                if people > 1 && self.choices.below(LEFT) == 0 {
                    continue;
                }
                booked += usize::from(self.book(office, plan, slot, people).await?);
            }
        }
        Ok(booked)
    }
}
