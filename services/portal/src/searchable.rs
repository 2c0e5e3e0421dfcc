//! What the search knows of each service.

use client::{Names, Service};
use search::{Document, Field, Index};
use texts::Language;

/// The services of an authority, ready to be searched; a hit's document is the position of a service.
pub(crate) fn index(services: &[Service]) -> Index {
    Index::new(services.iter().map(document))
}

fn document(service: &Service) -> Document {
    let mut document = Document::default();
    add(&mut document, Field::Name, &service.name);
    add(&mut document, Field::Description, &service.description);
    for (tag, words) in &service.keywords {
        for word in words {
            document.add(Field::Keyword, tag.parse().ok(), word);
        }
    }
    for number in [&service.number, &service.leika].into_iter().flatten() {
        document.add(Field::Number, None, number);
    }
    document
}

fn add(document: &mut Document, field: Field, texts: &Names) {
    for (tag, text) in &texts.0 {
        document.add(field, tag.parse::<Language>().ok(), text);
    }
}
