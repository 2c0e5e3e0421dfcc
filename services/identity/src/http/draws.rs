//! Tickets for draws: `/authorities/{authority}/draws/{draw}` for the authority that draws, and
//! `POST /draws/{draw}/ticket` for a person.

use actix_web::{HttpRequest, HttpResponse, web};
use draw::{Bytes, Seconds};
use ids::{AuthorityId, DrawId};
use jiff::Timestamp;
use problem::{
    Problem,
    body::{NoBody, Unread, invalid},
    resource_without_query, types,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::TrustLevel;

use super::{dpop::access_token, draw_client::draw_client};
use crate::{
    app::{
        Context,
        draws::{DrawError, announce_draw, countersign_list, prepare_draw, take_ticket},
    },
    ticket_draw::{Announced, DrawKey},
};

/// Adds the routes.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(
            resource_without_query("/authorities/{authority}/draws/{draw}", "PUT")
                .route(web::put().to(prepare)),
        )
        .service(
            resource_without_query("/authorities/{authority}/draws/{draw}/announcement", "PUT")
                .route(web::put().to(announce)),
        )
        .service(
            resource_without_query(
                "/authorities/{authority}/draws/{draw}/countersignature",
                "POST",
            )
            .route(web::post().to(countersign)),
        )
        .service(
            resource_without_query("/draws/{draw}/ticket", "POST").route(web::post().to(ticket)),
        );
}

/// What identity has to say in an announcement.
#[derive(Serialize, ToSchema)]
struct IdentityPart {
    /// The key that signs tickets: a verifier key of C2SP `signed-note`.
    #[schema(example = "id.example/tickets+c95bad38+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c")]
    key: String,
    /// Binds identity to the key of the stamps, which it publishes after the freeze.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    stamp: Bytes<32>,
}

/// What identity learns of an announcement.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DrawAnnouncement)]
struct AnnouncementBody {
    /// The digest of the announcement (`apptdraw/v1`).
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    digest: Bytes<32>,
    /// From then on people can enter: seconds since 1970, as in the announcement.
    #[schema(example = 1_799_049_600)]
    opens: Seconds,
    /// Until then.
    #[schema(example = 1_799_308_800)]
    closes: Seconds,
    /// How sure a log-in must be to enter.
    #[schema(value_type = String, example = "high")]
    level: TrustLevel,
}

/// The list that was frozen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FrozenList)]
struct FrozenBody {
    /// The root over its entries.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    root: Bytes<32>,
}

/// What identity says of all tickets.
#[derive(Serialize, ToSchema)]
struct Countersignature {
    /// A note (C2SP `signed-note`) around the document Tickets of `apptdraw/v1`, for the proof.
    tickets: String,
}

/// What a person enters a draw with.
#[derive(Serialize, ToSchema)]
pub(super) struct DrawTicket {
    /// A note (C2SP `signed-note`) around the document Ticket of `apptdraw/v1`.
    pub(super) ticket: String,
}

impl AnnouncementBody {
    fn announced(self) -> Result<Announced, Problem> {
        let instant = |field, seconds: Seconds| {
            let at = i64::try_from(seconds).ok().and_then(|at| Timestamp::from_second(at).ok());
            at.ok_or_else(|| invalid(field, "expected seconds since 1970, before the year 10000"))
        };
        let (opens, closes) = (instant("opens", self.opens)?, instant("closes", self.closes)?);
        Ok(Announced { digest: self.digest, opens, closes, level: self.level })
    }
}

type Path = web::Path<(String, String)>;

/// What is no name of a draw names none.
fn key(path: &(String, String)) -> Result<DrawKey, Problem> {
    let authority = path.0.parse::<AuthorityId>();
    let authority = authority.map_err(|_| Problem::new(&types::NOT_FOUND))?;
    Ok(DrawKey { authority, draw: draw_id(&path.1)? })
}

/// The same for a draw alone.
pub(super) fn draw_id(text: &str) -> Result<DrawId, Problem> {
    text.parse().map_err(|_| Problem::new(&types::NOT_FOUND))
}

/// Prepare a draw
///
/// For the program of an authority that is about to announce it: what the announcement says about
/// identity. Asked again, the answer is the same.
#[utoipa::path(
    put, path = "/authorities/{authority}/draws/{draw}", tag = "Draws", operation_id = "prepareDraw",
    params(
        ("authority" = String, Path, description = "Whose draw."),
        ("draw" = DrawId, Path, description = "Which draw."),
    ),
    responses((status = 200, description = "Identity's part.", body = IdentityPart)),
    security(("client" = [])),
    extensions(("x-problems" = json!(["unauthenticated", "forbidden", "payload-too-large", "unsupported-media-type"]))),
)]
pub(super) async fn prepare(
    context: web::Data<Context>,
    request: HttpRequest,
    path: Path,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let key = key(&path)?;
    draw_client(&context, &request, &key.authority).await?;
    let part = prepare_draw(&context, &key).await?;
    Ok(HttpResponse::Ok().json(IdentityPart { key: part.key.to_string(), stamp: part.stamp }))
}

/// Announce a draw
///
/// From `opens` to `closes` people get tickets for exactly this announcement.
#[utoipa::path(
    put, path = "/authorities/{authority}/draws/{draw}/announcement", tag = "Draws", operation_id = "announceDraw",
    params(
        ("authority" = String, Path, description = "Whose draw."),
        ("draw" = DrawId, Path, description = "Which draw."),
    ),
    request_body = AnnouncementBody,
    responses((status = 204, description = "It is known.")),
    security(("client" = [])),
    extensions(("x-problems" = json!(["unauthenticated", "forbidden", "draw-not-found", "other-announcement"]))),
)]
pub(super) async fn announce(
    context: web::Data<Context>,
    request: HttpRequest,
    path: Path,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let key = key(&path)?;
    let client = draw_client(&context, &request, &key.authority).await?;
    let body: AnnouncementBody = body.read()?;
    announce_draw(&context, client.id.as_str(), &key, body.announced()?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Countersign a frozen list
///
/// How many tickets were given, and the key of their stamps: for one list only. Asked again for the
/// same list, the answer is the same.
#[utoipa::path(
    post, path = "/authorities/{authority}/draws/{draw}/countersignature", tag = "Draws", operation_id = "countersignList",
    params(
        ("authority" = String, Path, description = "Whose draw."),
        ("draw" = DrawId, Path, description = "Which draw."),
    ),
    request_body = FrozenBody,
    responses((status = 200, description = "What identity says of all tickets.", body = Countersignature)),
    security(("client" = [])),
    extensions(("x-problems" = json!(["unauthenticated", "forbidden", "draw-not-found", "draw-still-open", "other-list"]))),
)]
pub(super) async fn countersign(
    context: web::Data<Context>,
    request: HttpRequest,
    path: Path,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let key = key(&path)?;
    let client = draw_client(&context, &request, &key.authority).await?;
    let FrozenBody { root } = body.read()?;
    let tickets = countersign_list(&context, client.id.as_str(), &key, root).await?;
    Ok(HttpResponse::Ok().json(Countersignature { tickets }))
}

/// Take one's ticket for a draw
///
/// With a token for the authority that draws. Each person has one; asked again, it is the same.
#[utoipa::path(
    post, path = "/draws/{draw}/ticket", tag = "Draws", operation_id = "takeTicket",
    params(("draw" = DrawId, Path, description = "Which draw.")),
    responses((status = 200, description = "The ticket.", body = DrawTicket)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["wrong-audience", "payload-too-large", "unsupported-media-type", "level-too-low", "draw-not-found", "draw-not-open", "entered-in-doubt"]))),
)]
pub(super) async fn ticket(
    context: web::Data<Context>,
    request: HttpRequest,
    draw: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let claims = access_token(&context, &request).await?;
    let ticket = take_ticket(&context, &claims, draw_id(&draw)?).await?;
    Ok(HttpResponse::Ok().json(DrawTicket { ticket }))
}

impl From<DrawError> for Problem {
    fn from(error: DrawError) -> Self {
        match error {
            DrawError::NoSuchDraw => Self::new(&types::DRAW_NOT_FOUND)
                .detail("This authority has announced no such draw to identity."),
            DrawError::OtherAnnouncement => Self::new(&types::OTHER_ANNOUNCEMENT),
            DrawError::Window => {
                Self::new(&types::INVALID_REQUEST).detail("`closes` must be after `opens`.")
            }
            DrawError::NotOpen => Self::new(&types::DRAW_NOT_OPEN),
            DrawError::StillOpen => Self::new(&types::DRAW_STILL_OPEN),
            DrawError::OtherList => Self::new(&types::OTHER_LIST),
            DrawError::InDoubt => Self::new(&types::ENTERED_IN_DOUBT),
            DrawError::LevelTooLow(required) => {
                Self::new(&types::LEVEL_TOO_LOW).with("required_level", required.as_str())
            }
            DrawError::Attendee(_) => Self::new(&types::ATTENDEE_INVALID).detail(
                "Send what `POST /desk/persons` of this authority answered, within minutes. Else look at the \
                 document again.",
            ),
            DrawError::DocumentNeeded => Self::new(&types::DOCUMENT_NEEDED),
            DrawError::OnlineTicket => Self::new(&types::ONLINE_TICKET),
            DrawError::Caller(problem) => problem,
            DrawError::Desk(error) => error.into(),
            DrawError::Store(error) => Self::new(&types::INTERNAL).caused_by(error),
            DrawError::Seal(error) => Self::new(&types::INTERNAL).caused_by(error),
        }
    }
}
