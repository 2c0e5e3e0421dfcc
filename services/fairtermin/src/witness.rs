//! `witness`: watches the public logs of others and cosigns what only grows (C2SP `tlog-witness`).
//!
//! The state is one file per log, the last checkpoint that was cosigned. It is written and synced
//! before a cosignature leaves, so that a killed witness never signs two histories. One process at a
//! time has the folder: two would each continue what the other has not seen.
//!
//! What contradicts the state is kept as evidence: both checkpoints, each signed by the log.

mod evidence;
#[cfg(test)]
mod tests;

use std::{
    fs,
    io::{self, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::{App, HttpResponse, HttpServer, dev::Server, http::StatusCode, web};
use ambient::{Clock, SystemClock};
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

/// A witness with its state.
pub struct Watch {
    witness: Witness,
    folder: PathBuf,
    /// A cosignature says when it was made.
    clock: Arc<dyn Clock>,
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
    let verifier = key.verifier().clone();
    let watch = Watch::open(Witness { key, logs }, arguments.state, Arc::new(SystemClock))?;
    println!("{verifier}");
    let watch = web::Data::new(watch);
    let server = HttpServer::new(move || App::new().app_data(watch.clone()).configure(routes))
        .workers(1)
        .bind(arguments.listen)
        .map_err(|error| CommandError::from_error("cannot listen", &error))?;
    for address in server.addrs() {
        eprintln!("listening on {address}");
    }
    server.run().await.map_err(|error| CommandError::from_error("cannot serve", &error))
}

/// Serves several witnesses at one port, each below `/<its path>`, until the server is told to stop. Requests
/// wait in `listener` until then.
pub fn serve_several(listener: TcpListener, witnesses: Vec<(String, Watch)>) -> io::Result<Server> {
    let witnesses = witnesses.into_iter();
    let witnesses: Vec<_> =
        witnesses.map(|(path, watch)| (format!("/{path}"), web::Data::new(watch))).collect();
    let server = HttpServer::new(move || {
        witnesses.iter().fold(App::new(), |app, (path, watch)| {
            app.service(web::scope(path).app_data(watch.clone()).configure(routes))
        })
    });
    // The process decides when to stop, not each of its servers.
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
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
    /// Goes on from the state in `folder`, which is made if it is not there.
    pub fn open(
        witness: Witness,
        folder: PathBuf,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, CommandError> {
        fs::create_dir_all(&folder).map_err(|error| {
            CommandError::from_error("cannot make the folder for the state", &error)
        })?;
        let lock = lock(&folder)?;
        Ok(Self { witness, folder, clock, lock, turn: Mutex::new(()) })
    }

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
        let now = u64::try_from(self.clock.now().as_second()).unwrap_or(0);
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
