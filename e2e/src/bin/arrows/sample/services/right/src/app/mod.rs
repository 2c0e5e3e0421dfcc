//! Not `crate::http::routes`.

mod book;

pub use self::book::book;
