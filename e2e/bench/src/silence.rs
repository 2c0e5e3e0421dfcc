//! How long a request waits while the database says nothing: connections stay open, no byte comes.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
};

use crate::{
    Failure, Run,
    authority::{PRESET, SERVICE},
    confirm::confirmation,
    load::{self, Request},
    report::{Report, Row},
    service::{Program, Slot, create_database},
};

const PEOPLE: usize = 20;
const LONGEST_SECONDS: f64 = 10.0;

pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let database = create_database(run, "silence").await?;
    let (rest, name) = database.rsplit_once('/').ok_or("an address without a database")?;
    let (user, server) = rest.rsplit_once('@').unwrap_or(("postgres://", rest));
    let server = server.trim_start_matches("postgres://").to_owned();
    let (silent, is_silent) = watch::channel(false);
    let proxy = serve(server, is_silent).await?;
    let at = if user == "postgres://" { user.to_owned() } else { format!("{user}@") };
    let settings = [
        ("database", json!({ "url": { "value": format!("{at}{proxy}/{name}") } })),
        ("limits", json!({ "person_per_minute": null, "at_once": null })),
    ];
    let program = Program { binary: &run.fairtermin, preset: PRESET };
    let slot = Slot::start_with(run, &program, "silence", 1, &settings).await?;

    let (requests, kinds) = requests(&slot).await?;
    silent.send_replace(true);
    let outcome = load::send(slot.address, kinds * PEOPLE, requests).await?;
    silent.send_replace(false);
    let longest = outcome.quantile(1.0);
    let refused = outcome.answers.iter().filter(|answer| answer.status == 503).count();
    if refused == 0 {
        return Err("no request noticed that the database was silent".into());
    }
    report.add(Row {
        name: "longest answer while the database is silent / 10 s".to_owned(),
        ratio: longest / LONGEST_SECONDS,
        target: 1.0,
        at_least: false,
        detail: format!("{longest:.1} s, {refused} of {} refused", outcome.answers.len()),
    });
    Ok(())
}

/// Of each kind one for each person: hold, confirm, cancel, list, give up, look. And how many kinds.
async fn requests(slot: &Slot) -> Result<(Vec<Request>, usize), Failure> {
    let people = slot.issuer.people(&slot.authority, 4 * PEOPLE)?;
    let hold = |number: usize| {
        Request::post(
            "/v1/holds",
            &people[number].token,
            &[],
            &slot.hold_request(number % 8, number),
        )
    };
    let held = load::send(slot.address, 4, (0..3 * PEOPLE).map(hold).collect()).await?;
    let held = held.expect(201)?.answers;
    let confirms: Result<Vec<_>, _> =
        (0..PEOPLE).map(|number| confirmation(&people[number], &held[number].body)).collect();
    let booked = load::send(slot.address, 4, confirms?).await?.expect(201)?.answers;

    let mut requests = Vec::new();
    for number in 0..PEOPLE {
        let booking: Value = serde_json::from_slice(&booked[number].body)?;
        let id = booking["id"].as_str().ok_or("a booking without an id")?;
        let token = &people[number].token;
        requests.push(Request::post(&format!("/v1/bookings/{id}/cancel"), token, &[], ""));
        requests.push(Request::get("/v1/bookings", token));
        let confirming = PEOPLE + number;
        requests.push(confirmation(&people[confirming], &held[confirming].body)?);
        let given_up = 2 * PEOPLE + number;
        let hold_of: Value = serde_json::from_slice(&held[given_up].body)?;
        let id = hold_of["hold_id"].as_str().ok_or("a hold without an id")?;
        let body = json!({ "hold_token": hold_of["hold_token"] }).to_string();
        let token = &people[given_up].token;
        requests.push(Request::new("DELETE", &format!("/v1/holds/{id}"), token, &[], &body));
        requests.push(hold(3 * PEOPLE + number));
        let date = slot.days[number % 8].date;
        let look = format!("/v1/availability/slots?service={SERVICE}&date={date}&people=1");
        requests.push(Request::get(&look, ""));
    }
    let kinds = requests.len() / PEOPLE;
    Ok((requests, kinds))
}

/// Passes everything on to the server, except while it is silent.
async fn serve(server: String, is_silent: watch::Receiver<bool>) -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let Ok(server) = TcpStream::connect(&server).await else { continue };
            let (from_client, to_client) = client.into_split();
            let (from_server, to_server) = server.into_split();
            tokio::spawn(pass_on(from_client, to_server, is_silent.clone()));
            tokio::spawn(pass_on(from_server, to_client, is_silent.clone()));
        }
    });
    Ok(address)
}

async fn pass_on(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut is_silent: watch::Receiver<bool>,
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if is_silent.wait_for(|silent| !silent).await.is_err()
            || to.write_all(&bytes[..count]).await.is_err()
        {
            return;
        }
    }
}
