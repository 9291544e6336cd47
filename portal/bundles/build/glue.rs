//! wasm-bindgen's glue, made small.
//!
//! The `bundler` form is the glue without its own loading code: our loaders are shorter. What leptos links but no
//! page uses (the streams of server functions) is taken out before wasm-bindgen sees it, and the long names by which
//! the module and its glue know each other are shortened after.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walrus::{Module, ModuleConfig, RawCustomSection};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::Outcome;
use crate::link::UNUSED_CLASSES;

/// The name under which the loaders hand the glue to the module.
const GLUE_MODULE: &str = "g";

pub struct Bundle {
    pub glue: String,
    pub wasm: Vec<u8>,
}

pub fn generate(wasm: &Path) -> Outcome<Bundle> {
    let mut config = ModuleConfig::new();
    config.strict_validate(false).generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(&fs::read(wasm)?).map_err(|error| format!("{}: {error:#}", wasm.display()))?;
    drop_unused_classes(&mut module)?;
    let mut output = bindgen(module).map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    let brought = output.snippets().values().any(|scripts| !scripts.is_empty());
    if brought || !output.local_modules().is_empty() {
        return Err("a dependency brings JavaScript of its own, which the loaders do not serve".into());
    }
    let mut glue = output.start().ok_or("wasm-bindgen wrote no glue")?.clone();
    shorten(output.wasm_mut(), &mut glue)?;
    strip(output.wasm_mut(), &glue);
    let glue = glue.lines().map(str::trim).filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n");
    Ok(Bundle { glue, wasm: output.wasm_mut().emit_wasm() })
}

fn bindgen(module: Module) -> Result<Output, Box<dyn std::error::Error>> {
    let mut bindgen = Bindgen::new();
    bindgen.input_module("bundle", module);
    Ok(bindgen.bundler(true)?.generate_output()?)
}

fn is_comment(line: &str) -> bool {
    line.is_empty()
        || line.starts_with("//")
        || line.starts_with("/*")
        || line.starts_with("* ")
        || line == "*/"
        || line == "*"
}

/// Takes the descriptions of the unused classes out of the module, and their exports where the linker left them.
fn drop_unused_classes(module: &mut Module) -> Outcome<()> {
    let mut sections = Vec::new();
    while let Some(section) = module.customs.remove_raw("__wasm_bindgen_unstable") {
        sections.push(RawCustomSection { name: section.name, data: without_unused_programs(&section.data)? });
    }
    for section in sections {
        module.customs.add(section);
    }
    let unused = module.exports.iter().filter(|export| export.name.contains(UNUSED_CLASSES));
    for id in unused.map(|export| export.id()).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    Ok(())
}

/// The section is a run of pairs (schema version, description of what one macro call wrote), each part led by its
/// length in four little-endian bytes.
fn without_unused_programs(data: &[u8]) -> Outcome<Vec<u8>> {
    let mut kept = Vec::new();
    let mut rest = data;
    while !rest.is_empty() {
        let start = rest;
        take_part(&mut rest)?;
        let program = take_part(&mut rest)?;
        let mut words = program.windows(UNUSED_CLASSES.len());
        let is_unused = words.any(|bytes| bytes.eq_ignore_ascii_case(UNUSED_CLASSES.as_bytes()));
        if !is_unused {
            kept.extend_from_slice(&start[..start.len() - rest.len()]);
        }
    }
    Ok(kept)
}

fn take_part<'data>(rest: &mut &'data [u8]) -> Outcome<&'data [u8]> {
    let cut = "wasm-bindgen's section is cut short";
    let (length, body) = rest.split_first_chunk::<4>().ok_or(cut)?;
    let length = usize::try_from(u32::from_le_bytes(*length))?;
    let (part, after) = body.split_at_checked(length).ok_or(cut)?;
    *rest = after;
    Ok(part)
}

/// Gives every function that passes between the module and its glue a short name on both sides.
fn shorten(module: &mut Module, glue: &mut String) -> Outcome<()> {
    let mut names = BTreeMap::new();
    for import in module.imports.iter_mut() {
        import.name = short_name(&mut names, &import.name);
        GLUE_MODULE.clone_into(&mut import.module);
    }
    for export in module.exports.iter_mut().filter(|export| export.name.starts_with("wasm_bindgen__")) {
        export.name = short_name(&mut names, &export.name);
    }
    let (renamed, found) = rename(glue, &names);
    if found.len() != names.len() {
        return Err("the module and its glue do not name the same functions".into());
    }
    *glue = renamed;
    Ok(())
}

fn short_name(names: &mut BTreeMap<String, String>, name: &str) -> String {
    let next = format!("${}", names.len());
    names.entry(name.to_owned()).or_insert(next).clone()
}

/// Replaces whole identifiers, and answers which of them were there.
fn rename(glue: &str, names: &BTreeMap<String, String>) -> (String, BTreeSet<String>) {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '$';
    let mut renamed = String::with_capacity(glue.len());
    let mut found = BTreeSet::new();
    let mut rest = glue;
    while !rest.is_empty() {
        let word = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
        let (identifier, after) = rest.split_at(word);
        if let Some(short) = names.get(identifier) {
            found.insert(identifier.to_owned());
            renamed.push_str(short);
        } else {
            renamed.push_str(identifier);
        }
        let gap = after.find(is_part).unwrap_or(after.len());
        renamed.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    (renamed, found)
}

/// Takes away what only tools read, and exports that the glue does not use.
fn strip(module: &mut Module, glue: &str) {
    for section in ["target_features", "__wasm_split_unstable"] {
        module.customs.remove_raw(section);
    }
    let is_used = |name: &str| name == "__wbindgen_start" || glue.contains(&format!("wasm.{name}"));
    let unused = module.exports.iter().filter(|export| !is_used(&export.name));
    for id in unused.map(|export| export.id()).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    walrus::passes::gc::run(module);
}

/// The glue with a short answer in the place of its long description of values, which only panics show.
pub fn without_debug(glue: &str) -> Outcome<String> {
    let head = "function debugString(val) {";
    let (before, rest) = glue.split_once(head).ok_or("the glue describes no values any more: let it be")?;
    let end = rest.find("\n}\nfunction ").ok_or("the glue's description of values does not end")?;
    Ok(format!("{before}{head}return String(val)}}{}", &rest[end + 2..]))
}

/// Appends a custom section, which scripts read with `WebAssembly.Module.customSections`.
pub fn add_section(wasm: &mut Vec<u8>, name: &str, contents: &[u8]) {
    let mut section = leb(name.len());
    section.extend_from_slice(name.as_bytes());
    section.extend_from_slice(contents);
    wasm.push(0);
    wasm.extend_from_slice(&leb(section.len()));
    wasm.extend_from_slice(&section);
}

/// A length as WASM writes it: seven bits a byte, the lowest first.
fn leb(mut length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(length & 0x7f).expect("seven bits");
        length >>= 7;
        if length == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}
