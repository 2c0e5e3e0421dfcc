//! What a handler gets, and how a caller of the wrong kind is refused.

use actix_web::{App, HttpResponse, Responder, http::header::AUTHORIZATION, test, web};
use auth::{AccessClaims, ActingAgency, Agency, Booker, Citizen, Reach, Role, Staff, scope};
use ids::StaffId;
use problem::Problem;
use serde_json::Value;
use vocabulary::TrustLevel;

use crate::identity::Identity;

async fn citizen(citizen: Citizen) -> Result<impl Responder, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    citizen.require_level(TrustLevel::Substantial)?;
    Ok(HttpResponse::Ok().finish())
}

async fn staff(staff: Staff) -> Result<impl Responder, Problem> {
    staff.require_role(Role::Clerk)?;
    staff.require_location(&"122280".parse().unwrap())?;
    Ok(HttpResponse::Ok().finish())
}

async fn agency(agency: Agency) -> Result<impl Responder, Problem> {
    agency.require_scope(scope::SLOTS_READ)?;
    Ok(HttpResponse::Ok().finish())
}

async fn booker(booker: Booker) -> String {
    let agency = booker.agency.map(|agency| format!(" by {}", agency.name)).unwrap_or_default();
    format!("\"{}{agency}\"", booker.citizen.pseudonym)
}

async fn ask(identity: &Identity, path: &str, token: Option<String>) -> (u16, String, Value) {
    let app = App::new()
        .app_data(web::Data::new(identity.verifier()))
        .route("/citizen", web::get().to(citizen))
        .route("/staff", web::get().to(staff))
        .route("/agency", web::get().to(agency))
        .route("/booker", web::get().to(booker));
    let app = test::init_service(app).await;
    let mut request = test::TestRequest::get().uri(path);
    if let Some(token) = token {
        request = request.insert_header((AUTHORIZATION, format!("Bearer {token}")));
    }
    let response = test::call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let challenge =
        response.headers().get("www-authenticate").map(|v| v.to_str().unwrap().to_owned());
    let body = test::read_body(response).await;
    (status, challenge.unwrap_or_default(), serde_json::from_slice(&body).unwrap_or_default())
}

fn as_staff(mut claims: AccessClaims) -> AccessClaims {
    claims.sub = StaffId::from_bits(3).to_string();
    claims.roles = vec![Role::Clerk];
    claims.locations = Reach::Only(vec!["122280".parse().unwrap()]);
    claims
}

fn as_agency(mut claims: AccessClaims) -> AccessClaims {
    claims.sub = claims.client_id.to_string();
    claims.scope = scope::SLOTS_READ.to_owned();
    (claims.acr, claims.auth_time, claims.sid) = (None, None, None);
    claims
}

#[actix_web::test]
async fn each_kind_of_caller_reaches_its_own_routes_only() {
    let identity = Identity::start().await;
    let kinds = [
        ("/citizen", identity.claims()),
        ("/staff", as_staff(identity.claims())),
        ("/agency", as_agency(identity.claims())),
    ];
    for (own, claims) in &kinds {
        for (path, _) in &kinds {
            let (status, _, body) = ask(&identity, path, Some(identity.sign(claims))).await;
            assert_eq!(status, if own == path { 200 } else { 403 }, "{own} at {path}: {body}");
        }
    }
}

fn acting(mut claims: AccessClaims) -> AccessClaims {
    claims.client_id = "zab".parse().unwrap();
    claims.scope = scope::BOOKINGS_WRITE_ON_BEHALF.to_owned();
    claims.act =
        Some(ActingAgency { client: claims.client_id.clone(), name: "Ausländerakte".to_owned() });
    claims
}

#[actix_web::test]
async fn a_program_that_acts_for_a_person_books_for_them_and_is_nobody_else() {
    let identity = Identity::start().await;
    let acting = acting(identity.claims());
    let person = acting.sub.clone();
    let (status, _, body) = ask(&identity, "/booker", Some(identity.sign(&acting))).await;
    assert_eq!((status, body), (200, format!("{person} by Ausländerakte").into()));
    for path in ["/citizen", "/staff", "/agency"] {
        let (status, _, body) = ask(&identity, path, Some(identity.sign(&acting))).await;
        assert_eq!(status, 403, "{path}: {body}");
    }
    // Not even with the scope of the portal.
    let more = AccessClaims { scope: "bookings".to_owned(), ..acting.clone() };
    for path in ["/citizen", "/booker"] {
        assert_eq!(ask(&identity, path, Some(identity.sign(&more))).await.0, 403, "{path}");
    }
    // And the scope alone, without an exchange that names who acts, is worth nothing.
    let hidden = AccessClaims { act: None, ..acting };
    let (status, _, body) = ask(&identity, "/booker", Some(identity.sign(&hidden))).await;
    assert_eq!((status, &body["required_scope"]), (403, &"bookings".into()));
    let (status, _, body) =
        ask(&identity, "/booker", Some(identity.sign(&identity.claims()))).await;
    assert_eq!((status, body), (200, person.into()));
}

#[actix_web::test]
async fn a_refusal_says_what_would_be_accepted() {
    let identity = Identity::start().await;
    let low = AccessClaims { acr: Some(TrustLevel::Basic), ..identity.claims() };
    let (status, _, body) = ask(&identity, "/citizen", Some(identity.sign(&low))).await;
    assert_eq!(
        (status, &body["code"], &body["required_level"]),
        (403, &"level-too-low".into(), &"substantial".into())
    );

    let scopeless = AccessClaims { scope: "bookingsx".into(), ..identity.claims() };
    let (status, _, body) = ask(&identity, "/citizen", Some(identity.sign(&scopeless))).await;
    assert_eq!((status, &body["required_scope"]), (403, &"bookings".into()));

    let elsewhere =
        AccessClaims { aud: "urn:fairtermin:authority:kfz".into(), ..identity.claims() };
    let (status, challenge, body) =
        ask(&identity, "/citizen", Some(identity.sign(&elsewhere))).await;
    assert_eq!((status, &body["code"]), (401, &"wrong-audience".into()));
    assert_eq!(challenge, "Bearer error=\"invalid_token\"");

    let (status, challenge, body) = ask(&identity, "/citizen", None).await;
    assert_eq!(
        (status, &body["code"], challenge.as_str()),
        (401, &"unauthenticated".into(), "Bearer, DPoP algs=\"ES256 EdDSA PS256\"")
    );

    let foreign = AccessClaims { locations: Reach::Only(vec![]), ..as_staff(identity.claims()) };
    assert_eq!(ask(&identity, "/staff", Some(identity.sign(&foreign))).await.0, 403);
    let everywhere = AccessClaims { locations: Reach::Everywhere, ..as_staff(identity.claims()) };
    assert_eq!(ask(&identity, "/staff", Some(identity.sign(&everywhere))).await.0, 200);
}
