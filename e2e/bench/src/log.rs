//! The public log: entries up to the signed checkpoint, and proofs that an entry stands in it.

use std::time::{Duration, Instant};

use tlog::{Hash, Tree, check_inclusion};

use crate::{
    Failure, Run,
    confirm::{CONFIRMS, Pgbench},
    report::{Report, Row, quantile},
    service::{Slot, psql},
};

/// What appends an entry, in a transaction of its own.
const SCRIPT: &str = include_str!("log.pgbench.sql");
const ROUNDS: usize = 5;
const PER_SECOND: f64 = 1_000.0;
/// Entries of a large log, and how many of them are proven.
const LARGE: u64 = 1_000_000;
const PROOFS: u64 = 10_000;
/// In seconds.
const PROOF: f64 = 0.001;
/// What is later than that is not signed.
const DEADLINE: Duration = Duration::from_secs(60);

/// Both rows.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    entries(run, report).await?;
    proofs(report)
}

/// Transactions append one after another, as draws do and moves of drawn seats; the service signs
/// meanwhile. From the first one to the checkpoint with the last one.
async fn entries(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "log", 1).await?;
    let append = Pgbench::beside(&slot, SCRIPT)?;
    let began = Instant::now();
    for _ in 0..ROUNDS {
        append.run(run).await?;
    }
    let appended = began.elapsed();
    let count = psql(run, &slot.database, &["SELECT count(*) FROM log_entries"]).await?;
    let count: usize = count.trim().parse()?;
    if count < ROUNDS * CONFIRMS {
        return Err(format!("only {count} entries were appended").into());
    }
    until_signed(run, &slot, count).await?;
    let signed = began.elapsed();
    let rate = count as f64 / signed.as_secs_f64();
    report.add(Row {
        name: "log: entries a second, up to the checkpoint / 1000".to_owned(),
        ratio: rate / PER_SECOND,
        target: 1.0,
        at_least: true,
        detail: format!(
            "{rate:.0} per s; {count} transactions, the last one signed {:.1} s after its commit",
            (signed - appended).as_secs_f64()
        ),
    });
    Ok(())
}

async fn until_signed(run: &Run, slot: &Slot, entries: usize) -> Result<(), Failure> {
    let deadline = Instant::now() + DEADLINE;
    let size = ["SELECT coalesce(checkpoint_size, 0) FROM log_head"];
    loop {
        let signed: usize = psql(run, &slot.database, &size).await?.trim().parse()?;
        if signed >= entries {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(format!("only {signed} of {entries} entries are signed").into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Made from the service's tree and checked as everybody checks it, all over a large log.
fn proofs(report: &mut Report) -> Result<(), Failure> {
    let leaf = |number: u64| Hash::leaf(&number.to_be_bytes());
    let mut tree = Tree::default();
    for number in 0..LARGE {
        tree.push(leaf(number));
    }
    let root = tree.root();
    let mut times = Vec::new();
    for index in (0..LARGE).rev().step_by(usize::try_from(LARGE / PROOFS)?) {
        let began = Instant::now();
        let path = tree.inclusion(index, LARGE)?;
        check_inclusion(leaf(index), index, LARGE, &path, &root)?;
        times.push(began.elapsed().as_secs_f64());
    }
    let most = quantile(&mut times, 0.99);
    report.add(Row {
        name: "log: a proof of inclusion in 1,000,000, p99 / 1 ms".to_owned(),
        ratio: most / PROOF,
        target: 1.0,
        at_least: false,
        detail: format!(
            "{:.0} us, made and checked, median {:.0} us",
            most * 1e6,
            quantile(&mut times, 0.5) * 1e6
        ),
    });
    Ok(())
}
