//! The arguments of `fairtermin events`.

use std::path::PathBuf;

use catalogue::nearest;
use clap::{Args, Subcommand};
use ids::AuthorityId;
use jiff::Timestamp;

use super::values::instant;

#[derive(Debug, Subcommand)]
pub enum Events {
    /// Publish again what the broker took over and lost. Whatever had its effect has it once
    Republish(Republish),
}

#[derive(Debug, Args)]
pub struct Republish {
    /// Settings: a YAML file with a section `slot:` or `identity:`, as that service has it.
    /// Variables FAIRTERMIN__SECTION__KEY come on top
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// What the broker took over at this time or later; without an offset, in Berlin. Rather an
    /// hour too early than a minute too late
    #[arg(long, value_parser = instant, value_name = "TIME")]
    pub since: Timestamp,
    /// What the broker took over before this time; now, if left out
    #[arg(long, value_parser = instant, value_name = "TIME")]
    pub until: Option<Timestamp>,
    /// Only events of this kind, for example `BookingConfirmed`
    #[arg(long, value_parser = kind)]
    pub kind: Option<String>,
    /// Only events of this authority
    #[arg(long)]
    pub authority: Option<AuthorityId>,
    /// Only count them
    #[arg(long)]
    pub dry_run: bool,
}

/// The name of an event, with or without its package.
fn kind(text: &str) -> Result<String, String> {
    let short = |name: &'static str| name.rsplit('.').next().unwrap_or(name);
    if proto::EVENTS.iter().any(|&name| name == text || short(name) == text) {
        return Ok(text.to_owned());
    }
    let mut known: Vec<&str> = proto::EVENTS.iter().map(|&name| short(name)).collect();
    known.sort_unstable();
    Err(match nearest(text, &known) {
        Some(meant) => format!("there is no such event; did you mean {meant}?"),
        None => format!("there is no such event; there are {}", known.join(", ")),
    })
}
