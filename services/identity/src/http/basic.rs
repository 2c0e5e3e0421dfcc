//! `client_secret_basic` (RFC 6749 section 2.3.1).

use actix_web::{HttpRequest, http::header::AUTHORIZATION};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Client and secret from the request's `Authorization` header. `None` without such a header,
/// `Some(None)` if it is there and cannot be read.
pub(crate) fn credentials(request: &HttpRequest) -> Option<Option<(String, String)>> {
    let header = request.headers().get(AUTHORIZATION)?;
    Some(header.to_str().ok().and_then(read))
}

/// Both parts are form-encoded before they are joined.
fn read(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let joined = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client, secret) = joined.split_once(':')?;
    Some((decode(client)?, decode(secret)?))
}

fn decode(text: &str) -> Option<String> {
    let pairs = format!("v={text}");
    url::form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_are_form_decoded() {
        let header = format!("Basic {}", STANDARD.encode("a%3Ab:s+e%2Bcret"));
        assert_eq!(read(&header), Some(("a:b".to_owned(), "s e+cret".to_owned())));
        for wrong in
            ["", "Basic", "Basic !", "Bearer YTpi", &format!("Basic {}", STANDARD.encode("ab"))]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
