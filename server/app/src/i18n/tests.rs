use super::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Keys with the variables that each text uses.
fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = None;
    for line in SOURCES[language as usize].iter().flat_map(|source| source.lines()) {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            let (key, _) = line.split_once(" =").expect("a message line has an equals sign");
            assert!(!keys.contains_key(key), "{key} stands twice in {}", language.tag());
            current = Some(key.to_owned());
        }
        let Some(key) = &current else { continue };
        let variables = keys.entry(key.clone()).or_default();
        for part in line.split('$').skip(1) {
            variables.insert(part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect());
        }
    }
    keys
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind != "ftl") && !path.ends_with("i18n/tests.rs") {
            found.extend(std::fs::read_to_string(&path));
        }
    }
}

/// The literals in calls of `t("…")` and `with("…")`.
fn used() -> BTreeSet<String> {
    let app = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["src", "templates", "../../portal/src"] {
        sources(&app.join(folder), &mut texts);
    }
    let mut used = BTreeSet::new();
    for text in &texts {
        for call in ["t(", "with("] {
            for (at, _) in text.match_indices(call) {
                let before = text[..at].chars().next_back();
                let literal = text[at + call.len()..].trim_start().strip_prefix('"');
                let key: String =
                    literal.map(|rest| rest.chars().take_while(|c| *c != '"').collect()).unwrap_or_default();
                let of_call = before.is_none_or(|c| !c.is_alphanumeric() && c != '_');
                if of_call
                    && !key.is_empty()
                    && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                {
                    used.insert(key);
                }
            }
        }
    }
    used
}

#[test]
fn every_language_has_the_same_texts_with_the_same_variables() {
    let spanish = keys(Language::Es);
    for language in [Language::En, Language::Pt] {
        let other = keys(language);
        let missing: Vec<_> = spanish.keys().filter(|key| !other.contains_key(*key)).collect();
        let beyond: Vec<_> = other.keys().filter(|key| !spanish.contains_key(*key)).collect();
        assert!(missing.is_empty() && beyond.is_empty(), "{}: missing {missing:?}, beyond {beyond:?}", language.tag());
        for (key, variables) in &spanish {
            assert_eq!(variables, &other[key], "{} in {}", key, language.tag());
        }
    }
}

#[test]
fn every_text_that_the_source_names_exists() {
    let spanish = keys(Language::Es);
    let missing: Vec<_> = used().into_iter().filter(|key| !spanish.contains_key(key)).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn every_text_is_used() {
    let used = used();
    let idle: Vec<_> = keys(Language::Es).into_keys().filter(|key| !used.contains(key)).collect();
    assert!(idle.is_empty(), "nothing names {idle:?}");
}

#[test]
fn every_file_is_well_formed() {
    for language in Language::ALL {
        for source in SOURCES[language as usize] {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{}: {errors:?}", language.tag());
            }
        }
    }
}

#[test]
fn plurals_follow_the_language() {
    for (language, count, expected) in [
        (Language::Es, 1, "Venció hace 1 día"),
        (Language::Es, 12, "Venció hace 12 días"),
        (Language::En, 1, "Due 1 day ago"),
        (Language::En, 12, "Due 12 days ago"),
        (Language::Pt, 1, "Venceu há 1 dia"),
        (Language::Pt, 12, "Venceu há 12 dias"),
    ] {
        assert_eq!(Texts::for_language(language).with("due-days-ago", [("count", count.into())]), expected);
    }
}

#[test]
fn every_fault_of_a_row_has_words_of_its_own() {
    use saldo_domain::import::RowFault;
    use saldo_domain::import::fault::code;
    for language in Language::ALL {
        let texts = Texts::for_language(language);
        let words = code::ALL.map(|code| fault_text(&RowFault::new(2, "Monto", code, "x"), texts));
        for (code, words) in code::ALL.iter().zip(&words) {
            assert!(!words.contains(code), "{code} in {}", language.tag());
        }
    }
}
