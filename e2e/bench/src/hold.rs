//! A hold over HTTP, against a bare handler that runs one script.

use crate::{
    Failure, Run,
    authority::PUBLIC_DESKS,
    cpu::Cpu,
    load::{self, Outcome, Request},
    people::Person,
    report::{Report, Row, median},
    service::{Bare, Slot},
};

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 7;
const HOLDS: usize = 8_000;

/// Measures people whose token was seen before (they looked at their bookings), and people who
/// come with a token that is new to the service. The bare handler gets the same bytes, token and
/// request, and answers with as many; once more it verifies a signature first; and once more it is
/// sent next to nothing and answers with next to nothing.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let slot = Slot::start(run, "hold", 100).await?;
    let bare = Bare::start(run).await?;
    let mut rounds = Vec::new();
    let mut processors = Vec::new();
    let mut length = 0;
    // The first round warms both up and does not count.
    for round in 0..=ROUNDS {
        let strangers = slot.issuer.people(&slot.authority, HOLDS)?;
        let ours_new = hold(&slot, &strangers, 2 * round + 1).await?;
        length = ours_new.answers[0].body.len();
        let verified = bare_holds(&bare, &slot, "verified-hold", round, &strangers, length).await?;
        let people = slot.issuer.people(&slot.authority, HOLDS)?;
        let looks = people.iter().map(|who| Request::get("/v1/bookings", &who.token)).collect();
        load::send(slot.address, CONNECTIONS, looks).await?.expect(200)?;
        let before = Cpu::taken(run, bare.pid()?).await?;
        let same = bare_holds(&bare, &slot, "hold", round, &people, length).await?;
        let by_bare = Cpu::taken(run, bare.pid()?).await?.each_since(before, HOLDS);
        let before = Cpu::taken(run, slot.pid()?).await?;
        let ours = hold(&slot, &people, 2 * round).await?;
        let by_ours = Cpu::taken(run, slot.pid()?).await?.each_since(before, HOLDS);
        processors.push([by_ours.program, by_ours.redis, by_bare.program, by_bare.redis]);
        let least = least(&bare, round).await?;
        rounds.push([&ours, &ours_new, &same, &verified, &least].map(Outcome::rate));
    }
    rounds.remove(0);
    processors.remove(0);
    let crowd = refused(run, &slot, &bare).await?;
    let ratio = |part: usize, whole: usize| {
        let middle = |which: usize| median(rounds.iter().map(|rates| rates[which]).collect());
        let ratio = median(rounds.iter().map(|rates| rates[part] / rates[whole]).collect());
        (ratio, format!("{:.0} / {:.0} per s", middle(part), middle(whole)))
    };
    let (ours, ours_new, same, verified, least) = (0, 1, 2, 3, 4);
    let held = ratio(ours, same);
    let held = (held.0, format!("{}; {}", held.1, processor_times(&processors)));
    for (name, (ratio, detail), target) in [
        ("hold over HTTP / bare handler with one EVALSHA", held, 0.85),
        ("hold of a full slot, refused / that bare handler", crowd, 1.5),
        ("with a new token / bare that verifies a signature", ratio(ours_new, verified), 0.85),
        ("hold over HTTP / bare that reads and says nothing", ratio(ours, least), 0.5),
    ] {
        report.add(Row { name: name.to_owned(), ratio, target, at_least: true, detail });
    }
    let peak = slot.peak_memory()?;
    report.add(Row {
        name: "memory of the slot service / 150 MB".to_owned(),
        ratio: peak / 150.0,
        target: 1.0,
        at_least: false,
        detail: format!("{peak:.0} MB at most, answers of {length} bytes"),
    });
    Ok(())
}

/// A rush for one start that is full: the ratio and what it was made of. Every refusal counts for the
/// back-off of its person.
async fn refused(run: &Run, slot: &Slot, bare: &Bare) -> Result<(f64, String), Failure> {
    let day = slot.days.len() - 1;
    let body = slot.hold_request(day, 0);
    let first = slot.issuer.people(&slot.authority, PUBLIC_DESKS)?;
    let holds =
        first.iter().map(|person| Request::post("/v1/holds", &person.token, &[], &body)).collect();
    load::send(slot.address, 1, holds).await?.expect(201)?;
    let mut rounds = Vec::new();
    let mut processors = Vec::new();
    for round in 0..=ROUNDS {
        let people = slot.issuer.people(&slot.authority, HOLDS)?;
        let looks = people.iter().map(|who| Request::get("/v1/bookings", &who.token)).collect();
        load::send(slot.address, CONNECTIONS, looks).await?.expect(200)?;
        let rush =
            people.iter().map(|who| Request::post("/v1/holds", &who.token, &[], &body)).collect();
        let before = Cpu::taken(run, slot.pid()?).await?;
        let ours = load::send(slot.address, CONNECTIONS, rush).await?.expect(409)?;
        let by_ours = Cpu::taken(run, slot.pid()?).await?.each_since(before, HOLDS);
        let length = ours.answers[0].body.len();
        let round_name = ROUNDS + 1 + round;
        let before = Cpu::taken(run, bare.pid()?).await?;
        let same = bare_holds(bare, slot, "hold", round_name, &people, length).await?;
        let by_bare = Cpu::taken(run, bare.pid()?).await?.each_since(before, HOLDS);
        // The first round warms up.
        if round > 0 {
            rounds.push([ours.rate(), same.rate()]);
            processors.push([by_ours.program, by_ours.redis, by_bare.program, by_bare.redis]);
        }
    }
    let middle = |which: usize| median(rounds.iter().map(|rates| rates[which]).collect());
    let ratio = median(rounds.iter().map(|[ours, bare]| ours / bare).collect());
    let processors = processor_times(&processors);
    Ok((ratio, format!("{:.0} / {:.0} per s; {processors}", middle(0), middle(1))))
}

/// What one request costs: service, Redis beside it, bare program, Redis beside that.
fn processor_times(rounds: &[[f64; 4]]) -> String {
    let [service, redis, bare, redis_of_bare] =
        [0, 1, 2, 3].map(|which: usize| median(rounds.iter().map(|each| each[which]).collect()));
    format!(
        "{service:.1} + {redis:.1} us of service + Redis, bare {bare:.1} + {redis_of_bare:.1} us"
    )
}

/// The bare handler with the bytes that the service gets.
async fn bare_holds(
    bare: &Bare,
    slot: &Slot,
    route: &str,
    round: usize,
    people: &[Person],
    length: usize,
) -> Result<Outcome, Failure> {
    let requests = people.iter().enumerate().map(|(number, person)| {
        let seat = format!("{route}-{round}-{}/{route}-{round}-{number}", number % 4_800);
        let body = slot.hold_request(0, number);
        Request::post(&format!("/{route}/{seat}/{length}"), &person.token, &[], &body)
    });
    load::send(bare.address, CONNECTIONS, requests.collect()).await?.expect(201)
}

/// The bare handler without token, request or answer.
async fn least(bare: &Bare, round: usize) -> Result<Outcome, Failure> {
    let path = |number| format!("/hold/{round}-{}/{round}-{number}/1", number % 4_800);
    let requests = (0..HOLDS).map(|number| Request::post(&path(number), "", &[], "")).collect();
    load::send(bare.address, CONNECTIONS, requests).await?.expect(201)
}

async fn hold(slot: &Slot, people: &[Person], day: usize) -> Result<Outcome, Failure> {
    let requests = people.iter().enumerate().map(|(number, person)| {
        Request::post("/v1/holds", &person.token, &[], &slot.hold_request(day, number))
    });
    load::send(slot.address, CONNECTIONS, requests.collect()).await?.expect(201)
}
