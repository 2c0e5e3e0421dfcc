//! The public log of an authority: `/v1/log`. Nothing is checked here.

use super::SlotApi;
use crate::{ClientError, http};

/// What stands in front of a signature.
const SIGNED: &str = "\u{2014} ";

/// What the log says of itself at one moment (C2SP `tlog-checkpoint`), as far as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCheckpoint {
    /// Which log it is.
    pub origin: String,
    /// How many documents it has.
    pub size: u64,
    /// The root over them, in base64.
    pub root: String,
    /// Whose signatures stand below: names of keys.
    pub signers: Vec<String>,
}

impl LogCheckpoint {
    /// Reads a signed note; `None` if it is no checkpoint.
    #[must_use]
    pub fn read(note: &str) -> Option<Self> {
        let (text, signatures) = note.split_once("\n\n")?;
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let signers = signatures.lines().filter_map(|line| {
            let name = line.strip_prefix(SIGNED)?.split(' ').next()?;
            Some(name.to_owned())
        });
        Some(Self {
            origin: origin.to_owned(),
            size: size.parse().ok()?,
            root: root.to_owned(),
            signers: signers.collect(),
        })
    }
}

impl SlotApi {
    /// The newest checkpoint of the log: a signed note.
    ///
    /// # Errors
    /// `not-found` if nothing stands in the log yet; an outage.
    pub async fn log_checkpoint(&self) -> Result<String, ClientError> {
        http::text(self.get(&["log", "checkpoint"])).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_says_which_log_how_large_and_who_signed() {
        let note =
            "log.example\n42\nqL0=\n\n\u{2014} log.example AAAA\n\u{2014} uni.example BBBB\n";
        let read = LogCheckpoint::read(note).unwrap();
        assert_eq!((read.origin.as_str(), read.size), ("log.example", 42));
        assert_eq!(read.root, "qL0=");
        assert_eq!(read.signers, ["log.example", "uni.example"]);
    }

    #[test]
    fn what_is_no_checkpoint_is_not_read() {
        for text in ["", "log.example\n42\n\n", "log.example\nmany\nqL0=\n\n", "<h1>proxy</h1>"] {
            assert_eq!(LogCheckpoint::read(text), None, "{text}");
        }
    }
}
