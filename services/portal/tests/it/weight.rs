//! What a first view weighs: an old phone on a slow network pays for each kilobyte.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};

use crate::{page::Page, world::World};

/// Bytes as transferred, without fonts.
const FIRST_VIEW: usize = 60 * 1024;

/// Bytes of the fonts of a page in Latin letters, and with Cyrillic ones.
const FONTS: usize = 90 * 1024;

/// How many files hold a page back until they are there.
const BLOCKING: usize = 2;

fn gzipped(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

/// What these attributes say, for example the addresses of all style sheets.
fn attributes<'p>(page: &'p Page, tag: &str, name: &str) -> Vec<&'p str> {
    let tags = page.html.split('<').filter(|part| part.starts_with(tag));
    tags.filter_map(|part| {
        let (_, value) = part.split('>').next()?.split_once(&format!("{name}=\""))?;
        value.split('"').next()
    })
    .collect()
}

#[actix_web::test]
async fn a_first_view_is_light_and_waits_for_two_files_at_most() {
    let world = World::start().await;
    let mut browser = world.browser();
    for address in ["/en", "/uk", "/en/buergeramt/days?service=120703"] {
        let page = browser.open(address).await;
        let sheets: Vec<&str> = attributes(&page, "link rel=\"stylesheet\"", "href");
        assert!(sheets.len() <= BLOCKING, "{sheets:?}");
        assert!(!page.html.contains("<script src=") || page.html.contains("defer"));
        let mut weight = gzipped(&page.html);
        let rest =
            attributes(&page, "script ", "src").into_iter().chain(attributes(&page, "img ", "src"));
        for file in sheets.iter().copied().chain(rest) {
            weight += gzipped(&browser.open(file).await.html);
        }
        assert!(weight <= FIRST_VIEW, "{address}: {weight} bytes");
    }
}

/// What KERN has no style for, but templates name: parts of its markup.
const WITHOUT_STYLE: &[&str] = &["kern-table__head", "kern-table__body", "kern-table__row"];

/// `assets/kern/trim.py` leaves out what no page uses. Whoever uses more, runs it again.
#[test]
fn every_class_of_kern_that_a_page_uses_has_its_style() {
    let services = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let styles = format!("{services}/portal/assets/kern/kern.min.css");
    let styles = std::fs::read_to_string(styles).unwrap();
    let mut missing = std::collections::BTreeSet::new();
    for service in ["portal", "identity", "notification"] {
        for file in std::fs::read_dir(format!("{services}/{service}/templates")).unwrap() {
            let html = std::fs::read_to_string(file.unwrap().path()).unwrap();
            missing.extend(classes(&html).filter(|class| !has_style(&styles, class)));
        }
    }
    missing.retain(|class| !WITHOUT_STYLE.contains(&class.as_str()));
    assert!(missing.is_empty(), "run assets/kern/trim.py again: {missing:?}");
}

/// The classes of KERN in a template, or the beginnings of those that it puts together: `kern-alert--`.
fn classes(html: &str) -> impl Iterator<Item = String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    html.split("class=\"").skip(1).flat_map(move |rest| {
        let value = rest.split("\">").next().unwrap_or_default();
        let words = value.split(move |c: char| !is_part(c));
        words.filter(|word| word.starts_with("kern-")).map(str::to_owned)
    })
}

fn has_style(styles: &str, class: &str) -> bool {
    let is_whole =
        |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "-_".contains(c));
    let selector = format!(".{class}");
    let mut found = styles.split(selector.as_str()).skip(1);
    found.any(|rest| class.ends_with('-') || is_whole(rest))
}

#[actix_web::test]
async fn the_fonts_of_a_page_are_small() {
    let world = World::start().await;
    let mut browser = world.browser();
    let styles = browser.open("/assets/portal.css").await.html;
    let files: Vec<&str> = styles
        .split("url(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|file| file.ends_with(".woff2"))
        .collect();
    assert_eq!(files.len(), 6, "three weights, two scripts: {files:?}");
    let folder = env!("CARGO_MANIFEST_DIR");
    let size = |file: &&str| std::fs::metadata(format!("{folder}{file}")).unwrap().len();
    let total: u64 = files.iter().map(size).sum();
    assert!(total <= u64::try_from(FONTS).unwrap(), "{total} bytes");
    for file in files {
        let font = browser.get(file).await;
        assert_eq!((font.status, font.header("content-type")), (200, "font/woff2"), "{file}");
    }
}
