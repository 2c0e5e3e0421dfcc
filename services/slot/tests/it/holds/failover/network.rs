//! The network between a master and the others, which can be hurt too.

use std::ops::ControlFlow;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// What gets through. Clients always do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weather {
    Fine,
    /// Replicas hear nothing new.
    Lagging,
    /// Replicas and sentinels hear nothing at all.
    Cut,
}

/// A port that leads to a master.
pub struct Network {
    pub port: u16,
    weather: watch::Sender<Weather>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Peer {
    Client,
    Replica,
    Sentinel,
}

impl Network {
    pub async fn to(master: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (weather, _) = watch::channel(Weather::Fine);
        let seen = weather.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let weather = seen.subscribe();
                tokio::spawn(async move {
                    if let Ok(server) = TcpStream::connect(("127.0.0.1", master)).await {
                        carry(client, server, weather).await;
                    }
                });
            }
        });
        Self { port, weather, task }
    }

    pub fn let_replicas_lag(&self) {
        self.weather.send_replace(Weather::Lagging);
    }

    pub fn cut_off(&self) {
        self.weather.send_replace(Weather::Cut);
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Carries bytes in both directions until one side ends or the weather forbids it.
async fn carry(
    mut client: TcpStream,
    mut server: TcpStream,
    mut weather: watch::Receiver<Weather>,
) {
    let (mut up, mut down) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    let mut peer = Peer::Client;
    loop {
        let now = *weather.borrow_and_update();
        if now == Weather::Cut && peer != Peer::Client {
            return;
        }
        let hears = now == Weather::Fine || peer != Peer::Replica;
        let step = tokio::select! {
            read = client.read(&mut up) => {
                let bytes = &up[..read.unwrap_or(0)];
                peer = who_says(bytes).unwrap_or(peer);
                let is_cut = *weather.borrow() == Weather::Cut && peer != Peer::Client;
                if is_cut { return } else { pass_on(bytes, &mut server).await }
            }
            read = server.read(&mut down), if hears => {
                pass_on(&down[..read.unwrap_or(0)], &mut client).await
            }
            changed = weather.changed() => match changed {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            },
        };
        if step.is_break() {
            return;
        }
    }
}

async fn pass_on(bytes: &[u8], to: &mut TcpStream) -> ControlFlow<()> {
    if bytes.is_empty() || to.write_all(bytes).await.is_err() {
        return ControlFlow::Break(());
    }
    ControlFlow::Continue(())
}

/// Replicas and sentinels say who they are in their first words.
fn who_says(bytes: &[u8]) -> Option<Peer> {
    let has = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    match () {
        () if has(b"REPLCONF") || has(b"PSYNC") => Some(Peer::Replica),
        () if has(b"sentinel-") => Some(Peer::Sentinel),
        () => None,
    }
}
