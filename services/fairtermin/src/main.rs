//! `fairtermin`: the one program.
//!
//! Production runs one role per pod (`fairtermin serve slot`), an evaluation runs all of them in
//! one process (`fairtermin demo`). `fairtermin help` lists the commands.

#[macro_use]
mod printing;

mod address;
mod agency;
mod arguments;
mod auditor;
mod bookings;
mod capacity;
mod check;
mod command_error;
mod dead_letters;
mod demo;
mod doctor;
mod events;
mod files;
mod hidden;
mod import;
mod init;
mod moved_clock;
mod openapi;
mod preview;
mod ready;
mod running;
mod schema;
mod serve;
mod signing_keys;
mod simulated_providers;
mod tour;
mod translate;
mod verify_draw;
mod witness;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser as _;
use command_error::CommandError;

/// Each request makes and drops many small things on one thread; this allocator is quicker at that
/// than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Threads for all that the demo does besides answering requests.
const DEMO_THREADS: usize = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The provider of cryptography for every TLS connection of the process; a second call in the
    // same process is refused, which changes nothing.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if matches!(arguments.command, Command::Demo(_)) {
        // Each thread keeps memory of its own; a large machine would give the demo one per core.
        runtime.worker_threads(DEMO_THREADS);
    }
    let done = match runtime.enable_all().build() {
        Ok(runtime) => runtime.block_on(run(arguments.command)),
        Err(error) => Err(CommandError::new(format!("cannot start the runtime: {error}"))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.code())
        }
    }
}

async fn run(command: Command) -> Result<(), CommandError> {
    match command {
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Migrate(arguments) => serve::migrate(arguments).await,
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::DemoConfig(arguments) => demo::write(&arguments),
        Command::Tour(arguments) => tour::run(*arguments).await,
        Command::Import(arguments) => import::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Preview(arguments) => preview::run(&arguments),
        Command::Ready(arguments) => ready::run(arguments).await,
        Command::Doctor(arguments) => doctor::run(arguments).await,
        Command::Capacity(arguments) => capacity::run(&arguments),
        Command::Schema => schema::print(),
        Command::Bookings(arguments) => bookings::run(&arguments).await,
        Command::Init(arguments) => init::run(&arguments),
        Command::Openapi { service } => openapi::print(service),
        Command::Texts(arguments) => translate::run(&arguments),
        Command::DeadLetters(arguments) => dead_letters::run(arguments).await,
        Command::Events(arguments) => events::run(&arguments).await,
        Command::Agency(arguments) => agency::run(arguments).await,
        Command::Keys(arguments) => signing_keys::run(&arguments),
        Command::VerifyDraw(arguments) => verify_draw::run(&arguments),
        Command::Auditor(arguments) => auditor::run(&arguments).await,
        Command::Witness(arguments) => witness::run(arguments).await,
    }
}
