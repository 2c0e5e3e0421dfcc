//! `GET /v1/me/data`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::{AuthorityId, Pseudonym};
use problem::{Problem, types};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Slots, local_time::LocalTime, resource_without_query, run_detached};
use crate::app::export_person::{Export, Section, export_person};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(resource_without_query("/me/data", "GET").route(web::get().to(read)));
}

/// All that an authority keeps about one person.
#[derive(Serialize, ToSchema)]
#[schema(as = PersonalData)]
struct DataView {
    /// Which authority.
    authority: AuthorityId,
    /// The person, as this authority knows them.
    pseudonym: Pseudonym,
    /// When it was read.
    read_at: LocalTime,
    /// Table by table.
    sections: Vec<SectionView>,
}

/// What one table keeps.
#[derive(Serialize, ToSchema)]
#[schema(as = PersonalDataSection)]
struct SectionView {
    /// For example `bookings`; `audit` lists changes and readings with their actors.
    #[schema(value_type = String, example = "bookings")]
    kind: &'static str,
    /// For how many days it is kept after it ended; left out if nothing is deleted by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_days: Option<u16>,
    /// As it is stored, with what is encrypted made readable.
    #[schema(schema_with = reference::any_rows)]
    entries: Vec<Map<String, Value>>,
}

impl From<Section> for SectionView {
    fn from(section: Section) -> Self {
        let Section { kind, kept_days, entries } = section;
        Self { kind, kept_days, entries }
    }
}

/// Read all that is kept about oneself
///
/// For the person alone, logged in as surely as anything of it was done. What is left out is hashes, names
/// of staff, and what would tell of other people.
#[utoipa::path(
    get, path = "/v1/me/data", tag = "Bookings", operation_id = "readOwnData",
    responses((status = 200, description = "Everything.", body = DataView)),
    security(("citizen" = ["bookings"])),
    extensions(("x-problems" = json!(["level-too-low"]))),
)]
pub(super) async fn read(slots: Slots, booker: Booker) -> Result<HttpResponse, Problem> {
    if booker.agency.is_some() {
        let only = "Only the person reads this, and no program that acts for them.";
        return Err(Problem::new(&types::FORBIDDEN).detail(only));
    }
    let authority = slots.catalogue().authority.id.clone();
    let (person, level) = (booker.citizen.pseudonym, booker.citizen.level);
    let export = run_detached(async move { export_person(&slots, person, level).await }).await?;
    let Export { person, at, sections } = export;
    Ok(HttpResponse::Ok().json(DataView {
        authority,
        pseudonym: person,
        read_at: LocalTime(at),
        sections: sections.into_iter().map(SectionView::from).collect(),
    }))
}
