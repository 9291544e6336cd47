//! One style sheet from many.

use std::fs;
use std::path::Path;

use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::printer::PrinterOptions;
use lightningcss::rules::CssRule;
use lightningcss::rules::import::ImportRule;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};
use lightningcss::traits::ToCss;

use crate::Outcome;

/// Cheap phones, and the browsers inside their message apps.
const BROWSERS: Browsers = Browsers {
    android: version(90, 0),
    chrome: version(90, 0),
    edge: version(90, 0),
    firefox: version(90, 0),
    ie: None,
    ios_saf: version(14, 0),
    opera: None,
    safari: version(14, 0),
    samsung: version(15, 0),
};

const fn version(major: u32, minor: u32) -> Option<u32> {
    Some((major << 16) | (minor << 8))
}

/// The sheet at `entry` with everything that it imports in the place of the `@import`.
pub fn bundle(entry: &Path) -> Outcome<String> {
    let code = fs::read_to_string(entry).map_err(|error| format!("{}: {error}", entry.display()))?;
    let options = ParserOptions { filename: entry.display().to_string(), ..ParserOptions::default() };
    let sheet = StyleSheet::parse(&code, options).map_err(|error| error.to_string())?;
    let mut text = String::new();
    for rule in &sheet.rules.0 {
        match rule {
            CssRule::Import(import) => text.push_str(&imported(entry, import)?),
            other => text.push_str(&other.to_css_string(PrinterOptions::default())?),
        }
        text.push('\n');
    }
    Ok(text)
}

fn imported(from: &Path, import: &ImportRule<'_>) -> Outcome<String> {
    if import.layer.is_some() || import.supports.is_some() || !import.media.media_queries.is_empty() {
        return Err(format!("{}: @import \"{}\" may not carry a condition", from.display(), import.url).into());
    }
    bundle(&from.with_file_name("").join(import.url.as_ref()))
}

/// The sheet for the browsers that we serve, without white space. `asset` answers the served name of a file that a
/// `url()` names.
pub fn minify(css: &str, asset: impl Fn(&str) -> Option<String>) -> Outcome<String> {
    let targets = Targets::from(BROWSERS);
    let mut sheet = StyleSheet::parse(css, ParserOptions::default()).map_err(|error| error.to_string())?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() })?;
    let printed = sheet.to_css(PrinterOptions {
        minify: true,
        targets,
        analyze_dependencies: Some(DependencyOptions { remove_imports: false }),
        ..PrinterOptions::default()
    })?;
    let mut code = printed.code;
    for dependency in printed.dependencies.unwrap_or_default() {
        let Dependency::Url(url) = dependency else { continue };
        code = code.replace(&url.placeholder, &served(&url.url, &asset)?);
    }
    Ok(code)
}

fn served(url: &str, asset: impl Fn(&str) -> Option<String>) -> Outcome<String> {
    if url.starts_with("data:") || url.starts_with('#') {
        return Ok(url.to_owned());
    }
    let name = url.rsplit('/').next().unwrap_or(url);
    Ok(asset(name).ok_or_else(|| format!("url({url}) names no file of style/assets that this sheet may use"))?)
}
