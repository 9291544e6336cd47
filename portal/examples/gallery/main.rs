//! The designers’ tool: `cargo run -p saldo-portal --example gallery` writes every page with honest sample data to
//! `target/gallery`, with the style sheets of `style/`.
//! Under test it holds every page, in every language, to what all pages promise.

mod agreement;
#[cfg(test)]
mod charts;
mod consents;
mod console;
mod debtor;
mod lists;
mod sample;
mod terms;
#[cfg(test)]
mod tests;

use saldo_domain::locale::Language;
use saldo_portal::{Chrome, Screen, render};
use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/gallery");
    fs::create_dir_all(&folder)?;
    sample::brands(&folder)?;
    let mut links = String::new();
    for page in Gallery::all().pages.iter().filter(|page| page.language == page.own) {
        fs::write(folder.join(format!("{}.html", page.name)), &page.html)?;
        links.push_str(&format!("<li><a href=\"{0}.html\">{0}</a></li>", page.name));
    }
    fs::write(folder.join("index.html"), format!("<!DOCTYPE html><meta charset=utf-8><ul>{links}</ul>"))
}

struct Gallery {
    pages: Vec<Shown>,
}

struct Shown {
    name: String,
    language: Language,
    own: Language,
    html: String,
}

impl Gallery {
    fn all() -> Self {
        let mut gallery = Self { pages: Vec::new() };
        debtor::write(&mut gallery);
        agreement::write(&mut gallery);
        console::write(&mut gallery);
        terms::write(&mut gallery);
        gallery
    }

    fn add(&mut self, name: &str, screen: &impl Screen, chrome: &Chrome) {
        for language in Language::ALL {
            let mut chrome = chrome.clone();
            let own = chrome.locale.language;
            chrome.locale.language = language;
            self.pages.push(Shown { name: name.to_owned(), language, own, html: render(screen, &chrome) });
        }
    }
}
