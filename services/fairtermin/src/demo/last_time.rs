//! The latest time that the data of a demo know. Started again it goes on from there: bookings, holds and log-ins of
//! a time to come would make no sense.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use ambient::Clock as _;
use jiff::Timestamp;

use super::draws::EARLIER;
use crate::moved_clock::MovedClock;

/// How often it is written down.
const INTERVAL: Duration = Duration::from_secs(5);

/// Kept in a file beside the databases.
pub struct LastTime(PathBuf);

impl LastTime {
    pub fn within(folder: &Path) -> Self {
        Self(folder.join("demo-time"))
    }

    /// When the demo begins: when it is `wanted`, or where its data ended if that is to come. `now` is the time of
    /// this machine.
    pub fn begin(&self, wanted: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        let text = fs::read_to_string(&self.0).unwrap_or_default();
        let Ok(last) = text.trim().parse::<Timestamp>() else { return wanted };
        match wanted {
            // The demo begins earlier than what it shows, and never before that time.
            None if last > now => last.checked_add(EARLIER).ok(),
            Some(wanted) if wanted < last => {
                eprintln!(
                    "These data were last used at {last}: at {wanted} they have what is still to come. Begin later \
                     with --now, or choose another folder with --data."
                );
                Some(wanted)
            }
            None | Some(_) => wanted,
        }
    }

    /// Writes down what time it is, for as long as the demo runs.
    pub async fn follow(self, clock: MovedClock) {
        let mut interval = tokio::time::interval(INTERVAL);
        loop {
            interval.tick().await;
            // Without it the demo is of use, and begins at another time.
            let _ = fs::write(&self.0, clock.now().to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_were_used_at_a_later_time_go_on_from_there() {
        let folder = tempfile::tempdir().unwrap();
        let last = LastTime::within(folder.path());
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2027-01-11T09:00:00Z");
        assert_eq!(last.begin(None, now), None, "new data");
        fs::write(&last.0, "2027-02-01T09:00:00Z\n").unwrap();
        assert_eq!(last.begin(None, now), Some(at("2027-02-01T09:06:00Z")));
        assert_eq!(last.begin(None, at("2027-03-01T09:00:00Z")), None, "it is past");
        for wanted in ["2027-01-01T09:00:00Z", "2027-04-01T09:00:00Z"] {
            assert_eq!(last.begin(Some(at(wanted)), now), Some(at(wanted)));
        }
        fs::write(&last.0, "").unwrap();
        assert_eq!(last.begin(None, now), None, "it was being written");
    }
}
