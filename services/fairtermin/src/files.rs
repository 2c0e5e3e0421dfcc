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

/// The text of a file.
pub fn read(file: &Path) -> Result<String, CommandError> {
    fs::read_to_string(file).map_err(|error| {
        let doing = format!("cannot read {}", file.display());
        CommandError::from_error(&doing, &error).exit(UNREADABLE)
    })
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
