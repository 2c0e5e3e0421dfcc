//! `fairtermin openapi`

use crate::{arguments::DescribedService, catalogue_files, failure::Failure};

/// Prints the document, for programs and for the copy in the repository.
pub fn print(service: DescribedService) -> Result<(), Failure> {
    let document = match service {
        DescribedService::Slot => slot::openapi_document(),
    };
    catalogue_files::print(&format!("{document:#}\n"))
}
