//! "Send me a new one": to the contact on file, a few times a day, and it says the same to everybody.

use saldo_providers::channel::MemoryChannel;
use saldo_tests::product::Product;

use crate::support::{Answer, Visitor, hours, on_both_with};

async fn ask(product: &Product, link: &str) -> Answer {
    let answer = product.client().post(format!("{link}/renew")).send().await.expect("an answer");
    let answer = Answer::of(answer).await.expect(200);
    product.work().await;
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_link_goes_to_the_contact_on_file_a_few_times_a_day() {
    let channel = MemoryChannel::new();
    on_both_with(
        |setup| setup.mail(&channel),
        async |product| {
            channel.take_sent();
            let business = product.business().await;
            let link = product.link_for(business.creditor.id, &business.ana).await;
            product.advance(hours(24 * 401));
            assert_eq!(product.client().get(&link).send().await.expect("an answer").status(), 410, "it has ended");
            let first = ask(&product, &link).await;
            let mails = channel.take_sent();
            assert_eq!((mails.len(), mails[0].to.email.as_str()), (1, "ana@example.com"));
            let fresh = mails[0].text.split_whitespace().find(|word| word.contains("/l/")).expect("a link").to_owned();
            assert!(!first.body.contains(fresh.rsplit('/').next().expect("a token")), "never to who asks");
            Visitor::sign_in(&product, &fresh).await.get("/statement").await.expect(200);

            for count in 2..=7 {
                product.advance(hours(1));
                let answer = ask(&product, &link).await;
                assert_eq!(answer.body, first.body, "the {count}th time");
                assert_eq!(channel.take_sent().len(), usize::from(count <= 5), "the {count}th time");
            }
            product.advance(hours(24));
            ask(&product, &link).await;
            assert_eq!(channel.take_sent().len(), 1, "another day");

            for nobody in [format!("{}/l/guess", product.url), format!("{link}x")] {
                assert_eq!(ask(&product, &nobody).await.body, first.body);
            }
            assert_eq!(channel.take_sent().len(), 0);
        },
    )
    .await;
}
