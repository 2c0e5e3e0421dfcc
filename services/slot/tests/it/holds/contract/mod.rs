//! What every hold store does, and does alike.

mod confirming;
mod desk;
mod durable;
mod ending;
mod people;
mod reading;
mod reconciling;
mod renaming;
mod taking;

/// Runs a test against every adapter at the same time.
macro_rules! contract {
    ($(async fn $name:ident($site:ident: &Site) $body:block)+) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            async fn check($site: &Site) $body
            let sites = Site::all().await;
            futures_util::future::join_all(sites.iter().map(async |site| {
                eprintln!("{} on {}", stringify!($name), site.name);
                check(site).await;
            }))
            .await;
        }
    )+};
}
use contract;
