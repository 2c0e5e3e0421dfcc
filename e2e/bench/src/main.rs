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
mod draws;
mod federation;
mod growth;
mod hold;
mod idle;
mod load;
mod log;
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
mod waiting;
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
    /// Only this: hold, confirm, draws, waiting, log, availability, growth, million, statistics,
    /// silence, idle, tokens, login, outbox, relay, mail, webhooks, reminders, agencies, claims or
    /// federation.
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
    scarce(run, &mut report).await?;
    many(run, &mut report).await?;
    beyond(run, &mut report).await?;
    println!("\n{report}");
    std::fs::write(&run.json, report.to_json())?;
    if report.missed() > 0 {
        println!("{} ratios miss their targets", report.missed());
    }
    Ok(())
}

impl Run {
    fn wants(&self, row: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == row)
    }
}

/// What people do who want an appointment.
async fn scarce(run: &Run, report: &mut Report) -> Result<(), Failure> {
    if run.wants("hold") {
        hold::measure(run, report).await?;
    }
    if run.wants("confirm") {
        confirm::measure(run, report).await?;
    }
    if run.wants("draws") {
        draws::measure(run, report).await?;
    }
    if run.wants("waiting") {
        waiting::measure(run, report).await?;
    }
    if run.wants("log") {
        log::measure(run, report).await?;
    }
    if run.wants("availability") {
        availability::measure(run, report).await?;
    }
    Ok(())
}

/// What a slot service takes that has much, little or nothing to do.
async fn many(run: &Run, report: &mut Report) -> Result<(), Failure> {
    if run.wants("growth") {
        growth::measure(run, report).await?;
    }
    if run.wants("million") {
        million::measure(run, report).await?;
    }
    if run.wants("statistics") {
        statistics::measure(run, report).await?;
    }
    if run.wants("silence") {
        silence::measure(run, report).await?;
    }
    if run.wants("idle") {
        idle::measure(run, report).await?;
    }
    Ok(())
}

/// Log-ins, events and agencies.
async fn beyond(run: &Run, report: &mut Report) -> Result<(), Failure> {
    if run.wants("tokens") {
        tokens::measure(report).await?;
    }
    if run.wants("login") {
        login::measure(run, report).await?;
    }
    if run.wants("outbox") {
        outbox::measure(run, report).await?;
    }
    if run.wants("relay") {
        relay::measure(run, report).await?;
    }
    if run.wants("mail") {
        mail::measure(run, report).await?;
    }
    if run.wants("webhooks") {
        webhooks::measure(run, report).await?;
    }
    if run.wants("reminders") {
        reminders::measure(run, report).await?;
    }
    if run.wants("agencies") {
        agencies::measure(run, report).await?;
    }
    if run.wants("claims") {
        claims::measure(run, report).await?;
    }
    if run.wants("federation") {
        federation::measure(run, report).await?;
    }
    Ok(())
}
