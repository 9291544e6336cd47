//! Builds what browsers download, and writes it into `OUT_DIR` as files that the crate embeds.
//!
//! Rust to WASM by a nested cargo, glue by wasm-bindgen, CSS by lightningcss; every file is named by its hash and
//! compressed ahead of time.

mod css;
mod emit;
mod glue;
mod link;
mod nested;
mod squeeze;
mod token;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use emit::Files;
use glue::Bundle;
use sha2::{Digest, Sha256};
use squeeze::squeeze;

type Outcome<T> = Result<T, Box<dyn Error>>;

const SKIP: &str = "SALDO_SKIP_BUNDLES";

fn main() {
    if env::var_os(link::MARK).is_some() {
        if let Err(error) = link::run() {
            eprintln!("{error}");
        }
        std::process::exit(1);
    }
    println!("cargo::rerun-if-env-changed={SKIP}");
    let skip = env::var_os(SKIP).is_some_and(|value| !value.is_empty() && value != "0");
    let outcome = if skip { Files::default().write() } else { build().and_then(|files| files.write()) };
    if let Err(error) = outcome {
        println!("cargo::error={}", error.to_string().trim_end().replace('\n', " | "));
    }
}

fn build() -> Outcome<Files> {
    let root = workspace_root()?;
    watch(&root)?;
    let target = nested::target_dir()?;
    nested::ensure_target()?;
    let portal = nested::build(&root, &target, "saldo-portal", &["--no-default-features", "--features", "hydrate"])?;
    let widgets = nested::build(&root, &target, "saldo-widgets", &[])?;

    let mut files = Files::default();
    for asset in list(&root.join("style/assets"))? {
        files.add_asset(&asset)?;
    }
    add_portal(&root, &portal, &mut files)?;
    add_widgets(&root, &widgets, &mut files)?;
    Ok(files)
}

fn add_portal(root: &Path, wasm: &Path, files: &mut Files) -> Outcome<()> {
    let css = css::bundle(&root.join("style/portal.css"))?;
    let css = css::minify(&css, |name| files.asset_name(name))?;
    files.add_hashed("portal", "css", css.into_bytes())?;

    let Bundle { glue, wasm } = glue::generate(wasm)?;
    let wasm = files.add_hashed("portal", "wasm", wasm)?;
    let glue = files.add_hashed("portal-glue", "js", glue.into_bytes())?;
    let loader = fill(&script("portal.js")?, &[("GLUE", &glue), ("WASM", &wasm)])?;
    files.add_hashed("portal", "js", loader.into_bytes())?;
    Ok(())
}

fn add_widgets(root: &Path, wasm: &Path, files: &mut Files) -> Outcome<()> {
    // A constructed style sheet resolves its addresses against the page that embeds it, so there may be none.
    let sheet = |name: &str| css::minify(&css::bundle(&root.join("style").join(name))?, |_| None);
    let Bundle { glue, mut wasm } = glue::generate(wasm)?;
    glue::add_section(&mut wasm, "css", sheet("widget.css")?.as_bytes());
    let sum = integrity(&wasm);
    let wasm = files.add_hashed("widget", "wasm", wasm)?;
    let first = sheet("widget-first.css")?.replace('"', "'");
    let values = [("WASM_SUM", sum.as_str()), ("\"WASM\"", &format!("\"{wasm}\"")), ("FIRST_CSS", &first)];
    let kit = fill(&script("kit.js")?, &values)?;
    let kit = squeeze(&format!("{}\n{kit}", glue::without_debug(&glue)?));
    let sum = integrity(kit.as_bytes());
    let kit = files.add_hashed("widget", "js", kit.into_bytes())?;
    let host = sheet("widget-host.css")?.replace('"', "'");
    let loader = fill(&script("widget.js")?, &[("KIT_SUM", &sum), ("/KIT", &format!("/{kit}")), ("HOST_CSS", &host)])?;
    files.add("/widgets/v1/debug.js", "widget_debug", squeeze(&script("debug.js")?).into_bytes())?;
    files.add("/widgets/v1/saldo.js", "widget_loader", squeeze(&loader).into_bytes())
}

/// What a browser compares a fetched file with before it uses it.
fn integrity(contents: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(contents)))
}

fn workspace_root() -> Outcome<PathBuf> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let root = manifest.ancestors().nth(2).ok_or("portal/bundles stands two folders below the workspace")?;
    Ok(root.to_path_buf())
}

/// What the bundles are made of, beside the Rust sources that the nested builds name themselves.
fn watch(root: &Path) -> Outcome<()> {
    for path in ["Cargo.lock", "Cargo.toml", "portal/Cargo.toml", "widgets/Cargo.toml", "style", "portal/bundles/src"] {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    Ok(())
}

/// One of the hand-written scripts beside the crate's own source, without its comments.
fn script(name: &str) -> Outcome<String> {
    let text = fs::read_to_string(Path::new("src").join(name))?;
    let code = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    Ok(code.collect::<Vec<_>>().join("\n"))
}

fn fill(template: &str, values: &[(&str, &str)]) -> Outcome<String> {
    let mut text = template.to_owned();
    for (name, value) in values {
        if !text.contains(name) {
            return Err(format!("the loader has no place for {name}").into());
        }
        text = text.replace(name, value);
    }
    Ok(text)
}

/// The files of a folder in the order of their names; none where the folder is absent.
fn list(folder: &Path) -> Outcome<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}
