//! A hundred thousand reminders are due while people book.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use ambient::{Clock as _, SystemClock, SystemEntropy};
use ids::{EventId, MessageId};
use messaging::SealingKey;
use prost::Message as _;
use proto::person::v1::Contact;

use crate::{
    Failure, Run,
    confirm::confirm,
    mail::{KEY, address, confirmed, notification, person},
    report::{Report, Row, median},
    service::{Slot, psql},
    smtp,
};

const REMINDERS: usize = 100_000;
const ROUNDS: usize = 7;

/// Confirms while the notification service works through the reminders on the same database
/// server, and while that pauses: in turns, since the tables grow with every round. By night it
/// leaves them for the morning, and the confirms should notice nothing.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let (server, _) = smtp::start().await?;
    let service = notification(run, server).await?;
    let slot = Slot::start(run, "reminders", 100).await?;
    fill(run, &service.database).await?;
    let due = async || waiting(run, &service.database).await;
    // It is quick to begin by day. By night it never does.
    let deadline = Instant::now() + Duration::from_secs(5);
    while due().await? == REMINDERS && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let hour = SystemClock.now().to_zoned_datetime(ambient::berlin()).hour();
    if due().await? == REMINDERS && (8..20).contains(&hour) {
        return Err("it is day, and no reminder went out within 5 s".into());
    }
    let (mut ratios, mut meanwhile, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    let (mut picked_up, mut took) = (0, Duration::ZERO);
    for round in 0..=ROUNDS {
        let (before, began) = (due().await?, Instant::now());
        let busy = confirm(&slot, 2 * round).await?.rate();
        took += began.elapsed();
        service.pause().await?;
        picked_up += before - due().await?;
        let free = confirm(&slot, 2 * round + 1).await?.rate();
        service.go_on().await?;
        if round > 0 {
            ratios.push(busy / free);
            meanwhile.push(busy);
            alone.push(free);
        }
    }
    if due().await? == 0 {
        return Err("the reminders were gone before the confirms were".into());
    }
    let (meanwhile, alone) = (median(meanwhile), median(alone));
    report.add(Row {
        name: "confirms while 100,000 reminders are due / without".to_owned(),
        ratio: median(ratios),
        target: 0.9,
        at_least: true,
        detail: format!(
            "{meanwhile:.0} / {alone:.0} per s, {:.0} reminders per s",
            picked_up as f64 / took.as_secs_f64()
        ),
    });
    Ok(())
}

/// Stores the reminders as the service would have, all of them due.
async fn fill(run: &Run, database: &str) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("messages.csv");
    std::fs::write(&file, rows()?)?;
    let sealed = SealingKey::from_base64(KEY)?.seal(
        &Contact { email: address(0), ..Contact::default() }.encode_to_vec(),
        &person(0),
        &SystemEntropy,
    )?;
    let contact = format!("INSERT INTO contacts VALUES ('{}', '{}', 0)", person(0), hex(&sealed));
    let copy = format!(
        "\\copy messages (id, event_id, kind, pseudonym, booking_id, state, priority, due_at, \
         attempts, created_at, data, authority) FROM '{}' CSV",
        file.display()
    );
    psql(run, database, &[&contact, &copy, "ANALYZE messages"]).await.map(drop)
}

fn rows() -> Result<String, Failure> {
    let (person, data) = (person(0), hex(&confirmed(0).encode_to_vec()));
    let mut rows = String::new();
    for number in 0..REMINDERS as u128 {
        let (id, event) = (MessageId::from_bits(number), EventId::from_bits(number));
        writeln!(rows, "{id},{event},reminder-10080,{person},\"\",waiting,1,1,0,1,{data},bench")?;
    }
    Ok(rows)
}

async fn waiting(run: &Run, database: &str) -> Result<usize, Failure> {
    let count = "SELECT count(*) FROM messages WHERE state = 'waiting' AND due_at = 1";
    Ok(psql(run, database, &[count]).await?.trim().parse()?)
}

/// As PostgreSQL reads bytes.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold("\\x".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
