use super::layout::{Mark, Page, pages};
use super::measure::{width, wrap};
use super::{Paper, PaperRow, bytes, pdf};
use saldo_domain::ids::DebtorId;
use saldo_domain::locale::Language;
use saldo_providers::channel::Letter;
use std::collections::HashMap;
use uuid::Uuid;

fn letter(body: &str) -> Paper {
    Paper::from(Letter {
        message_id: Uuid::nil().to_string(),
        debtor_id: DebtorId(Uuid::nil()),
        sender: "Ferretería Núñez y Hermanos, Avenida de los Insurgentes Sur 1234, Ciudad de México".to_owned(),
        recipient: vec![
            "Ana Peña Ordóñez".to_owned(),
            "Comercializadora del Pacífico, Sociedad Anónima de Capital Variable".to_owned(),
            "Calle 5 de Mayo 12, interior 3".to_owned(),
            "Colonia Centro".to_owned(),
            "06000 Ciudad de México".to_owned(),
            "MÉXICO".to_owned(),
        ],
        date: "3 de marzo de 2026".to_owned(),
        subject: "Su saldo de $1,234.50".to_owned(),
        body: body.to_owned(),
        link: Some(format!("https://pay.example.mx/l/{}", "x".repeat(420))),
        language: Language::Es,
    })
}

fn texts(page: &Page) -> Vec<(f32, f32, f32, String)> {
    let text = |mark: &Mark| match mark {
        Mark::Text { x, y, size, bold, text } => Some((*x, *y, width(text, *size, *bold), text.clone())),
        Mark::Block { .. } => None,
    };
    page.marks.iter().filter_map(text).collect()
}

#[test]
fn the_address_stands_inside_the_window() {
    let paper = letter("Hola");
    let page = pages(&paper, "Escanee").unwrap().remove(0);
    let all = texts(&page);
    for line in &paper.recipient {
        let (x, y, wide, _) = all.iter().find(|(.., text)| text == line).unwrap();
        assert!(*x >= 22.0 && x + wide <= 103.0, "{line}: {x} to {}", x + wide);
        assert!(*y >= 64.0 && *y <= 89.0, "{line}: {y}");
    }
    // Nothing else may be read through it but the sender's line.
    let window = all.iter().filter(|(x, y, ..)| *x < 105.0 && (45.0..=90.0).contains(y));
    let sender = wrap(&paper.sender, 6.5, false, 78.0).remove(0);
    let seen: Vec<&str> = window.map(|(.., text)| text.as_str()).collect();
    assert_eq!(seen.len(), 7, "{seen:?}");
    assert_eq!(seen[0], sender);
}

#[test]
fn a_long_letter_goes_on_and_nothing_runs_out_of_the_page() {
    let paper = letter(&"Le recordamos que su factura venció. Puede pagarla en línea cuando guste. ".repeat(120));
    let pages = pages(&paper, "Escanee").unwrap();
    assert!(pages.len() >= 3, "{}", pages.len());
    for (at, page) in pages.iter().enumerate() {
        for (x, y, wide, text) in texts(page) {
            assert!(x >= 20.0 && x + wide <= 191.0 && (20.0..=286.0).contains(&y), "page {at}: {text} at {x}, {y}");
        }
        let number = format!("{} / {}", at + 1, pages.len());
        assert!(texts(page).iter().any(|(.., text)| *text == number));
    }
    // The code keeps its place on the first page.
    let below = texts(&pages[0]).into_iter().filter(|(x, y, ..)| *x < 60.0 && *y > 226.0 && *y < 270.0);
    assert_eq!(below.count(), 0);
}

#[test]
fn a_word_wider_than_a_line_is_cut_and_nothing_is_lost() {
    let text = format!("uno {} dos", "x".repeat(300));
    let lines = wrap(&text, 10.5, false, 165.0);
    assert!(lines.iter().all(|line| width(line, 10.5, false) <= 165.0));
    assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
    assert_eq!(wrap("a\n\nb", 10.5, false, 165.0), ["a", "", "b"]);
}

#[test]
fn the_text_of_the_file_can_be_read_back_where_it_stands() {
    let mut paper = letter("Hola, Ana:\n\nSu saldo es de $1,234.50 — vence mañana. Ação, débito, 50 €.");
    paper.rows = vec![PaperRow { label: "Factura F-1".to_owned(), note: None, amount: "$1,234.50".to_owned() }];
    let file = bytes(&[paper.clone(), letter("Otra")], false).unwrap();
    let read = read_pdf(&file);
    let words: Vec<&str> = read.iter().map(|(.., text)| text.as_str()).collect();
    for expected in [
        "Ana Peña Ordóñez",
        "06000 Ciudad de México",
        "Su saldo de $1,234.50",
        "Su saldo es de $1,234.50 — vence mañana. Ação, débito, 50 €.",
        "Factura F-1",
        "$1,234.50",
        "Otra",
    ] {
        assert!(words.contains(&expected), "{expected} is missing in {words:?}");
    }
    // 45 to 90 mm from the top of an A4 page of 841.89 points, 20 to 105 mm from the left.
    let (x, y, _) = read.iter().find(|(.., text)| text == "Ana Peña Ordóñez").unwrap();
    assert!((56.7..=297.6).contains(x), "{x}");
    assert!((127.6..=255.1).contains(y), "{y} points from the top");
}

#[test]
fn the_file_is_small_and_nothing_makes_none() {
    let file = pdf(&[letter("Hola")]).unwrap();
    assert!(file.starts_with(b"%PDF-") && file.len() < 60_000, "{}", file.len());
    assert!(pdf(&[]).is_err());
    let too_long = Paper { link: Some("x".repeat(5_000)), ..letter("Hola") };
    assert!(pdf(&[too_long]).is_err());
}

/// Texts with their places, in points from the upper left corner: of an uncompressed file with the faces embedded.
fn read_pdf(file: &[u8]) -> Vec<(f32, f32, String)> {
    let file = String::from_utf8_lossy(file);
    let objects: Vec<&str> = file.split("endobj").collect();
    let of = |number: &str| objects.iter().find(|o| o.trim_start().starts_with(&format!("{number} 0 obj"))).unwrap();
    // `/f0 12 0 R` in the resources of a page, and the map of its codes.
    let mut maps: HashMap<String, HashMap<String, String>> = HashMap::new();
    for object in &objects {
        let Some(at) = object.find("/Font") else { continue };
        let words: Vec<&str> = object[at..].split(|c: char| c.is_whitespace() || "<>".contains(c)).collect();
        for part in words.windows(4).filter(|part| part[0].starts_with("/f") && part[3] == "R") {
            let font = of(part[1]);
            let Some(at) = font.find("/ToUnicode ") else { continue };
            let number = font[at + 11..].split_whitespace().next().unwrap();
            maps.insert(part[0].to_owned(), cmap(of(number)));
        }
    }
    let mut found = Vec::new();
    for object in objects.iter().filter(|object| object.contains("BT")) {
        let words: Vec<&str> = object.split_whitespace().collect();
        let (mut font, mut place, mut text) = ("", (0.0, 0.0), String::new());
        let number = |word: &str| word.parse::<f32>().unwrap_or(0.0);
        for (at, word) in words.iter().enumerate() {
            match *word {
                "Tf" => font = words[at - 2],
                "Tm" => place = (number(words[at - 2]), number(words[at - 1])),
                "ET" if !text.is_empty() => found.push((place.0, 841.89 - place.1, std::mem::take(&mut text))),
                "Tj" | "TJ" => {
                    let from = words[..at].iter().rposition(|word| matches!(*word, "Tm" | "Tf" | "Tj" | "TJ" | "BT"));
                    let codes = words[from.map_or(0, |from| from + 1)..at].concat();
                    text.push_str(&decoded(&codes, &maps[font]));
                }
                _ => {}
            }
        }
    }
    found
}

fn cmap(object: &str) -> HashMap<String, String> {
    let text = |hex: &str| {
        let units: Vec<u16> = hex
            .as_bytes()
            .chunks(4)
            .map(|four| u16::from_str_radix(std::str::from_utf8(four).unwrap(), 16).unwrap())
            .collect();
        String::from_utf16_lossy(&units)
    };
    let mut map = HashMap::new();
    for part in object.split("beginbfchar").skip(1) {
        let inside = part.split("endbfchar").next().unwrap();
        let codes: Vec<&str> = inside.split(['<', '>']).skip(1).step_by(2).collect();
        map.extend(codes.chunks(2).filter(|pair| pair.len() == 2).map(|pair| (pair[0].to_uppercase(), text(pair[1]))));
    }
    map
}

fn decoded(codes: &str, map: &HashMap<String, String>) -> String {
    let hex = codes.split(['<', '>']).skip(1).step_by(2).collect::<String>().to_uppercase();
    let code = |four: &[u8]| map.get(std::str::from_utf8(four).unwrap()).cloned().unwrap_or_default();
    hex.as_bytes().chunks(4).map(code).collect()
}
