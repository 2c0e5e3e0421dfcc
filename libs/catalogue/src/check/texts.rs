//! Texts that lack a language which the authority speaks.
//!
//! The authority states its languages once; what is then missing is a gap and not a choice.
//! Where a text is missing, people read German.

use booking::rules::Finding;

use crate::{Catalogue, Texts};

/// In the order in which the texts stand in a values file: authority, groups, services, locations.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    texts(catalogue).into_iter().filter_map(|(path, texts)| gaps(catalogue, &path, texts)).collect()
}

/// One finding per text, with all languages that it lacks.
fn gaps(catalogue: &Catalogue, path: &str, texts: &Texts) -> Option<Finding> {
    let languages = &catalogue.authority.languages;
    let missing: Vec<&str> =
        languages.iter().filter(|language| !texts.has(**language)).map(|l| l.tag()).collect();
    let remedy = "add it, or take the language out of `catalogue.authority.languages`";
    let problem = || format!("lacks {}", missing.join(", "));
    (!missing.is_empty()).then(|| Finding::new(path, problem(), remedy))
}

/// Every text of the catalogue with its path.
///
/// A new text of the catalogue is added here, or its gaps are never found.
fn texts(catalogue: &Catalogue) -> Vec<(String, &Texts)> {
    let mut all = vec![("catalogue.authority.name".to_owned(), &catalogue.authority.name)];
    for (id, group) in catalogue.groups() {
        all.push((format!("catalogue.groups.{id}.name"), &group.name));
    }
    for (id, service) in catalogue.services() {
        let path = format!("catalogue.services.{id}");
        all.push((format!("{path}.name"), &service.name));
        all.extend(service.description.iter().map(|text| (format!("{path}.description"), text)));
        let numbered = service.documents.iter().enumerate();
        all.extend(numbered.map(|(index, text)| (format!("{path}.documents[{index}]"), text)));
        let numbered = service.prerequisites.iter().enumerate();
        all.extend(numbered.map(|(index, text)| (format!("{path}.prerequisites[{index}]"), text)));
        let numbered = service.forms.iter().enumerate();
        all.extend(
            numbered.map(|(index, form)| (format!("{path}.forms[{index}].name"), &form.name)),
        );
        for (key, stated) in [("fee", &service.fee), ("duration", &service.duration)] {
            all.extend(stated.iter().map(|one| (format!("{path}.{key}.text"), &one.text)));
        }
    }
    for (id, location) in catalogue.locations() {
        let path = format!("catalogue.locations.{id}");
        all.push((format!("{path}.name"), &location.name));
        for (key, text) in [("hint", &location.hint), ("access", &location.access)] {
            all.extend(text.iter().map(|text| (format!("{path}.{key}"), text)));
        }
    }
    all
}
