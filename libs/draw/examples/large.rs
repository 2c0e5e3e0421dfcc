//! What a large draw costs: 100,000 entries with 5 wishes each for 20,000 seats, on one core.
//!
//! `cargo run --release -p draw --example large [FILE]` prints one line per number, and fails if a
//! target is missed. FILE gets the proof, for `e2e/draw/verify_browser.mjs --time FILE`.

use std::{env, fs, process::ExitCode, time::Instant};

use ambient::SeededEntropy;
use draw::{
    DrawResult, Proof, canonical,
    check::{self, Finding},
    rehearsal::{Rehearsal, Size},
};

/// 20 places, 10 days, 4 desks, 25 slots each.
const SIZE: Size =
    Size { entries: 100_000, places: 20, days: 10, desks: 4, slots: 25, wishes: 5, logged: true };
const WISHES: usize = 5;

fn main() -> ExitCode {
    let mut draw = Rehearsal::invent(&SIZE, &SeededEntropy::new(1));
    fill_up(&mut draw);
    let before = resident();
    let started = Instant::now();
    let order = draw.order();
    let (result, _) = DrawResult::settle(
        &draw.announcement,
        &draw.entries,
        order,
        &draw.wishes,
        draw::Bytes([0; 16]),
    );
    let settled = started.elapsed();
    println!("{} of {} got a seat", result.served().count(), draw.entries.len());
    let memory = resident();
    println!("entries, wishes and result: {memory} MB, {} MB more than before", memory - before);
    drop(result);
    let proof = canonical::write(&draw.settle().0);
    drop(draw);
    println!("proof: {} MB", proof.len() / 1_000_000);
    if let Some(file) = env::args().nth(1) {
        fs::write(file, &proof).expect("the file can be written");
    }
    let started = Instant::now();
    let sound = canonical::read::<Proof>(&proof)
        .map(|proof| !check::stranger(&proof).iter().any(Finding::is_wrong));
    let verified = started.elapsed();
    let ok = sound.is_ok_and(|sound| sound);
    println!("settle  {:.2} s (target < 1 s)", settled.as_secs_f64());
    println!("memory  {memory} MB (target < 200 MB)");
    println!("verify  {:.2} s (target < 2 s)", verified.as_secs_f64());
    if ok && settled.as_secs_f64() < 1.0 && memory < 200 && verified.as_secs_f64() < 2.0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Gives everybody as many wishes as allowed: what is missing comes from the next person.
fn fill_up(draw: &mut Rehearsal) {
    for at in 0..draw.wishes.len() {
        let more = draw.wishes[(at + 1) % draw.wishes.len()].wishes.clone();
        let own = &mut draw.wishes[at];
        own.wishes.extend(more.into_iter().cycle().take(WISHES - own.wishes.len()));
        draw.entries[at].wishes = own.commitment();
    }
}

/// Megabytes of this process in memory (Linux).
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
