//! Agencies' endpoints: what they do with a webhook, and when they took which.

use std::{
    collections::HashMap,
    future::pending,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::Failure;

/// What an endpoint does with a webhook.
#[derive(Debug, Clone, Copy)]
pub enum Behaviour {
    /// Takes it after a while.
    Takes(Duration),
    /// Answers 500.
    Fails,
    /// Never answers.
    Hangs,
}

/// An endpoint that listens until the process ends.
#[derive(Clone)]
pub struct Receiver {
    address: SocketAddr,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Default)]
struct Taken {
    count: usize,
    /// By booking, the first time.
    at: HashMap<String, Instant>,
}

impl Receiver {
    pub async fn start(behaviour: Behaviour) -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let receiver = Self { address: listener.local_addr()?, taken: Arc::default() };
        let shared = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let receiver = shared.clone();
                // A client that hangs up comes again.
                tokio::spawn(async move { drop(receiver.serve(stream, behaviour).await) });
            }
        });
        Ok(receiver)
    }

    /// Its address as one of many endpoints.
    pub fn url(&self, number: usize) -> String {
        format!("http://{}/hook/{number}", self.address)
    }

    /// When it took the event of this booking.
    pub fn at(&self, booking: &str) -> Option<Instant> {
        self.taken.lock().expect("nobody panics with the lock").at.get(booking).copied()
    }

    /// How many it took.
    pub fn count(&self) -> usize {
        self.taken.lock().expect("nobody panics with the lock").count
    }

    async fn serve(&self, mut stream: TcpStream, behaviour: Behaviour) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut buffer = Vec::with_capacity(4096);
        while let Some(body) = read_request(&mut stream, &mut buffer).await? {
            let answer: &[u8] = match behaviour {
                Behaviour::Hangs => pending().await,
                Behaviour::Fails => {
                    b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n"
                }
                Behaviour::Takes(after) => {
                    tokio::time::sleep(after).await;
                    self.note(&body);
                    b"HTTP/1.1 204 No Content\r\n\r\n"
                }
            };
            stream.write_all(answer).await?;
        }
        Ok(())
    }

    fn note(&self, body: &[u8]) {
        let event: Value = serde_json::from_slice(body).unwrap_or_default();
        let booking = event["data"]["booking_id"].as_str().unwrap_or_default().to_owned();
        let mut taken = self.taken.lock().expect("nobody panics with the lock");
        taken.count += 1;
        taken.at.entry(booking).or_insert_with(Instant::now);
    }
}

/// The body of the next request; `None` if the client hangs up.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    loop {
        if let Some((head, length)) = read_head(buffer)?
            && buffer.len() >= head + length
        {
            let body = buffer[head..head + length].to_vec();
            buffer.drain(..head + length);
            return Ok(Some(body));
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

/// How long head and body are, once all of the head has come.
fn read_head(request: &[u8]) -> io::Result<Option<(usize, usize)>> {
    let strange = || io::Error::new(io::ErrorKind::InvalidData, "a strange request");
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(head) = parsed.parse(request).map_err(|_| strange())? else {
        return Ok(None);
    };
    let length =
        parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = match length {
        Some(header) => {
            let text = str::from_utf8(header.value).map_err(|_| strange())?;
            text.parse().map_err(|_| strange())?
        }
        None => 0,
    };
    Ok(Some((head, length)))
}
