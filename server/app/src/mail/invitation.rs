//! Mail to the creditor's own people.

use super::parse_address;
use super::render::{Layout, render};
use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::set_up_member::LINK_DAYS;
use crate::i18n::Texts;
use saldo_domain::creditor::Creditor;
use saldo_domain::member::Member;
use saldo_providers::channel::{Mail, MailAddress};

/// The link by which a member chooses a password, in the creditor's language.
///
/// # Errors
/// A fault where a template fails.
pub fn invitation(app: &App, creditor: &Creditor, member: &Member, link: &str) -> Result<Mail, Failure> {
    let texts = Texts::for_language(creditor.language);
    let name = || creditor.name.clone();
    let layout = Layout {
        lang: creditor.locale().tag(),
        subject: texts.with("mail-invitation-subject", [("creditor", name().into())]),
        creditor: name(),
        colour: creditor.brand.colour.clone(),
        test: app.is_test().then(|| texts.t("mail-test")),
        greeting: texts.with("mail-greeting", [("name", member.name.clone().into())]),
        lead: texts.with("mail-invitation-lead", [("creditor", name().into())]),
        paragraphs: Vec::new(),
        rows: Vec::new(),
        totals: Vec::new(),
        notes: Vec::new(),
        code: None,
        action: texts.t("mail-invitation-open"),
        link: link.to_owned(),
        small: vec![
            texts.with("mail-invitation-ends", [("count", LINK_DAYS.into())]),
            texts.t("mail-invitation-unasked"),
        ],
        opt_out: None,
        opt_out_label: texts.t("mail-opt-out"),
    };
    let (text, html) = render(&layout).map_err(|error| Fault::Other(format!("a mail template: {error:#}")))?;
    let from = parse_address(&app.config().mail.from);
    let host = from.email.rsplit('@').next().unwrap_or("localhost").to_owned();
    Ok(Mail {
        message_id: format!("{}@{host}", app.ambient().uuid_v7()),
        date: app.now(),
        from: MailAddress { name: Some(name()), email: from.email },
        reply_to: creditor.reply_to.clone().map(|email| MailAddress { name: Some(name()), email }),
        to: MailAddress { name: Some(member.name.clone()), email: member.email.clone() },
        subject: layout.subject.clone(),
        text,
        html,
        list_unsubscribe_url: None,
        attachments: Vec::new(),
    })
}
