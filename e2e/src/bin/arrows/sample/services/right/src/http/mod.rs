mod problem;

pub fn routes() -> u8 {
    crate::app::book()
}

mod store {
    pub use super::problem::status;
}
