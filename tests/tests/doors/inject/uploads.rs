//! Files that people send: known by what they hold, held in no memory beyond their limit, and given back as files.

use saldo_app::flows::update_creditor;
use saldo_tests::product::Product;
use serde_json::json;

use crate::claims::{PDF, invoices, send_dispute};
use crate::support::{Answer, Api, Visitor, ana, on_both};
use crate::world::{self, fresh, text};

/// Files that are not what they are called, and names that are paths or headers.
fn tricks() -> Vec<(&'static str, Vec<u8>)> {
    let zip = b"PK\x03\x04\x14\0\x08\0\x08\0".to_vec();
    vec![
        ("page.pdf", b"<html><script>alert(1)</script>".to_vec()),
        ("picture.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("bomb.pdf", zip.clone()),
        ("sheet.xlsx", zip),
        ("archive.pdf", b"\x1f\x8b\x08\0".to_vec()),
        ("program.jpg", b"MZ\x90\0".to_vec()),
        ("script.png", b"#!/bin/sh\n".to_vec()),
        ("empty.pdf", Vec::new()),
        ("late.pdf", b" %PDF-1.7".to_vec()),
    ]
}

const NAMES: [(&str, &str); 12] = [
    ("../../etc/passwd", "passwd.pdf"),
    ("..\\..\\windows\\system32\\evil.exe", "evil.pdf"),
    ("/etc/cron.d/x", "x.pdf"),
    ("a\"; filename=\"evil.html", "a_filename_evil.pdf"),
    ("a\r\nSet-Cookie: x=1.pdf", "a_Set-Cookie_x_1.pdf"),
    ("\u{202e}fdp.exe", "fdp.pdf"),
    ("con.pdf.exe", "con_pdf.pdf"),
    (".htaccess", "file.pdf"),
    ("....", "file.pdf"),
    ("%2e%2e%2fevil.pdf", "2e_2e_2fevil.pdf"),
    ("proof.html", "proof.pdf"),
    ("null\0byte.pdf", "null_byte.pdf"),
];

async fn disputable(product: &Product, api: &Api, debtor: &str, reference: &str) -> String {
    let number = fresh();
    let issue = json!({"debtor_reference": reference, "number": number, "issued_on": "2026-02-01",
        "due_on": "2026-05-01", "amount": {"minor": 100, "currency": "MXN"}});
    api.post("/v1/invoices", &issue).await.expect(200);
    product.work().await;
    let all = invoices(api, debtor).await;
    text(&all.iter().find(|row| row["number"] == number.as_str()).expect("it was issued")["id"])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_taken_by_what_it_holds_and_given_back_under_a_safe_name() {
    on_both(async |product| {
        let business = product.business().await;
        let (api, debtor) = (Api::new(&product, &business.key), business.ana.id.to_string());
        let visitor = ana(&product, &business).await;
        let finance = world::console(&product, &business.creditor).await;
        let invoice = disputable(&product, &api, &debtor, "ANA").await;
        for (name, bytes) in tricks() {
            let said = send_dispute(&visitor, &invoice, "No es mía.", Some((name, bytes))).await.expect(422);
            assert!(said.body.contains("id=\"problem\""), "{name}");
        }
        let large = [PDF, &vec![b'x'; 5 * 1024 * 1024]].concat();
        let said = send_dispute(&visitor, &invoice, "No es mía.", Some(("large.pdf", large))).await.expect(422);
        assert!(said.body.contains("id=\"problem\""), "too large");
        for (typed, kept) in NAMES {
            let invoice = disputable(&product, &api, &debtor, "ANA").await;
            let sent = send_dispute(&visitor, &invoice, "No es mía.", Some((typed, PDF.to_vec()))).await;
            if typed.contains(char::is_control) && sent.status == 400 {
                // It broke the form that carries it.
                continue;
            }
            assert_eq!(sent.status, 303, "{typed:?}: {}", sent.body);
            let listed = api.get(&format!("/v1/disputes?debtor_id={debtor}")).await.expect(200).json();
            let dispute =
                listed["items"].as_array().expect("disputes").iter().find(|row| row["invoice_id"] == invoice.as_str());
            let shown = api
                .get(&format!("/v1/disputes/{}", text(&dispute.expect("it is there")["id"])))
                .await
                .expect(200)
                .json();
            let file = &shown["attachments"][0];
            assert_eq!(file["name"], kept, "{typed:?}");
            for (who, path) in [(&visitor, "/attachments"), (&finance, "/console/attachments")] {
                let answer = who.get(&format!("{path}/{}", text(&file["id"]))).await.expect(200);
                assert_download(&answer, kept);
            }
        }
    })
    .await;
}

fn assert_download(answer: &Answer, name: &str) {
    assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{name}\""));
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.header("content-security-policy").contains("sandbox"));
    assert_eq!(answer.header("set-cookie"), "");
}

/// An import of the console, as a browser sends it.
async fn upload(finance: &Visitor, name: &str, bytes: Vec<u8>) -> Answer {
    let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
    let form = reqwest::multipart::Form::new().part("file", part);
    let sent = finance.client.post(format!("{}/console/imports", finance.url)).multipart(form).send().await;
    Answer::of(sent.expect("an answer")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_to_import_is_text_of_a_bounded_size_whatever_its_name() {
    on_both(async |product| {
        let business = product.business().await;
        let finance = world::console(&product, &business.creditor).await;
        let api = Api::new(&product, &business.key);
        let head = "debtor,number,issued,due,amount\n";
        let bombs: [(&str, Vec<u8>); 8] = [
            ("workbook.xlsx", b"PK\x03\x04\x14\0\x08\0\x08\0binary\0\0".to_vec()),
            ("packed.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0\0".to_vec()),
            ("nothing.csv", Vec::new()),
            ("one line.csv", vec![b'a'; 2_000_000]),
            ("columns.csv", ",".repeat(100_000).into_bytes()),
            ("quote.csv", format!("{head}\"{}", "a\n".repeat(200_000)).into_bytes()),
            ("cell.csv", format!("{head}A,{},2026-03-01,2026-05-01,1\n", "9".repeat(300_000)).into_bytes()),
            ("nulls.csv", vec![0; 100_000]),
        ];
        for (name, bytes) in bombs {
            let sent = upload(&finance, name, bytes.clone()).await;
            assert!(matches!(sent.status, 303 | 400 | 422), "{name}: {} {}", sent.status, sent.body);
            let over = api.csv("/v1/imports", bytes).await;
            assert!(matches!(over.status, 200 | 400 | 422), "{name} over the API: {} {}", over.status, over.body);
            assert!(over.status != 200 || over.json()["fault_count"] != 0, "{name} is booked: {}", over.body);
        }
        for (name, _) in NAMES {
            let sent = upload(&finance, name, format!("{head}UP,UP-1,2026-03-01,2026-05-01,1.00\n").into_bytes()).await;
            if name.contains(char::is_control) && sent.status != 303 {
                assert!(matches!(sent.status, 400 | 422), "{name:?}: {}", sent.status);
                continue;
            }
            let sent = sent.expect(303);
            let place = sent.header("location");
            assert!(place.starts_with("/console/imports/") && !place.contains(".."), "{place}");
            let page = finance.get(place).await.expect(200).body;
            assert!(!page.contains('\0') && !page.contains("\r\nSet-Cookie"), "{name:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_is_a_picture_and_no_drawing_that_runs() {
    on_both(async |product| {
        let creditor = product.creditor("Papelería Sol").await.id;
        for (name, bytes) in tricks() {
            assert!(update_creditor::set_logo(&product.app, creditor, &bytes).await.is_err(), "{name}");
        }
        let large = [b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; 70_000]].concat();
        assert!(update_creditor::set_logo(&product.app, creditor, &large).await.is_err(), "too large");
        let png = [b"\x89PNG\r\n\x1a\n".to_vec(), b"<script>alert(1)</script>".to_vec()].concat();
        update_creditor::set_logo(&product.app, creditor, &png).await.expect("by its first bytes a picture");
        let answer = product.client().get(format!("{}/brand/{creditor}.logo", product.url)).send().await;
        let answer = answer.expect("an answer");
        let header =
            |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
        assert_eq!(
            (header("content-type").as_str(), header("x-content-type-options").as_str()),
            ("image/png", "nosniff")
        );
        assert!(header("content-security-policy").contains("default-src 'none'"));
        for path in
            ["/brand/../Cargo.toml", "/brand/..%2f..%2fCargo.toml", "/assets/..%2f..%2fetc%2fpasswd", "/assets/.env"]
        {
            let answer = product.client().get(format!("{}{path}", product.url)).send().await.expect("an answer");
            assert!(answer.status().is_client_error(), "{path}: {}", answer.status());
        }
    })
    .await;
}
