//! What a text is made of, as Fluent's own parser reads it.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::{
    ast::{
        CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
    },
    unicode::unescape_unicode_to_string,
};

use crate::source::{Message, split};

/// What stands in a text, all its forms together.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// The names of its values.
    pub(crate) values: BTreeSet<String>,
    /// What people may see beside the values. Characters that are written by their number
    /// (`{ "\u202E" }`) stand here as they are shown.
    pub(crate) shown: String,
    /// The forms that are chosen by a value, without those that are numbers: by the name of the value.
    pub(crate) forms: BTreeMap<String, BTreeSet<String>>,
    /// Whether one of its forms shows nothing.
    pub(crate) is_empty: bool,
}

impl Content {
    /// The text called `id`. `None` if Fluent cannot read it as one text.
    pub(crate) fn read(id: &str, text: &str) -> Option<Self> {
        let (name, attribute) = split(id);
        let source = Message::of(attribute, text).written(name);
        let resource = FluentResource::try_new(source).ok()?;
        let Some(Entry::Message(message)) = resource.get_entry(0) else { return None };
        let pattern = match (attribute, message.attributes.as_slice()) {
            (None, []) => message.value.as_ref()?,
            (Some(_), [only]) => &only.value,
            _ => return None,
        };
        let mut content = Self { is_empty: is_empty(pattern), ..Self::default() };
        content.pattern(pattern);
        Some(content)
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.shown.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let forms = variants.iter().filter_map(|variant| match &variant.key {
                    VariantKey::Identifier { name } => Some((*name).to_owned()),
                    VariantKey::NumberLiteral { .. } => None,
                });
                self.forms.entry(chooser(selector).to_owned()).or_default().extend(forms);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { value } => {
                self.shown.push_str(&unescape_unicode_to_string(value));
            }
            InlineExpression::VariableReference { id } => {
                self.values.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. }
            | InlineExpression::TermReference { arguments: Some(arguments), .. } => {
                self.arguments(arguments);
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::NumberLiteral { .. }
            | InlineExpression::MessageReference { .. }
            | InlineExpression::TermReference { arguments: None, .. } => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value));
    }
}

/// The name of the value by which a form is chosen, `` if it is none: of `$count` and `NUMBER($count)`.
fn chooser<'s>(selector: &InlineExpression<&'s str>) -> &'s str {
    match selector {
        InlineExpression::VariableReference { id } => id.name,
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.first().map_or("", chooser)
        }
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. }
        | InlineExpression::Placeable { .. } => "",
    }
}

/// Whether a form of it shows nothing.
fn is_empty(pattern: &Pattern<&str>) -> bool {
    pattern.elements.iter().all(|element| match element {
        PatternElement::TextElement { value } => is_blank(value),
        PatternElement::Placeable { expression } => shows_nothing(expression),
    })
}

fn shows_nothing(expression: &Expression<&str>) -> bool {
    match expression {
        Expression::Select { variants, .. } => {
            variants.iter().any(|variant| is_empty(&variant.value))
        }
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            is_blank(&unescape_unicode_to_string(value))
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => shows_nothing(expression),
        Expression::Inline(_) => false,
    }
}

/// Blanks, and marks that have no width. A no-break space is a sign: it separates thousands.
fn is_blank(text: &str) -> bool {
    let is_nothing = |character| {
        matches!(
            character,
            ' ' | '\t' | '\n' | '\r' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
                | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
    };
    text.chars().all(is_nothing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Content {
        Content::read("text", text).unwrap()
    }

    #[test]
    fn values_letters_and_forms_are_found_wherever_they_stand() {
        let nested = "Noch { $count ->\n [one] { $name }\n *[other] { $count ->\n [0] nichts\n *[few] { \"\\u0041\" }\n }\n }";
        let content = read(nested);
        assert_eq!(Vec::from_iter(&content.values), ["count", "name"]);
        assert_eq!(Vec::from_iter(&content.forms["count"]), ["few", "one", "other"]);
        assert!(content.shown.contains("Noch") && content.shown.contains('A'), "{}", content.shown);
        assert_eq!(Vec::from_iter(read("{ NUMBER($count) }").values), ["count"]);
        assert!(read("{ \"{\" }$name{ \"}\" }").values.is_empty());
    }

    #[test]
    fn a_form_that_shows_nothing_is_empty_and_a_sign_is_not() {
        for empty in [
            "{ \"\" }",
            "{ \" \" }{ \"\\u200B\" }",
            "{ { \"\" } }",
            "{ $n ->\n [one] { \"\" }\n *[other] x\n }",
        ] {
            assert!(read(empty).is_empty, "{empty}");
        }
        for full in [".", "{ \"\\u00A0\" }", "{ $name }", "a{ \"\" }", "{ $n ->\n *[other] x\n }"] {
            assert!(!read(full).is_empty, "{full}");
        }
    }

    #[test]
    fn one_text_is_read_and_no_second_one_beside_it() {
        assert!(Content::read("text.title", "Titel").is_some());
        for wrong in ["{ $name", "Hallo\n.title = Titel"] {
            assert!(Content::read("text", wrong).is_none(), "{wrong}");
        }
    }
}
