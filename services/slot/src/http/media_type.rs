//! In which form the caller wants to read (RFC 9110 section 12.5.1).

use actix_web::{
    HttpRequest,
    http::header::{Accept, Header as _},
};
use problem::{Problem, types};

/// The one of `offered` that the caller likes best; the first that they like no less than others.
/// Without a readable `Accept` the first is sent.
pub(super) fn preferred(
    request: &HttpRequest,
    offered: &[&'static str],
) -> Result<&'static str, Problem> {
    let accept = Accept::parse(request).map_or(Vec::new(), |accept| accept.0);
    if accept.is_empty() {
        return Ok(offered[0]);
    }
    let liking = |media_type: &str| {
        let (kind, _) = media_type.split_once('/').unwrap_or_default();
        let ranges = accept.iter().filter_map(|range| {
            // The most specific range decides.
            let specific = match range.item.essence_str() {
                "*/*" => 0,
                essence if essence.strip_suffix("/*") == Some(kind) => 1,
                essence if essence == media_type => 2,
                _ => return None,
            };
            Some((specific, range.quality))
        });
        ranges.max_by_key(|(specific, _)| *specific).map(|(_, quality)| quality)
    };
    let liked =
        offered.iter().rev().filter_map(|media_type| Some((liking(media_type)?, media_type)));
    liked
        .filter(|(quality, _)| *quality > actix_web::http::header::Quality::ZERO)
        .max_by_key(|(quality, _)| *quality)
        .map(|(_, media_type)| *media_type)
        .ok_or_else(|| {
            let detail = format!("This is told as {}.", offered.join(" or "));
            Problem::new(&types::NOT_ACCEPTABLE).detail(detail)
        })
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_caller_gets_what_they_like_best() {
        let chosen = |accept: &str| {
            let request = TestRequest::get().insert_header(("Accept", accept)).to_http_request();
            preferred(&request, &["application/json", "text/csv"]).ok()
        };
        let json = Some("application/json");
        let csv = Some("text/csv");
        for (accept, expected) in [
            ("*/*", json),
            ("application/*", json),
            ("text/csv", csv),
            ("text/*, */*;q=0.1", csv),
            ("text/csv;q=0.5, application/json", json),
            ("application/json;q=0.5, text/csv;charset=utf-8", csv),
            ("application/json;q=0, */*;q=0.1", csv),
            ("text/csv, application/json", json),
            ("text/html", None),
            ("text/csv;q=0", None),
            ("no media type", json),
        ] {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
    }
}
