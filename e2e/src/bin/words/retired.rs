//! The glossary's table of retired words.

/// What the table's heading is.
const HEADING: &str = "## Retired words";

/// A word that is no longer written.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// A name or part of one, or a phrase; with a capital in it, upper and lower case differ.
    pub word: String,
    /// The words to write instead.
    pub instead: String,
    /// Below these paths the word is still right.
    allowed: Vec<String>,
}

/// All retired words.
#[derive(Debug)]
pub struct Retired(Vec<Word>);

impl Retired {
    /// Reads the rows `| retired | instead | still right in |` below [`HEADING`]. Words and paths
    /// stand in backquotes.
    ///
    /// # Errors
    /// The table is missing, or a row has no word or no replacement.
    pub fn parse(glossary: &str) -> Result<Self, String> {
        let (_, section) =
            glossary.split_once(HEADING).ok_or_else(|| format!("no heading `{HEADING}`"))?;
        let section = section.split("\n## ").next().unwrap_or(section);
        let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
        let mut words = Vec::new();
        for row in rows {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [retired, instead, allowed] = cells[..] else {
                return Err(format!("three cells expected: {row}"));
            };
            if quoted(retired).next().is_none() || instead.is_empty() {
                return Err(format!("a word in backquotes and its replacement expected: {row}"));
            }
            words.extend(quoted(retired).map(|word| Word {
                word: word.to_owned(),
                instead: instead.to_owned(),
                allowed: quoted(allowed).map(str::to_owned).collect(),
            }));
        }
        if words.is_empty() { Err("the table is empty".to_owned()) } else { Ok(Self(words)) }
    }

    /// The retired words in a line of `file`.
    pub fn find<'a>(&'a self, file: &'a str, line: &'a str) -> impl Iterator<Item = &'a Word> {
        let line = parts(line);
        self.0.iter().filter(move |word| {
            contains(&line, &word.word) && !word.allowed.iter().any(|path| file.starts_with(path))
        })
    }
}

fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// A word of a line: a part of a name, or of a sentence.
#[derive(Debug, PartialEq, Eq)]
struct Part<'a> {
    text: &'a str,
    /// Whether it belongs to the same name as the part before.
    is_joined: bool,
}

/// Splits at everything that is neither letter nor digit, and names at their capitals too:
/// `HTTPServer_name2` is `HTTP`, `Server`, `name2`.
fn parts(line: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut is_joined) = (None, false);
    let mut before = None;
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let is_part = character.is_alphanumeric();
        let next_is_small = characters.peek().is_some_and(|(_, next)| next.is_lowercase());
        let begins =
            character.is_uppercase() && (next_is_small || !before.is_some_and(char::is_uppercase));
        if let Some(from) = start
            && (!is_part || begins)
        {
            parts.push(Part { text: &line[from..at], is_joined });
            (start, is_joined) = (None, true);
        }
        if is_part && start.is_none() {
            start = Some(at);
        } else if !is_part && character != '_' {
            is_joined = false;
        }
        before = Some(character);
    }
    parts.extend(start.map(|from| Part { text: &line[from..], is_joined }));
    parts
}

/// Whether `word` stands in the line, by itself or as a part of a name.
fn contains(line: &[Part<'_>], word: &str) -> bool {
    let any_case = !word.contains(char::is_uppercase);
    let wanted = parts(word);
    let same = |wanted: &str, found: &str| {
        if any_case { found.to_lowercase() == wanted } else { found == wanted }
    };
    let plural = |wanted: &str, found: &str| {
        ["s", "es"].iter().any(|ending| same(&format!("{wanted}{ending}"), found))
    };
    line.windows(wanted.len()).any(|found| {
        let last = wanted.len() - 1;
        wanted.iter().zip(found).enumerate().all(|(at, (wanted, found))| {
            (at == 0 || wanted.is_joined == found.is_joined)
                && (same(wanted.text, found.text)
                    || (any_case && at == last && plural(wanted.text, found.text)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLOSSARY: &str = "\
# libs\n\n## Retired words\n\nOne list.\n\n\
| retired | write | still right in |\n|---|---|---|\n\
| `reign` | leader lease | `services/slot/src/store/migrations/` |\n\
| `Said`, `LEAST` | a word that sentences need | |\n\
| `to_tell` | new message | |\n\
| `nobody is told` | the fault and what follows | |\n\n## More\n\n| `free` | x | |\n";

    fn found(file: &str, line: &str) -> usize {
        Retired::parse(GLOSSARY).unwrap().find(file, line).count()
    }

    #[test]
    fn names_comments_and_phrases_are_found() {
        for line in [
            "pub struct Reign {",
            "pub struct FirstReign {",
            "pub struct ReignView {",
            "const REIGNS: u8 = 1;",
            "pub struct WhatSaid;",
            "const AT_LEAST: u8 = 1;",
            "fn read_to_tell() {}",
            "struct ToTell;",
            "// Nobody is told.",
            "use store::reigns;",
            "fn read_reigns() {}",
            "/// One Reign at a time.",
            "    // so nobody is told",
            "redis.call('GET', 'fairtermin:reigns')",
        ] {
            assert_eq!(found("libs/a/src/lib.rs", line), 1, "{line}");
        }
    }

    #[test]
    fn longer_words_sentences_and_allowed_paths_are_not() {
        for line in [
            "Reigned",
            "foreign",
            "reignite",
            "ForeignKey",
            "free",
            "as we said, at least",
            "nothing to tell",
            "nobody_is_told",
        ] {
            assert_eq!(found("libs/a/src/lib.rs", line), 0, "{line}");
        }
        assert_eq!(found("services/slot/src/store/migrations/m0002.rs", "CREATE TABLE reigns"), 0);
    }

    #[test]
    fn a_name_is_split_at_underscores_and_capitals() {
        let split = |line| {
            let parts = parts(line).into_iter();
            parts.map(|part| (part.text, part.is_joined)).collect::<Vec<_>>()
        };
        assert_eq!(split("HTTPServer_name2"), [("HTTP", false), ("Server", true), ("name2", true)]);
        assert_eq!(
            split("a_b, KEPT_FOR"),
            [("a", false), ("b", true), ("KEPT", false), ("FOR", true)]
        );
        assert_eq!(split("Ärger über `Öl`"), [("Ärger", false), ("über", false), ("Öl", false)]);
    }

    #[test]
    fn a_broken_table_is_refused() {
        for (broken, wrong) in [
            ("# libs\n", "heading"),
            ("## Retired words\n", "empty"),
            ("## Retired words\n| a | b | c |\n|-|-|-|\n| `x` | | |\n", "replacement"),
            ("## Retired words\n| a | b | c |\n|-|-|-|\n| `x` | y |\n", "three cells"),
        ] {
            assert!(Retired::parse(broken).unwrap_err().contains(wrong), "{broken}");
        }
    }

    #[test]
    fn the_glossary_itself_is_read() {
        let glossary = include_str!("../../../../libs/README.md");
        assert!(Retired::parse(glossary).unwrap().0.len() > 50);
    }
}
