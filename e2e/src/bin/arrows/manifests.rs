//! Dependencies of the crates, from `cargo metadata`.

use std::{error::Error, path::Path, process::Command};

use serde_json::Value;

/// One crate of the workspace.
pub struct Package {
    pub name: String,
    /// Its folder, relative to the workspace, for example `libs/booking`.
    pub folder: String,
    /// Normal dependencies only: tests may look anywhere.
    pub dependencies: Vec<String>,
}

pub fn read(root: &Path) -> Result<Vec<Package>, Box<dyn Error>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    packages.iter().map(|package| parse(package, root)).collect()
}

fn parse(package: &Value, root: &Path) -> Result<Package, Box<dyn Error>> {
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or("not a text");
    let manifest = text(&package["manifest_path"])?;
    let folder = Path::new(&manifest).parent().ok_or("no folder")?.strip_prefix(root)?;
    let dependencies = package["dependencies"].as_array().ok_or("no dependencies")?;
    Ok(Package {
        name: text(&package["name"])?,
        folder: folder.to_string_lossy().into_owned(),
        dependencies: dependencies
            .iter()
            .filter(|dependency| dependency["kind"].is_null())
            .map(|dependency| text(&dependency["name"]))
            .collect::<Result<_, _>>()?,
    })
}
