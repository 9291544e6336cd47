//! Imports run one way, and each outside library stays behind its wall.

use std::process::Command;

use serde_json::Value;

use crate::modules::reachable;
use crate::source::{Finding, Kind, Source, assert_clean, product_sources, reads, root};

/// Who may import whom. `saldo-portal` is the composition root too: see [`outside_the_binary`].
const LAYERS: [(&str, &[&str]); 8] = [
    ("saldo-domain", &[]),
    ("saldo-contract", &["saldo-domain"]),
    ("saldo-store", &["saldo-domain"]),
    ("saldo-providers", &["saldo-domain"]),
    ("saldo-app", &["saldo-domain", "saldo-contract", "saldo-store", "saldo-providers"]),
    (
        "saldo-portal",
        &["saldo-app", "saldo-domain", "saldo-contract", "saldo-bundles", "saldo-store", "saldo-providers"],
    ),
    ("saldo-widgets", &["saldo-domain", "saldo-contract"]),
    ("saldo-bundles", &[]),
];

/// Packages that are no part of the product.
const TESTS: [&str; 2] = ["saldo-tests", "saldo-table"];

/// Outside libraries (by the start of their name) and the only packages that may depend on them.
const WALLS: [(&str, &[&str]); 9] = [
    ("sea-orm", &["saldo-store"]),
    ("sqlx", &["saldo-store"]),
    ("async-stripe", &["saldo-providers"]),
    ("lettre", &["saldo-providers"]),
    ("reqwest", &["saldo-providers"]),
    ("hyper", &["saldo-providers"]),
    ("axum", &["saldo-app", "saldo-portal"]),
    ("leptos", &["saldo-portal", "saldo-widgets"]),
    ("wasm-bindgen", &["saldo-portal", "saldo-widgets", "saldo-bundles"]),
];

/// The pure crate names its libraries one by one.
const DOMAIN_LIBRARIES: [&str; 7] = ["iso_currency", "jiff", "rust_decimal", "serde", "thiserror", "toml", "uuid"];

/// Crates as paths in the code, and the folders in which they may be named.
const PATHS: [(&str, &[&str]); 9] = [
    ("sea_orm", &["server/store/"]),
    ("sea_orm_migration", &["server/store/"]),
    ("sea_query", &["server/store/"]),
    ("sqlx", &["server/store/"]),
    ("reqwest", &["server/providers/"]),
    ("hyper", &["server/providers/"]),
    ("lettre", &["server/providers/"]),
    ("stripe", &["server/providers/"]),
    ("async_stripe", &["server/providers/"]),
];

/// Where the binary puts store and providers together: it alone names them by their type.
const COMPOSITION_ROOT: &str = "portal/src/cli/";

/// A dependency of one package on another, from `cargo metadata`; development ones are left out.
#[derive(Debug)]
struct Edge {
    manifest: String,
    from: String,
    to: String,
    features: Vec<String>,
    is_optional: bool,
}

fn edges(metadata: &Value) -> Vec<Edge> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut edges = Vec::new();
    for package in list(&metadata["packages"]) {
        for dependency in list(&package["dependencies"]).iter().filter(|dependency| dependency["kind"] != "dev") {
            let (manifest, from) = (text(&package["manifest_path"]), text(&package["name"]));
            let features = list(&dependency["features"]).iter().map(text).collect();
            let is_optional = dependency["optional"] == true;
            edges.push(Edge { manifest, from, to: text(&dependency["name"]), features, is_optional });
        }
    }
    edges
}

fn forbidden_edges(edges: &[Edge]) -> Vec<Finding> {
    let product = edges.iter().filter(|edge| !TESTS.contains(&edge.from.as_str()));
    product
        .filter_map(|edge| {
            // The stand-ins for the outside world are servers; only tests ask for them.
            let stands_in = edge.from == "saldo-providers" && edge.to == "axum" && edge.is_optional;
            let reason = if edge.features.iter().any(|feature| feature == "doubles") {
                Some("stand-ins are for tests")
            } else if stands_in {
                None
            } else if edge.to.starts_with("saldo-") {
                let (_, allowed) = LAYERS.iter().find(|(name, _)| *name == edge.from)?;
                (!allowed.contains(&edge.to.as_str())).then_some("imports run one way")
            } else if edge.from == "saldo-domain" {
                (!DOMAIN_LIBRARIES.contains(&edge.to.as_str())).then_some("the domain is pure")
            } else {
                let wall = WALLS.iter().find(|(library, _)| edge.to.starts_with(library));
                wall.filter(|(_, allowed)| !allowed.contains(&edge.from.as_str())).map(|_| "stays behind its wall")
            };
            let reason = reason?;
            let message = format!("{} → {}: {reason}", edge.from, edge.to);
            Some(Finding { path: edge.manifest.clone(), line: 1, message })
        })
        .collect()
}

fn unknown_packages(metadata: &Value) -> Vec<Finding> {
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let unknown = packages.iter().filter(|package| {
        let known = |name: &str| LAYERS.iter().any(|(layer, _)| *layer == name) || TESTS.contains(&name);
        !package["name"].as_str().is_some_and(known)
    });
    unknown
        .map(|package| Finding {
            path: package["manifest_path"].as_str().unwrap_or_default().to_owned(),
            line: 1,
            message: format!("{}: a crate exists only where the design draws a wall", package["name"]),
        })
        .collect()
}

fn foreign_paths(source: &Source) -> Vec<Finding> {
    let tokens = source.tokens();
    let mut findings = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Ident) {
        let is_crate = reads(&tokens, at + 1, "::") && !(at > 0 && tokens[at - 1].text == ":");
        let wall = PATHS.iter().find(|(name, _)| *name == token.text).filter(|_| is_crate);
        if let Some((name, folders)) = wall
            && !folders.iter().any(|folder| source.is_below(folder))
        {
            findings.push(source.finding(token.line, format!("`{name}::` belongs in {}", folders.join(", "))));
        }
        let named = token.text.starts_with("Stripe") && token.text != "Stripe";
        if named && !source.is_below("server/providers/") && !source.is_below(COMPOSITION_ROOT) {
            findings
                .push(source.finding(token.line, format!("`{}`: a provider's type stays in its folder", token.text)));
        }
    }
    findings
}

/// Store and providers are put together by the binary; the portal's pages never see them.
fn outside_the_binary(sources: &[Source]) -> Vec<Finding> {
    let library = reachable(sources, "portal/src/lib.rs");
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| library.contains(&source.path)) {
        let tokens = source.tokens();
        let hits = tokens.iter().filter(|token| token.text == "saldo_store" || token.text == "saldo_providers");
        findings.extend(hits.map(|token| source.finding(token.line, format!("`{}` only in the binary", token.text))));
    }
    findings
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

#[test]
fn dependencies_follow_the_layers_of_the_design() {
    let metadata = metadata();
    let edges = edges(&metadata);
    assert!(edges.iter().any(|edge| edge.from == "saldo-app" && edge.to == "saldo-store"), "metadata was not read");
    assert_clean("layers", &forbidden_edges(&edges));
    assert_clean("crates", &unknown_packages(&metadata));
}

#[test]
fn paths_in_the_code_stay_behind_their_walls() {
    let sources = product_sources();
    assert_clean("paths", &sources.iter().flat_map(foreign_paths).collect::<Vec<_>>());
    assert_clean("composition", &outside_the_binary(&sources));
}

#[test]
fn planted_edges_against_the_layers_are_found() {
    let package = |name: &str, dependencies: &[(&str, Value)]| {
        let dependencies: Vec<Value> =
            dependencies.iter().map(|(name, kind)| serde_json::json!({"name": name, "kind": kind})).collect();
        serde_json::json!({"name": name, "manifest_path": "Cargo.toml", "dependencies": dependencies})
    };
    let mut planted = serde_json::json!({"packages": [
        package("saldo-domain", &[("serde", Value::Null), ("tokio", Value::Null), ("proptest", "dev".into())]),
        package("saldo-store", &[("saldo-app", Value::Null), ("sea-orm-migration", Value::Null)]),
        package("saldo-app", &[("sqlx", "build".into()), ("saldo-store", Value::Null)]),
        package("saldo-providers", &[("axum", "dev".into()), ("async-stripe-core", Value::Null)]),
        package("saldo-extra", &[]),
    ]});
    planted["packages"][2]["dependencies"][1]["features"] = serde_json::json!(["doubles"]);
    let found: Vec<String> = forbidden_edges(&edges(&planted)).into_iter().map(|finding| finding.message).collect();
    let expected = [
        "saldo-domain → tokio: the domain is pure",
        "saldo-store → saldo-app: imports run one way",
        "saldo-app → sqlx: stays behind its wall",
        "saldo-app → saldo-store: stand-ins are for tests",
    ];
    assert_eq!(found, expected);
    assert_eq!(unknown_packages(&planted).len(), 1);
}

#[test]
fn planted_paths_through_a_wall_are_found() {
    let text = "use sea_orm::Value;\nuse saldo_providers::stripe::connect;\nfn a(x: StripeEvent) { stripe::send() }";
    let lines = |path| foreign_paths(&Source::planted(path, text)).iter().map(|f| f.line).collect::<Vec<_>>();
    assert_eq!(lines("server/app/src/a.rs"), [1, 3, 3]);
    assert_eq!(lines("server/providers/src/a.rs"), [1]);

    let portal = [
        Source::planted("portal/src/lib.rs", "pub mod pages;"),
        Source::planted("portal/src/main.rs", "mod wire;"),
        Source::planted("portal/src/pages.rs", "use saldo_app::flows;\nuse saldo_store::Store;"),
        Source::planted("portal/src/wire.rs", "use saldo_store::Store;"),
    ];
    let found: Vec<String> = outside_the_binary(&portal).iter().map(Finding::to_string).collect();
    assert_eq!(found, ["portal/src/pages.rs:2: `saldo_store` only in the binary"]);
}
