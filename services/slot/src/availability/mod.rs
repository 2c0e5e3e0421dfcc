//! What is free (placeholder).
use std::sync::Arc;
use ambient::Clock;
use arc_swap::ArcSwap;
use catalogue::Catalogue;
use crate::holds::Holds;

/// Placeholder.
#[derive(Debug)]
pub struct Availability;
impl Availability {
    /// Placeholder.
    pub fn new(_: Arc<ArcSwap<Catalogue>>, _: Holds, _: Arc<dyn Clock>) -> Self { Self }
    /// Placeholder.
    pub async fn follow(&self, shutdown: telemetry::Shutdown) { shutdown.triggered().await; }
}
