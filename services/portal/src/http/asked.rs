//! What a page is asked for: the parts of its address, and the fields of its query or form.

use std::str::FromStr;

use jiff::civil::Date;

use super::page_error::PageError;
use crate::directory::Offer;

/// What a page is asked for, read before the page does anything.
pub(crate) trait What: Sized + 'static {
    /// Whether people type into it, or make many choices: then it is kept over a log-in that it needs first.
    const IS_TYPED: bool = false;

    /// Reads it.
    ///
    /// # Errors
    /// [`PageError::BadRequest`] or [`PageError::NotFound`] if it makes no sense.
    fn read(asked: &Asked) -> Result<Self, PageError>;

    /// Refuses what the authority of the address does not offer.
    ///
    /// # Errors
    /// [`PageError::NotFound`].
    fn check(&self, _offer: &Offer) -> Result<(), PageError> {
        Ok(())
    }
}

/// The page has nothing to be asked for.
impl What for () {
    fn read(_: &Asked) -> Result<Self, PageError> {
        Ok(())
    }
}

/// The parts of the address and the fields, in order; a field may occur several times.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(super) path: Vec<(String, String)>,
    pub(super) fields: Vec<(String, String)>,
    /// The fields of the page's form, as they were sent when they needed a log-in first.
    pub(super) typed: Vec<(String, String)>,
    /// The day on which it is asked.
    pub(super) today: Date,
}

impl Asked {
    /// What the page of a list is asked for by this query.
    pub(super) fn of_query(query: &str) -> Self {
        let fields = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { fields, ..Self::default() }
    }

    /// The part of the address called `name`. What cannot be one leads to no page.
    pub(crate) fn path<T: FromStr>(&self, name: &str) -> Result<T, PageError> {
        let text = first(&self.path, name).ok_or(PageError::NotFound)?;
        text.parse().map_err(|_| PageError::NotFound)
    }

    /// What was typed into the form of this page and needed a log-in first. It may be anything.
    pub(crate) fn typed(&self) -> Option<Self> {
        let (path, fields) = (self.path.clone(), self.typed.clone());
        (!fields.is_empty()).then(|| Self { path, fields, typed: Vec::new(), today: self.today })
    }

    /// The same as the form of this page reads it; `None` if nothing was kept, or it makes no sense any more.
    pub(crate) fn typed_as<Form: What>(&self) -> Option<Form> {
        Form::read(&self.typed()?).ok()
    }

    /// Whether the address has a part called `name`.
    pub(crate) fn is_in_path(&self, name: &str) -> bool {
        first(&self.path, name).is_some()
    }

    /// The first field called `name`.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        first(&self.fields, name)
    }

    /// The first field called `name` without spaces around it; empty if there is none.
    pub(crate) fn trimmed(&self, name: &str) -> &str {
        self.field(name).unwrap_or_default().trim()
    }

    /// Whether there is a field called `name`.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.field(name).is_some()
    }

    /// The first field called `name`, which must be there and make sense.
    pub(crate) fn required<T: FromStr>(&self, name: &str) -> Result<T, PageError> {
        let text = self.field(name).ok_or(PageError::BadRequest)?;
        text.parse().map_err(|_| PageError::BadRequest)
    }

    /// Every field called `name`, each of which must make sense.
    pub(crate) fn all<T: FromStr>(&self, name: &str) -> Result<Vec<T>, PageError> {
        let values = self.fields.iter().filter(|(field, _)| field == name);
        values.map(|(_, value)| value.parse().map_err(|_| PageError::BadRequest)).collect()
    }
}

#[cfg(test)]
impl Asked {
    /// A form with these `fields`, of which `changes` are filled in otherwise, sent on 4 January 2027.
    pub(super) fn form(fields: &[(&str, &str)], changes: &[(&str, &str)]) -> Self {
        let is_changed = |name: &str| changes.iter().any(|(changed, _)| *changed == name);
        let unchanged = fields.iter().filter(|(name, _)| !is_changed(name));
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let today = jiff::civil::date(2027, 1, 4);
        Self { fields: unchanged.chain(changes).map(own).collect(), today, ..Self::default() }
    }
}

fn first<'f>(pairs: &'f [(String, String)], name: &str) -> Option<&'f str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
