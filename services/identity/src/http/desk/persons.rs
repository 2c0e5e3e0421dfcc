//! `POST /desk/persons`: staff looks at a document.

use actix_web::{HttpResponse, web};
use ids::{CaseCode, Pseudonym};
use problem::{
    Problem,
    body::{invalid, read},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    app::{
        Context, Proof, Stated,
        desk::{DeskStaff, Document, identify as identify_person, prove_address},
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
    /// Where a code goes that proves it: see `POST /desk/persons/email-proof`.
    #[serde(default)]
    email: Option<String>,
    /// Of the message with the code; German if left out.
    #[serde(default)]
    language: Option<String>,
    /// The case in which two members of staff resolved the identity.
    #[serde(default)]
    case: Option<CaseCode>,
}

pub(super) async fn identify(
    context: web::Data<Context>,
    staff: DeskStaff,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let body: Body = read(&body)?;
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
    Ok(HttpResponse::Ok().json(json!({
        "pseudonym": identified.pseudonym,
        "attendee_token": identified.attendee_token,
        "email": identified.address.map(|address| match address {
            Stated::Known => "known",
            Stated::CodeSent => "code-sent",
        }),
    })))
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProofBody {
    pseudonym: Pseudonym,
    /// What the person reads out.
    code: String,
    /// Of the message to the former address, if there is one; German if left out.
    #[serde(default)]
    language: Option<String>,
}

/// `POST /desk/persons/email-proof`.
pub(super) async fn prove_email(
    context: web::Data<Context>,
    staff: DeskStaff,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let body: ProofBody = read(&body)?;
    let language = body.language.as_deref().unwrap_or("de");
    let proof = prove_address(&context, &staff, body.pseudonym, &body.code, language).await?;
    Ok(match proof {
        Proof::Proven => HttpResponse::Ok().json(json!({ "proven": true })),
        Proof::Wrong { tries_left } => {
            HttpResponse::Ok().json(json!({ "proven": false, "tries_left": tries_left }))
        }
    })
}
