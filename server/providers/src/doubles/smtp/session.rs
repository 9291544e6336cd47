//! One connection to the sink.

use super::{Received, Shared, SinkStep, SinkTls};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// What was said so far.
#[derive(Default)]
struct Said {
    encrypted: bool,
    signed_in: bool,
    from: String,
    to: String,
    step: Option<SinkStep>,
}

/// How to go on after a line.
enum Next {
    Answer(String),
    Close,
    Encrypt,
    Read,
}

pub(super) async fn serve(tcp: TcpStream, connection: usize, shared: &Shared) -> io::Result<()> {
    tcp.set_nodelay(true)?;
    let mut said = Said::default();
    let mut stream: BufReader<Box<dyn Stream>> = if shared.config.tls == SinkTls::Implicit {
        said.encrypted = true;
        BufReader::new(Box::new(shared.acceptor.accept(tcp).await?))
    } else {
        BufReader::new(Box::new(tcp))
    };
    answer(&mut stream, "220 sink").await?;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        match said.hear(line.trim_end(), shared) {
            Next::Answer(words) => answer(&mut stream, &words).await?,
            Next::Close => return Ok(()),
            Next::Encrypt => {
                answer(&mut stream, "220 go ahead").await?;
                stream = BufReader::new(Box::new(shared.acceptor.accept(stream.into_inner()).await?));
                said = Said { encrypted: true, ..Said::default() };
            }
            Next::Read => {
                answer(&mut stream, "354 go ahead").await?;
                let data = read_message(&mut stream).await?;
                let message = Received { from: said.from.clone(), to: said.to.clone(), data, connection };
                if !take(&mut stream, message, said.step.take().unwrap_or(SinkStep::Accept), shared).await? {
                    return Ok(());
                }
            }
        }
    }
}

impl Said {
    fn hear(&mut self, line: &str, shared: &Shared) -> Next {
        let upper = line.to_ascii_uppercase();
        let ok = || Next::Answer("250 ok".to_owned());
        let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        match upper.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => Next::Answer(self.abilities(shared)),
            "STARTTLS" if shared.config.tls == SinkTls::Starttls => Next::Encrypt,
            "AUTH" => self.sign_in(line, shared),
            "MAIL" => {
                if shared.config.tls != SinkTls::None && !self.encrypted {
                    return Next::Answer("530 must issue STARTTLS first".to_owned());
                }
                if shared.config.credentials.is_some() && !self.signed_in {
                    return Next::Answer("530 authentication required".to_owned());
                }
                self.from = address();
                let step = shared.with(|inner| inner.script.pop_front()).unwrap_or(SinkStep::Accept);
                self.step = Some(step);
                refuse_or(ok(), matches!(step, SinkStep::RefuseSender(_)), step)
            }
            "RCPT" => {
                self.to = address();
                let step = self.step.unwrap_or(SinkStep::Accept);
                refuse_or(ok(), matches!(step, SinkStep::RefuseRecipient(_)), step)
            }
            "DATA" => match self.step.unwrap_or(SinkStep::Accept) {
                SinkStep::CloseBefore => Next::Close,
                SinkStep::RefuseSender(_) => Next::Answer("503 no sender".to_owned()),
                step => refuse_or(Next::Read, matches!(step, SinkStep::RefuseData(_)), step),
            },
            "NOOP" | "RSET" => ok(),
            "QUIT" => Next::Close,
            _ => Next::Answer("500 what?".to_owned()),
        }
    }

    fn abilities(&self, shared: &Shared) -> String {
        let starttls = if shared.config.tls == SinkTls::Starttls && !self.encrypted { "250-STARTTLS\r\n" } else { "" };
        let groups = if shared.config.takes_groups { "250-PIPELINING\r\n" } else { "" };
        format!("250-sink\r\n250-8BITMIME\r\n{groups}{starttls}250 AUTH PLAIN")
    }

    fn sign_in(&mut self, line: &str, shared: &Shared) -> Next {
        let known = shared.config.credentials.as_ref().is_some_and(|(user, password)| {
            let expected = STANDARD.encode(format!("\0{user}\0{}", password.expose()));
            line.rsplit(' ').next() == Some(expected.as_str())
        });
        self.signed_in = known;
        Next::Answer(if known { "235 welcome" } else { "535 authentication failed" }.to_owned())
    }
}

fn refuse_or(next: Next, refuses: bool, step: SinkStep) -> Next {
    match (refuses, step) {
        (true, SinkStep::RefuseSender(code) | SinkStep::RefuseRecipient(code) | SinkStep::RefuseData(code)) => {
            Next::Answer(format!("{code} refused by the script"))
        }
        _ => next,
    }
}

/// Deals with a message as the script says. False closes the connection.
async fn take(
    stream: &mut BufReader<Box<dyn Stream>>,
    message: Received,
    step: SinkStep,
    shared: &Shared,
) -> io::Result<bool> {
    if matches!(step, SinkStep::RefuseRecipient(_)) {
        // RFC 2920 lets a server open the text for nobody and refuse it then.
        answer(stream, "554 no valid recipient").await?;
        return Ok(true);
    }
    if let SinkStep::RefuseMessage(code) = step {
        answer(stream, &format!("{code} refused by the script")).await?;
        return Ok(true);
    }
    shared.with(|inner| inner.received.push(message));
    match step {
        SinkStep::CloseAfter => Ok(false),
        SinkStep::HangAfter => std::future::pending().await,
        _ => {
            answer(stream, "250 kept").await?;
            Ok(step != SinkStep::AcceptAndClose)
        }
    }
}

async fn read_message(stream: &mut BufReader<Box<dyn Stream>>) -> io::Result<String> {
    let mut data = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(data);
        }
        data.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

async fn answer(stream: &mut BufReader<Box<dyn Stream>>, words: &str) -> io::Result<()> {
    stream.write_all(format!("{words}\r\n").as_bytes()).await?;
    stream.flush().await
}
