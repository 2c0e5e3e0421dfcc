//! Agents act against the engine's crates: what speed, money and false names are worth.
//!
//! From the bottom: [`chance`] (named streams of random numbers), [`measures`] (estimates with their
//! intervals), [`engine`] (the crates of the services), [`agents`] (people and traders), `checks`
//! (T1 to T14, a file each), `town` (a year of Berlin), [`report`] (tables and pictures). The README
//! says what is real and what is modelled, and has the results.

pub mod agents;
pub mod chance;
mod checks;
pub mod engine;
pub mod measures;
pub mod report;
mod study;
mod town;

pub use chance::Chance;
pub use study::{Effort, Findings, Study};

/// Plays everything: the checks T1 to T14, seats that change hands, and the Berlin year. `progress`
/// hears of each part before it begins.
pub fn simulate(study: &Study, mut progress: impl FnMut(&str)) -> Findings {
    let mut findings = Findings::default();
    for (name, check) in checks::ALL {
        progress(name);
        check(study, &mut findings);
    }
    progress("the Berlin year");
    town::run(study, &mut findings);
    findings
}
