//! A page as a person reads it.

use reqwest::header::{HeaderMap, LOCATION};
use url::Url;

/// What came back.
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl Page {
    pub(crate) fn path(&self) -> &str {
        self.url.path()
    }

    /// A header's value; empty if it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Where it redirects to.
    pub(crate) fn location(&self) -> Option<Url> {
        let next = self.headers.get(LOCATION)?;
        Some(self.url.join(next.to_str().unwrap()).unwrap())
    }

    /// The text, without tags.
    pub(crate) fn text(&self) -> String {
        plain(&self.html)
    }

    /// Asserts the status and that the page says each of `sentences`.
    #[track_caller]
    pub(crate) fn says(&self, status: u16, sentences: &[&str]) {
        let text = self.text();
        assert_eq!(self.status, status, "{text}");
        for sentence in sentences {
            assert!(text.contains(sentence), "`{sentence}` is missing in: {text}");
        }
    }

    /// Asserts that the page does not say `sentence`.
    #[track_caller]
    pub(crate) fn is_silent_about(&self, sentence: &str) {
        let text = self.text();
        assert!(!text.contains(sentence), "`{sentence}` stands in: {text}");
    }

    /// Whether one sentence stands before another one, so that a screen reader says it first.
    pub(crate) fn comes_before(&self, first: &str, then: &str) -> bool {
        let text = self.text();
        let place = |sentence| text.find(sentence);
        place(first).is_some() && place(first) < place(then)
    }

    /// The address that the link with this text (or label for screen readers) leads to.
    #[track_caller]
    pub(crate) fn link(&self, text: &str) -> String {
        let links = self.html.split("<a ").skip(1).filter_map(|rest| rest.split("</a>").next());
        let named = |link: &&str| {
            let label = attribute(link, "aria-label").unwrap_or_default();
            label == text || plain(link.split_once('>').map_or("", |(_, inner)| inner)) == text
        };
        let found = links.clone().find(named).and_then(|link| attribute(link, "href"));
        found.unwrap_or_else(|| panic!("no link `{text}` in: {}", self.text()))
    }

    /// Whether there is a link or button with this text.
    pub(crate) fn offers(&self, text: &str) -> bool {
        let ends = ["</a>", "</button>"];
        ends.iter().any(|end| {
            let parts = self.html.split(end);
            parts.into_iter().any(|part| {
                let start = if *end == "</a>" { "<a " } else { "<button " };
                let inner = part.rsplit_once(start).and_then(|(_, tag)| tag.split_once('>'));
                inner.is_some_and(|(_, inner)| plain(inner) == text)
            })
        })
    }

    /// The page in the language with this name, as the switch in the masthead leads to it; with these values typed
    /// into the page's form, if it has one.
    #[track_caller]
    pub(crate) fn in_language(&self, name: &str, typed: &[(&str, &str)]) -> InLanguage {
        let buttons = self.html.split("<button ").skip(1).filter_map(|it| it.split_once('>'));
        let mut switches = buttons.filter(|(tag, _)| tag.contains("form=\"page-form\""));
        let Some((tag, _)) = switches.find(|(_, text)| text.split('<').next() == Some(name)) else {
            return InLanguage::At(self.link(name));
        };
        let mut fields = self.form_fields();
        fields.retain(|(field, _)| !typed.iter().any(|(name, _)| name == field));
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let target = attribute(tag, "formaction").unwrap();
        match attribute(tag, "name").zip(attribute(tag, "value")) {
            Some(button) if button.0 == "language-page" => {
                fields.push(button);
                InLanguage::Sent { target, fields }
            }
            // A form that the address fills in: its button may say so.
            button => {
                fields.extend(button);
                let query = url::form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(&fields)
                    .finish();
                InLanguage::At(format!("{target}?{query}"))
            }
        }
    }

    /// What a browser sends of the page's form as it is: hidden and filled fields, and what is chosen.
    #[track_caller]
    fn form_fields(&self) -> Vec<(String, String)> {
        let (_, form) = self.html.split_once("<form id=\"page-form\"").unwrap();
        let form = form.split("</form>").next().unwrap();
        let sent = |input: &str| {
            let tag = input.split('>').next()?;
            let is_choice = ["checkbox", "radio"]
                .contains(&attribute(tag, "type").unwrap_or_default().as_str());
            if is_choice && !tag.contains(" checked") {
                return None;
            }
            attribute(tag, "name").zip(attribute(tag, "value"))
        };
        let selected = |select: &str| {
            let options = select.split("</select>").next()?.split("<option ").skip(1);
            let mut tags = options.filter_map(|option| option.split('>').next());
            let chosen = tags.find(|tag| tag.contains(" selected"))?;
            attribute(select, "name").zip(attribute(chosen, "value"))
        };
        let inputs = form.split("<input ").skip(1).filter_map(sent);
        inputs.chain(form.split("<select ").skip(1).filter_map(selected)).collect()
    }

    /// The button with this text: where its form goes, and the fields that are set already.
    #[track_caller]
    pub(crate) fn button(&self, text: &str) -> (String, Vec<(String, String)>) {
        let forms =
            self.html.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next());
        for form in forms {
            let buttons = form.split("<button ").skip(1);
            for button in buttons {
                let (tag, rest) = button.split_once('>').unwrap();
                if plain(rest.split("</button>").next().unwrap()) != text {
                    continue;
                }
                let target = attribute(tag, "formaction").or_else(|| attribute(form, "action"));
                let mut fields: Vec<_> = form.split("<input ").skip(1).filter_map(hidden).collect();
                if let (Some(name), Some(value)) = (attribute(tag, "name"), attribute(tag, "value"))
                {
                    fields.push((name, value));
                }
                return (target.unwrap(), fields);
            }
        }
        panic!("no button `{text}` in: {}", self.text());
    }
}

/// What another language's entry in the masthead does.
#[derive(Debug, PartialEq)]
pub(crate) enum InLanguage {
    /// It opens this address.
    At(String),
    /// It sends the page's form.
    Sent { target: String, fields: Vec<(String, String)> },
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.status, self.url, self.text())
    }
}

fn hidden(input: &str) -> Option<(String, String)> {
    let tag = input.split('>').next()?;
    (attribute(tag, "type")? == "hidden")
        .then(|| Some((attribute(tag, "name")?, attribute(tag, "value")?)))?
}

/// An attribute of the first tag in `html`.
fn attribute(html: &str, name: &str) -> Option<String> {
    let tag = html.split('>').next()?;
    let rest = format!(" {tag}");
    let (_, value) = rest.split_once(&format!(" {name}=\""))?;
    Some(decoded(value.split('"').next()?))
}

fn plain(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    decoded(&text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" .", ".")
        .replace(" ,", ",")
}

fn decoded(text: &str) -> String {
    let named = [("&#38;", "&"), ("&#39;", "'"), ("&#34;", "\""), ("&#60;", "<"), ("&#62;", ">")];
    named.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
}
