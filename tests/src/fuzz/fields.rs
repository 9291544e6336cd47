use saldo_domain::attachment::{BYTES_MAX, check};
use saldo_domain::calendar::Zone;
use saldo_domain::consent::read_reply;
use saldo_domain::debtor::parse_email;
use saldo_domain::free_text;
use saldo_domain::locale::Language;
use saldo_domain::segment::parse_tags;

/// What stands in single fields: addresses, names of files, free text.
pub(super) fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(email) = parse_email(&text) {
        let breaks = |c: char| c.is_whitespace() || c.is_control() || "<>,;\"()\\:[]".contains(c);
        assert!(!email.chars().any(breaks), "{email:?}");
    }
    for line in [free_text::line("x", &text, 200), free_text::message("x", &text, 200)].into_iter().flatten() {
        let harmless = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
        assert!(!line.is_empty() && line.chars().count() <= 200 && line.chars().all(harmless), "{line:?}");
    }
    let (name, bytes) = data.split_at(data.iter().position(|byte| *byte == 0).unwrap_or(0));
    let bytes = bytes.get(1..).unwrap_or_default();
    if let Ok(file) = check(&String::from_utf8_lossy(name), bytes) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        assert!(file.name.chars().all(plain) && !file.name.starts_with('.') && file.name.len() <= 90, "{file:?}");
        assert!(file.name.ends_with(file.kind.extension()) && bytes.len() <= BYTES_MAX, "{file:?}");
    }
    drop((Zone::try_new(&text), Language::try_new(&text), read_reply(&text), parse_tags(text.split(','))));
}
