//! No float near money.

use crate::source::{Finding, Kind, Source, assert_clean, product_sources};

fn floats(source: &Source) -> Vec<Finding> {
    let is_float = |text: &str| {
        let digits = text.starts_with(|c: char| c.is_ascii_digit()) && !text.starts_with("0x");
        digits && (text.contains('.') || text.ends_with("f32") || text.ends_with("f64") || has_exponent(text))
    };
    let tokens = source.tokens();
    let mut findings = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        // `pair.0.1` reaches into tuples: its `0.1` is one token, after a dot.
        let is_field = at > 0 && tokens[at - 1].text == ".";
        let hit = match token.kind {
            Kind::Ident => token.text == "f32" || token.text == "f64",
            Kind::Literal => !is_field && is_float(&token.text),
            _ => false,
        };
        if hit {
            findings.push(source.finding(token.line, format!("`{}` is a float", token.text)));
        }
    }
    findings
}

/// A measurement is not money: a benchmark may divide.
fn is_near_money(source: &Source) -> bool {
    let rules = source.is_below("server/domain/") || source.is_below("server/contract/");
    rules && !source.path.contains("/benches/")
}

/// `1e9` is a float; `1_i64` and `1usize` are not, though the latter has an `e`.
fn has_exponent(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_').starts_with(['e', 'E'])
}

#[test]
fn domain_and_contract_know_no_float() {
    let sources = product_sources();
    let findings: Vec<_> = sources.iter().filter(|source| is_near_money(source)).flat_map(floats).collect();
    assert_clean("no float near money", &findings);
}

#[test]
fn a_planted_float_is_found_as_type_and_as_literal() {
    let source = Source::planted(
        "a.rs",
        "const A: i64 = 1_usize as i64;\nfn b(x: f64) {}\nfn c() { 0.5; 1e9; 2f32; 0x1e9; a.0.1 }",
    );
    let found: Vec<_> = floats(&source).into_iter().map(|finding| (finding.line, finding.message)).collect();
    let expected =
        [(2, "f64"), (3, "0.5"), (3, "1e9"), (3, "2f32")].map(|(line, what)| (line, format!("`{what}` is a float")));
    assert_eq!(found, expected);
}
