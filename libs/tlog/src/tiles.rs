//! Tiles (C2SP `tlog-tiles`): the log as plain files.
//!
//! A web server or a bucket can serve a log without a program: full tiles never change and can be
//! cached for ever; the partial one at the edge has its width in its name. A verifier fetches the
//! tiles that its path needs.
//!
//! The caller writes files and serves them; this module names them and gives their bytes.

use std::{fmt, str::FromStr};

use crate::{MAX_SIZE, Tree, proof_file::decimal};

/// Hashes in a full tile, entries in a full bundle.
const FULL: u64 = 256;
/// Levels of the tree in a tile.
const HEIGHT: usize = 8;
/// The highest level of tiles that a log within [`MAX_SIZE`] has.
const TOP: u8 = 6;
/// The longest path of a tile that such a log has is shorter.
const MAX_PATH: usize = 64;

/// What a file of the log holds.
///
/// Both are named by a number and a width, and both grow to 256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TileKind {
    /// Up to 256 hashes of one level; a level is eight of the tree.
    Hashes(u8),
    /// Up to 256 entries, each behind its length in two bytes, big endian.
    Entries,
}

/// One file of the log. Its text form is the path below the log's address.
///
/// `tile/0/x001/234.p/17` is tile 1234 of level 0 with 17 hashes; full tiles have no `.p`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// Hashes or entries.
    pub kind: TileKind,
    /// Which of them, from 0; number n holds positions 256n to 256n+255 of its level.
    pub number: u64,
    /// How many hashes or entries it has so far: 1 to 256.
    pub width: u16,
}

/// An entry that does not fit a bundle, whose length field has two bytes. Holds its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an entry of {0} bytes: at most 65535 fit")]
pub struct EntryTooLong(pub usize);

/// A path that no tile of a log within [`MAX_SIZE`] has. For a server it is "not found".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no path of a tile: `tile/<level or entries>/<number>`, with `.p/<width>` if it is not full"
)]
pub struct NoTilePath;

impl Tile {
    /// Whether a log of `size` entries has it. Of a tile that grew its narrower forms stay.
    #[must_use]
    pub fn is_in(&self, size: u64) -> bool {
        let level = match self.kind {
            TileKind::Hashes(level) => level,
            TileKind::Entries => 0,
        };
        let hashes = FULL.checked_pow(u32::from(level)).map_or(0, |per_hash| size / per_hash);
        self.number
            .checked_mul(FULL)
            .and_then(|first| first.checked_add(u64::from(self.width)))
            .is_some_and(|end| self.width > 0 && end <= hashes)
    }

    /// The positions of its hashes or entries in their level.
    #[must_use]
    pub fn positions(&self) -> std::ops::Range<u64> {
        let first = self.number.saturating_mul(FULL);
        first..first.saturating_add(u64::from(self.width))
    }

    /// The bytes of a tile of hashes; none if the tree does not have them, or for entries.
    #[must_use]
    pub fn hashes(&self, tree: &Tree) -> Option<Vec<u8>> {
        let TileKind::Hashes(level) = self.kind else { return None };
        let from = usize::try_from(self.number * FULL).ok()?;
        let hashes =
            tree.level(usize::from(level) * HEIGHT).get(from..from + usize::from(self.width))?;
        Some(hashes.iter().flat_map(|hash| hash.0).collect())
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes(level) => write!(f, "tile/{level}/")?,
            TileKind::Entries => write!(f, "tile/entries/")?,
        }
        // Groups of three digits; all but the last are marked with an x.
        let mut groups = vec![self.number % 1000];
        let mut rest = self.number / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        while let Some(group) = groups.pop() {
            match groups.is_empty() {
                true => write!(f, "{group:03}")?,
                false => write!(f, "x{group:03}/")?,
            }
        }
        match u64::from(self.width) {
            FULL => Ok(()),
            width => write!(f, ".p/{width}"),
        }
    }
}

impl FromStr for Tile {
    type Err = NoTilePath;

    /// Reads what [`Display`](fmt::Display) writes, and nothing else: writing it again must give the
    /// same path.
    fn from_str(path: &str) -> Result<Self, NoTilePath> {
        if path.len() > MAX_PATH {
            return Err(NoTilePath);
        }
        let rest = path.strip_prefix("tile/").ok_or(NoTilePath)?;
        let (kind, rest) = rest.split_once('/').ok_or(NoTilePath)?;
        let kind = match kind {
            "entries" => TileKind::Entries,
            level => {
                let level = decimal(level).and_then(|level| u8::try_from(level).ok());
                TileKind::Hashes(level.filter(|level| *level <= TOP).ok_or(NoTilePath)?)
            }
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => {
                let width = decimal(width).filter(|width| (1..FULL).contains(width));
                (number, width.ok_or(NoTilePath)?)
            }
            None => (rest, FULL),
        };
        let tile = Self {
            kind,
            number: grouped(number).ok_or(NoTilePath)?,
            width: u16::try_from(width).map_err(|_| NoTilePath)?,
        };
        if tile.to_string() == path { Ok(tile) } else { Err(NoTilePath) }
    }
}

/// A number in groups of three digits, all but the last with an `x` before it.
fn grouped(path: &str) -> Option<u64> {
    let mut number: u64 = 0;
    for group in path.split('/') {
        let digits = group.strip_prefix('x').unwrap_or(group);
        let plain = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let group: u64 = digits.parse().ok().filter(|_| plain)?;
        number = number.checked_mul(1000)?.checked_add(group)?;
    }
    (number <= MAX_SIZE / FULL).then_some(number)
}

/// The files to write when a log has grown from `old` to `size` entries: tiles that are new or
/// wider, level by level, then bundles. Write them before the checkpoint that needs them.
///
/// Empty if nothing grew. A file that is wider replaces none: its narrower form may stay for
/// readers of the older checkpoint.
pub fn changed(old: u64, size: u64) -> impl Iterator<Item = Tile> {
    let levels = (0u8..7).flat_map(move |level| {
        let per_hash = FULL.pow(u32::from(level));
        widened(TileKind::Hashes(level), old / per_hash, size / per_hash)
    });
    levels.chain(widened(TileKind::Entries, old, size))
}

/// A tile that was full before is not among them.
fn widened(kind: TileKind, old: u64, size: u64) -> impl Iterator<Item = Tile> {
    let numbers = if old == size { 0..0 } else { old / FULL..size.div_ceil(FULL) };
    numbers.map(move |number| {
        let width = (size - number * FULL).min(FULL);
        Tile { kind, number, width: u16::try_from(width).unwrap_or(u16::MAX) }
    })
}

/// The bytes of a bundle of entries.
///
/// # Errors
/// An entry is longer than 65,535 bytes.
pub fn bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, EntryTooLong> {
    let mut bytes = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| EntryTooLong(entry.len()))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}
