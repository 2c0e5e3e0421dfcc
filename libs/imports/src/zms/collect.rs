//! Finds what is in the answers of ZMS's API, however they are nested.
//!
//! An answer says by `$schema` what it is; parts of it say it by their keys. Appointments are never
//! looked into: below them are people.

use std::collections::BTreeMap;

use super::stub::{id, source};
use crate::{ImportError, json::Node};

/// Everything that was found, each once.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    pub(super) departments: BTreeMap<String, Node<'a>>,
    pub(super) scopes: BTreeMap<String, Node<'a>>,
    /// The department of each scope that stood within one.
    pub(super) department_of: BTreeMap<String, String>,
    /// With the scope within which it stood, if it does not say it itself.
    pub(super) availabilities: Vec<(Option<String>, Node<'a>)>,
    /// By source and id.
    pub(super) providers: BTreeMap<(String, String), Node<'a>>,
    pub(super) requests: BTreeMap<(String, String), Node<'a>>,
    pub(super) relations: Vec<Node<'a>>,
    /// With the department and the scope within which it stood.
    pub(super) dayoffs: Vec<(Within, Node<'a>)>,
    /// With the scope within which it stood.
    pub(super) closures: Vec<(Within, Node<'a>)>,
    pub(super) processes: Vec<Node<'a>>,
    /// Where something stood that is skipped, and why.
    pub(super) skipped: Vec<(String, &'static str)>,
}

/// Where in the hierarchy something stood.
#[derive(Debug, Clone, Default)]
pub(super) struct Within {
    pub(super) department: Option<String>,
    pub(super) scope: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Department,
    Scope,
    Availability,
    Provider,
    Request,
    Relation,
    Dayoff,
    Closure,
    Process,
}

impl<'a> Found<'a> {
    /// Adds what is in a file.
    ///
    /// # Errors
    /// It is an error message, or was shortened because it was asked for without a log-in.
    pub(super) fn add(&mut self, root: &Node<'a>) -> Result<(), ImportError> {
        for entry in root.each().into_iter().chain(root.items("data")) {
            if !entry.value().is_object() && !entry.value().is_array() {
                self.skipped.push((entry.path().to_owned(), "an entry that is no object"));
            }
        }
        self.walk(root, "", &Within::default())
    }

    /// Whether a scope belongs to another department than the one that is imported.
    pub(super) fn is_elsewhere(&self, scope: &str, department: Option<&str>) -> bool {
        let own = self.department_of.get(scope).map(String::as_str);
        department.is_some() && own.is_some() && own != department
    }

    fn walk(&mut self, node: &Node<'a>, key: &str, within: &Within) -> Result<(), ImportError> {
        refuse(node)?;
        let kind = kind(node, key);
        let within = self.keep(node, kind, within);
        // What is below an appointment is about people.
        if kind == Some(Kind::Process) {
            return Ok(());
        }
        // Its whole records are read with the request or the provider.
        let below =
            node.children(key).into_iter().filter(|(key, _)| key != "data" || kind.is_none());
        for (key, child) in below {
            self.walk(&child, &key, &within)?;
        }
        Ok(())
    }

    /// Remembers a node of a kind, and returns where its parts stand.
    fn keep(&mut self, node: &Node<'a>, kind: Option<Kind>, within: &Within) -> Within {
        let mut inner = within.clone();
        let keyed = || Some((source(node)?, id(node)?));
        let has_id =
            matches!(kind, Some(Kind::Department | Kind::Scope | Kind::Provider | Kind::Request));
        if has_id && id(node).is_none() {
            let why = "an entry whose id cannot be read: letters, digits, `-` and `_` are an id";
            self.skipped.push((node.path().to_owned(), why));
        }
        match kind {
            Some(Kind::Department) => {
                inner.department = id(node);
                keep_fuller(&mut self.departments, id(node), node);
            }
            Some(Kind::Scope) => {
                inner.scope = id(node);
                if let (Some(scope), Some(department)) = (id(node), within.department.clone()) {
                    self.department_of.insert(scope, department);
                }
                keep_fuller(&mut self.scopes, id(node), node);
            }
            Some(Kind::Availability) => {
                self.availabilities.push((within.scope.clone(), node.clone()))
            }
            Some(Kind::Provider) => keep_fuller(&mut self.providers, keyed(), node),
            Some(Kind::Request) => keep_fuller(&mut self.requests, keyed(), node),
            Some(Kind::Relation) => self.relations.push(node.clone()),
            Some(Kind::Dayoff) => self.dayoffs.push((within.clone(), node.clone())),
            Some(Kind::Closure) => self.closures.push((within.clone(), node.clone())),
            Some(Kind::Process) => self.processes.push(node.clone()),
            None => {}
        }
        inner
    }
}

/// One thing stands in many answers; the one with the most keys tells the most.
fn keep_fuller<'a, K: Ord>(all: &mut BTreeMap<K, Node<'a>>, key: Option<K>, node: &Node<'a>) {
    let keys = |node: &Node<'_>| node.value().as_object().map_or(0, serde_json::Map::len);
    let Some(key) = key else { return };
    let is_fuller = all.get(&key).is_none_or(|known| keys(known) < keys(node));
    if is_fuller {
        all.insert(key, node.clone());
    }
}

fn refuse(node: &Node<'_>) -> Result<(), ImportError> {
    let Some(meta) = node.get("meta") else { return Ok(()) };
    let path = || node.path().to_owned();
    if meta.flag("reducedData") == Some(true) {
        return Err(ImportError::Reduced { path: path() });
    }
    if meta.flag("error") == Some(true) {
        return Err(ImportError::IsError { path: path() });
    }
    Ok(())
}

/// What a node is: by its schema, by the key under which it stands, by its own keys.
fn kind(node: &Node<'_>, key: &str) -> Option<Kind> {
    let keys = node.value().as_object()?;
    let is_stub = keys.len() == 1 && keys.contains_key("$ref");
    if is_stub || keys.contains_key("meta") {
        return None;
    }
    let has = |key: &str| keys.contains_key(key);
    let schema = node.text("$schema").unwrap_or_default();
    let schema = schema.rsplit('/').next().unwrap_or_default().trim_end_matches(".json");
    let is_named = has("name");
    let is_scope = has("provider") && (has("shortName") || has("preferences") || has("contact"));
    match (schema, key) {
        // Scopes that are one queue; they stand in their department as well.
        ("cluster", _) | (_, "cluster" | "clusters") => return None,
        ("department", _) | (_, "department" | "departments") if is_named => {
            return Some(Kind::Department);
        }
        ("provider", _) | (_, "provider" | "providers") if is_named => return Some(Kind::Provider),
        ("request", _) | (_, "request" | "requests") if is_named => return Some(Kind::Request),
        ("dayoff", _) | (_, "dayoff") => return Some(Kind::Dayoff),
        ("closure", _) | (_, "closure" | "closures") => return Some(Kind::Closure),
        _ => {}
    }
    if has("appointments") && (has("status") || has("queue") || has("scope")) {
        Some(Kind::Process)
    } else if has("weekday") && (has("startDate") || has("startTime")) {
        Some(Kind::Availability)
    } else if has("request") && has("slots") {
        Some(Kind::Relation)
    } else if is_scope {
        Some(Kind::Scope)
    } else if has("scopes") || has("clusters") {
        Some(Kind::Department)
    } else if has("year") && has("month") && has("day") {
        Some(Kind::Closure)
    } else if has("date") && has("name") {
        Some(Kind::Dayoff)
    } else if has("source") && has("contact") {
        Some(Kind::Provider)
    } else if has("source") && (has("group") || has("timeSlotCount") || has("link")) {
        Some(Kind::Request)
    } else {
        None
    }
}
