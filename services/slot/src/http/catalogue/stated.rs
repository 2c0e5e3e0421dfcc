//! Facts about a service, each with the page that says it.

use catalogue::{Form, Online, Source, Stated, Texts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::openapi;

/// A page that says something, and when it did.
#[derive(Serialize, ToSchema)]
#[schema(as = Source)]
pub(super) struct SourceView<'a> {
    /// The page.
    url: &'a str,
    /// A day, a month or a year.
    #[schema(example = "2026-12-01")]
    as_of: &'a str,
}

impl<'a> From<&'a Source> for SourceView<'a> {
    fn from(source: &'a Source) -> Self {
        Self { url: &source.url, as_of: source.as_of.as_str() }
    }
}

/// A sentence with its source.
#[derive(Serialize, ToSchema)]
#[schema(as = Stated)]
pub(super) struct StatedView<'a> {
    /// By language; German is never missing.
    #[schema(value_type = openapi::Texts)]
    text: &'a Texts,
    source: SourceView<'a>,
}

impl<'a> From<&'a Stated> for StatedView<'a> {
    fn from(stated: &'a Stated) -> Self {
        Self { text: &stated.text, source: SourceView::from(&stated.source) }
    }
}

/// A form to fill in.
#[derive(Serialize, ToSchema)]
#[schema(as = Form)]
pub(super) struct FormView<'a> {
    /// By language; German is never missing.
    #[schema(value_type = openapi::Texts)]
    name: &'a Texts,
    /// Where it is.
    url: &'a str,
}

impl<'a> From<&'a Form> for FormView<'a> {
    fn from(form: &'a Form) -> Self {
        Self { name: &form.name, url: &form.url }
    }
}

/// A way to do it without a visit.
#[derive(Serialize, ToSchema)]
#[schema(as = OnlineService)]
pub(super) struct OnlineView<'a> {
    /// Where it is done.
    url: &'a str,
    source: SourceView<'a>,
}

impl<'a> From<&'a Online> for OnlineView<'a> {
    fn from(online: &'a Online) -> Self {
        Self { url: &online.url, source: SourceView::from(&online.source) }
    }
}
