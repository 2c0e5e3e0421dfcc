//! The list of authorities is believed only if the issuer signed it, lately.

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use ambient::SeededEntropy;
use auth::{AuthorityList, ListedAuthority, SigningKey, TokenError, TokenType};
use client::{ClientError, Http, Timeouts, authorities};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn key(seed: u64) -> SigningKey {
    SigningKey::generate(&SeededEntropy::new(seed)).unwrap()
}

fn now() -> Timestamp {
    "2027-01-04T08:00:00Z".parse().unwrap()
}

/// What the list looks like and who signs it; with what an honest issuer does where nothing is said.
#[derive(Clone, Copy)]
struct Issuer {
    says: fn(&mut AuthorityList),
    signs: u64,
    typ: TokenType,
}

impl Issuer {
    const HONEST: Self = Self { says: |_| (), signs: 1, typ: TokenType::Authorities };

    /// What our client makes of it at `when`.
    async fn asked(self, when: Timestamp) -> Result<Vec<ListedAuthority>, ClientError> {
        let server = HttpServer::new(move || {
            App::new().default_service(web::to(move |request: HttpRequest| async move {
                self.answer(&request)
            }))
        });
        let server = server.workers(1).bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}/", server.addrs()[0]);
        tokio::spawn(server.run());
        authorities(&Http::new(Timeouts::default()).unwrap(), &issuer.parse().unwrap(), when).await
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let issuer = format!("http://{}", request.connection_info().host());
        match request.path() {
            AuthorityList::PATH => {
                let lea = ListedAuthority::new("lea".parse().unwrap());
                let mut list = AuthorityList::new(issuer, vec![lea], now());
                (self.says)(&mut list);
                HttpResponse::Ok().body(key(self.signs).sign(self.typ, &list).unwrap())
            }
            "/jwks" => HttpResponse::Ok().json(json!({ "keys": [key(1).public_jwk()] })),
            _ => HttpResponse::Ok().json(json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{issuer}/token"),
                "userinfo_endpoint": format!("{issuer}/userinfo"),
                "jwks_uri": format!("{issuer}/jwks"),
            })),
        }
    }
}

/// Why the list is not believed.
async fn doubt(issuer: Issuer, when: Timestamp) -> TokenError {
    match issuer.asked(when).await {
        Err(ClientError::Untrusted(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[actix_web::test]
async fn an_honest_list_is_believed() {
    let listed = Issuer::HONEST.asked(now() + HOUR).await.unwrap();
    assert_eq!(listed, [ListedAuthority::new("lea".parse().unwrap())]);
}

#[actix_web::test]
async fn nothing_else_is() {
    let forged = Issuer { signs: 2, ..Issuer::HONEST };
    assert_eq!(doubt(forged, now()).await, TokenError::UnknownKey);
    let access = Issuer { typ: TokenType::Access, ..Issuer::HONEST };
    assert_eq!(doubt(access, now()).await, TokenError::WrongType);
    let copied =
        Issuer { says: |list| list.iss = "https://other.example".into(), ..Issuer::HONEST };
    assert_eq!(doubt(copied, now()).await, TokenError::WrongIssuer);
    assert_eq!(doubt(Issuer::HONEST, now() + HOUR * 25).await, TokenError::Expired);
    assert_eq!(doubt(Issuer::HONEST, now() - HOUR).await, TokenError::NotYetValid);
}
