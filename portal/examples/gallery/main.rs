//! The designers' tool: writes every page with honest sample data to `target/gallery`, with the style sheets of `style/`.

mod console;
mod debtor;
mod sample;

use saldo_portal::{Chrome, Screen, render};
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/gallery");
    fs::create_dir_all(&folder)?;
    let mut gallery = Gallery { folder, names: Vec::new() };
    sample::brands(&gallery.folder)?;
    debtor::write(&mut gallery)?;
    console::write(&mut gallery)?;
    gallery.index()
}

struct Gallery {
    folder: PathBuf,
    names: Vec<String>,
}

impl Gallery {
    fn add(&mut self, name: &str, screen: &impl Screen, chrome: &Chrome) -> std::io::Result<()> {
        self.names.push(name.to_owned());
        fs::write(self.folder.join(format!("{name}.html")), render(screen, chrome))
    }

    fn index(&self) -> std::io::Result<()> {
        let links: Vec<String> =
            self.names.iter().map(|name| format!("<li><a href=\"{name}.html\">{name}</a></li>")).collect();
        fs::write(
            self.folder.join("index.html"),
            format!("<!DOCTYPE html><meta charset=utf-8><ul>{}</ul>", links.concat()),
        )
    }
}
