//! The glossary's table of retired words.

/// What the table's heading is.
const HEADING: &str = "## Retired words";

/// A word that is no longer written.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// An identifier or part of one, or a phrase; upper and lower case differ.
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
        self.0.iter().filter(move |word| {
            !word.allowed.iter().any(|path| file.starts_with(path)) && contains(line, &word.word)
        })
    }
}

fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Whether `word` stands in `line` by itself or as a part of a snake-case name.
fn contains(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let is_inside = |character: char| character.is_alphanumeric();
        !line[..start].ends_with(is_inside) && !line[start + word.len()..].starts_with(is_inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLOSSARY: &str = "\
# libs\n\n## Retired words\n\nOne list.\n\n\
| retired | write | still right in |\n|---|---|---|\n\
| `Reign`, `reigns` | leader lease | `services/slot/src/store/migrations/` |\n\
| `nobody is told` | the fault and what follows | |\n\n## More\n\n| `free` | x | |\n";

    fn found(file: &str, line: &str) -> usize {
        Retired::parse(GLOSSARY).unwrap().find(file, line).count()
    }

    #[test]
    fn names_comments_and_phrases_are_found() {
        for line in [
            "pub struct Reign {",
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
    fn longer_words_other_cases_and_allowed_paths_are_not() {
        for line in ["Reigned", "foreign", "REIGN", "reignite", "free"] {
            assert_eq!(found("libs/a/src/lib.rs", line), 0, "{line}");
        }
        assert_eq!(found("services/slot/src/store/migrations/m0002.rs", "CREATE TABLE reigns"), 0);
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
