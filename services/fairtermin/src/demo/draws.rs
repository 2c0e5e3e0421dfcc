//! The draws of the demo can be entered when it is shown.
//!
//! A draw whose log has witnesses opens five minutes after its announcement, so that they see it before. So the
//! demo begins earlier by its clock, and goes on to the time that it shows once they have.

use ambient::Clock as _;
use client::{DrawStatus, Http, SlotApi, Timeouts};
use jiff::SignedDuration;
use tokio::time::{Duration, Instant, sleep};

use super::{
    crowd::CrowdError,
    offer,
    places::{PRESETS, Places, url},
};
use crate::moved_clock::MovedClock;

/// How much earlier the demo begins: the five minutes, and one for what they are counted from.
pub const EARLIER: SignedDuration = SignedDuration::from_mins(6);
/// How long the announcements may take. Without them the demo is of use, and draws open later.
const ANNOUNCED: Duration = Duration::from_secs(20);
/// What each signature under a checkpoint begins with (C2SP `signed-note`).
const SIGNED: &str = "\u{2014} ";

/// Waits until the draws are announced and the other authorities have seen it, then goes on to the time that
/// people see.
pub async fn open(places: &Places, clock: &MovedClock) -> Result<(), CrowdError> {
    let api = Http::new(Timeouts::default())?;
    let http = reqwest::Client::builder().no_proxy().timeout(ANNOUNCED).build()?;
    let until = Instant::now() + ANNOUNCED;
    for (authority, _, port) in places.authorities() {
        if !offer::has_draws(&authority) {
            continue;
        }
        let office = SlotApi::new(api.clone(), url(port));
        while Instant::now() < until && !is_seen(&office, &http, clock).await {
            sleep(Duration::from_millis(50)).await;
        }
    }
    clock.go_on(EARLIER);
    Ok(())
}

/// Whether a draw that can be entered stands in the log, as all witnesses say. The service may only be starting.
async fn is_seen(office: &SlotApi, http: &reqwest::Client, clock: &MovedClock) -> bool {
    let Ok(draws) = office.draws().await else { return false };
    let now = clock.now();
    let is_current =
        draws.iter().any(|draw| draw.status == Some(DrawStatus::Announced) && now < draw.closes);
    // Of the log itself, and of each other authority.
    is_current && signatures(office, http).await.is_ok_and(|count| count == PRESETS.len())
}

async fn signatures(office: &SlotApi, http: &reqwest::Client) -> Result<usize, CrowdError> {
    let checkpoint = office.base().join("v1/log/checkpoint").expect("this is a part of an address");
    let note = http.get(checkpoint).send().await?.error_for_status()?.text().await?;
    Ok(note.lines().filter(|line| line.starts_with(SIGNED)).count())
}
