//! What messages say. The texts are in `locales/<language>.ftl` (Fluent).

mod dates;
mod language;

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

pub(crate) use language::Language;

/// The texts of one language.
#[derive(Clone, Copy)]
pub(crate) struct Texts {
    language: Language,
    bundle: &'static FluentBundle<FluentResource>,
}

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> =
    LazyLock::new(|| Language::ALL.iter().map(|language| bundle(*language)).collect());

impl Texts {
    pub(crate) fn of(language: Language) -> Self {
        Self { language, bundle: &BUNDLES[language as usize] }
    }

    /// The text called `id`.
    pub(crate) fn text(self, id: &str) -> String {
        self.fill(id, &[])
    }

    /// The text called `id` with values put in.
    pub(crate) fn fill(self, id: &str, values: &[(&str, &str)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            tracing::error!(id, language = self.language.tag(), "a text is missing");
            return format!("[{id}]");
        };
        let args: FluentArgs<'_> =
            values.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        if !errors.is_empty() {
            tracing::error!(id, language = self.language.tag(), ?errors, "a text lacks a value");
        }
        text.into_owned()
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.plural_rules()]);
    // Isolation marks matter where a German name stands in an Arabic sentence; elsewhere they
    // would only get into what people copy.
    bundle.set_use_isolating(language.direction() == "rtl");
    let resource = FluentResource::try_new(language.source().to_owned())
        .unwrap_or_else(|(_, errors)| panic!("locales/{}.ftl: {errors:?}", language.tag()));
    bundle
        .add_resource(resource)
        .unwrap_or_else(|errors| panic!("locales/{}.ftl: {errors:?}", language.tag()));
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(language: Language) -> BTreeSet<&'static str> {
        let lines = language.source().lines();
        let messages =
            lines.filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()));
        messages.filter_map(|line| line.split_once(" =")).map(|(id, _)| id).collect()
    }

    #[test]
    fn every_language_says_everything() {
        let german = ids(Language::German);
        for language in Language::ALL {
            let missing: Vec<_> = german.difference(&ids(*language)).copied().collect();
            let extra: Vec<_> = ids(*language).difference(&german).copied().collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "{language:?}: missing {missing:?}, extra {extra:?}"
            );
        }
    }
}
