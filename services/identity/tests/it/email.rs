//! An unverified address is proven by a code.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use ambient::Clock as _;
use async_trait::async_trait;
use ids::EventId;
use jiff::SignedDuration;
use messaging::{Bus, Deliver, Delivery, Queue, SealingKey, Verdict};
use prost::Message as _;
use proto::person::v1::{AddressCode, Contact, ContactReplaced, ContactStated};
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    proven::{HIGH, LOW, person, tokens},
    world::{Tokens, World},
};

const SOON: Duration = Duration::from_secs(5);
/// Between two codes to one address.
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// What the notification service would hear.
#[derive(Default)]
struct Post {
    stated: Mutex<Vec<(EventId, ContactStated)>>,
    /// The pseudonym and the kind of each published contact.
    told: Mutex<Vec<(String, String)>>,
    replaced: Mutex<Vec<ContactReplaced>>,
}

impl Post {
    /// Hears what this world publishes from now on.
    async fn of(world: &World) -> Arc<Self> {
        let post = Arc::new(Self::default());
        let queue = Queue::named("test").bind("#");
        let (bus, deliver) = (world.bus.clone(), Arc::clone(&post));
        tokio::spawn(async move { bus.consume(&queue, deliver).await });
        tokio::task::yield_now().await;
        post
    }

    /// The only former address that was told, and by which pseudonym.
    async fn former(&self) -> (String, String) {
        let replaced = testkit::eventually(SOON, async || {
            let replaced = self.replaced.lock().unwrap().clone();
            (!replaced.is_empty()).then_some(replaced)
        })
        .await;
        let [replaced] = replaced.try_into().unwrap();
        let key = SealingKey::from_bytes(&[2; 32]).unwrap();
        let opened = key.open(&replaced.sealed_former, &replaced.pseudonym).unwrap();
        (Contact::decode(&*opened).unwrap().email, replaced.pseudonym)
    }
}

#[async_trait]
impl Deliver for Post {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        let event = &delivery.event;
        match event.message::<ContactStated>() {
            Ok(message) => {
                let mut stated = self.stated.lock().unwrap();
                // The bus may deliver one twice.
                if !stated.iter().any(|(id, _)| *id == event.id) {
                    stated.push((event.id, message));
                }
            }
            Err(_) if let Ok(message) = event.message::<ContactReplaced>() => {
                self.replaced.lock().unwrap().push(message);
            }
            Err(_) => self.told.lock().unwrap().push((event.kind.clone(), event.subject.clone())),
        }
        Verdict::Done
    }
}

/// A person with their mailbox.
struct Person {
    world: World,
    tokens: Tokens,
    post: Arc<Post>,
}

impl Person {
    async fn with_a_card() -> Self {
        let world = World::start().await;
        // On a full second: the database keeps milliseconds.
        let odd = world.clock.now().subsec_nanosecond();
        world.clock.advance(SignedDuration::from_nanos(i64::from(1_000_000_000 - odd)));
        let post = Post::of(&world).await;
        let tokens = world.tokens("eid", "olena", "online-id").await;
        Self { world, tokens, post }
    }

    async fn call(&self, method: reqwest::Method, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}{path}", self.world.issuer);
        let request = reqwest::Client::new().request(method, url).bearer_auth(&self.tokens.access);
        let request = request.header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    async fn state(&self, email: &str) -> u16 {
        let body = json!({ "email": email, "language": "uk" });
        self.call(reqwest::Method::PUT, "/contact", body).await.0
    }

    async fn prove(&self, code: &str) -> Value {
        self.call(reqwest::Method::POST, "/contact/proof", json!({ "code": code })).await.1
    }

    async fn contact(&self) -> Value {
        self.call(reqwest::Method::GET, "/contact", Value::Null).await.1
    }

    /// The newest of `count` messages with a code.
    async fn mail(&self, count: usize) -> (AddressCode, ContactStated) {
        let stated = testkit::eventually(SOON, async || {
            let stated = self.post.stated.lock().unwrap().clone();
            (stated.len() >= count).then_some(stated)
        })
        .await;
        assert_eq!(stated.len(), count);
        let (_, newest) = stated.last().unwrap().clone();
        let key = SealingKey::from_bytes(&[2; 32]).unwrap();
        let opened = key.open(&newest.sealed_code, &newest.pseudonym).unwrap();
        (AddressCode::decode(&*opened).unwrap(), newest)
    }
}

#[actix_web::test]
async fn whoever_reads_the_former_address_learns_of_the_change_but_not_of_the_new_one() {
    let person = Person::with_a_card().await;
    let lea = person.world.pseudonym(&person.tokens, "lea").await;
    person.world.pseudonym(&person.tokens, "kfz").await;
    for (number, address) in
        ["old@example.org", "new@example.org", "new@example.org"].iter().enumerate()
    {
        if person.state(address).await == 202 {
            let (mail, _) = person.mail(number + 1).await;
            assert_eq!(person.prove(&mail.code).await["proven"], true);
        }
    }
    // Two authorities know the person; the first address replaced none.
    let (former, told) = person.post.former().await;
    assert_eq!(former, "old@example.org");
    assert!([lea, person.world.pseudonym(&person.tokens, "kfz").await].contains(&told));
}

/// Setting another address at a person's account with a provider is noticed at the former address.
#[actix_web::test]
async fn an_address_that_a_provider_replaces_is_told_to_the_former_one_too() {
    let world = World::start().await;
    let post = Post::of(&world).await;
    let with = |email: &str| {
        let mut claims = person("vera", HIGH, "Vera", "Victim", "1985-05-06");
        claims["email"] = json!(email);
        claims["email_verified"] = json!(true);
        claims
    };
    let hers = tokens(&world, &with("old@example.org")).await;
    let lea = world.pseudonym(&hers, "lea").await;
    tokens(&world, &with("old@example.org")).await;
    tokens(&world, &with("new@example.org")).await;
    assert_eq!(post.former().await, ("old@example.org".to_owned(), lea));
}

/// Fault: a clerk redirects mail. At the desk it takes the same code, and the same message goes to the
/// former address.
#[actix_web::test]
async fn an_address_proven_at_the_desk_is_told_to_the_former_one_too() {
    let person = Person::with_a_card().await;
    let lea = person.world.pseudonym(&person.tokens, "lea").await;
    assert_eq!(person.state("old@example.org").await, 202);
    let (mail, _) = person.mail(1).await;
    assert_eq!(person.prove(&mail.code).await["proven"], true);
    let olena = json!({
        "given_names": "Olena", "family_name": "Shevchenko", "birth_date": "23.11.1992",
        "place_of_birth": "Kharkiv", "email": "new@example.org",
    });
    let (status, answer) = person.world.desk("lea-clerk", "persons", Some(olena)).await;
    assert_eq!((status, &answer["email"]), (200, &"code-sent".into()), "{answer}");
    let (mail, _) = person.mail(2).await;
    let code = json!({ "pseudonym": lea, "code": mail.code });
    let (status, proof) = person.world.desk("lea-clerk", "persons/email-proof", Some(code)).await;
    assert_eq!((status, &proof["proven"]), (200, &true.into()), "{proof}");
    assert_eq!(person.post.former().await.0, "old@example.org");
}

/// Another code than the right one.
fn wrong(code: &str, n: u32) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + n) % 1_000_000)
}

#[actix_web::test]
async fn the_code_from_the_mail_proves_the_address_and_every_authority_is_told() {
    let person = Person::with_a_card().await;
    let lea = person.world.pseudonym(&person.tokens, "lea").await;
    assert_eq!(person.contact().await, json!({ "email": null, "unproven": null }));
    assert_eq!(person.state("o@example.org").await, 202);
    let (mail, event) = person.mail(1).await;
    assert_eq!((mail.email.as_str(), event.language.as_str()), ("o@example.org", "uk"));
    assert_eq!(mail.code.len(), 6);
    let waits = json!({
        "email": null, "unproven": "o@example.org",
        "code": "valid", "next_code_at": (person.world.clock.now() + MINUTE).to_string(),
    });
    assert_eq!(person.contact().await, waits);
    assert!(person.post.told.lock().unwrap().is_empty(), "an unproven address gets no message");

    let blanks = format!(" {} {} ", &mail.code[..3], &mail.code[3..]);
    assert_eq!(person.prove(&blanks).await, json!({ "proven": true }));
    assert_eq!(person.contact().await, json!({ "email": "o@example.org", "unproven": null }));
    testkit::eventually(SOON, async || {
        let bound = ("fairtermin.person.v1.ContactBound".to_owned(), lea.clone());
        person.post.told.lock().unwrap().contains(&bound).then_some(())
    })
    .await;
    assert_eq!(person.prove(&mail.code).await["proven"], false, "a code works once");
    assert_eq!(person.state("o@example.org").await, 204, "it is known");
}

#[actix_web::test]
async fn a_code_can_be_guessed_five_times_even_if_all_at_once() {
    let person = Person::with_a_card().await;
    assert_eq!(person.prove("123456").await, json!({ "proven": false, "tries_left": 0 }));
    person.state("o@example.org").await;
    let (mail, _) = person.mail(1).await;
    let first = person.prove(&wrong(&mail.code, 1)).await;
    assert_eq!(first, json!({ "proven": false, "tries_left": 4 }));
    let guesses = (2..30).map(|n| wrong(&mail.code, n));
    let answers = futures_util::future::join_all(
        guesses.map(async |guess| person.prove(&guess).await["tries_left"].as_i64().unwrap()),
    );
    let left = answers.await;
    assert!(left.iter().filter(|left| **left > 0).count() <= 3, "{left:?}");
    assert_eq!(person.prove(&mail.code).await, json!({ "proven": false, "tries_left": 0 }));
    assert_eq!(person.contact().await["email"], Value::Null);
}

/// Fault: "The code is on its way" was said of codes that were not sent, and a code that had been tried five
/// times held up the next one.
#[actix_web::test]
async fn it_is_said_whether_a_code_was_sent_and_from_when_on_another_one_can_be() {
    let person = Person::with_a_card().await;
    let put = async |email: &str| {
        let body = json!({ "email": email, "language": "uk" });
        person.call(reqwest::Method::PUT, "/contact", body).await
    };
    let begun = person.world.clock.now();
    let next_at = (begun + MINUTE).to_string();
    let sent = json!({ "sent": true, "next_at": next_at });
    assert_eq!(put("o@example.org").await, (202, sent.clone()));
    assert_eq!(put("o@example.org").await, (202, json!({ "sent": false, "next_at": next_at })));
    let (mail, _) = person.mail(1).await;
    for n in 1..=5 {
        person.prove(&wrong(&mail.code, n)).await;
    }
    let contact = person.contact().await;
    assert_eq!(contact["code"], "over");
    assert_eq!(contact["next_code_at"], begun.to_string());
    assert_eq!(put("o@example.org").await, (202, sent), "at once");
    let (new, _) = person.mail(2).await;
    for n in 3..=5 {
        assert_eq!(put(&format!("o{n}@example.org")).await.0, 202);
    }
    let (status, problem) = put("o6@example.org").await;
    let tomorrow = (begun + SignedDuration::from_hours(24)).to_string();
    assert_eq!((status, &problem["next_at"]), (429, &json!(tomorrow)));
    assert_eq!(person.contact().await["next_code_at"], json!(tomorrow));
    assert_eq!(new.email, "o@example.org");
}

/// Fault: it came in the language of the log-in, whatever language the person had chosen since.
#[actix_web::test]
async fn the_former_address_is_told_in_the_language_of_the_journey() {
    let person = Person::with_a_card().await;
    person.world.pseudonym(&person.tokens, "lea").await;
    person.state("old@example.org").await;
    let (mail, _) = person.mail(1).await;
    person.prove(&mail.code).await;
    person.state("new@example.org").await;
    let (mail, _) = person.mail(2).await;
    let proof = json!({ "code": mail.code, "language": "tr" });
    let answer = person.call(reqwest::Method::POST, "/contact/proof", proof).await;
    assert_eq!(answer, (200, json!({ "proven": true })));
    person.post.former().await;
    assert_eq!(person.post.replaced.lock().unwrap()[0].language, "tr");
}

#[actix_web::test]
async fn a_code_ends_after_half_an_hour() {
    let person = Person::with_a_card().await;
    person.state("o@example.org").await;
    let (mail, event) = person.mail(1).await;
    let half_an_hour = SignedDuration::from_mins(30);
    let expires_at = person.world.clock.now() + half_an_hour;
    assert_eq!(event.expires_at_ms, expires_at.as_millisecond());
    person.world.clock.advance(half_an_hour);
    // The token is over too: the portal gets a new one.
    let access = person.world.refresh(&person.tokens, "lea").await.unwrap();
    let tokens = Tokens { access, ..person.tokens.clone() };
    let person = Person { tokens, ..person };
    assert_eq!(person.prove(&mail.code).await, json!({ "proven": false, "tries_left": 0 }));
    assert_eq!(person.contact().await["unproven"], "o@example.org");
}

#[actix_web::test]
async fn an_address_that_a_person_chose_stays_and_an_unvouched_one_is_only_offered() {
    let person = Person::with_a_card().await;
    person.state("o@example.org").await;
    let (mail, _) = person.mail(1).await;
    person.prove(&mail.code).await;
    let world = &person.world;
    world.tokens("bundid", "olena", "online-id").await;
    assert_eq!(person.contact().await["email"], "o@example.org", "not BundID's");

    let stranger = |verified: Value| {
        json!({ "given_name": "Nuria", "family_name": "Roca", "birthdate": "1991-02-03",
            "place_of_birth": { "locality": "Lleida" }, "email": "n@example.org",
            "email_verified": verified })
    };
    for (verified, contact) in [
        (
            json!(false),
            json!({
                "email": null, "unproven": "n@example.org",
                "code": "none", "next_code_at": world.clock.now().to_string(),
            }),
        ),
        (json!(true), json!({ "email": "n@example.org", "unproven": null })),
    ] {
        world.hostile.also_says(stranger(verified));
        let mut browser = Browser::new();
        let choice = browser.open(&world.authorize("")).await;
        let page = browser.follow(&choice, &["provider=hostile"]).await;
        let tokens = world.exchange(&page.parameter("code").unwrap()).await.unwrap();
        let url = format!("{}/contact", world.issuer);
        let request = reqwest::Client::new().get(url).bearer_auth(tokens.access);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer, contact);
    }
}

#[actix_web::test]
async fn only_the_newest_code_counts_and_there_are_five_a_day() {
    let person = Person::with_a_card().await;
    person.state("o@example.org").await;
    let (old, _) = person.mail(1).await;
    assert_eq!(person.state("o@example.org").await, 202, "a second click");
    assert_eq!(person.state("o2@example.org").await, 202, "a slip corrected");
    let (new, _) = person.mail(2).await;
    assert_eq!(new.email, "o2@example.org");
    if old.code != new.code {
        assert_eq!(person.prove(&old.code).await["proven"], false);
    }
    for n in 3..=5 {
        assert_eq!(person.state(&format!("o{n}@example.org")).await, 202);
    }
    let (status, problem) = person
        .call(reqwest::Method::PUT, "/contact", json!({ "email": "someone@example.org" }))
        .await;
    assert_eq!((status, &problem["code"]), (429, &json!("rate-limited")));
    let (last, _) = person.mail(5).await;
    assert_eq!(person.prove(&last.code).await["proven"], true);
    // Proving one gives no more codes.
    assert_eq!(person.state("someone@example.org").await, 429);
}

#[actix_web::test]
async fn a_domain_with_umlauts_is_used_as_mail_servers_know_it() {
    let person = Person::with_a_card().await;
    assert_eq!(person.state("olena@müller.example.org").await, 202);
    let (mail, _) = person.mail(1).await;
    assert_eq!(mail.email, "olena@xn--mller-kva.example.org");
}

/// Fault: such addresses were taken, and their mail waited for days for a server that cannot be reached.
#[actix_web::test]
async fn an_address_that_no_server_takes_is_refused_with_the_reason() {
    let person = Person::with_a_card().await;
    for (email, reason) in
        [("a..b@example.org", "malformed"), ("олена@example.org", "local-part-letters")]
    {
        let body = json!({ "email": email, "language": "uk" });
        let (status, problem) = person.call(reqwest::Method::PUT, "/contact", body).await;
        assert_eq!((status, &problem["reason"]), (400, &json!(reason)), "{email}");
    }
}

#[actix_web::test]
async fn what_is_no_address_or_no_token_is_refused() {
    let person = Person::with_a_card().await;
    for body in [json!({ "email": "no address" }), json!([]), json!({ "mail": "o@example.org" })] {
        assert_eq!(person.call(reqwest::Method::PUT, "/contact", body).await.0, 400);
    }
    let proof = json!({ "code": 123_456 });
    assert_eq!(person.call(reqwest::Method::POST, "/contact/proof", proof).await.0, 400);
    let bare = reqwest::get(format!("{}/contact", person.world.issuer)).await.unwrap();
    assert_eq!(bare.status(), 401);
}

/// Fault: who rents out the password of an account that a card belongs to redirects its mail.
#[actix_web::test]
async fn a_password_neither_reads_nor_redirects_the_mail_of_a_proven_person() {
    let world = World::start().await;
    let with = |level: &str, email: &str| {
        let mut claims = person("vera", level, "Vera", "Victim", "1985-05-06");
        claims["email"] = json!(email);
        claims["email_verified"] = json!(true);
        claims
    };
    let card = tokens(&world, &with(HIGH, "vera@example.org")).await;
    // What the password account's provider says by now changes nothing either.
    let password = tokens(&world, &with(LOW, "thief@example.org")).await;
    let post = Post::of(&world).await;
    let mut caller = Person { world, tokens: password, post };
    let stated = json!({ "email": "thief@example.org" });
    for (method, path, body) in [
        (reqwest::Method::GET, "/contact", Value::Null),
        (reqwest::Method::PUT, "/contact", stated),
        (reqwest::Method::POST, "/contact/proof", json!({ "code": "123456" })),
        (reqwest::Method::DELETE, "/contact", Value::Null),
    ] {
        let (status, problem) = caller.call(method.clone(), path, body).await;
        assert_eq!((status, &problem["code"]), (403, &"level-too-low".into()), "{method} {path}");
        assert_eq!(problem["required_level"], "high");
    }
    caller.tokens = card;
    assert_eq!(caller.contact().await, json!({ "email": "vera@example.org", "unproven": null }));
    assert_eq!(caller.state("new@example.org").await, 202);
    // Who only ever declared a name has nothing to lose by a password.
    let mut said = person("said", LOW, "Sam", "Sager", "1985-05-06");
    said["email"] = json!(null);
    caller.tokens = tokens(&caller.world, &said).await;
    assert_eq!(caller.state("sam@example.org").await, 202);
}

/// Fault: above the limit, requests at the same time were promised a code that nobody sent.
#[actix_web::test]
async fn five_codes_a_day_are_five_even_if_all_are_asked_for_at_once() {
    let databases = [Some("sqlite::memory:".to_owned()), testkit::postgres_url().await];
    for database in databases.into_iter().flatten() {
        let world = World::on(&database).await;
        let post = Post::of(&world).await;
        let tokens = world.tokens("eid", "olena", "online-id").await;
        let person = Person { world, tokens, post };
        let asked = (0..30).map(async |n| person.state(&format!("o{n}@example.org")).await);
        let answers = futures_util::future::join_all(asked).await;
        let promised = answers.iter().filter(|status| **status == 202).count();
        let refused = answers.iter().filter(|status| **status == 429).count();
        assert_eq!((promised, refused), (5, 25), "{database}: {answers:?}");
        person.mail(5).await;
    }
}

/// Fault: mail went on to whoever had cleared the address, because a provider said it again.
#[actix_web::test]
async fn whoever_wants_no_messages_gets_none_whatever_a_provider_says() {
    let world = World::start().await;
    let post = Post::of(&world).await;
    let vera = || {
        let mut claims = person("vera", HIGH, "Vera", "Clear", "1985-05-06");
        claims["email"] = json!("vera@example.org");
        claims["email_verified"] = json!(true);
        claims
    };
    let tokens_of = tokens(&world, &vera()).await;
    let mut person = Person { world, tokens: tokens_of, post };
    let lea = person.world.pseudonym(&person.tokens, "lea").await;
    assert_eq!(person.contact().await["email"], "vera@example.org");
    for _ in 0..2 {
        let (status, _) = person.call(reqwest::Method::DELETE, "/contact", Value::Null).await;
        assert_eq!(status, 204, "as often as it is said");
        assert_eq!(person.contact().await, json!({ "email": null, "unproven": null }));
    }
    let changed = ("fairtermin.person.v1.ContactChanged".to_owned(), lea.clone());
    testkit::eventually(SOON, async || {
        person.post.told.lock().unwrap().contains(&changed).then_some(())
    })
    .await;
    // The former address hears nothing, and the next log-in brings nothing back.
    assert!(person.post.replaced.lock().unwrap().is_empty());
    person.tokens = tokens(&person.world, &vera()).await;
    assert_eq!(person.contact().await, json!({ "email": null, "unproven": null }));
    // The person can change their mind.
    assert_eq!(person.state("vera@example.org").await, 202);
    let (mail, _) = person.mail(1).await;
    assert_eq!(person.prove(&mail.code).await["proven"], true);
    assert_eq!(person.contact().await["email"], "vera@example.org");
}
