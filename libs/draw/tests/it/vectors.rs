//! The committed vectors are what this crate makes. `DRAW_VECTORS=1` writes them anew, which is
//! right for a new version of the scheme only.

use std::{fs, path::Path};

use draw::{
    AllWishes, Beacon, Detail, Proof, canonical,
    check::{auditor, entrant},
    rehearsal::{Rehearsal, alterations, unwitnessed},
};

use crate::invented::{small_with, wrong, wrong_for_strangers};

/// A beacon or an auditor, exact seats or half days: all four.
fn draws() -> Vec<Rehearsal> {
    let kinds = [
        (true, Detail::Seat),
        (true, Detail::HalfDay),
        (false, Detail::Seat),
        (false, Detail::HalfDay),
    ];
    let one = |(drand, detail)| {
        small_with(0, move |draw| {
            let beacon = matches!(draw.announcement.beacon, Beacon::Drand { .. });
            (beacon, draw.announcement.detail) == (drand, detail)
        })
    };
    kinds.map(one).into()
}

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_committed_vectors_are_made_again_to_the_byte() {
    let anew = std::env::var_os("DRAW_VECTORS").is_some();
    for (number, draw) in draws().iter().enumerate() {
        let (proof, all) = draw.settle();
        let lines: Vec<_> = alterations(&proof)
            .iter()
            .chain(&unwitnessed(&proof))
            .map(|altered| serde_json::to_string(altered).unwrap())
            .collect();
        for (name, bytes) in [
            ("proof.json", canonical::write(&proof)),
            ("wishes.json", canonical::write(&all)),
            ("receipt.txt", draw.receipt(0).into_bytes()),
            ("altered.json", format!("[\n{}\n]\n", lines.join(",\n")).into_bytes()),
        ] {
            let name = format!("{number}.{name}");
            if anew {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
                fs::create_dir_all(&folder).unwrap();
                fs::write(folder.join(&name), &bytes).unwrap();
            }
            assert!(file(&name) == bytes, "{name} is another one");
        }
    }
}

#[test]
fn the_committed_vectors_hold() {
    for number in 0..4 {
        let proof: Proof = canonical::read(&file(&format!("{number}.proof.json"))).unwrap();
        let all: AllWishes = canonical::read(&file(&format!("{number}.wishes.json"))).unwrap();
        let receipt = String::from_utf8(file(&format!("{number}.receipt.txt"))).unwrap();
        assert!(wrong_for_strangers(&proof).is_empty());
        assert!(wrong(&auditor(&proof, &all)).is_empty());
        assert!(wrong(&entrant(&proof, &receipt)).is_empty());
    }
}
