//! One number for all results.

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, digest as sha256};

use super::{rows, write::picture};
use crate::Findings;

/// The first 16 hexadecimal digits of SHA-256 over everything that is published. Two runs with the
/// same seed have the same.
#[must_use]
pub fn digest(findings: &Findings) -> String {
    let mut text = rows(&findings.rows);
    for table in &findings.tables {
        text.push_str(&table.to_string());
    }
    for plot in &findings.plots {
        text.push_str(&picture(plot).unwrap_or_default());
    }
    sha256(&SHA256, text.as_bytes()).as_ref().iter().take(8).fold(
        String::new(),
        |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        },
    )
}
