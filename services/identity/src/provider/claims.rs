//! From a provider's claims to what we want to know.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value};
use vocabulary::TrustLevel;

use super::{login::LoginError, profile::ReadProfile};
use crate::{
    person::Attributes,
    settings::{Grant, StaffSettings},
};

/// What a verified log-in says.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    /// What stays the same when this account or card logs in again.
    pub(crate) login_key: String,
    /// The provider's own name for the account, and for this log-in (for logging out).
    pub(crate) subject: String,
    pub(crate) provider_session: Option<String>,
    /// How the person proved who they are.
    pub(crate) level: TrustLevel,
    /// When they did.
    pub(crate) auth_time: Timestamp,
    pub(crate) holder: Holder,
}

/// The account's holder: a citizen or a member of staff.
#[derive(Debug, Clone)]
pub(crate) enum Holder {
    Citizen {
        attributes: Attributes,
        email: Option<Email>,
    },
    /// The groups are those of the account that the settings name.
    Staff {
        groups: Vec<String>,
        grants: Vec<Grant>,
    },
}

/// An e-mail address, and whether the provider verified it.
#[derive(Clone)]
pub(crate) struct Email {
    pub(crate) address: String,
    pub(crate) vouched: bool,
}

impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Email").field("vouched", &self.vouched).finish_non_exhaustive()
    }
}

/// The claims of an ID token whose signature and standard claims were verified before, and of
/// the userinfo answer.
#[derive(Clone)]
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    /// Reads the payload of a token that was verified.
    pub(super) fn of_verified(token: &str) -> Result<Self, LoginError> {
        let payload = token.split('.').nth(1).unwrap_or_default();
        let json = URL_SAFE_NO_PAD.decode(payload).map_err(|_| LoginError::Unreadable)?;
        serde_json::from_slice(&json).map(Self).map_err(|_| LoginError::Unreadable)
    }

    /// Adds claims of the userinfo answer; what the ID token says counts more.
    pub(super) fn complete_with(&mut self, userinfo: Map<String, Value>) {
        for (name, value) in userinfo {
            self.0.entry(name).or_insert(value);
        }
    }

    /// A claim as trimmed text; a dot reaches into an object. Empty counts as missing.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let whole = self.0.get(name);
        let value = whole.or_else(|| {
            let (first, rest) = name.split_once('.')?;
            rest.split('.').try_fold(self.0.get(first)?, |value, part| value.get(part))
        })?;
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    fn seconds(&self, name: &str) -> Option<Timestamp> {
        Timestamp::from_second(self.0.get(name)?.as_i64()?).ok()
    }

    /// What the claims say about the person. A level that is not listed is refused, since
    /// it states no assurance level; staff act by their roles, not by a level.
    pub(super) fn account(
        &self,
        profile: &ReadProfile,
        staff: Option<&StaffSettings>,
        today: Date,
    ) -> Result<Account, LoginError> {
        let level = self.text(&profile.level).and_then(|value| profile.levels.get(&value).copied());
        let auth_time = self.seconds("auth_time").or_else(|| self.seconds("iat"));
        let (holder, level) = match staff {
            Some(staff) => (self.staff(staff), level.unwrap_or(TrustLevel::Basic)),
            None => (self.citizen(profile, today)?, level.ok_or(LoginError::UnknownLevel)?),
        };
        Ok(Account {
            login_key: self.text(&profile.login_key).ok_or(LoginError::Incomplete)?,
            subject: self.text("sub").ok_or(LoginError::Unreadable)?,
            provider_session: self.text("sid"),
            level,
            auth_time: auth_time.ok_or(LoginError::Unreadable)?,
            holder,
        })
    }

    fn staff(&self, settings: &StaffSettings) -> Holder {
        let groups: Vec<&str> = match self.0.get(&settings.groups_claim) {
            Some(Value::Array(groups)) => groups.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(groups)) => groups.split_whitespace().collect(),
            _ => Vec::new(),
        };
        let known = groups.into_iter().filter(|group| settings.grants.contains_key(*group));
        let groups: Vec<String> = known.map(str::to_owned).collect();
        Holder::Staff { grants: settings.granted_to(&groups), groups }
    }

    fn citizen(&self, profile: &ReadProfile, today: Date) -> Result<Holder, LoginError> {
        let given_names = self.text(&profile.given_names);
        let family_name = self.text(&profile.family_name);
        // A person with a single name may have it in either claim.
        let (given_names, family_name) = match (given_names, family_name) {
            (given, Some(family)) => (given, family),
            (Some(only), None) => (None, only),
            (None, None) => return Err(LoginError::Incomplete),
        };
        let birth_date = self.text(&profile.birth_date).ok_or(LoginError::Incomplete)?;
        let birth_date: crate::person::BirthDate =
            birth_date.parse().map_err(|_| LoginError::Incomplete)?;
        let attributes = Attributes {
            given_names,
            family_name,
            birth_name: self.text(&profile.birth_name),
            birth_date: birth_date.to_string(),
            place_of_birth: self.text(&profile.place_of_birth),
        };
        attributes.check(today).map_err(LoginError::Unacceptable)?;
        Ok(Holder::Citizen { attributes, email: self.email(profile) })
    }

    /// `email_verified` (OpenID Connect Core section 5.1) counts; without it, the profile.
    fn email(&self, profile: &ReadProfile) -> Option<Email> {
        let vouched = match self.0.get("email_verified") {
            Some(Value::Bool(verified)) => *verified,
            Some(Value::String(verified)) => verified == "true",
            Some(_) => false,
            None => profile.vouches_for_email,
        };
        self.text(&profile.email).map(|address| Email { address, vouched })
    }

    pub(super) fn has_auth_time(&self) -> bool {
        self.seconds("auth_time").is_some()
    }
}

impl std::fmt::Debug for Claims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Claims")
    }
}
