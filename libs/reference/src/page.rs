//! The pages, made once when the service starts.

use askama::Template;
use problem::ProblemType;
use serde_json::Value;

use crate::view::{self, Schema, Section, paragraphs, text};

#[derive(Template)]
#[template(path = "reference.html")]
struct ReferencePage {
    title: String,
    version: String,
    intro: Vec<String>,
    /// Name and description of each way to prove who calls.
    callers: Vec<(String, String)>,
    sections: Vec<Section>,
    schemas: Vec<Schema>,
    problems: Vec<&'static ProblemType>,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    problem: &'static ProblemType,
}

/// The document as a page to read.
pub(crate) fn reference(document: &Value, problems: Vec<&'static ProblemType>) -> String {
    let schemes = document["components"]["securitySchemes"].as_object().into_iter().flatten();
    let page = ReferencePage {
        title: text(&document["info"]["title"]),
        version: text(&document["info"]["version"]),
        intro: paragraphs(&document["info"]["description"]),
        callers: schemes.map(|(name, it)| (name.clone(), text(&it["description"]))).collect(),
        sections: view::sections(document),
        schemas: view::schemas(document),
        problems,
    };
    page.render().expect("a page of texts")
}

/// What a problem means and what to do about it.
pub(crate) fn problem(problem: &'static ProblemType) -> String {
    ProblemPage { problem }.render().expect("a page of texts")
}
