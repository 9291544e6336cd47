/// One paragraph of a mail's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Whether it is the link alone: the button stands here.
    pub button: bool,
    /// Its words, in pieces.
    pub parts: Vec<Part>,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its words.
    pub text: String,
    /// Whether it is the link.
    pub link: bool,
}

/// The body of a mail as paragraphs. Only our own link is one: nothing else that stands in the words becomes active.
pub fn paragraphs(body: &str, link: &str) -> Vec<Paragraph> {
    let paragraph = |text: &str| {
        let mut parts = Vec::new();
        let may_hold = !link.is_empty() && text.len() >= link.len();
        let mut words = if may_hold { text.split(link).collect() } else { vec![text] };
        let last = words.pop().unwrap_or_default();
        for text in words {
            parts.push(Part { text: text.to_owned(), link: false });
            parts.push(Part { text: link.to_owned(), link: true });
        }
        parts.push(Part { text: last.to_owned(), link: false });
        parts.retain(|part| !part.text.is_empty());
        Paragraph { button: text == link, parts }
    };
    body.split("\n\n").filter(|text| !text.trim().is_empty()).map(paragraph).collect()
}
