//! Signed notes (C2SP `signed-note`): a text and the signatures below it.
//!
//! The form is `text, empty line, signature lines`. The text is signed byte by byte, so it can be
//! shown to people and still be checked; a signature of somebody unknown is no error, as anybody
//! may add one.
//!
//! Reader's path: [`Note::new`] and [`Note::signed_by`] to make one, parsing and [`Note::verify`]
//! to read one. What the text means is decided elsewhere: [`Checkpoint`](crate::Checkpoint), or
//! documents of a draw.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{KeyKind, SigningKey, VerifierKey, key::is_name};

/// More signatures under one note are refused. C2SP asks for at least 16.
const MAX_SIGNATURES: usize = 100;
/// What separates the text from the signatures: the last empty line.
const SEPARATOR: &str = "\n\n";

/// A text with its signatures. It says nothing until [`Note::verify`] has been asked: parsing
/// checks the form and no signature.
///
/// ```
/// use tlog::{KeyKind, Note, SigningKey};
///
/// let key = SigningKey::from_seed("office.example", KeyKind::Note, &[7; 32]).unwrap();
/// let note: Note = Note::new("hello\n").unwrap().signed_by(&key, 0).to_string().parse().unwrap();
/// assert_eq!(note.verify(&[key.verifier().clone()]).unwrap().len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

/// One line: `— name base64(id || signature)`. For a cosignature the bytes are its time and the
/// signature.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Signature {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
}

/// A text that is no note.
///
/// The form is wrong; nothing was said about signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNote {
    /// The text does not end in a line feed, or has control characters that could hide something
    /// from a reader.
    #[error("a note is a text that ends in a line feed and has no other control characters")]
    Text,
    /// No empty line before the signatures, or none after it.
    #[error("a note ends in an empty line and one or more signatures")]
    Unsigned,
    /// A line that is no signature.
    #[error("a signature is written `— name base64`")]
    Signature,
    /// More signatures than 100: a stranger's note must not cost a verifier without end.
    #[error("more than {MAX_SIGNATURES} signatures")]
    TooMany,
}

/// A signature that cannot be believed.
///
/// Refuse the note in both cases. The first one is worth a report: the text was altered, or a key
/// is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSigned {
    /// A key that we know did not make the signature under its name.
    #[error("the signature of {0} is wrong")]
    Wrong(String),
    /// None of the known keys has signed.
    #[error("no key that we know has signed")]
    Unknown,
}

/// A signature that was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed<'a> {
    /// Whose: one of the keys that the caller knows.
    pub key: &'a VerifierKey,
    /// When a witness says to have seen it: seconds since 1970. None for other signatures.
    pub seen: Option<u64>,
}

impl Note {
    /// A note without signatures yet.
    ///
    /// # Errors
    /// The text has control characters or does not end in a line feed.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidNote> {
        let text = text.into();
        let allowed = |c: char| c == '\n' || !c.is_control();
        if text.ends_with('\n') && text.chars().all(allowed) {
            Ok(Self { text, signatures: Vec::new() })
        } else {
            Err(InvalidNote::Text)
        }
    }

    /// The text, which ends in a line feed.
    ///
    /// It is what signatures are over. Believe it only after [`verify`](Self::verify).
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds a signature. `seen` is the time of a cosignature in seconds since 1970; other keys do
    /// not sign it.
    ///
    /// The key's kind decides what is signed: the text, or the text with `seen` before it (C2SP
    /// `tlog-cosignature`). Signing twice with one key adds two lines; only a verifier with a key
    /// to each counts them.
    #[must_use]
    pub fn signed_by(mut self, key: &SigningKey, seen: u64) -> Self {
        let bytes = match key.verifier().kind() {
            KeyKind::Note => key.sign(self.text.as_bytes()),
            KeyKind::Cosignature => {
                [&seen.to_be_bytes()[..], &key.sign(cosigned(&self.text, seen).as_bytes())].concat()
            }
        };
        let (name, id) = (key.verifier().name().to_owned(), key.verifier().id());
        self.signatures.push(Signature { name, id, bytes });
        self
    }

    /// The signatures of `keys`; those of unknown keys are passed over.
    ///
    /// The caller decides how many signatures it needs, and of whom. A key is found by name and id;
    /// one wrong signature under a known name refuses the whole note, as C2SP asks, since an honest
    /// tool never writes it.
    ///
    /// # Errors
    /// One of the keys stands under the note with a wrong signature, or none stands there.
    pub fn verify<'a>(&self, keys: &'a [VerifierKey]) -> Result<Vec<Signed<'a>>, NotSigned> {
        let mut found = Vec::new();
        for signature in &self.signatures {
            let own = |key: &&VerifierKey| key.name() == signature.name && key.id() == signature.id;
            let Some(key) = keys.iter().find(own) else { continue };
            let wrong = || NotSigned::Wrong(signature.name.clone());
            found.push(signature.check(key, &self.text).ok_or_else(wrong)?);
        }
        if found.is_empty() { Err(NotSigned::Unknown) } else { Ok(found) }
    }

    /// The signature lines, to hand on what a witness added.
    pub fn signature_lines(&self) -> impl Iterator<Item = String> + '_ {
        self.signatures.iter().map(Signature::to_string)
    }

    /// Takes in signature lines from elsewhere. They are not checked here.
    ///
    /// For who runs a log: adds what the witnesses sent back. A line that stands there already is
    /// not repeated.
    ///
    /// # Errors
    /// A line is no signature, or there are too many.
    pub fn with_lines<'a>(
        mut self,
        lines: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, InvalidNote> {
        for line in lines {
            let signature = line.parse()?;
            if !self.signatures.contains(&signature) {
                self.signatures.push(signature);
            }
        }
        if self.signatures.len() > MAX_SIGNATURES { Err(InvalidNote::TooMany) } else { Ok(self) }
    }
}

/// What a witness signs.
///
/// Two lines before the text: a header that no note begins with, so that a cosignature never passes
/// as a signature of a note, and the time in seconds since 1970.
fn cosigned(text: &str, seen: u64) -> String {
    format!("cosignature/v1\ntime {seen}\n{text}")
}

impl Signature {
    /// What the signature says if it is this key's, else `None`.
    fn check<'a>(&self, key: &'a VerifierKey, text: &str) -> Option<Signed<'a>> {
        match key.kind() {
            KeyKind::Note => {
                key.signed(text.as_bytes(), &self.bytes).then_some(Signed { key, seen: None })
            }
            KeyKind::Cosignature => {
                let (time, signature) = self.bytes.split_first_chunk::<8>()?;
                let seen = u64::from_be_bytes(*time);
                key.signed(cosigned(text, seen).as_bytes(), signature)
                    .then_some(Signed { key, seen: Some(seen) })
            }
        }
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.id[..], &self.bytes].concat();
        write!(f, "— {} {}", self.name, STANDARD.encode(bytes))
    }
}

impl FromStr for Signature {
    type Err = InvalidNote;

    fn from_str(line: &str) -> Result<Self, InvalidNote> {
        let parts = line.strip_prefix("— ").and_then(|line| line.split_once(' '));
        let (name, bytes) = parts.ok_or(InvalidNote::Signature)?;
        let bytes = STANDARD.decode(bytes).map_err(|_| InvalidNote::Signature)?;
        let (id, bytes) = bytes.split_first_chunk::<4>().ok_or(InvalidNote::Signature)?;
        if !is_name(name) || bytes.is_empty() {
            return Err(InvalidNote::Signature);
        }
        Ok(Self { name: name.to_owned(), id: *id, bytes: bytes.to_vec() })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl FromStr for Note {
    type Err = InvalidNote;

    /// The last empty line separates, as the text may have empty lines of its own.
    fn from_str(note: &str) -> Result<Self, InvalidNote> {
        let at = note.rfind(SEPARATOR).ok_or(InvalidNote::Unsigned)?;
        let lines = note[at + SEPARATOR.len()..].strip_suffix('\n').ok_or(InvalidNote::Unsigned)?;
        Self::new(&note[..=at])?.with_lines(lines.split('\n'))
    }
}
