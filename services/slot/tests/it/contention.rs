//! Many people want the same few places at the same moment.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::{StreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::office::{ApiResponse, CATALOGUE, Office};

/// A person who is about to press the button: tokens are ready.
struct Client {
    token: String,
    attendee: String,
}

impl Client {
    fn new(office: &Office) -> Self {
        let person = office.person();
        Self { token: office.token(&person), attendee: office.attendee(&person) }
    }

    async fn hold(
        &self,
        office: &Office,
        at: &str,
        start: Timestamp,
        replaces: Option<&str>,
    ) -> ApiResponse {
        let mut wish = json!({ "location": at, "start": start, "services": ["passport"] });
        if let Some(replaces) = replaces {
            wish["replaces"] = json!(replaces);
        }
        office.post("/v1/holds", &self.token, wish).await
    }

    async fn confirm(&self, office: &Office, hold: &ApiResponse) -> ApiResponse {
        let body = json!({
            "hold_token": hold.body["hold_token"], "attendee": self.attendee, "language": "de",
        });
        let headers = [("Idempotency-Key", hold.body["hold_id"].as_str().unwrap())];
        office.send(reqwest::Method::POST, "/v1/bookings", &self.token, &headers, Some(body)).await
    }

    /// How many bookings the person has.
    async fn confirmed(&self, office: &Office) -> usize {
        let path = "/v1/bookings";
        let list = office.send(reqwest::Method::GET, path, &self.token, &[], None).await;
        let bookings = list.expect(200).body["bookings"].as_array().unwrap().clone();
        bookings.iter().filter(|booking| booking["status"] == "confirmed").count()
    }

    async fn cancel(&self, office: &Office, booking: &ApiResponse) -> ApiResponse {
        let path = format!("/v1/bookings/{}/cancel", booking.id());
        office.post(&path, &self.token, json!({})).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_clients_on_20_seats_exactly_20_win_and_the_others_are_told_so() {
    let catalogue = CATALOGUE.replace("desks: 50", "desks: 20");
    let mut offices = vec![Office::embedded_with(&catalogue).await];
    offices.extend(Office::real_with(&catalogue).await);
    for office in offices {
        let start = office.at("10:00");
        let office = Arc::new(office);
        let clients = (0..200).map(|_| {
            let (office, client) = (Arc::clone(&office), Client::new(&office));
            tokio::spawn(async move {
                let hold = client.hold(&office, "large", start, None).await;
                match hold.status {
                    201 => client.confirm(&office, &hold).await.expect(201).status,
                    _ => hold.expect_problem(409, "slot-taken").status,
                }
            })
        });
        let statuses: Vec<_> = futures_util::future::join_all(clients).await;
        let won = statuses.iter().filter(|status| matches!(status, Ok(201))).count();
        let lost = statuses.iter().filter(|status| matches!(status, Ok(409))).count();
        assert_eq!((won, lost), (20, 180));
        let sold = office.confirmed_at("large", start).await;
        let desks: BTreeSet<_> = sold.iter().map(|booking| booking["desk"].as_u64()).collect();
        assert_eq!((sold.len(), desks.len()), (20, 20), "each at a desk of its own");
    }
}

/// How often the hot slot is sold out, and for how long at most.
const RUNS: usize = 30;
const TIME: Duration = Duration::from_secs(60);

/// One slot of 100 places in two houses. 130 people hold, confirm and change house, all at once.
/// Each place is sold once, each time: a move gives a place up that is not free again for an hour.
/// (A well-known ticket system sells 101 here.)
#[tokio::test(flavor = "multi_thread")]
async fn a_hot_slot_of_100_places_is_sold_exactly_100_times() {
    let at_once = "release: {minMinutes: 0, maxMinutes: 0}";
    let in_an_hour = "release: {minMinutes: 60, maxMinutes: 60}";
    let catalogue = CATALOGUE.replacen(at_once, in_an_hour, 1);
    assert!(catalogue.contains(in_an_hour));
    let office = match Office::real_with(&catalogue).await {
        Some(office) => office,
        None => Office::embedded_with(&catalogue).await,
    };
    let office = Arc::new(office);
    let clients: Vec<_> = (0..130).map(|_| Arc::new(Client::new(&office))).collect();
    let began = Instant::now();
    let mut runs = 0;
    while runs < RUNS && began.elapsed() < TIME {
        let slots_a_day = 48;
        let (day, slot) = (runs / slots_a_day, runs % slots_a_day);
        let minutes = i64::try_from(day * 24 * 60 + slot * 10).unwrap();
        let start = office.at("08:00") + SignedDuration::from_mins(minutes);
        let moves = Arc::new(AtomicUsize::new(0));
        let run = clients.iter().enumerate().map(|(number, client)| {
            let (office, client, moves) =
                (Arc::clone(&office), Arc::clone(client), Arc::clone(&moves));
            tokio::spawn(async move { wander(&office, &client, number, start, &moves).await })
        });
        let bookings: Vec<Option<ApiResponse>> = futures_util::future::join_all(run)
            .await
            .into_iter()
            .map(|done| done.expect("no client fails"))
            .collect();
        let (booked, moved) = (bookings.iter().flatten().count(), moves.load(Ordering::SeqCst));
        assert_eq!(booked + moved, 100, "run {runs}");
        let lists = stream::iter(&clients).map(|client| client.confirmed(&office));
        let listed: Vec<usize> = lists.buffer_unordered(8).collect().await;
        let listed: usize = listed.into_iter().sum();
        assert_eq!(listed, booked, "run {runs}");
        for house in ["large", "annex"] {
            let late = Client::new(&office).hold(&office, house, start, None).await;
            late.expect_problem(409, "slot-taken");
        }
        // One person has one booking: give it up for the next run.
        let clear = clients.iter().zip(&bookings).filter_map(|(client, booking)| {
            let (office, client, booking) =
                (Arc::clone(&office), Arc::clone(client), booking.clone()?);
            Some(tokio::spawn(async move { client.cancel(&office, &booking).await.expect(200) }))
        });
        for cleared in futures_util::future::join_all(clear).await {
            cleared.expect("a booking can be cancelled");
        }
        runs += 1;
    }
    testkit::report(format_args!(
        "hot slot: {runs} runs in {:?}, 100 sold every time",
        began.elapsed()
    ));
}

/// One person's way to a booking, or to the certainty that all are sold.
async fn wander(
    office: &Office,
    client: &Client,
    number: usize,
    start: Timestamp,
    moves: &AtomicUsize,
) -> Option<ApiResponse> {
    let houses = if number.is_multiple_of(2) { ["large", "annex"] } else { ["annex", "large"] };
    let booking = book(office, client, houses, start).await?;
    if !number.is_multiple_of(3) {
        return Some(booking);
    }
    let other = if booking.body["location"] == "large" { "annex" } else { "large" };
    let hold = client.hold(office, other, start, Some(&booking.id())).await;
    if hold.status == 201 {
        moves.fetch_add(1, Ordering::SeqCst);
        return Some(client.confirm(office, &hold).await.expect(201));
    }
    // Taken, or asked for a moment ago.
    assert!([409, 429].contains(&hold.status), "{}", hold.body);
    Some(booking)
}

async fn book(
    office: &Office,
    client: &Client,
    houses: [&str; 2],
    start: Timestamp,
) -> Option<ApiResponse> {
    for house in houses {
        let hold = client.hold(office, house, start, None).await;
        if hold.status == 201 {
            return Some(client.confirm(office, &hold).await.expect(201));
        }
        hold.expect_problem(409, "slot-taken");
    }
    None
}
