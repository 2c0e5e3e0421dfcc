//! How much is read.
//!
//! The limit is checked before parsing: a file that was chosen by mistake would otherwise fill the
//! memory of a small machine.

use crate::ImportError;

/// The most that is read of one file, in MB: Berlin's whole service database has about 30.
const MAX_MEGABYTES: usize = 256;

/// Refuses a file that is larger than any real export.
///
/// # Errors
/// The text has more than 256 MB.
pub(crate) fn bounded(file: &str, text: &str) -> Result<(), ImportError> {
    let megabytes = text.len() / (1024 * 1024);
    if megabytes >= MAX_MEGABYTES {
        return Err(ImportError::TooLarge {
            file: file.to_owned(),
            megabytes,
            limit: MAX_MEGABYTES,
        });
    }
    Ok(())
}
