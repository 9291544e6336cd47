//! Every form of the console and of the debtor, sent in Chromium with the same text in each of its fields: it comes back as
//! text, whether it was taken or refused.

use std::collections::BTreeSet;

use saldo_domain::planted::Bug;
use saldo_tests::browser::{Browser, Options};
use saldo_tests::figures::record;
use serde_json::{Value, json};

use super::page::{listen, look};
use super::prey::World;
use super::shown::{enter, kind, listed, walk_console};
use crate::world::text;

/// What closes whatever it may stand in.
const TYPED: &str = "'\"--></textarea></title></option></style><img src=//HOOK/f onerror=alert(1)><i>{{7*191}}";

/// The forms of a page that have a field for text: where each is sent, and the names of those fields.
const FORMS: &str = "
    const kinds = ['text', 'search', 'email', 'tel', 'url', 'number', 'textarea'];
    return [...document.forms].map((form, at) => {
        const fields = [...form.elements].filter(e => kinds.includes(e.type) && !e.readOnly);
        return { at, action: (form.getAttribute('method') ?? 'get') + ' ' + new URL(form.getAttribute('action') ?? '', location.href).pathname, fields: fields.map(e => e.name) };
    }).filter(form => form.fields.length > 0);
";

/// Fills a form and sends it past what the browser itself would refuse.
const SEND: &str = "
    const [at, typed] = arguments, form = document.forms[at];
    const kinds = ['text', 'search', 'email', 'tel', 'url', 'textarea'];
    for (const field of form.elements) {
        if (!kinds.includes(field.type) || field.readOnly) continue;
        field.removeAttribute('maxlength');
        if (field.type === 'email' || field.type === 'url') field.type = 'text';
        field.value = typed;
    }
    window.__before = true;
    HTMLFormElement.prototype.submit.call(form);
";

struct Sent {
    fields: BTreeSet<String>,
    forms: BTreeSet<String>,
}

/// A field's name with its number left out: how many steps or tiers a policy has is no matter.
fn numbered(name: &str) -> String {
    let words = name.split('_').map(|word| if word.bytes().all(|byte| byte.is_ascii_digit()) { "#" } else { word });
    words.collect::<Vec<_>>().join("_")
}

async fn send_all(world: &World, browser: &Browser, path: &str, sent: &mut Sent) {
    let url = format!("{}{path}", world.product.url);
    browser.goto(&url).await;
    let forms = browser.execute(FORMS, &[]).await;
    for form in forms.as_array().cloned().unwrap_or_default() {
        let action = kind(form["action"].as_str().unwrap_or_default());
        let names = form["fields"].as_array().cloned().unwrap_or_default();
        let names: BTreeSet<&str> = names.iter().filter_map(Value::as_str).collect();
        sent.fields.extend(names.iter().map(|name| format!("{action} {}", numbered(name))));
        // One form of each kind is enough; who signs out sends no more.
        if !sent.forms.insert(action.clone()) || action.contains("/security/") || action.contains("sign-out") {
            continue;
        }
        browser.goto(&url).await;
        let typed = TYPED.replace("HOOK", world.hook.host());
        browser.execute(SEND, &[form["at"].clone(), json!(typed)]).await;
        browser.wait_until("return !window.__before && document.readyState === 'complete'", &[]).await;
        look(browser, world.hook.host(), &format!("the answer to {action}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_into_a_form_comes_back_as_text() {
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let world = World::open(|_| false).await;
    listen(&browser).await;
    let sign_in = world.product.console_link(world.creditor.id).await;
    enter(&browser, &sign_in, "/console").await;
    let from = ["/console", "/console/members", "/console/settings", "/console/terms", "/console/widgets"];
    let pages = walk_console(&world, &browser, &from.map(str::to_owned)).await;
    let mut sent = Sent { fields: BTreeSet::new(), forms: BTreeSet::new() };
    let mut kinds = BTreeSet::new();
    let mut one_of_each: Vec<String> =
        pages.into_iter().map(|(path, _)| path).filter(|path| kinds.insert(kind(path))).collect();
    // Only some messages may go again, and have a form for it.
    let log = world.api.get("/v1/messages").await.expect(200).json();
    let again = log["items"].as_array().expect("messages").iter().find(|row| row["may_again"] == true);
    let again = text(&again.expect("a message that may go again")["id"]);
    one_of_each.push(format!("/console/reminders/messages/{again}"));
    for path in &one_of_each {
        send_all(&world, &browser, path, &mut sent).await;
    }
    let prey = &world.prey[0];
    enter(&browser, &world.link(prey).await, "/statement").await;
    for path in ["/pay", "/transfer", "/promise", "/preferences", "/profile", "/code", "/plan/new"] {
        send_all(&world, &browser, path, &mut sent).await;
    }
    browser.goto(&format!("{}/dispute", world.product.url)).await;
    let picked = look(&browser, world.hook.host(), "the choice of an invoice").await.links;
    let picked = picked
        .iter()
        .find_map(|link| link.strip_prefix(world.product.url.as_str()).filter(|path| path.starts_with("/dispute/")));
    send_all(&world, &browser, picked.expect("an invoice that can be contested"), &mut sent).await;
    // What was taken stands on the pages now.
    let sign_in = world.product.console_link(world.creditor.id).await;
    enter(&browser, &sign_in, "/console").await;
    for path in &one_of_each {
        browser.goto(&format!("{}{path}", world.product.url)).await;
        look(&browser, world.hook.host(), path).await;
    }
    assert_eq!(world.hook.count(), 0, "P13: a page asked what was typed");
    let counted = format!("{} forms with {} fields of text", sent.forms.len(), sent.fields.len());
    record(Bug::UnescapedNote, "forms", &counted);
    let listed = listed("forms.txt");
    let differ: Vec<&String> = sent.fields.symmetric_difference(&listed).collect();
    assert!(differ.is_empty(), "forms have other fields than are listed: {differ:#?}");
}
