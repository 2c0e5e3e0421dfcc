//! In which form statistics are read.

use std::str::FromStr;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CONTENT_DISPOSITION, HeaderValue},
};
use problem::Problem;
use utoipa::ToSchema;

use super::csv::Dialect;
use crate::{
    cached_body::CachedBody,
    http::{
        conditional::{ResponseOptions, send},
        media_type::preferred,
        query::Query,
    },
};

const JSON: &str = "application/json";
const CSV: &str = "text/csv";
/// With the parameters of RFC 7111 and RFC 4180.
const CSV_WITH_HEADER: &str = "text/csv; charset=utf-8; header=present";

/// JSON, or a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub(super) enum Format {
    Json,
    /// As a spreadsheet program in German opens it.
    Csv,
    /// As programs read it.
    #[schema(rename = "rfc4180")]
    PlainCsv,
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "rfc4180" => Ok(Self::PlainCsv),
            _ => Err("is `json`, `csv` or `rfc4180`"),
        }
    }
}

impl Format {
    /// What the query says, else what `Accept` says.
    pub(super) fn of(request: &HttpRequest, query: &Query) -> Result<Self, Problem> {
        if let Some(format) = query.optional("format")? {
            return Ok(format);
        }
        let preferred = preferred(request, &[JSON, CSV])?;
        Ok(if preferred == CSV { Self::Csv } else { Self::Json })
    }

    /// Sends the answer. A table is a file called `name`.
    pub(super) fn send(
        self,
        request: &HttpRequest,
        name: &str,
        json: impl FnOnce() -> CachedBody,
        table: impl FnOnce(&'static Dialect) -> Vec<u8>,
    ) -> HttpResponse {
        let body = match self {
            Self::Json => json(),
            Self::Csv => CachedBody::new(table(&Dialect::GERMAN_SPREADSHEET)),
            Self::PlainCsv => CachedBody::new(table(&Dialect::RFC_4180)),
        };
        let options = ResponseOptions {
            media_type: if self == Self::Json { JSON } else { CSV_WITH_HEADER },
            cache_control: "public, max-age=300",
            vary: Some("Accept, Accept-Encoding"),
            compressible: true,
        };
        let mut response = send(request, body, &options);
        if self != Self::Json
            && let Ok(file) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\""))
        {
            response.headers_mut().insert(CONTENT_DISPOSITION, file);
        }
        response
    }
}
