//! A mail server that takes everything and remembers when.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Instant,
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::Failure;

/// When mail for an address was taken (RFC 5321), the last one if there were several.
#[derive(Clone, Default)]
pub struct Taken(Arc<Mutex<HashMap<String, Instant>>>);

impl Taken {
    /// When mail for `address` was taken.
    pub fn at(&self, address: &str) -> Option<Instant> {
        self.0.lock().expect("nobody panics with the lock").get(address).copied()
    }

    fn note(&self, address: String) {
        self.0.lock().expect("nobody panics with the lock").insert(address, Instant::now());
    }
}

/// Listens until the process ends.
pub async fn start() -> Result<(SocketAddr, Taken), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let taken = Taken::default();
    let noting = taken.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let taken = noting.clone();
            // A client that hangs up comes again.
            tokio::spawn(async move { drop(serve(stream, &taken).await) });
        }
    });
    Ok((address, taken))
}

async fn serve(stream: TcpStream, taken: &Taken) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 bench\r\n").await?;
    let (mut recipient, mut in_data) = (String::new(), false);
    while let Some(line) = lines.next_line().await? {
        let answer: &[u8] = match line.as_str() {
            "." if in_data => {
                in_data = false;
                taken.note(std::mem::take(&mut recipient));
                b"250 taken\r\n"
            }
            _ if in_data => continue,
            "DATA" => {
                in_data = true;
                b"354 go on\r\n"
            }
            "QUIT" => return writer.write_all(b"221 bye\r\n").await,
            command => {
                if let Some(address) = command.strip_prefix("RCPT TO:<") {
                    recipient = address.split('>').next().unwrap_or_default().to_owned();
                }
                b"250 bench\r\n"
            }
        };
        writer.write_all(answer).await?;
    }
    Ok(())
}
