//! What is read and printed at a terminal.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::command_error::CommandError;

/// The exit code of a command that could not look: a file cannot be read.
pub const UNREADABLE: u8 = 2;

/// Each file with its text, in this order.
pub fn read_all(files: &[PathBuf]) -> Result<Vec<(String, String)>, CommandError> {
    files.iter().map(|file| Ok((file.display().to_string(), read(file)?))).collect()
}

/// The text of a file: UTF-8, or XML that says that it is Latin-1.
pub fn read(file: &Path) -> Result<String, CommandError> {
    let bytes = fs::read(file).map_err(|error| {
        let doing = format!("cannot read {}", file.display());
        CommandError::from_error(&doing, &error).exit(UNREADABLE)
    })?;
    if is_latin_1_xml(&bytes) {
        return Ok(bytes.into_iter().map(char::from).collect());
    }
    String::from_utf8(bytes)
        .map_err(|error| not_utf_8(file, error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// Whether the declaration of an XML file names ISO-8859-1, whose bytes are the first letters of
/// Unicode.
fn is_latin_1_xml(bytes: &[u8]) -> bool {
    const LONGEST: usize = 200;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]).to_lowercase();
    let declaration = head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    declaration.is_some_and(|(declaration, _)| {
        ["\"iso-8859-1\"", "'iso-8859-1'"].iter().any(|name| declaration.contains(name))
    })
}

/// Says where the byte `at` stands, and how to convert the file.
fn not_utf_8(file: &Path, bytes: &[u8], at: usize) -> CommandError {
    let before = &bytes[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let column = at - begin + 1;
    let is_utf_16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let from = if is_utf_16 { "utf16" } else { "latin1" };
    let name = file.display();
    CommandError::new(format!(
        "cannot read {name}: byte {column} of line {line} is no UTF-8: it is written in another \
         encoding"
    ))
    .advice(format!("Convert it: iconv -f {from} -t utf8 {name} > NEW-FILE"))
    .exit(UNREADABLE)
}

/// For functions that borrow what was read.
pub fn borrowed(texts: &[(String, String)]) -> Vec<(&str, &str)> {
    texts.iter().map(|(name, text)| (&**name, &**text)).collect()
}

/// Writes a file. One that is there is replaced only with `force`.
pub fn write_new(file: &Path, text: &str, force: bool) -> Result<(), CommandError> {
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let written = options.open(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| {
        let doing = format!("cannot write {}", file.display());
        let refused = CommandError::from_error(&doing, &error).exit(UNREADABLE);
        match error.kind() {
            io::ErrorKind::AlreadyExists => {
                refused.advice("Choose another file, or replace it with --force.")
            }
            _ => refused,
        }
    })
}

/// Writes to standard output; a reader that has seen enough (`| head`) is no failure.
pub fn print(text: &str) -> Result<(), CommandError> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| CommandError::from_error("cannot print", &error)),
    }
}
