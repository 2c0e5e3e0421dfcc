//! What was typed into a form that was not taken because the log-in had ended.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::form_urlencoded::{self, Serializer};

/// How much of a form is kept, in bytes: the cookie must hold it beside a log-in. A form that is longer is
/// not kept at all, since a part of it would be another one.
const MAX_BYTES: usize = 1000;

/// For so long: a log-in may take as much.
const KEPT: SignedDuration = SignedDuration::from_mins(20);

/// The fields of a form, for the page that has it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TypedForm {
    /// Names the page.
    page: String,
    /// As a browser sends them, without the secret of the session that ended.
    fields: String,
    at: Timestamp,
}

impl TypedForm {
    /// `None` if nothing was sent but the secret of the session, or too much to be kept.
    pub(crate) fn new(page: String, fields: &[(String, String)], at: Timestamp) -> Option<Self> {
        let mut text = Serializer::new(String::new());
        for (name, value) in fields.iter().filter(|(name, _)| name != "csrf") {
            text.append_pair(name, value);
        }
        let fields = text.finish();
        (!fields.is_empty() && fields.len() <= MAX_BYTES).then_some(Self { page, fields, at })
    }

    /// Whether it is of the page with this name.
    pub(crate) fn is_of(&self, page: &str) -> bool {
        self.page == page
    }

    /// The fields, for a page with this name.
    pub(crate) fn fields_of(&self, page: &str, now: Timestamp) -> Vec<(String, String)> {
        if !self.is_of(page) || now.duration_since(self.at) > KEPT {
            return Vec::new();
        }
        form_urlencoded::parse(self.fields.as_bytes()).into_owned().collect()
    }
}

impl std::fmt::Debug for TypedForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TypedForm").field("at", &self.at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_typed_is_for_one_page_and_not_for_long() {
        let at: Timestamp = "2027-01-04T08:00:00Z".parse().unwrap();
        let form = fields(&[("csrf", "secret"), ("name", "Ö & Ü"), ("day", "1"), ("day", "2")]);
        let typed = TypedForm::new("/de/here".to_owned(), &form, at).unwrap();
        assert_eq!(typed.fields_of("/de/here", at), form[1..]);
        assert!(typed.fields_of("/de/there", at).is_empty());
        let later = at + KEPT + SignedDuration::from_secs(1);
        assert!(typed.fields_of("/de/here", later).is_empty());
        assert!(!format!("{typed:?}").contains("Ö"), "no log has it");
    }

    #[test]
    fn a_form_is_kept_whole_or_not_at_all() {
        let at = Timestamp::UNIX_EPOCH;
        let kept = |pairs: &[(&str, &str)]| TypedForm::new(String::new(), &fields(pairs), at);
        assert!(kept(&[("csrf", "secret")]).is_none());
        assert!(kept(&[("text", &"x".repeat(MAX_BYTES - 5))]).is_some());
        assert!(kept(&[("text", &"x".repeat(MAX_BYTES - 4))]).is_none());
    }
}
