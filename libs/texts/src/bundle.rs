//! The sentences of one language, as Fluent has them.

use std::collections::BTreeMap;

use fluent_bundle::{FluentResource, concurrent::FluentBundle};

use crate::{
    Language,
    source::{Message, messages, split},
};

/// The sentences of one language.
///
/// Concurrent, so that all threads of a server share one.
pub(crate) type Bundle = FluentBundle<FluentResource>;

/// Reads the sources of one language.
///
/// # Panics
/// As [`Locales::read`](crate::Locales::read): a source is not Fluent, or two sources have a text of the same name.
pub(crate) fn bundle(language: Language, sources: &[&str]) -> Bundle {
    let rules = language.plural_rules().parse().expect("the table of languages has valid tags");
    let mut bundle = FluentBundle::new_concurrent(vec![rules]);
    // Isolation marks matter where a German name stands in an Arabic sentence; elsewhere they
    // would only get into what people copy.
    bundle.set_use_isolating(language.is_right_to_left());
    for source in sources {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("locales/{language}: {errors:?}"));
        bundle
            .add_resource(resource)
            .unwrap_or_else(|errors| panic!("locales/{language}: {errors:?}"));
    }
    bundle
}

/// The sentences of `sources` with `texts` in the place of some, each by its name: a message keeps the
/// parts that none replaces. What cannot be read is left out.
pub(crate) fn overlaid<'t>(
    language: Language,
    sources: &[&str],
    texts: impl IntoIterator<Item = (&'t str, &'t str)>,
) -> Bundle {
    let mut bundle = bundle(language, sources);
    let ours = messages(sources);
    let mut changed = BTreeMap::<&str, Message>::new();
    for (id, text) in texts {
        let (name, attribute) = split(id);
        if let Some(message) = ours.get(name) {
            let message = changed.entry(name).or_insert_with(|| message.clone());
            message.replace(attribute, text);
        }
    }
    for (name, message) in changed {
        if let Ok(resource) = FluentResource::try_new(message.written(name)) {
            bundle.add_resource_overriding(resource);
        }
    }
    bundle
}
