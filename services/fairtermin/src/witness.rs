//! `witness`: watches the public logs of others and cosigns what only grows (C2SP `tlog-witness`).
//!
//! The state is one file per log, the last checkpoint that was cosigned. It is written and synced
//! before a cosignature leaves, so that a killed witness never signs two histories. One process at a
//! time has the folder: two would each continue what the other has not seen.
//!
//! What contradicts the state is kept as evidence: both checkpoints, each signed by the log.

mod evidence;

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use actix_web::{App, HttpResponse, HttpServer, http::StatusCode, web};
use ambient::{Clock as _, SystemClock};
use draw::Bytes;
use tlog::{
    Checkpoint, Hash, Head, KeyKind, Note, Refusal, Request, SigningKey, VerifierKey, Witness,
};

use self::evidence::{Evidence, Kind};
use crate::{arguments::WitnessArguments, command_error::CommandError, files::UNREADABLE};

/// A request has at most 63 hashes and a checkpoint with some signatures.
const MAX_BODY: usize = 64 * 1024;
/// The file in the state's folder that one process locks.
const LOCK: &str = "lock";

struct Watch {
    witness: Witness,
    folder: PathBuf,
    #[expect(dead_code, reason = "it is locked for as long as it is open")]
    lock: fs::File,
    /// Held from reading the last head until the next one is stored.
    turn: Mutex<()>,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
enum NotCosigned {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the state cannot be read or written")]
    State(#[from] io::Error),
}

/// Serves until the process is asked to stop.
pub async fn run(arguments: WitnessArguments) -> Result<(), CommandError> {
    let text = fs::read_to_string(&arguments.key).map_err(|error| {
        CommandError::from_error("cannot read the key", &error).exit(UNREADABLE)
    })?;
    let seed: Bytes<32> = text
        .trim_end()
        .parse()
        .map_err(|error| CommandError::from_error("cannot read the key", &error))?;
    let key = SigningKey::from_seed(&arguments.name, KeyKind::Cosignature, &seed.0)
        .map_err(|error| CommandError::from_error("cannot use the key", &error))?;
    let logs: Result<Vec<VerifierKey>, _> = arguments.logs.iter().map(|key| key.parse()).collect();
    let logs =
        logs.map_err(|error| CommandError::from_error("cannot read the key of a log", &error))?;
    fs::create_dir_all(&arguments.state).map_err(|error| {
        CommandError::from_error("cannot make the folder for the state", &error)
    })?;
    let lock = lock(&arguments.state)?;
    println!("{}", key.verifier());
    let watch = web::Data::new(Watch {
        witness: Witness { key, logs },
        folder: arguments.state,
        lock,
        turn: Mutex::new(()),
    });
    let server = HttpServer::new(move || App::new().app_data(watch.clone()).configure(routes))
        .workers(1)
        .bind(arguments.listen)
        .map_err(|error| CommandError::from_error("cannot listen", &error))?;
    for address in server.addrs() {
        eprintln!("listening on {address}");
    }
    server.run().await.map_err(|error| CommandError::from_error("cannot serve", &error))
}

/// Takes the folder for this process alone; the operating system gives it back when the process
/// ends, however it ends.
fn lock(folder: &Path) -> Result<fs::File, CommandError> {
    let cannot = |error: &io::Error| CommandError::from_error("cannot lock the state", error);
    let mut options = fs::OpenOptions::new();
    let file = options.create(true).truncate(false).write(true).open(folder.join(LOCK));
    let file = file.map_err(|error| cannot(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(CommandError::new(format!(
            "another witness uses the state in {}",
            folder.display()
        ))
        .advice("two with one state could sign a fork: end that one first, or give each its own --key and --state")),
        Err(fs::TryLockError::Error(error)) => Err(cannot(&error)),
    }
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .app_data(web::PayloadConfig::new(MAX_BODY))
        .route("/add-checkpoint", web::post().to(add_checkpoint))
        .route("/{origin}/checkpoint", web::get().to(last_checkpoint));
}

async fn add_checkpoint(watch: web::Data<Watch>, body: String) -> HttpResponse {
    let answer = |status, text: String| {
        HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(text)
    };
    match watch.cosign(&body) {
        Ok(line) => answer(StatusCode::OK, line),
        Err(NotCosigned::Refused(Refusal::OtherSize(head))) => HttpResponse::Conflict()
            .content_type("text/x.tlog.size")
            .body(format!("{}\n", head.size)),
        Err(NotCosigned::Refused(refusal)) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            answer(status, format!("{refusal}\n"))
        }
        Err(error @ NotCosigned::State(_)) => {
            answer(StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n"))
        }
    }
}

/// The last cosigned checkpoint of the log whose origin has this SHA-256.
async fn last_checkpoint(watch: web::Data<Watch>, origin: web::Path<Bytes<32>>) -> HttpResponse {
    match fs::read_to_string(watch.folder.join(origin.to_string())) {
        Ok(note) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(note),
        Err(_) => HttpResponse::NotFound().finish(),
    }
}

impl Watch {
    fn cosign(&self, body: &str) -> Result<String, NotCosigned> {
        let request: Request = body.parse()?;
        let log = self.witness.log(&request)?;
        let file = self.folder.join(Hash::of(&[log.name().as_bytes()]).to_string());
        // A panic elsewhere cannot leave half a file: it is replaced in one step.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (seen, evidence) = (last_head(&file)?, Evidence { folder: &self.folder, seen: &file });
        let judged = self.witness.judge(&request, seen);
        let kind = match &judged {
            _ if self.witness.contradicts(&request, seen) => Some(Kind::Fork),
            Err(Refusal::Forked(_)) => Some(Kind::Unproven),
            _ => None,
        };
        if let Some(kind) = kind {
            told(evidence.keep(kind, &request.checkpoint));
        }
        let accepted = judged?;
        let now = u64::try_from(SystemClock.now().as_second()).unwrap_or(0);
        let line = self.witness.sign(accepted, now);
        let cosigned = request.checkpoint.with_lines(line.lines());
        store(&file, &cosigned.map_err(|_| Refusal::Malformed("too many signatures"))?)?;
        told(evidence.look_again());
        Ok(line)
    }
}

/// What is refused and what is cosigned does not depend on the evidence.
fn told(kept: io::Result<()>) {
    if let Err(error) = kept {
        eprintln!("ERROR: cannot keep the evidence of a fork: {error}");
    }
}

/// What was cosigned last of a log.
fn last_head(file: &Path) -> io::Result<Head> {
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Head::default()),
        text => text?,
    };
    head_of(&text)
}

/// The size and the root in a checkpoint with its signatures.
fn head_of(text: &str) -> io::Result<Head> {
    let note: Note = text.parse().map_err(io::Error::other)?;
    let Checkpoint { size, root, .. } = Checkpoint::parse(note.text()).map_err(io::Error::other)?;
    Ok(Head { size, root })
}

/// Replaces a file in one step, on the disk when this returns.
fn store(file: &Path, note: &Note) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    write!(new, "{note}")?;
    new.as_file().sync_all()?;
    new.persist(file)?;
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
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
        let lock = lock(folder.path()).unwrap();
        Watch { witness, folder: folder.path().to_owned(), lock, turn: Mutex::new(()) }
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
        let unsigned =
            unproven(&["a", "b"]).replace(" termine.example/log ", " termine.example/lag ");
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
}
