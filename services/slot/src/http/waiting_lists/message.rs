//! `POST /v1/waiting-list/messages`

use actix_web::HttpResponse;
use ids::{LocationId, OfferId, ServiceId};
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::Token;
use crate::{
    app::waiting_list::read_message::{MessageState, read_message},
    http::{Slots, body::Body, local_time::LocalTime},
};

/// Which message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WaitingListMessageRequest)]
pub(in crate::http) struct MessageRequest {
    /// From the link in the message.
    #[schema(value_type = String, pattern = "^[0-9a-f]{32}$", example = "5f0c2a9e4b7d11e8a3c6d0f19e2b8a47")]
    token: Token,
}

/// What a message asks, and how that stands now.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingListMessage)]
pub(super) struct MessageView {
    /// For what the person waits.
    service: ServiceId,
    /// Where the place stands: `waiting`, `offered`, `asked`, `booked` or `ended`.
    #[schema(value_type = String, example = "offered")]
    status: &'static str,
    /// How many offers can still be declined, or lapse, before the place is lost.
    declines_left: u16,
    /// Until then the person can say that they still wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_by: Option<LocalTime>,
    /// The offer of the message.
    offer: MessageOfferView,
}

/// A seat that is or was offered.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingListMessageOffer)]
struct MessageOfferView {
    id: OfferId,
    /// `open`, `accepted`, `declined`, `lapsed` or `withdrawn`.
    #[schema(value_type = String, example = "open")]
    status: &'static str,
    location: LocationId,
    start: LocalTime,
    end: LocalTime,
    /// Until then it can be accepted.
    valid_until: LocalTime,
    /// `usual`, or `short`: the offer stands for minutes, for people who can come at once. Without an answer it
    /// lapses and does not count as declined.
    #[schema(value_type = String, example = "usual")]
    notice: &'static str,
    /// Accepting gives back an appointment that the person has.
    is_move: bool,
}

impl From<MessageState> for MessageView {
    fn from(state: MessageState) -> Self {
        Self {
            service: state.service,
            status: state.place.as_str(),
            declines_left: state.declines_left,
            answer_by: state.answer_by.map(LocalTime),
            offer: MessageOfferView {
                id: state.offer,
                status: state.offer_status.as_str(),
                location: state.seat.location,
                start: LocalTime(state.seat.start),
                end: LocalTime(state.seat.end),
                valid_until: LocalTime(state.valid_until),
                notice: state.notice.as_str(),
                is_move: state.is_move,
            },
        }
    }
}

/// Read what a message asks
///
/// By the token in its link, without a log-in. It changes nothing. The token is in the body, so that it
/// stands in no log of addresses.
#[utoipa::path(
    post, path = "/v1/waiting-list/messages", tag = "Waiting lists", operation_id = "readWaitingListMessage",
    request_body = MessageRequest,
    responses((status = 200, description = "What it asks.", body = MessageView)),
    extensions(("x-problems" = json!(["offer-not-found"]))),
)]
pub(super) async fn handler(
    slots: Slots,
    body: Body<MessageRequest>,
) -> Result<HttpResponse, Problem> {
    let state = read_message(&slots, &body.0.token.0).await?;
    Ok(HttpResponse::Ok().json(MessageView::from(state)))
}
