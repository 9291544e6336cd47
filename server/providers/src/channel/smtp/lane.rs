//! Mails on one connection. Where the server takes commands in groups (RFC 2920), sender, recipient and DATA of a mail
//! travel together, and behind the text of the mail before: one write and one wait for each mail.

use super::super::compose::Composed;
use super::connect::{Connection, Dialer, dial_fault};
use super::{ChannelFault, HandedOver, receipt};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::commands::{Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use memchr::memmem;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::future::Future;

/// A mail that waits to leave.
pub(super) struct Waiting<'a> {
    pub message_id: &'a str,
    pub composed: Composed,
}

/// One connection, and what to replace it with.
pub(super) struct Lane<'a> {
    dialer: &'a Dialer,
    connection: Option<Connection>,
    /// Whether the connection was kept from before: the server may have closed it meanwhile.
    kept: bool,
    /// Why no connection can be had: not asked again for each mail.
    down: Option<ChannelFault>,
}

/// How far the envelope of a mail came.
enum Envelope {
    /// The server waits for the text.
    Open,
    /// It refused this mail; the connection goes on.
    Refused(ChannelFault),
    /// The connection is gone.
    Broken(ChannelFault),
}

impl<'a> Lane<'a> {
    pub(super) fn new(dialer: &'a Dialer, connection: Option<Connection>) -> Self {
        Self { dialer, kept: connection.is_some(), connection, down: None }
    }

    /// The connection, to be kept.
    pub(super) fn into_connection(self) -> Option<Connection> {
        self.connection
    }

    /// Hands the mails over in their order, one answer each.
    pub(super) async fn carry(&mut self, mails: &[Waiting<'_>]) -> Vec<HandedOver> {
        let mut answers = Vec::with_capacity(mails.len());
        // The envelope of the mail that is next, where it has left behind the text of the one before.
        let mut ahead = None;
        for (at, mail) in mails.iter().enumerate() {
            let envelope = match ahead.take() {
                // The server ended the connection behind the mail before; of this one nothing has left.
                Some(Envelope::Broken(_)) => {
                    self.connection = None;
                    self.open(mail).await
                }
                Some(envelope) => envelope,
                None => self.open(mail).await,
            };
            match envelope {
                Envelope::Open => {
                    let (answer, next) = self.send(mail, mails.get(at + 1)).await;
                    answers.push(answer);
                    ahead = next;
                }
                Envelope::Refused(fault) => answers.push(Err(fault)),
                Envelope::Broken(fault) => {
                    self.connection = None;
                    answers.push(Err(fault));
                }
            }
        }
        answers
    }

    /// Sender, recipient and DATA: nothing of the mail has left yet. A kept connection that turns out to be closed is
    /// replaced by a fresh one.
    async fn open(&mut self, mail: &Waiting<'_>) -> Envelope {
        if let Some(connection) = &mut self.connection {
            match envelope(self.dialer, connection, mail).await {
                Envelope::Broken(_) if self.kept => self.connection = None,
                Envelope::Broken(fault) => return Envelope::Broken(fault),
                answer => {
                    self.kept = false;
                    return answer;
                }
            }
        }
        self.kept = false;
        if let Some(fault) = &self.down {
            return Envelope::Broken(fault.clone());
        }
        let mut connection = match self.dialer.dial().await {
            Ok(connection) => connection,
            Err(fault) => {
                self.down = Some(fault.clone());
                return Envelope::Broken(fault);
            }
        };
        let answer = envelope(self.dialer, &mut connection, mail).await;
        self.connection = Some(connection);
        answer
    }

    /// The text, and behind it the next mail's envelope. From here the mail leaves: without a clear answer nobody knows.
    async fn send(&mut self, mail: &Waiting<'_>, next: Option<&Waiting<'_>>) -> (HandedOver, Option<Envelope>) {
        let Some(connection) = &mut self.connection else {
            return (Err(ChannelFault::retry("the connection is gone")), None);
        };
        let mut wire = stuffed(&mail.composed.bytes);
        let behind = next.filter(|_| connection.takes_groups).and_then(|next| commands(connection, next).ok());
        if let Some(commands) = &behind {
            wire.push_str(commands);
        }
        let answer = match timed(self.dialer, connection.smtp.command(wire)).await {
            Ok(answer) => Ok(receipt(mail.message_id, answer.message().collect::<Vec<_>>().join(" "))),
            Err(Failed::Server { fault, .. }) => Err(fault),
            Err(Failed::Network(fault)) => {
                self.connection = None;
                return (Err(ChannelFault::unknown(fault.to_string())), None);
            }
        };
        // From here on the server may close it before the next mail.
        self.kept = true;
        let envelope = match behind {
            Some(_) => Some(group_answers(self.dialer, connection).await),
            None => None,
        };
        (answer, envelope)
    }
}

async fn envelope(dialer: &Dialer, connection: &mut Connection, mail: &Waiting<'_>) -> Envelope {
    let commands = match commands(connection, mail) {
        Ok(commands) => commands,
        Err(fault) => return Envelope::Refused(fault),
    };
    if connection.takes_groups {
        let first = timed(dialer, connection.smtp.command(commands)).await;
        return group_rest(dialer, connection, first).await;
    }
    let steps = commands.split_inclusive("\r\n").map(str::to_owned).collect::<Vec<_>>();
    for (at, step) in steps.into_iter().enumerate() {
        match timed(dialer, connection.smtp.command(step)).await {
            Ok(_) => {}
            Err(Failed::Server { fault, closing: true }) | Err(Failed::Network(fault)) => {
                return Envelope::Broken(fault);
            }
            Err(Failed::Server { fault, .. }) => return Envelope::Refused(whose(at, fault)),
        }
    }
    Envelope::Open
}

async fn group_answers(dialer: &Dialer, connection: &mut Connection) -> Envelope {
    let first = timed(dialer, connection.smtp.read_response()).await;
    group_rest(dialer, connection, first).await
}

/// The answers to sender, recipient and DATA, of which the first is there. All three are read whatever they say.
async fn group_rest(dialer: &Dialer, connection: &mut Connection, first: Result<Response, Failed>) -> Envelope {
    let mut refused = None;
    let mut answer = first;
    for at in 0..3 {
        if at > 0 {
            answer = timed(dialer, connection.smtp.read_response()).await;
        }
        match &answer {
            Ok(_) => {}
            Err(Failed::Network(fault)) => return Envelope::Broken(fault.clone()),
            Err(Failed::Server { fault, closing: true }) => return Envelope::Broken(fault.clone()),
            Err(Failed::Server { fault, .. }) => {
                refused.get_or_insert_with(|| whose(at, fault.clone()));
            }
        }
    }
    let Some(fault) = refused else { return Envelope::Open };
    if answer.is_ok() {
        // The server opened DATA for nobody: an empty text ends it, and it refuses that.
        if let Err(Failed::Network(_)) = timed(dialer, connection.smtp.command(".\r\n")).await {
            return Envelope::Broken(fault);
        }
    }
    Envelope::Refused(fault)
}

/// A refused sender is our configuration's fault: the message keeps its chance. A refused recipient is one that takes
/// no messages.
fn whose(at: usize, fault: ChannelFault) -> ChannelFault {
    match (at, fault) {
        (0, ChannelFault::Permanent { detail }) => ChannelFault::Retry { detail },
        (1, ChannelFault::Permanent { detail }) => ChannelFault::Unreachable { detail, stopped: false },
        (_, fault) => fault,
    }
}

fn commands(connection: &Connection, mail: &Waiting<'_>) -> Result<String, ChannelFault> {
    let envelope = &mail.composed.envelope;
    let mut parameters = Vec::new();
    let mut addresses = envelope.from().into_iter().chain(envelope.to());
    if addresses.any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
        if !connection.smtp.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(ChannelFault::permanent("the mail server takes no address beyond ASCII"));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let mut commands = MailFrom::new(envelope.from().cloned(), parameters).to_string();
    for to in envelope.to() {
        let _ = write!(commands, "{}", Rcpt::new(to.clone(), Vec::new()));
    }
    commands.push_str("DATA\r\n");
    Ok(commands)
}

/// The text as DATA takes it: a dot before each line that begins with one, and a lone dot at the end. It is ASCII, since
/// every part is encoded.
fn stuffed(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    };
    let mut wire = String::with_capacity(text.len() + 512);
    if text.starts_with('.') {
        wire.push('.');
    }
    let mut written = 0;
    for line_end in memmem::find_iter(text.as_bytes(), "\r\n.") {
        wire.push_str(&text[written..line_end + 2]);
        wire.push('.');
        written = line_end + 2;
    }
    wire.push_str(&text[written..]);
    wire.push_str(if wire.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" });
    wire
}

/// Who failed a command.
enum Failed {
    /// The server said no; `closing` when it ends the connection as well.
    Server {
        fault: ChannelFault,
        closing: bool,
    },
    Network(ChannelFault),
}

async fn timed(
    dialer: &Dialer,
    command: impl Future<Output = Result<Response, SmtpError>>,
) -> Result<Response, Failed> {
    match tokio::time::timeout(dialer.timeout(), command).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) if error.is_permanent() => {
            Err(Failed::Server { fault: ChannelFault::permanent(error.to_string()), closing: false })
        }
        Ok(Err(error)) => match error.status() {
            Some(code) => Err(Failed::Server {
                fault: ChannelFault::retry(error.to_string()),
                closing: code.to_string() == "421",
            }),
            None => Err(Failed::Network(dial_fault(&error))),
        },
        Err(_) => Err(Failed::Network(ChannelFault::retry("no answer in time"))),
    }
}

#[cfg(test)]
mod tests {
    use super::stuffed;

    #[test]
    fn a_dot_at_the_start_of_a_line_is_doubled() {
        let table = [
            ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"),
            (".a", "..a\r\n.\r\n"),
            ("a\r\n..b\r\n.\r\n.", "a\r\n...b\r\n..\r\n..\r\n.\r\n"),
            ("a.b\r\n", "a.b\r\n.\r\n"),
            ("a\n.b\r\n", "a\n.b\r\n.\r\n"),
            ("", "\r\n.\r\n"),
        ];
        for (text, wire) in table {
            assert_eq!(stuffed(text.as_bytes()), wire, "{text:?}");
        }
    }
}
