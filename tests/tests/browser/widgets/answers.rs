//! What the server says, does not say, says late, and says anew.

use std::time::Duration;

use saldo_tests::browser::Options;
use serde_json::{Value, json};

use super::fake::{Fake, Site};
use super::{SHOWS, elements};

/// Keeps what the kit tells the page.
const HEAR: &str = "<script>
    window.heard = [];
    for (const name of ['ready', 'paid', 'plan-agreed', 'dismissed', 'error'])
        addEventListener('saldo-' + name, event => heard.push([name, event.target.localName, event.detail?.code ?? '']));
</script>";

const HEARD: &str = "return heard.some(([name, tag, code]) =>
    name === arguments[0] && tag === arguments[1] && code === (arguments[2] ?? ''))";

/// Whether the business's own link in an element can be seen.
const FALLBACK: &str = "return document.querySelector(arguments[0] + ' a').checkVisibility()
    && document.querySelector(arguments[0] + ' a').assignedSlot !== null";

fn words(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| (*word).into()).collect()
}

#[tokio::test]
async fn a_payment_in_another_tab_is_seen_by_every_element_within_seconds() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&(fake.script() + HEAR), &elements(""));
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until(SHOWS, &words(&["saldo-statement", "$2,450.38"])).await;
    fake.pay();
    browser.wait_until(SHOWS, &words(&["saldo-balance", "$0.00"])).await;
    browser.wait_until(SHOWS, &words(&["saldo-statement", "No hay nada por pagar."])).await;
    browser.wait_until(SHOWS, &words(&["saldo-pay", "Nada por pagar"])).await;
    for tag in ["saldo-pay", "saldo-balance", "saldo-statement", "saldo-choices"] {
        browser.wait_until(HEARD, &words(&["paid", tag])).await;
    }
    fake.change(|view| view["plan"]["id"] = "01890a5d-0000-7000-8000-0000000000ab".into());
    browser.wait_until(HEARD, &words(&["plan-agreed", "saldo-plan"])).await;
}

#[tokio::test]
async fn a_token_that_ended_is_renewed_once_for_all() {
    let Some(fake) = Fake::open().await else { return };
    let body = elements("").replace("token=good", "token=old");
    let refresh = "<script>
        window.renewed = 0;
        for (const element of document.querySelectorAll('main > *'))
            element.refresh = async () => { renewed += 1; return 'fresh' };
    </script>";
    let site = Site::new(HEAR, &(body + refresh + &fake.script()));
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until(SHOWS, &words(&["saldo-balance", "$4,793.25"])).await;
    assert_eq!(browser.execute("return renewed", &[]).await, 1);
    let token = "return document.querySelector('saldo-pay').shadowRoot.querySelector('[name=token]').value";
    assert_eq!(browser.execute(token, &[]).await, "fresh");
    let tokens: Vec<Value> = fake.asked().iter().map(|asked| asked["token"].clone()).collect();
    assert_eq!(tokens, ["old", "fresh"]);
}

#[tokio::test]
async fn a_refusal_leaves_the_pages_own_link_and_says_why() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&(fake.script() + HEAR), &elements(""));
    let Some((browser, site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until(SHOWS, &words(&["saldo-balance", "$4,793.25"])).await;
    for (status, code) in [(401, "token_expired"), (401, "key_revoked"), (403, "origin_unlisted"), (500, "server")] {
        fake.refuse(Some((status, code)));
        browser.goto(&site.url).await;
        browser.wait_until(HEARD, &words(&["error", "saldo-balance", code])).await;
        for tag in ["saldo-balance", "saldo-statement", "saldo-pay"] {
            browser.wait_until(FALLBACK, &words(&[tag])).await;
            assert_eq!(browser.execute(SHOWS, &words(&[tag, "$4,793.25"])).await, false, "{code} {tag}");
        }
    }
    // The way back is up again: one press, and all of them show it.
    fake.refuse(None);
    browser.execute("document.querySelector('saldo-pay').shadowRoot.querySelector('.retry').click()", &[]).await;
    browser.wait_until(SHOWS, &words(&["saldo-balance", "$4,793.25"])).await;
    // A key that is revoked while the page stands takes the amount away; a server that is down does not.
    fake.refuse(Some((500, "server")));
    fake.change(|_| {});
    browser
        .wait_until(
            "return performance.getEntriesByName(arguments[0]).length > 2",
            &[format!("{}/v1/widget/view", fake.origin.url).into()],
        )
        .await;
    assert_eq!(browser.execute(SHOWS, &words(&["saldo-balance", "$4,793.25"])).await, true);
}

#[tokio::test]
async fn a_slow_answer_and_an_absent_server_leave_the_pages_own_link() {
    let Some(fake) = Fake::open().await else { return };
    fake.slow_down(Duration::from_secs(2));
    let loading = "<saldo-balance token=good><p slot=loading>Un momento</p><a href=/own>Mi cuenta</a></saldo-balance>";
    let site = Site::new(&(fake.script() + HEAR), &(elements("") + loading));
    let Some((browser, site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until(FALLBACK, &words(&["saldo-balance"])).await;
    browser.wait_until("return document.querySelector('[slot=loading]').checkVisibility()", &[]).await;
    browser.wait_until(SHOWS, &words(&["saldo-balance", "$4,793.25"])).await;
    drop(fake);
    browser.goto(&site.url).await;
    browser.wait_until("return document.querySelector('saldo-balance a').checkVisibility()", &[]).await;
}

#[tokio::test]
async fn a_reminder_that_is_put_away_stays_away_unless_the_page_says_no() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&(fake.script() + HEAR), "<saldo-reminder token=good></saldo-reminder>");
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    let press = "document.querySelector('saldo-reminder').shadowRoot.querySelectorAll('.quiet')[0].click()";
    browser.wait_until(SHOWS, &words(&["saldo-reminder", "A-2077"])).await;
    browser.execute("window.no = event => event.preventDefault(); addEventListener('saldo-dismissed', no)", &[]).await;
    browser.execute(press, &[]).await;
    assert_eq!(browser.execute(SHOWS, &words(&["saldo-reminder", "A-2077"])).await, true);
    browser.execute("removeEventListener('saldo-dismissed', no)", &[]).await;
    browser.execute(press, &[]).await;
    browser
        .wait_until("return !document.querySelector('saldo-reminder').shadowRoot.textContent.includes('A-2077')", &[])
        .await;
    let expected = json!("later");
    browser.wait_until("return Object.keys(localStorage).length === 1", &[]).await;
    let dismissals: Vec<Value> = fake.asked().into_iter().filter(|asked| asked["until"] == expected).collect();
    assert_eq!(dismissals.len(), 1);
    // The server has not heard of it: the page remembers.
    browser.reload().await;
    browser.wait_until(HEARD, &words(&["ready", "saldo-reminder"])).await;
    assert_eq!(browser.execute(SHOWS, &words(&["saldo-reminder", "A-2077"])).await, false);
}

#[tokio::test]
async fn what_is_chosen_arrives_on_our_own_page_and_back_shows_the_new_balance() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&(fake.script() + HEAR), &elements("return-url=https://tienda.example/cuenta"));
    let Some((browser, site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until(SHOWS, &words(&["saldo-statement", "$2,450.38"])).await;
    browser.execute("document.querySelector('saldo-statement').shadowRoot.querySelector('.tick').click()", &[]).await;
    browser.wait_until(SHOWS, &words(&["saldo-statement", "$610.38"])).await;
    browser.execute("document.querySelector('saldo-statement').shadowRoot.querySelector('.pay').click()", &[]).await;
    browser.wait_for_text("h1", "Pago").await;
    let form = browser.text("pre").await;
    for part in ["to=pay", "token=good", "item=01890a5d-0000-7000-8000-000000000002", "return_url=https%3A%2F%2Ftienda"]
    {
        assert!(form.contains(part), "{part} in {form}");
    }
    assert!(!form.contains("000000000001") && !form.contains("610"), "{form}");
    fake.pay();
    browser.back().await;
    browser.wait_until(SHOWS, &words(&["saldo-balance", "$0.00"])).await;
    assert!(browser.url().await.starts_with(&site.url));
}

#[tokio::test]
async fn the_plan_picker_computes_in_the_page_and_hands_the_choice_over() {
    let Some(fake) = Fake::open().await else { return };
    let site = Site::new(&fake.script(), "<saldo-choices token=good></saldo-choices>");
    let Some((browser, _site)) = fake.visit(site, Options::default()).await else { return };
    browser.wait_until(SHOWS, &words(&["saldo-choices", "3 pagos de $1,677.64"])).await;
    let choose = "const root = document.querySelector('saldo-choices').shadowRoot;
        const field = root.querySelectorAll(arguments[0])[arguments[1]];
        field.value = arguments[2]; field.dispatchEvent(new Event('change', {bubbles: true}))";
    browser.execute(choose, &["select".into(), 1.into(), "6".into()]).await;
    browser.wait_until(SHOWS, &words(&["saldo-choices", "6 pagos de $838.82"])).await;
    browser.execute(choose, &["input".into(), 0.into(), "2026-12-24".into()]).await;
    browser.wait_until(SHOWS, &words(&["saldo-choices", "cada pago al menos"])).await;
    browser.execute(choose, &["input".into(), 0.into(), "2026-03-15".into()]).await;
    browser.wait_until(SHOWS, &words(&["saldo-choices", "15 de agosto de 2026"])).await;
    browser.execute(choose, &["select".into(), 0.into(), "01890a5d-0000-7000-8000-00000000000b".into()]).await;
    browser.wait_until(SHOWS, &words(&["saldo-choices", "4 pagos de $1,078.48"])).await;
    let before = fake.asked().len();
    browser
        .execute(
            "[...document.querySelector('saldo-choices').shadowRoot.querySelectorAll('.outcome .pay')][0].click()",
            &[],
        )
        .await;
    browser.wait_for_text("h1", "Pago").await;
    let form = browser.text("pre").await;
    for part in ["to=plan", "template=01890a5d-0000-7000-8000-00000000000b", "count=4", "first_on=2026-03-10"] {
        assert!(form.contains(part), "{part} in {form}");
    }
    assert_eq!(before, 1, "the picker asks nobody");
}
