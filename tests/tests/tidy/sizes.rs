//! Small files, short functions: a hard end, and a count of those past the soft one that only shrinks.

use crate::source::{Finding, Kind, Source, Token, assert_clean, rust_sources};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 100;
const LONG_FILE_LINES: usize = 300;
const LONG_FUNCTION_LINES: usize = 70;

/// How many files and functions may lie between the soft and the hard end. Lower them; never raise them. The functions are
/// the two that name every refusal, and the one that writes a row into every table.
const LONG_FILES_MAX: usize = 1;
const LONG_FUNCTIONS_MAX: usize = 3;

fn files_over(sources: &[Source], lines_max: usize) -> Vec<Finding> {
    sources
        .iter()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > lines_max)
        .map(|(source, lines)| source.finding(1, format!("{lines} lines; {lines_max} at most")))
        .collect()
}

fn functions_over(sources: &[Source], lines_max: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        let tokens = source.tokens();
        for (at, name) in functions(&tokens) {
            let Some(end) = body_end(&tokens, at) else { continue };
            let lines = end - tokens[at].line + 1;
            if lines > lines_max {
                findings
                    .push(source.finding(tokens[at].line, format!("fn {name}: {lines} lines; {lines_max} at most")));
            }
        }
    }
    findings
}

/// Where each `fn name` stands.
fn functions(tokens: &[Token]) -> impl Iterator<Item = (usize, &str)> {
    tokens.windows(2).enumerate().filter_map(|(at, pair)| {
        let named = pair[0].text == "fn" && pair[0].kind == Kind::Ident && pair[1].kind == Kind::Ident;
        named.then_some((at, pair[1].text.as_str()))
    })
}

/// The last line of the body of the function at `at`; none where it ends with a semicolon.
fn body_end(tokens: &[Token], at: usize) -> Option<usize> {
    let (mut depth, mut in_body) = (0_usize, false);
    for token in &tokens[at..] {
        match token.kind {
            Kind::Open => {
                in_body |= depth == 0 && token.text == "{";
                depth += 1;
            }
            Kind::Close => {
                depth = depth.checked_sub(1)?;
                if in_body && depth == 0 {
                    return Some(token.line);
                }
            }
            _ if depth == 0 && token.text == ";" => return None,
            _ => {}
        }
    }
    None
}

#[test]
fn no_file_and_no_function_is_past_the_hard_end() {
    let sources = rust_sources();
    assert_clean("file sizes", &files_over(&sources, FILE_LINES_MAX));
    assert_clean("function sizes", &functions_over(&sources, FUNCTION_LINES_MAX));
}

#[test]
fn long_files_and_functions_only_get_fewer() {
    let sources = rust_sources();
    let (files, functions) = (files_over(&sources, LONG_FILE_LINES), functions_over(&sources, LONG_FUNCTION_LINES));
    for (what, found, max) in [("files", files, LONG_FILES_MAX), ("functions", functions, LONG_FUNCTIONS_MAX)] {
        let lines: Vec<String> = found.iter().map(Finding::to_string).collect();
        assert!(found.len() <= max, "{} long {what}; {max} at most\n{}\n", found.len(), lines.join("\n"));
    }
}

#[test]
fn a_planted_long_function_is_found_at_its_line() {
    let body = "    a();\n".repeat(100);
    let text = format!("trait T {{ fn short(&self); }}\nfn long<T>(x: [u8; 2]) -> u8\nwhere T: Copy {{\n{body}}}\n");
    let found = functions_over(&[Source::planted("a.rs", &text)], 100);
    assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2]);
    assert!(functions_over(&[Source::planted("a.rs", &text)], 103).is_empty());
}

#[test]
fn a_planted_long_file_is_found() {
    let long = Source::planted("a.rs", &"\n".repeat(501));
    let whole = Source::planted("b.rs", &"\n".repeat(500));
    assert_eq!(files_over(&[long, whole], 500).len(), 1);
}
