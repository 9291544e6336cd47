//! Words as they compare: without case, accents or punctuation.

/// A letter without its accent, lower case; other characters as they are.
pub fn plain(c: char) -> char {
    match c.to_lowercase().next().unwrap_or(c) {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

/// The words of a text in plain letters. A change from small to capital letter begins a word (`dueDate`, `CustomerID`).
pub fn words(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for (place, c) in chars.iter().enumerate() {
        // An accent that stands alone belongs to the letter before it; º and ª close an abbreviation.
        if matches!(c, '\u{300}'..='\u{36f}') {
            continue;
        }
        if *c == '#' {
            words.push("number".to_owned());
        }
        if !c.is_alphanumeric() || matches!(c, 'º' | 'ª') {
            open = false;
            continue;
        }
        let previous = place.checked_sub(1).map(|before| chars[before]);
        let next_is_small = chars.get(place + 1).is_some_and(|next| next.is_lowercase());
        let begins = c.is_uppercase()
            && previous.is_some_and(|previous| previous.is_lowercase() || (previous.is_uppercase() && next_is_small));
        match words.last_mut() {
            Some(word) if open && !begins => word.push(plain(*c)),
            _ => words.push(plain(*c).to_string()),
        }
        open = true;
    }
    words
}

/// The words of a text with single spaces between them.
pub fn phrase(text: &str) -> String {
    words(text).join(" ")
}
