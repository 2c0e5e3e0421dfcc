//! What a person whom staff entered into a draw takes home: the number of the entry, how they learn the result,
//! and the receipt.

use std::borrow::Cow;

use askama::Template;
use client::{DrawEntry, PublishedDraw};

use super::person_form::PersonForm;
use crate::http::{
    draws::facts::DrawFacts, frame::Frame, request::Authority, visit, visitor::Visitor,
    waiting_list::words,
};

/// The entry as it was made.
pub(super) struct Entered<'a> {
    pub(super) published: &'a PublishedDraw,
    pub(super) entry: &'a DrawEntry,
    /// In the place of one that a desk made before.
    pub(super) has_replaced: bool,
}

/// The page to print, in the person's language. No address has the person's name: the page answers the form.
#[derive(Template)]
#[template(path = "desk_entered.html")]
pub(super) struct EnteredPage {
    frame: Frame,
    /// The frame of the part that the person takes home.
    paper: Frame,
    has_replaced: bool,
    draw: DrawFacts,
    person: String,
    people: Option<Cow<'static, str>>,
    /// The best first.
    wishes: Vec<String>,
    number: String,
    learns: Cow<'static, str>,
    /// As it is signed: a text of some lines.
    receipt: String,
}

impl EnteredPage {
    pub(super) fn new(
        visitor: &Visitor,
        Authority { office, offer }: &Authority,
        person: &PersonForm,
        &Entered { published, entry, has_replaced }: &Entered<'_>,
    ) -> Self {
        let reader = visitor.clone().reading(person.language());
        let texts = reader.texts;
        let draw = DrawFacts::new(&reader, &office.id, offer, &published.draw);
        let people = visit::people(texts, entry.people);
        let wishes = entry.wishes.iter().map(|wish| words::in_words(texts, offer, wish));
        Self {
            frame: visitor.frame(visitor.texts.text("desk-entered")),
            paper: reader.frame(texts.text("desk-entered")),
            has_replaced,
            person: person.name(),
            people,
            wishes: wishes.collect(),
            number: entry.id.to_string(),
            learns: match (person.phone(), &entry.phoned_by) {
                ("", _) => texts.fill("desk-learns-ask", "time", draw.result_not_before()),
                (number, Some(_)) => texts.fill("desk-learns-phone", "number", number),
                // The number is not kept: messages reach the person.
                (_, None) => texts.text("desk-learns-mail"),
            },
            receipt: entry.receipt.clone(),
            draw,
        }
    }
}
