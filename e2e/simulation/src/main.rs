//! `make simulate`: plays everything, writes the tables into the README and the pictures beside it,
//! and fails if a number misses its target.
//!
//! `simulation --short` plays a few seconds' worth, prints the tables and writes nothing.

use std::{env, path::Path, process::ExitCode, time::Instant};

use simulation::{
    Effort, Study,
    chance::SEED,
    report::{self, Verdict},
    simulate,
};

fn main() -> ExitCode {
    let effort = match env::args().nth(1).as_deref() {
        None => Effort::Full,
        Some("--short") => Effort::Short,
        Some(_) => {
            eprintln!("usage: simulation [--short]");
            return ExitCode::FAILURE;
        }
    };
    let begun = Instant::now();
    let study = Study { effort, seed: SEED };
    let findings = simulate(&study, |part| {
        eprintln!("{:>5.0} s  {part}", begun.elapsed().as_secs_f64());
    });
    eprintln!(
        "{:>5.0} s  done, digest {}",
        begun.elapsed().as_secs_f64(),
        report::digest(&findings)
    );
    if effort == Effort::Short {
        print!("{}", report::rows(&findings.rows));
        findings.tables.iter().for_each(|table| print!("\n{table}"));
        return ExitCode::SUCCESS;
    }
    if let Err(error) = report::write(&findings, Path::new(env!("CARGO_MANIFEST_DIR"))) {
        eprintln!("simulation: {error}");
        return ExitCode::FAILURE;
    }
    let missed = findings.rows.iter().filter(|row| row.verdict() == Verdict::Missed);
    let missed: Vec<_> = missed.map(|row| format!("{}: {}", row.check, row.what)).collect();
    missed.iter().for_each(|row| eprintln!("simulation: missed: {row}"));
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
