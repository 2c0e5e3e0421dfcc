//! Everything that is wrong with the sentences that an operator brings, of both kinds.

use crate::{FurtherTexts, Language, OwnTexts, TextMistake, mistake::Ours};

/// Everything that is wrong with an operator's sentences; `sources` are ours, as for
/// [`Locales::read`](crate::Locales::read).
///
/// One for each sentence that cannot be used: no such name, empty, too long, an invisible
/// character, a value that ours has and this one lacks, a value that is not filled in, or no
/// Fluent. A text that a further language lacks is no mistake; [`FurtherTexts::missing`] lists those.
#[must_use]
pub fn mistakes<S: AsRef<[&'static str]>>(
    own: &OwnTexts,
    further: &FurtherTexts,
    sources: impl Fn(Language) -> S,
) -> Vec<TextMistake> {
    let ours = Ours::of(&sources);
    let mut found = own.mistakes(&ours, &sources);
    found.extend(further.mistakes(&ours, sources(Language::English).as_ref()));
    found
}
