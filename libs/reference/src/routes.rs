//! Where a service shows it.
//!
//! Everything is kept as bytes, which requests share. What has examples is rendered once a week,
//! since their days move on; the rest once: no request can make it cost more. All of it is public,
//! the same for everybody, and may be cached for five minutes.

use std::{
    collections::BTreeMap,
    future::ready,
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::{
    HttpResponse, Resource,
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    middleware::Compress,
    web::{self, Bytes},
};
use ambient::Clock;
use jiff::civil::Date;
use problem::{OpenData, Problem, ProblemType, resource, types};
use serde_json::{Value, json};

use crate::{examples, page};

/// Compiled in; the pages load nothing else.
const STYLE: &str = include_str!("../assets/reference.css");

/// Everything that a service shows about its API, wherever it is reached.
///
/// Cheap to share, costly to make: one per process.
#[derive(Debug, Clone)]
pub struct Reference {
    /// With examples as of the Monday of the sources.
    document: Arc<Value>,
    /// The AsyncAPI document, if the service sends events.
    events: Option<&'static str>,
    /// Those that some operation can answer: the page lists them.
    used: Vec<&'static ProblemType>,
    problems: ProblemPages,
}

/// A [`Reference`] under one address, ready to be sent.
#[derive(Debug)]
pub struct Served {
    reference: Reference,
    address: String,
    clock: Arc<dyn Clock>,
    rendered: Mutex<Option<Rendered>>,
}

/// What has examples, as of one Monday.
#[derive(Debug, Clone)]
struct Rendered {
    monday: Date,
    /// JSON, not indented.
    document: Bytes,
    page: Bytes,
}

/// A page per problem, by its code.
///
/// Of all problems that the service can answer, also those that no documented operation names.
#[derive(Debug, Clone)]
struct ProblemPages(Arc<BTreeMap<&'static str, Bytes>>);

impl ProblemPages {
    /// Renders every page once.
    fn new<'a>(problems: impl IntoIterator<Item = &'a &'static ProblemType>) -> Self {
        let pages = problems.into_iter().map(|kind| (kind.code, page::problem(kind).into()));
        Self(Arc::new(pages.collect()))
    }

    /// The page, and the style that it needs.
    fn add_to(&self, config: &mut web::ServiceConfig) {
        config
            .app_data(web::Data::new(self.clone()))
            .service(open("/reference.css").route(web::get().to(style)))
            .service(open("/problems/{code}").route(web::get().to(problem_page)));
    }
}

impl Reference {
    /// Of a [completed](crate::complete) document; `table` holds the service's own problems.
    ///
    /// A problem of the table wins over a shared one with the same code. The page lists those
    /// that some operation can answer, problem pages exist for all.
    #[must_use]
    pub fn new(document: Value, table: &'static [ProblemType]) -> Self {
        let known =
            types::ALL.iter().copied().filter(|kind| table.iter().all(|it| it.code != kind.code));
        let known: Vec<_> = known.chain(table).collect();
        let problems = ProblemPages::new(&known);
        let examples = &document["components"]["examples"];
        let used = known.into_iter().filter(|it| examples.get(it.code).is_some()).collect();
        Self { document: Arc::new(document), events: None, used, problems }
    }

    /// The same with the AsyncAPI document `events`, for a service that sends them to the broker.
    #[must_use]
    pub fn with_events(self, events: &'static str) -> Self {
        Self { events: Some(events), ..self }
    }

    /// The same under the address where callers reach the service: generated clients take it
    /// from the document. Its examples have days that `clock` has ahead.
    #[must_use]
    pub fn served_at(&self, public_url: &str, clock: Arc<dyn Clock>) -> Served {
        Served {
            reference: self.clone(),
            address: public_url.trim_end_matches('/').to_owned(),
            clock,
            rendered: Mutex::default(),
        }
    }
}

impl Served {
    /// As of the coming Monday. The first request after it changed renders, others wait for it.
    fn rendered(&self) -> Rendered {
        let monday = examples::coming_monday(self.clock.now());
        let mut kept = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rendered) = kept.as_ref().filter(|it| it.monday == monday) {
            return rendered.clone();
        }
        let rendered = self.render(monday);
        *kept = Some(rendered.clone());
        rendered
    }

    fn render(&self, monday: Date) -> Rendered {
        let mut document = Value::clone(&self.reference.document);
        document["servers"] = json!([{ "url": self.address }]);
        examples::move_to(monday, &mut document);
        let page = page::reference(&document, self.reference.used.clone());
        Rendered { monday, document: document.to_string().into(), page: page.into() }
    }
}

/// `/openapi.json`, `/reference`, `/problems/{code}`, and `/asyncapi.json` if there are events.
///
/// Without a token and outside of `/v1`: the document describes versions, it is of none. Scripts of
/// any page may read them: they are no secret and need no cookie.
pub fn routes(config: &mut web::ServiceConfig, served: &Arc<Served>) {
    let pages = web::Data::from(Arc::clone(served));
    config
        .app_data(pages)
        // The longest documents, and no secret.
        .service(open("/openapi.json").wrap(Compress::default()).route(web::get().to(document)))
        .service(open("/reference").route(web::get().to(reference_page)));
    if let Some(events) = served.reference.events {
        config.service(
            open("/asyncapi.json")
                .wrap(Compress::default())
                .route(web::get().to(move || ready(json_text(events.into())))),
        );
    }
    served.reference.problems.add_to(config);
}

/// What everybody may read.
fn open(path: &str) -> Resource {
    resource(path, "GET").app_data(OpenData)
}

/// A document can be some hundred kilobytes, therefore `Compress` at its route.
async fn document(served: web::Data<Served>) -> HttpResponse {
    json_text(served.rendered().document)
}

/// With the five minutes for which a proxy or a client may keep it.
fn json_text(text: Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .body(text)
}

/// For people; programs read `/openapi.json`.
async fn reference_page(served: web::Data<Served>) -> HttpResponse {
    html(served.rendered().page)
}

/// A file of its own, so that the pages' policy can forbid styles within them.
async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .body(STYLE)
}

/// # Errors
/// `not-found` for a code that the service does not know.
async fn problem_page(
    pages: web::Data<ProblemPages>,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let page = pages.0.get(code.as_str());
    page.map(|page| html(page.clone())).ok_or_else(|| Problem::new(&types::NOT_FOUND))
}

/// The policy lets in nothing but our style sheet, so a text of the document could run nothing
/// even if it were not escaped.
fn html(page: Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .insert_header((
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
        ))
        .body(page)
}
