//! Discount, full amount or plan: what a debtor can choose without a script, and what is refused.

use jiff::Timestamp;
use saldo_domain::creditor::Creditor;
use saldo_domain::debtor::Debtor;
use saldo_providers::channel::MemoryChannel;
use saldo_tests::product::Product;

use crate::support::{Answer, Visitor, assert_parity, hidden, on_both_with_mail};

/// A debtor who owes 1,000.00, issued today and due in thirty days.
async fn owing(product: &Product, reference: &str, creditor: &Creditor) -> Debtor {
    let debtor = product.debtor(creditor, reference, "Elena Ríos", "MX").await;
    product.invoice((creditor, &debtor), &format!("{reference}-1"), "2026-04-02", (100_000, "MXN")).await;
    debtor
}

async fn enter(product: &Product, creditor: &Creditor, debtor: &Debtor) -> Visitor {
    Visitor::sign_in(product, &product.link_for(creditor.id, debtor).await).await
}

fn clock(product: &Product, at: &str) {
    product.clock.set(at.parse::<Timestamp>().expect("a moment"));
}

/// The form for all that is asked, as the page stands.
async fn everything(visitor: &Visitor) -> Vec<(String, String)> {
    let page = visitor.get("/pay").await.expect(200);
    let names = ["attempt", "account", "balance_version", "seen_everything"];
    let mut form: Vec<(String, String)> =
        names.iter().map(|name| ((*name).to_owned(), hidden(&page.body, name).expect(name))).collect();
    form.push(("choice".to_owned(), "everything".to_owned()));
    form
}

async fn send(visitor: &Visitor, path: &str, form: &[(String, String)]) -> Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post(path, &form).await
}

async fn pay_by_card(product: &Product, visitor: &Visitor, handed_over: &Answer) {
    let page = handed_over.header("location").to_owned();
    visitor.post(&format!("{page}/card"), &[("number", "4242 4242 4242 4242")]).await.expect(303);
    product.work().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_discount_holds_until_its_last_second_and_is_asked_about_after_it() {
    on_both_with_mail(async |product, _| {
        let creditor = product.creditor("Papelería Sol").await;
        product.two_ten(creditor.id).await;
        let (first, second) = (owing(&product, "E", &creditor).await, owing(&product, "L", &creditor).await);
        let early = enter(&product, &creditor, &first).await;
        let statement = early.get("/statement").await.expect(200).body;
        for shown in ["$980.00", "$1,000.00", "Ahorra $20.00", "13 de marzo de 2026, 23:59", "Mexico City"] {
            assert!(statement.contains(shown), "{shown}: {statement}");
        }

        // The last second of the tenth day on the debtor's wall, which is six hours behind.
        clock(&product, "2026-03-14T05:59:59Z");
        let early = enter(&product, &creditor, &first).await;
        let late = enter(&product, &creditor, &second).await;
        let form = everything(&late).await;
        let in_time = send(&early, "/pay", &everything(&early).await).await.expect(303);
        pay_by_card(&product, &early, &in_time).await;
        let statement = early.get("/statement").await.expect(200).body;
        assert!(statement.contains("Está al corriente."), "{statement}");
        assert_parity(&product).await;

        clock(&product, "2026-03-14T06:00:00Z");
        let changed = send(&late, "/pay", &form).await.expect(409).body;
        for shown in ["El precio cambió", "$980.00", "$1,000.00"] {
            assert!(changed.contains(shown), "{shown}: {changed}");
        }
        let fields = ["attempt", "account", "balance_version", "seen", "choice"];
        let again: Vec<(String, String)> =
            fields.iter().map(|name| ((*name).to_owned(), hidden(&changed, name).expect(name))).collect();
        let handed_over = send(&late, "/pay", &again).await.expect(303);
        pay_by_card(&product, &late, &handed_over).await;
        assert!(late.get("/statement").await.expect(200).body.contains("Está al corriente."));
        assert_parity(&product).await;
    })
    .await;
}

async fn enter_code(visitor: &Visitor, channel: &MemoryChannel, back: &str) {
    channel.take_sent();
    visitor.post("/code/send", &[("back", back)]).await.expect(303);
    let mail = channel.take_sent().remove(0);
    let code = mail.subject.rsplit(' ').next().expect("digits").to_owned();
    assert_eq!(visitor.post("/code", &[("code", &code), ("back", back)]).await.expect(303).header("location"), back);
}

async fn plan_stand(product: &Product) -> Visitor {
    let creditor = product.creditor("Papelería Sol").await;
    product.six_months(creditor.id).await;
    let debtor = owing(product, "P", &creditor).await;
    enter(product, &creditor, &debtor).await
}

/// The hidden fields of the page on which a plan is agreed to.
fn agreement(page: &str) -> Vec<(String, String)> {
    let names = ["plan", "account", "template", "count", "first_on", "balance_version", "text"];
    names.iter().map(|name| ((*name).to_owned(), hidden(page, name).expect(name))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_chosen_agreed_to_and_paid_without_a_script() {
    on_both_with_mail(async |product, channel| {
        let visitor = plan_stand(&product).await;
        let statement = visitor.get("/statement").await.expect(200).body;
        assert!(statement.contains("/plan/new?account=") && statement.contains("$166.67"), "{statement}");
        let account = hidden(&visitor.get("/plan/new").await.expect(200).body, "account").expect("an account");
        let choice = format!("account={account}&count=3&first_on=2026-03-31");
        let page = visitor.get(&format!("/plan/new?{choice}")).await.expect(200).body;
        for shown in
            ["31 de marzo de 2026", "30 de abril de 2026", "31 de mayo de 2026", "$333.34", "$333.33", "$1,000.00"]
        {
            assert!(page.contains(shown), "{shown}: {page}");
        }

        let confirm = format!("/plan/confirm?{choice}");
        let led = visitor.get(&confirm).await.expect(303).header("location").to_owned();
        assert!(led.starts_with("/code?back=%2Fplan%2Fconfirm%3F"), "{led}");
        enter_code(&visitor, &channel, &confirm).await;
        let page = visitor.get(&confirm).await.expect(200).body;
        let mut form = agreement(&page);
        let unticked = send(&visitor, "/plan", &form).await.expect(422).body;
        assert!(unticked.contains("Marque la casilla"), "{unticked}");
        form.push(("agree".to_owned(), "yes".to_owned()));
        let made = send(&visitor, "/plan", &form).await.expect(303).header("location").to_owned();
        let again = send(&visitor, "/plan", &form).await.expect(303).header("location").to_owned();
        assert_eq!(made, again, "the same acceptance is the same plan");
        assert!(visitor.get("/plan/new").await.expect(303).header("location").ends_with("/statement"));

        let page = visitor.get(&made).await.expect(200).body;
        assert!(page.contains("Pagado $0.00 de $1,000.00"), "{page}");
        let plan = hidden(&page, "plan").expect("a plan");
        let fields = ["attempt", "account", "balance_version"];
        let mut form: Vec<(String, String)> =
            fields.iter().map(|name| ((*name).to_owned(), hidden(&page, name).expect(name))).collect();
        form.extend([("plan".to_owned(), plan), ("choice".to_owned(), "instalment".to_owned())]);
        let handed_over = send(&visitor, "/pay", &form).await.expect(303);
        pay_by_card(&product, &visitor, &handed_over).await;
        let page = visitor.get(&made).await.expect(200).body;
        assert!(page.contains("Pagado $333.34 de $1,000.00"), "{page}");
        let statement = visitor.get("/statement").await.expect(200).body;
        assert!(statement.contains("el próximo pago de $333.33 es el 30 de abril de 2026"), "{statement}");
        assert_parity(&product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_possible_is_said_and_changes_nothing() {
    on_both_with_mail(async |product, channel| {
        let visitor = plan_stand(&product).await;
        let page = visitor.get("/plan/new").await.expect(200).body;
        let (account, template) = (hidden(&page, "account").expect("one"), hidden(&page, "template").expect("one"));
        let asked = |count: &str, first_on: &str| {
            format!("/plan/new?account={account}&template={template}&count={count}&first_on={first_on}")
        };
        for (count, first_on) in [("7", "2026-03-31"), ("1", "2026-03-31"), ("3", "2026-02-28"), ("3", "2026-12-31")] {
            let page = visitor.get(&asked(count, first_on)).await.expect(422).body;
            assert!(page.contains("role=\"alert\"") && page.contains("$166.67"), "{count} {first_on}: {page}");
        }
        for nonsense in [asked("x", "2026-99-99"), asked("3", ""), "/plan/new?account=1".to_owned()] {
            let status = visitor.get(&nonsense).await.status;
            assert!([200, 303].contains(&status), "{nonsense}: {status}");
        }

        enter_code(&visitor, &channel, "/statement").await;
        let confirm = format!("/plan/confirm?account={account}&template={template}&count=3&first_on=2026-03-31");
        let mut form = agreement(&visitor.get(&confirm).await.expect(200).body);
        form.push(("agree".to_owned(), "yes".to_owned()));
        let stale: Vec<(String, String)> = form
            .iter()
            .map(|(name, value)| {
                (name.clone(), if name == "balance_version" { "999".to_owned() } else { value.clone() })
            })
            .collect();
        let refused = send(&visitor, "/plan", &stale).await.expect(409).body;
        assert!(refused.contains("El saldo cambió"), "{refused}");
        let made = send(&visitor, "/plan", &form).await.expect(303).header("location").to_owned();

        let other = product.creditor("Otra Casa").await;
        let somebody = owing(&product, "X", &other).await;
        let stranger = enter(&product, &other, &somebody).await;
        stranger.get(&made).await.expect(404);
        stranger.get(&format!("{made}/accept")).await.expect(303);
        stranger.post(&format!("{made}/decline"), &[]).await.expect(404);
        let nobody = product.client().get(format!("{}{made}", product.url)).send().await.expect("an answer");
        assert_eq!(nobody.status(), 401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_clock_is_told_to_whoever_asks() {
    on_both_with_mail(async |product, _| {
        let answer = product.client().get(format!("{}/now", product.url)).send().await.expect("an answer");
        let answer = Answer::of(answer).await.expect(200);
        assert_eq!(answer.json()["now"], product.app.now().as_millisecond());
    })
    .await;
}
