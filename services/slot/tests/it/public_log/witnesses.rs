//! Witnesses that agree, are dead, come late or are shown another history.

use draw::check::Outcome;
use slot::WitnessSettings;
use testkit::eventually;
use tlog::{KeyKind, SigningKey};

use super::{DEADLINE, START, TestWitness, found, holds, log_key, settled, signed_by, watched};
use crate::store;

#[tokio::test(flavor = "multi_thread")]
async fn two_authorities_that_witness_each_other_show_when_their_draws_stood_in_the_log() {
    // Beside each authority a witness runs that watches the other's log.
    let (ours, theirs) = (
        TestWitness::start("ours.example/w", START),
        TestWitness::start("theirs.example/w", START),
    );
    let (here, there) = (watched(&[&theirs]).await, watched(&[&ours]).await);
    for (drawing, witness) in
        here.iter().map(|it| (it, &theirs)).chain(there.iter().map(|it| (it, &ours)))
    {
        let keys = [log_key(drawing).await, witness.settings.key.clone()];
        // Both services have announced a draw.
        signed_by(drawing, 2, &keys).await;
        let id = settled(drawing).await;
        holds(drawing, &id).await;
    }
    assert_eq!((ours.forked(), theirs.forked()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_and_the_log_hold_together() {
    let witness = TestWitness::start("w.example", START);
    for drawing in watched(&[&witness]).await {
        signed_by(&drawing, 2, std::slice::from_ref(&witness.settings.key)).await;
        let id = drawing.announced("visa").await;
        super::open(&drawing);
        let entered = drawing.enter_many(&id, 3).await;
        drawing.close();
        drawing.until(&id, "settled").await;
        holds(&drawing, &id).await;
        let mut proof = drawing.proof(&id).await;
        crate::draws::holds(&proof, &entered);
        // A document that stands there does not vouch for another one.
        proof.log.freeze = proof.log.result.clone();
        let wrong =
            draw::check::stranger(&proof).into_iter().filter(draw::check::Finding::is_wrong);
        let wrong: Vec<_> = wrong.map(|finding| finding.check.name()).collect();
        assert_eq!(wrong, ["log"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_witness_delays_nobody() {
    let witness = TestWitness::start("alive.example", START);
    let dead = SigningKey::from_seed("dead.example", KeyKind::Cosignature, &[3; 32]).unwrap();
    let dead = WitnessSettings {
        key: dead.verifier().clone(),
        url: "http://127.0.0.1:9".parse().unwrap(),
    };
    let both = [dead, witness.settings.clone()];
    for office in crate::office::Office::watched_on_each(&crate::draws::catalogue(), &both).await {
        let drawing = crate::draws::Drawing { office };
        witness.watch(log_key(&drawing).await);
        signed_by(&drawing, 2, std::slice::from_ref(&witness.settings.key)).await;
        let id = settled(&drawing).await;
        holds(&drawing, &id).await;
        eventually(DEADLINE, async || {
            (drawing.office.number("log_witnesses_behind").await == 1).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_that_comes_too_late_proves_nothing_and_accuses_nobody() {
    let witness = TestWitness::start("late.example", START + 3600);
    for drawing in watched(&[&witness]).await {
        signed_by(&drawing, 2, std::slice::from_ref(&witness.settings.key)).await;
        let id = settled(&drawing).await;
        let finding = eventually(DEADLINE, async || {
            let proof = drawing.proof(&id).await;
            proof.log.result.is_some().then_some(())?;
            Some(found(&drawing, &id).await)
        })
        .await;
        assert!(
            matches!(&finding.outcome, Outcome::Missing(what) if what.contains("announcement"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_refuses_a_log_that_was_forked() {
    let witness = TestWitness::start("w.example", START);
    for mut drawing in watched(&[&witness]).await {
        let keys = [witness.settings.key.clone()];
        signed_by(&drawing, 2, &keys).await;
        let before = witness.forked();
        drawing.office.stop().await;
        // An attacker with the database and the key writes and signs another history.
        for sql in [
            "UPDATE log_entries SET entry = (SELECT entry FROM log_entries WHERE position = 1) \
             WHERE position = 0",
            "UPDATE log_head SET size = 0, checkpoint = NULL, checkpoint_size = NULL, \
             signed_at = NULL, \
             root = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
            "DELETE FROM log_cosignatures",
        ] {
            store::run(&drawing.office.database_url, sql).await;
        }
        drawing.office.restart().await;
        eventually(DEADLINE, async || (witness.forked() > before).then_some(())).await;
        let own = [log_key(&drawing).await];
        signed_by(&drawing, 2, &own).await;
        let (_, note) = super::checkpoint(&drawing).await.unwrap();
        assert!(note.verify(&keys).is_err(), "the forked log bears the word of its witness");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_after_it_was_signed_stops_the_log() {
    let witness = TestWitness::start("w.example", START);
    for mut drawing in watched(&[&witness]).await {
        let signed = signed_by(&drawing, 2, std::slice::from_ref(&witness.settings.key)).await;
        drawing.office.stop().await;
        let sql = "UPDATE log_entries SET entry = (SELECT entry FROM log_entries WHERE position = 1) \
             WHERE position = 0";
        store::run(&drawing.office.database_url, sql).await;
        drawing.office.restart().await;
        drawing.close();
        eventually(DEADLINE, async || {
            let stuck = drawing.office.number("log_stuck").await == 1;
            (stuck && drawing.office.number("log_unsigned_entries").await > 0).then_some(())
        })
        .await;
        assert_eq!(super::checkpoint(&drawing).await.unwrap().0, signed);
        assert_eq!(witness.forked(), 0);
    }
}
