pub fn publish() {
    tracing::info!(row = super::store::ROW, "published");
}
