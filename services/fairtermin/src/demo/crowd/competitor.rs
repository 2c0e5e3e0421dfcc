//! What other people do while somebody looks: a few steps a minute.

use std::{cmp::Reverse, sync::Arc};

use ambient::Entropy as _;
use catalogue::is_night;
use ids::LocationId;
use jiff::{SignedDuration, Timestamp};
use tokio::time::{Duration, sleep};

use super::{Booked, Crowd, CrowdError, Office, plan::Plan, unless_refused};

/// Between two steps pass so many seconds, and up to [`FURTHER_SECONDS`] more.
const PAUSE_SECONDS: u64 = 6;
const FURTHER_SECONDS: u64 = 8;
/// One in so many steps is to give an appointment up.
const GIVEN_UP: u64 = 4;
/// Appointments that begin sooner are kept: a seat is offered to the waiting list only if there is
/// time to answer.
const KEPT: SignedDuration = SignedDuration::from_hours(48);
/// If people still wait after so many steps, what was given up did not suit them: they wish for
/// another day or time.
const STEPS_TO_NEXT: u32 = 12;

/// What was given up for those who wait.
#[derive(Debug, Default)]
struct GivenUp {
    /// How many appointments, since somebody waits.
    count: u32,
    /// How many steps ago the last one was.
    steps: u32,
}

impl Crowd {
    /// Goes on until the process ends.
    pub async fn go_on(self: Arc<Self>) {
        let mut given_up = GivenUp::default();
        loop {
            let seconds = PAUSE_SECONDS + self.choices.below(FURTHER_SECONDS);
            sleep(Duration::from_secs(seconds)).await;
            if let Err(error) = self.step(&mut given_up).await {
                tracing::warn!(%error, "a step of the other people failed; the next one comes");
            }
        }
    }

    async fn step(&self, given_up: &mut GivenUp) -> Result<(), CrowdError> {
        self.attend().await?;
        for office in &self.offices {
            self.make_way(office, given_up).await?;
        }
        let office = &self.offices[self.choices.below(self.offices.len() as u64) as usize];
        let contested = office.plans().into_iter().find(|plan| plan.is_contested);
        let Some(plan) = contested else { return Ok(()) };
        // Where people wait, appointments are given up for them and not at random.
        if plan.location.is_none() && self.choices.below(GIVEN_UP) == 0 {
            return self.give_up_any(office).await;
        }
        self.take_earliest(office, plan).await
    }

    /// Gives one appointment up for each person who waits, and another one now and then if they still
    /// do.
    async fn make_way(&self, office: &Office, given_up: &mut GivenUp) -> Result<(), CrowdError> {
        // Nothing is offered at night.
        if is_night(self.register.now(), &ambient::berlin()) {
            return Ok(());
        }
        let lists = office.api.waiting_lists().await?;
        let Some(plan) = office.plans().into_iter().next().filter(|_| !lists.is_empty()) else {
            return Ok(());
        };
        let people: u32 = lists.iter().map(|list| list.people).sum();
        let people = match people {
            0 => 0,
            people => people.saturating_sub(self.to_phone(office, plan).await?),
        };
        if people == 0 {
            *given_up = GivenUp::default();
            return Ok(());
        }
        given_up.steps += 1;
        if given_up.count >= people && given_up.steps < STEPS_TO_NEXT {
            return Ok(());
        }
        let at = plan.visit(1).locations.into_iter().next();
        // A short visit leaves too little time for most services. The longest suits every person in
        // line.
        let chosen = at.and_then(|location| office.longest_at(&location, self.kept_until()));
        if let Some(chosen) = chosen
            && self.cancel(office, &chosen).await?
        {
            *given_up = GivenUp { count: given_up.count + 1, steps: 0 };
        }
        Ok(())
    }

    /// Somebody cancels, if anybody has an appointment there that is not soon.
    async fn give_up_any(&self, office: &Office) -> Result<(), CrowdError> {
        let chosen = {
            let mut booked = office.booked();
            let soon = self.kept_until();
            let later = booked.iter().enumerate().filter(|(_, one)| one.start > soon);
            let later: Vec<usize> = later.map(|(place, _)| place).collect();
            if later.is_empty() {
                return Ok(());
            }
            booked.swap_remove(later[self.choices.below(later.len() as u64) as usize])
        };
        self.cancel(office, &chosen).await?;
        Ok(())
    }

    /// Whether the appointment is cancelled.
    async fn cancel(&self, office: &Office, chosen: &Booked) -> Result<bool, CrowdError> {
        let papers = self.register.papers(&chosen.person, &office.authority)?;
        Ok(unless_refused(office.api.cancel(&papers.token, chosen.id).await)?.is_some())
    }

    fn kept_until(&self) -> Timestamp {
        self.register.now() + KEPT
    }

    /// Somebody books the earliest time that is free.
    async fn take_earliest(&self, office: &Office, plan: &Plan) -> Result<(), CrowdError> {
        if let Some(slot) = office.api.earliest(&plan.visit(1)).await?.slot {
            self.book(office, plan, &slot, 1).await?;
        }
        Ok(())
    }
}

impl Office {
    /// Takes the longest appointment at a place that begins after `soon`; of equal ones the earliest.
    fn longest_at(&self, location: &LocationId, soon: Timestamp) -> Option<Booked> {
        let mut booked = self.booked();
        let fit = booked.iter().enumerate();
        let fit = fit.filter(|(_, one)| one.location == *location && one.start > soon);
        let longest =
            fit.max_by_key(|(_, one)| (one.end.duration_since(one.start), Reverse(one.start)));
        let place = longest.map(|(place, _)| place)?;
        Some(booked.swap_remove(place))
    }
}
