//! `GET /v1/holds`

use actix_web::HttpResponse;
use auth::Booker;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::HoldView;
use crate::{
    app::{
        giving_up::{GivingUpHold, giving_up_hold},
        hold_slot::Held,
        list_holds::list_holds,
    },
    domain::Actor,
    http::{Slots, booker::actor},
};

/// Several holds.
#[derive(Serialize, ToSchema)]
pub(super) struct Holds {
    holds: Vec<HoldView>,
}

/// List one's own holds
///
/// The person's holds that are in force, with their tokens: for a client that lost an answer or a page. A hold
/// of a service that asks for a surer log-in is left out. One that staff took for the person (`by_staff`) is listed to the person alone,
/// who may release it; only the office confirms it. In answers to the person themselves each hold has what
/// follows if it is given up or runs out.
#[utoipa::path(
    get, path = "/v1/holds", tag = "Holds", operation_id = "listOwnHolds",
    responses((status = 200, description = "At most one in each service group.", body = Holds)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["holds-unavailable"]))),
)]
pub(in crate::http) async fn handler(
    slots: Slots,
    booker: Booker,
) -> Result<HttpResponse, Problem> {
    let actor = actor(&booker);
    let held = list_holds(&slots, &actor, booker.citizen.pseudonym, booker.citizen.level).await?;
    // What a person did before is no business of a program that acts for them.
    let is_own = matches!(actor, Actor::Citizen(_));
    let mut holds = Vec::with_capacity(held.len());
    for held in held {
        let giving_up = if is_own { giving_up(&slots, &held).await } else { None };
        let view = HoldView::from(held);
        holds.push(match giving_up {
            Some(giving_up) => view.with(giving_up),
            None => view,
        });
    }
    Ok(HttpResponse::Ok().json(Holds { holds }))
}

/// What follows if the hold is given up. Holds are listed although the database does not answer: then only
/// this is missing.
async fn giving_up(slots: &Slots, held: &Held) -> Option<GivingUpHold> {
    match giving_up_hold(slots, held).await {
        Ok(giving_up) => Some(giving_up),
        Err(error) => {
            tracing::warn!(%error, hold = %held.hold.id, "cannot read what a person did before; their hold is listed without what follows if it is given up");
            None
        }
    }
}
