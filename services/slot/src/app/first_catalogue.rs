//! The catalogue that a process starts with: the present one, or the last good one while the
//! present one has a mistake. A node that is drained must not end an authority's service because
//! an hour was mistyped.

use std::path::PathBuf;

use ::store::Database;
use catalogue::{Catalogue, CatalogueError};
use jiff::Timestamp;

use super::CatalogueState;
use crate::{
    settings::CatalogueSettings,
    store::{
        Failure,
        good_catalogue::{self, InForce},
    },
};

/// There is no catalogue to start with.
#[derive(Debug, thiserror::Error)]
pub enum NoCatalogue {
    /// The file cannot be read.
    #[error("{file}: cannot be read: {cause}")]
    File {
        /// The file.
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
    /// The present one, if it is another: to be applied like any change, since it may touch
    /// bookings.
    pub change: Option<Change>,
    /// Where changes are to be expected.
    pub file: Option<CatalogueFile>,
}

/// A catalogue that is not in force yet.
#[derive(Debug)]
pub struct Change {
    /// Where it was read.
    pub name: String,
    /// What was read.
    pub text: String,
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
    let kept = good_catalogue::find(database.connection()).await?;
    let (name, text, path) = match settings {
        CatalogueSettings::Text(text) => ("catalogue".to_owned(), text.clone(), None),
        CatalogueSettings::File(path) => {
            let name = path.display().to_string();
            let text = match (std::fs::read_to_string(path), &kept) {
                (Ok(text), _) => text,
                (Err(error), Some(kept)) => {
                    tracing::error!(%error, file = name, "the catalogue file is refused; the service starts with the last good catalogue");
                    kept.text.clone()
                }
                (Err(cause), None) => return Err(NoCatalogue::File { file: name, cause }),
            };
            (name, text, Some(path.clone()))
        }
    };
    let file =
        |text: &str| path.map(|path| CatalogueFile { path, text: text.to_owned(), accepted: true });
    // One that this version cannot read any more is of no use.
    let kept = kept.and_then(|kept| Some((Catalogue::parse("kept", &kept.text).ok()?, kept)));
    if let Some((catalogue, kept)) = kept {
        state.in_force(&kept, now);
        let file = file(&text);
        let change = (kept.text != text).then_some(Change { name, text });
        return Ok(FirstCatalogue { catalogue, change, file });
    }
    let catalogue = Catalogue::parse(&name, &text)?;
    let transaction = database.begin().await.map_err(Failure::from)?;
    let since = good_catalogue::put(&transaction, &text, now).await?;
    transaction.commit().await.map_err(Failure::from)?;
    let file = file(&text);
    state.in_force(&InForce { text, since }, now);
    Ok(FirstCatalogue { catalogue, change: None, file })
}
