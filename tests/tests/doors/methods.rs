//! Saved payment methods: saved on the provider's page behind a fresh code, shown by their looks, removed.

use saldo_app::flows::start_session::DebtorSession;
use saldo_app::flows::{method_setup, remove_method};
use saldo_domain::creditor::Creditor;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::SavedMethodId;
use saldo_providers::channel::MemoryChannel;
use saldo_tests::product::Product;
use serde_json::json;

use crate::support::{Api, ana, hidden, hours, on_both, on_both_with};

pub fn session(creditor: &Creditor, debtor: &Debtor) -> DebtorSession {
    DebtorSession { creditor_id: creditor.id, debtor_id: debtor.id, fresh_until: None }
}

/// A debtor saves a test card on the sandbox's page; answers the method.
pub async fn save(product: &Product, creditor: &Creditor, debtor: &Debtor, number: &str) -> String {
    let id = SavedMethodId(product.app.ambient().uuid_v7());
    let url = method_setup::start(&product.app, session(creditor, debtor), id).await.expect("a page");
    let reference = url.rsplit('/').next().expect("a reference");
    let sandbox = product.sandbox.as_ref().expect("the sandbox takes payments");
    sandbox.save(reference, number, product.app.now()).expect("a memory");
    sandbox.answer_setup_challenge(reference, true, product.app.now()).expect("a memory");
    product.work().await;
    id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_debtor_saves_a_card_behind_a_fresh_code_and_removes_it() {
    let channel = MemoryChannel::new();
    on_both_with(
        |setup| setup.mail(&channel),
        async |product| {
            let business = product.business().await;
            let visitor = ana(&product, &business).await;
            let refused = visitor.get("/methods").await.expect(303);
            assert_eq!(refused.header("location"), "/code?back=%2Fmethods");
            channel.take_sent();
            visitor.post("/code/send", &[("back", "/methods")]).await.expect(303);
            let subject = channel.take_sent().remove(0).subject;
            let code = subject.rsplit(' ').next().expect("a code").to_owned();
            visitor.post("/code", &[("code", &code), ("back", "/methods")]).await.expect(303);

            let page = visitor.get("/methods").await.expect(200);
            let setup = hidden(&page.body, "setup").expect("an id");
            let provider = visitor.post("/methods/setups", &[("setup", &setup)]).await.expect(303);
            let provider = provider.header("location").to_owned();
            let again = visitor.post("/methods/setups", &[("setup", &setup)]).await.expect(303);
            assert_eq!(again.header("location"), provider, "the same form is the same page");
            visitor.get(&provider).await.expect(200);
            visitor.post(&format!("{provider}/card"), &[("number", "4111111111111111")]).await.expect(422);
            visitor.post(&format!("{provider}/card"), &[("number", "4000000000000002")]).await.expect(422);
            let saved =
                visitor.post(&format!("{provider}/card"), &[("number", "4242 4242 4242 4242")]).await.expect(303);
            let back = visitor.get(saved.header("location")).await.expect(303);
            assert_eq!(back.header("location"), "/methods?news=saved");
            product.work().await;

            let page = visitor.get("/methods").await.expect(200);
            assert!(page.body.contains("•••• 4242") && !page.body.contains("42424242"), "{}", page.body);
            let api = Api::new(&product, &business.key);
            let path = format!("/v1/debtors/{}/methods", business.ana.id);
            let told = api.get(&path).await.expect(200).json();
            assert_eq!(told["items"][0]["last4"], "4242", "{told}");
            assert_eq!(told["items"].as_array().map(Vec::len), Some(1), "the webhook and the return page: {told}");

            visitor.get(&format!("/methods/{setup}/remove")).await.expect(200);
            visitor.post(&format!("/methods/{setup}/remove"), &[]).await.expect(303);
            visitor.post(&format!("/methods/{setup}/remove"), &[]).await.expect(404);
            product.work().await;
            assert_eq!(api.get(&path).await.expect(200).json()["items"], json!([]));
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_nobody_used_ends_and_one_that_was_forgotten_is_asked_about() {
    on_both(async |product| {
        let business = product.business().await;
        let owner = session(&business.creditor, &business.ana);
        let (unused, forgotten) =
            (SavedMethodId(product.app.ambient().uuid_v7()), SavedMethodId(product.app.ambient().uuid_v7()));
        method_setup::start(&product.app, owner, unused).await.expect("a page");
        let url = method_setup::start(&product.app, owner, forgotten).await.expect("a page");
        let sandbox = product.sandbox.as_ref().expect("the sandbox takes payments");
        let reference = url.rsplit('/').next().expect("a reference");
        sandbox.save(reference, "4242424242424242", product.app.now()).expect("a memory");
        for event in sandbox.due_events(product.app.now()).expect("events") {
            sandbox.mark_delivered(&event.delivery_id).expect("lost on the way");
        }
        product.advance(hours(2));
        product.tick().await;
        let methods = remove_method::list(&product.app, business.creditor.id, business.ana.id).await.expect("a list");
        assert_eq!(methods.iter().map(|method| method.id).collect::<Vec<_>>(), [forgotten]);
        let ended = method_setup::follow(&product.app, owner, unused).await.expect("its own");
        assert_eq!(ended, method_setup::SetupState::Expired);
        let stranger = session(&business.creditor, &business.bruno);
        assert!(method_setup::follow(&product.app, stranger, forgotten).await.is_err());
    })
    .await;
}
