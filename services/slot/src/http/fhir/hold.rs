//! IHE's `$hold` (ITI-116): takes a visit for some minutes.

use actix_web::{HttpRequest, HttpResponse};
use auth::Booker;
use calendar::Channel;
use ids::BookingId;
use problem::{Problem, types};

use super::{
    bundle::{Bundle, refused},
    input::{AppointmentId, Input, Parameters},
    outcome::FHIR_JSON,
    resources::Resource,
    search::Search,
    visit_id::VisitId,
};
use crate::{
    app::{
        Engine,
        hold_slot::{Held, HoldSlot, hold_slot},
    },
    http::{Slots, body::invalid, booker::actor},
};

/// Hold a visit (IHE ITI-116)
///
/// `appointment-reference` names one that `$find` proposed. It is taken for some minutes, as by `POST /v1/holds`, and
/// is an `Appointment` that is `pending`: book it by `$book`. If it is gone, an `OperationOutcome` in the bundle says so (`fatal`,
/// `not-found`). While the person holds another one of its group, `diagnostics` says which, and until when.
#[utoipa::path(
    post, path = "/fhir/Appointment/$hold", tag = "FHIR", operation_id = "holdFhirAppointment",
    request_body(content = Parameters, content_type = "application/fhir+json"),
    responses((status = 200, description = "A searchset with the held appointment.", content((Bundle = "application/fhir+json")))),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "not-found", "not-acceptable", "unsupported-media-type", "unknown-service", "unknown-location", "services-not-combinable", "slot-not-offered", "slot-in-past",
        "closed", "slot-off-grid", "wrong-duration", "allocated-by-draw", "assigned-by-office", "slot-taken", "asked-too-soon", "already-holding", "held-by-staff", "already-booked",
        "holds-unavailable", "booking-not-found", "booking-not-active", "person-merged", "rules"
    ]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    request: HttpRequest,
    input: Input,
) -> Result<HttpResponse, Problem> {
    Search::with_names(&request, &["_format"])?;
    let input = input.0.only(&["appointment-reference"])?;
    let wanted = match input.appointment("appointment-reference")? {
        Some(AppointmentId::Proposed(visit)) => visit,
        Some(AppointmentId::Held(_) | AppointmentId::Booked(_)) => {
            let reason = "must name a proposed appointment; this one is held or booked already";
            return Err(invalid("appointment-reference", reason));
        }
        None => return Err(invalid("appointment-reference", "is missing")),
    };
    match take(&slots, &booker, &wanted, None).await {
        Ok(held) => {
            let held = Resource::held(&slots.catalogue(), &held);
            let bundle = Bundle::one(&request, held, None);
            Ok(HttpResponse::Ok().content_type(FHIR_JSON).json(bundle))
        }
        Err(problem) => refused(&request, problem),
    }
}

/// Holds the visit for the person; it may take the place of a booking.
pub(super) async fn take(
    slots: &Engine,
    booker: &Booker,
    wanted: &VisitId,
    replaces: Option<BookingId>,
) -> Result<Held, Problem> {
    let visit = wanted.named(&slots.catalogue());
    let visit = visit.ok_or_else(|| {
        Problem::new(&types::NOT_FOUND)
            .detail("The authority has no such location or service any more.")
    })?;
    let command = HoldSlot {
        actor: actor(booker),
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
        doubt: booker.citizen.doubt,
        channel: Channel::Public,
        location: visit.location,
        start: visit.start,
        end: Some(visit.end),
        services: visit.services,
        people: 1,
        replaces,
    };
    Ok(hold_slot(slots, command).await?)
}
