//! What the modules of a crate name of each other, from its sources.
//!
//! The tree of modules is followed from `lib.rs` or `main.rs`, so that what only tests compile is
//! left out. `use` and every other path that begins with `crate`, `self` or `super` counts, also
//! inside macros. `pub(in crate::a)` is no use of `a`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Attribute, Item, UseTree};

/// One path in the source of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The module that names it, from the root of the crate on; empty for the root.
    pub from: Vec<String>,
    /// What it names, from the root of the crate on; empty for something of another crate.
    pub to: Vec<String>,
    /// As it is written, without what follows the third name.
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
        let mut folders: Vec<_> = fs::read_dir(root.join(side))?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?;
        folders.sort();
        for folder in folders {
            let sources = folder.join("src");
            let file = ["lib.rs", "main.rs"].map(|name| sources.join(name));
            if let Some(file) = file.into_iter().find(|file| file.is_file()) {
                crates.push(read_crate(root, &folder, &file)?);
            }
        }
    }
    Ok(crates)
}

fn read_crate(root: &Path, folder: &Path, file: &Path) -> io::Result<Crate> {
    let mut reader = Reader { root, modules: BTreeSet::new(), paths: Vec::new() };
    reader.file(file, &[], file.parent().unwrap_or(root))?;
    let exports = reader.paths.iter().filter(|named| named.from.is_empty() && !named.to.is_empty());
    let exports =
        exports.filter_map(|named| Some((named.to.last()?.clone(), named.to.clone()))).collect();
    let Reader { modules, paths, .. } = reader;
    Ok(Crate { folder: relative(root, folder), modules, paths, exports })
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

/// A module while it is read.
struct Place<'a> {
    file: &'a Path,
    module: &'a [String],
}

struct Reader<'a> {
    root: &'a Path,
    modules: BTreeSet<String>,
    paths: Vec<Named>,
}

impl Reader<'_> {
    /// Reads a file and those of its modules, which lie in `folder`.
    fn file(&mut self, file: &Path, module: &[String], folder: &Path) -> io::Result<()> {
        let text = fs::read_to_string(file)?;
        let parsed = syn::parse_file(&text)
            .map_err(|error| io::Error::other(format!("{}: {error}", relative(self.root, file))))?;
        self.items(&Place { file, module }, parsed.items, folder)
    }

    fn items(&mut self, at: &Place<'_>, items: Vec<Item>, folder: &Path) -> io::Result<()> {
        for item in items {
            match item {
                Item::Mod(inner) if is_for_tests(&inner.attrs) => {}
                Item::Mod(inner) => {
                    let name = inner.ident.to_string();
                    let module: Vec<_> = at.module.iter().cloned().chain([name.clone()]).collect();
                    let below = folder.join(&name);
                    if at.module.is_empty() {
                        self.modules.insert(name.clone());
                    }
                    match inner.content {
                        Some((_, items)) => {
                            self.items(&Place { module: &module, ..*at }, items, &below)?;
                        }
                        None => self.file(&source(folder, &name)?, &module, &below)?,
                    }
                }
                Item::Use(inner) if is_for_tests(&inner.attrs) => {}
                Item::Use(inner) => {
                    let absolute = inner.leading_colon.is_some();
                    self.tree(at, &inner.tree, &mut Vec::new(), absolute);
                }
                other => self.tokens(at, other.to_token_stream()),
            }
        }
        Ok(())
    }

    fn tree(&mut self, at: &Place<'_>, tree: &UseTree, before: &mut Vec<Ident>, absolute: bool) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.clone());
                self.tree(at, &path.tree, before, absolute);
                before.pop();
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.tree(at, tree, before, absolute));
            }
            UseTree::Name(name) => self.named(at, before, Some(&name.ident), absolute),
            UseTree::Rename(rename) => self.named(at, before, Some(&rename.ident), absolute),
            _ => self.named(at, before, None, absolute),
        }
    }

    /// Paths of two names and more anywhere else.
    fn tokens(&mut self, at: &Place<'_>, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        let mut path: Vec<Ident> = Vec::new();
        let mut colons = 0;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.path_ended(at, &mut path);
                    }
                    // `pub(in crate::a)` says who may use it, not what is used.
                    if ident == "pub"
                        && let Some(TokenTree::Group(group)) = tokens.peek()
                        && group.delimiter() == Delimiter::Parenthesis
                    {
                        tokens.next();
                    } else {
                        path.push(ident);
                    }
                }
                TokenTree::Group(group) => {
                    if colons == 2 && group.delimiter() == Delimiter::Brace {
                        self.branches(at, &path, group.stream());
                        path.clear();
                    } else {
                        self.path_ended(at, &mut path);
                        self.tokens(at, group.stream());
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => self.path_ended(at, &mut path),
            }
            colons = 0;
        }
        self.path_ended(at, &mut path);
    }

    /// `{a, b::c}` of a `use` inside a function.
    fn branches(&mut self, at: &Place<'_>, before: &[Ident], tokens: TokenStream) {
        let mut is_first = true;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if is_first => {
                    self.named(at, before, Some(&ident), false);
                    is_first = false;
                }
                TokenTree::Punct(punct) if punct.as_char() == ',' => is_first = true,
                _ => is_first = false,
            }
        }
    }

    fn path_ended(&mut self, at: &Place<'_>, path: &mut Vec<Ident>) {
        if let Some((last, before)) = path.split_last()
            && !before.is_empty()
        {
            let before = before.to_vec();
            self.named(at, &before, Some(last), false);
        }
        path.clear();
    }

    fn named(&mut self, at: &Place<'_>, before: &[Ident], last: Option<&Ident>, absolute: bool) {
        let Some(first) = before.first().or(last) else { return };
        let names: Vec<String> = before.iter().chain(last).map(ToString::to_string).collect();
        let to = if absolute { Vec::new() } else { resolve(at.module, &names) };
        self.paths.push(Named {
            from: at.module.to_vec(),
            to,
            text: names[..names.len().min(3)].join("::"),
            file: relative(self.root, at.file),
            line: first.span().start().line,
        });
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
                at.extend_from_slice(&names[place..]);
                return at;
            }
        }
    }
    at
}

fn source(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let files = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
    let missing = || io::Error::other(format!("{}: no source of `{name}`", folder.display()));
    files.into_iter().find(|file| file.is_file()).ok_or_else(missing)
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.meta.to_token_stream().to_string().replace(' ', "");
        text.starts_with("cfg(") && text.contains("test") && !text.contains("not(test")
    })
}
