//! The signed list of authorities: it says what the operator wrote, and is nothing but a list.

use ambient::Clock as _;
use auth::{AuthorityList, ListedAuthority, TokenError};
use client::{Http, Timeouts, authorities};
use identity::settings::AuthoritySettings;
use serde_json::Value;

use crate::world::World;

/// The list as it is served; with its headers checked.
async fn served(world: &World) -> String {
    let url = format!("{}{}", world.issuer, AuthorityList::PATH);
    let response = reqwest::get(url).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/jwt");
    assert_eq!(response.headers()["cache-control"], "public, max-age=300");
    response.text().await.unwrap()
}

async fn get(world: &World, path: &str) -> String {
    reqwest::get(format!("{}{path}", world.issuer)).await.unwrap().text().await.unwrap()
}

#[actix_web::test]
async fn a_program_that_trusts_the_issuer_learns_every_authority() {
    let world = World::with("sqlite::memory:", |settings| {
        let kfz =
            "{id: kfz, name: {de: Zulassung, uk: Реєстрація}, url: 'https://kfz.example/api/'}";
        // The operator's order stays; it is not that of the alphabet.
        settings.authorities[1] = settings::parse_yaml::<AuthoritySettings>("test", kfz).unwrap();
    })
    .await;
    let http = Http::new(Timeouts::default()).unwrap();
    let issuer = world.issuer.parse().unwrap();
    let listed = authorities(&http, &issuer, world.clock.now()).await.unwrap();
    let lea = ListedAuthority::new("lea".parse().unwrap());
    assert_eq!(lea.resource, "urn:fairtermin:authority:lea");
    let mut kfz = ListedAuthority::new("kfz".parse().unwrap());
    kfz.name =
        [("de", "Zulassung"), ("uk", "Реєстрація")].map(|(l, n)| (l.into(), n.into())).into();
    kfz.url = Some("https://kfz.example/api/".parse().unwrap());
    assert_eq!(listed, [lea, kfz]);
}

#[actix_web::test]
async fn a_list_is_good_for_a_day() {
    let world = World::start().await;
    let (list, jwks) = (served(&world).await, get(&world, "/jwks").await);
    let verified = |hours: i64| {
        let now = world.clock.now() + jiff::SignedDuration::from_hours(hours);
        AuthorityList::verify(&list, jwks.as_bytes(), &world.issuer, now)
    };
    assert_eq!(verified(23).unwrap().authorities.len(), 2);
    assert_eq!(verified(25), Err(TokenError::Expired));
    assert_eq!(verified(-1), Err(TokenError::NotYetValid));
}

#[actix_web::test]
async fn the_list_opens_no_door_and_no_token_is_a_list() {
    let world = World::start().await;
    let list = served(&world).await;
    // Where tokens are taken: at an authority, and at identity itself.
    let verifier = world.verifier("lea");
    assert_eq!(verifier.verify_access(&list).await, Err(TokenError::WrongType));
    assert!(matches!(verifier.verify_attendee(&list).await, Err(TokenError::WrongType)));
    for path in ["/userinfo", "/contact", "/desk/cases/1"] {
        let url = format!("{}{path}", world.issuer);
        let answer = reqwest::Client::new().get(url).bearer_auth(&list).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{path}");
    }
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let jwks = get(&world, "/jwks").await;
    for token in [&tokens.access, &tokens.id_token, &world.refresh(&tokens, "lea").await.unwrap()] {
        let list = AuthorityList::verify(token, jwks.as_bytes(), &world.issuer, world.clock.now());
        assert_eq!(list, Err(TokenError::WrongType));
    }
}

#[actix_web::test]
async fn the_discovery_document_says_where_the_list_is() {
    let world = World::start().await;
    let document: Value = get(&world, "/.well-known/openid-configuration").await.parse().unwrap();
    let named = document["fairtermin_authorities"].as_str().unwrap();
    assert_eq!(named, format!("{}{}", world.issuer, AuthorityList::PATH));
}

#[actix_web::test]
async fn an_authority_is_named_once() {
    let settings = |authorities: &str| {
        let authorities = settings::parse_yaml("test", authorities).unwrap();
        World::refused(move |settings| settings.authorities = authorities)
    };
    let twice = settings("[lea, {id: lea, url: 'https://lea.example'}]").await;
    assert_eq!(twice, "authorities.lea: two authorities have this id");
    let nowhere = settings("[{id: lea, url: 'mailto:lea@example.org'}]").await;
    assert!(nowhere.starts_with("authorities.lea: url must be"), "{nowhere}");
}
