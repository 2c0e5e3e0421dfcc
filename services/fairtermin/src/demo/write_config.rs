//! `fairtermin demo-config`: the demo's settings as files, for services in processes of their own
//! on real engines.

use std::{collections::BTreeMap, fs, path::Path};

use ambient::SystemEntropy;
use serde_json::{Value, json};

use super::{
    config::Blueprint,
    engines::Engines,
    keys::Keys,
    places::{Places, url},
};
use crate::{arguments::DemoConfig, command_error::CommandError};

/// Writes `<role>.yaml` for each process and `tour.env` with the tour's arguments.
pub fn write(arguments: &DemoConfig) -> Result<(), CommandError> {
    let folder = &arguments.folder;
    let refused = |error: std::io::Error| {
        CommandError::from_error(&format!("cannot write to {}", folder.display()), &error)
    };
    fs::create_dir_all(folder).map_err(refused)?;
    let keys = Keys::load_or_make(folder, &SystemEntropy).map_err(refused)?;
    let places = Places::find_all().map_err(refused)?;
    let engines = Engines::Real {
        postgres: arguments.postgres.trim_end_matches('/').to_owned(),
        redis: arguments.redis.clone(),
        rabbitmq: arguments.rabbitmq.clone(),
    };
    let blueprint = Blueprint {
        places: &places,
        engines: &engines,
        keys: &keys,
        clients: &[],
        unlimited: false,
        is_scarce: false,
        // The written configuration starts no witnesses.
        witnesses: &BTreeMap::new(),
    };
    for (file, section) in sections(&blueprint) {
        put(folder, &format!("{file}.yaml"), &section.to_string()).map_err(refused)?;
    }
    put(folder, "tour.env", &tour_arguments(&places, &keys)).map_err(refused)
}

fn sections(blueprint: &Blueprint<'_>) -> Vec<(String, Value)> {
    let demo = json!({ "demo": true });
    let mut files: Vec<_> = blueprint
        .places
        .authorities()
        .map(|(authority, preset, port)| {
            let slot = blueprint.slot(&authority, preset, port);
            (format!("slot-{authority}"), json!({ "process": demo, "slot": slot }))
        })
        .collect();
    files.extend([
        ("identity".to_owned(), json!({ "process": demo, "identity": blueprint.identity() })),
        (
            "notification".to_owned(),
            json!({ "process": demo, "notification": blueprint.notification() }),
        ),
        ("portal".to_owned(), json!({ "portal": blueprint.portal() })),
        ("simulators".to_owned(), json!({ "process": demo, "simulators": blueprint.simulators() })),
    ]);
    files
}

fn tour_arguments(places: &Places, keys: &Keys) -> String {
    let (other, authority) = (super::places::PRESETS[0].0, super::places::PRESETS[1].0);
    format!(
        "FAIRTERMIN_TOUR_SECRET='{}'\nTOUR_ARGUMENTS='--portal {} --identity {} --slot {} \
         --authority {authority} --other-authority {other} --notification {}'\n",
        keys.tour_secret,
        url(places.portal),
        url(places.identity),
        url(places.slots[1]),
        url(places.notification),
    )
}

fn put(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    fs::write(folder.join(name), text)
}
