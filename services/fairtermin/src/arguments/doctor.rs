//! The arguments of `doctor`.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use super::Format;

#[derive(Debug, Args)]
pub struct Doctor {
    /// Addresses of services, for example `https://id.example.org`; identity leads to the authorities
    /// that it lists
    #[arg(value_name = "URL")]
    pub services: Vec<String>,
    /// Values files, as for `check`: where services are, and where people log in
    #[arg(long, value_name = "FILE")]
    pub values: Vec<PathBuf>,
    /// Settings files, as the services have them: also looks at their databases, queues and Redis, where
    /// those can be reached
    #[arg(long, value_name = "FILE")]
    pub config: Vec<PathBuf>,
    /// Where services tell their numbers, for example `http://10.1.2.3:9464`
    #[arg(long, value_name = "URL")]
    pub metrics: Vec<String>,
    /// What time it is there (RFC 3339), if it is not that of this machine: for a demo whose clock was moved
    #[arg(long)]
    pub now: Option<Timestamp>,
    /// How long one question may take
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=60))]
    pub timeout_seconds: u8,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}
