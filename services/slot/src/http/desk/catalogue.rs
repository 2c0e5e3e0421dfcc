//! `GET /v1/desk/catalogue`

use actix_web::HttpResponse;
use auth::{Role, Staff};
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{CatalogueNews, RefusedCatalogue},
    http::{Slots, local_time::LocalTime},
};

/// The catalogue in force, and whether it is the newest one.
#[derive(Serialize, ToSchema)]
pub(super) struct CatalogueStateView {
    /// A hash; processes with the same number have the same catalogue.
    version: i64,
    /// When it came into force here.
    in_force_since: LocalTime,
    /// Bookings without a seat by this catalogue, in an English sentence.
    stranded: Option<String>,
    /// The newest catalogue, if it has a mistake and an older one is in force.
    refused: Option<RefusedView>,
}

/// A catalogue that is not in force.
#[derive(Serialize, ToSchema)]
#[schema(as = RefusedCatalogue)]
struct RefusedView {
    at: LocalTime,
    /// Each as `path: what is wrong, what would be right`, in English.
    mistakes: Vec<String>,
}

impl From<CatalogueNews> for CatalogueStateView {
    fn from(news: CatalogueNews) -> Self {
        let refused =
            |RefusedCatalogue { at, mistakes }| RefusedView { at: LocalTime(at), mistakes };
        Self {
            version: news.version,
            in_force_since: LocalTime(news.in_force_since),
            stranded: news.affected,
            refused: news.refused.map(refused),
        }
    }
}

/// Read whether the newest catalogue is in force
///
/// A catalogue with a mistake is refused, and the last good one stays in force. The answer names the
/// mistakes. For supervisors and admins.
#[utoipa::path(
    get, path = "/v1/desk/catalogue", tag = "Front desk", operation_id = "readCatalogueState",
    responses((status = 200, description = "The state in the process that answers.", body = CatalogueStateView)),
    security(("staff" = ["desk"])),
)]
pub(super) async fn show(slots: Slots, staff: Staff) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Supervisor, Role::Admin])?;
    Ok(HttpResponse::Ok().json(CatalogueStateView::from(slots.catalogue_state.news())))
}
