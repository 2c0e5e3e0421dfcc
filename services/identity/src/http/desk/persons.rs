//! `POST /desk/persons`: staff looks at a document.

use actix_web::{HttpResponse, web};
use problem::{Problem, types};
use serde::Deserialize;
use serde_json::json;

use super::problem::invalid;
use crate::{
    app::{
        Context,
        desk::{Document, Officer, identify as identify_person},
    },
    person::{Attributes, BirthDate},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    #[serde(default)]
    given_names: Option<String>,
    family_name: String,
    #[serde(default)]
    birth_name: Option<String>,
    /// `1980-04-17`, `17.04.1980`, with zeros for what the document leaves open.
    birth_date: String,
    #[serde(default)]
    place_of_birth: Option<String>,
    #[serde(default)]
    email: Option<String>,
}

pub(super) async fn identify(
    context: web::Data<Context>,
    officer: Officer,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let body: Body = serde_json::from_slice(&body).map_err(|error| invalid(&error))?;
    let birth_date: BirthDate = body.birth_date.parse().map_err(|error| {
        Problem::new(&types::INVALID_REQUEST).detail(format!("birth_date: {error}"))
    })?;
    let attributes = Attributes {
        given_names: body.given_names,
        family_name: body.family_name,
        birth_name: body.birth_name,
        birth_date: birth_date.to_string(),
        place_of_birth: body.place_of_birth,
    };
    let document = Document { attributes, email: body.email };
    let identified = identify_person(&context, &officer, &document).await?;
    Ok(HttpResponse::Ok().json(json!({
        "pseudonym": identified.pseudonym,
        "attendee_token": identified.attendee_token,
    })))
}
