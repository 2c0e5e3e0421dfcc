//! `GET /fhir/metadata`: what of FHIR is here.

use actix_web::{HttpRequest, HttpResponse};
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::MEDIA_TYPES;
use crate::http::{media_type::preferred, query::Query};

/// What of FHIR is here.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirCapabilityStatement)]
#[serde(rename_all = "camelCase")]
struct CapabilityStatement {
    /// `CapabilityStatement`
    resource_type: &'static str,
    status: &'static str,
    /// When this statement changed last.
    #[schema(format = Date)]
    date: &'static str,
    kind: &'static str,
    implementation: Implementation,
    fhir_version: &'static str,
    format: [&'static str; 1],
    rest: [Rest; 1],
}

/// What it is.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirImplementation)]
struct Implementation {
    description: &'static str,
}

/// What can be asked.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirRest)]
struct Rest {
    mode: &'static str,
    resource: [Searchable; 3],
}

/// A kind of resource and how to find it.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirSearchable)]
#[serde(rename_all = "camelCase")]
struct Searchable {
    r#type: &'static str,
    interaction: [Interaction; 1],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    search_param: &'static [Parameter],
}

/// Always `search-type`.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirInteraction)]
struct Interaction {
    code: &'static str,
}

/// One search parameter.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirSearchParameter)]
struct Parameter {
    name: &'static str,
    r#type: &'static str,
}

const SLOT: &[Parameter] = &[
    Parameter { name: "schedule", r#type: "reference" },
    Parameter { name: "service-type", r#type: "token" },
    Parameter { name: "start", r#type: "date" },
];

const fn searchable(kind: &'static str, by: &'static [Parameter]) -> Searchable {
    let interaction = [Interaction { code: "search-type" }];
    Searchable { r#type: kind, interaction, search_param: by }
}

/// What of FHIR is here
///
/// The `CapabilityStatement` of FHIR R4, which FHIR's programs ask for first. Problems are
/// documents after RFC 9457 here too, not `OperationOutcome`.
#[utoipa::path(
    get, path = "/fhir/metadata", tag = "FHIR", operation_id = "readFhirCapabilities",
    params(("Accept" = Option<String>, Header, description = "`application/fhir+json` or `application/json`.")),
    responses((status = 200, description = "What can be asked.", content((CapabilityStatement = "application/fhir+json"), (CapabilityStatement = "application/json")))),
    extensions(("x-problems" = json!(["not-acceptable"]))),
)]
pub(in crate::http) async fn read(
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    query.only(&[])?;
    let media_type = preferred(&request, &MEDIA_TYPES)?;
    let resource =
        [searchable("Schedule", &[]), searchable("Slot", SLOT), searchable("Appointment", &[])];
    Ok(HttpResponse::Ok().content_type(media_type).json(CapabilityStatement {
        resource_type: "CapabilityStatement",
        status: "active",
        date: "2026-11-27",
        kind: "instance",
        implementation: Implementation {
            description: "Appointments of one authority: places, free slots, one's own bookings",
        },
        fhir_version: "4.0.1",
        format: ["application/fhir+json"],
        rest: [Rest { mode: "server", resource }],
    }))
}
