//! Numbers that `make test` shows though the test passes.
//!
//! For measurements that have no pass or fail, and for what was not proven. Not for debugging:
//! `println!` shows when a test fails.

use std::{fmt, io::Write as _};

/// Writes a line past the test runner's capture, which swallows what a passing test prints.
///
/// To standard error, directly: `libtest` captures the `print` macros only.
pub fn report(line: fmt::Arguments<'_>) {
    // A closed stdout is no reason to fail.
    let _ = writeln!(std::io::stderr(), "  {line}");
}
