//! Text that was taken for Latin-1 and written as UTF-8 once more: `BÃ¼rgeramt`.
//!
//! It happens when a dump of a database in UTF-8 is read through a connection that is set to
//! Latin-1. The damage looks like a name, so it is reported and not repaired: `Ã¼` could be meant.

use crate::report::Report;

/// What follows `Ã` in place of ä, ö, ü, ß, Ä, Ö and Ü, read as Latin-1 or as Windows-1252.
const SECONDS: [char; 11] =
    ['¤', '¶', '¼', '\u{9f}', 'Ÿ', '\u{84}', '„', '\u{96}', '–', '\u{9c}', 'œ'];

/// Tells of the first such letter of a file. It is carried over as it is: a name may be meant so.
pub(crate) fn tell_encoded_twice(file: &str, text: &str, report: &mut Report) {
    let is_second = |(at, first): &(usize, &str)| text[at + first.len()..].starts_with(SECONDS);
    let Some((at, _)) = text.match_indices('Ã').find(is_second) else { return };
    let line = text[..at].matches('\n').count() + 1;
    let problem = "letters that were encoded twice, as `BÃ¼rgeramt`";
    let remedy = "convert the file back by `iconv -f utf8 -t latin1` and import again";
    report.changed(&format!("{file}: line {line}"), problem, remedy);
}
