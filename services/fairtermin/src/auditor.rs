//! `auditor`: keeps copies of the seeds of draws, and gives a seed where no public beacon can be
//! reached. The auditor is independent of the authority, for example its data protection officer.

use std::{fs, io::Write as _, path::Path};

use ambient::{Entropy, SystemEntropy};
use draw::{Announcement, AuditorKey, Bytes, Escrow, Secret, canonical};
use service::travels_in_the_clear;
use url::Url;

use self::deposits::{Deposits, NoDeposit};
use crate::{
    address::web_address,
    arguments::{Auditor, AuditorServe},
    command_error::CommandError,
    files::UNREADABLE,
};

mod deposits;
mod server;

/// What 32 bytes in a file are for. The word stands before them: a key is never printed as a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Opens what authorities encrypt.
    Key,
    /// From which the seeds of all draws follow.
    Secret,
    /// Of one draw, to be published.
    Seed,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Key, Self::Secret, Self::Seed];

    const fn word(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Secret => "secret",
            Self::Seed => "seed",
        }
    }
}

/// Does one of the auditor's tasks. Secrets go to files of their owner alone, or to the terminal
/// when they are to be revealed.
pub async fn run(arguments: &Auditor) -> Result<(), CommandError> {
    match arguments {
        Auditor::Key { file } => {
            let key = key_of(&new_secret(file, Kind::Key)?)?;
            println!("{}", key.public());
            eprintln!(
                "{} holds the private key. Give the line above to the authority.",
                file.display()
            );
        }
        Auditor::Open { key, announcement, escrow } => {
            println!("{}", open(key, announcement, escrow)?);
            eprintln!(
                "This is the seed that the announcement is bound to. Reveal it only after the freeze; an authority \
                 that lost it writes it at slot.settings.escrow.opened."
            );
        }
        Auditor::Seed { file, draw } => {
            println!("{}", Secret::Auditor.commitment(draw, &new_secret(file, Kind::Seed)?));
            eprintln!("The line above is the `commitment` for the announcement of {draw}.");
        }
        Auditor::Reveal { file } => println!("{}", secret(file, Kind::Seed)?),
        Auditor::Serve(arguments) => serve(arguments).await?,
    }
    Ok(())
}

async fn serve(arguments: &AuditorServe) -> Result<(), CommandError> {
    let AuditorServe { file, listen, key, deposits, authorities } = arguments;
    let given =
        if file.exists() { secret(file, Kind::Secret)? } else { new_secret(file, Kind::Secret)? };
    let deposits = match (key, deposits) {
        (Some(key), Some(folder)) => {
            let key = key_of(&secret(key, Kind::Key)?)?;
            eprintln!("authorities encrypt their seeds to {}", key.public());
            let authorities = authorities.iter().map(|text| authority(text));
            let authorities = authorities.collect::<Result<Vec<Url>, CommandError>>()?;
            Some(Deposits::in_folder(key, folder.clone(), authorities)?)
        }
        // The parser of arguments takes both or none.
        (None, _) | (_, None) => None,
    };
    server::serve(given, deposits, *listen).await
}

/// Where an authority's API begins.
fn authority(text: &str) -> Result<Url, CommandError> {
    let mut url = web_address(text)?;
    if travels_in_the_clear(&url) {
        return Err(CommandError::new("plain http is for tests only")
            .advice("write the https address of the authority's API")
            .exit(UNREADABLE));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// The seed in an escrow, if it is the announced one.
fn open(key: &Path, announcement: &Path, escrow: &Path) -> Result<Bytes<32>, CommandError> {
    let key = key_of(&secret(key, Kind::Key)?)?;
    let draw: Announcement = document(announcement, "an announcement")?;
    let escrow: Escrow = document(escrow, "an escrow")?;
    deposits::opened(&key, &draw, &escrow).map_err(|error| {
        let told = CommandError::new(error.to_string());
        if error == NoDeposit::OtherSeed {
            told.advice("tell the public: this draw must not take place")
        } else {
            told
        }
    })
}

fn key_of(secret: &Bytes<32>) -> Result<AuditorKey, CommandError> {
    AuditorKey::new(secret).map_err(|error| CommandError::from_error("cannot use the key", &error))
}

/// Makes 32 random bytes and keeps them in a new file that its owner alone can read.
fn new_secret(file: &Path, kind: Kind) -> Result<Bytes<32>, CommandError> {
    let entropy: &dyn Entropy = &SystemEntropy;
    let secret = Bytes(entropy.bytes());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let write = || -> std::io::Result<()> {
        let mut new = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        writeln!(new, "{} {secret}", kind.word())?;
        new.as_file().sync_all()?;
        // Never over an older secret.
        new.persist_noclobber(file)?;
        Ok(())
    };
    let doing = format!("cannot write {}", file.display());
    write().map_err(|error| CommandError::from_error(&doing, &error))?;
    Ok(secret)
}

/// The 32 bytes in a file of this kind. Without a word they may be a key or a secret that another program
/// made, and are no seed: what is to be published has to say so.
fn secret(file: &Path, kind: Kind) -> Result<Bytes<32>, CommandError> {
    let doing = format!("cannot read {}", file.display());
    let text = fs::read_to_string(file)
        .map_err(|error| CommandError::from_error(&doing, &error).exit(UNREADABLE))?;
    let text = text.trim_end();
    let told = Kind::ALL.into_iter().find_map(|one| {
        let digits = text.strip_prefix(one.word())?.strip_prefix(' ')?;
        Some((one, digits))
    });
    let digits = match told {
        Some((one, digits)) if one == kind => digits,
        Some((one, _)) => return Err(of_another_kind(file, one, kind)),
        None if kind == Kind::Seed => return Err(of_no_kind(file)),
        None => text,
    };
    digits.parse().map_err(|error| CommandError::from_error(&doing, &error))
}

fn of_another_kind(file: &Path, is: Kind, wanted: Kind) -> CommandError {
    let (file, is, wanted) = (file.display(), is.word(), wanted.word());
    CommandError::new(format!("{file} holds a {is} of the auditor and no {wanted}"))
        .advice(format!("Name the file of the {wanted}."))
        .exit(UNREADABLE)
}

fn of_no_kind(file: &Path) -> CommandError {
    let problem = format!("{} does not say that it is a seed, and may be a key", file.display());
    CommandError::new(problem)
        .advice("If `auditor seed` of an earlier version made it, write `seed ` before its digits.")
        .exit(UNREADABLE)
}

fn document<T>(file: &Path, what: &str) -> Result<T, CommandError>
where
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let doing = format!("cannot read {} as {what}", file.display());
    let bytes = fs::read(file)
        .map_err(|error| CommandError::from_error(&doing, &error).exit(UNREADABLE))?;
    canonical::read(&bytes).map_err(|error| CommandError::from_error(&doing, &error))
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;
    use draw::rehearsal::{Rehearsal, Size};

    use super::*;

    /// A folder with the auditor's key, an announcement, and an escrow of this seed.
    fn deposit(seed: impl Fn(&Rehearsal) -> Bytes<32>) -> (tempfile::TempDir, Bytes<32>) {
        let size =
            Size { entries: 2, places: 1, days: 1, desks: 1, slots: 1, wishes: 1, logged: false };
        let entropy = SeededEntropy::new(1);
        let draw = Rehearsal::invent(&size, &entropy);
        let folder = tempfile::tempdir().unwrap();
        let key = key_of(&new_secret(&folder.path().join("key"), Kind::Key).unwrap()).unwrap();
        let digest = draw.announcement.digest();
        let escrow = Escrow::seal(&seed(&draw), digest, key.public(), &entropy).unwrap();
        let write = |name: &str, bytes| fs::write(folder.path().join(name), bytes).unwrap();
        write("announcement", canonical::write(&draw.announcement));
        write("escrow", canonical::write(&escrow));
        (folder, draw.reveal.seed)
    }

    fn open_in(folder: &tempfile::TempDir) -> Result<Bytes<32>, CommandError> {
        let file = |name: &str| folder.path().join(name);
        open(&file("key"), &file("announcement"), &file("escrow"))
    }

    #[test]
    fn the_auditor_gets_the_seed_that_was_announced() {
        let (folder, seed) = deposit(|draw| draw.reveal.seed);
        assert_eq!(open_in(&folder).unwrap(), seed);
    }

    #[test]
    fn a_deposit_of_another_seed_is_found_at_once() {
        let (folder, _) = deposit(|_| Bytes([1; 32]));
        assert!(open_in(&folder).unwrap_err().to_string().contains("another seed"));
    }

    #[test]
    fn a_secret_is_never_written_over_an_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("seed");
        let first = new_secret(&file, Kind::Seed).unwrap();
        assert!(new_secret(&file, Kind::Seed).is_err());
        assert_eq!(secret(&file, Kind::Seed).unwrap(), first);
    }

    #[test]
    fn only_what_says_that_it_is_a_seed_is_taken_for_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        for kind in Kind::ALL {
            new_secret(&file(kind.word()), kind).unwrap();
            for other in Kind::ALL {
                assert_eq!(secret(&file(kind.word()), other).is_ok(), kind == other, "{kind:?}");
            }
        }
        // Such as `openssl rand -hex 32` makes.
        fs::write(file("bare"), format!("{}\n", "5e".repeat(32))).unwrap();
        assert!(secret(&file("bare"), Kind::Key).is_ok());
        assert!(secret(&file("bare"), Kind::Secret).is_ok());
        assert!(secret(&file("bare"), Kind::Seed).is_err());
    }
}
