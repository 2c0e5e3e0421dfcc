//! Where a service shows it.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    middleware::Compress,
    web::{self, Bytes},
};
use problem::{Problem, ProblemType, types};
use serde_json::Value;

use crate::page;

const STYLE: &str = include_str!("../assets/reference.css");

/// Everything that a service shows about its API, ready to be sent.
#[derive(Debug)]
pub struct Reference {
    document: Bytes,
    page: Bytes,
    problems: ProblemPages,
}

/// A page per problem, by its code.
#[derive(Debug, Clone)]
struct ProblemPages(Arc<BTreeMap<&'static str, Bytes>>);

impl ProblemPages {
    fn new<'a>(problems: impl IntoIterator<Item = &'a &'static ProblemType>) -> Self {
        let pages = problems.into_iter().map(|kind| (kind.code, page::problem(kind).into()));
        Self(Arc::new(pages.collect()))
    }

    fn add_to(&self, config: &mut web::ServiceConfig) {
        config
            .app_data(web::Data::new(self.clone()))
            .route("/reference.css", web::get().to(style))
            .route("/problems/{code}", web::get().to(problem_page));
    }
}

impl Reference {
    /// Of a [completed](crate::complete) document; `table` holds the service's own problems.
    #[must_use]
    pub fn new(document: &Value, table: &'static [ProblemType]) -> Self {
        let known =
            types::ALL.iter().copied().filter(|kind| table.iter().all(|it| it.code != kind.code));
        let known: Vec<_> = known.chain(table).collect();
        let problems = ProblemPages::new(&known);
        let examples = &document["components"]["examples"];
        let used = known.into_iter().filter(|it| examples.get(it.code).is_some()).collect();
        Self {
            page: page::reference(document, used).into(),
            document: document.to_string().into(),
            problems,
        }
    }
}

/// `/openapi.json`, `/reference` and `/problems/{code}`.
pub fn routes(config: &mut web::ServiceConfig, reference: &Arc<Reference>) {
    let pages = web::Data::from(Arc::clone(reference));
    config
        .app_data(pages)
        // The longest document, and no secret.
        .service(
            web::resource("/openapi.json").wrap(Compress::default()).route(web::get().to(document)),
        )
        .route("/reference", web::get().to(reference_page));
    reference.problems.add_to(config);
}

/// Only `/problems/{code}`, for a service whose API is described elsewhere (OpenID Connect).
pub fn problem_routes(config: &mut web::ServiceConfig) {
    static PAGES: LazyLock<ProblemPages> = LazyLock::new(|| ProblemPages::new(types::ALL));
    PAGES.add_to(config);
}

async fn document(reference: web::Data<Reference>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        // Any page may read it: it is no secret and needs no cookie.
        .insert_header(("access-control-allow-origin", "*"))
        .body(reference.document.clone())
}

async fn reference_page(reference: web::Data<Reference>) -> HttpResponse {
    html(reference.page.clone())
}

async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .body(STYLE)
}

async fn problem_page(
    pages: web::Data<ProblemPages>,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let page = pages.0.get(code.as_str());
    page.map(|page| html(page.clone())).ok_or_else(|| Problem::new(&types::NOT_FOUND))
}

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
