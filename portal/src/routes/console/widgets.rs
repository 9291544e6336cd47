use crate::pages::console::widgets::{
    FreshKey, KeyProblem, SnippetPlaces, ThemeForm, WidgetsView, theme_fragment, tokens,
};
use crate::routes::forms::{Form, query_field};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::{Path, RawQuery};
use axum::http::{StatusCode, header};
use axum::response::Html;
use saldo_app::flows::widgets::{keys, origin, preview_token};
use saldo_app::flows::{put_debtor, update_creditor};
use saldo_app::{AppRefusal, Failure};
use saldo_contract::creditor::UpdateCreditor;
use saldo_contract::widget_key::{CreateWidgetKey, NewWidgetKey, WidgetKeyAlgorithm};
use saldo_domain::ids::WidgetKeyId;
use saldo_domain::member::Permission;
use uuid::Uuid;

/// What a form was refused for, or what it made.
#[derive(Default)]
struct News {
    refused_origin: Option<String>,
    fresh: Option<FreshKey>,
    key_problem: Option<KeyProblem>,
}

/// Sites, keys, look, snippets.
pub async fn show(console: ConsoleVisit, RawQuery(query): RawQuery) -> Answer {
    console.needs(Permission::Terms)?;
    let theme = theme(&|name| query_field(query.as_deref(), name).unwrap_or_default());
    page(&console, theme, News::default()).await
}

fn theme(field: &dyn Fn(&str) -> String) -> ThemeForm {
    let mut values = tokens();
    for one in &mut values {
        one.set(&field(&one.name));
    }
    let mode = Some(field("theme")).filter(|mode| ["light", "dark", "auto"].contains(&mode.as_str()));
    let debtor = field("debtor").chars().take(120).collect();
    ThemeForm { values, mode: mode.unwrap_or_else(|| "light".to_owned()), debtor }
}

async fn page(console: &ConsoleVisit, theme: ThemeForm, news: News) -> Answer {
    let failed = |failure| Page::failure(&console.visit, failure);
    let origins = update_creditor::list_origins(console.app(), console.id()).await.map_err(failed)?;
    let refused = news.refused_origin.is_some() || news.key_problem.is_some();
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = WidgetsView {
        places: SnippetPlaces {
            loader: console.app().url("/widgets/v1/saldo.js"),
            portal: console.app().url("/"),
            creditor: console.id().to_string(),
            origin: origins.first().cloned().unwrap_or_else(|| "https://shop.example".to_owned()),
        },
        origins,
        keys: keys::list(console.app(), console.id()).await.map_err(failed)?,
        refused_origin: news.refused_origin,
        fresh: news.fresh,
        key_problem: news.key_problem,
        theme,
    };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

/// The frame and the style sheet of a look, while it is chosen.
pub async fn live(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let chrome = console.visit.of_console(&console.creditor);
    let text = theme_fragment(&theme(&|name| form.text(name).to_owned()), &chrome);
    Ok(Page::raw(Html(text)))
}

/// Lists a site.
pub async fn add_origin(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let typed = form.text("origin").to_owned();
    let Ok(site) = origin::parse(&typed) else {
        let refused_origin = Some(typed.chars().take(200).collect());
        return page(&console, theme(&|_| String::new()), News { refused_origin, ..News::default() }).await;
    };
    change(&console, |sites| {
        if !sites.contains(&site) {
            sites.push(site);
        }
    })
    .await
}

/// Takes a site off the list: tokens that are bound to it open nothing from now on.
pub async fn remove_origin(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    change(&console, |sites| sites.retain(|site| site != form.text("origin"))).await
}

async fn change(console: &ConsoleVisit, change: impl FnOnce(&mut Vec<String>)) -> Answer {
    let failed = |failure| Page::failure(&console.visit, failure);
    let mut sites = update_creditor::list_origins(console.app(), console.id()).await.map_err(failed)?;
    change(&mut sites);
    let wish = UpdateCreditor { widget_origins: Some(sites), ..UpdateCreditor::default() };
    match update_creditor::update_by(console.app(), console.id(), &console.actor(), wish).await {
        Ok(()) => Ok(Page::see_other("/console/widgets")),
        Err(Failure::Refused(AppRefusal::Malformed(_))) => {
            let news = News { refused_origin: Some(String::new()), ..News::default() };
            page(console, theme(&|_| String::new()), news).await
        }
        Err(failure) => Err(failed(failure)),
    }
}

/// Makes a key; a secret is shown on this page and never again.
pub async fn create_key(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let public_key = Some(form.text("public_key")).filter(|key| !key.is_empty()).map(ToOwned::to_owned);
    let algorithm = match form.text("algorithm") {
        "EdDSA" => WidgetKeyAlgorithm::EdDsa,
        _ => WidgetKeyAlgorithm::Hs256,
    };
    let wish = CreateWidgetKey { name: form.text("name").to_owned(), algorithm, public_key };
    made(&console, keys::create(console.app(), console.id(), &console.actor(), &wish).await).await
}

/// Makes another key of the same name: both live until the old one is revoked.
pub async fn rotate_key(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    let known =
        keys::list(console.app(), console.id()).await.map_err(|failure| Page::failure(&console.visit, failure))?;
    let Some(old) = known.into_iter().find(|key| key.id == id && key.algorithm == WidgetKeyAlgorithm::Hs256) else {
        return Err(Page::failure(&console.visit, saldo_domain::Refusal::NotFound.into()));
    };
    let wish = CreateWidgetKey { name: old.name, algorithm: WidgetKeyAlgorithm::Hs256, public_key: None };
    made(&console, keys::create(console.app(), console.id(), &console.actor(), &wish).await).await
}

async fn made(console: &ConsoleVisit, made: Result<NewWidgetKey, Failure>) -> Answer {
    let news = match made {
        Ok(made) => {
            let fresh = FreshKey { id: made.key.id.to_string(), secret: made.secret };
            News { fresh: Some(fresh), ..News::default() }
        }
        Err(Failure::Refused(AppRefusal::WidgetKeysFull)) => {
            News { key_problem: Some(KeyProblem::Full), ..News::default() }
        }
        Err(Failure::Refused(_)) => News { key_problem: Some(KeyProblem::Unreadable), ..News::default() },
        Err(failure) => return Err(Page::failure(&console.visit, failure)),
    };
    page(console, theme(&|_| String::new()), news).await
}

/// Revokes a key at once.
pub async fn revoke_key(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    match keys::revoke(console.app(), console.id(), &console.actor(), WidgetKeyId(id)).await {
        Ok(()) => Ok(Page::see_other("/console/widgets")),
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

/// The elements themselves in a look, with a debtor's figures: a page of our own that only the console frames.
pub async fn preview(console: ConsoleVisit, RawQuery(query): RawQuery) -> Answer {
    console.needs(Permission::Terms)?;
    let theme = theme(&|name| query_field(query.as_deref(), name).unwrap_or_default());
    let failed = |failure| Page::failure(&console.visit, failure);
    let debtor = if theme.debtor.is_empty() {
        put_debtor::first_owing(console.app(), console.id()).await.map_err(failed)?
    } else {
        put_debtor::find(console.app(), console.id(), &theme.debtor).await.map_err(failed)?.map(|debtor| debtor.id)
    };
    let token = match debtor {
        Some(debtor) => preview_token(console.app(), console.id(), debtor).await.map_err(failed)?.token,
        None => String::new(),
    };
    let nonce = console.app().ambient().uuid_v7().simple().to_string();
    let language = console.visit.of_console(&console.creditor).locale.language.tag();
    let page = include_str!("widget_preview.html")
        .replace("{{nonce}}", &nonce)
        .replace("{{language}}", language)
        .replace("{{theme}}", &theme.mode)
        .replace("{{css}}", &theme.css())
        .replace("{{token}}", &token);
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'nonce-{nonce}'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    );
    Ok(Page::raw(([(header::CONTENT_SECURITY_POLICY, policy)], Html(page))))
}
