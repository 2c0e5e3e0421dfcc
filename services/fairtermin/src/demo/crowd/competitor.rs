//! What other people do while somebody looks: a few steps a minute.

use std::sync::Arc;

use ambient::Entropy as _;
use ids::LocationId;
use jiff::SignedDuration;
use tokio::time::{Duration, sleep};

use super::{Crowd, CrowdError, Office, plan::Plan, unless_refused};

/// Between two steps pass so many seconds, and up to [`FURTHER_SECONDS`] more.
const PAUSE_SECONDS: u64 = 6;
const FURTHER_SECONDS: u64 = 8;
/// One in so many steps is to give an appointment up.
const GIVEN_UP: u64 = 4;
/// Appointments that begin sooner are kept: a seat is offered to the waiting list only if there is
/// time to answer.
const KEPT: SignedDuration = SignedDuration::from_hours(48);
/// If people still wait after so many steps, what was given up did not suit them.
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
            return self.give_up(office, None).await;
        }
        self.take_earliest(office, plan).await
    }

    /// Gives one appointment up for each person who waits, and another one now and then if they still
    /// do.
    async fn make_way(&self, office: &Office, given_up: &mut GivenUp) -> Result<(), CrowdError> {
        let lists = office.api.waiting_lists().await?;
        let Some(plan) = office.plans().into_iter().next().filter(|_| !lists.is_empty()) else {
            return Ok(());
        };
        let people: u32 = lists.iter().map(|list| list.people).sum();
        if people == 0 {
            *given_up = GivenUp::default();
            return Ok(());
        }
        given_up.steps += 1;
        if given_up.count >= people && given_up.steps < STEPS_TO_NEXT {
            return Ok(());
        }
        *given_up = GivenUp { count: given_up.count + 1, steps: 0 };
        self.give_up(office, plan.visit(1).locations.first()).await
    }

    /// Somebody cancels, if anybody has an appointment there that is not soon.
    async fn give_up(&self, office: &Office, at: Option<&LocationId>) -> Result<(), CrowdError> {
        let soon = self.register.now() + KEPT;
        let chosen = {
            let mut booked = office.booked();
            let fit = booked.iter().enumerate().filter(|(_, one)| {
                one.start > soon && at.is_none_or(|location| one.location == *location)
            });
            let fit: Vec<usize> = fit.map(|(place, _)| place).collect();
            if fit.is_empty() {
                return Ok(());
            }
            booked.swap_remove(fit[self.choices.below(fit.len() as u64) as usize])
        };
        let papers = self.register.papers(&chosen.person, &office.authority)?;
        unless_refused(office.api.cancel(&papers.token, chosen.id).await)?;
        Ok(())
    }

    /// Somebody books the earliest time that is free.
    async fn take_earliest(&self, office: &Office, plan: &Plan) -> Result<(), CrowdError> {
        if let Some(slot) = office.api.earliest(&plan.visit(1)).await?.slot {
            self.book(office, plan, &slot, 1).await?;
        }
        Ok(())
    }
}
