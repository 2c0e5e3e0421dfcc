#![doc = include_str!("../README.md")]

mod check;
mod checkpoint;
mod commitment;
mod hash;
mod key;
mod note;
mod proof_file;
mod tiles;
mod tree;
mod witness;

pub use check::{MAX_SIZE, NotProven, check_consistency, check_inclusion};
pub use checkpoint::{Checkpoint, InvalidCheckpoint};
pub use commitment::{Salt, entry, framed};
pub use hash::{EMPTY, Hash};
pub use key::{InvalidKey, KeyKind, SigningKey, VerifierKey};
pub use note::{InvalidNote, NotSigned, Note, Signed};
pub use proof_file::{InvalidProofFile, NotIncluded, ProofFile};
pub use tiles::{EntryTooLong, NoTilePath, Tile, TileKind, bundle, changed};
pub use tree::{TooFewLeaves, Tree};
pub use witness::{Accepted, Head, Refusal, Request, Witness};
