//! Who reads: cookies, language, address.

mod console;
mod paused;
mod reach;

use super::debtor::code::code_page;
use super::reply::Page;
use crate::{Assets, Branding, Chrome};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use saldo_app::flows::console_session::{self, ConsoleSession};
use saldo_app::flows::start_session::{self, DebtorSession, NewSession};
use saldo_app::flows::widgets::BackTo;
use saldo_app::http::door;
use saldo_app::{App, Failure};
use saldo_domain::calendar::Zone;
use saldo_domain::creditor::Creditor;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::member::Member;
use saldo_domain::snapshot::DebtorSnapshot;
use std::convert::Infallible;

/// A reader who may have no session.
pub struct Visit {
    /// Everything that flows work with.
    pub app: App,
    cookies: Vec<(String, String)>,
    accepted: Option<Language>,
    agent: String,
    path: String,
    reads: bool,
    address: String,
    back_to: Option<BackTo>,
}

/// A debtor with a session.
pub struct DebtorVisit {
    /// The reader.
    pub visit: Visit,
    /// Who it is.
    pub session: DebtorSession,
}

/// Finance with a session.
pub struct ConsoleVisit {
    /// The reader.
    pub visit: Visit,
    /// Whose console it is.
    pub creditor: Creditor,
    /// Who is signed in.
    pub member: Member,
    /// The hash of the session's token.
    pub token_hash: [u8; 32],
}

const DEBTOR: &str = "saldo";
const CONSOLE: &str = "saldo-console";
const PENDING: &str = "saldo-sign-in";
const LANGUAGE: &str = "saldo-language";
/// The language of the last page that knew its debtor: for pages that cannot ask who reads them.
const SPOKEN: &str = "saldo-spoken";

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let header = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let cookies = header(header::COOKIE).unwrap_or_default().split(';');
        let cookies = cookies.filter_map(|pair| pair.trim().split_once('='));
        let tags = header(header::ACCEPT_LANGUAGE).unwrap_or_default().split(',');
        Ok(Self {
            app: app.clone(),
            cookies: cookies.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            accepted: tags.filter_map(|tag| Language::try_new(tag.split(';').next()?.trim()).ok()).next(),
            agent: header(header::USER_AGENT).unwrap_or_default().to_owned(),
            path: parts.uri.path_and_query().map_or_else(String::new, ToString::to_string),
            reads: matches!(parts.method, Method::GET | Method::HEAD),
            address: door::address(app, parts),
            back_to: None,
        })
    }
}

impl FromRequestParts<App> for DebtorVisit {
    type Rejection = Page;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Page> {
        let Ok(mut visit) = Visit::from_request_parts(parts, app).await;
        let session = match visit.cookie(DEBTOR) {
            Some(cookie) => start_session::find(app, cookie).await,
            None => Err(saldo_app::AppRefusal::SessionMissing.into()),
        };
        match session {
            Ok((session, widget)) => {
                if !widget.as_ref().is_none_or(|widget| reach::covers(&widget.scopes, parts.uri.path())) {
                    return Err(Page::failure(&visit, saldo_domain::Refusal::NotFound.into()));
                }
                visit.back_to = widget.and_then(|widget| widget.return_url).and_then(BackTo::new);
                Ok(Self { visit, session })
            }
            Err(failure) => Err(Page::failure(&visit, failure)),
        }
    }
}

impl FromRequestParts<App> for ConsoleVisit {
    type Rejection = Page;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Page> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        match console_session(app, &visit).await {
            Ok(ConsoleSession { creditor, member, token_hash }) => Ok(Self { visit, creditor, member, token_hash }),
            Err(failure) => Err(Page::console_failure(&visit, failure)),
        }
    }
}

async fn console_session(app: &App, visit: &Visit) -> Result<ConsoleSession, Failure> {
    let cookie = visit.cookie(CONSOLE).ok_or(saldo_app::AppRefusal::SessionMissing)?;
    console_session::open(app, cookie).await
}

impl DebtorVisit {
    /// Whether a fresh code was entered in the last minutes.
    pub fn is_fresh(&self) -> bool {
        self.session.fresh_until.is_some_and(|until| self.visit.app.now() < until)
    }

    /// Passes a debtor who has entered a fresh code; leads others to it, and from there to `back`, a path of ours.
    ///
    /// # Errors
    /// The way to the code's page.
    pub fn needs_code(&self, back: &str) -> Result<(), Page> {
        if self.is_fresh() { Ok(()) } else { Err(Page::see_other(&code_page(back))) }
    }

    /// The session's cookie.
    pub fn cookie(&self) -> &str {
        self.visit.debtor_cookie().unwrap_or_default()
    }
}

impl Visit {
    /// What the browser calls itself.
    pub fn agent(&self) -> &str {
        &self.agent
    }

    /// Passes a reader who has not knocked too often.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub fn knock(&self) -> Result<(), Failure> {
        door::knock(&self.app, &self.address)
    }

    fn cookie(&self, name: &str) -> Option<&str> {
        let name = self.cookie_name(name);
        self.cookies.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// Where the reader comes from.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The cookie of the debtor's session.
    pub fn debtor_cookie(&self) -> Option<&str> {
        self.cookie(DEBTOR)
    }

    /// The cookie of the console's session.
    pub fn console_cookie(&self) -> Option<&str> {
        self.cookie(CONSOLE)
    }

    /// The cookie between the two forms of a sign-in.
    pub fn pending_cookie(&self) -> Option<&str> {
        self.cookie(PENDING)
    }

    /// Behind TLS the cookie is bound to this very host; on a plain local address browsers refuse that prefix.
    fn cookie_name(&self, name: &str) -> String {
        if self.secure() { format!("__Host-{name}") } else { name.to_owned() }
    }

    fn secure(&self) -> bool {
        self.app.url("").starts_with("https://")
    }

    fn set_cookie(&self, name: &str, value: &str, seconds: i64) -> String {
        let secure = if self.secure() { "; Secure" } else { "" };
        format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", self.cookie_name(name))
    }

    /// Keeps the debtor's session.
    pub fn keep_debtor(&self, session: &NewSession) -> String {
        self.set_cookie(DEBTOR, &session.cookie, session.expires_at.duration_since(self.app.now()).as_secs())
    }

    /// Keeps the console's session.
    pub fn keep_console(&self, session: &NewSession) -> String {
        self.set_cookie(CONSOLE, &session.cookie, session.expires_at.duration_since(self.app.now()).as_secs())
    }

    /// Keeps what stands between the two forms of a sign-in.
    pub fn keep_pending(&self, pending: &NewSession) -> String {
        self.set_cookie(PENDING, &pending.cookie, pending.expires_at.duration_since(self.app.now()).as_secs())
    }

    /// Forgets what stands between the two forms of a sign-in.
    pub fn forget_pending(&self) -> String {
        self.set_cookie(PENDING, "", 0)
    }

    /// Keeps the chosen language for a year.
    pub fn keep_language(&self, language: Language) -> String {
        self.set_cookie(LANGUAGE, language.tag(), 31_536_000)
    }

    /// Forgets the debtor's session.
    pub fn forget_debtor(&self) -> String {
        self.set_cookie(DEBTOR, "", 0)
    }

    /// Forgets the console's session.
    pub fn forget_console(&self) -> String {
        self.set_cookie(CONSOLE, "", 0)
    }

    fn chosen(&self) -> Option<Language> {
        self.cookie(LANGUAGE).and_then(|tag| Language::try_new(tag).ok())
    }

    fn has_token(&self) -> bool {
        ["/l/", "/s/", "/console/sign-in/", "/console/set-up/"].iter().any(|start| self.path.starts_with(start))
    }

    fn chrome(&self, locale: Locale, zone: Zone, branding: Option<Branding>) -> Chrome {
        let js = saldo_bundles::portal_js();
        Chrome {
            locale,
            zone,
            assets: Assets {
                css: saldo_bundles::portal_css().to_owned(),
                js: if js.is_empty() { None } else { Some(js.to_owned()) },
            },
            branding,
            test_mode: self.app.is_test(),
            signed_in: false,
            // A path with a token in it is not written into a page once more.
            language_switch: if self.has_token() { None } else { Some(self.path.clone()) },
            back_to: self.back_to.clone(),
        }
    }

    /// The frame of a page that belongs to nobody.
    pub fn plain(&self) -> Chrome {
        let language = self.chosen().or(self.spoken()).or(self.accepted).unwrap_or(Language::Es);
        self.chrome(Locale::new(language, ""), Zone::utc(), None)
    }

    /// The frame of a page of a debtor: the language that was chosen, else the debtor's, else the browser's, else the
    /// creditor's.
    pub fn of_debtor(&self, snapshot: &DebtorSnapshot) -> Chrome {
        let (creditor, debtor) = (&snapshot.creditor, &snapshot.debtor);
        let language = self.chosen().or(debtor.language).or(self.accepted).unwrap_or(creditor.language);
        let country = debtor.country.as_deref().unwrap_or(&creditor.country);
        let locale = Locale::new(language, country);
        self.chrome(locale, debtor.zone(creditor).clone(), Some(Branding::of(creditor)))
    }

    /// The frame of a page of the console.
    pub fn of_console(&self, creditor: &Creditor) -> Chrome {
        let language = self.chosen().unwrap_or(creditor.language);
        let locale = Locale::new(language, &creditor.country);
        Chrome { signed_in: true, ..self.chrome(locale, creditor.zone.clone(), Some(Branding::of(creditor))) }
    }
}
