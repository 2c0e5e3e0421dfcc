//! Two authorities that watch each other's logs.

use tlog::{Checkpoint, Hash, Head, KeyKind, Note, Refusal, Request, SigningKey, Tree, Witness};

const ORIGIN: &str = "termine.example/log";

fn log_key() -> SigningKey {
    SigningKey::from_seed(ORIGIN, KeyKind::Note, &[7; 32]).unwrap()
}

fn witness() -> Witness {
    let key = SigningKey::from_seed("other.example/w", KeyKind::Cosignature, &[8; 32]).unwrap();
    Witness { key, logs: vec![log_key().verifier().clone()] }
}

fn tree(entries: &[&str]) -> Tree {
    entries.iter().map(|entry| Hash::leaf(entry.as_bytes())).collect()
}

fn request(tree: &Tree, old: u64) -> Request {
    let checkpoint = Checkpoint::new(ORIGIN, tree.size(), tree.root()).unwrap();
    let proof = tree.consistency(old, tree.size()).unwrap_or_default();
    Request { old, proof, checkpoint: checkpoint.note().signed_by(&log_key(), 0) }
}

#[test]
fn a_log_that_grows_is_cosigned_and_the_cosignature_holds() {
    let (witness, tree) = (witness(), tree(&["a", "b", "c"]));
    let asked = request(&tree, 0);
    let accepted = witness.judge(&asked, Head::default()).unwrap();
    assert_eq!(accepted.head, Head { size: 3, root: tree.root() });
    let lines = witness.sign(accepted, 1_800_000_000);
    let note = asked.checkpoint.with_lines(lines.lines()).unwrap();
    let keys = [witness.key.verifier().clone()];
    assert_eq!(note.verify(&keys).unwrap()[0].seen, Some(1_800_000_000));
}

#[test]
fn a_request_is_read_as_it_was_written() {
    let tree = tree(&["a", "b", "c"]);
    for old in 0..=3 {
        let asked = request(&tree, old);
        assert_eq!(asked.to_string().parse(), Ok(asked));
    }
}

#[test]
fn a_forked_log_is_refused() {
    let (witness, seen) = (witness(), tree(&["a", "b", "c"]));
    let head = Head { size: 3, root: seen.root() };
    let forked = tree(&["a", "x", "c", "d"]);
    let refusal = witness.judge(&request(&forked, 3), head).unwrap_err();
    assert!(matches!(refusal, Refusal::Forked(_)));
    assert_eq!(refusal.status(), 422);
    let same_size = tree(&["a", "x", "c"]);
    assert_eq!(witness.judge(&request(&same_size, 3), head).unwrap_err().status(), 422);
}

#[test]
fn a_log_without_entries_has_the_root_of_the_empty_tree() {
    let witness = witness();
    let empty = request(&tree(&[]), 0);
    assert!(witness.judge(&empty, Head::default()).is_ok());
    let checkpoint = Checkpoint::new(ORIGIN, 0, tree(&["a"]).root()).unwrap();
    let checkpoint = checkpoint.note().signed_by(&log_key(), 0);
    let refusal = witness.judge(&Request { checkpoint, ..empty }, Head::default()).unwrap_err();
    assert!(matches!(refusal, Refusal::Forked(_)));
    assert_eq!(refusal.status(), 422);
}

#[test]
fn a_proof_where_none_is_needed_is_refused() {
    let (witness, seen) = (witness(), tree(&["a", "b"]));
    let head = Head { size: 2, root: seen.root() };
    for (old, head) in [(0, Head::default()), (2, head)] {
        let asked = Request { proof: vec![Hash::leaf(b"a")], ..request(&seen, old) };
        assert_eq!(witness.judge(&asked, head).unwrap_err().status(), 422);
    }
}

#[test]
fn who_asks_from_another_size_is_told_the_last_one() {
    let (witness, seen) = (witness(), tree(&["a", "b"]));
    let head = Head { size: 2, root: seen.root() };
    let refusal = witness.judge(&request(&tree(&["a", "b", "c"]), 1), head).unwrap_err();
    assert_eq!((refusal.status(), refusal), (409, Refusal::OtherSize(head)));
}

#[test]
fn another_root_of_the_size_seen_last_is_a_fork_whatever_old_says() {
    let (witness, seen) = (witness(), tree(&["a", "b"]));
    let head = Head { size: 2, root: seen.root() };
    for old in 0..=2 {
        assert!(witness.contradicts(&request(&tree(&["a", "x"]), old), head), "{old}");
        assert!(!witness.contradicts(&request(&seen, old), head), "{old}");
    }
    assert!(!witness.contradicts(&request(&tree(&["x", "y", "z"]), 2), head));
    let mut forged = request(&tree(&["a", "x"]), 2);
    let foreign = SigningKey::from_seed(ORIGIN, KeyKind::Note, &[9; 32]).unwrap();
    forged.checkpoint = Note::new(forged.checkpoint.text()).unwrap().signed_by(&foreign, 0);
    assert!(!witness.contradicts(&forged, head));
}

#[test]
fn an_unknown_log_a_forged_signature_and_a_shrunk_log_are_refused() {
    let (witness, tree) = (witness(), tree(&["a"]));
    let with = |origin: &str, key: &SigningKey, old| Request {
        old,
        proof: Vec::new(),
        checkpoint: Checkpoint::new(origin, 1, tree.root()).unwrap().note().signed_by(key, 0),
    };
    let status = |request| witness.judge(&request, Head::default()).unwrap_err().status();
    let foreign = SigningKey::from_seed(ORIGIN, KeyKind::Note, &[9; 32]).unwrap();
    assert_eq!(status(with("another.example", &log_key(), 0)), 404);
    assert_eq!(status(with(ORIGIN, &foreign, 0)), 403);
    assert_eq!(status(with(ORIGIN, &log_key(), 2)), 400);
}

#[test]
fn a_request_is_read_as_c2sp_writes_it_and_nothing_else() {
    let asked = request(&tree(&["a", "b", "c"]), 2);
    let hash = "65kf/1vFDxS8ExXvUZYd3y5MzjhMgEyk3ZdG8jDpbDE=";
    let body = |head: &str| format!("{head}\n\n{}", asked.checkpoint);
    let read = body(&format!("old 2\n{hash}")).parse::<Request>().unwrap();
    assert_eq!((read.old, read.proof.len(), &read.checkpoint), (2, 1, &asked.checkpoint));
    let many = format!("old 2\n{}", vec![hash; 64].join("\n"));
    for head in ["", "old", "old -1", "old 02", "old 2\nnonsense", "old 2\nAAAA", &many] {
        assert_eq!(body(head).parse::<Request>().unwrap_err().status(), 400, "{head}");
    }
}
