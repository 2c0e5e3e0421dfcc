//! A person allows an agency's program to act for them, and it gets tokens that say so.

use std::sync::atomic::{AtomicU64, Ordering};

use ambient::Clock as _;
use auth::AccessClaims;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};
use store::Database;
use vocabulary::TrustLevel;

use crate::{
    agency,
    browser::{Browser, PORTAL, Page},
    fapi,
    world::{VERIFIER, World, postgres_url},
};

const LEA: &str = "urn:fairtermin:authority:lea";
const KFZ: &str = "urn:fairtermin:authority:kfz";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const ACTING: &str = "bookings:write:onbehalf";

type Form<'a> = Vec<(&'a str, &'a str)>;

/// Pushes a request to log in; where the browser is sent. `scope` is what the program may have besides
/// openid: nothing for a log-in without leave to act.
async fn authorize(world: &World, scope: &str) -> String {
    let request = fapi::parameters(world, scope);
    fapi::push(world, &request).await
}

/// Posts to the token endpoint as `client`, which proves itself by its key.
pub(crate) async fn ask(
    world: &World,
    client: &str,
    more: &[(&str, &str)],
) -> Result<Value, Value> {
    let jti = format!("{client} {}", another());
    let proof = agency::assertion(world, json!({"iss": client, "sub": client, "jti": jti}));
    let mut form = vec![
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", proof.as_str()),
    ];
    form.extend_from_slice(more);
    world.token_bound(&form).await
}

/// An assertion is used once.
pub(crate) fn another() -> u64 {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    COUNTER.fetch_add(1, Ordering::Relaxed)
}

/// Erika logs in with her card and allows what the program asks for; its tokens.
async fn allowed(world: &World, scope: &str, more: &[(&str, &str)]) -> Value {
    let page = log_in(&authorize(world, scope).await).await;
    redeem(world, &page, more).await
}

/// Erika logs in with her card at this address.
pub(crate) async fn log_in(url: &str) -> Page {
    let mut browser = Browser::new();
    let choice = browser.open(url).await;
    let cards = browser.follow(&choice, &["provider=eid"]).await;
    let any = cards.link(&["/choose?"]);
    let start = any.split("&citizen=").next().unwrap();
    browser.open(&format!("{start}&citizen=erika&means=online-id")).await
}

async fn redeem(world: &World, page: &Page, more: &[(&str, &str)]) -> Value {
    let code = page.parameter("code").unwrap_or_else(|| panic!("not logged in: {}", page.text));
    let redirect = format!("{PORTAL}/zab");
    let mut form: Form<'_> = vec![
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", &redirect),
        ("code_verifier", VERIFIER),
    ];
    form.extend_from_slice(more);
    ask(world, "zab", &form).await.unwrap()
}

fn access(tokens: &Value) -> &str {
    tokens["access_token"].as_str().unwrap()
}

/// A well-formed exchange of `subject`.
fn exchange(subject: &str) -> Form<'_> {
    vec![
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", subject),
        ("subject_token_type", ACCESS_TOKEN),
        ("resource", LEA),
        ("scope", ACTING),
    ]
}

/// The same with other parameters; an empty value leaves one out.
fn changed<'a>(form: &Form<'a>, changes: &[(&'a str, &'a str)]) -> Form<'a> {
    let mut form = form.clone();
    for (name, value) in changes {
        form.retain(|(known, _)| known != name);
        if !value.is_empty() {
            form.push((name, value));
        }
    }
    form
}

async fn claims(world: &World, token: &str) -> AccessClaims {
    std::sync::Arc::unwrap_or_clone(world.verifier("lea").verify_access(token).await.unwrap())
}

#[actix_web::test]
async fn the_token_names_the_person_as_the_authority_knows_them_and_who_acts() {
    let world = World::start().await;
    let portal = world.tokens("bundid", "erika", "online-id").await;
    let tokens = allowed(&world, ACTING, &[]).await;
    let answer = ask(&world, "zab", &exchange(access(&tokens))).await.unwrap();
    assert_eq!(answer["issued_token_type"], ACCESS_TOKEN);
    assert_eq!((&answer["token_type"], &answer["scope"]), (&"DPoP".into(), &ACTING.into()));
    assert!(answer.get("refresh_token").is_none() && answer.get("id_token").is_none());

    let acting = claims(&world, access(&answer)).await;
    // Another log-in, another provider, another program: the same person, so one booking.
    assert_eq!(acting.sub, world.pseudonym(&portal, "lea").await);
    let agency = acting.act.unwrap();
    assert_eq!((agency.client.as_str(), agency.name.as_str()), ("zab", "Ausländerakte"));
    assert_eq!((acting.client_id.as_str(), acting.scope.as_str()), ("zab", ACTING));
    assert_eq!(acting.acr, Some(TrustLevel::High));
    assert!(acting.sid.is_some());

    // The name for the appointment is that of the same person.
    let attendee = world.get_bound("/userinfo", access(&answer)).await.text().await.unwrap();
    let attendee = world.verifier("lea").verify_attendee(&attendee).await.unwrap();
    assert_eq!(attendee.pseudonym.to_string(), acting.sub);
    // That name is no token to exchange, and their address is none of the program's business.
    for token in [access(&answer), access(&tokens)] {
        assert_eq!(world.get_bound("/contact", token).await.status(), 403);
    }
}

#[actix_web::test]
async fn nobody_allows_anything_without_having_read_who_asks() {
    let world = World::start().await;
    let mut browser = Browser::new();
    let page = browser.open(&authorize(&world, ACTING).await).await;
    assert!(page.text.contains("Ausländerakte wants to book for you"), "{}", page.text);
    assert!(page.text.contains("for 60 minutes"), "{}", page.text);
    assert!(page.link(&["error=access_denied"]).starts_with(&format!("{PORTAL}/zab")));
    // A request without scopes gets all allowed ones, so the consent page reads the same.
    let page = browser.open(&authorize(&world, "").await).await;
    assert!(page.text.contains("Ausländerakte wants to book for you"), "{}", page.text);
    // Staff have one way to log in. It is not taken before they have read this.
    let page = browser.open(&authorize(&world, &format!("desk {ACTING}")).await).await;
    assert!(page.text.contains("Ausländerakte wants to book for you"), "{}", page.text);
    // With any scopes: it would learn the name of the person who logs in.
    for scope in ["slots:read", "offline_access"] {
        let page = browser.open(&authorize(&world, scope).await).await;
        assert!(page.text.contains("Ausländerakte wants to book for you"), "{}", page.text);
    }
}

#[actix_web::test]
async fn a_subject_token_that_will_not_do_is_refused() {
    let world = World::start().await;
    let tokens = allowed(&world, ACTING, &[]).await;
    let exchanged = ask(&world, "zab", &exchange(access(&tokens))).await.unwrap();
    let for_lea = allowed(&world, ACTING, &[("resource", LEA)]).await;
    let not_allowed = allowed(&world, "slots:read", &[]).await;
    let portal = world.tokens("eid", "erika", "online-id").await;
    let attendee = world.get_bound("/userinfo", access(&for_lea)).await.text().await.unwrap();
    let own = [("grant_type", "client_credentials"), ("resource", LEA)];
    let own = ask(&world, "zab", &own).await.unwrap();
    let id_token = tokens["id_token"].as_str().unwrap();
    let (head, signature) = access(&tokens).rsplit_once('.').unwrap();
    let forged = format!("{head}.{}", signature.chars().rev().collect::<String>());
    for (token, why) in [
        (access(&exchanged), "exchanged itself"),
        (access(&for_lea), "for an authority"),
        (access(&not_allowed), "did not allow"),
        (&portal.access, "another client"),
        (&attendee, "not an access token"),
        (id_token, "not an access token"),
        (access(&own), "for an authority"),
        (&forged, "not an access token"),
        ("nonsense", "not an access token"),
    ] {
        let refused = ask(&world, "zab", &exchange(token)).await.unwrap_err();
        assert_eq!(refused["error"], "invalid_request", "{why}");
        let said = refused["error_description"].as_str().unwrap();
        assert!(said.contains(why), "{why}: {said}");
    }
    // Another installation's, however right it looks.
    let elsewhere = World::start().await;
    let foreign = allowed(&elsewhere, ACTING, &[]).await;
    let refused = ask(&world, "zab", &exchange(access(&foreign))).await.unwrap_err();
    assert_eq!(refused["error"], "invalid_request");
}

#[actix_web::test]
async fn staff_cannot_let_a_program_act_as_a_citizen() {
    let world = World::start().await;
    let mut browser = Browser::new();
    let choice = browser.open(&authorize(&world, &format!("desk {ACTING}")).await).await;
    let cards = browser.follow(&choice, &["provider="]).await;
    let page = browser.follow(&cards, &["/choose?", "staff=lea-clerk"]).await;
    let tokens = redeem(&world, &page, &[]).await;
    let refused = ask(&world, "zab", &exchange(access(&tokens))).await.unwrap_err();
    assert_eq!(refused["error"], "invalid_request");
    assert!(refused["error_description"].as_str().unwrap().contains("citizen"));
}

#[actix_web::test]
async fn a_request_that_is_not_granted_is_refused_by_its_name() {
    let world = World::start().await;
    let tokens = allowed(&world, ACTING, &[]).await;
    let good = exchange(access(&tokens));
    let jwt = "urn:ietf:params:oauth:token-type:jwt";
    for (changes, error) in [
        (vec![("subject_token", "")], "invalid_request"),
        (vec![("subject_token_type", "")], "invalid_request"),
        (vec![("subject_token_type", jwt)], "invalid_request"),
        (vec![("requested_token_type", jwt)], "invalid_request"),
        (vec![("actor_token", "x")], "invalid_request"),
        (vec![("scope", "bookings")], "invalid_scope"),
        (vec![("scope", "bookings:write:onbehalf slots:read")], "invalid_scope"),
        (vec![("resource", "")], "invalid_target"),
        (vec![("resource", KFZ)], "invalid_target"),
        (vec![("resource", "urn:fairtermin:authority:nowhere")], "invalid_target"),
        (vec![("audience", "lea")], "invalid_target"),
    ] {
        let refused = ask(&world, "zab", &changed(&good, &changes)).await.unwrap_err();
        assert_eq!(refused["error"], error, "{changes:?}");
    }
    let fine = changed(&good, &[("scope", ""), ("requested_token_type", ACCESS_TOKEN)]);
    assert_eq!(ask(&world, "zab", &fine).await.unwrap()["scope"], ACTING);
}

#[actix_web::test]
async fn only_a_program_that_is_registered_for_it_and_has_a_key_may_ask() {
    let world = World::start().await;
    let tokens = allowed(&world, ACTING, &[]).await;
    let form = exchange(access(&tokens));
    assert_eq!(ask(&world, "agency", &form).await.unwrap_err()["error"], "unauthorized_client");
    assert_eq!(world.token(&form).await.unwrap_err()["error"], "unauthorized_client");
    assert_eq!(world.token_bare(&form).await.unwrap_err()["error"], "invalid_client");
}

#[actix_web::test]
async fn an_acting_token_ends_with_the_log_ins_and_lasts_ten_minutes_at_most() {
    let world =
        World::with("sqlite::memory:", |settings| settings.session.token_minutes = 15).await;
    let tokens = allowed(&world, ACTING, &[]).await;
    let subject = exchange(access(&tokens));
    let first = ask(&world, "zab", &subject).await.unwrap();
    assert_eq!(first["expires_in"], 600);
    let session = payload(access(&first))["sid"].clone();
    world.clock.advance(SignedDuration::from_mins(12));
    // The assertion's own time is the machine's, and five minutes at most.
    let late = ask_at(&world, 12, &subject).await.unwrap();
    assert_eq!(late["expires_in"], 180);
    assert_eq!(payload(access(&late))["sid"], session);
    world.clock.advance(SignedDuration::from_mins(3));
    let refused = ask_at(&world, 15, &subject).await.unwrap_err();
    assert_eq!(refused["error_description"], "The subject token has expired.");
}

/// What a token says, whatever the time.
fn payload(token: &str) -> Value {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

/// As [`ask`], when identity's clock is `minutes` ahead.
async fn ask_at(world: &World, minutes: i64, form: &Form<'_>) -> Result<Value, Value> {
    let exp = world.clock.now().as_second() + 60;
    let changes = json!({"iss": "zab", "sub": "zab", "exp": exp, "jti": format!("at {minutes}")});
    let proof = agency::assertion(world, changes);
    let jwt_bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let mut form = form.clone();
    form.extend([("client_assertion_type", jwt_bearer), ("client_assertion", &proof)]);
    world.token_bound(&form).await
}

#[actix_web::test]
async fn when_the_person_has_logged_out_nothing_is_exchanged() {
    let world = World::start().await;
    let tokens = allowed(&world, ACTING, &[]).await;
    let (first, second) = (allowed(&world, ACTING, &[]).await, exchange(access(&tokens)));
    ask(&world, "zab", &second).await.unwrap();
    let hint = tokens["id_token"].as_str().unwrap();
    Browser::new().open(&format!("{}/logout?id_token_hint={hint}", world.issuer)).await;
    let refused = ask(&world, "zab", &second).await.unwrap_err();
    assert_eq!(refused["error"], "invalid_request");
    assert!(refused["error_description"].as_str().unwrap().contains("has ended"));
    ask(&world, "zab", &exchange(access(&first))).await.expect("another log-in goes on");
}

#[actix_web::test]
async fn who_may_act_for_whom_is_in_the_audit_table() {
    let Some(database) = postgres_url().await else { return };
    let world = World::on(&database).await;
    let tokens = allowed(&world, ACTING, &[]).await;
    let mut refused = exchange(access(&tokens));
    refused = changed(&refused, &[("resource", KFZ)]);
    ask(&world, "zab", &refused).await.unwrap_err();
    ask(&world, "zab", &exchange(access(&tokens))).await.unwrap();
    let database = Database::connect(&database).await.unwrap();
    let db = database.connection();
    let sql = "SELECT actor, subject, details FROM audit WHERE action = 'person.acted-for'";
    let rows =
        db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let [row] = &rows[..] else { panic!("{} entries", rows.len()) };
    let text = |column: &str| row.try_get::<String>("", column).unwrap();
    assert_eq!(text("actor"), "agency:zab");
    assert!(text("subject").starts_with("prs_"), "{}", text("subject"));
    assert!(text("details").contains("\"authority\":\"lea\""), "{}", text("details"));
}
