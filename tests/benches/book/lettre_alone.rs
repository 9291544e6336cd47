//! The floor: lettre alone, with its own builder and its own sequence of commands, over a stream without delay.

use lettre::message::{Mailbox, Message, MultiPart};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use saldo_providers::channel::Mail;
use std::time::SystemTime;
use tokio::net::TcpStream;

/// How many connections carry the mails side by side.
const CONNECTIONS: u64 = 8;

/// Hands the same words over so many times.
pub async fn hand_over(port: u16, mail: &Mail, count: u64) {
    let lanes = (0..CONNECTIONS).map(|lane| async move {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the mail server listens");
        stream.set_nodelay(true).expect("a stream without delay");
        let hello = ClientId::Domain("localhost".to_owned());
        let mut smtp = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await.expect("a greeting");
        for _ in (lane..count).step_by(usize::try_from(CONNECTIONS).expect("a few")) {
            let message = message(mail);
            smtp.send(message.envelope(), &message.formatted()).await.expect("it is taken");
        }
    });
    futures::future::join_all(lanes).await;
}

fn message(mail: &Mail) -> Message {
    let both = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
    let mailbox = |email: &str| Mailbox::new(None, email.parse().expect("an address"));
    Message::builder()
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(SystemTime::from(mail.date))
        .from(mailbox(&mail.from.email))
        .to(mailbox(&mail.to.email))
        .subject(mail.subject.clone())
        .multipart(both)
        .expect("a mail")
}
