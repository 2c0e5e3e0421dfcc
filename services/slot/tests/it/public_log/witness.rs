//! A witness of C2SP `tlog-witness`, in memory and with a clock that stands.

use std::{
    collections::HashMap,
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use actix_web::{App, HttpResponse, HttpServer, http::StatusCode, web};
use slot::WitnessSettings;
use tlog::{Head, KeyKind, Refusal, Request, SigningKey, VerifierKey, Witness};

/// When the clocks of the offices stand still: Monday 4 January 2027, 9 o'clock in Berlin.
pub const START: u64 = 1_799_049_600;

/// A running witness.
#[derive(Clone)]
pub struct TestWitness {
    pub settings: WitnessSettings,
    state: Arc<State>,
}

struct State {
    witness: Mutex<Witness>,
    heads: Mutex<HashMap<String, Head>>,
    /// What its clock says.
    now: u64,
    cosigned: AtomicUsize,
    forked: AtomicUsize,
}

impl TestWitness {
    /// One that knows no log yet.
    pub fn start(name: &str, now: u64) -> Self {
        let key = SigningKey::from_seed(name, KeyKind::Cosignature, &[9; 32]).unwrap();
        let verifier = key.verifier().clone();
        let state = Arc::new(State {
            witness: Mutex::new(Witness { key, logs: Vec::new() }),
            heads: Mutex::default(),
            now,
            cosigned: AtomicUsize::new(0),
            forked: AtomicUsize::new(0),
        });
        let url = serve(&state);
        Self { settings: WitnessSettings { key: verifier, url }, state }
    }

    /// From now on it watches this log.
    pub fn watch(&self, log: VerifierKey) {
        self.state.witness.lock().unwrap().logs.push(log);
    }

    /// How many checkpoints it cosigned.
    pub fn cosigned(&self) -> usize {
        self.state.cosigned.load(Ordering::SeqCst)
    }

    /// How often it was shown another history.
    pub fn forked(&self) -> usize {
        self.state.forked.load(Ordering::SeqCst)
    }
}

fn serve(state: &Arc<State>) -> url::Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let state = web::Data::from(Arc::clone(state));
    let server = HttpServer::new(move || {
        App::new().app_data(state.clone()).route("/add-checkpoint", web::post().to(add_checkpoint))
    });
    tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
    format!("http://{address}").parse().unwrap()
}

async fn add_checkpoint(state: web::Data<State>, body: String) -> HttpResponse {
    match state.cosign(&body) {
        Ok(line) => HttpResponse::Ok().body(line),
        Err(Refusal::OtherSize(head)) => HttpResponse::Conflict()
            .content_type("text/x.tlog.size")
            .body(format!("{}\n", head.size)),
        Err(refusal) => {
            HttpResponse::build(StatusCode::from_u16(refusal.status()).unwrap()).finish()
        }
    }
}

impl State {
    fn cosign(&self, body: &str) -> Result<String, Refusal> {
        let request: Request = body.parse()?;
        let (witness, mut heads) = (self.witness.lock().unwrap(), self.heads.lock().unwrap());
        let log = witness.log(&request)?.name().to_owned();
        let seen = heads.get(&log).copied().unwrap_or_default();
        let judged = witness.judge(&request, seen);
        if matches!(judged, Err(Refusal::Forked(_))) {
            self.forked.fetch_add(1, Ordering::SeqCst);
        }
        let accepted = judged?;
        heads.insert(log, accepted.head);
        self.cosigned.fetch_add(1, Ordering::SeqCst);
        Ok(witness.sign(accepted, self.now))
    }
}
