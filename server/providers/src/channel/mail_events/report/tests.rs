use super::{MailReport, MessageStep, parse_report};

/// As Postfix writes it; the example of RFC 3464, appendix E, has the same parts.
fn report(status_part: &str, returned: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.mx\r\nTo: cobros@saldo.example\r\nSubject: Undelivered Mail\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"A1/x\"\r\n\r\n\
         This is a MIME-encapsulated message.\r\n\r\n--A1/x\r\nContent-Description: Notification\r\n\
         Content-Type: text/plain; charset=us-ascii\r\n\r\nSorry. Message-ID: <other@example.org>\r\n\r\n\
         --A1/x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.mx\r\n\
         Arrival-Date: Tue, 3 Mar 2026 09:00:00 -0600\r\n\r\n{status_part}\r\n\r\n{returned}\r\n--A1/x--\r\n"
    )
}

const RETURNED: &str = "--A1/x\r\nContent-Type: message/rfc822\r\n\r\nFrom: cobros@saldo.example\r\nSubject: Su saldo\r\n\
                        Message-ID:\r\n <019524c0-0000-7000-8000-000000000001@saldo.example>\r\nContent-Type: text/plain\r\n\r\nHola\r\n";

fn told(step: MessageStep, detail: &str) -> Option<MailReport> {
    let message_id = "019524c0-0000-7000-8000-000000000001@saldo.example".to_owned();
    Some(MailReport { message_id, step, detail: Some(detail.to_owned()) })
}

#[test]
fn a_report_says_what_became_of_which_mail() {
    use MessageStep::{Bounced, Delivered, Failed};
    let table = [
        ("failed", "5.1.1", "smtp; 550 5.1.1 no such user", told(Bounced, "5.1.1 550 5.1.1 no such user")),
        ("failed", "5.2.1", "smtp; 550 mailbox disabled", told(Bounced, "5.2.1 550 mailbox disabled")),
        ("failed", "5.2.2", "smtp; 552 mailbox full", told(Failed, "5.2.2 552 mailbox full")),
        ("failed", "4.4.7", "smtp; 451 expired", told(Failed, "4.4.7 451 expired")),
        ("failed", "5.7.1", "smtp; 554 blocked by policy", told(Failed, "5.7.1 554 blocked by policy")),
        ("Failed", "5.0.0", "x-unix; gone", told(Bounced, "5.0.0 gone")),
        ("delivered", "2.0.0", "smtp; 250 ok", told(Delivered, "2.0.0 250 ok")),
        ("delayed", "4.0.0", "smtp; 451 later", None),
    ];
    for (action, status, words, expected) in table {
        let status_part = format!(
            "Final-Recipient: rfc822; ana@example.mx\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: {words}"
        );
        let mail = report(&status_part, RETURNED);
        assert_eq!(parse_report(mail.as_bytes()), expected, "{action} {status}");
        let bare_lines = mail.replace("\r\n", "\n");
        assert_eq!(parse_report(bare_lines.as_bytes()), expected, "{action} {status} with bare line feeds");
    }
}

#[test]
fn the_head_of_the_mail_is_enough() {
    let head = "--A1/x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-Id: <019524c0-0000-7000-8000-000000000001@saldo.example>\r\nSubject: x\r\n";
    let status = "Final-Recipient: rfc822; a@b.mx\r\nAction: failed\r\nStatus: 5.1.1";
    assert_eq!(parse_report(report(status, head).as_bytes()), told(MessageStep::Bounced, "5.1.1"));
}

#[test]
fn a_feedback_report_is_a_complaint_of_its_mail() {
    let abuse = |kind: &str| {
        format!(
            "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\
             Content-Type: text/plain\r\n\r\nabuse\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\n\
             Feedback-Type: {kind}\r\nVersion: 1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
             Message-ID: <one@saldo.example>\r\n\r\nHola\r\n--b--\r\n"
        )
    };
    let step = |kind: &str| parse_report(abuse(kind).as_bytes()).map(|report| (report.message_id, report.step));
    assert_eq!(step("abuse"), Some(("one@saldo.example".to_owned(), MessageStep::Complained)));
    assert_eq!(step("opt-out"), Some(("one@saldo.example".to_owned(), MessageStep::Complained)));
    assert_eq!(step("not-spam"), None);
}

#[test]
fn what_is_no_report_says_nothing() {
    let status = "Action: failed\r\nStatus: 5.1.1";
    let nested = "Content-Type: multipart/mixed; boundary=b\r\n\r\n".to_owned()
        + &"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".repeat(40);
    let table = [
        String::new(),
        "Subject: Re: Su saldo\r\n\r\nNo puedo pagar. Action: failed\r\nMessage-ID: <one@saldo.example>".to_owned(),
        report(status, ""),
        report("", RETURNED),
        "Content-Type: multipart/report; boundary=\r\n\r\n--\r\n--\r\n".to_owned(),
        "Content-Type: multipart/report\r\n\r\n".to_owned(),
        nested,
        "\u{0}\u{fffd}".repeat(10),
    ];
    for mail in table {
        assert_eq!(parse_report(mail.as_bytes()), None, "{mail}");
    }
}
