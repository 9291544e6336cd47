//! Files as they come: encodings, separators, line numbers, limits.

use super::records::Records;
use super::{FileFault, FileLimits, ImportFile};
use saldo_domain::import::ImportRefusal;
use std::io::{BufReader, Write};

fn open_with(bytes: &[u8], limits: FileLimits) -> Result<ImportFile, ImportRefusal> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    ImportFile::open(file.path(), limits).map_err(|fault| match fault {
        FileFault::Refused(refusal) => refusal,
        FileFault::Io(error) => panic!("{error}"),
    })
}

fn open(bytes: &[u8]) -> Result<ImportFile, ImportRefusal> {
    open_with(bytes, FileLimits::default())
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff_u16).chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn encodings_and_separators_are_told_apart() {
    let header = ["Número", "Dueño", "Monto"];
    let table: [(&str, Vec<u8>, &str, char); 9] = [
        ("plain", "Número,Dueño,Monto\n1,Peña,2\n".into(), "utf-8", ','),
        ("with a mark", "\u{feff}Número;Dueño;Monto\r\n1;Peña;2,5\r\n".into(), "utf-8", ';'),
        ("tabs", "Número\tDueño\tMonto\n1\tPeña, Ana\t2\n".into(), "utf-8", '\t'),
        ("Windows", b"N\xfamero;Due\xf1o;Monto\r\n1;Pe\xf1a;\x80 2,5\r\n".to_vec(), "windows-1252", ';'),
        ("UTF-16", utf16("Número\tDueño\tMonto\n1\tPeña\t2\n", true), "utf-16le", '\t'),
        ("UTF-16, big end first", utf16("Número;Dueño;Monto\n1;Peña;2\n", false), "utf-16be", ';'),
        ("declared", "sep=;\r\nNúmero;Dueño;Monto\r\n1;Peña;2\r\n".into(), "utf-8", ';'),
        ("commas in numbers", "Número;Dueño;Monto\n1;a;2,50\n2;b;3,50\n".into(), "utf-8", ';'),
        ("quoted", "\"Número\",\"Dueño\",\"Monto\"\n1,\"a;b;c\",2\n".into(), "utf-8", ','),
    ];
    for (name, bytes, encoding, separator) in table {
        let file = open(&bytes).unwrap();
        assert_eq!((file.encoding().name(), file.separator()), (encoding, separator), "{name}");
        assert_eq!(file.header(), header, "{name}");
    }
}

#[test]
fn an_accent_far_down_decides_and_a_character_may_lie_across_two_reads() {
    for shift in 0..4 {
        let long = "x".repeat(64 * 1024 - shift);
        let utf8 = format!("a,b\n{long}\u{20ac}ñ,1\n");
        assert_eq!(open(utf8.as_bytes()).unwrap().encoding().name(), "utf-8");
        let windows = [b"a,b\n", long.as_bytes(), b"\x80\xf1,1\n"].concat();
        assert_eq!(open(&windows).unwrap().encoding().name(), "windows-1252");
    }
}

#[test]
fn files_that_cannot_be_read_are_refused_with_the_line() {
    let limits = FileLimits { file_bytes_max: 4_096, row_bytes_max: 64, columns_max: 4 };
    let large = vec![b'x'; 5_000];
    let wide = "a,b\n".to_owned() + &"y".repeat(80) + ",1\n";
    let table: [(&str, &[u8], ImportRefusal); 6] = [
        ("nothing", b"", ImportRefusal::Empty),
        ("too large", &large, ImportRefusal::TooLarge { bytes_max: 4_096 }),
        ("one column", b"a\nb\nc\n", ImportRefusal::SeparatorUnknown),
        ("one broken letter", "a,b\nñ,é\nó,\u{fa}\n".as_bytes(), ImportRefusal::Empty),
        ("long header", wide.as_bytes(), ImportRefusal::Empty),
        ("columns", b"a,b,c,d,e,f\n1,2,3,4,5,6\n", ImportRefusal::SeparatorUnknown),
    ];
    for (name, bytes, refusal) in &table[..3] {
        assert_eq!(open_with(bytes, limits).unwrap_err(), *refusal, "{name}");
    }
    let mut broken = "a,b\nñ,é\nó,x".as_bytes().to_vec();
    broken.push(0xfa);
    assert_eq!(open(&broken).unwrap_err(), ImportRefusal::EncodingMixed { line: 3 });
    assert_eq!(open_with(table[5].1, limits).unwrap_err(), table[5].2);
}

fn lines(text: &str, limits: &FileLimits) -> Result<Vec<(u64, Vec<String>)>, ImportRefusal> {
    // A buffer of three bytes cuts records, quotes and line ends everywhere.
    let mut records = Records::new(BufReader::with_capacity(3, text.as_bytes()), b',', limits);
    let mut found = Vec::new();
    loop {
        match records.next() {
            Ok(Some(record)) => found.push((record.line, record.cells.iter().map(|cell| (*cell).to_owned()).collect())),
            Ok(None) => return Ok(found),
            Err(FileFault::Refused(refusal)) => return Err(refusal),
            Err(FileFault::Io(error)) => panic!("{error}"),
        }
    }
}

#[test]
fn every_record_knows_the_line_on_which_it_begins() {
    let limits = FileLimits::default();
    let table = [
        ("a,b\n1,2\n3,4", vec![1, 2, 3]),
        ("a,b\r\n1,2\r\n3,4\r\n", vec![1, 2, 3]),
        ("a,b\r1,2\r3,4\r", vec![1, 2, 3]),
        ("a,b\n\n\n1,2\n\n3,4\n\n", vec![1, 4, 6]),
        ("\r\n\r\na,b\r\n\r\n1,2\r\n", vec![3, 5]),
        ("a,b\n\"x\ny\r\nz\",2\n3,4\n", vec![1, 2, 5]),
        ("a,\"b\n\"\n1,2\n", vec![1, 3]),
        ("", vec![]),
        ("\n\n", vec![]),
    ];
    for (text, expected) in table {
        let found: Vec<u64> = lines(text, &limits).unwrap().into_iter().map(|(line, _)| line).collect();
        assert_eq!(found, expected, "{text:?}");
    }
    let cells = lines("a,\"b \"\"q\"\"\",\"c\nd\",\n", &limits).unwrap();
    assert_eq!(cells[0].1, ["a", "b \"q\"", "c\nd", ""]);
}

#[test]
fn a_row_that_never_ends_is_refused_where_it_begins() {
    let limits = FileLimits { row_bytes_max: 32, columns_max: 3, ..FileLimits::default() };
    let endless = format!("a,b\n1,2\n\"{}", "x\n".repeat(40));
    let table = [
        (endless.as_str(), Err(ImportRefusal::RowTooLong { line: 3 })),
        ("a,b\n1,\"2\n3,4\n", Err(ImportRefusal::QuoteUnclosed { line: 2 })),
        ("a,b\n1,2,3,4,5\n", Err(ImportRefusal::TooManyColumns { line: 2 })),
        ("a,b\n1,5\" tube\n", Ok(2)),
    ];
    for (text, expected) in table {
        assert_eq!(lines(text, &limits).map(|found| found.len()), expected, "{text:?}");
    }
}
