//! What an e-mail says, once for text and HTML. What it is about has a file each,
//! head and foot are in `sender`.

use askama::Template;

use crate::text::Texts;

mod address;
mod appointment;
mod cancelled;
mod date_ended;
mod not_drawn;
mod notes;
mod paused;
mod sender;
mod waiting;

/// The content of an e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) language: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) subject: String,
    pub(crate) heading: String,
    pub(crate) greeting: String,
    pub(crate) intro: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) action: Option<Action>,
    pub(crate) notes: Vec<String>,
    pub(crate) closing: String,
    pub(crate) signature: String,
    pub(crate) footer: String,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) lines: Vec<String>,
    /// What is no longer so.
    pub(crate) struck: bool,
}

impl Fact {
    /// How many people come together; left out for one.
    fn of_people(texts: Texts, people: u32) -> Option<Self> {
        (people > 1).then(|| Self {
            label: texts.text("people"),
            lines: vec![people.to_string()],
            struck: false,
        })
    }
}

/// The one thing that a person may want to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Action {
    pub(crate) label: String,
    pub(crate) url: String,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    letter: &'a Letter,
}

#[derive(Template)]
#[template(path = "letter.txt", escape = "none")]
struct Text<'a> {
    letter: &'a Letter,
}

impl Letter {
    /// The HTML part.
    pub(crate) fn html(&self) -> Result<String, askama::Error> {
        Html { letter: self }.render()
    }

    /// The text part, for mail programs without HTML.
    pub(crate) fn text(&self) -> Result<String, askama::Error> {
        Text { letter: self }.render()
    }
}
