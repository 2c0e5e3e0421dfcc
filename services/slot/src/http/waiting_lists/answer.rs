//! `POST /v1/waiting-list/answers`

use std::borrow::Cow;

use actix_web::HttpResponse;
use problem::Problem;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::view::AnsweredView;
use crate::{
    app::waiting_list::answer_offer::{self, answer_by_token},
    domain::waiting::AnswerToken,
    http::{
        Slots,
        body::Body,
        run_detached,
        values::{self, FromText},
    },
};

/// The answer to a message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WaitingListAnswer)]
pub(in crate::http) struct AnswerRequest {
    /// From the link in the message.
    #[schema(value_type = String, pattern = "^[0-9a-f]{32}$", example = "5f0c2a9e4b7d11e8a3c6d0f19e2b8a47")]
    token: Token,
    /// `decline` (not this seat) or `still-waiting` (after an offer lapsed).
    #[schema(value_type = String, pattern = "^(decline|still-waiting)$", example = "decline")]
    answer: Answer,
}

/// The token of a message.
pub(super) struct Token(pub(super) AnswerToken);

impl FromText for Token {
    fn expected() -> Cow<'static, str> {
        "the 32 characters from the link in the message".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        AnswerToken::parse(text).map(Self)
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        values::deserialize(deserializer)
    }
}

/// What a link can say.
struct Answer(answer_offer::Answer);

impl FromText for Answer {
    fn expected() -> Cow<'static, str> {
        "`decline` or `still-waiting`".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        match text {
            "decline" => Some(Self(answer_offer::Answer::Decline)),
            "still-waiting" => Some(Self(answer_offer::Answer::StillWaiting)),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        values::deserialize(deserializer)
    }
}

/// Answer a message without a log-in
///
/// The token in the message's link can decline an offer and confirm that the person still waits, nothing
/// else. Accepting needs a log-in.
#[utoipa::path(
    post, path = "/v1/waiting-list/answers", tag = "Waiting lists", operation_id = "answerOffer",
    request_body = AnswerRequest,
    responses((status = 200, description = "Where the place stands now.", body = AnsweredView)),
    extensions(("x-problems" = json!(["offer-not-found", "offer-over", "not-waiting"]))),
)]
pub(super) async fn handler(
    slots: Slots,
    body: Body<AnswerRequest>,
) -> Result<HttpResponse, Problem> {
    let AnswerRequest { token, answer } = body.0;
    let answered =
        run_detached(async move { answer_by_token(&slots, &token.0, answer.0).await }).await?;
    Ok(HttpResponse::Ok().json(AnsweredView::from(answered)))
}
