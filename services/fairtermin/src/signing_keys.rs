//! `keys rotate`: from one signing key to the next while every token stays valid.
//!
//! A verifier must know a key before the first token comes that it signed, and for as long as the
//! last one lives: so a new key is published first, then signs, and the old one goes last.

use std::{fs, io, path::Path};

use ambient::SystemEntropy;
use auth::SigningKey;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    arguments::{Keys, RotationStep},
    command_error::CommandError,
    files::UNREADABLE,
};

/// A JWK set of private keys; the first signs.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeySet {
    keys: Vec<Value>,
}

/// Does one step and says what comes next.
pub fn run(arguments: &Keys) -> Result<(), CommandError> {
    let Keys::Rotate { file, step } = arguments;
    let mut set = read(file)?;
    let next = set.take(*step)?;
    write(file, &set)?;
    for (place, key) in set.parsed()?.iter().enumerate() {
        println!("{} {}", key.kid(), if place == 0 { "signs" } else { "is published" });
    }
    println!("{next}");
    Ok(())
}

/// A set with a first key, for a new installation.
pub fn new_set() -> Result<String, CommandError> {
    let mut set = KeySet::default();
    set.take(RotationStep::Publish)?;
    serde_json::to_string(&set)
        .map_err(|error| CommandError::from_error("cannot make a key", &error))
}

impl KeySet {
    /// Changes the set; the text is for the operator.
    fn take(&mut self, step: RotationStep) -> Result<&'static str, CommandError> {
        match (step, self.keys.len()) {
            (RotationStep::Publish, 0 | 1) => {
                let key = SigningKey::generate_private_jwk(&SystemEntropy);
                let key =
                    key.map_err(|error| CommandError::from_error("cannot make a key", &error))?;
                let key = key.parse().map_err(|_| CommandError::new("cannot make a key"))?;
                self.keys.push(key);
                Ok(
                    "Put the file into the Secret and restart identity; if there are two keys, go on in an hour with --step sign.",
                )
            }
            (RotationStep::Sign, 2) => {
                self.keys.rotate_left(1);
                Ok(
                    "Put the file into the Secret and restart identity; go on in an hour with --step retire.",
                )
            }
            (RotationStep::Retire, 2) => {
                self.keys.truncate(1);
                Ok("Put the file into the Secret and restart identity. The rotation is done.")
            }
            (RotationStep::Publish, _) => Err(CommandError::new(
                "a rotation is under way: there are two keys",
            )
            .advice("go on with --step sign, or --step retire if the new key signs already")),
            (RotationStep::Sign | RotationStep::Retire, _) => {
                Err(CommandError::new("no rotation is under way: there are not two keys")
                    .advice("begin with --step publish"))
            }
        }
    }

    fn parsed(&self) -> Result<Vec<SigningKey>, CommandError> {
        let keys = self.keys.iter().map(|key| SigningKey::parse(&key.to_string()));
        keys.collect::<Result<_, _>>().map_err(|error| CommandError::from_error("a key", &error))
    }
}

fn read(file: &Path) -> Result<KeySet, CommandError> {
    let doing = format!("cannot read {}", file.display());
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(KeySet::default()),
        text => text.map_err(|error| CommandError::from_error(&doing, &error).exit(UNREADABLE))?,
    };
    let set: KeySet = serde_json::from_str(&text).map_err(|_| {
        CommandError::new(format!("{doing}: it is no JWK set, {{\"keys\": [...]}}"))
            .advice("a single JWK becomes one by putting it into \"keys\"")
    })?;
    set.parsed()?;
    Ok(set)
}

/// Replaces the file in one step, readable by its owner only.
fn write(file: &Path, set: &KeySet) -> Result<(), CommandError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let write = || -> io::Result<()> {
        // A temporary file is its owner's alone from the start.
        let mut new = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        serde_json::to_writer_pretty(&mut new, set)?;
        new.persist(file)?;
        Ok(())
    };
    let doing = format!("cannot write {}", file.display());
    write().map_err(|error| CommandError::from_error(&doing, &error))
}
