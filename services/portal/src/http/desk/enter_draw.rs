//! Enters a person without online ID into a draw.

use actix_web::HttpResponse;
use askama::Template;
use client::{AccessToken, Announced, DrawEntry, DrawEntryAtDesk, PublishedDraw};
use ids::DrawId;

use super::{
    asked_draw::AskedDraw,
    entered::{Entered, EnteredPage},
    person_form::{PersonForm, PersonPart, Purpose},
    trouble::{Refused, Trouble},
    wrong::Wrong,
};
use crate::http::{
    asked::{Asked, What},
    draws::{
        facts::DrawFacts,
        wish_form::{Filled, WishForm},
    },
    frame::Frame,
    page_error::PageError,
    request::{Authority, Request, Staff},
};

#[derive(Template)]
#[template(path = "desk_draw.html")]
struct EntryPage {
    frame: Frame,
    draw: DrawFacts,
    person: PersonPart,
    form: WishForm,
}

/// The form of the page.
#[derive(Clone)]
pub(crate) struct Form {
    draw: DrawId,
    person: PersonForm,
    filled: Filled,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            draw: asked.path("draw")?,
            person: PersonForm::read(asked)?,
            filled: Filled::read(asked)?,
        })
    }
}

pub(crate) async fn ask(
    request: Request<Staff, Authority, AskedDraw<Form>>,
) -> Result<HttpResponse, PageError> {
    // Only who is staff here is shown the form.
    request.token().await?;
    let AskedDraw { draw, typed } = &request.asked;
    let (published, announced) = open(&request, *draw).await?;
    let nothing = || Form { draw: *draw, person: PersonForm::default(), filled: Filled::nothing() };
    let form = typed.clone().unwrap_or_else(nothing);
    Ok(request.visitor.page(&page(&request, &published, &announced, &form, &Wrong::default())))
}

/// The draw, if it can be entered now.
async fn open<A: What>(
    request: &Request<Staff, Authority, A>,
    draw: DrawId,
) -> Result<(PublishedDraw, Announced), PageError> {
    let Request { visitor, authority, .. } = request;
    let published = authority.office.api.draw(draw).await?;
    if !published.draw.is_open(visitor.now()) {
        let desk = visitor.links.desk(&authority.office.id);
        return Err(PageError::refused("draw-not-open", desk));
    }
    let announced = published.announced()?;
    Ok((published, announced))
}

fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    published: &PublishedDraw,
    announced: &Announced,
    form: &Form,
    wrong: &Wrong,
) -> EntryPage {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let Form { person, filled, .. } = form;
    let mut person = PersonPart::new(visitor.texts, offer, person, Purpose::Enter, wrong);
    let form =
        WishForm::new(visitor.texts, offer, published, (announced, &announced.days()), filled);
    let form = form.for_staff(visitor.texts);
    if let Some(field) = form.mistake() {
        person.told.add_mistake(field, visitor.texts.text("draw-wishes-times"));
    }
    let frame = visitor.frame(visitor.texts.text("desk-draw-title"));
    EntryPage {
        frame: if person.told.is_wrong() { frame.of_error() } else { frame },
        draw: DrawFacts::new(visitor, &office.id, offer, &published.draw),
        person,
        form,
    }
}

pub(crate) async fn enter(
    request: Request<Staff, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, asked: form, .. } = &request;
    let (published, announced) = open(&request, form.draw).await?;
    let again = |form: &Form, wrong: &Wrong| {
        let page = page(&request, &published, &announced, form, wrong);
        visitor.page_with_status(wrong.status(), &page)
    };
    if !form.person.mistakes(Purpose::Enter).is_empty() || form.filled.is_impossible() {
        return Ok(again(form, &Wrong::in_the_form()));
    }
    match send(&request, &token, &announced).await? {
        Ok(entry) => Ok(entered(&request, &published, &entry)),
        Err(refused) => {
            let wrong = Wrong::of(refused, Trouble::of)?;
            Ok(again(&Form { person: form.person.after(&wrong), ..form.clone() }, &wrong))
        }
    }
}

/// Shows the document to the identity service, and enters the person whom it names.
///
/// # Errors
/// The form lacks what every form of ours has. The inner error is that of a service.
async fn send(
    request: &Request<Staff, Authority, Form>,
    token: &AccessToken,
    announced: &Announced,
) -> Result<Result<DrawEntry, Refused>, PageError> {
    let Request { visitor, authority, asked: Form { draw, person, filled }, .. } = request;
    let attendee = match person.identified(&visitor.portal, token).await {
        Ok(attendee) => attendee,
        Err(refused) => return Ok(Err(refused)),
    };
    let ticket = if announced.has_independent_identity() {
        match visitor.portal.identity.draw_ticket_at_desk(token, *draw, &attendee).await {
            Ok(ticket) => Some(ticket),
            Err(error) => return Ok(Err(Refused::Identity(error))),
        }
    } else {
        None
    };
    let wishes = filled.wishes(&announced.days());
    let seat = person.seat(attendee, wishes, filled.people()).ok_or(PageError::BadRequest)?;
    // Entering again with the same wishes changes nothing, so each press may have its own key.
    let key = visitor.portal.unguessable();
    let api = &authority.office.api;
    let phone = Some(person.phone()).filter(|number| !number.is_empty());
    let entry = DrawEntryAtDesk {
        request: &seat,
        ticket: ticket.as_deref(),
        phone,
        replaces: person.replaces(),
    };
    let entered = api.enter_draw_at_desk(token, *draw, &key, entry).await;
    Ok(entered.map_err(Refused::Authority))
}

fn entered(
    request: &Request<Staff, Authority, Form>,
    published: &PublishedDraw,
    entry: &DrawEntry,
) -> HttpResponse {
    let Request { visitor, authority, asked: form, .. } = request;
    let entered = Entered { published, entry, has_replaced: form.person.replaces() };
    visitor.page(&EnteredPage::new(visitor, authority, &form.person, &entered))
}
