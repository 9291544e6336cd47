//! Reports that come as mails: of the delivery (RFC 3464, `multipart/report; report-type=delivery-status`) and of a
//! complaint (RFC 5965, `report-type=feedback-report`).

use super::{bare, progress};
use crate::channel::event::{MessageEvent, MessageStep};
use crate::channel::http::short;

/// Parts inside parts are followed this far.
const DEPTH_MAX: u32 = 4;

/// What a report says of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailReport {
    /// The `Message-ID` of the mail that it is about, without brackets.
    pub message_id: String,
    /// How far that mail came.
    pub step: MessageStep,
    /// The other server's words.
    pub detail: Option<String>,
}

impl MailReport {
    /// As an event.
    pub fn events(&self) -> Vec<MessageEvent> {
        vec![progress(&self.message_id, self.step, self.detail.clone())]
    }
}

/// Reads a mail. None where it is no report, names no mail, or says that it is still being tried.
pub fn parse_report(mail: &[u8]) -> Option<MailReport> {
    let text = String::from_utf8_lossy(mail).replace("\r\n", "\n");
    let mut found = Found::default();
    walk(&text, 0, &mut found);
    let message_id = bare(&found.message_id?).to_owned();
    if message_id.is_empty() || message_id.len() > 500 {
        return None;
    }
    let step = if found.is_abuse { MessageStep::Complained } else { found.step? };
    Some(MailReport { message_id, step, detail: found.detail })
}

#[derive(Default)]
struct Found {
    message_id: Option<String>,
    step: Option<MessageStep>,
    is_abuse: bool,
    detail: Option<String>,
}

fn walk(part: &str, depth: u32, found: &mut Found) {
    let (head, body) = split(part);
    let kind = header(head, "content-type").unwrap_or_else(|| "text/plain".to_owned());
    let lower = kind.to_ascii_lowercase();
    let media_type = lower.split(';').next().unwrap_or_default().trim().to_owned();
    match media_type.as_str() {
        "message/delivery-status" | "message/global-delivery-status" => read_status(body, found),
        "message/feedback-report" => found.is_abuse |= reads_as_abuse(body),
        // The returned mail, whole or its head: this is how it is known.
        "message/rfc822"
        | "message/rfc822-headers"
        | "text/rfc822-headers"
        | "message/global"
        | "message/global-headers" => {
            let (head, _) = split(body.trim_start_matches('\n'));
            found.message_id = found.message_id.take().or_else(|| header(head, "message-id"));
        }
        _ if media_type.starts_with("multipart/") && depth < DEPTH_MAX => {
            if let Some(boundary) = parameter(&kind, "boundary") {
                for part in parts(body, &boundary) {
                    walk(part, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

/// The fields of the message stand first, then those of each recipient: mails of ours have one.
fn read_status(body: &str, found: &mut Found) {
    for group in body.split("\n\n") {
        let Some(action) = header(group, "action") else { continue };
        let status = header(group, "status").unwrap_or_default();
        let words = header(group, "diagnostic-code").unwrap_or_default();
        let words = words.split_once(';').map_or(words.as_str(), |(_, words)| words.trim());
        found.step = match action.to_ascii_lowercase().as_str() {
            "failed" => Some(failed(&status)),
            "delivered" | "relayed" | "expanded" => Some(MessageStep::Delivered),
            _ => found.step,
        };
        found.detail = Some(short(format!("{status} {words}").trim())).filter(|text| !text.is_empty());
    }
}

/// By the enhanced status code (RFC 3463): 5.1 is about the address, 5.2.1 a mailbox that is switched off, 5.7.1 and 5.0.0
/// are refusals for good in the mouth of many servers. A full mailbox (x.2.2) or a network that was never reached says
/// nothing of the address.
fn failed(status: &str) -> MessageStep {
    let mut codes = status.split('.');
    match (codes.next(), codes.next(), codes.next()) {
        (Some("5"), Some("2"), Some("2")) => MessageStep::Failed,
        (Some("5"), Some("0" | "1" | "2"), _) => MessageStep::Bounced,
        _ => MessageStep::Failed,
    }
}

fn reads_as_abuse(body: &str) -> bool {
    let kind = header(body, "feedback-type").unwrap_or_default();
    matches!(kind.to_ascii_lowercase().as_str(), "abuse" | "opt-out" | "opt-out-list")
}

/// Head and body of a part; one that begins with an empty line has no head.
fn split(part: &str) -> (&str, &str) {
    match part.strip_prefix('\n') {
        Some(body) => ("", body),
        None => part.split_once("\n\n").unwrap_or((part, "")),
    }
}

/// A header's value with its folded lines joined.
fn header(head: &str, name: &str) -> Option<String> {
    let mut value: Option<String> = None;
    for line in head.lines() {
        match &mut value {
            Some(text) if line.starts_with([' ', '\t']) => {
                text.push(' ');
                text.push_str(line.trim());
            }
            Some(_) => break,
            None => {
                let (key, rest) = line.split_once(':').unwrap_or_default();
                if key.trim().eq_ignore_ascii_case(name) {
                    value = Some(rest.trim().to_owned());
                }
            }
        }
    }
    value
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, text) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| text.trim().trim_matches('"').to_owned())
    })
}

/// What stands between the boundary's lines; each part begins with its head.
fn parts<'a>(body: &'a str, boundary: &str) -> Vec<&'a str> {
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut rest = body;
    let mut begun = false;
    while let Some(at) = find_line(rest, &mark) {
        if begun {
            parts.push(rest[..at].trim_end_matches('\n'));
        }
        let after = &rest[at + mark.len()..];
        if after.starts_with("--") {
            return parts;
        }
        begun = true;
        rest = after.split_once('\n').map_or("", |(_, rest)| rest);
    }
    if begun && !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Where a line begins with the mark.
fn find_line(text: &str, mark: &str) -> Option<usize> {
    if text.starts_with(mark) {
        return Some(0);
    }
    text.find(&format!("\n{mark}")).map(|at| at + 1)
}

#[cfg(test)]
mod tests;
