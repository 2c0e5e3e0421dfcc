//! A demo in a process of its own.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use client::{Http, SlotApi, Timeouts};
use url::Url;

/// How long it may take until the demo says something.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(90);

pub struct Demo {
    process: Child,
    lines: Receiver<String>,
    folder: tempfile::TempDir,
    /// What it said when it had started.
    pub said: String,
}

impl Demo {
    pub fn starting(now: &str) -> Self {
        Self::starting_with(&["--now", now])
    }

    pub fn starting_with(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_fairtermin"))
            .args(["demo", "--unlimited", "--port", "0", "--data"])
            .arg(folder.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // The test may have ended.
                let _ = sender.send(line);
            }
        });
        let mut demo = Self { process, lines, folder, said: String::new() };
        while !demo.said.contains("Ctrl-C") {
            let line = demo.line();
            demo.said.push_str(&line);
            demo.said.push('\n');
        }
        demo
    }

    /// Where its databases and keys lie.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The slot service of an authority.
    pub fn slot(&self, authority: &str) -> SlotApi {
        SlotApi::new(Http::new(Timeouts::default()).unwrap(), self.address(authority))
    }

    /// The address that it printed behind a name.
    pub fn address(&self, name: &str) -> Url {
        let words = self.said.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        let mut found = words.filter_map(|words| match words[..] {
            [first, address] if first == name => Url::parse(address).ok(),
            _ => None,
        });
        found.next().unwrap().join("/").unwrap()
    }

    /// The application number that it printed below a test citizen.
    pub fn number_of(&self, citizen: &str) -> String {
        let (_, below) = self.said.split_once(citizen).unwrap();
        let (_, number) = below.split_once("application number at the LEA: ").unwrap();
        number.lines().next().unwrap().to_owned()
    }

    /// What it says to a line of the terminal.
    pub fn told(&self, line: &str) -> String {
        let mut input = self.process.stdin.as_ref().unwrap();
        writeln!(input, "{line}").unwrap();
        loop {
            let answer = self.line();
            if !answer.trim().is_empty() {
                return answer;
            }
        }
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(ANSWER_TIMEOUT).expect("the demo goes on")
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
