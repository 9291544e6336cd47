/// Ends of names of hosts that people register. What is missing here is still found with its scheme, its `www.` or its path.
const ENDS: [&str; 58] = [
    "com", "net", "org", "info", "biz", "io", "co", "me", "app", "dev", "page", "site", "online", "shop", "store",
    "link", "click", "top", "xyz", "club", "vip", "live", "pay", "money", "bank", "ly", "gl", "gd", "to", "cc", "tv",
    "ai", "eu", "mx", "br", "ar", "cl", "pe", "uy", "py", "bo", "ec", "ve", "cr", "pa", "gt", "sv", "hn", "ni", "do",
    "us", "uk", "es", "pt", "de", "fr", "it", "ru",
];

/// Beginnings of what a mail program or a telephone makes a link of.
const MARKS: [&str; 8] = ["://", "www.", "href", "mailto:", "tel:", "javascript:", "data:", "wa.me"];

/// The first line, counted from one, in which a link, the name of a host or an address stands; none where there is none.
/// It finds what programs would turn into a link, not every trick of hiding one.
pub fn foreign_link(text: &str) -> Option<usize> {
    text.lines().position(|line| has_mark(&line.to_lowercase()) || line.split(is_gap).any(is_host)).map(|at| at + 1)
}

fn has_mark(line: &str) -> bool {
    MARKS.iter().any(|mark| line.contains(mark))
}

/// Between words; a dot, a dash or an `@` is within one.
fn is_gap(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '.' | '-' | '@' | '/' | '_' | ':'))
}

/// `bank.com`, `pay.bank.com.mx/x`, `me@bank.com`, `10.0.0.1`, `bank.example/pay`: two labels and a known end, an address,
/// or a path behind them. A sentence without its space (`vencida.Si`) is none.
fn is_host(word: &str) -> bool {
    let (host, path) = word.split_once('/').map_or((word, None), |(host, path)| (host, Some(path)));
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().trim_matches('.');
    let labels: Vec<&str> = host.split('.').collect();
    let [first @ .., end] = labels.as_slice() else { return false };
    if first.is_empty() || labels.iter().any(|label| label.is_empty()) {
        return false;
    }
    let numbers = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    let named = end.chars().all(|c| c.is_ascii_lowercase()) || end.chars().all(|c| c.is_ascii_uppercase());
    let known = named && ENDS.contains(&end.to_ascii_lowercase().as_str());
    let long = first.iter().any(|label| label.chars().count() >= 2);
    let letters = end.chars().count() >= 2 && end.chars().all(char::is_alphabetic);
    numbers || (long && known) || (long && letters && (path.is_some_and(|path| !path.is_empty()) || word.contains('@')))
}
