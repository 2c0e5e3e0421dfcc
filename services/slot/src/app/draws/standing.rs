//! What decides for a person in a draw besides chance: the draws that they went without, and their
//! quotas.

use catalogue::{Catalogue, DrawSchedule, EntryChannel};
use draw::{Announcement, Channel, Quota};
use ids::Pseudonym;
use jiff::{Timestamp, ToSpan as _, civil::Time};
use vocabulary::Language;

use crate::{
    app::{AppError, Engine},
    domain::draw::Draw,
    store::{draw_misses, entitlements},
};

/// The quotas of a schedule as they are announced. An entry names them by their position.
pub(super) fn announced(schedule: &DrawSchedule) -> Vec<Quota> {
    let quotas = schedule.quotas.iter().map(|quota| Quota {
        channel: quota.channel.map(|channel| match channel {
            EntryChannel::Desk => Channel::Desk,
            EntryChannel::Online => Channel::Online,
        }),
        name: quota.name.get(Language::German).to_owned(),
    });
    quotas.collect()
}

/// A person's standing in a draw. While people enter, the catalogue's quotas stay as announced.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// The draws that they went without, up to the announced number.
    pub cohort: u8,
    /// When their entitlement ends, if they have one.
    entitled_until: Option<Timestamp>,
}

impl Standing {
    /// What is known of the person.
    ///
    /// # Errors
    /// The database does not answer.
    pub(super) async fn of(
        engine: &Engine,
        draw: &Draw,
        announcement: &Announcement,
        person: Pseudonym,
    ) -> Result<Self, AppError> {
        let (db, catalogue) = (engine.database.connection(), engine.catalogue());
        let cohort = match announcement.cohorts {
            0 => 0,
            most => {
                let mut names = vec![draw.service.clone()];
                if let Some(service) = catalogue.service(&draw.service) {
                    names.extend(service.formerly.iter().cloned());
                }
                let without = draw_misses::count(db, person, &names, &draw.group).await?;
                u8::try_from(without).unwrap_or(u8::MAX).min(most)
            }
        };
        let entitled_until = match announcement.quotas.is_empty() {
            true => None,
            false => {
                let service = std::slice::from_ref(&draw.service);
                let held = entitlements::held_by(db, person, service, None, engine.now()).await?;
                held.first().map(|entitlement| entitlement.valid_until)
            }
        };
        Ok(Self { cohort, entitled_until })
    }

    /// The quotas of a person who enters this way, in ascending order.
    pub(super) fn quotas(
        &self,
        engine: &Engine,
        catalogue: &Catalogue,
        draw: &Draw,
        channel: Channel,
    ) -> Vec<u8> {
        let schedule = catalogue.service(&draw.service).and_then(|it| it.draw.as_ref());
        let Some(schedule) = schedule else { return Vec::new() };
        let begins = engine.berlin.to_timestamp(draw.week.to_datetime(Time::midnight()));
        let begins = begins.unwrap_or(draw.closes);
        let ends_within = |days: u16| {
            let last = begins.saturating_add((i64::from(days) * 24).hours());
            self.entitled_until.is_some_and(|until| last.is_ok_and(|last| until <= last))
        };
        let stated = (0_u8..).zip(announced(schedule)).zip(&schedule.quotas);
        let theirs = stated.filter(|((_, announced), quota)| {
            announced.channel.is_none_or(|only| only == channel)
                && quota.entitlement_ends_within_days.is_none_or(&ends_within)
        });
        theirs.map(|((at, _), _)| at).collect()
    }
}
