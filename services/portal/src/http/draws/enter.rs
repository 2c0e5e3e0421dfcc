//! Enters a draw, or changes what one wishes.

use actix_web::HttpResponse;
use askama::Template;
use client::{Announced, CallMe, ClientError, DrawEntry, EntryRequest, PublishedDraw};
use ids::DrawId;
use jiff::civil::Date;

use super::{
    earlier::{Replaced, days_to_wish, replaced},
    facts::DrawFacts,
    may_enter::{elsewhere, require_may_enter},
    phone_form::{PhoneForm, TypedPhone, typed},
    wish_form::{Filled, WishForm},
};
use crate::{
    http::{
        application::Application,
        asked::{Asked, What},
        barring::{OpenBooking, look_for_booking},
        frame::Frame,
        page_error::PageError,
        request::{Authority, Person, Request},
        search::SearchCriteria,
        visit,
        visitor::go_to,
    },
    session::Session,
};

#[derive(Template)]
#[template(path = "draw_wishes.html")]
struct WishesPage {
    frame: Frame,
    draw: DrawFacts,
    form: WishForm,
    /// The person is in the draw already.
    is_change: bool,
    /// The application that the service asks for.
    application: Option<Application>,
    /// The field of the wish that ends before it begins, if one does.
    mistake: Option<String>,
    /// In a draw of earlier appointments: the one that a win would replace.
    replaced: Option<Replaced>,
    /// Where winners must confirm: the number of a person without e-mail.
    phone: Option<PhoneForm>,
    /// A wish was refused that no appointment of the draw fits.
    fits_nothing: bool,
}

/// The draw, and what was filled in and cannot be.
pub(crate) struct Asking {
    draw: DrawId,
    filled: Option<Filled>,
    fits_nothing: bool,
    phone: TypedPhone,
}

impl What for Asking {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let filled = asked.has("again").then(|| Filled::read(asked)).transpose()?;
        // What was typed before a log-in is newer than the address.
        let typed = asked.typed().and_then(|typed| Filled::read(&typed).ok());
        let fits_nothing = asked.has("unfit") && typed.is_none();
        let (draw, phone) = (asked.path("draw")?, TypedPhone::read(asked));
        Ok(Self { draw, filled: typed.or(filled), fits_nothing, phone })
    }
}

/// The person's entry; `None` if they have none.
pub(super) async fn own_entry<A: What>(
    request: &Request<Person, Authority, A>,
    draw: DrawId,
) -> Result<Option<DrawEntry>, PageError> {
    let token = request.token().await?;
    match request.authority.office.api.own_entry(&token, draw).await {
        Ok(entry) => Ok(Some(entry)),
        Err(error) if error.code() == Some("entry-not-found") => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn ask(
    request: Request<Person, Authority, Asking>,
) -> Result<HttpResponse, PageError> {
    let Asking { draw, filled, fits_nothing, phone } = &request.asked;
    let published = request.authority.office.api.draw(*draw).await?;
    demand(&request, &published)?;
    let announced = published.announced()?;
    let entry = own_entry(&request, *draw).await?;
    let present = present(&request, &published, entry.as_ref()).await;
    if entry.is_none() {
        require_may_enter(&request, &published.draw, &present).await?;
    }
    let days = days_to_wish(&published.draw, &announced, &present);
    let known = entry
        .as_ref()
        .map_or_else(Filled::nothing, |entry| Filled::of(&entry.wishes, entry.people, &days));
    let filled = filled.clone().unwrap_or(known);
    let page = page(&request, &published, (&announced, &days), &filled);
    let is_refused = *fits_nothing || phone.is_wrong();
    let frame = if is_refused { page.frame.of_error() } else { page.frame };
    let is_change = entry.is_some();
    let application = application(&request, &published).filter(|_| !is_change);
    // What is saved names the present appointment, whichever the entry named before.
    let replaced = replaced(request.visitor.texts, &published.draw, None, &present);
    let phone = PhoneForm::of(&request, &published.draw, entry.as_ref(), phone).await?;
    let fits_nothing = *fits_nothing;
    let form = if fits_nothing { page.form.unfit() } else { page.form };
    let page =
        WishesPage { frame, form, is_change, application, replaced, phone, fits_nothing, ..page };
    Ok(request.visitor.page(&page))
}

/// The appointment of the kind that the person has, if the form has to know it.
async fn present<A: What>(
    request: &Request<Person, Authority, A>,
    published: &PublishedDraw,
    entry: Option<&DrawEntry>,
) -> OpenBooking {
    let draw = &published.draw;
    if entry.is_some() && !draw.needs_appointment {
        return OpenBooking::Unknown;
    }
    let service = std::slice::from_ref(&draw.service);
    look_for_booking(&request.visitor, &request.authority, service).await
}

/// Whether the application was proven in another session only the authority knows, so who has not proven it in this
/// one is told.
fn application<A: What>(
    request: &Request<Person, Authority, A>,
    published: &PublishedDraw,
) -> Option<Application> {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let criteria = SearchCriteria::service(published.draw.service.clone());
    Application::of(visitor, &office.id, offer, &criteria)
}

/// Refuses early what the authority would refuse after everything was filled in.
fn demand<A: What>(
    request: &Request<Person, Authority, A>,
    published: &PublishedDraw,
) -> Result<(), PageError> {
    let Request { visitor, authority, .. } = request;
    let service = std::slice::from_ref(&published.draw.service);
    visitor.demand(visit::needed_level(&authority.offer, service))?;
    if published.draw.is_open(visitor.now()) {
        return Ok(());
    }
    Err(not_open(request, published))
}

fn page<A: What>(
    request: &Request<Person, Authority, A>,
    published: &PublishedDraw,
    (announced, days): (&Announced, &[Date]),
    filled: &Filled,
) -> WishesPage {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let form = WishForm::new(visitor.texts, offer, published, (announced, days), filled);
    let mistake = form.mistake();
    let frame = visitor.frame(visitor.texts.text("draw-wishes-title"));
    WishesPage {
        frame: if mistake.is_some() { frame.of_error() } else { frame },
        draw: DrawFacts::new(visitor, &office.id, offer, &published.draw),
        form,
        is_change: false,
        application: None,
        mistake,
        replaced: None,
        phone: None,
        fits_nothing: false,
    }
}

/// The form of the page.
pub(crate) struct Form {
    draw: DrawId,
    filled: Filled,
    phone: Option<CallMe>,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        let phone = typed(asked)?;
        Ok(Self { draw: asked.path("draw")?, filled: Filled::read(asked)?, phone })
    }
}

pub(crate) async fn enter(
    request: Request<Person, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority, asked: Form { draw, filled, phone }, .. } = &request;
    let api = &authority.office.api;
    let published = api.draw(*draw).await?;
    demand(&request, &published)?;
    let announced = published.announced()?;
    if filled.is_impossible() {
        return Ok(again(&request, "again"));
    }
    // A wish is sent as days of the week: another week's day would become one that nobody chose.
    if filled.is_outside(&announced.days(), &published.locations, announced.most_people()) {
        return Ok(again(&request, "again&unfit"));
    }
    let token = request.token().await?;
    let attendee = visitor.portal.identity.attendee(&token).await;
    let entry = EntryRequest {
        wishes: filled.wishes(&announced.days()),
        people: filled.people(),
        attendee: attendee.map_err(PageError::identity_down)?,
        language: authority.offer.tells_in(visitor.language()),
        ticket: ticket(&request, &published, &announced).await?,
        phone: phone.clone(),
    };
    // Entering again with the same wishes changes nothing, so each press may have its own key.
    let key = visitor.portal.unguessable();
    if let Err(error) = api.enter_draw(&token, *draw, &key, &entry).await {
        // What the form offers can be read: a wish fits no appointment of the draw.
        if error.code() == Some("invalid-request") {
            let is_phone = is_about_phone(&error);
            return Ok(again(&request, if is_phone { "again&phone-wrong" } else { "again&unfit" }));
        }
        return refused(&request, &published, error).await;
    }
    let own = visitor.links.entry(&authority.office.id, draw);
    Ok(go_to(format!("{own}?entered")))
}

/// Back to the form, a page of its own address: what was filled in stays when the language changes. A number must
/// stand in no address, so the form asks for it again.
fn again(request: &Request<Person, Authority, Form>, why: &str) -> HttpResponse {
    let Request { visitor, authority, asked: Form { draw, filled, phone }, .. } = request;
    let form = visitor.links.wishes(&authority.office.id, draw);
    let phone = phone.as_ref().map(|phone| format!("phone-again={}&", phone.location));
    go_to(format!("{form}?{why}&{}{}", phone.unwrap_or_default(), filled.query()))
}

/// Whether the telephone number was refused.
fn is_about_phone(error: &ClientError) -> bool {
    let refusal = error.refusal();
    let field = refusal.and_then(|refusal| refusal.extensions.get("field"));
    field.and_then(|field| field.as_str()).is_some_and(|field| field.starts_with("phone"))
}

/// The person's ticket, where another body than the authority runs the log-in: it shows that the person
/// exists. A changed entry keeps its ticket.
async fn ticket(
    request: &Request<Person, Authority, Form>,
    published: &PublishedDraw,
    announced: &Announced,
) -> Result<Option<String>, PageError> {
    if !announced.has_independent_identity()
        || own_entry(request, published.draw.id).await?.is_some()
    {
        return Ok(None);
    }
    let (visitor, token) = (&request.visitor, request.token().await?);
    let given = visitor.portal.identity.draw_ticket(&token, published.draw.id).await;
    given.map(Some).map_err(|error| match error.code() {
        // It does not know of the draw yet, or closes by its own clock.
        Some("draw-not-found" | "draw-not-open") => not_open(request, published),
        Some("entered-in-doubt") => error.into(),
        _ => visitor.identity_refused(error),
    })
}

/// The draw takes no entries now.
fn not_open<A: What>(
    request: &Request<Person, Authority, A>,
    published: &PublishedDraw,
) -> PageError {
    let criteria = SearchCriteria::service(published.draw.service.clone());
    let again = request.visitor.links.days(&request.authority.office.id, &criteria);
    PageError::refused("draw-not-open", again)
}

/// A person who must prove first that an application is on file is sent there; others read why they
/// cannot enter.
async fn refused(
    request: &Request<Person, Authority, Form>,
    published: &PublishedDraw,
    error: ClientError,
) -> Result<HttpResponse, PageError> {
    let (links, authority) = (request.visitor.links, &request.authority.office.id);
    let criteria = SearchCriteria::service(published.draw.service.clone());
    if error.code() == Some("entitlement-required") {
        let forget = |session: &mut Session| session.forget_claims(authority, &criteria.services);
        request.visitor.session.change(forget);
        return Ok(go_to(links.entitlement(authority, &criteria)));
    }
    if error.code() == Some("already-entered") {
        let other = elsewhere(request, &published.draw).await;
        return Err(
            other.unwrap_or_else(|| PageError::from(error).choose_again_at(links.appointments()))
        );
    }
    Err(PageError::from(error).choose_again_at(links.days(authority, &criteria)))
}
