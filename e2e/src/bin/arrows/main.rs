//! `arrows`: do the arrows of the house still run one way?
//!
//! services -> libs with I/O -> pure libs; no service imports another; SeaORM only below a
//! `store/` folder; the pure libraries know no I/O. Inside a crate the top-level modules name each
//! other in no circle, and `http/` does not name the store. Part of `make lint`.

mod circles;
mod imports;
mod manifests;
mod modules;
mod rules;
mod tokens;

use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("e2e lies in the workspace");
    let mut wrong = match manifests::read(root) {
        Ok(packages) => packages.iter().flat_map(rules::dependencies).collect::<Vec<_>>(),
        Err(error) => {
            eprintln!("arrows: cargo metadata: {error}");
            return ExitCode::FAILURE;
        }
    };
    match imports::read(root) {
        Ok(lines) => wrong.extend(lines.iter().filter_map(rules::import)),
        Err(error) => {
            eprintln!("arrows: {error}");
            return ExitCode::FAILURE;
        }
    }
    match modules::read(root) {
        Ok(crates) => {
            wrong.extend(crates.iter().flat_map(circles::complaints));
            wrong.extend(crates.iter().flat_map(rules::handlers));
        }
        Err(error) => {
            eprintln!("arrows: {error}");
            return ExitCode::FAILURE;
        }
    }
    for line in &wrong {
        eprintln!("{line}");
    }
    if wrong.is_empty() {
        println!("arrows: all run one way");
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
