//! The public log as witnesses, verifiers and forgers see it.

mod deaths;
mod files;
mod moves;
mod witness;
mod witnesses;

use std::time::Duration;

use draw::check::{Finding, Outcome};
use jiff::SignedDuration;
use testkit::eventually;
use tlog::{Checkpoint, Note, VerifierKey};

use self::witness::{START, TestWitness};
use crate::{
    draws::{Drawing, catalogue},
    office::Office,
};

/// Long enough for a process to lead, to sign and to ask on a busy machine.
const DEADLINE: Duration = Duration::from_secs(180);

/// Offices with draws, whose log these witnesses watch as soon as they can know it.
async fn watched(witnesses: &[&TestWitness]) -> Vec<Drawing> {
    let settings: Vec<_> = witnesses.iter().map(|witness| witness.settings.clone()).collect();
    let offices = Office::watched_on_each(&catalogue(), &settings).await;
    let mut watched = Vec::new();
    for office in offices {
        let drawing = Drawing { office };
        let key = log_key(&drawing).await;
        witnesses.iter().for_each(|witness| witness.watch(key.clone()));
        watched.push(drawing);
    }
    watched
}

async fn announced(drawing: &Drawing) -> draw::Announcement {
    let id = drawing.announced("visa").await;
    let draw = drawing.draw(&id).await;
    draw::canonical::read(draw["announcement"].as_str().unwrap().as_bytes()).unwrap()
}

/// The key of the log as draws announce it.
async fn log_key(drawing: &Drawing) -> VerifierKey {
    announced(drawing).await.log.key.parse().unwrap()
}

/// What the office answers to a path of the log: status and bytes.
async fn file(drawing: &Drawing, path: &str) -> (u16, Vec<u8>) {
    let url = format!("{}/v1/log/{path}", drawing.office.base);
    let answer = drawing.office.http.get(url).send().await.unwrap();
    (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
}

async fn checkpoint(drawing: &Drawing) -> Option<(Checkpoint, Note)> {
    let (status, bytes) = file(drawing, "checkpoint").await;
    let note: Note = String::from_utf8(bytes).unwrap().parse().ok().filter(|_| status == 200)?;
    Some((Checkpoint::parse(note.text()).unwrap(), note))
}

/// The checkpoint, once it has at least so many entries and all of these signatures.
async fn signed_by(drawing: &Drawing, size: u64, keys: &[VerifierKey]) -> Checkpoint {
    eventually(DEADLINE, async || {
        let (checkpoint, note) = checkpoint(drawing).await?;
        let signed = note.verify(keys).map_or(0, |signed| signed.len());
        (checkpoint.size >= size && signed == keys.len()).then_some(checkpoint)
    })
    .await
}

/// The draw of `visa` with three entries from its window to its end.
async fn settled(drawing: &Drawing) -> String {
    let id = drawing.announced("visa").await;
    open(drawing);
    drawing.enter_many(&id, 3).await;
    drawing.close();
    drawing.until(&id, "settled").await;
    id
}

/// The draws open: some minutes after witnesses could see them.
fn open(drawing: &Drawing) {
    drawing.office.clock.advance(SignedDuration::from_mins(6));
}

/// What a stranger finds about the log.
async fn found(drawing: &Drawing, id: &str) -> Finding {
    let proof = drawing.proof(id).await;
    let findings = draw::check::stranger(&proof);
    findings.into_iter().find(|finding| finding.check.name() == "log").unwrap()
}

/// Waits until a stranger sees that all documents stood in the log in time.
async fn holds(drawing: &Drawing, id: &str) {
    eventually(DEADLINE, async || {
        let finding = found(drawing, id).await;
        assert!(!finding.is_wrong(), "{finding}");
        matches!(finding.outcome, Outcome::Holds(_)).then_some(())
    })
    .await;
}
