//! Catalogues: the small office of the checks, and the days of the Berlin preset.

use std::sync::OnceLock;

use catalogue::Catalogue;
use jiff::civil::Date;

/// The office of the checks.
const OFFICE: &str = include_str!("office.yaml");
/// The Bürgerämter, as they are shipped.
const BERLIN: &str = include_str!("../../../../charts/fairtermin/values-buergeramt.yaml");

/// The office in which the checks play: a hall of 100 seats and a booth of one.
///
/// # Panics
/// Never: the text is part of the program, and every check reads it.
pub fn office() -> &'static Catalogue {
    static OFFICE_READ: OnceLock<Catalogue> = OnceLock::new();
    OFFICE_READ.get_or_init(|| parse("office.yaml", OFFICE))
}

/// On which days the citizens' offices of the preset are open.
#[derive(Debug)]
pub struct OfficeDays(Catalogue);

impl OfficeDays {
    /// Of the preset `values-buergeramt.yaml`.
    ///
    /// # Panics
    /// Never: the catalogue's own tests read the same file.
    #[must_use]
    pub fn of_berlin() -> Self {
        Self(parse("values-buergeramt.yaml", BERLIN))
    }

    /// Whether any place is open on `date`: not on holidays, weekends and closures.
    #[must_use]
    pub fn is_open(&self, date: Date) -> bool {
        let mut places = self.0.locations();
        places.any(|(id, _)| self.0.day_plan(id, date).is_some_and(|plan| !plan.is_closed()))
    }
}

fn parse(name: &str, text: &str) -> Catalogue {
    Catalogue::parse(name, text).unwrap_or_else(|error| panic!("{name}: {error}"))
}
