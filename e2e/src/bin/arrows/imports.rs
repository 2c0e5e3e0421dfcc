//! Lines that name SeaORM or sqlx, from the sources.

use std::{fs, io, path::Path};

/// A line that imports something.
pub struct Import {
    /// The file, relative to the workspace.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// The line, trimmed.
    pub text: String,
}

/// Every line of `libs/*/src` and `services/*/src` that names a crate whose place is limited.
pub fn read(root: &Path) -> io::Result<Vec<Import>> {
    let mut found = Vec::new();
    for side in ["libs", "services"] {
        for entry in fs::read_dir(root.join(side))? {
            let sources = entry?.path().join("src");
            if sources.is_dir() {
                visit(root, &sources, &mut found)?;
            }
        }
    }
    Ok(found)
}

fn visit(root: &Path, folder: &Path, found: &mut Vec<Import>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            visit(root, &path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let file = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            let lines = fs::read_to_string(&path)?;
            let named = lines.lines().enumerate().filter(|(_, text)| names_limited_crate(text));
            found.extend(named.map(|(index, text)| Import {
                file: file.clone(),
                line: index + 1,
                text: text.trim().to_owned(),
            }));
        }
    }
    Ok(())
}

/// Whether a line of code does. What stands in quotes is a word: the target of a log line, for example.
fn names_limited_crate(text: &str) -> bool {
    let code: String = text.split('"').step_by(2).collect();
    let names = ["sea_orm::", "sea_orm_migration::", "sqlx::"];
    !code.trim_start().starts_with("//") && names.iter().any(|name| code.contains(name))
}
