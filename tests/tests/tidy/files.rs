//! What no file has: ignored tests, notes to oneself, tests whose name says nothing.

use crate::source::{Finding, Kind, Source, Token, assert_clean, reads, rust_sources, sources};

const NAME_WORDS_MIN: usize = 3;

fn ignored_tests(source: &Source) -> Vec<Finding> {
    let tokens = source.tokens();
    let attributes = tokens.iter().enumerate().filter(|(at, _)| reads(&tokens, *at, "# [ ignore"));
    attributes.map(|(_, token)| source.finding(token.line, "an ignored test: mend it or remove it")).collect()
}

fn notes_to_oneself(source: &Source) -> Vec<Finding> {
    let notes = [["TO", "DO"].concat(), ["FIX", "ME"].concat()];
    let is_word = |line: &str, note: &str| {
        line.match_indices(note).any(|(at, _)| {
            let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
            outside(line[..at].chars().next_back()) && outside(line[at + note.len()..].chars().next())
        })
    };
    let lines = source.text.lines().enumerate();
    lines
        .filter(|(_, line)| notes.iter().any(|note| is_word(line, note)))
        .map(|(at, _)| source.finding(at + 1, "a note to oneself: do it, or file an issue"))
        .collect()
}

fn short_test_names(source: &Source) -> Vec<Finding> {
    let tokens = source.tokens();
    let starts = tokens.iter().enumerate().filter(|(at, _)| is_test_attribute(&tokens, *at));
    starts
        .filter_map(|(at, _)| {
            let function = tokens[at..].iter().position(|token| token.kind == Kind::Ident && token.text == "fn")?;
            // In a macro the name is a `$variable`, and stands where the macro is called.
            let name = tokens.get(at + function + 1).filter(|token| token.kind == Kind::Ident)?;
            let count = name.text.split('_').filter(|word| !word.is_empty()).count();
            (count < NAME_WORDS_MIN).then(|| source.finding(name.line, format!("`{}` is no sentence", name.text)))
        })
        .collect()
}

/// `#[test]`, `#[tokio::test]`, `#[tokio::test(…)]`.
fn is_test_attribute(tokens: &[Token], at: usize) -> bool {
    ["# [ test ]", "# [ tokio :: test ]", "# [ tokio :: test ("].iter().any(|attribute| reads(tokens, at, attribute))
}

#[test]
fn no_test_is_ignored() {
    assert_clean("ignored tests", &rust_sources().iter().flat_map(ignored_tests).collect::<Vec<_>>());
}

#[test]
fn no_file_keeps_notes_to_oneself() {
    let endings = [".rs", ".css", ".js", ".toml", ".md", ".ftl", ".html", ".txt", ".sql", "/run"];
    let sources = sources(&["server", "portal", "widgets", "style", "tests", ".ci"], &endings);
    assert_clean("notes to oneself", &sources.iter().flat_map(notes_to_oneself).collect::<Vec<_>>());
}

#[test]
fn test_names_are_sentences() {
    assert_clean("test names", &rust_sources().iter().flat_map(short_test_names).collect::<Vec<_>>());
}

#[test]
fn planted_faults_of_files_are_found() {
    let note = ["// TO", "DO: later\nlet a = \"METODO\";"].concat();
    assert_eq!(notes_to_oneself(&Source::planted("a.rs", &note)).len(), 1);

    let ignored = Source::planted("a.rs", "#[test]\n#[ignore = \"slow\"]\nfn a_slow_one_waits() {}");
    assert_eq!(ignored_tests(&ignored).first().map(|finding| finding.line), Some(2));

    let names = "#[test]\nfn works() {}\n#[tokio::test(flavor = \"x\")]\nasync fn two_words() {}\n#[test]\nfn three_good_words() {}";
    let lines: Vec<_> = short_test_names(&Source::planted("a.rs", names)).iter().map(|finding| finding.line).collect();
    assert_eq!(lines, [2, 4]);
}
