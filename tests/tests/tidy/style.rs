//! Raw colours and lengths live in the tokens; everything else names a token.

use crate::source::{Finding, Kind, Source, assert_clean, sources};

/// `style/tokens/…`, `style/tokens.css`, `style/widget-tokens.css`.
fn holds_tokens(source: &Source) -> bool {
    let file = source.path.rsplit('/').next().unwrap_or_default();
    source.is_below("style/tokens") || (source.is_below("style/") && file.ends_with("-tokens.css"))
}

const COLOUR_FUNCTIONS: [&str; 9] = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];
const COLOUR_NAMES: [&str; 14] = [
    "black", "blue", "brown", "gray", "green", "grey", "navy", "orange", "pink", "purple", "red", "silver", "white",
    "yellow",
];
const LENGTH_UNITS: [&str; 3] = ["px", "rem", "pt"];

/// Raw values of a style sheet's declarations. At-rule preludes may hold lengths: a media query cannot read a token.
fn raw_css_values(source: &Source) -> Vec<Finding> {
    if holds_tokens(source) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (line, declaration) in declarations(&source.text) {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        if let Some(raw) = raw_colour(value).or_else(|| raw_length(value)) {
            findings.push(
                source.finding(line, format!("`{}: … {raw} …`: raw value outside style/tokens", property.trim())),
            );
        }
    }
    findings
}

/// Raw values in the strings of Rust views.
fn raw_string_values(source: &Source) -> Vec<Finding> {
    let tokens = source.product_tokens();
    let strings = tokens.iter().enumerate().filter(|(at, token)| {
        let is_doc = *at >= 2 && tokens[at - 2].text == "doc" && tokens[at - 1].text == "=";
        token.kind == Kind::Literal && token.text.contains('"') && !is_doc
    });
    strings
        .filter_map(|(_, token)| {
            let raw = hex_colour(&token.text).or_else(|| raw_length(&token.text))?;
            Some(source.finding(token.line, format!("`{raw}`: raw value outside style/tokens")))
        })
        .collect()
}

/// Each declaration with its line; preludes (what stands before `{`) are dropped.
fn declarations(css: &str) -> Vec<(usize, String)> {
    let (mut found, mut segment) = (Vec::new(), String::new());
    let (mut line, mut start, mut in_comment, mut quote) = (1, 1, false, None);
    let mut chars = css.chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '*' if in_comment => in_comment = chars.next_if_eq(&'/').is_none(),
            _ if in_comment => {}
            '/' if quote.is_none() && chars.peek() == Some(&'*') => in_comment = true,
            '"' | '\'' if quote.is_none_or(|open| open == c) => {
                quote = if quote.is_none() { Some(c) } else { None };
                segment.push(c);
            }
            '{' | ';' | '}' if quote.is_none() => {
                if c != '{' && !segment.trim_start().starts_with('@') {
                    found.push((start, segment.trim().to_owned()));
                }
                segment.clear();
            }
            _ => {
                if segment.trim().is_empty() {
                    start = line;
                }
                segment.push(c);
            }
        }
    }
    found
}

fn raw_colour(value: &str) -> Option<String> {
    let function = COLOUR_FUNCTIONS.iter().find(|function| {
        value.match_indices(**function).any(|(at, _)| !value[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-'))
    });
    let mut words = value.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
    let name = words.find(|word| COLOUR_NAMES.contains(&word.to_lowercase().as_str()));
    hex_colour(value).or_else(|| function.map(|text| (*text).to_owned())).or_else(|| name.map(str::to_owned))
}

/// `#abc`, `#aabbcc` and with alpha; not `&#160;`, not `#anchor`.
fn hex_colour(text: &str) -> Option<String> {
    text.match_indices('#').find_map(|(at, _)| {
        if text[..at].ends_with('&') {
            return None;
        }
        let word: String =
            text[at + 1..].chars().take_while(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect();
        let is_colour = matches!(word.len(), 3 | 4 | 6 | 8) && word.chars().all(|c| c.is_ascii_hexdigit());
        is_colour.then(|| format!("#{word}"))
    })
}

fn raw_length(text: &str) -> Option<String> {
    LENGTH_UNITS.iter().find_map(|unit| {
        text.match_indices(unit).find_map(|(at, _)| {
            let number_start = text[..at].rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |last| last + 1);
            let inside_a_word = text[..number_start].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_')
                && !text[..number_start].ends_with(" -");
            let ends = text[at + unit.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-');
            (number_start < at && ends && !inside_a_word).then(|| format!("{}{unit}", &text[number_start..at]))
        })
    })
}

#[test]
fn raw_colours_and_lengths_live_in_the_tokens() {
    let sheets = sources(&["style", "portal", "widgets"], &[".css"]);
    let mut views = sources(&["portal/src", "widgets/src"], &[".rs"]);
    // A creditor's own colour is data, and the command line its door.
    views.retain(|source| !source.is_below("portal/src/cli/"));
    let findings: Vec<_> =
        sheets.iter().flat_map(raw_css_values).chain(views.iter().flat_map(raw_string_values)).collect();
    assert_clean("raw values", &findings);
}

#[test]
fn planted_raw_values_of_a_sheet_are_found_at_their_line() {
    let css = "/* 3px #fff */\n#add a:hover { color: var(--ink-1);\n  background: #fff;\n}\n@media (min-width: 48rem) {\n\
               a { margin: 0 -1.5rem;\n    border-color: rgb(1 2 3);\n    color: white; white-space: nowrap }\n}\n\
               b { content: \"a;b\"; width: calc(100% - var(--space-12px)); color: color-mix(in oklch, var(--a), red) }";
    let lines = |path| raw_css_values(&Source::planted(path, css)).iter().map(|f| f.line).collect::<Vec<_>>();
    assert_eq!(lines("style/components/a.css"), [3, 6, 7, 8, 10]);
    assert_eq!(lines("style/tokens/colour.css"), Vec::<usize>::new());
    assert_eq!(lines("style/widget-tokens.css"), Vec::<usize>::new());
}

#[test]
fn planted_raw_values_of_a_view_are_found() {
    let rust = "/// Not `#ffffff`, 2px.\nfn a() { view! { <a href=\"#main\" title=\"&#160;\">\n<i style=\"color:#c0ffee\"/>\n<b width=\"24px\"/></a> } }";
    let source = Source::planted("portal/src/a.rs", rust);
    assert_eq!(raw_string_values(&source).iter().map(|finding| finding.line).collect::<Vec<_>>(), [3, 4]);
}
