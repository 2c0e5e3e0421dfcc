//! `POST /desk/persons`: staff looks at a document.

use actix_web::{HttpResponse, web};
use ids::{CaseCode, Pseudonym};
use problem::{
    Problem,
    body::{Unread, invalid},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::contact::ProofView;
use crate::{
    app::{
        Context, Stated,
        desk::{DeskStaff, Document, identify as identify_person, prove_address},
    },
    person::{Attributes, BirthDate},
};

/// What a document says, which a member of staff looks at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Document)]
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
    /// An address. A code is sent to it, which proves it: see `POST /desk/persons/email-proof`.
    #[serde(default)]
    email: Option<String>,
    /// Of the message with the code; German if left out.
    #[serde(default)]
    language: Option<String>,
    /// The case in which two members of staff resolved the identity.
    #[serde(default)]
    case: Option<CaseCode>,
}

/// The person of a document, as this authority knows them.
#[derive(Serialize, ToSchema)]
#[schema(as = IdentifiedPerson)]
struct IdentifiedView {
    pseudonym: Pseudonym,
    /// What a hold, a booking or a check-in needs as `attendee`.
    attendee_token: String,
    /// `known`, or `code-sent`: a message with a code is on its way; `null` without an address.
    email: Option<&'static str>,
}

/// Look at a document
///
/// It leads to the same person as a log-in with the same data. If several persons are possible, a case is
/// opened, which two members of staff decide (`person-unclear`).
#[utoipa::path(
    post, path = "/desk/persons", tag = "Front desk", operation_id = "identifyPerson",
    request_body = Body,
    responses((status = 200, description = "The person, as this authority knows them.", body = IdentifiedView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["person-unclear", "second-person-needed", "case-state", "not-found"]))),
)]
pub(super) async fn identify(
    context: web::Data<Context>,
    staff: DeskStaff,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let body: Body = body.read()?;
    let attributes = Attributes {
        given_names: body.given_names,
        family_name: body.family_name,
        birth_name: body.birth_name,
        birth_date: body.birth_date,
        place_of_birth: body.place_of_birth,
    };
    let attributes = checked(&context, attributes)?;
    let (email, language) = (body.email, body.language);
    let document = Document { attributes, email, language, case: body.case };
    let identified = identify_person(&context, &staff, &document).await?;
    let email = identified.address.map(|address| match address {
        Stated::Known => "known",
        // At the desk both mean the same: the newest code counts.
        Stated::CodeSent { .. } | Stated::CodeWaits { .. } => "code-sent",
    });
    let (pseudonym, attendee_token) = (identified.pseudonym, identified.attendee_token);
    Ok(HttpResponse::Ok().json(IdentifiedView { pseudonym, attendee_token, email }))
}

/// The same with its date of birth in our form, if a document can hold it.
pub(super) fn checked(context: &Context, attributes: Attributes) -> Result<Attributes, Problem> {
    let birth_date = attributes.birth_date.parse::<BirthDate>();
    let birth_date = birth_date.map_err(|error| invalid("birth_date", &error.to_string()))?;
    let attributes = Attributes { birth_date: birth_date.to_string(), ..attributes };
    let today = ambient::berlin().to_datetime(context.now()).date();
    attributes.check(today).map_err(|error| invalid(error.field(), &error.to_string()))?;
    Ok(attributes)
}

/// The code of a message, read out at the desk.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailProof)]
pub(super) struct ProofBody {
    pseudonym: Pseudonym,
    /// What the person reads out.
    code: String,
    /// Of the message to the former address, if there is one; German if left out.
    #[serde(default)]
    language: Option<String>,
}

/// Prove a person's address
///
/// With the code that the person reads out.
#[utoipa::path(
    post, path = "/desk/persons/email-proof", tag = "Front desk", operation_id = "provePersonsEmail",
    request_body = ProofBody,
    responses((status = 200, description = "Whether the code was right.", body = ProofView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["not-found"]))),
)]
pub(super) async fn prove_email(
    context: web::Data<Context>,
    staff: DeskStaff,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let body: ProofBody = body.read()?;
    let language = body.language.as_deref().unwrap_or("de");
    let proof = prove_address(&context, &staff, body.pseudonym, &body.code, language).await?;
    Ok(HttpResponse::Ok().json(ProofView::from(proof)))
}
