//! Commands of this program that the chart's runbooks and `init` name are commands that there are.

use std::{fs, path::Path};

use clap::{Command, CommandFactory as _};

use super::Arguments;

/// Texts with commands, below the workspace.
const TEXTS: [&str; 3] = [
    "charts/fairtermin/README.md",
    "services/fairtermin/README.md",
    "services/fairtermin/src/init/next.md",
];
const RUNBOOKS: &str = "charts/fairtermin/runbooks";

#[test]
fn each_command_of_a_runbook_is_one_with_flags_that_it_has() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let runbooks = fs::read_dir(workspace.join(RUNBOOKS)).unwrap();
    let runbooks = runbooks.map(|entry| entry.unwrap().path());
    let files = runbooks.chain(TEXTS.iter().map(|file| workspace.join(file)));
    let (mut program, mut seen) = (Arguments::command(), 0);
    program.build();
    for file in files {
        // A command may go on in the next line.
        let text = fs::read_to_string(&file).unwrap().replace("\\\n", " ");
        for written in commands(&text) {
            let wrong = wrong(&program, written);
            assert!(wrong.is_none(), "{}: `{written}`: {wrong:?}", file.display());
            seen += 1;
        }
    }
    assert!(seen >= 20, "{seen}");
}

/// What follows the program's name, up to the end of the line, of the code or of the command.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    ["`fairtermin ", "\nfairtermin ", "/fairtermin ", "-- fairtermin "].into_iter().flat_map(
        move |start| {
            let rest = text.split(start).skip(1);
            rest.filter_map(|rest| rest.split(['`', '\n', '|', ';', '#', '(']).next())
        },
    )
}

/// The first word that is neither a command nor a flag of it.
fn wrong<'t>(program: &Command, written: &'t str) -> Option<&'t str> {
    let mut words = written.split_whitespace();
    let mut command = program;
    let first = words.next()?;
    match command.find_subcommand(first) {
        Some(inner) => command = inner,
        // `fairtermin COMMAND`, and what else stands for a word.
        None => return first.starts_with(|it: char| it.is_ascii_lowercase()).then_some(first),
    }
    for word in words {
        if let Some(flag) = word.strip_prefix("--").filter(|flag| !flag.is_empty()) {
            let name = flag.split('=').next().unwrap_or(flag).trim_matches([',', '.', ']', ')']);
            let has = |it: &clap::Arg| it.get_long() == Some(name);
            if !command.get_arguments().any(has) {
                return Some(word);
            }
        } else if let Some(inner) = command.find_subcommand(word) {
            command = inner;
        }
    }
    None
}
