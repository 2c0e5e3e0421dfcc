//! The client of every measurement: a fixed number of connections, each with one request at a
//! time, as fast as the answers come. It does as little as possible, since it shares the machine
//! with what it measures.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

use crate::{Failure, report::quantile};

/// A complete HTTP/1.1 request, as it goes over the wire.
pub struct Request {
    bytes: Vec<u8>,
    keeps_body: bool,
}

impl Request {
    /// A request without a body.
    pub fn get(path: &str, token: &str) -> Self {
        Self::new("GET", path, token, &[], "")
    }

    /// A request with a JSON body.
    pub fn post(path: &str, token: &str, headers: &[(&str, &str)], body: &str) -> Self {
        Self::new("POST", path, token, headers, body)
    }

    /// A request of any method.
    pub fn new(
        method: &str,
        path: &str,
        token: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Self {
        let mut text = format!("{method} {path} HTTP/1.1\r\nhost: bench\r\n");
        if !token.is_empty() {
            text += &format!("authorization: Bearer {token}\r\n");
        }
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            text +=
                &format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
        }
        text += "\r\n";
        text += body;
        Self { bytes: text.into_bytes(), keeps_body: true }
    }

    /// The same, with the body of a good answer thrown away: to keep hundreds of megabytes costs
    /// more than to be answered, and whose turn is second pays for it.
    pub fn without_body(self) -> Self {
        Self { keeps_body: false, ..self }
    }
}

/// One answer.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    pub took: Duration,
}

/// What came of a load.
pub struct Outcome {
    /// From the first request to the last answer.
    pub took: Duration,
    /// In the order of the requests.
    pub answers: Vec<Answer>,
}

impl Outcome {
    /// Answers in a second.
    pub fn rate(&self) -> f64 {
        self.answers.len() as f64 / self.took.as_secs_f64()
    }

    /// The time that all but this share of the answers kept, in seconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut times: Vec<_> = self.answers.iter().map(|one| one.took.as_secs_f64()).collect();
        quantile(&mut times, share)
    }

    async fn gather(mut running: JoinSet<Answers>, began: Instant) -> Result<Self, Failure> {
        let mut answers = Vec::new();
        while let Some(done) = running.join_next().await {
            answers.extend(done??);
        }
        let took = began.elapsed();
        answers.sort_unstable_by_key(|(number, _)| *number);
        Ok(Self { took, answers: answers.into_iter().map(|(_, answer)| answer).collect() })
    }

    /// The same outcome, if every answer has this status: what fails fast is not fast.
    pub fn expect(self, status: u16) -> Result<Self, Failure> {
        let other = self.answers.iter().find(|answer| answer.status != status);
        let Some(Answer { status: other, body, .. }) = other else { return Ok(self) };
        let times = self.answers.iter().filter(|answer| answer.status != status).count();
        let body = String::from_utf8_lossy(body);
        Err(format!("{times} answers are not {status} but, say, {other}: {body}").into())
    }
}

/// What one connection got: the number of each request and its answer.
type Answers = io::Result<Vec<(usize, Answer)>>;

/// Sends all requests over this many connections.
pub async fn send(
    to: SocketAddr,
    connections: usize,
    requests: Vec<Request>,
) -> Result<Outcome, Failure> {
    let requests = Arc::new(requests);
    let next = Arc::new(AtomicUsize::new(0));
    let mut clients = Vec::with_capacity(connections);
    for _ in 0..connections {
        clients.push(Client::connect(to).await?);
    }
    let began = Instant::now();
    let mut running = JoinSet::new();
    for mut client in clients {
        let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
        running.spawn(async move {
            let mut answers = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(request) = requests.get(number) else { return Ok(answers) };
                answers.push((number, client.ask(request).await?));
            }
        });
    }
    Outcome::gather(running, began).await
}

/// Sends the requests at this pace, over as many connections as it takes to keep it, at most
/// `connections`. An answer's time counts from when its request was due: who has to wait for a
/// free connection waits for the service.
pub async fn pace(
    connections: usize,
    per_second: u32,
    requests: Vec<(SocketAddr, Request)>,
) -> Result<Outcome, Failure> {
    let every = Duration::from_secs(1) / per_second;
    let requests = Arc::new(requests);
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now() + Duration::from_millis(20);
    let mut running = JoinSet::new();
    for _ in 0..connections {
        let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
        running.spawn(async move {
            let (mut clients, mut answers) = (HashMap::new(), Vec::new());
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some((to, request)) = requests.get(number) else { return Ok(answers) };
                let due = began + every.mul_f64(number as f64);
                let was_free = Instant::now() < due;
                tokio::time::sleep_until(due.into()).await;
                // The timer wakes us up to a millisecond late, which is not the service's fault.
                let from = if was_free { Instant::now() } else { due };
                if !clients.contains_key(to) {
                    clients.insert(*to, Client::connect(*to).await?);
                }
                let client = clients.get_mut(to).ok_or(io::ErrorKind::NotConnected)?;
                let began_at = Instant::now();
                let answer = client.ask(request).await?;
                let waited = began_at.duration_since(from);
                answers.push((number, Answer { took: waited + answer.took, ..answer }));
            }
        });
    }
    Outcome::gather(running, began).await
}

struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    async fn connect(to: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(4096) })
    }

    async fn ask(&mut self, request: &Request) -> io::Result<Answer> {
        let began = Instant::now();
        self.stream.write_all(&request.bytes).await?;
        self.buffer.clear();
        let Head { status, body, closes } = loop {
            self.read_more().await?;
            if let Some(head) = read_head(&self.buffer)? {
                break head;
            }
        };
        while self.buffer.len() < body.end {
            self.read_more().await?;
        }
        let took = began.elapsed();
        let is_kept = request.keeps_body || !(200..300).contains(&status);
        let body = if is_kept { self.buffer[body].to_vec() } else { Vec::new() };
        if closes {
            let to = self.stream.peer_addr()?;
            *self = Self::connect(to).await?;
        }
        Ok(Answer { status, body, took })
    }

    async fn read_more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

struct Head {
    status: u16,
    /// Where the body is, seen from the beginning of the answer.
    body: Range<usize>,
    /// Whether this was the last answer on this connection (RFC 9112 section 9.6).
    closes: bool,
}

/// The head of an answer, once all of it has come.
fn read_head(answer: &[u8]) -> io::Result<Option<Head>> {
    let strange = || io::Error::new(io::ErrorKind::InvalidData, "a strange answer");
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(end) = response.parse(answer).map_err(|_| strange())? else {
        return Ok(None);
    };
    let (mut length, mut closes) = (0, false);
    for header in response.headers {
        if header.name.eq_ignore_ascii_case("content-length") {
            let text = str::from_utf8(header.value).map_err(|_| strange())?;
            length = text.parse().map_err(|_| strange())?;
        } else if header.name.eq_ignore_ascii_case("connection") {
            closes = header.value.eq_ignore_ascii_case(b"close");
        }
    }
    let status = response.code.ok_or_else(strange)?;
    Ok(Some(Head { status, body: end..end + length, closes }))
}
