//! Compiles the contracts in `proto/` without any installed program.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use prost_build::Config;
use prost_types::{FileDescriptorProto, FileDescriptorSet};

/// The last line of the comment of a message that travels by itself.
const EVENT: &str = "@event";
/// The last line of the comment of a message that others contain.
const PART: &str = "@part";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();

    let descriptors = protox::compile(&files, [&root])?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("fairtermin.bin"), prost_encoded(&descriptors))?;
    fs::write(out.join("events.rs"), format!("&{:?}", events(&descriptors)?))?;
    // Sorted maps: the same event is always the same bytes.
    Config::new()
        .btree_map(["."])
        .enable_type_names()
        .include_file("all.rs")
        .compile_fds(descriptors)?;
    Ok(())
}

/// The full names of the events. Each message says what it is, so that none is forgotten.
fn events(descriptors: &FileDescriptorSet) -> Result<Vec<String>, String> {
    let mut events = Vec::new();
    for file in descriptors.file.iter().filter(|file| file.package().starts_with("fairtermin.")) {
        for (place, message) in (0..).zip(&file.message_type) {
            let full_name = format!("{}.{}", file.package(), message.name());
            match last_line(file, &[4, place]) {
                EVENT => events.push(full_name),
                PART => {}
                _ => {
                    return Err(format!(
                        "{}: end the comment of {full_name} with the line `// {EVENT}`, or with \
                         `// {PART}` if other messages contain it",
                        file.name()
                    ));
                }
            }
        }
    }
    Ok(events)
}

/// The last line of the comment above the declaration at `path`; empty without a comment.
fn last_line<'a>(file: &'a FileDescriptorProto, path: &[i32]) -> &'a str {
    let mut locations = file.source_code_info.iter().flat_map(|info| &info.location);
    let location = locations.find(|location| location.path == path);
    location.and_then(|it| it.leading_comments().lines().next_back()).unwrap_or_default().trim()
}

fn prost_encoded(message: &impl protox::prost::Message) -> Vec<u8> {
    message.encode_to_vec()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "proto") {
            files.push(path);
        }
    }
    Ok(())
}
