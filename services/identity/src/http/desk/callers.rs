//! `POST /desk/callers`: staff takes a call.

use actix_web::{HttpResponse, web};
use ids::Pseudonym;
use problem::{Problem, body::Unread};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::persons::checked;
use crate::{
    app::{
        Context,
        desk::{DeskStaff, take_call as take},
    },
    person::Attributes,
};

/// What a caller says. Nothing else is asked: no number of a document, no address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Caller)]
struct Body {
    /// The first one counts.
    #[serde(default)]
    given_names: Option<String>,
    family_name: String,
    /// `1980-04-17` or `17.04.1980`.
    birth_date: String,
}

/// The caller, as this authority knows them.
#[derive(Serialize, ToSchema)]
#[schema(as = TakenCall)]
struct Taken {
    pseudonym: Pseudonym,
    /// What a booking by phone needs as `attendee`.
    attendee_token: String,
}

/// Take a call
///
/// For a booking by phone, by the name and birth date that the caller states. Nothing is proven: the booking
/// stays `provisional` until the person shows a document.
#[utoipa::path(
    post, path = "/desk/callers", tag = "Front desk", operation_id = "takeCall",
    request_body = Body,
    responses((status = 200, description = "The person, as this authority knows them.", body = Taken)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["person-unclear", "second-person-needed"]))),
)]
pub(super) async fn take_call(
    context: web::Data<Context>,
    staff: DeskStaff,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let Body { given_names, family_name, birth_date } = body.read()?;
    let said =
        Attributes { given_names, family_name, birth_name: None, birth_date, place_of_birth: None };
    let caller = take(&context, &staff, &checked(&context, said)?).await?;
    let (pseudonym, attendee_token) = (caller.pseudonym, caller.attendee_token);
    Ok(HttpResponse::Ok().json(Taken { pseudonym, attendee_token }))
}
