//! `GET /v1/waiting-lists`

use actix_web::HttpResponse;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::ListView;
use crate::{app::waiting_list::read_lists::read_lists, http::Slots};

/// Several waiting lists.
#[derive(Serialize, ToSchema)]
pub(super) struct WaitingLists {
    /// One per service that has one.
    waiting_lists: Vec<ListView>,
}

/// List waiting lists
///
/// With their rules and how many people wait.
#[utoipa::path(
    get, path = "/v1/waiting-lists", tag = "Waiting lists", operation_id = "listWaitingLists",
    responses((status = 200, description = "All of them.", body = WaitingLists)),
)]
pub(super) async fn handler(slots: Slots) -> Result<HttpResponse, Problem> {
    let lists = read_lists(&slots).await?;
    let waiting_lists = lists.into_iter().map(ListView::from).collect();
    Ok(HttpResponse::Ok().json(WaitingLists { waiting_lists }))
}
