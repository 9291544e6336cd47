//! The words, signs and strings of a script.

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Word(String),
    /// A string, a template or a regular expression.
    Text(String),
    Sign(char),
    Line,
}

/// Whether a character may stand in a name.
pub fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

/// All of them in order, and the ends of lines; other white space is gone.
pub fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\n' => 1,
            _ if first.is_whitespace() => {
                rest = &rest[first.len_utf8()..];
                continue;
            }
            '"' | '\'' | '`' => quoted(rest, first),
            '/' if begins_pattern(&tokens) => pattern(rest),
            _ if is_part(first) => rest.find(|character| !is_part(character)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        tokens.push(match first {
            '\n' => Token::Line,
            _ if is_part(first) => Token::Word(piece.to_owned()),
            _ if length == first.len_utf8() => Token::Sign(first),
            _ => Token::Text(piece.to_owned()),
        });
        rest = after;
    }
    tokens
}

/// The length of a string or a template; a template within a template ends with it.
fn quoted(text: &str, quote: char) -> usize {
    let (mut escaped, mut depth) = (false, 0_usize);
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' if quote == '`' && text[..at].ends_with('$') => depth += 1,
            '{' if depth > 0 => depth += 1,
            '}' if depth > 0 => depth -= 1,
            _ if character == quote && depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn begins_pattern(before: &[Token]) -> bool {
    match before.last() {
        Some(Token::Word(word)) => word == "return",
        Some(Token::Text(_)) => false,
        Some(Token::Sign(sign)) => !matches!(sign, ')' | ']' | '}'),
        Some(Token::Line) | None => true,
    }
}

/// The length of a regular expression; its flags are read as a word behind it.
fn pattern(text: &str) -> usize {
    let (mut escaped, mut class) = (false, false);
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return at + 1,
            _ => {}
        }
    }
    text.len()
}
