//! Processes that die at each step of the log. The database refuses the step, as it does when the
//! connection breaks in the middle of it; the process ends; another one goes on.

use testkit::eventually;

use super::{DEADLINE, START, TestWitness, holds, open, signed_by, watched};
use crate::draws::{Death, Drawing};

/// Each step from what is recorded to the witness's word in the proof.
static DEATHS: [Death; 8] = [
    Death::of("log_entries", "INSERT", "NEW.position >= 2"),
    Death::of("log_documents", "INSERT", "NEW.kind = 'freeze'"),
    Death::of("log_tiles", "INSERT", "NEW.level = 0"),
    Death::of("log_head", "UPDATE", "NEW.size > OLD.size"),
    Death::of("log_head", "UPDATE", "NEW.checkpoint_size > OLD.checkpoint_size"),
    Death::of("log_documents", "UPDATE", "NEW.cosigned = 0"),
    Death::of("log_cosignatures", "INSERT", "NEW.size > 2"),
    Death::of("log_documents", "UPDATE", "NEW.cosigned > 0"),
];

/// How many offices run at once. Most of their time they wait for the next tick.
const AT_ONCE: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_at_any_step_signs_one_history_and_proves_it() {
    let mut running = tokio::task::JoinSet::new();
    for (number, death) in DEATHS.iter().enumerate() {
        let witness = TestWitness::start(&format!("w{number}.example"), START);
        for drawing in watched(&[&witness]).await {
            if running.len() == AT_ONCE {
                running.join_next().await.expect("some run").unwrap();
            }
            running.spawn(it_ends_the_same(death, drawing, witness.clone()));
        }
    }
    while let Some(ended) = running.join_next().await {
        ended.unwrap();
    }
}

async fn it_ends_the_same(death: &'static Death, mut drawing: Drawing, witness: TestWitness) {
    let id = drawing.announced("visa").await;
    signed_by(&drawing, 2, std::slice::from_ref(&witness.settings.key)).await;
    open(&drawing);
    drawing.enter_many(&id, 3).await;
    let url = drawing.office.database_url.clone();
    death.set_up(&url).await;
    let before = witness.cosigned();
    drawing.close();
    // The draws, the signature or what follows the witness's word does not go on.
    eventually(DEADLINE, async || {
        let office = &drawing.office;
        let is_stuck = office.number("draws_stuck").await + office.number("log_stuck").await > 0;
        (is_stuck || witness.cosigned() > before).then_some(())
    })
    .await;
    drawing.office.stop().await;
    death.take_away(&url).await;
    drawing.office.restart().await;
    drawing.until(&id, "settled").await;
    holds(&drawing, &id).await;
    assert_eq!(witness.forked(), 0);
}
