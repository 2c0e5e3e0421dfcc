//! What was typed into a form that was not taken because the log-in had ended.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::form_urlencoded::{self, Serializer};

use super::owner::Owner;

/// How much of a form is kept, in bytes: the cookie must hold it beside a log-in. A form that is longer is
/// not kept at all, since a part of it would be another one.
const MAX_BYTES: usize = 1000;

/// For so long: a log-in may take as much.
const KEPT: SignedDuration = SignedDuration::from_mins(20);

/// A form that people type into was sent.
pub(crate) enum NotedForm {
    /// It can be kept.
    Keepable(TypedForm),
    /// It is too long, or it is not known who typed it.
    Lost,
}

/// The fields of a form, for the page that has it and for the person who typed it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TypedForm {
    /// Names the page.
    page: String,
    /// As a browser sends them, without the secret of the session that ended.
    fields: String,
    /// The person who was logged in when it was typed: staff type what concerns other people.
    by: Owner,
    /// When it was sent first.
    at: Timestamp,
}

impl TypedForm {
    /// `None` if nothing was sent but the secret of the session.
    pub(crate) fn note(
        page: String,
        fields: &[(String, String)],
        by: Option<Owner>,
        at: Timestamp,
    ) -> Option<NotedForm> {
        let mut text = Serializer::new(String::new());
        for (name, value) in fields.iter().filter(|(name, _)| name != "csrf") {
            text.append_pair(name, value);
        }
        let fields = text.finish();
        if fields.is_empty() {
            return None;
        }
        Some(match by {
            Some(by) if fields.len() <= MAX_BYTES => {
                NotedForm::Keepable(Self { page, fields, by, at })
            }
            _ => NotedForm::Lost,
        })
    }

    /// Counts its age from when it was kept first: to send the same again is not to type it.
    pub(crate) fn aged_as(mut self, kept: Option<&Self>) -> Self {
        let same = kept.filter(|kept| {
            kept.page == self.page && kept.fields == self.fields && kept.by == self.by
        });
        let first = same.map(|kept| kept.at);
        self.at = first.unwrap_or(self.at);
        self
    }

    /// Whether it is of the person of a log-in.
    pub(crate) fn is_by(&self, owner: &Owner) -> bool {
        self.by == *owner
    }

    /// What was typed for a hold is meant for the one that comes after it, too. `form` is the page of all holds, `page`
    /// that of the new one.
    pub(crate) fn follow(&mut self, form: &str, page: String, hold: &str) {
        if self.page.split('?').next() != Some(form) {
            return;
        }
        let mut text = Serializer::new(String::new());
        text.append_pair("hold", hold);
        for (name, value) in form_urlencoded::parse(self.fields.as_bytes()) {
            if name == "email" {
                text.append_pair(&name, &value);
            }
        }
        self.fields = text.finish();
        self.page = page;
    }

    /// Whether it was kept long enough.
    pub(crate) fn is_old(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) > KEPT
    }

    /// Whether it is of the page with this name.
    pub(crate) fn is_of(&self, page: &str) -> bool {
        self.page == page
    }

    /// The fields, for a page with this name.
    pub(crate) fn fields_of(&self, page: &str, now: Timestamp) -> Vec<(String, String)> {
        if !self.is_of(page) || self.is_old(now) {
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

    fn erika() -> Owner {
        Owner::new(false, "erika".to_owned())
    }

    fn noted(pairs: &[(&str, &str)], by: Option<Owner>, at: Timestamp) -> Option<NotedForm> {
        TypedForm::note("/de/here".to_owned(), &fields(pairs), by, at)
    }

    fn kept(pairs: &[(&str, &str)], at: Timestamp) -> TypedForm {
        match noted(pairs, Some(erika()), at) {
            Some(NotedForm::Keepable(typed)) => typed,
            _ => panic!("it is not kept"),
        }
    }

    #[test]
    fn what_was_typed_is_for_one_page_and_one_person_and_not_for_long() {
        let at: Timestamp = "2027-01-04T08:00:00Z".parse().unwrap();
        let form = [("csrf", "secret"), ("name", "Ö & Ü"), ("day", "1"), ("day", "2")];
        let typed = kept(&form, at);
        assert_eq!(typed.fields_of("/de/here", at), fields(&form)[1..]);
        assert!(typed.fields_of("/de/there", at).is_empty());
        let later = at + KEPT + SignedDuration::from_secs(1);
        assert!(typed.fields_of("/de/here", later).is_empty());
        assert!(typed.is_by(&erika()));
        assert!(!typed.is_by(&Owner::new(true, "erika".to_owned())), "staff");
        assert!(!typed.is_by(&Owner::new(false, "marlene".to_owned())));
        assert!(!format!("{typed:?}").contains("Ö"), "no log has it");
    }

    #[test]
    fn sending_the_same_again_makes_it_no_younger() {
        let at: Timestamp = "2027-01-04T08:00:00Z".parse().unwrap();
        let later = at + SignedDuration::from_mins(15);
        let first = kept(&[("name", "A")], at);
        let end = at + KEPT + SignedDuration::from_secs(1);
        assert!(kept(&[("name", "A")], later).aged_as(Some(&first)).is_old(end));
        assert!(!kept(&[("name", "B")], later).aged_as(Some(&first)).is_old(end));
        assert!(!kept(&[("name", "A")], later).aged_as(None).is_old(end));
    }

    #[test]
    fn a_form_is_kept_whole_and_of_somebody_or_not_at_all() {
        let at = Timestamp::UNIX_EPOCH;
        let is_lost = |pairs: &[(&str, &str)], by: Option<Owner>| {
            matches!(noted(pairs, by, at), Some(NotedForm::Lost))
        };
        assert!(noted(&[("csrf", "secret")], Some(erika()), at).is_none());
        kept(&[("text", &"x".repeat(MAX_BYTES - 5))], at);
        assert!(is_lost(&[("text", &"x".repeat(MAX_BYTES - 4))], Some(erika())));
        assert!(is_lost(&[("text", "x")], None), "it is not known whose it is");
    }
}
