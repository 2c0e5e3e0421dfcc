//! What everybody may know of a draw: seats, times, counts, the chance, and how to check it.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{Beacon, GivenTickets, PublishedDraw};
use ids::DrawId;

use super::{check::Check, facts::DrawFacts, log::LogState, notice::way_in, witnesses::Witnesses};
use crate::{
    directory::Office,
    http::{
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        request::{Anybody, Authority, Request},
        visit::{self, LocationSummary},
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "draw.html")]
struct DrawPage {
    frame: Frame,
    draw: DrawFacts,
    /// To one's own entry, or into the draw.
    entry: String,
    /// The person has left the draw a moment ago.
    just_left: bool,
    places: Vec<LocationSummary>,
    chance: Chance,
    /// How many draws without a seat count for a person, at most.
    cohorts: u8,
    /// The group for which seats are kept, in German.
    quotas: Vec<String>,
    /// How many staff entered; once the list is closed.
    at_desk: Option<u64>,
    /// The authority runs the log-in too.
    ghosts: bool,
    /// How many tickets another body says to have given.
    given: Option<Cow<'static, str>>,
    /// Who watches the log in which the draw stands.
    witnesses: Option<Witnesses>,
    /// What that log says of itself now.
    log: Option<LogState>,
    check: Option<Check>,
    proof: String,
}

/// Where the chance comes from.
struct Chance {
    commitment: String,
    source: Cow<'static, str>,
    /// Seed and beacon, once they are known.
    revealed: Option<(String, String)>,
}

impl Chance {
    fn of(visitor: &Visitor, published: &PublishedDraw) -> Result<(Self, bool), PageError> {
        let announced = published.announced()?;
        let texts = visitor.texts;
        let source = match &announced.beacon {
            Beacon::Drand(round) => {
                let at = round.published().map(|at| texts.moment(at)).unwrap_or_default();
                let round = round.round.to_string();
                texts.fill_all("draw-source-drand", &[("round", &round), ("time", &at)])
            }
            Beacon::Auditor { name } => texts.fill("draw-source-auditor", "name", name.as_str()),
        };
        let revealed = published.revealed()?;
        let ghosts = !announced.has_independent_identity();
        let revealed = revealed.map(|both| (both.seed.clone(), both.beacon().to_owned()));
        Ok((Self { commitment: announced.commitment, source, revealed }, ghosts))
    }
}

fn in_words(visitor: &Visitor, given: GivenTickets) -> Cow<'static, str> {
    let texts = visitor.texts;
    let (online, desk) = (texts.number(given.online), texts.number(given.desk));
    texts.fill_all("draw-given-by", &[("online", &online), ("desk", &desk)])
}

/// The draw, and whether the person has left it a moment ago.
pub(crate) struct Query {
    draw: DrawId,
    left: bool,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { draw: asked.path("draw")?, left: asked.has("left") })
    }
}

/// Whether the person is logged in and has no entry: the address may be opened after they entered again.
async fn is_out(visitor: &Visitor, office: &Office, draw: DrawId) -> bool {
    let Ok(token) = visitor.token(&office.id).await else { return false };
    let entry = office.api.own_entry(&token, draw).await;
    entry.is_err_and(|error| error.code() == Some("entry-not-found"))
}

pub(crate) async fn show(
    request: Request<Anybody, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = request;
    let published = office.api.draw(asked.draw).await?;
    let draw = DrawFacts::new(&visitor, &office.id, &offer, &published.draw);
    let (chance, ghosts) = Chance::of(&visitor, &published)?;
    let announced = published.announced()?;
    let proof = visitor.links.draw_proof(&office.id, &draw.id);
    let needed = visit::needed_level(&offer, std::slice::from_ref(&published.draw.service));
    let place = |id| LocationSummary::find(&offer, id, visitor.texts);
    let given = published.given()?.filter(|_| !ghosts);
    let witnesses = Witnesses::of(visitor.texts, &published);
    let log = match &witnesses {
        Some(announced) => {
            let whole = visitor.links.log_checkpoint(&office.id, &draw.id);
            LogState::read(&office, announced, whole).await
        }
        None => None,
    };
    let page = DrawPage {
        frame: visitor.frame(visitor.texts.text("draw-title")),
        entry: way_in(&visitor, &office.id, draw.id, needed),
        just_left: asked.left && is_out(&visitor, &office, asked.draw).await,
        places: published.locations.iter().map(place).collect(),
        chance,
        cohorts: announced.cohorts,
        quotas: announced.quotas().map(str::to_owned).collect(),
        at_desk: published.entered_at_desk()?,
        ghosts,
        given: given.map(|given| in_words(&visitor, given)),
        witnesses,
        log,
        check: draw.is_settled().then(|| Check::of(proof.clone(), None)),
        proof,
        draw,
    };
    Ok(visitor.page(&page))
}
