//! XML without surprises: no document type, bounded size, nodes and depth.
//!
//! A file from another office is untrusted input. Without a document type there are no entities, so
//! neither expansion ("billion laughs") nor a read of local files is possible.

use roxmltree::{Document, Error, Node, ParsingOptions};

use crate::{ImportError, size::bounded};

/// Elements, attributes and texts of one file. A whole collection service has some hundred thousand.
const MAX_NODES: u32 = 4_000_000;

/// XZuFi needs about ten levels.
const MAX_DEPTH: usize = 64;

/// Reads a file. Entities are not expanded, since a document type, which would declare them, is
/// refused.
///
/// # Errors
/// It is no XML, has a document type, or is too large or too deep to be meant.
pub(super) fn parse<'a>(file: &str, text: &'a str) -> Result<Document<'a>, ImportError> {
    bounded(file, text)?;
    let refused = |problem: String| ImportError::NotXml { file: file.to_owned(), problem };
    let options =
        ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let text = text.trim_start_matches('\u{feff}');
    let document = Document::parse_with_options(text, options).map_err(|error| {
        refused(match error {
            Error::DtdDetected => {
                "a document type is refused; take its `<!DOCTYPE …>` out".to_owned()
            }
            other => format!("{other}; save the answer as it comes and whole"),
        })
    })?;
    let is_deep = |node: Node<'_, '_>| node.ancestors().nth(MAX_DEPTH).is_some();
    if document.descendants().any(is_deep) {
        return Err(refused(format!("more than {MAX_DEPTH} elements within each other")));
    }
    Ok(document)
}

/// Whether a node is an element of this name, in any version's namespace.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The elements of this name right below.
pub(super) fn below<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| is(*child, name))
}

/// The text of the first element of this name anywhere below. `None` if it is blank.
pub(super) fn text_of(node: Node<'_, '_>, name: &str) -> Option<String> {
    let found = node.descendants().find(|inner| is(*inner, name))?;
    own_text(found)
}

/// All text within an element. `None` if it is blank.
pub(super) fn own_text(node: Node<'_, '_>) -> Option<String> {
    let parts = node.descendants().filter(|inner| inner.is_text()).filter_map(|inner| inner.text());
    let text: String = parts.collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
