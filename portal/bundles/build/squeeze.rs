//! Scripts without what only people read: white space, and long names of what is local to a file.
//!
//! A name is shortened only where every place in the file that holds it is a variable: no property, no key, no method, no
//! export, nothing in a string. All of its places then change alike, so that no scope needs to be known.

use std::collections::{BTreeMap, BTreeSet};

use crate::token::{Token, is_part, tokens};

const RESERVED: [&str; 51] = [
    "arguments",
    "as",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "constructor",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "get",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "package",
    "return",
    "set",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// The same script, shorter.
pub fn squeeze(code: &str) -> String {
    let tokens = tokens(code);
    let names = names(&tokens);
    let mut out = String::with_capacity(code.len());
    for (at, token) in tokens.iter().enumerate() {
        let piece = match token {
            Token::Word(word) => names.get(word).unwrap_or(word).clone(),
            Token::Text(text) => text.clone(),
            Token::Sign(sign) => sign.to_string(),
            Token::Line => {
                let before = tokens[..at].iter().rev().find(|token| **token != Token::Line);
                let ends =
                    matches!(before, None | Some(Token::Sign('{' | ';' | ',' | '(' | '[' | '>' | '=' | '|' | '&')));
                if ends || out.ends_with('\n') { String::new() } else { "\n".to_owned() }
            }
        };
        let (last, first) = (out.chars().next_back(), piece.chars().next());
        if let (Some(last), Some(first)) = (last, first) {
            let doubled = last == first && (last == '+' || last == '-') && tokens[at - 1] != Token::Sign(last);
            if is_part(last) && is_part(first) || doubled {
                out.push(' ');
            }
        }
        out.push_str(&piece);
    }
    out
}

/// Short names for what may have one, the most frequent first.
fn names(tokens: &[Token]) -> BTreeMap<String, String> {
    let tokens: Vec<&Token> = tokens.iter().filter(|token| **token != Token::Line).collect();
    let kept = kept(&tokens);
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut words = BTreeSet::new();
    for token in &tokens {
        if let Token::Word(word) = token {
            *counts.entry(word).or_default() += 1;
            words.insert(word.as_str());
        }
    }
    let mut long: Vec<(&str, usize)> = declared(&tokens)
        .into_iter()
        .filter(|word| word.len() > 1 && !kept.contains(*word) && !RESERVED.contains(word))
        .map(|word| (word, counts.get(word).copied().unwrap_or_default()))
        .collect();
    long.sort_by_key(|(word, count)| (usize::MAX - count, *word));
    let letters = || ('a'..='z').chain('A'..='Z');
    let short =
        letters().map(String::from).chain(letters().flat_map(|one| letters().map(move |two| format!("{one}{two}"))));
    let free = short.filter(|name| !words.contains(name.as_str()) && !RESERVED.contains(&name.as_str()));
    long.into_iter().map(|(word, _)| word.to_owned()).zip(free).collect()
}

/// Names of variables, functions, classes and parameters.
fn declared<'a>(tokens: &[&'a Token]) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Word(word) if ["const", "let", "var", "function", "class", "catch"].contains(&word.as_str()) => {
                match tokens.get(at + 1) {
                    Some(Token::Word(name)) => {
                        names.insert(name.as_str());
                    }
                    Some(Token::Sign('(')) => parameters(tokens, at + 1, &mut names),
                    _ => {}
                }
                if word == "function" && tokens.get(at + 2) == Some(&&Token::Sign('(')) {
                    parameters(tokens, at + 2, &mut names);
                }
            }
            Token::Sign('>') if at > 1 && tokens[at - 1] == &Token::Sign('=') => match tokens[at - 2] {
                Token::Word(name) => {
                    names.insert(name.as_str());
                }
                Token::Sign(')') => {
                    if let Some(open) = opening(tokens, at - 2) {
                        parameters(tokens, open, &mut names);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    names
}

/// The names between a parenthesis and its end, less those in braces: they are keys.
fn parameters<'a>(tokens: &[&'a Token], open: usize, names: &mut BTreeSet<&'a str>) {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Sign('(' | '{' | '[') => depth += 1,
            Token::Sign(')' | '}' | ']') => depth -= 1,
            Token::Word(name) if depth == 1 && matches!(tokens[at - 1], Token::Sign('(' | ',')) => {
                names.insert(name.as_str());
            }
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

fn opening(tokens: &[&Token], close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for at in (0..=close).rev() {
        match tokens[at] {
            Token::Sign(')') => depth += 1,
            Token::Sign('(') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Words that somewhere are more than the name of a variable.
fn kept(tokens: &[&Token]) -> BTreeSet<String> {
    let mut kept = BTreeSet::new();
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| tokens[at]);
        let after = tokens.get(at + 1).copied();
        match token {
            Token::Sign(sign @ ('(' | '{' | '[')) => open.push(*sign),
            Token::Sign(')' | '}' | ']') => {
                open.pop();
            }
            Token::Text(text) if text.starts_with('`') => {
                kept.extend(text.split(|character| !is_part(character)).map(str::to_owned));
            }
            Token::Word(word) => {
                let in_braces = open.last() == Some(&'{');
                let begins = in_braces && matches!(before, Some(Token::Sign('{' | ',')));
                let is_key = begins && matches!(after, Some(Token::Sign(',' | '}' | '=' | ':')));
                let is_method = in_braces && is_method(tokens, at);
                let is_property = matches!(before, Some(Token::Sign('.')));
                let exported = at >= 2
                    && matches!(tokens[at - 2], Token::Word(word) if word == "export")
                    && matches!(before, Some(Token::Word(word)) if ["const", "function", "class", "let"].contains(&word.as_str()));
                if is_key || is_method || is_property || exported {
                    kept.insert(word.clone());
                }
            }
            _ => {}
        }
    }
    kept
}

/// Whether the word at `at` is followed by parameters and a body, and is no function's name.
fn is_method(tokens: &[&Token], at: usize) -> bool {
    if tokens.get(at + 1) != Some(&&Token::Sign('('))
        || matches!(tokens[at - 1], Token::Word(word) if word == "function")
    {
        return false;
    }
    let mut depth = 0_usize;
    for (place, token) in tokens.iter().enumerate().skip(at + 1) {
        match token {
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return tokens.get(place + 1) == Some(&&Token::Sign('{'));
        }
    }
    false
}
