//! The sources as a compiler splits them, without tests and attributes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A piece of a source. What a literal says is of no interest here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Word(String),
    Mark(char),
    /// `(`, `{` or `[`; anything else is invisible.
    Open(char),
    Close(char),
    Literal,
}

impl Token {
    pub fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(it) if it == word)
    }

    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// One file.
pub struct Source {
    /// Relative to the workspace.
    pub file: String,
    pub tokens: Vec<Token>,
    /// Each struct that is read from a file or a request and refuses unknown keys.
    pub strict: Vec<Struct>,
}

/// A struct with named fields.
#[derive(Debug)]
pub struct Struct {
    pub name: String,
    pub fields: Vec<String>,
}

/// The production code below some folders of the workspace.
pub fn read(folders: &[&str]) -> Vec<Source> {
    let mut files = Vec::new();
    for folder in folders {
        visit(&root().join(folder), "rs", &mut files);
    }
    let mut for_tests = Vec::new();
    let mut sources = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let stream: TokenStream = text.parse().unwrap_or_else(|_| panic!("{}", path.display()));
        let mut reading = Reading {
            path: &path,
            for_tests: &mut for_tests,
            tokens: Vec::new(),
            strict: Vec::new(),
        };
        reading.add(stream);
        let (tokens, strict) = (reading.tokens, reading.strict);
        let file = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        sources.push((path, Source { file, tokens, strict }));
    }
    sources.retain(|(path, _)| {
        !for_tests
            .iter()
            .any(|module| *path == module.with_extension("rs") || path.starts_with(module))
    });
    sources.into_iter().map(|(_, source)| source).collect()
}

/// The folders `<side>/*/src`, without those of `without`.
pub fn crates(side: &str, without: &[&str]) -> Vec<String> {
    let names = fs::read_dir(root().join(side)).unwrap().filter_map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let folder = format!("{side}/{name}/src");
        (!without.contains(&&*name) && root().join(&folder).is_dir()).then_some(folder)
    });
    names.collect()
}

/// A file of the workspace.
pub fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// The Rust files below a folder, as they are written.
pub fn texts(folder: &str) -> Vec<String> {
    written(folder, "rs")
}

/// The files of one kind below a folder, as they are written.
pub fn written(folder: &str, extension: &str) -> Vec<String> {
    let mut files = Vec::new();
    visit(&root().join(folder), extension, &mut files);
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// The pages below a folder, if it exists.
pub fn pages(folder: &str) -> Vec<String> {
    let folder = root().join(folder);
    let mut files = Vec::new();
    if folder.is_dir() {
        visit(&folder, "html", &mut files);
    }
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("e2e lies in the workspace")
}

fn visit(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, extension, files);
        } else if path.extension().is_some_and(|it| it == extension) {
            files.push(path);
        }
    }
}

struct Reading<'a> {
    path: &'a Path,
    /// Modules that exist in tests only, as paths without extension.
    for_tests: &'a mut Vec<PathBuf>,
    tokens: Vec<Token>,
    strict: Vec<Struct>,
}

impl Reading<'_> {
    fn add(&mut self, stream: TokenStream) {
        let mut trees = stream.into_iter().peekable();
        let mut attributes = Vec::new();
        while let Some(tree) = trees.next() {
            match tree {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    // `#![..]` is about the whole file.
                    trees.next_if(
                        |next| matches!(next, TokenTree::Punct(it) if it.as_char() == '!'),
                    );
                    let Some(TokenTree::Group(group)) = trees.next() else { continue };
                    attributes.push(group.stream().to_string().replace(' ', ""));
                }
                TokenTree::Ident(word) if word == "mod" && is_for_tests(&attributes) => {
                    let name = trees.next().expect("a module has a name").to_string();
                    self.for_tests.push(folder_of(self.path).join(name));
                    trees.next();
                    attributes.clear();
                }
                TokenTree::Ident(word) => {
                    if word == "struct" && is_strict(&attributes) {
                        let mut rest = trees.clone();
                        let name = rest.next().expect("a struct has a name").to_string();
                        if let Some(TokenTree::Group(body)) = rest.next() {
                            self.strict.push(Struct { name, fields: fields(body.stream()) });
                        }
                    }
                    // Words of visibility stand between the attributes and the item.
                    if word != "pub" {
                        attributes.clear();
                    }
                    self.tokens.push(Token::Word(word.to_string()));
                }
                TokenTree::Punct(mark) => self.tokens.push(Token::Mark(mark.as_char())),
                TokenTree::Literal(_) => self.tokens.push(Token::Literal),
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ('(', ')'),
                        Delimiter::Brace => ('{', '}'),
                        Delimiter::Bracket | Delimiter::None => ('[', ']'),
                    };
                    self.tokens.push(Token::Open(open));
                    self.add(group.stream());
                    self.tokens.push(Token::Close(close));
                }
            }
        }
    }
}

fn is_for_tests(attributes: &[String]) -> bool {
    attributes.iter().any(|attribute| attribute == "cfg(test)")
}

fn is_strict(attributes: &[String]) -> bool {
    let has = |word: &str| attributes.iter().any(|attribute| attribute.contains(word));
    has("Deserialize") && has("deny_unknown_fields")
}

/// The names of the fields in the body of a struct: the words before a lone colon.
fn fields(body: TokenStream) -> Vec<String> {
    let trees: Vec<_> = body.into_iter().collect();
    let is_mark = |at: usize, mark: char| matches!(trees.get(at), Some(TokenTree::Punct(it)) if it.as_char() == mark);
    let mut names = Vec::new();
    for (place, tree) in trees.iter().enumerate() {
        if let TokenTree::Ident(word) = tree
            && is_mark(place + 1, ':')
            && !is_mark(place + 2, ':')
            && !(place > 0 && is_mark(place - 1, ':'))
        {
            names.push(word.to_string());
        }
    }
    names
}

/// Where the files of a module's own modules are.
fn folder_of(path: &Path) -> PathBuf {
    let is_root = ["mod.rs", "lib.rs", "main.rs"].iter().any(|name| path.ends_with(name));
    if is_root {
        path.parent().expect("a file lies in a folder").to_owned()
    } else {
        path.with_extension("")
    }
}
