//! What a search found (FHIR R4 section 3.1.1), page by page.

use actix_web::{HttpRequest, HttpResponse, ResponseError as _, http::StatusCode};
use problem::Problem;
use serde::Serialize;
use url::form_urlencoded::Serializer;
use utoipa::ToSchema;

use super::{form, outcome::OperationOutcome, resources::Resource};
use crate::http::Slots;

/// What a search found.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirBundle)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bundle {
    /// `Bundle`
    resource_type: &'static str,
    /// `searchset`
    r#type: &'static str,
    /// How many there are on all pages.
    total: usize,
    /// To this page and, if there are more, to the next.
    link: Vec<Link>,
    /// Left out if nothing was found: FHIR knows no empty lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entry: Vec<Entry>,
}

/// Another page.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirLink)]
struct Link {
    /// `self` or `next`
    relation: &'static str,
    url: String,
}

/// One of them.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirEntry)]
#[serde(rename_all = "camelCase")]
struct Entry {
    full_url: String,
    resource: Resource,
    search: Search,
}

/// Why it is here.
#[derive(Serialize, ToSchema)]
#[schema(as = FhirSearch)]
struct Search {
    /// `match` or `outcome`
    mode: &'static str,
}

/// One page of what was found.
pub(super) struct Page<T> {
    pub(super) total: usize,
    pub(super) items: Vec<T>,
    /// After which item the next page begins, if there is one.
    pub(super) next: Option<String>,
}

impl<T> Page<T> {
    /// Of all that was found, in their order: `count` of those that `is_after` the page before.
    pub(super) fn of(
        found: Vec<T>,
        count: usize,
        is_after: impl Fn(&T) -> bool,
        key: impl Fn(&T) -> String,
    ) -> Self {
        let total = found.len();
        let mut rest = found.into_iter().filter(is_after).peekable();
        let items: Vec<_> = rest.by_ref().take(count).collect();
        let next = rest.peek().and_then(|_| items.last()).map(key);
        Self { total, items, next }
    }

    pub(super) fn map<R>(self, resource: impl Fn(T) -> R) -> Page<R> {
        let items = self.items.into_iter().map(resource).collect();
        Page { total: self.total, items, next: self.next }
    }
}

impl Bundle {
    /// A page of the search that `request` asked for with this query.
    pub(super) fn page(
        request: &HttpRequest,
        query: &[(String, String)],
        page: Page<Resource>,
        note: Option<OperationOutcome>,
    ) -> Self {
        // Links are followed by GET, also from a search by form.
        let path = request.path().trim_end_matches(form::SUFFIX);
        let here = format!("{}{path}", origin(request));
        let pairs = || query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut links = vec![Link::new("self", &here, pairs())];
        if let Some(next) = &page.next {
            let others = pairs().filter(|(name, _)| *name != "_page");
            links.push(Link::new("next", &here, others.chain([("_page", next.as_str())])));
        }
        let base = base(request);
        let mut entry: Vec<_> =
            page.items.into_iter().map(|it| Entry::matching(&base, it)).collect();
        entry.extend(note.map(|note| Entry::outcome(request, note)));
        Self::new(page.total, links, entry)
    }

    /// One resource, and perhaps a note.
    pub(super) fn one(request: &HttpRequest, resource: Resource, note: Option<&str>) -> Self {
        let mut entry = vec![Entry::matching(&base(request), resource)];
        entry.extend(note.map(|note| Entry::outcome(request, OperationOutcome::note(note))));
        Self::new(1, vec![own_link(request)], entry)
    }

    fn new(total: usize, link: Vec<Link>, entry: Vec<Entry>) -> Self {
        Self { resource_type: "Bundle", r#type: "searchset", total, link, entry }
    }
}

impl Link {
    fn new<'a>(
        relation: &'static str,
        here: &str,
        query: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let query = Serializer::new(String::new()).extend_pairs(query).finish();
        let url = if query.is_empty() { here.to_owned() } else { format!("{here}?{query}") };
        Self { relation, url }
    }
}

impl Entry {
    fn matching(base: &str, resource: Resource) -> Self {
        let (kind, id) = resource.address().unwrap_or_default();
        let full_url = format!("{base}/{kind}/{id}");
        Self { full_url, resource, search: Search { mode: "match" } }
    }

    fn outcome(request: &HttpRequest, outcome: OperationOutcome) -> Self {
        let random = request.app_data::<Slots>().map_or([0; 16], |slots| slots.entropy.bytes());
        let full_url = format!("urn:uuid:{}", uuid(random));
        let resource = Resource::Outcome(outcome);
        Self { full_url, resource, search: Search { mode: "outcome" } }
    }
}

/// An outcome is nowhere; within its bundle it has a name that nothing else has (RFC 9562 section 5.4).
fn uuid(mut random: [u8; 16]) -> String {
    random[6] = (random[6] & 0x0f) | 0x40;
    random[8] = (random[8] & 0x3f) | 0x80;
    let hex: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// What IHE's operations answer when they did not do what was asked: an outcome in a bundle (ITI-116 and
/// ITI-117). What is wrong with the request itself is an outcome as everywhere.
///
/// # Errors
/// The problem, if it is of that kind.
pub(super) fn refused(request: &HttpRequest, problem: Problem) -> Result<HttpResponse, Problem> {
    if !matches!(problem.kind().status, 409 | 410 | 422) {
        return Err(problem);
    }
    let entry = vec![Entry::outcome(request, OperationOutcome::of(&problem))];
    let bundle = Bundle::new(0, vec![own_link(request)], entry);
    let status: StatusCode = problem.status_code();
    Ok(HttpResponse::build(status).content_type(super::outcome::FHIR_JSON).json(bundle))
}

fn own_link(request: &HttpRequest) -> Link {
    Link { relation: "self", url: format!("{}{}", origin(request), request.uri()) }
}

fn origin(request: &HttpRequest) -> String {
    let here = request.connection_info();
    format!("{}://{}", here.scheme(), here.host())
}

/// Our address, as this caller reaches us.
pub(super) fn base(request: &HttpRequest) -> String {
    format!("{}/fhir", origin(request))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_an_outcome_is_a_uuid() {
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
    }

    #[test]
    fn pages_follow_each_other_though_what_was_found_changes() {
        let page = |found: &[u32], after: u32| {
            Page::of(found.to_vec(), 2, |it| *it > after, |it| it.to_string())
        };
        let first = page(&[1, 3, 5, 7], 0);
        assert_eq!((first.items, first.next.as_deref(), first.total), (vec![1, 3], Some("3"), 4));
        // 3 is gone meanwhile.
        let second = page(&[1, 5, 7], 3);
        assert_eq!((second.items, second.next), (vec![5, 7], None));
        assert_eq!(page(&[1], 1).items, [0; 0]);
    }
}
