//! What a template would say: to an example, or to a debtor that is chosen by the creditor's own key. Nothing is sent, and no
//! link is made.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link;
use crate::mail::{self, MailLine};
use crate::wording::{
    Compiled, Facts, Paragraph, SAMPLE_LINK, Said, builtin, check, of_claims, paragraphs, sample, way_out,
};
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;
use saldo_domain::chase::chase;
use saldo_domain::creditor::Creditor;
use saldo_domain::ids::CreditorId;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::message_template::{MessageTemplate, TemplateRefusal, TextLength, text_length};
use saldo_domain::reminder::{Channel, Tone};
use saldo_store::{creditor as creditors, debtor, snapshot};

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewWish {
    /// The template as it stands in the editor.
    pub template: MessageTemplate,
    /// In this language.
    pub language: Language,
    /// On this channel.
    pub channel: Channel,
    /// In this tone.
    pub tone: Tone,
    /// A debtor of the creditor, by its own key; an example where there is none.
    pub debtor_reference: Option<String>,
}

/// What would be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagePreview {
    /// The language.
    pub language: Language,
    /// The channel.
    pub channel: Channel,
    /// Whether the words are the template's own; else the built-in ones stand in for them.
    pub own: bool,
    /// Of an e-mail or a letter.
    pub subject: Option<String>,
    /// The words, paragraph by paragraph.
    pub paragraphs: Vec<Paragraph>,
    /// The whole message as plain text.
    pub text: String,
    /// An e-mail as HTML.
    pub html: Option<String>,
    /// The items of an e-mail and their sums.
    pub lines: Vec<MailLine>,
    /// The sums.
    pub totals: Vec<MailLine>,
    /// What an e-mail's button says.
    pub action: String,
    /// Whether it stands below the words; else they have it where they name the link alone.
    pub button: bool,
    /// An e-mail's small print.
    pub small: Vec<String>,
    /// How long a text message is.
    pub length: Option<TextLength>,
    /// The approved template at WhatsApp with what fills its places.
    pub whatsapp: Option<(String, Vec<String>)>,
    /// Whose figures they are; none for the example.
    pub debtor: Option<String>,
}

/// Shows what a template says. Rules of templates are checked as when it is saved.
///
/// # Errors
/// `not_found` for a debtor that is not there, `nothing_to_pay` where it owes nothing, `template_text_missing` where neither
/// the template nor the built-in ones have words, and those of [`MessageTemplate::checked`] and [`check`].
pub async fn preview(app: &App, creditor: CreditorId, wish: PreviewWish) -> Result<MessagePreview, Failure> {
    let template = wish.template.clone().checked()?;
    check(&template)?;
    let tx = app.store().read_of(creditor).await?;
    let business = creditors::load(&tx, creditor).await?;
    let (facts, locale, debtor) = match &wish.debtor_reference {
        None => {
            let locale = Locale::new(wish.language, &business.country);
            (sample(&locale, &business.name, business.currency, wish.tone, true), locale, None)
        }
        Some(reference) => {
            let found = debtor::find_by_reference(&tx, creditor, reference).await?.ok_or(Refusal::NotFound)?;
            let snapshot = snapshot::load(&tx, creditor, found.id).await?;
            let country = found.country.as_deref().unwrap_or(&business.country);
            let locale = Locale::new(wish.language, country);
            (of_debtor(&snapshot, &locale, app.now())?, locale, Some(found.name))
        }
    };
    let facts = Facts {
        tone: wish.tone.as_str(),
        link: SAMPLE_LINK.to_owned(),
        opt_out: way_out(wish.channel, wish.language, SAMPLE_WAY_OUT),
        ..facts
    };
    let facts = if wish.channel == Channel::Sms { facts.for_text_message() } else { facts };
    shown(app, &business, &locale, &wish, &template, facts, debtor)
}

/// Stands for the address of the way out.
pub(super) const SAMPLE_WAY_OUT: &str = "https://saldo.example/optout/…";

fn of_debtor(
    snapshot: &saldo_domain::snapshot::DebtorSnapshot,
    locale: &Locale,
    now: Timestamp,
) -> Result<Facts, Failure> {
    let chase = chase(snapshot, now)?;
    let claims = if chase.claims.is_empty() { chase.announced } else { chase.claims };
    let oldest = claims.iter().map(|claim| claim.due_on).min().ok_or(Refusal::NothingToPay)?;
    of_claims(snapshot, &claims, oldest, locale, now)
}

fn shown(
    app: &App,
    business: &Creditor,
    locale: &Locale,
    wish: &PreviewWish,
    template: &MessageTemplate,
    facts: Facts,
    debtor: Option<String>,
) -> Result<MessagePreview, Failure> {
    let (language, channel) = (wish.language, wish.channel);
    let own = template.text(language, channel).is_some();
    let (own, said) = if own {
        let compiled = Compiled::try_new(template).map_err(Refusal::Template)?;
        (true, compiled.say(language, channel, &facts)?)
    } else {
        (false, builtin(&template.key).map(|words| words.say(language, channel, &facts)).transpose()?.flatten())
    };
    let key = || template.key.clone();
    let said = said.ok_or_else(|| Refusal::Template(TemplateRefusal::TextMissing { key: key(), language, channel }))?;
    let link_chars = access_link::short_chars(app);
    let mut preview = plain((language, channel), own, &said, &facts, debtor, link_chars);
    if channel == Channel::Email {
        let written = mail::write(app, business, locale, &said, &facts)?;
        preview.subject = Some(written.subject);
        (preview.lines, preview.totals, preview.small) = (written.lines, written.totals, written.small);
        preview.button = !preview.paragraphs.iter().any(|paragraph| paragraph.button);
        preview.action = written.action;
        (preview.text, preview.html) = (written.text, Some(written.html));
    }
    Ok(preview)
}

fn plain(
    (language, channel): (Language, Channel),
    own: bool,
    said: &Said,
    facts: &Facts,
    debtor: Option<String>,
    link_chars: usize,
) -> MessagePreview {
    let with_link = said.body.replace(SAMPLE_LINK, &"x".repeat(link_chars));
    MessagePreview {
        language,
        channel,
        own,
        subject: said.subject.clone(),
        paragraphs: paragraphs(&said.body, &facts.link),
        text: said.body.clone(),
        html: None,
        lines: Vec::new(),
        totals: Vec::new(),
        action: String::new(),
        button: false,
        small: Vec::new(),
        length: (channel == Channel::Sms).then(|| text_length(&with_link)),
        whatsapp: said.whatsapp.as_ref().map(|(approved, filled)| (approved.name.clone(), filled.clone())),
        debtor,
    }
}
