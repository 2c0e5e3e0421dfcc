//! Into the README between markers, and pictures beside it.

use std::{fs, io, path::Path};

use super::{Plot, digest, rows};
use crate::Findings;

const BEGIN: &str = "<!-- results: written by `make simulate` -->\n";
const END: &str = "<!-- end of results -->";

/// The results could not be written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] io::Error),
    /// The README has lost a marker.
    #[error("README.md has lost a marker of its results: restore both from the history")]
    NoMarkers,
    /// A picture could not be drawn.
    #[error("{file}: {reason}")]
    Picture {
        /// Which.
        file: &'static str,
        /// Why.
        reason: String,
    },
}

/// Writes the tables into `README.md` in `folder` and the pictures beside it.
///
/// # Errors
/// A file, a marker or a picture.
pub fn write(findings: &Findings, folder: &Path) -> Result<(), NotWritten> {
    for plot in &findings.plots {
        fs::write(folder.join(plot.file), picture(plot)?)?;
    }
    let readme = folder.join("README.md");
    let text = fs::read_to_string(&readme)?;
    let (before, rest) = text.split_once(BEGIN).ok_or(NotWritten::NoMarkers)?;
    let (_, after) = rest.split_once(END).ok_or(NotWritten::NoMarkers)?;
    fs::write(&readme, format!("{before}{BEGIN}\n{}\n{END}{after}", results(findings)))?;
    Ok(())
}

pub(super) fn picture(plot: &Plot) -> Result<String, NotWritten> {
    plot.draw().map_err(|error| NotWritten::Picture { file: plot.file, reason: error.to_string() })
}

fn results(findings: &Findings) -> String {
    let mut text = format!("Digest of all results: `{}`.\n\n", digest(findings));
    text.push_str(&rows(&findings.rows));
    for table in &findings.tables {
        text.push_str(&format!("\n{table}"));
    }
    for plot in &findings.plots {
        text.push_str(&format!("\n![{}]({})\n", plot.title, plot.file));
    }
    text
}
