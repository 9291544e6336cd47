//! Papers: their text is what was typed, and nothing in them acts.

use std::fs;
use std::path::Path;
use std::process::Command;

use saldo_app::paper::{self, Paper};
use saldo_domain::creditor::PaperSize;
use saldo_domain::ids::DebtorId;
use saldo_domain::locale::Language;
use saldo_providers::channel::Letter;
use saldo_tests::needs;
use tempfile::TempDir;
use uuid::Uuid;

use super::payloads::{PAYLOADS, aimed};
use super::prey::World;

/// What a tool of poppler says of a file; none where it is not installed.
fn poppler(tool: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let told = Command::new(tool).args(arguments).arg(file).args((tool == "pdftotext").then_some("-")).output();
    let Ok(told) = told else {
        needs::missing("poppler-utils");
        return None;
    };
    assert!(told.status.success(), "{tool}: {}", String::from_utf8_lossy(&told.stderr));
    Some(String::from_utf8_lossy(&told.stdout).into_owned())
}

/// Letters and digits alone: lines break where they must, and a soft hyphen is none of the writer's.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn check(bytes: &[u8], typed: &str, folder: &TempDir) -> Option<()> {
    let file = folder.path().join("paper.pdf");
    fs::write(&file, bytes).expect("the folder is writable");
    let text = poppler("pdftotext", &["-raw"], &file)?;
    assert!(bare(&text).contains(&bare(typed)), "{typed:?} does not stand on the paper: {text}");
    let script = poppler("pdfinfo", &["-js"], &file)?;
    assert!(script.trim().is_empty() || !script.contains("alert"), "P13: a paper holds a script: {script}");
    let links = poppler("pdfinfo", &["-url"], &file)?;
    assert_eq!(links.lines().skip(1).count(), 0, "P13: a paper leads elsewhere: {links}");
    let files = poppler("pdfdetach", &["-list"], &file)?;
    assert!(files.starts_with("0 "), "P13: a paper carries a file: {files}");
    let about = poppler("pdfinfo", &[], &file)?;
    assert!(about.contains("JavaScript:      no") && about.contains("Form:            none"), "P13: {about}");
    Some(())
}

fn letter(typed: &str) -> Letter {
    Letter {
        message_id: Uuid::nil().to_string(),
        debtor_id: DebtorId(Uuid::nil()),
        sender: typed.to_owned(),
        recipient: vec![typed.to_owned(), typed.to_owned()],
        date: "3 de marzo de 2026".to_owned(),
        subject: typed.to_owned(),
        body: format!("{typed}\n\n{typed}"),
        link: Some("https://pay.example.mx/l/x".to_owned()),
        language: Language::Es,
    }
}

#[test]
fn letters_hold_what_was_typed_as_text_and_nothing_that_acts() {
    let folder = TempDir::new().expect("a folder");
    for (_, payload) in PAYLOADS {
        let typed = aimed(payload, "127.0.0.1:9");
        let bytes = paper::pdf(&[Paper::of_letter(letter(&typed), PaperSize::A4)]).expect("a paper");
        if check(&bytes, &typed, &folder).is_none() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invoices_by_mail_hold_what_was_typed_as_text_under_a_name_that_is_safe() {
    let folder = TempDir::new().expect("a folder");
    let world = World::open(|_| true).await;
    let mut count = 0;
    for prey in &world.prey {
        let address = format!("d{}@example.com", prey.at);
        let to_it = world.mails.iter().filter(|mail| mail.to.email == address);
        let Some(file) = to_it.flat_map(|mail| &mail.attachments).next() else { continue };
        let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        assert!(file.name.chars().all(safe) && file.name.ends_with(".pdf"), "P13: a name of a file: {:?}", file.name);
        if check(&file.bytes, &prey.says.of("invoice.description"), &folder).is_none() {
            return;
        }
        count += 1;
    }
    assert_eq!(count, world.prey.len(), "each debtor gets an invoice");
}
