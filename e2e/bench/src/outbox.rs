//! What the outbox adds to the transaction of a confirm.

use crate::{
    Failure, Run,
    confirm::{Pgbench, SCRIPT},
    report::{Report, Row, median},
    service::Slot,
};

const ROUNDS: usize = 7;

/// The inserts of a confirm with and without the one into the outbox, by pgbench.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "outbox", 1).await?;
    let (without, _) = SCRIPT.split_once("INSERT INTO outbox").ok_or("no outbox in the script")?;
    let without = format!("{without}COMMIT;");
    let plain = Pgbench::prepare(run, &slot, "plain", &without).await?;
    let whole = Pgbench::prepare(run, &slot, "whole", SCRIPT).await?;
    let (mut ratios, mut with_outbox, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let (slow, fast) = (whole.run(run).await?, plain.run(run).await?);
        if round > 0 {
            ratios.push(fast / slow);
            with_outbox.push(slow);
            alone.push(fast);
        }
    }
    report.add(Row {
        name: "a confirm's inserts with the outbox / without".to_owned(),
        ratio: median(ratios),
        target: 1.15,
        at_least: false,
        detail: format!("{:.0} / {:.0} per s", median(with_outbox), median(alone)),
    });
    Ok(())
}
