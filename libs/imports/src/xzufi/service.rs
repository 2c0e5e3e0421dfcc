//! One `leistung` of XZuFi.
//!
//! Texts come in modules with the numbers of the LeiKa scheme: 02 name, 03 name for citizens, 05
//! short text, 08 documents, 09 conditions, 14 forms, 24 teaser. Names and descriptions are taken
//! from the plainer module first.

use jiff::civil::Date;
use roxmltree::Node;
use vocabulary::Language;

use super::document::{below, is, own_text, text_of};
use crate::{
    dldb::{no_day, web_page},
    model::{Form, Keywords, Page, Service},
    report::Report,
    words::{Words, lines, paragraph},
};

/// The longest keyword, in letters, and how many of them a catalogue takes.
const KEYWORD_LETTERS: usize = 60;
const MOST_KEYWORDS: usize = 60;

/// Codes of text modules (LeiKa).
mod code {
    /// A name of the federal catalogue.
    pub(super) const NAME: &str = "02";
    /// A name that people understand.
    pub(super) const PLAIN_NAME: &str = "03";
    /// A description of a few sentences.
    pub(super) const SHORT: &str = "05";
    /// What to bring, one document a line.
    pub(super) const DOCUMENTS: &str = "08";
    /// What must be so before a visit makes sense, one condition a line.
    pub(super) const CONDITIONS: &str = "09";
    /// Links to forms.
    pub(super) const FORMS: &str = "14";
    /// One sentence, written for lists of services; taken before [`SHORT`].
    pub(super) const TEASER: &str = "24";
}

/// Key and service, without an id of ours. `None` without a German name.
pub(super) fn service(
    file: &str,
    node: Node<'_, '_>,
    page: Option<&str>,
    today: Date,
    report: &mut Report,
) -> Option<(String, Service)> {
    let leika = below(node, "referenzLeiKa").find_map(|reference| text_of(reference, "code"));
    let own = below(node, "id").find_map(own_text);
    let key = own.or_else(|| leika.clone())?;
    let path = format!("{file}: leistung {key}");
    let text = |code: &str, report: &mut Report| module(node, code, &path, report);
    let name = [code::PLAIN_NAME, code::NAME].into_iter().find_map(|code| text(code, report));
    let Some(name) = name.map(one_line).filter(|name| name.contains_key(&Language::German)) else {
        report.left_out(&path, "a service without a German name", "");
        return None;
    };
    let description = [code::TEASER, code::SHORT].into_iter().find_map(|code| text(code, report));
    let documents = text(code::DOCUMENTS, report).map(entries).unwrap_or_default();
    let prerequisites = text(code::CONDITIONS, report).map(entries).unwrap_or_default();
    let source = source(node, page, &path, today, report);
    let stated = |element: &'static str, report: &mut Report| {
        let words = below(node, element).find_map(|module| spoken(module, &path, report))?;
        if source.is_none() {
            let remedy = "say where the descriptions are from by --page URL";
            report.left_out(
                &format!("{path}: {element}"),
                "a fact without a page that says it",
                remedy,
            );
            return None;
        }
        Some(one_line(words)).filter(|words| words.contains_key(&Language::German))
    };
    let leika =
        leika.filter(|key| key.len() == 14 && key.bytes().all(|byte| byte.is_ascii_digit()));
    if below(node, "modulFrist").next().is_some() {
        report.left_out(&format!("{path}: modulFrist"), "deadlines: the linked page has them", "");
    }
    let service = Service {
        leika,
        name,
        description: description
            .map(one_line)
            .filter(|words| words.contains_key(&Language::German)),
        documents,
        prerequisites,
        forms: forms(node, &path, report),
        fee: stated("modulKosten", report),
        duration: stated("modulBearbeitungsdauer", report),
        page: source,
        keywords: keywords(node),
        notes: vec![format!("XZuFi {key}")],
        ..Service::default()
    };
    Some((key, service))
}

/// The text of a module in each language of ours, as HTML.
fn module(node: Node<'_, '_>, code: &str, path: &str, report: &mut Report) -> Option<Words> {
    let is_meant = |module: &Node<'_, '_>| {
        let kinds = module.children().filter(|child| child.tag_name().name().ends_with("extmodul"));
        kinds.filter_map(|kind| text_of(kind, "code")).any(|found| found == code)
    };
    let module = below(node, "modulText").find(is_meant)?;
    spoken(module, path, report)
}

/// What an element says, by language. Its texts are those with a `languageCode`.
fn spoken(module: Node<'_, '_>, path: &str, report: &mut Report) -> Option<Words> {
    let mut words = Words::new();
    for inner in module.descendants().filter(Node::is_element) {
        let Some(tag) = inner.attribute("languageCode") else { continue };
        let is_link = inner.ancestors().any(|node| is(node, "weiterfuehrenderLink"));
        let Some(text) = own_text(inner).filter(|_| !is_link) else { continue };
        match language(tag) {
            Some(language) => {
                // Several parts of one module, such as fees for different people.
                let all = words.entry(language).or_default();
                if !all.is_empty() {
                    all.push('\n');
                }
                all.push_str(&text);
            }
            None => {
                let what = format!("texts in `{tag}`, which is no language of a catalogue");
                report.left_out(path, what, "");
            }
        }
    }
    (!words.is_empty()).then_some(words)
}

/// `de`, `de-DE`; plain German is `de-easy` among ours and has no code that all agree on.
fn language(tag: &str) -> Option<Language> {
    let base = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    base.parse().ok()
}

/// A text without any words in a language is left out for that language.
fn one_line(words: Words) -> Words {
    words.into_iter().filter_map(|(language, html)| Some((language, paragraph(&html)?))).collect()
}

/// One entry for each line of the German text, with the same line of other languages if they have as
/// many.
fn entries(words: Words) -> Vec<Words> {
    let lines: Vec<(Language, Vec<String>)> =
        words.iter().map(|(language, html)| (*language, lines(html))).collect();
    let Some((_, german)) = lines.iter().find(|(language, _)| *language == Language::German) else {
        return Vec::new();
    };
    let entry = |index: usize| -> Words {
        let fitting = lines.iter().filter(|(_, all)| all.len() == german.len());
        fitting.filter_map(|(language, all)| Some((*language, all.get(index)?.clone()))).collect()
    };
    (0..german.len()).map(entry).collect()
}

/// The first page that it links to, else the one that the admin names.
fn source(
    node: Node<'_, '_>,
    page: Option<&str>,
    path: &str,
    today: Date,
    report: &mut Report,
) -> Option<Page> {
    let modules = node.children().filter(|module| !is_of_forms(*module));
    let links = modules
        .flat_map(|module| module.descendants().filter(|inner| is(*inner, "weiterfuehrenderLink")));
    let mut urls = links.filter_map(|link| text_of(link, "uri"));
    let url = urls.find(|url| url.starts_with("https://")).or_else(|| page.map(str::to_owned));
    let url = web_page(url, path, report)?;
    let changed = text_of(node, "geaendertDatumZeit");
    let day: Option<Date> = changed.and_then(|text| text.get(..10)?.parse().ok());
    if day.is_none() {
        no_day(&format!("{path}: geaendertDatumZeit"), report);
    }
    Some(Page { url, as_of: day.unwrap_or(today).to_string() })
}

/// Links of this module lead to forms and not to the page that describes the service.
fn is_of_forms(module: Node<'_, '_>) -> bool {
    is(module, "modulText") && text_of(module, "code").as_deref() == Some(code::FORMS)
}

/// Links of the module of forms.
///
/// Titles of links are taken as German.
fn forms(node: Node<'_, '_>, path: &str, report: &mut Report) -> Vec<Form> {
    let modules = below(node, "modulText").filter(|module| is_of_forms(*module));
    let links = modules
        .flat_map(|module| module.descendants().filter(|inner| is(*inner, "weiterfuehrenderLink")));
    let form = |link: Node<'_, '_>| {
        let url = web_page(text_of(link, "uri"), path, report)?;
        let name = text_of(link, "titel").and_then(|title| paragraph(&title))?;
        Some(Form { name: Words::from([(Language::German, name)]), url })
    };
    links.filter_map(form).collect()
}

/// Synonyms.
///
/// They are what people type; a name that is too long for a search field is left out.
fn keywords(node: Node<'_, '_>) -> Keywords {
    let mut keywords = Keywords::new();
    let modules = below(node, "modulBegriffImKontext");
    let words =
        modules.flat_map(|module| module.descendants().filter(|inner| is(*inner, "begriff")));
    for word in words {
        let language = language(word.attribute("languageCode").unwrap_or("de"));
        let text = own_text(word).and_then(|text| paragraph(&text));
        let (Some(language), Some(text)) = (language, text) else { continue };
        let all = keywords.entry(language).or_default();
        if text.chars().count() <= KEYWORD_LETTERS
            && all.len() < MOST_KEYWORDS
            && !all.contains(&text)
        {
            all.push(text);
        }
    }
    keywords
}
