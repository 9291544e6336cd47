//! Time and randomness are arguments; one file has the ambient ones.

use crate::source::{Finding, Source, assert_clean, product_sources, reads};

const ALLOWED: &str = "server/app/src/ambient.rs";

const CLOCKS: [&str; 6] =
    ["Timestamp :: now", "Utc :: now", "Local :: now", "SystemTime :: now", "Zoned :: now", "Instant :: now"];

const RANDOM: [&str; 8] = [
    "getrandom ::",
    "rand ::",
    "OsRng",
    "thread_rng",
    "Uuid :: now_v7",
    "Uuid :: new_v4",
    "Uuid :: now_v6",
    "RandomState :: new",
];

fn ambient_values(source: &Source) -> Vec<Finding> {
    if source.path == ALLOWED {
        return Vec::new();
    }
    let tokens = source.product_tokens();
    let mut findings = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let hit = |pattern: &&&str| reads(&tokens, at, pattern);
        if let Some(clock) = CLOCKS.iter().find(hit) {
            findings
                .push(source.finding(token.line, format!("`{}`: the moment is an argument", clock.replace(' ', ""))));
        }
        if let Some(random) = RANDOM.iter().find(hit) {
            let random = random.replace(' ', "");
            findings.push(source.finding(token.line, format!("`{random}`: ids and randomness are arguments")));
        }
    }
    findings
}

#[test]
fn the_clock_and_randomness_are_read_in_one_file() {
    let findings: Vec<_> = product_sources().iter().flat_map(ambient_values).collect();
    assert_clean("ambient values live in server/app/src/ambient.rs", &findings);
}

#[test]
fn a_planted_clock_is_found_wherever_it_stands() {
    let text = "fn a() -> Timestamp {\n    jiff::Timestamp::now()\n}\nfn b() { view! { <p>{Uuid::now_v7()}</p> } }";
    let lines = |path| ambient_values(&Source::planted(path, text)).iter().map(|f| f.line).collect::<Vec<_>>();
    assert_eq!(lines("server/domain/src/a.rs"), [2, 4]);
    assert_eq!(lines(ALLOWED), Vec::<usize>::new());
}
