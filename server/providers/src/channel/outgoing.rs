use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::DebtorId;
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;
use serde::{Deserialize, Serialize};

/// One message to one person, on the way that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outgoing {
    /// An e-mail.
    Mail(Mail),
    /// A text message.
    Text(TextMessage),
    /// A message on WhatsApp.
    Whatsapp(WhatsappMessage),
    /// A letter on paper.
    Letter(Letter),
    /// Somebody is to call.
    Call(CallTask),
    /// A banner of the widget.
    Banner(Banner),
}

impl Outgoing {
    /// The way that it takes.
    pub fn channel(&self) -> Channel {
        match self {
            Self::Mail(_) => Channel::Email,
            Self::Text(_) => Channel::Sms,
            Self::Whatsapp(_) => Channel::Whatsapp,
            Self::Letter(_) => Channel::Letter,
            Self::Call(_) => Channel::Call,
            Self::Banner(_) => Channel::Banner,
        }
    }

    /// What it says, as plain text.
    pub fn words(&self) -> &str {
        match self {
            Self::Mail(mail) => &mail.text,
            Self::Text(text) => &text.body,
            Self::Whatsapp(message) => &message.body,
            Self::Letter(letter) => &letter.body,
            Self::Call(call) => &call.script,
            Self::Banner(banner) => &banner.text,
        }
    }

    /// Our name of the message, the same on every try. A mail's is `word@host`; the others have an id.
    pub fn message_id(&self) -> &str {
        match self {
            Self::Mail(mail) => &mail.message_id,
            Self::Text(text) => &text.message_id,
            Self::Whatsapp(message) => &message.message_id,
            Self::Letter(letter) => &letter.message_id,
            Self::Call(call) => &call.message_id,
            Self::Banner(banner) => &banner.message_id,
        }
    }

    /// Whom it goes to, as an address of its channel; none where the debtor comes by itself.
    pub fn recipient(&self) -> Option<&str> {
        match self {
            Self::Mail(mail) => Some(&mail.to.email),
            Self::Text(text) => Some(&text.to),
            Self::Whatsapp(message) => Some(&message.to),
            Self::Letter(letter) => letter.recipient.last().map(String::as_str),
            Self::Call(call) => call.phone.as_deref(),
            Self::Banner(_) => None,
        }
    }
}

impl From<Mail> for Outgoing {
    fn from(mail: Mail) -> Self {
        Self::Mail(mail)
    }
}

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAddress {
    /// Shown instead of the address, where known.
    pub name: Option<String>,
    /// The address.
    pub email: String,
}

impl MailAddress {
    /// An address with a name.
    pub fn named(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { name: Some(name.into()), email: email.into() }
    }

    /// An address alone.
    pub fn bare(email: impl Into<String>) -> Self {
        Self { name: None, email: email.into() }
    }
}

/// One e-mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The name of the message in the world, `word@host` without brackets: the same on every try.
    pub message_id: String,
    /// The moment in its header.
    pub date: Timestamp,
    /// Who writes.
    pub from: MailAddress,
    /// Who reads the answer, where another.
    pub reply_to: Option<MailAddress>,
    /// Who receives it.
    pub to: MailAddress,
    /// The subject.
    pub subject: String,
    /// The message as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where one POST withdraws the channel: makes the headers of RFC 2369 and, over https, of RFC 8058.
    pub list_unsubscribe_url: Option<String>,
    /// Files that come with it.
    pub attachments: Vec<Attachment>,
}

/// A file that comes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called where it is saved.
    pub name: String,
    /// What it is: `application/pdf`.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// One text message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMessage {
    /// Our name of it.
    pub message_id: String,
    /// The number, as E.164: `+525512345678`.
    pub to: String,
    /// What it says; 1,600 characters at most.
    pub body: String,
}

/// One message on WhatsApp. Outside the 24 hours after the debtor's last message only an approved template may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatsappMessage {
    /// Our name of it.
    pub message_id: String,
    /// The number, as E.164.
    pub to: String,
    /// What it says as free text, inside the window; 4,096 characters at most.
    pub body: String,
    /// The approved template that says the same, for outside the window.
    pub template: Option<WhatsappTemplate>,
    /// When the debtor last wrote, where it did: the hand-over fills it in.
    pub last_reply_at: Option<Timestamp>,
}

/// A template that Meta has approved, with what fills its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatsappTemplate {
    /// Its name there.
    pub name: String,
    /// Its language there: `es_MX`.
    pub language_code: String,
    /// The texts of its body's places, in order.
    pub parameters: Vec<String>,
}

/// One letter. It waits until somebody prints and posts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Our name of it.
    pub message_id: String,
    /// Whose it is.
    pub debtor_id: DebtorId,
    /// The creditor, in the one line above the address and in the head.
    pub sender: String,
    /// The name and the lines of the address, as they stand in the window; six at most.
    pub recipient: Vec<String>,
    /// `3 de marzo de 2026`.
    pub date: String,
    /// What it is about.
    pub subject: String,
    /// Paragraphs with an empty line between them.
    pub body: String,
    /// Our own access link, printed as a code to scan.
    pub link: Option<String>,
    /// Its language.
    pub language: Language,
}

/// Somebody is to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallTask {
    /// Our name of it.
    pub message_id: String,
    /// Whom to call.
    pub debtor_id: DebtorId,
    /// The number, where one is known.
    pub phone: Option<String>,
    /// What the agent says.
    pub script: String,
}

/// A banner of the widget on the creditor's own site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    /// Our name of it.
    pub message_id: String,
    /// Who sees it.
    pub debtor_id: DebtorId,
    /// What it says; 200 characters at most.
    pub text: String,
    /// Its language.
    pub language: Language,
}
