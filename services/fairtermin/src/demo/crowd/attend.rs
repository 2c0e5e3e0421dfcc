//! The day of the appointment: most people come and are served, some do not appear.

use ambient::Entropy as _;
use client::DeskAction;
use jiff::{SignedDuration, Timestamp};

use super::{Booked, Crowd, CrowdError, Office, unless_refused};

/// One in so many does not appear.
const MISSED: u64 = 8;
/// So long after the beginning the desk has done it. Until then whoever plays the desk may.
const DONE_AFTER: SignedDuration = SignedDuration::from_mins(30);

impl Crowd {
    /// After the clock was moved: what was to happen meanwhile has happened.
    pub async fn catch_up(&self) {
        if let Err(error) = self.attend().await {
            tracing::warn!(%error, "some visits of other people stay open; they will count as missed");
        }
    }

    /// Everybody whose time has come is served, or missed.
    pub(super) async fn attend(&self) -> Result<(), CrowdError> {
        for office in &self.offices {
            for visit in office.take_due(self.register.now()) {
                self.visit(office, &visit).await?;
            }
        }
        Ok(())
    }

    async fn visit(&self, office: &Office, visit: &Booked) -> Result<(), CrowdError> {
        let actions: &[DeskAction] = match self.choices.below(MISSED) {
            0 => &[DeskAction::Miss],
            _ => &[DeskAction::CheckIn, DeskAction::Call, DeskAction::Serve],
        };
        let clerk = self.register.clerk(&office.authority)?;
        for action in actions {
            let done = office.api.desk_action(&clerk, visit.id, *action).await;
            if unless_refused(done)?.is_none() {
                break;
            }
        }
        Ok(())
    }
}

impl Office {
    fn take_due(&self, now: Timestamp) -> Vec<Booked> {
        let mut booked = self.booked();
        let all = std::mem::take(&mut *booked);
        let (due, later): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| now.duration_since(one.start) >= DONE_AFTER);
        *booked = later;
        due
    }
}
