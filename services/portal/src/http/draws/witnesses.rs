//! Who watches the public log of a draw, by its announcement. Whether they have signed what stands in it, the check
//! of the proof shows.

use std::borrow::Cow;

use client::PublishedDraw;
use serde::Deserialize;

use crate::text::Texts;

/// Of an announcement what pages show of its log (`libs/draw/README.md`, section 2).
#[derive(Deserialize)]
struct Announcement {
    log: Option<Log>,
}

#[derive(Deserialize)]
struct Log {
    /// Their keys, which begin with their names.
    witnesses: Vec<String>,
}

/// Who watches the log.
pub(super) struct Witnesses {
    /// How many, and what for.
    pub(super) sentence: Cow<'static, str>,
    pub(super) names: Vec<String>,
}

impl Witnesses {
    /// `None` if the announcement names no log that this version can read.
    pub(super) fn of(texts: Texts, published: &PublishedDraw) -> Option<Self> {
        let announcement: Announcement = serde_json::from_str(&published.announcement).ok()?;
        let keys = announcement.log?.witnesses;
        let name = |key: &String| key.split('+').next().unwrap_or_default().to_owned();
        let sentence = match keys.len() {
            0 => texts.text("draw-no-witnesses"),
            count => texts.fill("draw-witnesses", "count", count),
        };
        Some(Self { sentence, names: keys.iter().map(name).collect() })
    }
}
