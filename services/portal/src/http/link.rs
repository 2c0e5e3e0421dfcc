//! Addresses of pages. They are made here and nowhere else.

use client::{FreeSlot, TrustLevel};
use ids::{AuthorityId, BookingId, LocationId, ServiceId};
use jiff::{Timestamp, civil::Date};
use url::form_urlencoded::Serializer;

use super::page_error::PageError;
use crate::text::Language;

/// What a person searches for; part of the query of each page on the way to an appointment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SearchCriteria {
    /// At least one.
    pub(crate) services: Vec<ServiceId>,
    /// Where; empty means anywhere.
    pub(crate) locations: Vec<LocationId>,
    /// The appointment that shall be replaced.
    pub(crate) replaces: Option<BookingId>,
}

impl SearchCriteria {
    /// Reads the fields of a query or a form; others are left to the page.
    pub(crate) fn from_fields(fields: &[(String, String)]) -> Result<Self, PageError> {
        let mut criteria = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "service" => {
                    criteria.services.push(value.parse().map_err(|_| PageError::BadRequest)?)
                }
                "location" => {
                    criteria.locations.push(value.parse().map_err(|_| PageError::BadRequest)?)
                }
                "replaces" => {
                    criteria.replaces = Some(value.parse().map_err(|_| PageError::BadRequest)?)
                }
                _ => {}
            }
        }
        if criteria.services.is_empty() { Err(PageError::BadRequest) } else { Ok(criteria) }
    }

    /// The same criteria anywhere.
    pub(crate) fn anywhere(&self) -> Self {
        Self { locations: Vec::new(), ..self.clone() }
    }

    pub(crate) fn visit(&self) -> client::Visit {
        client::Visit { services: self.services.clone(), locations: self.locations.clone() }
    }

    fn query(&self) -> Serializer<'static, String> {
        let mut query = Serializer::new(String::new());
        for service in &self.services {
            query.append_pair("service", service.as_str());
        }
        for location in &self.locations {
            query.append_pair("location", location.as_str());
        }
        if let Some(replaces) = self.replaces {
            query.append_pair("replaces", &replaces.to_string());
        }
        query
    }
}

/// The addresses of one language's pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Links(pub(crate) Language);

impl Links {
    pub(crate) fn start(self) -> String {
        format!("/{}", self.0)
    }

    pub(crate) fn about(self) -> String {
        format!("/{}/about", self.0)
    }

    pub(crate) fn days(self, authority: &AuthorityId, criteria: &SearchCriteria) -> String {
        format!("/{}/{authority}/days?{}", self.0, criteria.query().finish())
    }

    /// The same page without its query, as the target of a form.
    pub(crate) fn days_form(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/days", self.0)
    }

    pub(crate) fn day(
        self,
        authority: &AuthorityId,
        criteria: &SearchCriteria,
        date: Date,
    ) -> String {
        let query = criteria.query().append_pair("date", &date.to_string()).finish();
        format!("/{}/{authority}/day?{query}", self.0)
    }

    pub(crate) fn choice(
        self,
        authority: &AuthorityId,
        criteria: &SearchCriteria,
        slot: &FreeSlot,
    ) -> String {
        let query = criteria
            .anywhere()
            .query()
            .append_pair("slot", &slot_field(&slot.location, slot.start))
            .finish();
        format!("/{}/{authority}/choice?{query}", self.0)
    }

    pub(crate) fn hold(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/hold", self.0)
    }

    pub(crate) fn confirm(self) -> String {
        format!("/{}/confirm", self.0)
    }

    pub(crate) fn release(self) -> String {
        format!("/{}/release", self.0)
    }

    pub(crate) fn appointments(self) -> String {
        format!("/{}/appointments", self.0)
    }

    pub(crate) fn appointment(self, authority: &AuthorityId, id: &BookingId) -> String {
        format!("/{}/{authority}/appointments/{id}", self.0)
    }

    pub(crate) fn cancel(self, authority: &AuthorityId, id: &BookingId) -> String {
        format!("{}/cancel", self.appointment(authority, id))
    }

    /// Where the code is entered that proves an e-mail address.
    pub(crate) fn email(self, authority: &AuthorityId, id: &BookingId) -> String {
        format!("{}/email", self.appointment(authority, id))
    }

    pub(crate) fn calendar(self, authority: &AuthorityId, id: &BookingId) -> String {
        format!("{}/calendar.ics", self.appointment(authority, id))
    }

    /// Where a person proves that an application is on file.
    pub(crate) fn entitlement(self, authority: &AuthorityId, criteria: &SearchCriteria) -> String {
        format!("/{}/{authority}/entitlement?{}", self.0, criteria.query().finish())
    }

    /// The front desk of an authority.
    pub(crate) fn desk(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/desk", self.0)
    }

    /// Where a member of staff logs in.
    pub(crate) fn staff_login(self, back: &str) -> String {
        self.with_login_query("login/start", back, None) + "&staff"
    }

    /// The page that explains the log-in and then leads back to `back`.
    pub(crate) fn login(self, back: &str, level: Option<TrustLevel>) -> String {
        self.with_login_query("login", back, level)
    }

    /// Where the log-in starts at once.
    pub(crate) fn login_start(self, back: &str, level: Option<TrustLevel>) -> String {
        self.with_login_query("login/start", back, level)
    }

    pub(crate) fn logout(self) -> String {
        format!("/{}/logout", self.0)
    }

    pub(crate) fn goodbye(self) -> String {
        format!("/{}/goodbye", self.0)
    }

    fn with_login_query(self, page: &str, back: &str, level: Option<TrustLevel>) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("back", back);
        if let Some(level) = level {
            query.append_pair("level", level.as_str());
        }
        format!("/{}/{page}?{}", self.0, query.finish())
    }
}

/// One slot as the value of a form field.
pub(crate) fn slot_field(location: &LocationId, start: Timestamp) -> String {
    format!("{location}@{start}")
}

/// Reads what [`slot_field`] wrote.
pub(crate) fn read_slot_field(field: &str) -> Result<(LocationId, Timestamp), PageError> {
    let (location, start) = field.split_once('@').ok_or(PageError::BadRequest)?;
    let location = location.parse().map_err(|_| PageError::BadRequest)?;
    let start = start.parse().map_err(|_| PageError::BadRequest)?;
    Ok((location, start))
}

/// `path` if it leads to a page of this site, else the start page: a log-in must not end at an
/// address that a stranger chose.
pub(crate) fn own_path(path: &str, links: Links) -> String {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 1000
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if own { path.to_owned() } else { links.start() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_survives_the_way_through_a_link() {
        let criteria = SearchCriteria {
            services: vec!["120686".parse().unwrap(), "120703".parse().unwrap()],
            locations: vec!["122280".parse().unwrap()],
            replaces: Some(BookingId::from_bits(7)),
        };
        let link = Links(Language::German).days(&"buergeramt".parse().unwrap(), &criteria);
        let query = link.split_once('?').unwrap().1;
        let fields: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        assert_eq!(SearchCriteria::from_fields(&fields).unwrap(), criteria);
    }

    #[test]
    fn a_slot_survives_the_way_through_a_form() {
        let location: LocationId = "122280".parse().unwrap();
        let start = "2027-01-04T07:00:00Z".parse().unwrap();
        let field = slot_field(&location, start);
        assert_eq!(read_slot_field(&field).unwrap(), (location, start));
        for wrong in ["", "122280", "@", "122280@", "122280@tomorrow", "ü@2027-01-04T07:00:00Z"] {
            assert!(read_slot_field(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_login_never_ends_elsewhere() {
        let links = Links(Language::English);
        assert_eq!(own_path("/de/appointments?x=1", links), "/de/appointments?x=1");
        for path in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a b", "/ä"]
        {
            assert_eq!(own_path(path, links), "/en", "{path}");
        }
    }
}
