//! The fresh code: to the contact on file, for ten minutes, five tries, and the way back leads to a page of ours.

use saldo_app::flows::put_debtor;
use saldo_contract::debtor::PutDebtor;
use saldo_providers::channel::MemoryChannel;

use crate::support::{Answer, Visitor, ana, hidden, hours, on_both_with_mail};

fn sent(channel: &MemoryChannel) -> Vec<String> {
    let digits = |subject: &str| subject.rsplit(' ').next().unwrap_or_default().to_owned();
    channel.take_sent().iter().map(|mail| digits(&mail.subject)).collect()
}

async fn enter(visitor: &Visitor, code: &str, back: &str) -> Answer {
    visitor.post("/code", &[("code", code), ("back", back)]).await
}

/// Another code than that one.
fn other(code: &str) -> &'static str {
    if code == "111111" { "222222" } else { "111111" }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_opens_the_own_data_of_its_session_for_ten_minutes() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let visitor = ana(&product, &business).await;
        let second = ana(&product, &business).await;
        let masked = visitor.get("/profile").await.expect(200);
        assert!(!masked.body.contains("ana@example.com") && !masked.body.contains("Ana Torres"), "{}", masked.body);
        let refused = visitor.post("/profile/language", &[("language", "pt")]).await.expect(303);
        assert_eq!(refused.header("location"), "/code?back=%2Fprofile");

        let page = visitor.get("/code?back=/profile").await.expect(200);
        assert_eq!(hidden(&page.body, "back").as_deref(), Some("/profile"));
        assert!(sent(&channel).is_empty(), "opening the page sends nothing");
        visitor.post("/code/send", &[("back", "/profile")]).await.expect(303);
        let code = sent(&channel).remove(0);
        assert_eq!(code.len(), 6, "{code}");
        let page = visitor.get("/code?back=/profile").await.expect(200);
        assert!(page.body.contains("one-time-code") && !page.body.contains(&code));

        enter(&second, &code, "/profile").await.expect(422);
        enter(&visitor, other(&code), "/profile").await.expect(422);
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert_eq!(enter(&visitor, &spaced, "/profile").await.expect(303).header("location"), "/profile");
        let open = visitor.get("/profile").await.expect(200);
        assert!(open.body.contains("ana@example.com") && open.body.contains("Ana Torres"));
        assert!(!second.get("/profile").await.body.contains("ana@example.com"), "another session stays shut");
        enter(&visitor, &code, "/profile").await.expect(422);

        visitor.post("/profile/language", &[("language", "pt")]).await.expect(303);
        assert!(visitor.get("/profile?saved=1").await.expect(200).body.contains("Salvo."));
        product.advance(hours(1) / 6);
        assert!(!visitor.get("/profile").await.expect(200).body.contains("ana@example.com"), "ten minutes are over");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_tries_ten_minutes_and_five_codes_an_hour() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let visitor = ana(&product, &business).await;
        enter(&visitor, "123456", "/profile").await.expect(422);
        visitor.post("/code/send", &[("back", "/profile")]).await.expect(303);
        let first = sent(&channel).remove(0);
        for _ in 0..5 {
            enter(&visitor, "12", "/profile").await.expect(422);
            enter(&visitor, other(&first), "/profile").await.expect(422);
        }
        enter(&visitor, &first, "/profile").await.expect(422);

        visitor.post("/code/send", &[("back", "/profile")]).await.expect(303);
        let late = sent(&channel).remove(0);
        product.advance(hours(1) / 6);
        enter(&visitor, &late, "/profile").await.expect(422);

        for count in 3..=6 {
            let answer = visitor.post("/code/send", &[("back", "/profile")]).await;
            assert_eq!(answer.status, if count <= 5 { 303 } else { 429 }, "the {count}th code");
        }
        let codes = sent(&channel);
        assert_eq!(codes.len(), 3);
        if codes[0] != codes[2] {
            enter(&visitor, &codes[0], "/profile").await.expect(422);
        }
        enter(&visitor, &codes[2], "/profile").await.expect(303);
        product.advance(hours(1));
        product.tick().await;
        visitor.post("/code/send", &[]).await.expect(303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_never_leads_away() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let visitor = ana(&product, &business).await;
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example"] {
            visitor.post("/code/send", &[("back", bad)]).await.expect(303);
            let code = sent(&channel).remove(0);
            assert_eq!(enter(&visitor, &code, bad).await.expect(303).header("location"), "/statement", "{bad}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_contact_there_is_no_code_and_the_page_says_so() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let wish = PutDebtor {
            reference: "QUIET".to_owned(),
            name: "Quiet Debtor".to_owned(),
            email: None,
            phone: None,
            postal_address: None,
            language: None,
            country: None,
            time_zone: None,
            tags: None,
        };
        let quiet = put_debtor::put(&product.app, business.creditor.id, wish).await.expect("a debtor");
        let link = product.link_for(business.creditor.id, &quiet).await;
        let visitor = Visitor::sign_in(&product, &link).await;
        let page = visitor.get("/code").await.expect(200);
        assert!(!page.body.contains("/code/send") && page.body.contains("Papelería Sol"));
        visitor.post("/code/send", &[]).await.expect(422);
        assert!(sent(&channel).is_empty());
    })
    .await;
}
