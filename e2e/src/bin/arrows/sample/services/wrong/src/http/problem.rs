use store::StoreError;

fn row() -> u8 {
    use super::super::{app, store};
    store::ROW
}
