//! `fairtermin demo --agency`: the programs of the quick start (services/slot/api/README.md), registered, with keys that
//! stay where the demo was started.

use std::{fs, path::Path};

use auth::scope;
use serde_json::Value;

use crate::{
    agency::{self, Registration},
    command_error::CommandError,
};

/// Where people come back to `fairtermin agency log-in`.
const CALLBACK: &str = "http://127.0.0.1:8765/callback";

/// The registrations; `folder` and the keys that are missing in it are made.
pub fn registered(folder: &Path) -> Result<Vec<Value>, CommandError> {
    fs::create_dir_all(folder).map_err(|error| {
        CommandError::from_error(&format!("cannot make {}", folder.display()), &error)
    })?;
    let own = registration("my-agency", scope::IN_OWN_NAME);
    let acting = Registration {
        name: Some("My desk".to_owned()),
        redirect_uris: vec![CALLBACK.parse().expect("a URL")],
        ..registration("my-desk", &[scope::BOOKINGS_WRITE_ON_BEHALF])
    };
    [own, acting].into_iter().map(|program| with_key(program, folder)).collect()
}

fn registration(id: &str, scopes: &[&str]) -> Registration {
    Registration {
        id: id.parse().expect("a client id"),
        name: None,
        scopes: scopes.iter().map(ToString::to_string).collect(),
        redirect_uris: Vec::new(),
        authorities: Vec::new(),
        jwks: Value::Null,
    }
}

fn with_key(program: Registration, folder: &Path) -> Result<Value, CommandError> {
    let file = folder.join(format!("{}.jwk", program.id));
    if !file.exists() {
        agency::make_key(&file)?;
    }
    println!("The program {} is registered; its key is {}", program.id, file.display());
    serde_json::to_value(agency::with_key(program, &file)?)
        .map_err(|error| CommandError::from_error("cannot register", &error))
}
