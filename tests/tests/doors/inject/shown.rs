//! Every page of the console and of the debtor in Chromium, full of what was typed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use saldo_app::flows::{update_creditor, widget_session};
use saldo_contract::creditor::UpdateCreditor;
use saldo_contract::widget::CreateWidgetSession;
use saldo_domain::ids::DebtorId;
use saldo_domain::planted::Bug;
use saldo_tests::browser::{Browser, Options};
use saldo_tests::figures::record;
use saldo_tests::needs;
use saldo_tests::origin::Origin;

use super::fields::{BROUGHT, KEPT};
use super::fill;
use super::page::{listen, look};
use super::payloads::PAYLOADS;
use super::prey::{Prey, World};
use crate::world::text;

/// How many pages of one kind are looked at.
const ALIKE: usize = 20;

/// A path without its ids: `/console/debtors/*`.
pub fn kind(path: &str) -> String {
    let is_id = |part: &str| part.len() > 30 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let bare = path.split(['?', '#']).next().unwrap_or_default();
    bare.split('/').map(|part| if is_id(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

/// Where a link inside of the console leads, if to a page.
fn page_of_console<'a>(world: &World, link: &'a str) -> Option<&'a str> {
    let path = link.strip_prefix(world.product.url.as_str())?;
    let is_page = path.starts_with("/console") && ![".csv", ".pdf", "attachments"].iter().any(|end| path.contains(end));
    is_page.then_some(path)
}

/// Opens a link and presses its button.
pub async fn enter(browser: &Browser, link: &str, then: &str) {
    browser.goto(link).await;
    browser.click("main form button").await;
    browser.wait_for_url(then).await;
}

/// Every page of the console that links lead to from some beginnings; answers their texts.
pub async fn walk_console(world: &World, browser: &Browser, from: &[String]) -> Vec<(String, String)> {
    let mut open: VecDeque<String> = from.iter().cloned().collect();
    let mut known: BTreeSet<String> = from.iter().cloned().collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut texts = Vec::new();
    while let Some(path) = open.pop_front() {
        let seen = kinds.entry(kind(&path)).or_default();
        *seen += 1;
        if *seen > ALIKE {
            continue;
        }
        browser.goto(&format!("{}{path}", world.product.url)).await;
        let looked = look(browser, world.hook.host(), &path).await;
        for link in &looked.links {
            if let Some(next) = page_of_console(world, link)
                && known.insert(next.to_owned())
            {
                open.push_back(next.to_owned());
            }
        }
        texts.push((path, looked.text));
    }
    texts
}

/// The lines of a list beside this file, less its comments.
pub fn listed(name: &str) -> BTreeSet<String> {
    let file = needs::top().join("tests/tests/doors/inject").join(name);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

fn account(prey: &Prey) -> String {
    format!("/console/debtors/{}", prey.id)
}

/// The pages of what was written as words of messages: there are more policies than are looked at.
async fn templates(world: &World) -> Vec<String> {
    let listed = world.api.get("/v1/policies?kind=message_template&limit=100").await.expect(200).json();
    let rows = listed["items"].as_array().expect("policies").iter();
    let of_fields = rows.filter(|row| row["body"].to_string().contains("<i>template."));
    of_fields.map(|row| format!("/console/terms/{}", text(&row["id"]))).collect()
}

async fn no_request_to_the_hook(world: &World, browser: &Browser) {
    let asked = browser.requests().await;
    let foreign: Vec<_> = asked.iter().filter(|request| request.url.contains(world.hook.host())).collect();
    assert!(foreign.is_empty() && world.hook.count() == 0, "P13: a page asked what was typed: {foreign:#?}");
}

/// Every page of the console, every page of each debtor: what was typed is there as text, and only as text.
#[tokio::test(flavor = "multi_thread")]
async fn what_people_write_is_shown_and_never_run() {
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let world = World::open(|_| true).await;
    listen(&browser).await;
    let sign_in = world.product.console_link(world.creditor.id).await;
    enter(&browser, &sign_in, "/console").await;
    // The accounts first: most of what is typed stands there.
    let mut from: Vec<String> = world.prey.iter().map(account).collect();
    from.extend(world.prey.iter().map(|prey| format!("{}/statement", account(prey))));
    from.extend(templates(&world).await);
    from.extend(["/console", "/console/imports", "/console/members", "/console/settings"].map(str::to_owned));
    from.extend(["/console/terms", "/console/widgets", "/console/reminders", "/console/audit"].map(str::to_owned));
    let mut texts = walk_console(&world, &browser, &from).await;
    for (prey, (path, shown)) in world.prey.iter().zip(&texts) {
        let typed = prey.says.of("hold.reason");
        assert!(shown.contains(&typed), "{path} does not show {typed:?}: {shown}");
    }
    let console = texts.len();
    for prey in &world.prey {
        walk_debtor(&world, &browser, prey, &mut texts).await;
    }
    let (kinds, debtors) = (kinds(&texts), texts.len() - console);
    let counted =
        format!("{} payloads, {console} pages of the console, {debtors} of debtors, {kinds} kinds", PAYLOADS.len());
    record(Bug::UnescapedNote, "Chromium", &counted);
    let all: String = texts.into_iter().map(|(_, text)| text).collect();
    let is_unseen = |field: &str| !all.contains(&format!("<i>{field}</i>"));
    let kept = KEPT.iter().map(|(_, field)| *field).chain(BROUGHT.iter().copied());
    let unseen: BTreeSet<String> = kept.filter(|field| is_unseen(field)).map(str::to_owned).collect();
    assert_eq!(unseen, listed("unseen.txt"), "a text that is kept is shown nowhere, or one that was not is now");
    no_request_to_the_hook(&world, &browser).await;
}

fn kinds(texts: &[(String, String)]) -> usize {
    texts.iter().map(|(path, _)| kind(path)).collect::<BTreeSet<_>>().len()
}

/// What a debtor sees.
async fn walk_debtor(world: &World, browser: &Browser, prey: &Prey, texts: &mut Vec<(String, String)>) {
    let link = world.link(prey).await;
    browser.goto(&link).await;
    look(browser, world.hook.host(), "the landing page").await;
    enter(browser, &link, "/statement").await;
    let invoice = fill::first_invoice(world, prey).await;
    let mut paths = vec!["/statement?history=all".to_owned(), "/pay".to_owned(), "/dispute".to_owned()];
    paths.extend(["/transfer", "/promise", "/preferences", "/profile", "/code"].map(str::to_owned));
    paths.push(format!("/dispute/{invoice}"));
    let mut at = 0;
    while let Some(path) = paths.get(at).cloned() {
        at += 1;
        browser.goto(&format!("{}{path}", world.product.url)).await;
        let looked = look(browser, world.hook.host(), &path).await;
        let further = ["/dispute/", "/receipt/", "/plan/"];
        for link in &looked.links {
            let path = link.strip_prefix(world.product.url.as_str()).unwrap_or_default();
            if further.iter().any(|start| path.starts_with(start)) && !paths.iter().any(|known| known == path) {
                paths.push(path.to_owned());
            }
        }
        texts.push((path, looked.text));
    }
}

/// The elements on a page of the business's own, which has no policy at all.
#[tokio::test(flavor = "multi_thread")]
async fn widgets_show_what_was_typed_as_text() {
    if saldo_bundles::all().is_empty() {
        return needs::missing("the bundles (SALDO_SKIP_BUNDLES)");
    }
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let world = World::open(|name| ["image", "attribute", "closed text", "link"].contains(&name)).await;
    listen(&browser).await;
    let site = Origin::serve(site()).await;
    let wish = UpdateCreditor { widget_origins: Some(vec![site.url.clone()]), ..UpdateCreditor::default() };
    update_creditor::update(&world.product.app, world.creditor.id, wish).await.expect("the origin is listed");
    let fill = "const [loader, token] = arguments;
        const script = Object.assign(document.createElement('script'), { src: loader, async: true, crossOrigin: '' });
        document.head.append(script);
        for (const name of ['balance', 'pay', 'statement', 'choices', 'plan', 'reminder']) {
            const element = document.createElement('saldo-' + name);
            element.setAttribute('token', token);
            document.body.append(element);
        }";
    for prey in &world.prey {
        let debtor_id: DebtorId = prey.id.parse().map(DebtorId).expect("an id");
        let wish = CreateWidgetSession { debtor_id: debtor_id.0, origin: site.url.clone(), scopes: None };
        let token = widget_session::create(&world.product.app, world.creditor.id, wish).await.expect("a token").token;
        browser.goto(&site.url).await;
        let loader = format!("{}/widgets/v1/saldo.js", world.product.url);
        browser.execute(fill, &[loader.into(), token.into()]).await;
        let typed = prey.says.of("invoice.description");
        let shows =
            "return document.querySelector('saldo-statement')?.shadowRoot?.textContent.includes(arguments[0]) ?? false";
        browser.wait_until(shows, &[typed.into()]).await;
        look(&browser, world.hook.host(), "a widget").await;
    }
    no_request_to_the_hook(&world, &browser).await;
}

fn site() -> axum::Router {
    let page = || async { axum::response::Html("<!DOCTYPE html><title>Shop</title><body></body>") };
    axum::Router::new().route("/", axum::routing::get(page))
}
