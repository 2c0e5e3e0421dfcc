//! The slot services and the identity service, as far as the portal asks them.

mod answers;
mod identity;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::header, web};
use ambient::VirtualClock;
use serde_json::{Value, json};

pub(crate) use self::{
    answers::{
        BOOKING, CODE, DRAW, OFFER, PLACE, booking, draw, entry, hold, offer, place, published,
        reserved_until,
    },
    identity::{Identity, SECRET, SESSION},
};

/// What the stub answers to one kind of request.
#[derive(Clone)]
pub(crate) enum Answer {
    /// A success.
    Json(u16, Value),
    /// A success that is no JSON.
    Text(&'static str),
    /// A refusal with this status, code and further members.
    Problem(u16, &'static str, Value),
    /// A success that is not what the API description says.
    Malformed,
    /// A proxy's error page.
    Proxy(u16),
    /// No answer, ever.
    Never,
    /// These one after another; the last one again and again.
    InTurn(Vec<Answer>),
}

/// One request that came.
#[derive(Clone)]
pub(crate) struct Asked {
    /// For example `GET /buergeramt/v1/slots`.
    pub(crate) what: String,
    pub(crate) query: String,
    pub(crate) body: String,
    pub(crate) token: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    /// `*`: only what is not there yet is made.
    pub(crate) if_none_match: Option<String>,
}

/// Both kinds of service on one port. Clones share the state.
#[derive(Clone)]
pub(crate) struct Stub {
    /// Where it listens, without a final slash.
    pub(crate) base: String,
    state: Arc<Mutex<State>>,
}

struct State {
    answers: HashMap<String, Answer>,
    asked: Vec<Asked>,
    identity: Identity,
}

impl State {
    /// What to answer to `what` this time.
    fn next(&mut self, what: &str) -> Option<Answer> {
        let answer = self.answers.get_mut(what)?;
        Some(match answer {
            Answer::InTurn(answers) if answers.len() > 1 => answers.remove(0),
            Answer::InTurn(answers) => answers.first().cloned()?,
            answer => answer.clone(),
        })
    }
}

impl Stub {
    /// Everything is well: a service is free on two days, and the person has no appointment.
    pub(crate) fn start(clock: VirtualClock) -> Self {
        let state = Arc::new(Mutex::new(State {
            answers: answers::all_is_well(),
            asked: Vec::new(),
            identity: Identity::new(clock),
        }));
        let shared = Arc::clone(&state);
        let server = HttpServer::new(move || {
            let state = Arc::clone(&shared);
            App::new().default_service(web::to(move |request: HttpRequest, body: web::Bytes| {
                answer(Arc::clone(&state), request, body)
            }))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", server.addrs()[0]);
        lock(&state).identity.issuer.clone_from(&base);
        tokio::spawn(server.run());
        Self { base, state }
    }

    /// From now on `what` (for example `GET /buergeramt/v1/slots`) is answered like this.
    pub(crate) fn answer(&self, what: &str, answer: Answer) {
        lock(&self.state).answers.insert(what.to_owned(), answer);
    }

    /// The requests for `what` that came, in order.
    pub(crate) fn asked(&self, what: &str) -> Vec<Asked> {
        lock(&self.state).asked.iter().filter(|asked| asked.what == what).cloned().collect()
    }

    /// Changes how the identity service behaves.
    pub(crate) fn identity<T>(&self, change: impl FnOnce(&mut Identity) -> T) -> T {
        change(&mut lock(&self.state).identity)
    }
}

impl Asked {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(state: Arc<Mutex<State>>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let header =
        |name: header::HeaderName| Some(request.headers().get(name)?.to_str().ok()?.to_owned());
    let asked = Asked {
        what: format!("{} {}", request.method(), request.path()),
        query: request.query_string().to_owned(),
        body: String::from_utf8_lossy(&body).into_owned(),
        token: header(header::AUTHORIZATION)
            .and_then(|value| Some(value.strip_prefix("Bearer ")?.to_owned())),
        idempotency_key: header(header::HeaderName::from_static("idempotency-key")),
        if_none_match: header(header::IF_NONE_MATCH),
    };
    let known = {
        let mut state = lock(&state);
        state.asked.push(asked.clone());
        state.next(&asked.what)
    };
    match known {
        Some(Answer::Json(status, value)) => with_status(status).json(value),
        Some(Answer::Text(text)) => {
            HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
        }
        Some(Answer::Problem(status, code, members)) => {
            let mut problem =
                json!({ "type": format!("/problems/{code}"), "status": status, "code": code });
            if let (Some(problem), Value::Object(members)) = (problem.as_object_mut(), members) {
                problem.extend(members);
            }
            with_status(status).content_type("application/problem+json").body(problem.to_string())
        }
        Some(Answer::Malformed) => HttpResponse::Ok().json(json!({ "unexpected": [1, 2, 3] })),
        Some(Answer::Proxy(status)) => with_status(status).body("<h1>proxy</h1>"),
        Some(Answer::Never) => std::future::pending().await,
        Some(Answer::InTurn(_)) | None => lock(&state).identity.answer(&asked, &request),
    }
}

fn with_status(status: u16) -> actix_web::HttpResponseBuilder {
    HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap())
}
