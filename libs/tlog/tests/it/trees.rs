//! Proofs against a tree that is worked out as RFC 6962 words it.

use proptest::prelude::*;
use tlog::{EMPTY, Hash, Tree, check_consistency, check_inclusion};

/// RFC 6962, section 2.1, word by word.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => EMPTY,
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            Hash::node(&root(left), &root(right))
        }
    }
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|n| Hash::leaf(&n.to_be_bytes())).collect()
}

#[test]
fn the_published_vectors_hold() {
    let data: [&[u8]; 8] = [
        &[],
        &[0x00],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let tree: Tree = data.map(Hash::leaf).into_iter().collect();
    let root = |size| tree.root_at(size).unwrap().to_string();
    assert_eq!(root(3), "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
    assert_eq!(root(5), "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4");
    assert_eq!(root(8), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    let path: Vec<_> = tree.consistency(2, 5).unwrap().iter().map(Hash::to_string).collect();
    assert_eq!(
        path,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
        ]
    );
}

#[test]
fn every_leaf_and_every_growth_up_to_seventy_is_proven() {
    let all = leaves(70);
    let tree: Tree = all.iter().copied().collect();
    for size in 0..=70 {
        let new = root(&all[..size as usize]);
        assert_eq!(tree.root_at(size), Ok(new));
        for index in 0..size {
            let path = tree.inclusion(index, size).unwrap();
            assert_eq!(check_inclusion(all[index as usize], index, size, &path, &new), Ok(()));
        }
        for old in 0..=size {
            let path = tree.consistency(old, size).unwrap();
            let before = root(&all[..old as usize]);
            assert_eq!(check_consistency((old, &before), (size, &new), &path), Ok(()));
        }
    }
}

proptest! {
    #[test]
    fn no_altered_proof_of_inclusion_passes(
        size in 1u64..200, index in 0u64..200, flip in 0usize..9, byte in 0usize..32, shift in 1u64..9,
    ) {
        let index = index % size;
        let all = leaves(size);
        let tree: Tree = all.iter().copied().collect();
        let (path, root, leaf) = (tree.inclusion(index, size).unwrap(), tree.root(), all[index as usize]);
        prop_assert!(check_inclusion(leaf, (index + shift) % (size + 9), size, &path, &root).is_err());
        prop_assert!(check_inclusion(Hash::leaf(b"other"), index, size, &path, &root).is_err());
        if let Some(hash) = path.get(flip) {
            let mut other = path.clone();
            other[flip].0[byte] ^= 1;
            prop_assert!(check_inclusion(leaf, index, size, &other, &root).is_err());
            other[flip] = *hash;
            other.remove(flip);
            prop_assert!(check_inclusion(leaf, index, size, &other, &root).is_err());
        }
        let longer = [&path[..], &[root]].concat();
        prop_assert!(check_inclusion(leaf, index, size, &longer, &root).is_err());
    }

    #[test]
    fn a_log_that_changed_one_entry_has_no_proof_of_growth(
        old in 1u64..100, more in 0u64..100, changed in 0u64..100,
    ) {
        let (size, changed) = (old + more, changed % old);
        let mut all = leaves(size);
        let before: Tree = all[..old as usize].iter().copied().collect();
        all[changed as usize] = Hash::leaf(b"rewritten");
        let after: Tree = all.into_iter().collect();
        let path = after.consistency(old, size).unwrap();
        let check = check_consistency((old, &before.root()), (size, &after.root()), &path);
        prop_assert!(check.is_err());
    }
}

#[test]
fn proofs_that_make_no_sense_are_refused_without_a_panic() {
    let (leaf, root) = (Hash::leaf(b"x"), Hash::leaf(b"x"));
    assert!(check_inclusion(leaf, 0, 0, &[], &root).is_err());
    assert!(check_inclusion(leaf, u64::MAX - 1, u64::MAX, &[], &root).is_err());
    assert!(check_inclusion(leaf, 0, 1, &[leaf; 63], &root).is_err());
    assert!(check_consistency((2, &root), (1, &root), &[]).is_err());
    assert!(check_consistency((1, &root), (u64::MAX, &root), &[leaf; 63]).is_err());
    assert!(check_consistency((3, &root), (5, &root), &[]).is_err());
    assert!(Tree::default().inclusion(0, 0).is_err());
    assert!(Tree::default().consistency(1, 0).is_err());
}
