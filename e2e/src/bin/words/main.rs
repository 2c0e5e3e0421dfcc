//! `words`: does any source use a word that the glossary retired?
//!
//! The list is the table "Retired words" in `libs/README.md`. Names, comments, texts, scripts and
//! docs are read alike. Part of `make lint`.

mod retired;
mod sources;

use std::{fs, io, path::Path, process::ExitCode};

use retired::Retired;

/// The glossary, relative to the workspace.
const GLOSSARY: &str = "libs/README.md";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("e2e lies in the workspace");
    match complaints(root) {
        Ok(complaints) if complaints.is_empty() => {
            println!("words: none is retired");
            ExitCode::SUCCESS
        }
        Ok(complaints) => {
            complaints.iter().for_each(|complaint| eprintln!("{complaint}"));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("words: {error}");
            ExitCode::FAILURE
        }
    }
}

fn complaints(root: &Path) -> io::Result<Vec<String>> {
    let retired = Retired::parse(&fs::read_to_string(root.join(GLOSSARY))?)
        .map_err(|error| io::Error::other(format!("{GLOSSARY}: {error}")))?;
    let mut complaints = Vec::new();
    for file in sources::list(root)? {
        let text = fs::read_to_string(root.join(&file))?;
        for (index, line) in text.lines().enumerate() {
            for found in retired.find(&file, line) {
                complaints.push(format!(
                    "{file}:{}: `{}` is retired. Write: {}. See {GLOSSARY}, \"Retired words\".",
                    index + 1,
                    found.word,
                    found.instead
                ));
            }
        }
    }
    Ok(complaints)
}
