use super::layout::{Mark, Page, pages};
use super::measure::{width, wrap};
use super::{Paper, PaperRow, bytes, pdf};
use saldo_domain::creditor::PaperSize;
use saldo_domain::ids::DebtorId;
use saldo_domain::locale::Language;
use saldo_providers::channel::Letter;
use std::collections::HashMap;
use uuid::Uuid;

fn letter(body: &str) -> Paper {
    let letter = Letter {
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
    };
    Paper::of_letter(letter, PaperSize::A4)
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
fn on_letter_everything_keeps_inside_the_shorter_page_and_the_address_in_the_window() {
    let long = letter(&"Le recordamos que su factura venció. Puede pagarla en línea cuando guste. ".repeat(120));
    let paper = Paper { size: PaperSize::Letter, ..long };
    let pages = pages(&paper, "Escanee").unwrap();
    for (at, page) in pages.iter().enumerate() {
        for (x, y, wide, text) in texts(page) {
            assert!(x >= 20.0 && x + wide <= 191.0 && (20.0..=268.0).contains(&y), "page {at}: {text} at {x}, {y}");
        }
    }
    for line in &paper.recipient {
        let all = texts(&pages[0]);
        let (_, y, ..) = all.iter().find(|(.., text)| text == line).unwrap();
        assert!((52.0..=92.0).contains(y), "{line}: {y}");
    }
    let below = texts(&pages[0]).into_iter().filter(|(x, y, ..)| *x < 60.0 && *y > 209.0 && *y < 252.0);
    assert_eq!(below.count(), 0, "the code keeps its place");
    let file = bytes(&[paper], false).unwrap();
    assert!(String::from_utf8_lossy(&file).contains("/MediaBox[0 0 612 792]"), "8.5 by 11 inches");
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

/// Texts with their places, in points from the upper left corner: of an uncompressed file with the faces embedded. The
/// file turns the page upside down first (`1 0 0 -1 0 842 cm`), so that its places count from the top as ours do.
fn read_pdf(file: &[u8]) -> Vec<(f32, f32, String)> {
    let file = String::from_utf8_lossy(file);
    let objects: Vec<&str> = file.split("endobj").collect();
    let of = |number: &str| objects.iter().find(|object| object.trim_start().starts_with(&format!("{number} 0 obj")));
    // `/Font<</f0 4 0 R/f1 7 0 R>>` in the resources of a page, and the map of each face's codes.
    let mut maps: HashMap<String, HashMap<u16, String>> = HashMap::new();
    for object in &objects {
        let Some(faces) = object.split("/Font<<").nth(1).and_then(|rest| rest.split(">>").next()) else { continue };
        for face in faces.split('/').filter(|face| face.ends_with('R')) {
            let words: Vec<&str> = face.split(' ').collect();
            let map = of(words[1]).unwrap().split("/ToUnicode ").nth(1).unwrap();
            let number = map.split(' ').next().unwrap();
            maps.insert(words[0].to_owned(), cmap(of(number).unwrap()));
        }
    }
    let mut found = Vec::new();
    for shown in file.split("\nET").filter_map(|part| part.rsplit("BT ").next().filter(|_| part.contains("BT "))) {
        let (head, glyphs) = shown.split_once(" Tm[").unwrap();
        let words: Vec<&str> = head.split([' ', '/']).collect();
        let face = words[words.iter().position(|word| *word == "Tf").unwrap() - 2];
        let place = |behind: usize| words[words.len() - behind].parse::<f32>().unwrap();
        let map = &maps[face];
        let text: String = codes(glyphs).iter().map(|code| map.get(code).cloned().unwrap_or_default()).collect();
        found.push((place(2), place(1), text));
    }
    found
}

/// `<0001> <0041>` in the map of a face: a code, and its text in UTF-16.
fn cmap(object: &str) -> HashMap<u16, String> {
    let inside = object.split("beginbfchar").skip(1).filter_map(|part| part.split("endbfchar").next());
    let lines = inside.flat_map(str::lines).filter_map(|line| line.trim().split_once(' '));
    let number = |hex: &str| u16::from_str_radix(hex.trim_matches(['<', '>']), 16).unwrap();
    lines.map(|(code, unit)| (number(code), String::from_utf16_lossy(&[number(unit)]))).collect()
}

/// The codes in the strings of `[(\000\001\000A)6.3(\000\b)]TJ`, two bytes each.
fn codes(glyphs: &str) -> Vec<u16> {
    let mut bytes: Vec<u16> = Vec::new();
    let mut inside = false;
    let mut rest = glyphs.chars().peekable();
    while let Some(c) = rest.next() {
        match (inside, c) {
            (false, '(') => inside = true,
            (false, ']') => break,
            (false, _) => {}
            (true, ')') => inside = false,
            (true, '\\') => {
                let mut octal = String::new();
                while octal.len() < 3 && rest.peek().is_some_and(|c| c.is_digit(8)) {
                    octal.extend(rest.next());
                }
                bytes.push(match u16::from_str_radix(&octal, 8) {
                    Ok(byte) => byte,
                    Err(_) => match rest.next().unwrap() {
                        'n' => 10,
                        'r' => 13,
                        't' => 9,
                        'b' => 8,
                        'f' => 12,
                        other => other as u16,
                    },
                });
            }
            (true, other) => bytes.push(other as u16),
        }
    }
    bytes.chunks(2).map(|pair| pair[0] * 256 + pair[1]).collect()
}
