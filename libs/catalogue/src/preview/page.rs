//! A preview as a page that one can send to a colleague.
//!
//! One file, without anything from elsewhere: it opens in each browser and each mail program.

use std::fmt::Write as _;

use calendar::Channel;
use vocabulary::Language;

use super::{Day, Query, Row, render::sums};
use crate::Catalogue;

/// Within the page, so that it can be sent as one file and shown without a network.
const STYLE: &str = "body{font:1rem/1.5 sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}\
    table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #999;padding:.4rem;\
    text-align:left;vertical-align:top}.full{color:#767676;text-decoration:line-through}\
    .why{font-style:italic}ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;margin:0;\
    padding:0}";

/// The page, in German with the words of the catalogue: for the people of the office.
#[must_use]
pub fn page(catalogue: &Catalogue, query: &Query<'_>, days: &[Day]) -> String {
    let title = escape(&title(catalogue, query));
    let now = query.now.to_zoned_datetime(ambient::berlin()).strftime("%d.%m.%Y, %H:%M Uhr");
    let (starts, free) = sums(days);
    let mut text = format!(
        "<!doctype html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>Vorschau, Stand {now}. \
         Personen: {}. Buchungsweg: {}. {starts} Uhrzeiten, {free} freie Plätze.</p>\n<table>\n\
         <thead><tr><th scope=\"col\">Tag</th><th scope=\"col\">Uhrzeiten (freie \
         Plätze)</th></tr></thead>\n<tbody>\n",
        query.people,
        way(query.channel),
    );
    for day in days {
        let _ = writeln!(
            text,
            "<tr><th scope=\"row\">{}, {}</th><td>{}</td></tr>",
            weekday(day),
            day.date.strftime("%d.%m.%Y"),
            cell(day)
        );
    }
    text.push_str("</tbody>\n</table>\n</body>\n</html>\n");
    text
}

/// By which way is booked.
const fn way(channel: Channel) -> &'static str {
    match channel {
        Channel::Public => "Internet",
        Channel::Phone => "Telefon",
        Channel::Staff => "Beschäftigte am Schalter",
    }
}

/// Who offers what, where.
fn title(catalogue: &Catalogue, query: &Query<'_>) -> String {
    let place = catalogue.location(query.location).map(|place| place.name.get(Language::German));
    let services = query.services.iter().filter_map(|id| catalogue.service(id));
    let services: Vec<&str> = services.map(|service| service.name.get(Language::German)).collect();
    let authority = catalogue.authority.name.get(Language::German);
    format!("{authority}, {}: {}", place.unwrap_or_default(), services.join(" + "))
}

/// One day of the page: its starts with what is free at each, or why there are none.
fn cell(day: &Day) -> String {
    let zone = ambient::berlin();
    let item = |row: &Row| {
        let time = row.start.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string();
        let class = if row.free == 0 { " class=\"full\"" } else { "" };
        format!("<li{class}>{time} ({})</li>", row.free)
    };
    let items: String = day.rows.iter().map(item).collect();
    let list = if items.is_empty() { items } else { format!("<ul>{items}</ul>") };
    let why =
        day.why.as_ref().map(|why| format!("<span class=\"why\">{}</span>", escape(&why.german())));
    format!("{list}{}", why.unwrap_or_default())
}

/// In German, as the page is for an office.
fn weekday(day: &Day) -> &'static str {
    const NAMES: [&str; 7] =
        ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
    let index = usize::try_from(day.date.weekday().to_monday_zero_offset()).unwrap_or(0);
    NAMES[index % NAMES.len()]
}

/// Names of a catalogue may hold whatever an admin wrote.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}
