//! The citizens of the demo.

use vocabulary::TrustLevel;

/// An invented person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citizen {
    /// For addresses and scripts.
    pub id: &'static str,
    /// All given names.
    pub given_names: Option<&'static str>,
    /// The family name, or the only one.
    pub family_name: &'static str,
    /// The name at birth, if it is another.
    pub birth_name: Option<&'static str>,
    /// As the document prints it; `00` for what is unknown.
    pub birth_date: &'static str,
    /// The place of birth.
    pub place_of_birth: &'static str,
    /// Where mail arrives (in the demo: in the mailbox page).
    pub email: &'static str,
    /// Ways to log in.
    pub means: &'static [Means],
    /// What is special about them.
    pub about: &'static str,
}

/// A way to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The online ID card or residence permit.
    OnlineId,
    /// The same person's next card: it has another pseudonym.
    NewOnlineId,
    /// An ELSTER certificate.
    Elster,
    /// User name and password, everything self-declared.
    Password,
}

impl Means {
    /// For addresses and scripts.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::OnlineId => "online-id",
            Self::NewOnlineId => "new-online-id",
            Self::Elster => "elster",
            Self::Password => "password",
        }
    }

    /// How sure it makes.
    #[must_use]
    pub fn level(self) -> TrustLevel {
        match self {
            Self::OnlineId | Self::NewOnlineId => TrustLevel::High,
            Self::Elster => TrustLevel::Substantial,
            Self::Password => TrustLevel::Basic,
        }
    }
}

const ALL: &[Means] = &[Means::OnlineId, Means::NewOnlineId, Means::Elster, Means::Password];
const CARD: &[Means] = &[Means::OnlineId, Means::NewOnlineId];

/// All citizens of the simulated providers.
#[must_use]
pub fn citizens() -> &'static [Citizen] {
    CITIZENS
}

const CITIZENS: &[Citizen] = &[
    Citizen {
        id: "erika",
        given_names: Some("Erika"),
        family_name: "Mustermann",
        birth_name: Some("Gabler"),
        birth_date: "1964-08-12",
        place_of_birth: "Berlin",
        email: "erika.mustermann@example.org",
        means: ALL,
        about: "married, birth name Gabler; every way to log in",
    },
    Citizen {
        id: "oezguer",
        given_names: Some("Özgür"),
        family_name: "Yıldız",
        birth_name: None,
        birth_date: "1987-03-05",
        place_of_birth: "Köln",
        email: "oezguer@example.org",
        means: ALL,
        about: "umlauts and a dotless i; no birth name stated",
    },
    Citizen {
        id: "marlene",
        given_names: Some("Marlene Sophie"),
        family_name: "Müller-Lüdenscheidt",
        birth_name: None,
        birth_date: "1990-10-03",
        place_of_birth: "Düsseldorf",
        email: "marlene@example.org",
        means: ALL,
        about: "hyphen, umlauts, two given names",
    },
    Citizen {
        id: "lena-berlin",
        given_names: Some("Lena"),
        family_name: "Schmidt",
        birth_name: None,
        birth_date: "1995-06-02",
        place_of_birth: "Berlin",
        email: "lena.b@example.org",
        means: ALL,
        about: "same name and birthday as the next, born in Berlin",
    },
    Citizen {
        id: "lena-hamburg",
        given_names: Some("Lena"),
        family_name: "Schmidt",
        birth_name: None,
        birth_date: "1995-06-02",
        place_of_birth: "Hamburg",
        email: "lena.hh@example.org",
        means: ALL,
        about: "same name and birthday as the one before, born in Hamburg",
    },
    Citizen {
        id: "olena",
        given_names: Some("Olena"),
        family_name: "Shevchenko",
        birth_name: None,
        birth_date: "1992-11-23",
        place_of_birth: "Kharkiv",
        email: "olena@example.org",
        means: CARD,
        about: "residence permit with online function",
    },
    Citizen {
        id: "suharto",
        given_names: None,
        family_name: "Suharto",
        birth_name: None,
        birth_date: "1980-00-00",
        place_of_birth: "Jakarta",
        email: "suharto@example.org",
        means: CARD,
        about: "a single name; only the year of birth is known",
    },
    Citizen {
        id: "ali",
        given_names: Some("Ali"),
        family_name: "Ahmadi",
        birth_name: None,
        birth_date: "1990-01-01",
        place_of_birth: "Kabul",
        email: "ali@example.org",
        means: CARD,
        about: "born on 1 January, like many whose day is unknown",
    },
    Citizen {
        id: "paul",
        given_names: Some("Paul"),
        family_name: "Neumann",
        birth_name: None,
        birth_date: "1999-09-09",
        place_of_birth: "Leipzig",
        email: "paul@example.org",
        means: &[Means::Password],
        about: "only user name and password: trust level basic",
    },
];
