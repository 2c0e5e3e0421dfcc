//! A server that falls silent.
//!
//! A closed connection is easy: everybody notices. A silent one is what a cut cable, a frozen
//! machine or a dropped firewall state look like, and only timeouts notice it. Tests put this proxy
//! before PostgreSQL, Redis or RabbitMQ and prove the timeouts.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
};

/// Stands between a client and a server and can fall silent: then no connection is closed and none
/// is refused, but nothing passes any more, as when a cable is cut.
///
/// Works for any protocol over TCP. Both directions stop at once.
#[derive(Debug)]
pub struct SilentProxy {
    address: SocketAddr,
    silent: watch::Sender<bool>,
}

impl SilentProxy {
    /// Passes everything on to `server`, `host:port`, until it falls silent.
    ///
    /// It accepts until the test's runtime ends. Give [`address`](Self::address) to the client
    /// instead of the server's.
    ///
    /// # Panics
    /// If the machine has no port.
    pub async fn before(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let (silent, watch) = watch::channel(false);
        let server = server.to_owned();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass_on(client, server.clone(), watch.clone()));
            }
        });
        Self { address, silent }
    }

    /// Where clients connect.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets nothing pass any more.
    ///
    /// New connections are accepted too, and answer nothing.
    pub fn fall_silent(&self) {
        self.silent.send_replace(true);
    }

    /// Passes on again, also what was sent meanwhile.
    pub fn speak_again(&self) {
        self.silent.send_replace(false);
    }
}

/// One connection: both directions until either ends.
async fn pass_on(client: TcpStream, server: String, silent: watch::Receiver<bool>) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let ((from_client, to_client), (from_server, to_server)) =
        (client.into_split(), server.into_split());
    let requests = one_way(from_client, to_server, silent.clone());
    let answers = one_way(from_server, to_client, silent);
    tokio::join!(requests, answers);
}

/// What was read while it is silent is kept and sent once it speaks again.
async fn one_way(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut silent: watch::Receiver<bool>,
) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(length) = from.read(&mut buffer).await {
        if length == 0 || silent.wait_for(|silent| !silent).await.is_err() {
            return;
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
