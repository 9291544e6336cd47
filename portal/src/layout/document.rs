use super::icons::{Icon, icon};
use super::{Branding, Chrome};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::locale::Language;
use std::sync::Arc;

/// A page that can be shown.
pub trait Screen {
    /// The page for a reader.
    fn page(&self, chrome: &Chrome) -> Page;
}

/// How much of a wide screen a page takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// One card: a single thing to decide.
    Card,
    /// A column of text and forms.
    Column,
    /// Two columns where there is room.
    Wide,
}

/// What a page gives to its document.
pub struct Page {
    /// Its name, shown in the browser's tab before the creditor's.
    pub title: String,
    /// How wide it is.
    pub width: Width,
    /// Between header and footer.
    pub body: AnyView,
    /// The navigation of a shell, where the page is part of one.
    pub navigation: Option<AnyView>,
    /// Seconds until a browser without scripts asks again.
    pub refresh_seconds: Option<u32>,
    /// Whether the script is loaded: for islands, and for small conveniences such as a print button.
    pub script: bool,
}

impl Page {
    /// A page without islands that asks nothing again.
    pub fn new(title: String, width: Width, body: impl IntoAny) -> Self {
        Self { title, width, body: body.into_any(), navigation: None, refresh_seconds: None, script: false }
    }

    /// The page with the script.
    pub fn with_script(mut self) -> Self {
        self.script = true;
        self
    }
}

/// The complete document of a screen.
pub fn render(screen: &impl Screen, chrome: &Chrome) -> String {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    owner.with(|| format!("<!DOCTYPE html>{}", document(screen.page(chrome), chrome).to_html()))
}

/// A part of a page, for a script that asks for it again.
pub fn fragment(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    owner.with(|| view().to_html())
}

fn document(page: Page, chrome: &Chrome) -> AnyView {
    let name = chrome.branding.as_ref().map_or("Saldo", |branding| branding.name.as_str());
    let title = format!("{} · {name}", page.title);
    let brand_css = chrome.branding.as_ref().map(|branding| branding.css.clone());
    let script = chrome.assets.js.clone().filter(|_| page.script);
    let refresh = page.refresh_seconds.map(|seconds| {
        view! { <noscript><meta http-equiv="refresh" content=seconds.to_string()/></noscript> }
    });
    let console = page.navigation.is_some();
    let main_class = match page.width {
        Width::Card => "main main-card",
        Width::Column => "main main-column",
        Width::Wide => "main main-wide",
    };
    view! {
        <html lang=chrome.locale.tag()>
            <head>
                <meta charset="utf-8"/>
                <title>{title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex, nofollow"/>
                <meta name="format-detection" content="telephone=no, date=no, email=no, address=no"/>
                {refresh}
                <link rel="stylesheet" href=chrome.assets.css.clone()/>
                {brand_css.map(|href| view! { <link rel="stylesheet" href=href/> })}
                <link rel="icon" href="data:,"/>
                {script.map(|src| view! { <script type="module" src=src></script> })}
            </head>
            <body>
                <a class="skip-link" href="#main">{chrome.t("skip-to-content")}</a>
                <header>
                    {chrome.test_mode.then(|| test_banner(chrome))}
                    {masthead(chrome, page.navigation)}
                </header>
                <main id="main" class=main_class>{back_link(chrome)}{page.body}</main>
                {footer(chrome, console)}
            </body>
        </html>
    }
    .into_any()
}

/// The way back to the creditor's own page, from which a widget led here.
pub fn back_link(chrome: &Chrome) -> Option<AnyView> {
    let back = chrome.back_to.as_ref()?;
    let label = chrome.with("widget-back", [("host", (&back.host).into())]);
    Some(view! { <p class="back no-print"><a href=back.url.clone()>{label}</a></p> }.into_any())
}

fn test_banner(chrome: &Chrome) -> AnyView {
    view! {
        <p class="test-banner" role="note">
            {icon(Icon::Info)}
            <span><strong>{chrome.t("test-mode")}</strong>" "{chrome.t("test-mode-explained")}</span>
        </p>
    }
    .into_any()
}

fn masthead(chrome: &Chrome, navigation: Option<AnyView>) -> AnyView {
    let action = if navigation.is_some() { "/console/sign-out" } else { "/leave" };
    let leave = (chrome.signed_in || navigation.is_some()).then(|| {
        view! {
            <form method="post" action=action class="masthead-leave">
                <button class="button button-quiet" type="submit">{chrome.t("leave")}</button>
            </form>
        }
    });
    view! {
        <div class="masthead">
            <div class="masthead-inner">{brand_mark(chrome.branding.as_ref())} {leave}</div>
            {navigation}
        </div>
    }
    .into_any()
}

fn brand_mark(branding: Option<&Branding>) -> AnyView {
    let Some(branding) = branding else {
        return view! { <p class="brand"><span class="brand-initial" aria-hidden="true">"S"</span>"Saldo"</p> }
            .into_any();
    };
    let initial = branding.name.chars().next().unwrap_or('·').to_uppercase().to_string();
    let picture = match branding.logo.clone() {
        Some(src) => view! { <img class="brand-logo" src=src alt=""/> }.into_any(),
        None => view! { <span class="brand-initial" aria-hidden="true">{initial}</span> }.into_any(),
    };
    view! { <p class="brand">{picture}<span class="brand-name">{branding.name.clone()}</span></p> }.into_any()
}

fn footer(chrome: &Chrome, console: bool) -> AnyView {
    let note = (!console).then(|| {
        view! { <p class="footer-note">{icon(Icon::Lock)}<span>{chrome.t("footer-note")}</span></p> }
    });
    let languages = chrome.language_switch.clone().map(|back| {
        let choices = Language::ALL.map(|language| {
            let own_name = match language {
                Language::Es => "Español",
                Language::En => "English",
                Language::Pt => "Português",
            };
            let current = (language == chrome.locale.language).then_some("true");
            view! {
                <button class="language" type="submit" name="language" value=language.tag() lang=language.tag()
                    aria-current=current>{own_name}</button>
            }
        });
        view! {
            <form class="languages" method="post" action="/language" aria-label=chrome.t("language")>
                <input type="hidden" name="back" value=back/>
                {choices.into_iter().collect_view()}
            </form>
        }
    });
    view! {
        <footer class="footer">
            {languages}
            {note}
        </footer>
    }
    .into_any()
}
