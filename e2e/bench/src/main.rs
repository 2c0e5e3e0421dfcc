//! `make bench`: what our services cost, against bare programs that do the least possible on the
//! same engine, with the same client, in one run.
//!
//! Each comparison alternates the two in short rounds, so that a machine that is slow for a
//! minute is slow for both, and tells the median of the rounds' ratios.

mod agencies;
mod authority;
mod availability;
mod bare;
mod claims;
mod confirm;
mod cpu;
mod federation;
mod growth;
mod hold;
mod load;
mod login;
mod mail;
mod million;
mod outbox;
mod people;
mod provider;
mod receiver;
mod relay;
mod reminders;
mod report;
mod service;
mod silence;
mod smtp;
mod statistics;
mod tokens;
mod webhooks;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::report::Report;

/// Measures the services against bare programs on the same engines. Started by `make bench`.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures everything and writes the ratios.
    Run(Run),
    /// Serves the bare programs that the services are compared with.
    Bare {
        /// Where to listen, for example 127.0.0.1:8000.
        #[arg(long)]
        listen: std::net::SocketAddr,
        /// Which Redis.
        #[arg(long)]
        redis: String,
    },
}

/// The engines and programs of a run.
#[derive(clap::Args)]
struct Run {
    /// The service program, built with optimisation.
    #[arg(long)]
    fairtermin: PathBuf,
    /// A PostgreSQL server that flushes each commit to disk; databases are made in it.
    #[arg(long, env = "FAIRTERMIN_TEST_POSTGRES")]
    postgres: String,
    /// Which Redis.
    #[arg(long, env = "FAIRTERMIN_TEST_REDIS")]
    redis: String,
    /// Which RabbitMQ.
    #[arg(long, env = "FAIRTERMIN_TEST_RABBITMQ")]
    rabbitmq: String,
    /// The folder with `pgbench` and `psql`.
    #[arg(long)]
    pg_bin: PathBuf,
    /// Where to write the ratios as JSON.
    #[arg(long)]
    json: PathBuf,
    /// An older release to compare confirms with: a folder with its program `fairtermin` and its
    /// preset `values-lea.yaml`.
    #[arg(long)]
    older: Option<PathBuf>,
    /// Only this: hold, confirm, availability, growth, million, statistics, silence, tokens, login,
    /// outbox, relay, mail, webhooks, reminders, agencies, claims or federation.
    #[arg(long, env = "ONLY")]
    only: Option<String>,
}

/// What went wrong, for the terminal.
type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // Only the first provider of a process counts; all of ours are the same one.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let done = match Arguments::parse().command {
        Command::Run(run) => measure(&run).await,
        Command::Bare { listen, redis } => bare::serve(listen, &redis).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(run: &Run) -> Result<(), Failure> {
    let mut report = Report::default();
    let wanted = |name: &str| run.only.as_deref().is_none_or(|only| only == name);
    if wanted("hold") {
        hold::measure(run, &mut report).await?;
    }
    if wanted("confirm") {
        confirm::measure(run, &mut report).await?;
    }
    if wanted("availability") {
        availability::measure(run, &mut report).await?;
    }
    if wanted("growth") {
        growth::measure(run, &mut report).await?;
    }
    if wanted("million") {
        million::measure(run, &mut report).await?;
    }
    if wanted("statistics") {
        statistics::measure(run, &mut report).await?;
    }
    if wanted("silence") {
        silence::measure(run, &mut report).await?;
    }
    if wanted("tokens") {
        tokens::measure(&mut report).await?;
    }
    if wanted("login") {
        login::measure(run, &mut report).await?;
    }
    if wanted("outbox") {
        outbox::measure(run, &mut report).await?;
    }
    if wanted("relay") {
        relay::measure(run, &mut report).await?;
    }
    if wanted("mail") {
        mail::measure(run, &mut report).await?;
    }
    if wanted("webhooks") {
        webhooks::measure(run, &mut report).await?;
    }
    if wanted("reminders") {
        reminders::measure(run, &mut report).await?;
    }
    if wanted("agencies") {
        agencies::measure(run, &mut report).await?;
    }
    if wanted("claims") {
        claims::measure(run, &mut report).await?;
    }
    if wanted("federation") {
        federation::measure(run, &mut report).await?;
    }
    publish(run, &report)
}

/// Prints the ratios, and writes them as JSON.
fn publish(run: &Run, report: &Report) -> Result<(), Failure> {
    println!("\n{report}");
    std::fs::write(&run.json, report.to_json())?;
    if report.missed() > 0 {
        println!("{} ratios miss their targets", report.missed());
    }
    Ok(())
}
