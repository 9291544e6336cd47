//! A [`Mail`] as the bytes that go over the wire. The same mail makes the same bytes.

use super::{Attachment, ChannelFault, Mail, MailAddress};
use encodify::qp;
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as FilePart, Body, Mailbox, Message, MultiPart, SinglePart};
use std::time::SystemTime;

/// What most mail servers take, before base64 makes it a third larger.
const ATTACHED_BYTES_MAX: usize = 10 * 1024 * 1024;

/// A message ready to be sent.
pub(super) struct Composed {
    pub envelope: Envelope,
    pub bytes: Vec<u8>,
}

/// # Errors
/// `Permanent` for an address that is none, or a control character where a header would break.
pub(super) fn compose(mail: &Mail) -> Result<Composed, ChannelFault> {
    let (from, to) = (mailbox(&mail.from)?, mailbox(&mail.to)?);
    for header in [&mail.subject, &mail.message_id] {
        refuse_control(header)?;
    }
    let id = &mail.message_id;
    if !id.is_ascii() || !id.contains('@') || id.contains(['<', '>', ' ']) {
        return Err(ChannelFault::permanent("the message id is not of the form word@host"));
    }
    let envelope = Envelope::new(Some(from.email.clone()), vec![to.email.clone()])
        .map_err(|_| ChannelFault::permanent("no recipient"))?;
    let mut builder = Message::builder()
        .message_id(Some(format!("<{id}>")))
        .date(SystemTime::from(mail.date))
        .from(from)
        .to(to)
        .subject(mail.subject.clone())
        .envelope(envelope.clone())
        .raw_header(raw("Auto-Submitted", "auto-generated"));
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.reply_to(mailbox(reply_to)?);
    }
    if let Some(url) = &mail.list_unsubscribe_url {
        refuse_control(url)?;
        if !url.is_ascii() || url.contains(['<', '>', ' ', ',']) {
            return Err(ChannelFault::permanent("the unsubscribe address is not a URL"));
        }
        builder = builder.raw_header(raw("List-Unsubscribe", &format!("<{url}>")));
        if url.starts_with("https://") || is_loopback(url) {
            builder = builder.raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
    }
    let message = builder.multipart(body(mail)?).map_err(|error| ChannelFault::permanent(error.to_string()))?;
    Ok(Composed { envelope, bytes: message.formatted() })
}

fn body(mail: &Mail) -> Result<MultiPart, ChannelFault> {
    let both = MultiPart::alternative()
        .boundary(boundary(&mail.message_id, "saldo"))
        .singlepart(words(ContentType::TEXT_PLAIN, &mail.text))
        .singlepart(words(ContentType::TEXT_HTML, &mail.html));
    if mail.attachments.is_empty() {
        return Ok(both);
    }
    if mail.attachments.iter().map(|file| file.bytes.len()).sum::<usize>() > ATTACHED_BYTES_MAX {
        return Err(ChannelFault::permanent("the files are too large for a mail"));
    }
    let mut whole = MultiPart::mixed().boundary(boundary(&mail.message_id, "files")).multipart(both);
    for file in &mail.attachments {
        whole = whole.singlepart(attached(file)?);
    }
    Ok(whole)
}

/// A text in lines that every mail server takes, whatever it holds.
fn words(kind: ContentType, text: &str) -> SinglePart {
    let encoded = qp::BODY.encode(text).into_bytes();
    let body = Body::dangerous_pre_encoded(encoded, ContentTransferEncoding::QuotedPrintable);
    SinglePart::builder().header(kind).body(body)
}

fn attached(file: &Attachment) -> Result<SinglePart, ChannelFault> {
    refuse_control(&file.name)?;
    let kind = ContentType::parse(&file.media_type).map_err(|_| ChannelFault::permanent("not a media type"))?;
    let bytes = Body::new_with_encoding(file.bytes.clone(), ContentTransferEncoding::Base64);
    let bytes = bytes.map_err(|_| ChannelFault::permanent("a file cannot be encoded"))?;
    Ok(FilePart::new(file.name.clone()).body(bytes, kind))
}

fn mailbox(address: &MailAddress) -> Result<Mailbox, ChannelFault> {
    let email: Address = address.email.parse().map_err(|_| ChannelFault::permanent("not an e-mail address"))?;
    if let Some(name) = &address.name {
        refuse_control(name)?;
    }
    Ok(Mailbox::new(address.name.clone(), email))
}

/// A line break in a header would begin another header.
fn refuse_control(text: &str) -> Result<(), ChannelFault> {
    if text.chars().any(char::is_control) {
        return Err(ChannelFault::permanent("a control character in a header"));
    }
    Ok(())
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// RFC 8058 asks for https; the demo has none, on this machine only.
fn is_loopback(url: &str) -> bool {
    ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|start| url.starts_with(start))
}

/// The mark between the parts: from the message's id, which no text of ours contains in this form.
fn boundary(message_id: &str, level: &str) -> String {
    let word: String = message_id.chars().filter(char::is_ascii_alphanumeric).take(48).collect();
    format!("=_{level}_{word}")
}
