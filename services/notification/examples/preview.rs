//! Writes every message in every language as pages: `cargo run -p notification --example preview`.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1);
    let folder = folder.map_or_else(|| PathBuf::from("target/notification-preview"), PathBuf::from);
    notification::preview::write(&folder)?;
    println!("{}", folder.join("index.html").display());
    Ok(())
}
