//! The manual, the npm package and the code name the same things.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

type Names = BTreeSet<String>;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("widgets/ lies in the tree");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands in quotes after each `lead`.
fn quoted(text: &str, lead: &str) -> Names {
    let starts = text.match_indices(lead).map(|(at, _)| &text[at + lead.len()..]);
    starts.filter_map(|rest| rest.split_once('"')).map(|(name, _)| name.to_owned()).collect()
}

/// The table of one element in the manual: pairs of kind and names.
fn table(manual: &str, tag: &str) -> Vec<(String, Names)> {
    let (_, rest) = manual.split_once(&format!("### `<{tag}>`")).unwrap_or_else(|| panic!("the manual has no {tag}"));
    let rows = rest.split("###").next().unwrap_or_default().lines().filter(|line| line.starts_with("| "));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(" | ").collect();
        let names = cells[1].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        (cells[0].trim_start_matches("| ").to_owned(), names)
    };
    rows.skip(1).map(row).collect()
}

fn of(table: &[(String, Names)], kind: &str) -> Names {
    table.iter().filter(|(one, _)| one == kind).flat_map(|(_, names)| names.clone()).collect()
}

fn kinds() -> Vec<String> {
    let loader = read("portal/bundles/src/widget.js");
    let (_, list) = loader.split_once("for (const kind of [").expect("the loader names the elements");
    list.split_once(']').expect("it ends").0.split('"').skip(1).step_by(2).map(|kind| format!("saldo-{kind}")).collect()
}

#[test]
fn every_element_has_a_table_with_its_attributes_events_and_properties() {
    let (manual, loader, kit) =
        (read("widgets/README.md"), read("portal/bundles/src/widget.js"), read("portal/bundles/src/kit.js"));
    let mut attributes = quoted(&loader, "text(\"");
    attributes.extend(quoted(&kit, "getAttribute(\""));
    attributes.extend(["token".to_owned(), "theme".to_owned()]);
    let mut events: Names = quoted(&kit, "tell(\"").into_iter().map(|name| format!("saldo-{name}")).collect();
    events.extend(["saldo-paid".to_owned(), "saldo-plan-agreed".to_owned()]);
    let properties: Names = ["token", "refresh"].map(str::to_owned).into();
    for tag in kinds() {
        let table = table(&manual, &tag);
        let mut here = events.clone();
        if tag != "saldo-reminder" {
            here.remove("saldo-dismissed");
        }
        assert_eq!(of(&table, "attribute"), attributes, "{tag}");
        assert_eq!(of(&table, "event"), here, "{tag}");
        assert_eq!(of(&table, "property"), properties, "{tag}");
    }
}

#[test]
fn the_tables_name_every_part_and_every_custom_property() {
    let manual = read("widgets/README.md");
    let mut parts = Names::new();
    for file in ["choices", "dom", "plan", "reminder", "statement"] {
        let text = read(&format!("widgets/src/{file}.rs"));
        // However the code is broken into lines.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
        parts.extend(quoted(&text, "(\"part\", \""));
        for call in ["part", "line"] {
            for tag in ["div", "span", "p", "li", "strong", "s", "label", "details", "summary", "table"] {
                parts.extend(quoted(&text, &format!("{call}(\"{tag}\", \"")));
            }
        }
        parts.extend(quoted(&text, "button(\""));
        parts.extend(quoted(&text, "button(if is_other { \""));
    }
    let kit = read("portal/bundles/src/kit.js");
    for tag in ["button", "span", "p", "section", "div", "form"] {
        parts.extend(quoted(&kit, &format!("make(\"{tag}\", \"")));
    }
    let mut properties = Names::new();
    for file in ["widget-first-tokens.css", "widget-host-tokens.css", "widget-tokens.css"] {
        let text = read(&format!("style/{file}"));
        let ends = |c: char| c != '-' && !c.is_ascii_lowercase();
        properties.extend(text.split("var(").skip(1).filter_map(|rest| rest.split(ends).next()).map(str::to_owned));
    }
    properties.retain(|name| name.starts_with("--saldo-"));
    let (mut told_parts, mut told_properties) = (Names::new(), Names::new());
    for tag in kinds() {
        let table = table(&manual, &tag);
        told_parts.extend(of(&table, "parts"));
        told_properties.extend(of(&table, "custom properties"));
    }
    assert_eq!(told_parts, parts);
    assert_eq!(told_properties, properties);
}

#[test]
fn the_package_says_what_the_manual_says() {
    let (manual, elements) = (read("widgets/README.md"), read("widgets/npm/custom-elements.json"));
    let (index, types, react) =
        (read("widgets/npm/index.js"), read("widgets/npm/index.d.ts"), read("widgets/npm/react.js"));
    for tag in kinds() {
        let (_, entry) = elements.split_once(&format!("\"tagName\": \"{tag}\"")).expect("the element is listed");
        let entry = entry.split("\"tagName\"").next().unwrap_or_default();
        for (kind, names) in table(&manual, &tag) {
            for name in names {
                assert!(entry.contains(&format!("\"name\": \"{name}\"")), "{tag}: {kind} {name}");
            }
        }
        for (file, text) in [("index.js", &index), ("index.d.ts", &types), ("react.js", &react)] {
            assert!(text.contains(&format!("\"{tag}\"")), "{file}: {tag}");
        }
    }
    for event in of(&table(&manual, "saldo-reminder"), "event") {
        assert!(types.contains(&format!("\"{event}\"")) && react.contains(&format!("\"{event}\"")), "{event}");
    }
}
