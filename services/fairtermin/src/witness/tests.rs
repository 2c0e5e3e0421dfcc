use actix_web::test::{TestRequest, call_service, init_service, read_body};
use tlog::Tree;

use super::*;

const ORIGIN: &str = "termine.example/log";

fn log_key() -> SigningKey {
    SigningKey::from_seed(ORIGIN, KeyKind::Note, &[7; 32]).unwrap()
}

fn watch(folder: &tempfile::TempDir) -> Watch {
    let key = SigningKey::from_seed("other.example", KeyKind::Cosignature, &[8; 32]).unwrap();
    let witness = Witness { key, logs: vec![log_key().verifier().clone()] };
    Watch::open(witness, folder.path().to_owned(), Arc::new(SystemClock)).unwrap()
}

fn tree(entries: &[&str]) -> Tree {
    entries.iter().map(|entry| Hash::leaf(entry.as_bytes())).collect()
}

/// The folders with evidence whose names begin so.
fn kept(folder: &tempfile::TempDir, start: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap());
    let own = entries.filter(|entry| entry.file_name().to_str().unwrap().starts_with(start));
    own.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// As C2SP writes it. Nothing is proven where the old tree is empty or has one leaf of two.
fn body(tree: &Tree, old: u64) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let checkpoint = Checkpoint::new(ORIGIN, tree.size(), tree.root()).unwrap();
    let proof = tree.consistency(old, tree.size()).unwrap();
    let lines: String = proof.iter().map(|hash| STANDARD.encode(hash.0) + "\n").collect();
    format!("old {old}\n{lines}\n{}", checkpoint.note().signed_by(&log_key(), 0))
}

#[test]
fn a_witness_that_was_killed_goes_on_where_it_was_and_refuses_a_fork() {
    let folder = tempfile::tempdir().unwrap();
    assert!(watch(&folder).cosign(&body(&tree(&["a", "b"]), 0)).is_ok());
    let again = watch(&folder);
    assert!(again.cosign(&body(&tree(&["a", "b", "c"]), 2)).is_ok());
    let forked = again.cosign(&body(&tree(&["a", "x", "c", "d"]), 3)).unwrap_err();
    assert!(matches!(forked, NotCosigned::Refused(Refusal::Forked(_))));
    let behind = again.cosign(&body(&tree(&["a", "b", "c"]), 2)).unwrap_err();
    assert!(matches!(behind, NotCosigned::Refused(Refusal::OtherSize(head)) if head.size == 3));
}

/// As C2SP says: 409 names the size from which to ask, 422 is a history that does not continue it.
#[actix_web::test]
async fn a_fork_is_422_and_another_old_size_is_409_with_the_right_one() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new().app_data(web::Data::new(watch(&folder))).configure(routes);
    let app = init_service(app).await;
    let fork = tree(&["a", "x", "c"]);
    for (body, status, said) in [
        (body(&tree(&["a", "b", "c"]), 0), 200, "\u{2014} other.example "),
        (body(&fork, 3), 422, "does not continue"),
        (body(&fork, 2), 409, "3\n"),
        (body(&tree(&["a", "x", "c", "d"]), 3), 422, "does not continue"),
        (body(&tree(&["a", "b", "c"]), 3), 200, "\u{2014} other.example "),
    ] {
        let request = TestRequest::post().uri("/add-checkpoint").set_payload(body.clone());
        let answer = call_service(&app, request.to_request()).await;
        assert_eq!(answer.status().as_u16(), status, "{body}");
        let kind = answer.headers().get("content-type").unwrap().to_str().unwrap();
        assert_eq!(kind == "text/x.tlog.size", status == 409, "{body}");
        let text = String::from_utf8(read_body(answer).await.to_vec()).unwrap();
        assert!(text.contains(said), "{text}");
    }
}

#[actix_web::test]
async fn several_witnesses_at_one_port_have_a_state_and_a_key_each() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let watches = ["one", "two"].into_iter().zip(&folders);
    let watches = watches.map(|(path, folder)| (path.to_owned(), watch(folder))).collect();
    let server = serve_several(listener, watches).unwrap();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    // Refused if another test of this process did it.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for (path, folder) in ["one", "two"].into_iter().zip(&folders) {
        let url = format!("http://{address}/{path}/add-checkpoint");
        let request = http.post(url).body(body(&tree(&["a", "b"]), 0));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let file = Hash::of(&[ORIGIN.as_bytes()]).to_string();
        assert!(folder.path().join(file).exists(), "{path}");
    }
    handle.stop(true).await;
}

#[test]
fn a_second_witness_on_the_same_state_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let first = watch(&folder);
    let refused = lock(folder.path()).unwrap_err().to_string();
    assert!(refused.contains("another witness uses the state"), "{refused}");
    drop(first);
    assert!(lock(folder.path()).is_ok());
}

#[test]
fn both_checkpoints_of_a_fork_are_kept_with_the_signatures_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let watch = watch(&folder);
    watch.cosign(&body(&tree(&["a", "b", "c"]), 0)).unwrap();
    let forked: Request = body(&tree(&["a", "x", "c"]), 3).parse().unwrap();
    for _ in 0..2 {
        let refused = watch.cosign(&forked.to_string()).unwrap_err();
        assert!(matches!(refused, NotCosigned::Refused(Refusal::Forked(_))));
    }
    let kept = kept(&folder, "");
    let [kept] = kept.as_slice() else { panic!("{kept:?}") };
    let roots = ["seen", "shown"].map(|file| {
        let note: Note = fs::read_to_string(kept.join(file)).unwrap().parse().unwrap();
        note.verify(&[log_key().verifier().clone()]).unwrap();
        Checkpoint::parse(note.text()).unwrap().root
    });
    assert_ne!(roots[0], roots[1]);
}

#[test]
fn another_root_of_the_same_size_is_kept_whatever_old_says() {
    let folder = tempfile::tempdir().unwrap();
    let watch = watch(&folder);
    watch.cosign(&body(&tree(&["a", "b", "c"]), 0)).unwrap();
    for old in [0, 1, 2] {
        let refused = watch.cosign(&body(&tree(&["a", "x", "c"]), old)).unwrap_err();
        assert!(matches!(refused, NotCosigned::Refused(Refusal::OtherSize(_))), "{old}");
    }
    assert_eq!(kept(&folder, "fork-").len(), 1);
}

#[test]
fn only_what_the_log_signed_costs_disk_and_only_so_much_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let watch = watch(&folder);
    watch.cosign(&body(&tree(&["a"]), 0)).unwrap();
    let unproven = |entries: &[&str]| {
        let mut request: Request = body(&tree(entries), 1).parse().unwrap();
        request.proof = vec![Hash::leaf(b"no proof")];
        request.to_string()
    };
    let unsigned = unproven(&["a", "b"]).replace(" termine.example/log ", " termine.example/lag ");
    watch.cosign(&unsigned).unwrap_err();
    assert_eq!(kept(&folder, "").len(), 0);
    for number in 0..40 {
        watch.cosign(&unproven(&["a", &number.to_string()])).unwrap_err();
        watch.cosign(&body(&tree(&[&number.to_string()]), 1)).unwrap_err();
    }
    assert_eq!((kept(&folder, "fork-").len(), kept(&folder, "unproven-").len()), (16, 16));
}

#[test]
fn what_was_not_proven_goes_once_it_is_and_proves_a_fork_if_it_never_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let watch = watch(&folder);
    watch.cosign(&body(&tree(&["a"]), 0)).unwrap();
    for entries in [["a", "b"], ["x", "b"]] {
        let mut request: Request = body(&tree(&entries), 1).parse().unwrap();
        request.proof = vec![Hash::leaf(b"no proof")];
        watch.cosign(&request.to_string()).unwrap_err();
    }
    assert_eq!((kept(&folder, "fork-").len(), kept(&folder, "unproven-").len()), (0, 2));
    watch.cosign(&body(&tree(&["a", "b"]), 1)).unwrap();
    assert_eq!((kept(&folder, "fork-").len(), kept(&folder, "unproven-").len()), (1, 0));
}

#[test]
fn a_state_that_cannot_be_read_signs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(Hash::of(&[ORIGIN.as_bytes()]).to_string());
    fs::write(file, "half a checkp").unwrap();
    let refused = watch(&folder).cosign(&body(&tree(&["a"]), 0));
    assert!(matches!(refused, Err(NotCosigned::State(_))));
}
