//! The files to embed, and the table that finds them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use brotli::enc::BrotliEncoderParams;
use sha2::{Digest, Sha256};

use crate::Outcome;

struct File {
    /// What the code calls it: `portal_wasm`, or the file's own name for those of `style/assets`.
    key: String,
    path: String,
    content_type: &'static str,
    immutable: bool,
    contents: Vec<u8>,
}

#[derive(Default)]
pub struct Files(Vec<File>);

impl Files {
    /// Adds a file that keeps its address when its contents change.
    pub fn add(&mut self, path: &str, key: &str, contents: Vec<u8>) -> Outcome<()> {
        self.push(path.to_owned(), key.to_owned(), false, contents)
    }

    /// Adds `/assets/{stem}.{hash}.{extension}`, and answers its last part.
    pub fn add_hashed(&mut self, stem: &str, extension: &str, contents: Vec<u8>) -> Outcome<String> {
        let key = format!("{}_{extension}", stem.replace('-', "_"));
        self.push_hashed(stem, extension, key, contents)
    }

    /// Adds a file of `style/assets`; the code and the style sheets call it by its own name.
    pub fn add_asset(&mut self, path: &Path) -> Outcome<()> {
        let part = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).unwrap_or_default().to_owned();
        let (stem, extension, key) = (part(path.file_stem()), part(path.extension()), part(path.file_name()));
        self.push_hashed(&stem, &extension, key, fs::read(path)?)?;
        Ok(())
    }

    /// The served name of a file of `style/assets`.
    pub fn asset_name(&self, key: &str) -> Option<String> {
        let file = self.0.iter().find(|file| file.key == key)?;
        file.path.rsplit('/').next().map(str::to_owned)
    }

    fn push_hashed(&mut self, stem: &str, extension: &str, key: String, contents: Vec<u8>) -> Outcome<String> {
        let digest = Sha256::digest(&contents);
        let hash: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{stem}.{hash}.{extension}");
        self.push(format!("/assets/{name}"), key, true, contents)?;
        Ok(name)
    }

    fn push(&mut self, path: String, key: String, immutable: bool, contents: Vec<u8>) -> Outcome<()> {
        let content_type = content_type(&path)?;
        self.0.push(File { key, path, content_type, immutable, contents });
        Ok(())
    }

    /// Writes the files and `assets.rs` into `OUT_DIR`.
    pub fn write(mut self) -> Outcome<()> {
        let out = PathBuf::from(env::var("OUT_DIR")?);
        let folder = out.join("files");
        if folder.is_dir() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        self.0.sort_by(|one, other| one.path.cmp(&other.path));
        let mut assets = String::from("static ASSETS: &[Asset] = &[\n");
        let mut names = String::from("static NAMES: &[(&str, &str)] = &[\n");
        for (index, file) in self.0.iter().enumerate() {
            let raw = folder.join(index.to_string());
            let compressed = folder.join(format!("{index}.br"));
            fs::write(&raw, &file.contents)?;
            fs::write(&compressed, brotli(&file.contents)?)?;
            let File { key, path, content_type, immutable, .. } = file;
            writeln!(
                assets,
                "Asset {{ path: {path:?}, content_type: {content_type:?}, raw: include_bytes!({raw:?}), \
                 brotli: include_bytes!({compressed:?}), immutable: {immutable} }},"
            )?;
            writeln!(names, "({key:?}, {path:?}),")?;
        }
        fs::write(out.join("assets.rs"), format!("{assets}];\n{names}];\n"))?;
        Ok(())
    }
}

fn content_type(path: &str) -> Outcome<&'static str> {
    Ok(match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("js") => "text/javascript; charset=utf-8",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        _ => return Err(format!("{path}: no content type is known for it").into()),
    })
}

fn brotli(contents: &[u8]) -> Outcome<Vec<u8>> {
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: contents.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*contents, &mut compressed, &params)?;
    Ok(compressed)
}
