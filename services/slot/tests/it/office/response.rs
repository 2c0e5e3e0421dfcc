//! What the service answered, and whether that is what was expected.

use std::sync::LazyLock;

use jiff::Timestamp;
use reference::undocumented;
use reqwest::Method;
use serde_json::Value;

pub(super) static DOCUMENT: LazyLock<Value> = LazyLock::new(slot::openapi_document);

/// What the service answered.
#[derive(Debug, Clone)]
pub struct ApiResponse {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl ApiResponse {
    pub(super) async fn read(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("the answer is complete");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Self { status, headers, body }
    }

    /// The same answer, if it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// The same answer, if it is this problem.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!(
            (self.status, self.body["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.body
        );
        assert_eq!(self.headers["content-type"], "application/problem+json");
        self
    }

    /// The same answer, if it is this problem in FHIR's form.
    #[track_caller]
    pub fn expect_outcome(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (status, Some(code)), "{}", self.body);
        assert_eq!(self.headers["content-type"], "application/fhir+json");
        let issue = self.outcome();
        assert!(issue["severity"].is_string() && issue["code"].is_string(), "{}", self.body);
        self
    }

    /// The issue of an `OperationOutcome`, alone or in a bundle; `null` if there is none.
    pub fn outcome(&self) -> &Value {
        let alone = &self.body["issue"][0];
        if alone.is_null() { &self.body["entry"][0]["resource"]["issue"][0] } else { alone }
    }

    /// The code of a problem, in whatever form it is told.
    pub fn code(&self) -> Option<&str> {
        let code = &self.outcome()["details"]["coding"][0]["code"];
        self.body["code"].as_str().or_else(|| code.as_str())
    }

    /// What is said about it.
    pub fn detail(&self) -> Option<&str> {
        let diagnostics = &self.outcome()["diagnostics"];
        self.body["detail"].as_str().or_else(|| diagnostics.as_str())
    }

    /// Whatever a test asks, the answer is what the API's document says.
    pub(super) fn is_as_documented(&self, method: &Method, path: &str) {
        if !path.starts_with("/v1") && !path.starts_with("/fhir") {
            return;
        }
        let body = &self.body;
        let wrong = undocumented(&DOCUMENT, method.as_str(), path, self.status, body);
        assert_eq!(wrong, None, "{body}");
        let universal = self.instants().find(|instant| instant.ends_with('Z'));
        assert_eq!(universal, None, "all instants have the local offset: {body}");
    }

    /// All instants in the body.
    fn instants(&self) -> impl Iterator<Item = &str> {
        let mut texts = Vec::new();
        collect(&self.body, &mut texts);
        texts.into_iter().filter(|text| text.parse::<Timestamp>().is_ok())
    }

    /// The id in the body.
    pub fn id(&self) -> String {
        self.body["id"].as_str().expect("an id").to_owned()
    }
}

fn collect<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// An appointment as confirms tell it, or a hold: its history, the person's name, and what follows if it
/// is given up, are told when it is read.
pub fn as_listed(booking: &Value) -> Value {
    let mut booking = booking.clone();
    let fields = booking.as_object_mut().expect("an appointment");
    fields.remove("giving_up");
    fields.remove("history");
    fields.remove("person");
    booking
}
