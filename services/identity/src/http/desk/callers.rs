//! `POST /desk/callers`: staff takes a call.

use actix_web::{HttpResponse, web};
use problem::{Problem, body::read};
use serde::Deserialize;
use serde_json::json;

use super::persons::checked;
use crate::{
    app::{
        Context,
        desk::{DeskStaff, take_call as take},
    },
    person::Attributes,
};

/// What a caller says. Nothing else is asked: no number of a document, no address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    /// The first one counts.
    #[serde(default)]
    given_names: Option<String>,
    family_name: String,
    /// `1980-04-17` or `17.04.1980`.
    birth_date: String,
}

pub(super) async fn take_call(
    context: web::Data<Context>,
    staff: DeskStaff,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let Body { given_names, family_name, birth_date } = read(&body)?;
    let said =
        Attributes { given_names, family_name, birth_name: None, birth_date, place_of_birth: None };
    let caller = take(&context, &staff, &checked(&context, said)?).await?;
    Ok(HttpResponse::Ok().json(json!({
        "pseudonym": caller.pseudonym,
        "attendee_token": caller.attendee_token,
    })))
}
