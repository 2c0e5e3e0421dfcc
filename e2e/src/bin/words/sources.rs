//! Which files are read.

use std::{fs, io, path::Path};

const FOLDERS: [&str; 5] = ["libs", "services", "e2e", "proto", "charts"];
const EXTENSIONS: [&str; 9] = ["rs", "lua", "proto", "md", "yaml", "yml", "tpl", "toml", "py"];
/// Generated or foreign.
const SKIPPED: [&str; 3] = ["target", "node_modules", "vendor"];
/// The list of retired words, and the tests of this program, which name some.
const EXEMPT: [&str; 2] = ["libs/README.md", "e2e/src/bin/words/"];

/// The sources, relative to the workspace.
pub fn list(root: &Path) -> io::Result<Vec<String>> {
    let mut files = vec!["README.md".to_owned()];
    for folder in FOLDERS {
        visit(root, &root.join(folder), &mut files)?;
    }
    files.retain(|file| !EXEMPT.iter().any(|exempt| file.starts_with(exempt)));
    Ok(files)
}

fn visit(root: &Path, folder: &Path, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || SKIPPED.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            visit(root, &path, files)?;
        } else if EXTENSIONS.iter().any(|extension| name.ends_with(&format!(".{extension}"))) {
            files.push(path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned());
        }
    }
    Ok(())
}
