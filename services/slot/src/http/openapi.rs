//! The OpenAPI document of this service. A handler describes itself; here they are listed.

use std::sync::{Arc, LazyLock};

use ambient::Clock;
use reference::{Caller, Callers, Reference, Served, schema_of};
use serde_json::Value;
use url::Url;
use utoipa::{
    OpenApi, PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::{
    assigned_dates, availability, bookings, catalogue,
    deprecation::{DEPRECATED, mark},
    desk, directory, draws, entitlements, fhir, holds, log, me,
    problem::RULES,
    statistics, waiting_lists,
};

const CALLERS: Callers =
    Callers(&[Caller::Citizen, Caller::OnBehalf, Caller::Staff, Caller::Agency]);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fairtermin slot API",
        version = "1",
        description = "Appointments of one authority: what it offers, what is free, holds and bookings.\n\n\
            Times are RFC 3339 with offset; days are local days of Europe/Berlin. A program ignores fields that it \
            does not know: within version 1 only additions are made. The service is stricter: a field or parameter that \
            it does not know is refused. Bodies are JSON in UTF-8. What everybody may know can be read by scripts of any \
            page (CORS), without cookies and tokens.\n\n\
            Every problem is a document of its own type (RFC 9457). 409, 410, 412 and 422 will not go away by repeating \
            the request; 429 and 503 name in `Retry-After` when they will. What a caller may ask per minute and what is \
            left of it stands in `RateLimit-Policy` and `RateLimit` of every answer to a token. Each answer has an `X-Request-Id` that the \
            operator can look for.\n\n\
            Examples are of the demo: places and services are those of its Bürgeramt, applications on file those of its \
            LEA. Their days are told by a running service as of the coming Monday, so that they can be asked for; in the \
            file of its sources that is 4 January 2027.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    tags(
        (name = "Catalogue", description = "What the authority offers, where."),
        (name = "Availability", description = "What is free. It is no promise: the hold decides."),
        (name = "Statistics", description = "Open data about days and months, with nothing about a person."),
        (name = "Holds", description = "A seat for some minutes, while a person decides."),
        (name = "Draws", description = "Seats that are given away by lottery. Being fast gains nothing, and anybody can recompute the result."),
        (name = "Public log", description = "What draws rest on stands here, and witnesses see that it only grows. The formats are those of C2SP `tlog-tiles` and `tlog-checkpoint`."),
        (name = "Waiting lists", description = "Seats that become free are first offered to the people in line, in the order of the line."),
        (name = "Bookings", description = "Appointments of the person who is logged in."),
        (name = "Entitlements", description = "Permission to book a service that needs one."),
        (name = "FHIR", description = "Places, free slots and one's own bookings by the names of HL7 FHIR R4, and IHE's `$find`, `$hold` and `$book`. Errors are `OperationOutcome`."),
        (name = "Front desk", description = "For staff of the authority."),
    ),
    paths(
        directory::read, catalogue::authority, catalogue::services, catalogue::locations,
        availability::days, availability::slots, availability::earliest, availability::slots_for_staff,
        statistics::days::read, statistics::months::read,
        holds::create::handler, holds::list::handler, holds::release::handler, holds::extend::handler,
        bookings::confirm::handler, bookings::read::list, bookings::read::one, bookings::cancel::handler,
        bookings::act::handler, me::read,
        draws::read::list, draws::read::one, draws::proof::handler, draws::enter::handler, draws::own::read, draws::own::end, draws::own::withdraw,
        draws::end::handler, draws::answer::accept, draws::answer::decline,
        log::checkpoint::handler, log::tile::handler, log::document::handler,
        waiting_lists::read::handler, waiting_lists::own::read, waiting_lists::join::handler, waiting_lists::own::leave, waiting_lists::own::still_waiting,
        waiting_lists::offers::accept, waiting_lists::offers::decline, waiting_lists::message::handler, waiting_lists::answer::handler,
        desk::assigned_dates::assign, desk::assigned_dates::list, desk::accept_date::accept, desk::assigned_dates::withdraw, desk::bookings::search, desk::bookings::cancel, desk::calendar::read, desk::cases::read, desk::cases::approve, desk::catalogue::show, desk::closings::close, desk::entitlements::release, desk::limits::lift, desk::on_behalf::hold, desk::on_behalf::confirm,
        desk::draws::enter, desk::draws::withdraw, desk::draws::find, desk::draw_calls::calls, desk::draw_calls::accept, desk::draw_calls::decline, desk::draw_calls::told, desk::waiting_list::join, desk::waiting_list::leave, desk::waiting_list::still_waiting,
        desk::waiting_list::calls, desk::waiting_list::accept, desk::waiting_list::decline,
        desk::queue::issue, desk::queue::list, desk::queue::act, desk::shares::read, desk::staff_counts::read,
        entitlements::post::one, entitlements::post_many::many, entitlements::claim::claim,
        entitlements::withdraw::withdraw, entitlements::release::release, entitlements::reissue::reissue,
        entitlements::date::assign, entitlements::date::read, entitlements::date::withdraw,
        assigned_dates::own::read, assigned_dates::accept::handler, assigned_dates::decline::handler,
        fhir::capabilities::read, fhir::schedules::search, fhir::schedules::read, fhir::slots::search, fhir::slots::read,
        fhir::schedules::search_by_form, fhir::slots::search_by_form, fhir::appointments::search_by_form,
        fhir::appointments::search, fhir::appointments::read, fhir::find::get, fhir::find::post, fhir::hold::handler, fhir::book::handler,
    ),
    modifiers(&CALLERS),
)]
struct Api;

/// Types of the catalogue, whose schemas are made from what the catalogue accepts.
macro_rules! from_the_catalogue {
    ($($name:ident = $type:ty;)+) => {$(
        pub(super) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                schema_of::<$type>()
            }
        }

        impl ToSchema for $name {}
    )+};
}

from_the_catalogue! {
    Texts = ::catalogue::Texts;
    Keywords = ::catalogue::Keywords;
    Language = vocabulary::Language;
    TrustLevel = vocabulary::TrustLevel;
}

/// The whole document, with every problem that an operation may answer.
#[must_use]
pub fn document() -> Value {
    let mut document = reference::complete_with_events(&Api::openapi(), &RULES);
    fhir::describe_outcomes(&mut document);
    reference::describe_headers(&mut document);
    mark(&mut document, &DEPRECATED);
    document
}

/// The document and its pages, of the service that is reached at `public_url`. Made once per
/// process.
pub(crate) fn reference_at(public_url: &Url, clock: Arc<dyn Clock>) -> Arc<Served> {
    static REFERENCE: LazyLock<Reference> =
        LazyLock::new(|| Reference::new(document(), &RULES).with_events(proto::ASYNCAPI));
    Arc::new(REFERENCE.served_at(public_url.as_str(), clock))
}
