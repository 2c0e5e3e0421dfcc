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
