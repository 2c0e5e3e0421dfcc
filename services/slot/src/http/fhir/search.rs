//! The query of a search (FHIR R4 section 3.1.1): what all searches have.

use std::str::FromStr;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{Accept, Header as _, QualityItem},
    mime::Mime,
};
use catalogue::Catalogue;
use ids::{Pseudonym, ServiceId};
use problem::{Problem, types};
use serde::Serialize;
use url::form_urlencoded::Serializer;

use super::{
    bundle::{Bundle, Page},
    cursor,
    dates::{Bound, Range},
    form::Form,
    outcome::{FHIR_JSON, OperationOutcome},
    parameters::{Interface, RESULT},
    references::Here,
    resources::{Resource, system},
    visit_id::MOST_SERVICES,
};
use crate::http::{body::invalid, media_type::preferred, query::Query, values::whole_number};

/// Of FHIR.
const VERSION: &str = "4.0";
/// FHIR's JSON, by its own name and by the general one (section 3.1.0.1.10).
const MEDIA_TYPES: [&str; 2] = [FHIR_JSON, "application/json"];
/// Parameters that name a resource.
const REFERENCES: [&str; 4] =
    ["schedule", "patient", "location-reference", "appointment-reference"];
/// Most resources on a page, and the default.
const LONGEST_PAGE: usize = 1_000;

/// The query of a search, of names that its kind of resource knows.
pub(super) struct Search {
    query: Query,
    /// As it was sent, for links.
    pairs: Vec<(String, String)>,
    media_type: &'static str,
    pub(super) count: usize,
    /// Whose things are searched, if they are one person's.
    person: Option<Pseudonym>,
}

impl Search {
    /// An unknown parameter is refused: a misspelt filter must not be ignored. With `Prefer: handling=lenient` it
    /// is ignored (section 3.1.1.1).
    pub(super) fn of(request: &HttpRequest, interface: &Interface) -> Result<Self, Problem> {
        Self::with_names(request, &interface.names())
    }

    /// The same, with the parameters of a form.
    pub(super) fn of_form(
        request: &HttpRequest,
        form: &Form,
        interface: &Interface,
    ) -> Result<Self, Problem> {
        Self::read(request, &form.with_query_of(request), &interface.names())
    }

    pub(super) fn with_names(request: &HttpRequest, names: &[&str]) -> Result<Self, Problem> {
        Self::read(request, request.query_string(), names)
    }

    fn read(request: &HttpRequest, sent: &str, names: &[&str]) -> Result<Self, Problem> {
        let query = Query::read(sent);
        let query = if is_lenient(request) { query } else { query.only(names)? };
        let Count(count) = query.optional("_count")?.unwrap_or(Count(LONGEST_PAGE));
        let pairs = url::form_urlencoded::parse(sent.as_bytes());
        let pairs = pairs.into_owned().filter(|(name, _)| names.contains(&name.as_str()));
        let media_type = media_type(request, &query)?;
        let here = Here::of(request);
        for name in REFERENCES {
            for reference in query.all::<String>(name)?.iter().flat_map(|it| it.split(',')) {
                here.require(name, reference)?;
            }
        }
        Ok(Self { pairs: pairs.collect(), media_type, count, query, person: None })
    }

    pub(super) fn optional<T: FromStr<Err: std::fmt::Display>>(
        &self,
        name: &str,
    ) -> Result<Option<T>, Problem> {
        self.query.optional(name)
    }

    /// All values of a parameter of which any may hold: repeated ones and those with commas between.
    pub(super) fn any_of(&self, name: &str) -> Result<Vec<String>, Problem> {
        let values: Vec<String> = self.query.all(name)?;
        Ok(values.iter().flat_map(|value| value.split(',')).map(str::to_owned).collect())
    }

    /// Whether a parameter is given at all.
    pub(super) fn has(&self, name: &str) -> Result<bool, Problem> {
        Ok(!self.query.all::<String>(name)?.is_empty())
    }

    /// The time that a parameter lets something begin in.
    pub(super) fn range(&self, name: &str) -> Result<Range, Problem> {
        let bounds: Vec<Bound> = self.query.all(name)?;
        Ok(Range::of(&bounds))
    }

    /// The services of one visit, each a value of its own.
    pub(super) fn services(&self, catalogue: &Catalogue) -> Result<Vec<ServiceId>, Problem> {
        let tokens: Vec<String> = self.query.all("service-type")?;
        services(catalogue, "service-type", &tokens)
    }

    /// After which item the wanted page begins, as the page before named it.
    pub(super) fn after(&self) -> Result<Option<String>, Problem> {
        let Some(told) = self.query.optional::<String>("_page")? else { return Ok(None) };
        let last = cursor::read(&self.searched(), &told).ok_or_else(not_of_this_search)?;
        Ok(Some(last.to_owned()))
    }

    /// All that decides what is found, however it is written.
    fn searched(&self) -> String {
        let is_asked = |(name, _): &&(String, String)| !RESULT.contains(&name.as_str());
        let mut asked: Vec<_> = self.pairs.iter().filter(is_asked).collect();
        asked.sort();
        let asked = Serializer::new(String::new()).extend_pairs(asked).finish();
        match self.person {
            Some(person) => format!("{person}?{asked}"),
            None => asked,
        }
    }

    /// What is found is this person's.
    pub(super) fn of_person(self, person: Pseudonym) -> Self {
        Self { person: Some(person), ..self }
    }

    /// The parameters, as they were sent.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// With parameters that were not sent in the address, for links.
    pub(super) fn with_pairs(mut self, pairs: Vec<(String, String)>) -> Self {
        let sent = std::mem::replace(&mut self.pairs, pairs);
        self.pairs.extend(sent);
        self
    }

    /// Adds to the query what is meant by what was left out: the links say it.
    pub(super) fn mean(&mut self, name: &str, value: String) {
        self.pairs.push((name.to_owned(), value));
    }

    pub(super) fn send(&self, request: &HttpRequest, page: Page<Resource>) -> HttpResponse {
        self.send_with(request, page, None)
    }

    /// The page, and perhaps what the caller should know beside it.
    pub(super) fn send_with(
        &self,
        request: &HttpRequest,
        page: Page<Resource>,
        note: Option<OperationOutcome>,
    ) -> HttpResponse {
        let next = page.next.map(|last| cursor::write(&self.searched(), &last));
        let bundle = Bundle::page(request, &self.pairs, Page { next, ..page }, note);
        HttpResponse::Ok().content_type(self.media_type).json(bundle)
    }

    pub(super) fn send_one(&self, resource: &impl Serialize) -> HttpResponse {
        HttpResponse::Ok().content_type(self.media_type).json(resource)
    }
}

/// Why a `_page` does not continue the search: it was told by another one, or changed.
pub(super) fn not_of_this_search() -> Problem {
    invalid("_page", "is not from this search; begin again without it")
}

/// Services by their codes, with our code system before or without any.
pub(super) fn services(
    catalogue: &Catalogue,
    field: &str,
    tokens: &[String],
) -> Result<Vec<ServiceId>, Problem> {
    let ours = system(catalogue, "service");
    if tokens.is_empty() {
        return Err(invalid(field, "is missing: name a service"));
    }
    if tokens.len() > MOST_SERVICES {
        return Err(invalid(field, &format!("at most {MOST_SERVICES} services in one visit")));
    }
    let service = |token: &String| {
        let code = match token.split_once('|') {
            Some((system, code)) if system.is_empty() || system == ours => code,
            Some(_) => return Err(invalid(field, &format!("the code system is {ours}"))),
            None => token,
        };
        if code.contains(',') {
            let reason =
                "one visit is for all of its services: repeat the parameter instead of a comma";
            return Err(invalid(field, reason));
        }
        code.parse::<ServiceId>().map_err(|error| invalid(field, &format!("{error}")))
    };
    tokens.iter().map(service).collect()
}

/// `_format`, else `Accept`.
fn media_type(request: &HttpRequest, query: &Query) -> Result<&'static str, Problem> {
    let format: Option<String> = query.optional("_format")?;
    let Some(format) = format else {
        return if accepts_version(request) {
            preferred(request, &MEDIA_TYPES)
        } else {
            Err(Problem::new(&types::NOT_ACCEPTABLE)
                .detail("`Accept` asks for another `fhirVersion`: this is 4.0."))
        };
    };
    // In an address that is not escaped, `+` is a space.
    let format = format.replace(' ', "+");
    let (name, version) = format.split_once(";fhirVersion=").unwrap_or((format.as_str(), VERSION));
    match name.split(';').next().filter(|_| version == VERSION) {
        Some("json" | "text/json" | FHIR_JSON) => Ok(FHIR_JSON),
        Some("application/json") => Ok("application/json"),
        _ => Err(Problem::new(&types::NOT_ACCEPTABLE)
            .detail("`_format` is `json`: this is told as application/fhir+json only.")
            .with("field", "_format")),
    }
}

/// Whether one of the forms that are accepted is of this version, or says none (section 3.1.0.1.10.1).
fn accepts_version(request: &HttpRequest) -> bool {
    let accept = Accept::parse(request).map_or(Vec::new(), |accept| accept.0);
    let is_ours = |range: &QualityItem<Mime>| {
        range.item.get_param("fhirversion").is_none_or(|version| version.as_str() == VERSION)
    };
    accept.is_empty() || accept.iter().any(is_ours)
}

fn is_lenient(request: &HttpRequest) -> bool {
    let headers = request.headers().get_all("prefer").filter_map(|value| value.to_str().ok());
    let mut preferences = headers.flat_map(|header| header.split([',', ';']));
    preferences.any(|preference| preference.trim().eq_ignore_ascii_case("handling=lenient"))
}

/// How many on a page.
struct Count(usize);

impl FromStr for Count {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let count = whole_number(text).filter(|count| *count <= LONGEST_PAGE);
        count.map(Self).ok_or_else(|| format!("must be a number from 0 to {LONGEST_PAGE}"))
    }
}
