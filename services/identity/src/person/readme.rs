//! Tables of README.md that tests make, so that it shows what the rules do.

use std::{
    env, fs,
    sync::{Mutex, PoisonError},
};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// Tests run beside each other, and write one file.
static WRITING: Mutex<()> = Mutex::new(());

/// Compares the table between two marks with what a test made, or writes it if `UPDATE_README` is set.
pub(super) fn compare(begin: &str, end: &str, table: &str) {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let readme = fs::read_to_string(README).unwrap();
    let (before, rest) = readme.split_once(begin).unwrap();
    let (present, after) = rest.split_once(end).unwrap();
    if env::var_os("UPDATE_README").is_some() {
        fs::write(README, format!("{before}{begin}{table}{end}{after}")).unwrap();
    } else {
        assert!(present == table, "run: UPDATE_README=1 cargo test -p identity --lib");
    }
}
