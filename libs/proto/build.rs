//! Compiles the contracts in `proto/` without any installed program.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use prost_build::Config;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();

    let descriptors = protox::compile(&files, [&root])?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("fairtermin.bin"), prost_encoded(&descriptors))?;
    // Sorted maps: the same event is always the same bytes.
    Config::new()
        .btree_map(["."])
        .enable_type_names()
        .include_file("all.rs")
        .compile_fds(descriptors)?;
    Ok(())
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
