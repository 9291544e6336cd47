//! Files are known by what they hold, and leave with names that are safe everywhere.

use crate::table::rows;
use crate::things::{answer, tries};
use proptest::prelude::*;
use saldo_domain::attachment::{BYTES_MAX, FileKind, check};

fn beginning(of: &str) -> Vec<u8> {
    match of {
        "pdf" => b"%PDF-1.7\n".to_vec(),
        "png" => b"\x89PNG\r\n\x1a\n\0\0".to_vec(),
        "jpeg" => b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(),
        "webp" => b"RIFF\0\0\0\0WEBPVP8 ".to_vec(),
        "heic" => b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(),
        "avi" => b"RIFF\0\0\0\0AVI LIST".to_vec(),
        "mp4" => b"\0\0\0\x18ftypisom\0\0\0\0".to_vec(),
        "gif" => b"GIF89a".to_vec(),
        "html" => b"<!doctype html><script>alert(1)</script>".to_vec(),
        "svg" => b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
        "zip" => b"PK\x03\x04".to_vec(),
        "late pdf" => b"<html>%PDF-1.7".to_vec(),
        "nothing" => Vec::new(),
        other => panic!("no file {other}"),
    }
}

#[test]
fn the_first_bytes_say_what_a_file_is() {
    let table = rows(
        "
        name                | holds    | kept as
        proof.pdf           | pdf      | proof.pdf application/pdf
        proof.exe           | pdf      | proof.pdf application/pdf
        foto.JPG            | jpeg     | foto.jpg image/jpeg
        foto.png            | png      | foto.png image/png
        foto                | webp     | foto.webp image/webp
        IMG_0001.HEIC       | heic     | IMG_0001.heic image/heic
        ../../etc/passwd    | pdf      | passwd.pdf application/pdf
        C:\\x\\recibo 1.pdf | pdf      | recibo_1.pdf application/pdf
        año.nuevo.pdf       | pdf      | a_o_nuevo.pdf application/pdf
        .pdf                | pdf      | file.pdf application/pdf
                            | pdf      | file.pdf application/pdf
        a\"; x=\"b.pdf      | pdf      | a_x_b.pdf application/pdf
        proof.pdf           | html     | file_type_refused
        proof.svg           | svg      | file_type_refused
        proof.png           | gif      | file_type_refused
        film.heic           | mp4      | file_type_refused
        sound.webp          | avi      | file_type_refused
        proof.zip           | zip      | file_type_refused
        proof.pdf           | late pdf | file_type_refused
        proof.pdf           | nothing  | file_type_refused
        ",
    );
    for row in table {
        let found = check(row.get("name"), &beginning(row.get("holds")));
        row.expect("kept as", answer(found, |file| format!("{} {}", file.name, file.kind.media_type())));
    }
}

#[test]
fn five_mebibytes_are_taken_and_not_one_byte_more() {
    let mut bytes = beginning("pdf");
    bytes.resize(BYTES_MAX, 0);
    assert_eq!(check("a.pdf", &bytes).map(|file| file.kind), Ok(FileKind::Pdf));
    bytes.push(0);
    assert_eq!(answer(check("a.pdf", &bytes), |file| file.name), "file_too_large");
}

proptest! {
    #![proptest_config(tries(1024))]

    #[test]
    fn any_name_becomes_one_that_headers_and_disks_take(name in any::<String>(), close in "[a-z./\\\\\r\n\";%]{0,200}") {
        for name in [name, close] {
            let file = check(&name, &beginning("pdf")).unwrap();
            prop_assert!(file.name.len() <= 90 && file.name.ends_with(".pdf"));
            prop_assert!(file.name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
            prop_assert_eq!(file.name.matches('.').count(), 1);
        }
    }
}
