//! Every Rust file is part of a crate: a file that no `mod` names is dead.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Finding, Kind, Source, Token, assert_clean, reads, rust_sources};

/// The files that a crate root reaches through its `mod name;` lines, itself included.
pub fn reachable(sources: &[Source], crate_root: &str) -> BTreeSet<String> {
    let by_path: BTreeMap<&str, &Source> = sources.iter().map(|source| (source.path.as_str(), source)).collect();
    let mut reached = BTreeSet::new();
    let mut open = vec![crate_root.to_owned()];
    while let Some(path) = open.pop() {
        let Some(source) = by_path.get(path.as_str()) else { continue };
        if !reached.insert(path.clone()) {
            continue;
        }
        let folder = folder_of_children(&path, path == crate_root);
        for module in declared(&source.tokens()) {
            open.push(format!("{folder}{module}.rs"));
            open.push(format!("{folder}{module}/mod.rs"));
        }
    }
    reached
}

/// Names of `mod name;`, with the inline modules around them as folders (`a/b` for `mod a { mod b; }`).
fn declared(tokens: &[Token]) -> Vec<String> {
    let mut names = Vec::new();
    let mut inline: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => {
                depth -= 1;
                inline.retain(|(_, opened)| *opened <= depth);
            }
            Kind::Ident if token.text == "mod" => {
                let Some(name) = tokens.get(at + 1).filter(|next| next.kind == Kind::Ident) else { continue };
                if reads(tokens, at + 2, ";") {
                    let folders = inline.iter().map(|(folder, _)| format!("{folder}/")).collect::<String>();
                    names.push(format!("{folders}{}", name.text));
                } else {
                    inline.push((name.text.clone(), depth + 1));
                }
            }
            _ => {}
        }
    }
    names
}

fn folder_of_children(path: &str, is_root: bool) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.trim_end_matches(".rs");
    let own_folder = !is_root && stem != "mod";
    if own_folder { format!("{folder}/{stem}/") } else { format!("{folder}/") }
}

/// Where Cargo starts by itself: libraries, binaries, build scripts, integration tests, benches, examples.
fn is_crate_root(path: &str) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let started =
        |folder: &str| ["/tests", "/benches", "/examples", "/src/bin"].iter().any(|end| folder.ends_with(end));
    match file {
        "main.rs" if folder.ends_with("/build") => true,
        "build.rs" => !folder.ends_with("/src"),
        "lib.rs" => folder.ends_with("/src"),
        "main.rs" => folder.ends_with("/src") || folder.rsplit_once('/').is_some_and(|(parent, _)| started(parent)),
        _ => started(folder) && !folder.contains("/src/tests"),
    }
}

fn dead_files(sources: &[Source]) -> Vec<Finding> {
    let roots = sources.iter().filter(|source| is_crate_root(&source.path));
    let reached: BTreeSet<String> = roots.flat_map(|root| reachable(sources, &root.path)).collect();
    let dead = sources.iter().filter(|source| !reached.contains(&source.path));
    dead.map(|source| source.finding(1, "no `mod` names this file")).collect()
}

#[test]
fn every_file_is_reached_by_a_mod_line() {
    assert_clean("dead files", &dead_files(&rust_sources()));
}

#[test]
fn a_planted_dead_file_is_found() {
    let tree = [
        ("x/src/lib.rs", "mod a;\nmod inline { mod deep; }"),
        ("x/src/a.rs", "pub mod b;"),
        ("x/src/a/b.rs", ""),
        ("x/src/a/c.rs", "// nobody names me"),
        ("x/src/inline/deep.rs", ""),
        ("x/src/bin/tool.rs", ""),
        ("x/build.rs", ""),
        ("x/tests/door.rs", "mod support;"),
        ("x/tests/support/mod.rs", ""),
        ("x/tests/whole/main.rs", "mod part;"),
        ("x/tests/whole/part.rs", ""),
        ("x/tests/whole/lost.rs", ""),
    ];
    let tree = tree.map(|(path, text)| Source::planted(path, text));
    let dead: Vec<String> = dead_files(&tree).into_iter().map(|finding| finding.path).collect();
    assert_eq!(dead, ["x/src/a/c.rs", "x/tests/whole/lost.rs"]);
}
