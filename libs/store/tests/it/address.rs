//! Addresses that lead to no database. What is said of them never repeats them.

use store::{Database, StoreError};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

async fn refused(url: &str) -> StoreError {
    Database::connect(url).await.unwrap_err()
}

#[tokio::test]
async fn an_address_with_an_unescaped_password_is_refused_without_repeating_it() {
    for url in [
        "postgres://u:Geheim/ab@db:5432/x",
        "postgres://u:Geheim#ab@db:5432/x",
        "postgres://u:Geheim?ab@db:5432/x",
        "postgres://u:12/Geheim@db:5432/x",
        "postgresql://u:Geheim@db:port/x",
        "postgres://u:Geheim@db/x?sslmode=Geheim",
        "u:Geheim@db:5432/x",
    ] {
        let error = refused(url).await;
        let told = format!("{error} {error:?}");
        assert!(!told.contains("Geheim"), "{told}");
    }
    let told = refused("postgres://u:Geheim/ab@db:5432/x").await.to_string();
    assert!(told.contains("`/` is %2F, `#` is %23"), "{told}");
}

#[tokio::test]
async fn a_port_without_a_server_is_told_from_a_slow_one() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = refused(&format!("postgres://u:p@{address}/x?sslmode=disable")).await;
    assert!(matches!(error, StoreError::RefusesConnections), "{error}");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_database_are_told_from_a_server_that_is_away() {
    let error = refused(&server_that_says("28P01").await).await;
    assert!(matches!(error, StoreError::RefusesUser), "{error}");
    let error = refused(&server_that_says("3D000").await).await;
    assert!(matches!(error, StoreError::UnknownDatabase), "{error}");
}

/// A server that answers each greeting with this SQLSTATE (PostgreSQL 16, section 55.7, `ErrorResponse`).
async fn server_that_says(code: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut greeting = [0; 1024];
            let Ok(1..) = stream.read(&mut greeting).await else { continue };
            let fields = format!("SFATAL\0VFATAL\0C{code}\0Mno\0\0");
            let length = u32::try_from(fields.len() + 4).unwrap();
            let answer = [&b"E"[..], &length.to_be_bytes(), fields.as_bytes()].concat();
            // A client that has hung up has its answer.
            let _ = stream.write_all(&answer).await;
        }
    });
    format!("postgres://u:p@{address}/x?sslmode=disable")
}
