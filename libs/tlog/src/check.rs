//! Checks of inclusion and consistency, RFC 9162, sections 2.1.3.2 and 2.1.4.2.
//!
//! The side of the reader: no tree, only a short path and the roots. Both walk from the leaf
//! upwards and count down `last`, the index of the rightmost node of the level, to see when the
//! path must end.
//!
//! A path of the wrong length is refused and not cut: a verifier that accepts extra hashes can be
//! shown two proofs of one thing.

use crate::Hash;

/// A log never has more leaves: larger sizes are refused when they are read.
///
/// Seven levels of tiles reach it, and no shift or sum overflows below it.
pub const MAX_SIZE: u64 = 1 << 48;

/// A path that does not prove what it should.
///
/// What was shown does not prove the claim. For inclusion it means "not in the log", for
/// consistency "another history".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotProven {
    /// There is no such leaf in a tree of this size.
    #[error("leaf {index} cannot be in a tree of {size} leaves")]
    NoSuchLeaf {
        /// The leaf, from 0.
        index: u64,
        /// Leaves of the tree.
        size: u64,
    },
    /// A log that would have shrunk, which none may.
    #[error("a log of {old} entries cannot have become one of {size}")]
    Shrunk {
        /// Size before.
        old: u64,
        /// Size after.
        size: u64,
    },
    /// The path has too many or too few hashes.
    #[error("the path has the wrong length")]
    Length,
    /// The path leads to another root.
    #[error("the path leads to another root")]
    Root,
}

/// Checks that `leaf` is leaf number `index` of the tree with `size` leaves and this `root`.
///
/// `index` counts from 0. The caller trusts `root` and `size` from a signed checkpoint; from
/// anywhere else the answer says nothing.
///
/// # Errors
/// The path proves it not.
pub fn check_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    path: &[Hash],
    root: &Hash,
) -> Result<(), NotProven> {
    if index >= size {
        return Err(NotProven::NoSuchLeaf { index, size });
    }
    let mut hash = leaf;
    climb((index, size - 1), path, |sibling| {
        hash = match sibling {
            Sibling::Left(sibling) => Hash::node(sibling, &hash),
            Sibling::Right(sibling) => Hash::node(&hash, sibling),
        };
    })?;
    if hash == *root { Ok(()) } else { Err(NotProven::Root) }
}

/// A hash of a path, and the side on which it is joined.
enum Sibling<'a> {
    Left(&'a Hash),
    Right(&'a Hash),
}

/// Goes up from `node` to the root of the tree whose last leaf is `last`, and joins each hash of the path
/// on its side.
///
/// # Errors
/// The path is shorter or longer than the way.
fn climb<'a>(
    (mut node, mut last): (u64, u64),
    path: &'a [Hash],
    mut join: impl FnMut(Sibling<'a>),
) -> Result<(), NotProven> {
    for sibling in path {
        if last == 0 {
            return Err(NotProven::Length);
        }
        if node % 2 == 1 || node == last {
            join(Sibling::Left(sibling));
            while node.is_multiple_of(2) && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            join(Sibling::Right(sibling));
        }
        node >>= 1;
        last >>= 1;
    }
    if last == 0 { Ok(()) } else { Err(NotProven::Length) }
}

/// Checks that the tree (`size`, `root`) continues the tree (`old`, `old_root`): the first `old`
/// leaves of both are the same.
///
/// Both roots must come from signed checkpoints of one log. An empty old tree is continued by any
/// tree, and a tree by itself, each with an empty path.
///
/// # Errors
/// The path proves it not.
pub fn check_consistency(
    (old, old_root): (u64, &Hash),
    (size, root): (u64, &Hash),
    path: &[Hash],
) -> Result<(), NotProven> {
    if old > size {
        return Err(NotProven::Shrunk { old, size });
    }
    if old == size || old == 0 {
        return match path {
            [] if old != size || old_root == root => Ok(()),
            [] => Err(NotProven::Root),
            _ => Err(NotProven::Length),
        };
    }
    // The node that both trees have in common at the start is left out if it is the old root.
    let (mut node, mut last) = (old - 1, size - 1);
    while node % 2 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (start, rest) = match path.split_first() {
        _ if old.is_power_of_two() => (*old_root, path),
        Some((first, rest)) => (*first, rest),
        None => return Err(NotProven::Length),
    };
    let (mut old_hash, mut hash) = (start, start);
    climb((node, last), rest, |sibling| {
        hash = match sibling {
            Sibling::Left(sibling) => {
                old_hash = Hash::node(sibling, &old_hash);
                Hash::node(sibling, &hash)
            }
            Sibling::Right(sibling) => Hash::node(&hash, sibling),
        };
    })?;
    if old_hash == *old_root && hash == *root { Ok(()) } else { Err(NotProven::Root) }
}
