//! The words and signs of a Rust source, without comments and literals.

use std::{iter::Peekable, str::Chars};

/// A word or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A name or a keyword.
    Word(String),
    /// Any other character, except white space.
    Sign(char),
}

impl Token {
    /// The word.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Sign(_) => None,
        }
    }
}

/// The tokens of a source, each with its line from 1. A literal becomes the sign `"`.
pub fn read(text: &str) -> Vec<(Token, usize)> {
    let mut lexer = Lexer { rest: text.chars().peekable(), line: 1 };
    let mut tokens = Vec::new();
    while let Some(first) = lexer.next() {
        let line = lexer.line;
        if let Some(token) = lexer.token(first) {
            tokens.push((token, line));
        }
    }
    tokens
}

struct Lexer<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        self.line += usize::from(next == '\n');
        Some(next)
    }

    fn token(&mut self, first: char) -> Option<Token> {
        match first {
            '/' if self.rest.peek() == Some(&'/') => {
                while self.rest.peek().is_some_and(|next| *next != '\n') {
                    self.next();
                }
                None
            }
            '/' if self.rest.peek() == Some(&'*') => {
                self.block_comment();
                None
            }
            '"' => Some(self.quoted('"')),
            '\'' => self.quote(),
            _ if first.is_alphabetic() || first == '_' => Some(self.word(first)),
            _ if first.is_ascii_digit() => {
                self.name(first);
                Some(Token::Sign('"'))
            }
            _ => (!first.is_whitespace()).then_some(Token::Sign(first)),
        }
    }

    /// They nest.
    fn block_comment(&mut self) {
        let (mut depth, mut before) = (0, '/');
        while let Some(next) = self.next() {
            match (before, next) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    before = next;
                    continue;
                }
            }
            // Neither `/*/` nor `*/*` ends or begins a second one.
            before = ' ';
            if depth == 0 {
                return;
            }
        }
    }

    /// Up to the closing quotation mark.
    fn quoted(&mut self, mark: char) -> Token {
        while let Some(next) = self.next() {
            match next {
                '\\' => drop(self.next()),
                _ if next == mark => break,
                _ => {}
            }
        }
        Token::Sign('"')
    }

    /// A character, or the beginning of a lifetime.
    fn quote(&mut self) -> Option<Token> {
        let mut ahead = self.rest.clone();
        let is_character = match ahead.next() {
            Some('\\') => true,
            Some(_) => ahead.next() == Some('\''),
            None => false,
        };
        if is_character {
            return Some(self.quoted('\''));
        }
        if let Some(first) = self.next() {
            self.name(first);
        }
        None
    }

    /// A word, or a literal that begins with letters: `r"..."`, `b'x'`, `br#"..."#`.
    fn word(&mut self, first: char) -> Token {
        let name = self.name(first);
        let is_prefix = ["r", "b", "br", "c", "cr"].contains(&name.as_str());
        match self.rest.peek() {
            Some('\'') if name == "b" => {
                self.next();
                self.quoted('\'')
            }
            Some('"') if is_prefix && !name.ends_with('r') => {
                self.next();
                self.quoted('"')
            }
            Some('"' | '#') if is_prefix && name.ends_with('r') => self.raw(),
            _ => Token::Word(name),
        }
    }

    fn name(&mut self, first: char) -> String {
        let mut name = String::from(first);
        while let Some(next) = self.rest.peek().copied()
            && (next.is_alphanumeric() || next == '_')
        {
            name.push(next);
            self.next();
        }
        name
    }

    /// A text between `#"` and `"#`, or a name that is a keyword otherwise.
    fn raw(&mut self) -> Token {
        let mut marks = 0;
        while self.rest.peek() == Some(&'#') {
            self.next();
            marks += 1;
        }
        if self.rest.peek() != Some(&'"') {
            return self.next().map_or(Token::Sign('#'), |first| Token::Word(self.name(first)));
        }
        self.next();
        let mut closing = None;
        while let Some(next) = self.next() {
            closing = match (next, closing) {
                ('"', _) => Some(0),
                ('#', Some(count)) => Some(count + 1),
                _ => None,
            };
            if closing == Some(marks) {
                break;
            }
        }
        Token::Sign('"')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_have_no_words() {
        let source = r####"
            a /* b /* c */ d */ 'e' '\'' "f\"g" r#"h"i"# b"j" br"k" b'l' 1u8 // m
            <'n> r#type::o
        "####;
        let tokens = read(source);
        let words: Vec<_> = tokens.iter().filter_map(|(token, _)| token.word()).collect();
        assert_eq!(words, ["a", "type", "o"]);
        let lines: Vec<_> =
            tokens.iter().filter(|it| it.0.word().is_some()).map(|it| it.1).collect();
        assert_eq!(lines, [2, 3, 3]);
    }
}
