//! The pages, made once when the service starts.
//!
//! Plain HTML without scripts: readable in each browser, in print and with a screen reader. The
//! templates are compiled in and get views, never JSON; askama escapes what they show.

use askama::Template;
use problem::ProblemType;
use serde_json::Value;

use crate::view::{self, Schema, Section, paragraphs, text};

/// The whole reference on one page, so that a browser's search finds everything.
#[derive(Template)]
#[template(path = "reference.html")]
struct ReferencePage {
    title: String,
    version: String,
    intro: Vec<String>,
    /// Name and description of each way to prove who calls.
    ///
    /// For an agency's first question: where do I get a token?
    callers: Vec<(String, String)>,
    sections: Vec<Section>,
    schemas: Vec<Schema>,
    /// Whether the service sends events to the broker, which have a document of their own.
    has_events: bool,
    /// Those that some operation can answer.
    problems: Vec<&'static ProblemType>,
}

/// Where the `type` of a problem document leads to.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    problem: &'static ProblemType,
}

/// The document as a page to read.
///
/// A document without some part yields a page without it.
///
/// # Panics
/// Never: a template that is compiled in can be filled with texts.
pub(crate) fn reference(document: &Value, problems: Vec<&'static ProblemType>) -> String {
    let schemes = document["components"]["securitySchemes"].as_object().into_iter().flatten();
    let page = ReferencePage {
        title: text(&document["info"]["title"]),
        version: text(&document["info"]["version"]),
        intro: paragraphs(&document["info"]["description"]),
        callers: schemes.map(|(name, it)| (name.clone(), text(&it["description"]))).collect(),
        sections: view::sections(document),
        schemas: view::schemas(document),
        has_events: document["paths"].get("/asyncapi.json").is_some(),
        problems,
    };
    page.render().expect("a page of texts")
}

/// What a problem means and what to do about it.
///
/// # Panics
/// Never, as above.
pub(crate) fn problem(problem: &'static ProblemType) -> String {
    ProblemPage { problem }.render().expect("a page of texts")
}
