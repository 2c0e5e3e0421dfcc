//! `fairtermin init`: from nothing to files that `helm` takes.
//!
//! In the order of the files here: `answers` (what is asked), `values` (the files of the platform
//! and of the authority), `secrets` (keys that are made once), `template` (how texts are filled in).

mod answers;
mod secrets;
mod template;
mod values;

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use ambient::SystemEntropy;
use ids::AuthorityId;

use self::answers::{Answers, Interview};
use crate::{arguments::Init, command_error::CommandError, files, schema};

/// Who may read what was written: everybody, or its owner alone.
const PUBLIC: u32 = 0o644;
const PRIVATE: u32 = 0o600;

/// What the files are called that every authority gets.
const FIXED: [&str; 4] = ["platform.yaml", "values.schema.json", "next.md", "secrets.yaml"];

/// Asks, writes, and says what to do next.
pub fn run(arguments: &Init) -> Result<(), CommandError> {
    refuse_existing(&arguments.folder, arguments.authority.as_ref())?;
    let mut interview = Interview { input: &mut io::stdin().lock(), silent: arguments.yes };
    let answers = Answers::ask(arguments, &mut interview)?;
    let secrets = secrets::manifests(&answers, &SystemEntropy)?;
    let written = [
        ("platform.yaml".to_owned(), values::platform(&answers), PUBLIC),
        (answers.file(), values::authority(&answers), PUBLIC),
        ("values.schema.json".to_owned(), format!("{:#}\n", schema::values()), PUBLIC),
        ("next.md".to_owned(), values::next(&answers), PUBLIC),
        ("secrets.yaml".to_owned(), secrets, PRIVATE),
    ];
    write_all(&arguments.folder, &written)?;
    let folder = arguments.folder.display();
    files::print(&format!(
        "{folder}/platform.yaml      the platform: log-in, messages, web pages\n\
         {folder}/{}      what {} offers\n\
         {folder}/secrets.yaml       generated keys, readable by you alone; replace CHANGE-ME, then \
         put it into a vault\n\
         {folder}/values.schema.json for your editor\n\
         {folder}/next.md            what to do next\n\n\
         Next: fairtermin check {folder}/platform.yaml {folder}/{}\n",
        answers.file(),
        answers.authority,
        answers.file(),
    ))
}

/// Refuses before the questions, so that no answer is lost.
fn refuse_existing(folder: &Path, authority: Option<&AuthorityId>) -> Result<(), CommandError> {
    let own = authority.map(|id| format!("{id}.yaml"));
    let names = FIXED.into_iter().map(str::to_owned).chain(own);
    none_is_there(folder, names)
}

/// Fails with the first of these files that is there.
fn none_is_there(
    folder: &Path,
    mut names: impl Iterator<Item = String>,
) -> Result<(), CommandError> {
    let Some(name) = names.find(|name| folder.join(name).exists()) else { return Ok(()) };
    let message = format!("{} is there already", folder.join(name).display());
    Err(CommandError::new(message).advice("Choose another folder."))
}

/// All or none: a file that is there is never replaced.
fn write_all(folder: &Path, files: &[(String, String, u32)]) -> Result<(), CommandError> {
    let doing = format!("cannot write to {}", folder.display());
    let refused = |error: io::Error| CommandError::from_error(&doing, &error);
    none_is_there(folder, files.iter().map(|(name, ..)| name.clone()))?;
    fs::create_dir_all(folder).map_err(refused)?;
    for (name, text, mode) in files {
        let mut options = OpenOptions::new();
        let mut file = options
            .write(true)
            .create_new(true)
            .mode(*mode)
            .open(folder.join(name))
            .map_err(refused)?;
        file.write_all(text.as_bytes()).map_err(refused)?;
    }
    Ok(())
}
