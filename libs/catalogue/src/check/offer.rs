//! A catalogue that offers nothing, and locations at which nothing is done.
//!
//! An import of files that lack a part ends so, and the program that starts with it has an empty page.

use booking::rules::Finding;

use super::Dated;
use crate::Catalogue;

/// Services that no location does are named one by one elsewhere.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let empty = [
        (
            "catalogue.services",
            catalogue.services().len(),
            "add a service, and name it in the `services` of a location",
        ),
        (
            "catalogue.locations",
            catalogue.locations().len(),
            "add a location with `services` and `opening`",
        ),
    ];
    let empty = empty.into_iter().filter(|(_, count, _)| *count == 0);
    empty
        .map(|(path, _, remedy)| Finding::new(path, "is empty: nothing can be booked", remedy))
        .collect()
}

/// One location without services beside others may be meant, before it opens.
pub(super) fn note(catalogue: &Catalogue, dated: &mut Dated) {
    for (id, _) in catalogue.locations().filter(|(_, place)| place.services.is_empty()) {
        let path = format!("catalogue.locations.{id}.services");
        let problem = "is empty: nothing can be booked here";
        let remedy = "name what is done there, or remove the location";
        dated.notes.push(Finding::new(path, problem, remedy));
    }
}
