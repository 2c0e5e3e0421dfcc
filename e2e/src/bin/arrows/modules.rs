//! What the modules of a crate name of each other, from its sources.
//!
//! The tree of modules is followed from `lib.rs` or `main.rs`, so that what only tests compile is
//! left out. `use` and every other path counts, also inside macros. `pub(in crate::a)` is no use of
//! `a`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use crate::tokens::{self, Token};

/// One path in the source of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The module that names it, from the root of the crate on; empty for the root.
    pub from: Vec<String>,
    /// What it names, from the root of the crate on; empty for something of another crate.
    pub to: Vec<String>,
    /// As it is written.
    pub text: String,
    /// The file, relative to the workspace.
    pub file: String,
    /// From 1.
    pub line: usize,
}

/// A crate and what its modules name.
#[derive(Debug)]
pub struct Crate {
    /// Its folder, relative to the workspace, for example `libs/booking`.
    pub folder: String,
    /// Its top-level modules.
    pub modules: BTreeSet<String>,
    /// In the order of the files.
    pub paths: Vec<Named>,
    /// Where the root imports a name from, by that name.
    pub exports: BTreeMap<String, Vec<String>>,
}

/// Every library and service.
pub fn read(root: &Path) -> io::Result<Vec<Crate>> {
    let mut crates = Vec::new();
    for side in ["libs", "services"] {
        let folders = fs::read_dir(root.join(side))?.map(|entry| Ok(entry?.path()));
        let mut folders: Vec<PathBuf> = folders.collect::<io::Result<_>>()?;
        folders.sort();
        for folder in folders {
            let files = ["lib.rs", "main.rs"].map(|name| folder.join("src").join(name));
            if let Some(file) = files.into_iter().find(|file| file.is_file()) {
                crates.push(read_crate(root, &folder, &file)?);
            }
        }
    }
    Ok(crates)
}

fn read_crate(root: &Path, folder: &Path, file: &Path) -> io::Result<Crate> {
    let mut found = Found::default();
    let mut waiting = vec![(file.to_owned(), Vec::new(), folder.join("src"))];
    while let Some((file, module, below)) = waiting.pop() {
        let source = tokens::read(&fs::read_to_string(&file)?);
        let file = relative(root, &file);
        Reader { tokens: &source, at: 0, file: &file, module, found: &mut found }.read();
        for (module, name) in std::mem::take(&mut found.files) {
            let inside = module.iter().skip(depth(&below, folder));
            let folder = inside.fold(below.clone(), |folder, part| folder.join(part));
            let file = source_of(&folder, &name)?;
            let module = module.into_iter().chain([name.clone()]).collect();
            waiting.push((file, module, folder.join(name)));
        }
    }
    let Found { modules, paths, .. } = found;
    let exported = paths.iter().filter(|named| named.from.is_empty());
    let exports = exported.filter_map(|named| Some((named.to.last()?.clone(), named.to.clone())));
    Ok(Crate { folder: relative(root, folder), exports: exports.collect(), modules, paths })
}

/// How many modules deep a folder of sources is.
fn depth(below: &Path, folder: &Path) -> usize {
    below.strip_prefix(folder.join("src")).map_or(0, |inside| inside.components().count())
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

fn source_of(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let files = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
    let missing = || io::Error::other(format!("{}: no source of `{name}`", folder.display()));
    files.into_iter().find(|file| file.is_file()).ok_or_else(missing)
}

#[derive(Default)]
struct Found {
    modules: BTreeSet<String>,
    paths: Vec<Named>,
    /// Modules with a file of their own: where they are declared, and their name.
    files: Vec<(Vec<String>, String)>,
}

/// Reads one file.
struct Reader<'a> {
    tokens: &'a [(Token, usize)],
    at: usize,
    file: &'a str,
    /// Where the file is, then where in it.
    module: Vec<String>,
    found: &'a mut Found,
}

impl Reader<'_> {
    fn read(&mut self) {
        // The open braces: whether each is that of a module.
        let mut braces = Vec::new();
        while self.at < self.tokens.len() {
            match self.sign(0) {
                Some('#') if self.is_for_tests() => self.skip_item(),
                Some('{') => {
                    braces.push(false);
                    self.at += 1;
                }
                Some('}') => {
                    if braces.pop() == Some(true) {
                        self.module.pop();
                    }
                    self.at += 1;
                }
                Some(':') if self.is_path_sign(0) => {
                    self.at += 2;
                    self.path(true);
                }
                Some(_) => self.at += 1,
                None => self.word_begins(&mut braces),
            }
        }
    }

    fn word_begins(&mut self, braces: &mut Vec<bool>) {
        match (self.word(0), self.word(1)) {
            (Some("mod"), Some(name)) => {
                let name = name.to_owned();
                if self.module.is_empty() {
                    self.found.modules.insert(name.clone());
                }
                if self.sign(2) == Some('{') {
                    self.module.push(name);
                    braces.push(true);
                } else {
                    self.found.files.push((self.module.clone(), name));
                }
                self.at += 3;
            }
            // `pub(in crate::a)` says who may use it, not what is used.
            (Some("pub"), _) if self.sign(1) == Some('(') => {
                self.at += 1;
                self.skip_group();
            }
            _ => self.path(false),
        }
    }

    /// A path of two names and more, or several with the same beginning.
    fn path(&mut self, is_absolute: bool) {
        let mut names = Vec::new();
        while let Some(name) = self.word(0) {
            names.push(name.to_owned());
            self.at += 1;
            if !self.is_path_sign(0) {
                break;
            }
            self.at += 2;
        }
        match self.sign(0) {
            Some('{') if self.follows_path_sign() => self.branches(&names, is_absolute),
            _ if names.len() > 1 || self.follows_path_sign() => self.add(names, is_absolute),
            _ => {}
        }
    }

    /// `{a, b::{c, d}}` of a `use`.
    fn branches(&mut self, before: &[String], is_absolute: bool) {
        self.at += 1;
        while self.at < self.tokens.len() {
            match self.sign(0) {
                Some('}') => {
                    self.at += 1;
                    return;
                }
                Some(_) => self.at += 1,
                None => self.branch(before, is_absolute),
            }
        }
    }

    fn branch(&mut self, before: &[String], is_absolute: bool) {
        let mut names = before.to_vec();
        while let Some(name) = self.word(0) {
            names.push(name.to_owned());
            self.at += 1;
            if !self.is_path_sign(0) {
                break;
            }
            self.at += 2;
        }
        if self.sign(0) == Some('{') {
            self.branches(&names, is_absolute);
        } else {
            self.add(names, is_absolute);
        }
        if self.word(0) == Some("as") {
            self.at += 2;
        }
    }

    fn add(&mut self, names: Vec<String>, is_absolute: bool) {
        let line = self.tokens[self.at - 1].1;
        let to = if is_absolute { Vec::new() } else { resolve(&self.module, &names) };
        self.found.paths.push(Named {
            from: self.module.clone(),
            to,
            text: names.join("::"),
            file: self.file.to_owned(),
            line,
        });
    }

    /// Whether an attribute begins that leaves an item to the tests.
    fn is_for_tests(&self) -> bool {
        self.sign(1) == Some('[')
            && self.word(2) == Some("cfg")
            && match self.word(4) {
                Some("test") => true,
                Some("all" | "any") => self.word(6) == Some("test"),
                _ => false,
            }
    }

    /// The attributes of an item, and the item.
    fn skip_item(&mut self) {
        while self.sign(0) == Some('#') {
            self.at += 1;
            self.skip_group();
        }
        while self.at < self.tokens.len() {
            match self.sign(0) {
                Some('{') => return self.skip_group(),
                Some('(' | '[') => self.skip_group(),
                Some(';') => {
                    self.at += 1;
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    /// From an opening bracket to behind the closing one.
    fn skip_group(&mut self) {
        let mut depth = 0;
        while self.at < self.tokens.len() {
            match self.sign(0) {
                Some('(' | '[' | '{') => depth += 1,
                Some(')' | ']' | '}') => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        self.tokens.get(self.at + ahead)?.0.word()
    }

    fn sign(&self, ahead: usize) -> Option<char> {
        match self.tokens.get(self.at + ahead)?.0 {
            Token::Sign(sign) => Some(sign),
            Token::Word(_) => None,
        }
    }

    fn is_path_sign(&self, ahead: usize) -> bool {
        self.sign(ahead) == Some(':') && self.sign(ahead + 1) == Some(':')
    }

    fn follows_path_sign(&self) -> bool {
        self.at >= 2 && matches!(self.tokens[self.at - 1].0, Token::Sign(':'))
    }
}

/// From the root of the crate on; empty for the root, and for what is of another crate or is named
/// without a beginning.
fn resolve(module: &[String], names: &[String]) -> Vec<String> {
    let mut at = module.to_vec();
    for (place, name) in names.iter().enumerate() {
        match name.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => drop(at.pop()),
            // A path from the root's own file begins at the root.
            _ if place == 0 && !module.is_empty() => return Vec::new(),
            _ => {
                at.extend(names[place..].iter().filter(|name| *name != "self").cloned());
                return at;
            }
        }
    }
    at
}
