//! What an agency's endpoint costs the others, and whether notification takes in what booking gives
//! out.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ambient::{SystemClock, SystemEntropy};
use ids::{AuthorityId, BookingId};
use messaging::{Event, Outbox, RabbitMq, Relay, Wake};
use serde_json::{Value, json};
use store::Database;

use crate::{
    Failure, Run,
    confirm::confirm,
    load::{self, Request},
    mail::{KEY, confirmed},
    people::{ISSUER, Issuer},
    receiver::{Behaviour, Receiver},
    report::{Report, Row, median, quantile},
    service::{Service, Slot, psql},
    smtp,
};

const NAMESPACE: &str = "bench-webhooks";
const AUTHORITY: &str = "bench";
/// Events of a round, and how many of them happen in a second.
const EVENTS: usize = 400;
const PER_SECOND: u32 = 100;
/// The tail of so few events is moved by a single pause of the machine.
const ROUNDS: usize = 5;
const INTAKE_ROUNDS: usize = 3;
/// Endpoints that one client may have.
const PER_CLIENT: usize = 20;
const ENDPOINTS: usize = 1_000;
/// Events that all of them get.
const EVENTS_TO_ALL: usize = 3;
const ALL_WITHIN: Duration = Duration::from_secs(6);
/// Events that wait when intake begins, besides those of the confirms of a round.
const WAITING: usize = 4_000;
/// What is later than that does not come.
const WAIT_TIMEOUT: Duration = Duration::from_secs(60);

/// A notification service, the outbox that its events come from, and agencies' tokens.
struct World {
    service: Service,
    /// Its database has an outbox, and its own relay is off.
    slot: Slot,
    database: Database,
    wake: Wake,
    issuer: Issuer,
    /// So that no two events are about one booking.
    made: usize,
}

/// All rows.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let mut world = World::start(run).await?;
    let bus = Arc::new(RabbitMq::in_namespace(&run.rabbitmq, "bench", NAMESPACE));
    let relay = Relay::new(world.database.clone(), bus, world.wake.clone());
    let relay = tokio::spawn(relay.run());
    world.isolation(report).await?;
    world.endpoints(report).await?;
    world.intake(run, report).await?;
    relay.abort();
    Ok(())
}

impl World {
    async fn start(run: &Run) -> Result<Self, Failure> {
        let (issuer, (server, _)) = (Issuer::start()?, smtp::start().await?);
        let service = Service::start(run, "notification", |address, database| {
            json!({ "notification": {
                "http": { "listen": address },
                "database": { "url": { "value": database } },
                "bus": { "url": { "value": run.rabbitmq }, "namespace": NAMESPACE },
                "mail": {
                    "from": "Amt <amt@example.org>",
                    "smtp": { "host": server.ip(), "port": server.port(), "tls": "none" },
                },
                "contact_seal": { "key": { "value": KEY } },
                "person_data": { "key": { "value": KEY } },
                "webhooks": {
                    "identity": { "issuer": ISSUER, "jwks_url": format!("http://{}/", issuer.address) },
                    "authorities": [AUTHORITY],
                    "allow_private_addresses": true,
                    "limits": { "agency_per_minute": null, "person_per_minute": null, "at_once": null },
                },
            } })
        })
        .await?;
        let slot = Slot::start(run, "webhooks", 100).await?;
        let database = Database::connect(&slot.database).await?;
        Ok(Self { service, slot, database, wake: Wake::default(), issuer, made: 0 })
    }

    /// One good endpoint alone, and beside one that hangs, one that fails and one that takes 50 ms.
    async fn isolation(&mut self, report: &mut Report) -> Result<(), Failure> {
        let good = Receiver::start(Behaviour::Takes(Duration::ZERO)).await?;
        self.subscribe("good", &good, 1).await?;
        let (mut alone, mut beside) = (Vec::new(), Vec::new());
        for round in 0..=ROUNDS {
            let undisturbed = self.lag(&good).await?;
            let mut neighbours = Vec::new();
            for behaviour in
                [Behaviour::Hangs, Behaviour::Fails, Behaviour::Takes(Duration::from_millis(50))]
            {
                let receiver = Receiver::start(behaviour).await?;
                neighbours.extend(self.subscribe("neighbour", &receiver, 1).await?);
            }
            let disturbed = self.lag(&good).await?;
            for id in neighbours {
                let path = format!("/v1/{AUTHORITY}/webhooks/{id}");
                let token = self.token("neighbour")?;
                self.ask(vec![Request::new("DELETE", &path, &token, &[], "")], 204).await?;
            }
            // The first round warms up.
            if round > 0 {
                alone.push(undisturbed);
                beside.push(disturbed);
            }
        }
        let ratios = alone.iter().zip(&beside).map(|(alone, beside)| beside / alone);
        report.add(Row {
            name: "p99 lag of an endpoint beside three bad ones / alone".to_owned(),
            ratio: median(ratios.collect()),
            target: 1.2,
            at_least: false,
            detail: format!(
                "{:.1} / {:.1} ms at {PER_SECOND} events/s; one hangs, one answers 500, one takes 50 ms",
                median(beside) * 1e3,
                median(alone) * 1e3
            ),
        });
        Ok(())
    }

    /// All of a thousand endpoints get some events.
    async fn endpoints(&mut self, report: &mut Report) -> Result<(), Failure> {
        let many = Receiver::start(Behaviour::Takes(Duration::ZERO)).await?;
        let mut ids = Vec::new();
        for client in 0..ENDPOINTS / PER_CLIENT {
            let client = format!("many-{client}");
            let subscribed = self.subscribe(&client, &many, PER_CLIENT).await?;
            ids.extend(subscribed.into_iter().map(|id| (client.clone(), id)));
        }
        let began = Instant::now();
        for _ in 0..EVENTS_TO_ALL {
            self.publish().await?;
        }
        until(async || Ok(many.count() >= ENDPOINTS * EVENTS_TO_ALL)).await?;
        let took = began.elapsed().as_secs_f64();
        report.add(Row {
            name: format!("{EVENTS_TO_ALL} events to {ENDPOINTS} endpoints, last / 6 s"),
            ratio: took / ALL_WITHIN.as_secs_f64(),
            target: 1.0,
            at_least: false,
            detail: format!(
                "{took:.1} s, {:.0} deliveries per s",
                (ENDPOINTS * EVENTS_TO_ALL) as f64 / took
            ),
        });
        let mut removals = Vec::with_capacity(ids.len());
        for (client, id) in ids {
            let path = format!("/v1/{AUTHORITY}/webhooks/{id}");
            removals.push(Request::new("DELETE", &path, &self.token(&client)?, &[], ""));
        }
        self.ask(removals, 204).await
    }

    /// Events that wait at the broker are taken in, with their e-mails and webhooks under way, against
    /// confirms on the same cores.
    async fn intake(&mut self, run: &Run, report: &mut Report) -> Result<(), Failure> {
        let (mut ratios, mut taken_in, mut confirmed) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..=INTAKE_ROUNDS {
            self.service.pause().await?;
            let confirms = confirm(&self.slot, round).await?.rate();
            for _ in 0..WAITING / 500 {
                let events = (0..500).map(|_| self.event()).collect::<Result<Vec<_>, _>>()?;
                let events: Vec<_> = events.into_iter().map(|(_, event)| event).collect();
                Outbox::enqueue_all(self.database.connection(), &events).await?;
                self.wake.wake();
            }
            until(async || Ok(Outbox::waiting(&self.database).await? == 0)).await?;
            // The confirms' own events wait as well, and are taken in as all others are.
            let (_, before) = self.recorded(run).await?;
            let began = Instant::now();
            self.service.go_on().await?;
            let made = self.made;
            until(async || Ok(self.recorded(run).await?.0 >= made)).await?;
            let (_, after) = self.recorded(run).await?;
            let rate = (after - before) as f64 / began.elapsed().as_secs_f64();
            if round > 0 {
                ratios.push(rate / confirms);
                taken_in.push(rate);
                confirmed.push(confirms);
            }
        }
        report.add(Row {
            name: "intake of events / confirms".to_owned(),
            ratio: median(ratios),
            target: 1.0,
            at_least: true,
            detail: format!("{:.0} / {:.0} per s", median(taken_in), median(confirmed)),
        });
        Ok(())
    }

    /// How many events of ours the service took in, and how many of any authority.
    async fn recorded(&self, run: &Run) -> Result<(usize, usize), Failure> {
        let count = format!(
            "SELECT count(*) FILTER (WHERE authority = '{AUTHORITY}') || ' ' || count(*) \
             FROM webhook_events"
        );
        let counts = psql(run, &self.service.database, &[&count]).await?;
        let (ours, all) = counts.trim().split_once(' ').ok_or("two numbers were asked for")?;
        Ok((ours.parse()?, all.parse()?))
    }

    /// Events at a steady pace; the 99th percentile from commit to receiver, in seconds.
    async fn lag(&mut self, receiver: &Receiver) -> Result<f64, Failure> {
        let mut committed = Vec::with_capacity(EVENTS);
        let mut tick = tokio::time::interval(Duration::from_secs(1) / PER_SECOND);
        for _ in 0..EVENTS {
            tick.tick().await;
            committed.push(self.publish().await?);
        }
        let mut lags = Vec::with_capacity(EVENTS);
        for (booking, at) in committed {
            until(async || Ok(receiver.at(&booking).is_some())).await?;
            let taken = receiver.at(&booking).ok_or("a webhook was lost")?;
            lags.push(taken.duration_since(at).as_secs_f64());
        }
        Ok(quantile(&mut lags, 0.99))
    }

    /// Commits an event of a new booking; which booking, and when.
    async fn publish(&mut self) -> Result<(String, Instant), Failure> {
        let (booking, event) = self.event()?;
        Outbox::enqueue(self.database.connection(), &event).await?;
        let committed = Instant::now();
        self.wake.wake();
        Ok((booking, committed))
    }

    fn event(&mut self) -> Result<(String, Event), Failure> {
        let number = self.made;
        self.made += 1;
        let (authority, booking) = (authority()?, BookingId::from_bits(number as u128 + 1));
        let message = confirmed(number);
        let event = Event::new(&authority, booking, &message, &SystemClock, &SystemEntropy);
        Ok((booking.to_string(), event))
    }

    /// Subscribes so many endpoints of one client; their ids.
    async fn subscribe(
        &self,
        client: &str,
        receiver: &Receiver,
        number: usize,
    ) -> Result<Vec<String>, Failure> {
        let token = self.token(client)?;
        let path = format!("/v1/{AUTHORITY}/webhooks");
        let request = |number: usize| {
            let body = json!({ "url": receiver.url(number) }).to_string();
            Request::post(&path, &token, &[], &body)
        };
        let requests = (0..number).map(request).collect();
        let made = load::send(self.service.address, 2, requests).await?.expect(201)?;
        let id = |body: &[u8]| -> Result<String, Failure> {
            let body: Value = serde_json::from_slice(body)?;
            Ok(body["id"].as_str().ok_or("a webhook without an id")?.to_owned())
        };
        made.answers.iter().map(|answer| id(&answer.body)).collect()
    }

    async fn ask(&self, requests: Vec<Request>, expected: u16) -> Result<(), Failure> {
        load::send(self.service.address, 2, requests).await?.expect(expected).map(drop)
    }

    fn token(&self, client: &str) -> Result<String, Failure> {
        self.issuer.subscriber(&authority()?, client)
    }
}

fn authority() -> Result<AuthorityId, Failure> {
    Ok(AUTHORITY.parse()?)
}

/// Waits until it is so.
async fn until(mut is_so: impl AsyncFnMut() -> Result<bool, Failure>) -> Result<(), Failure> {
    let deadline = Instant::now() + WAIT_TIMEOUT;
    while !is_so().await? {
        if Instant::now() > deadline {
            return Err("webhooks do not come".into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
