//! A log of three entries whose bytes were made by another program.

use tlog::{
    Checkpoint, Hash, InvalidNote, KeyKind, NotSigned, Note, ProofFile, SigningKey, Tile, TileKind,
    Tree, VerifierKey, bundle, changed,
};

const LOG: &str = "log.example/draws+c95bad38+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
const WITNESS: &str = "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";
const CHECKPOINT: &str = "log.example/draws
3
6HHPhfcuDcLFVN1Wa+1q8NaAqyAwkhN+vIDuGSgcEEo=

— log.example/draws yVutOG0l52B0OVl5gKdb+nQpkuUFKaH0IrVSA4Mlqt7p1djB+we/D6jCBafoVhjcK6a+GMUeJAcd7eHlmP22tp5nWg0=
— witness.example/w1 3xwKNQAAAABpVbkAck093SkMPsLN+Q+DcCfgB4QK+cth3mlCEOs0lPCLoX//v4Smuig5Y7C7MH9iJZIChkHMFlBEnRtJIj4ipo1bDg==
";
const ENTRIES: [&[u8]; 3] = [b"announce", b"freeze", b"result"];

fn tree() -> Tree {
    ENTRIES.map(Hash::leaf).into_iter().collect()
}

fn key(text: &str) -> VerifierKey {
    text.parse().unwrap()
}

#[test]
fn our_own_log_and_witness_write_the_same_bytes() {
    let log = SigningKey::from_seed("log.example/draws", KeyKind::Note, &[1; 32]).unwrap();
    let kind = KeyKind::Cosignature;
    let witness = SigningKey::from_seed("witness.example/w1", kind, &[2; 32]).unwrap();
    assert_eq!(log.verifier().to_string(), LOG);
    assert_eq!(witness.verifier().to_string(), WITNESS);
    let checkpoint = Checkpoint::new("log.example/draws", 3, tree().root()).unwrap();
    let note = checkpoint.note().signed_by(&log, 0).signed_by(&witness, 1_767_225_600);
    assert_eq!(note.to_string(), CHECKPOINT);
}

#[test]
fn the_files_are_those_of_the_example() {
    let tiles: Vec<_> = changed(0, 3).collect();
    let paths: Vec<_> = tiles.iter().map(Tile::to_string).collect();
    assert_eq!(paths, ["tile/0/000.p/3", "tile/entries/000.p/3"]);
    let leaves = ENTRIES.map(|entry| Hash::leaf(entry).0).concat();
    assert_eq!(tiles[0].hashes(&tree()), Some(leaves));
    assert_eq!(bundle(ENTRIES).unwrap(), b"\0\x08announce\0\x06freeze\0\x06result");
}

#[test]
fn tiles_of_a_long_log_have_the_names_that_c2sp_gives() {
    let paths: Vec<_> = changed(0, 70_000).map(|tile| tile.to_string()).collect();
    let hashes: Vec<_> = paths.iter().filter(|path| !path.contains("entries")).collect();
    assert_eq!(hashes[..2], ["tile/0/000", "tile/0/001"]);
    assert_eq!(
        hashes[272..],
        ["tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]
    );
    let far = Tile { kind: TileKind::Hashes(0), number: 1_234_067, width: 256 };
    assert_eq!(far.to_string(), "tile/0/x001/x234/067");
}

#[test]
fn a_path_is_read_in_its_one_form_only() {
    for tile in changed(0, 70_000) {
        assert_eq!(tile.to_string().parse(), Ok(tile));
        assert!(tile.is_in(70_000), "{tile}");
    }
    let far: Tile = "tile/entries/x001/x234/067.p/255".parse().unwrap();
    assert_eq!((far.number, far.width), (1_234_067, 255));
    for path in [
        "",
        "tile/0",
        "tile/0/",
        "tile/0/1",
        "tile/0/0001",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/300",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/00/000",
        "tile/7/000",
        "tile/-1/000",
        "tile/data/000",
        "tile/0/x999/x999/x999/x999/999",
        "/tile/0/000",
        "tile/0/000/",
    ] {
        assert!(path.parse::<Tile>().is_err(), "{path}");
    }
}

#[test]
fn a_log_has_the_tiles_that_it_filled_and_their_narrower_forms() {
    let has = |path: &str, size| path.parse::<Tile>().unwrap().is_in(size);
    assert!(has("tile/0/000.p/3", 3) && has("tile/0/000.p/2", 3) && has("tile/entries/000.p/3", 3));
    assert!(!has("tile/0/000.p/4", 3) && !has("tile/0/000", 255) && has("tile/0/000", 256));
    assert!(!has("tile/1/000.p/1", 255) && has("tile/1/000.p/1", 256));
    assert!(!has("tile/0/001.p/1", 256) && has("tile/0/001.p/1", 257));
}

#[test]
fn only_what_has_changed_is_written_again() {
    let paths: Vec<_> = changed(256, 257).map(|tile| tile.to_string()).collect();
    assert_eq!(paths, ["tile/0/001.p/1", "tile/entries/001.p/1"]);
    let paths: Vec<_> = changed(255, 256).map(|tile| tile.to_string()).collect();
    assert_eq!(paths, ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
    assert_eq!(changed(9, 9).count(), 0);
}

#[test]
fn a_proof_file_proves_its_entry_and_no_other() {
    let path = tree().inclusion(2, 3).unwrap();
    let file = ProofFile { index: 2, path, checkpoint: CHECKPOINT.parse().unwrap() };
    let file: ProofFile = file.to_string().parse().unwrap();
    let witnesses = [key(WITNESS)];
    let signed = file.verify(b"result", &key(LOG), &witnesses).unwrap();
    assert_eq!(signed.iter().map(|signed| signed.seen).collect::<Vec<_>>(), [Some(1_767_225_600)]);
    assert!(file.verify(b"freeze", &key(LOG), &witnesses).is_err());
    assert!(ProofFile { index: 1, ..file }.verify(b"result", &key(LOG), &witnesses).is_err());
}

#[test]
fn a_known_key_with_a_wrong_signature_spoils_the_note_and_an_unknown_one_does_not() {
    let forged: Note = CHECKPOINT.replace("AAAABpVbkA", "AAAABpVbkB").parse().unwrap();
    let wrong = NotSigned::Wrong("witness.example/w1".into());
    assert_eq!(forged.verify(&[key(LOG), key(WITNESS)]), Err(wrong));
    assert_eq!(forged.verify(&[key(LOG)]).unwrap().len(), 1);
    assert_eq!(forged.verify(&[]), Err(NotSigned::Unknown));
}

#[test]
fn what_is_no_note_or_no_key_is_refused() {
    let note = |text: &str| text.parse::<Note>();
    assert_eq!(note("text\n"), Err(InvalidNote::Unsigned));
    assert_eq!(note("text\n\n— name AAAAAAA="), Err(InvalidNote::Unsigned));
    assert_eq!(note("text\n\n- name AAAAAAA=\n"), Err(InvalidNote::Signature));
    assert_eq!(note("a\tb\n\n— name AAAAAAA=\n"), Err(InvalidNote::Text));
    assert!(note("text\n\n— name AAAAAAA=\n").is_ok());
    for text in ["", "a+b", &LOG.replace("c95b", "C95B"), &LOG.replace("draws", "other")] {
        assert!(text.parse::<VerifierKey>().is_err(), "{text}");
    }
}

#[test]
fn a_checkpoint_has_one_text_form_only() {
    let parse = |text: &str| Checkpoint::parse(text).is_ok();
    let root = "6HHPhfcuDcLFVN1Wa+1q8NaAqyAwkhN+vIDuGSgcEEo=";
    assert!(parse(&format!("log.example\n3\n{root}\n")));
    for size in ["03", "+3", "-3", "", "281474976710657", "99999999999999999999"] {
        assert!(!parse(&format!("log.example\n{size}\n{root}\n")), "{size}");
    }
    assert!(!parse(&format!("log.example\n3\n{root}")));
    assert!(!parse(&format!("log.example\n3\n{root}\nmore\n")));
    assert!(!parse(&format!("log example\n3\n{root}\n")));
    assert!(!parse("log.example\n3\nAAAA\n"));
}
