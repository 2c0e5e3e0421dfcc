//! Offices whose public log is watched.

use std::sync::Arc;

use ambient::VirtualClock;
use slot::{LogSettings, WitnessSettings, holds::HoldSettings};

use super::{Office, TestClock, database};

impl Office {
    /// A standing clock on SQLite and, if this run has it, on PostgreSQL, with these witnesses.
    pub async fn watched_on_each(catalogue: &str, witnesses: &[WitnessSettings]) -> Vec<Self> {
        let files = || Arc::new(tempfile::tempdir().unwrap());
        let own = files();
        let file = database::in_file(&own).await;
        let mut places = vec![(file, own)];
        places.extend(database::on_postgres().await.map(|url| (url, files())));
        let mut offices = Vec::new();
        for (url, files) in places {
            let clock = VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap());
            let clock = TestClock::Virtual(clock);
            let mut office = Self::stopped(catalogue, clock, url, HoldSettings::Memory, files);
            office.settings.log =
                LogSettings { witnesses: witnesses.to_vec(), ..LogSettings::default() };
            office.restart().await;
            offices.push(office);
        }
        offices
    }
}
