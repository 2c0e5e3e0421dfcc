//! The catalogue that a process starts with: the present one, or the last good one while the
//! present one has a mistake. A node that is drained must not end an authority's service because
//! somebody mistyped an hour.

use std::path::PathBuf;

use ::store::Database;
use catalogue::{Catalogue, CatalogueError};
use jiff::Timestamp;

use super::{CatalogueState, acceptable};
use crate::{
    settings::CatalogueSettings,
    store::{Failure, good_catalogue},
};

/// There is no catalogue to start with.
#[derive(Debug, thiserror::Error)]
pub enum NoCatalogue {
    /// The file cannot be read.
    #[error("{file}: cannot be read: {cause}")]
    File {
        /// Which.
        file: String,
        /// What the operating system says.
        #[source]
        cause: std::io::Error,
    },
    /// It has a mistake, and there is no last good one.
    #[error(transparent)]
    Mistake(#[from] CatalogueError),
    /// The last good one cannot be read or kept.
    #[error(transparent)]
    Store(#[from] Failure),
}

/// What a process starts with.
#[derive(Debug)]
pub struct FirstCatalogue {
    /// In force.
    pub catalogue: Catalogue,
    /// Where changes are to be expected.
    pub file: Option<CatalogueFile>,
}

/// The file that the catalogue comes from.
#[derive(Debug)]
pub struct CatalogueFile {
    /// Where it is.
    pub path: PathBuf,
    /// What was in it.
    pub text: String,
    /// Whether that is in force.
    pub accepted: bool,
}

/// Reads it.
pub async fn first_catalogue(
    settings: &CatalogueSettings,
    database: &Database,
    now: Timestamp,
    state: &CatalogueState,
) -> Result<FirstCatalogue, NoCatalogue> {
    let path = match settings {
        CatalogueSettings::Text(text) => {
            let catalogue = Catalogue::parse("catalogue", text)?;
            state.in_force(text, now);
            return Ok(FirstCatalogue { catalogue, file: None });
        }
        CatalogueSettings::File(path) => path.clone(),
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(&path)
        .map_err(|cause| NoCatalogue::File { file: name.clone(), cause })?;
    let kept = good_catalogue::find(database.connection()).await?;
    // One that this version cannot read any more is of no use.
    let kept = kept.and_then(|text| Some((Catalogue::parse("kept", &text).ok()?, text)));
    let (catalogue, accepted) = match kept {
        None => (Catalogue::parse(&name, &text)?, true),
        Some((last, last_text)) => match acceptable(&last, &name, &text) {
            Ok(new) => (new, true),
            Err(mistakes) => {
                tracing::error!(error = mistakes, "starts with the last good catalogue");
                state.in_force(&last_text, now);
                state.refused(&mistakes, now);
                (last, false)
            }
        },
    };
    if accepted {
        state.in_force(&text, now);
        good_catalogue::keep(database.connection(), &text, now).await?;
    }
    Ok(FirstCatalogue { catalogue, file: Some(CatalogueFile { path, text, accepted }) })
}
