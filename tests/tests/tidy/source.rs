//! Files of the tree, their tokens, and what a check finds in them.

use std::fmt;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A file, by its path from the top of the tree.
pub struct Source {
    pub path: String,
    pub text: String,
}

/// One broken rule at one place.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// What a token is; comments are gone, and doc comments are `#[doc = "…"]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Ident,
    Literal,
    Punct,
    Open,
    Close,
}

/// A token of a Rust file, inside macros too, with the line on which it starts.
#[derive(Debug)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
    pub line: usize,
}

impl Source {
    /// A file that exists only in a test.
    pub fn planted(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    pub fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, message: message.into() }
    }

    /// The file's tokens, flat. A file that is no Rust ends the test: rustc would say the same.
    pub fn tokens(&self) -> Vec<Token> {
        let stream: TokenStream = match self.text.parse() {
            Ok(stream) => stream,
            Err(error) => panic!("{}: is not Rust: {error}", self.path),
        };
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        tokens
    }

    /// The file's tokens less its `#[cfg(test)]` items.
    pub fn product_tokens(&self) -> Vec<Token> {
        let mut tokens = self.tokens();
        while let Some(start) = (0..tokens.len()).find(|at| reads(&tokens, *at, "# [ cfg ( test ) ]")) {
            let end = item_end(&tokens, start + 7);
            tokens.drain(start..end);
        }
        tokens
    }

    pub fn is_below(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }
}

/// Just past the item at `at`: past its first braces, or its semicolon.
fn item_end(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, token) in tokens[at..].iter().enumerate() {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 && token.text == "}" {
                    return at + offset + 1;
                }
            }
            _ if depth == 0 && token.text == ";" => return at + offset + 1,
            _ => {}
        }
    }
    tokens.len()
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Ident(ident) => {
                let text = ident.to_string().trim_start_matches("r#").to_owned();
                tokens.push(Token { kind: Kind::Ident, text, line });
            }
            TokenTree::Literal(literal) => {
                tokens.push(Token { kind: Kind::Literal, text: literal.to_string(), line });
            }
            TokenTree::Punct(punct) => tokens.push(Token { kind: Kind::Punct, text: punct.as_char().into(), line }),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(Token { kind: Kind::Open, text: open.to_owned(), line });
                flatten(group.stream(), tokens);
                let line = group.span_close().end().line;
                tokens.push(Token { kind: Kind::Close, text: close.to_owned(), line });
            }
        }
    }
}

/// Whether the tokens from `at` on read exactly like `pattern` (`"Utc :: now"`, words apart by blanks).
pub fn reads(tokens: &[Token], at: usize, pattern: &str) -> bool {
    let mut rest = tokens[at..].iter().map(|token| token.text.as_str());
    pattern
        .split(' ')
        .flat_map(|word| if word == "::" { vec![":", ":"] } else { vec![word] })
        .all(|word| rest.next().is_some_and(|text| text == word))
}

/// The top of the tree.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the tree").to_owned()
}

/// All files with one of these endings below the given folders of the tree, in order of path.
pub fn sources(folders: &[&str], endings: &[&str]) -> Vec<Source> {
    let root = root();
    let mut paths = Vec::new();
    for folder in folders {
        walk(&root.join(folder), &mut paths);
    }
    paths.sort();
    paths
        .into_iter()
        .filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)))
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).ok()?;
            let path = path.strip_prefix(&root).expect("walked from the top").to_string_lossy().into_owned();
            Some(Source { path, text })
        })
        .collect()
}

/// The Rust files of the whole tree.
pub fn rust_sources() -> Vec<Source> {
    sources(&["server", "portal", "widgets", "tests"], &[".rs"])
}

/// The Rust files of the product, without any `tests` folder.
pub fn product_sources() -> Vec<Source> {
    let mut sources = sources(&["server", "portal", "widgets"], &[".rs"]);
    sources.retain(|source| !source.path.contains("/tests/") && !source.path.ends_with("/tests.rs"));
    sources
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "target" && name != "node_modules" {
                walk(&path, paths);
            }
        } else {
            paths.push(path);
        }
    }
}

/// Ends the test with every finding, one a line, as `file:line: what`.
#[track_caller]
pub fn assert_clean(rule: &str, findings: &[Finding]) {
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(lines.is_empty(), "{rule}: {} found\n{}\n", lines.len(), lines.join("\n"));
}

#[test]
fn tokens_know_their_line_inside_macros_too() {
    let source = Source::planted("a.rs", "// none\nfn a() {\n  view! { <p class=\"x\">\n {Utc::now()} </p> }\n}");
    let tokens = source.tokens();
    let now = tokens.iter().position(|token| token.text == "Utc").expect("planted");
    assert_eq!(tokens[now].line, 4);
    assert!(reads(&tokens, now, "Utc :: now"));
    assert!(!reads(&tokens, now, "Utc :: today"));
}

#[test]
fn items_for_tests_are_left_out_of_the_product() {
    let text = "fn a() {}\n#[cfg(test)]\n#[path = \"x.rs\"]\nmod tests { fn b() {} mod c { } }\n#[cfg(test)]\nmod d;\nfn e() {}";
    let tokens = Source::planted("a.rs", text).product_tokens();
    let left: Vec<&str> = tokens.iter().filter(|t| t.kind == Kind::Ident).map(|t| t.text.as_str()).collect();
    assert_eq!(left, ["fn", "a", "fn", "e"]);
}
