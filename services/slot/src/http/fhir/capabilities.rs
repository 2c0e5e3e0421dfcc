//! `GET /fhir/metadata`: what of FHIR is here.

use actix_web::{HttpRequest, HttpResponse};
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    outcome::FHIR_JSON,
    parameters::{ALL, Interface},
    search::Search,
};

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
    security: Security,
    resource: Vec<Searchable>,
}

/// How programs are authorised.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirSecurity)]
struct Security {
    description: &'static str,
}

/// A kind of resource and how to find it.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirSearchable)]
#[serde(rename_all = "camelCase")]
struct Searchable {
    r#type: &'static str,
    interaction: [Interaction; 2],
    search_param: Vec<SearchParameter>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    operation: Vec<Operation>,
}

/// `read` or `search-type`.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirInteraction)]
struct Interaction {
    code: &'static str,
}

/// One search parameter.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirSearchParameter)]
struct SearchParameter {
    name: &'static str,
    r#type: &'static str,
    documentation: &'static str,
}

/// One operation on the type.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirOperation)]
struct Operation {
    name: &'static str,
    definition: &'static str,
}

impl Searchable {
    fn new(interface: &Interface) -> Self {
        let parameter = |it: &super::parameters::Parameter| SearchParameter {
            name: it.name,
            r#type: it.kind,
            documentation: it.documentation,
        };
        let operation = |it: &super::parameters::Operation| Operation {
            name: it.name,
            definition: it.definition,
        };
        Self {
            r#type: interface.resource,
            interaction: [Interaction { code: "read" }, Interaction { code: "search-type" }],
            search_param: interface.search.iter().map(parameter).collect(),
            operation: interface.operations.iter().map(operation).collect(),
        }
    }
}

/// What of FHIR is here
///
/// The `CapabilityStatement` of FHIR R4, which FHIR's programs ask for first. Every error below `/fhir` is an
/// `OperationOutcome`, whose `details.coding` has the code that other addresses have in their problem documents.
#[utoipa::path(
    get, path = "/fhir/metadata", tag = "FHIR", operation_id = "readFhirCapabilities",
    params(
        ("_format" = Option<String>, Query, description = "`json` or `application/fhir+json`, whatever `Accept` says."),
        ("Accept" = Option<String>, Header, description = "`application/fhir+json` or `application/json`."),
    ),
    responses((status = 200, description = "What can be asked.", content((CapabilityStatement = "application/fhir+json"), (CapabilityStatement = "application/json")))),
    extensions(("x-problems" = json!(["not-acceptable"]))),
)]
pub(in crate::http) async fn read(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let search = Search::with_names(&request, &["_format"])?;
    Ok(search.send_one(&CapabilityStatement {
        resource_type: "CapabilityStatement",
        status: "active",
        date: "2026-11-29",
        kind: "instance",
        implementation: Implementation {
            description: "Appointments of one authority: places, free slots, one's own bookings; find, hold and book",
        },
        fhir_version: "4.0.1",
        format: [FHIR_JSON],
        rest: [Rest {
            mode: "server",
            security: Security {
                description: "Schedules and slots are public. Appointments are those of the person of the access token (OAuth 2, scope bookings), or of the \
                    person for whom an agency acts (scope bookings:write:onbehalf).",
            },
            resource: ALL.iter().map(|interface| Searchable::new(interface)).collect(),
        }],
    }))
}
