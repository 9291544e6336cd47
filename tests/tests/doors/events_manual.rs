//! The manual of receivers: its programs take what we signed, and bodies have the fields that it names.

use std::process::{Command, Stdio};

use saldo_app::ambient::Ambient;
use saldo_tests::needs;
use saldo_tests::product::Product;
use serde_json::{Value, json};

use crate::events::{Told, events, subscribe};
use crate::events_more::{deliver, one_more_invoice, stand};
use crate::support::{Api, on_both, on_both_with};

/// A receiver of the manual in its own process: what it prints of the first event that it takes, and of a forged one.
async fn run_receiver(product: &Product, api: &Api, program: &str, file: &str) -> Option<String> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let url = format!("http://127.0.0.1:{port}/saldo");
    let told: Told = subscribe(api, file, &url, &[]).await;
    let path = needs::top().join("server/app/events").join(file);
    let mut command = Command::new(program);
    command.arg(path).arg(port.to_string()).env("SALDO_EVENTS_SECRET", &told.secret).stdout(Stdio::piped());
    let Ok(mut receiver) = command.spawn() else {
        eprintln!("SKIPPED: {program} is not installed, {file} was not run");
        return None;
    };
    let client = product.client();
    let mut forged = None;
    for _ in 0..200 {
        let now = product.app.now().as_second().to_string();
        let request = client.post(&url).header("webhook-id", "forged").header("webhook-timestamp", now);
        let request = request.header("webhook-signature", "v1,AAAA").body("{}").send().await;
        if let Ok(answer) = request {
            forged = Some(answer.status().as_u16());
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(forged, Some(401), "{file}: what we did not sign is refused");
    api.post(&format!("/v1/subscribers/{}/test", told.id), &json!({})).await.expect(202);
    assert_eq!(deliver(product).await, 1, "{file}");
    let deliveries = api.get(&format!("/v1/subscribers/{}/deliveries", told.id)).await.expect(200).json();
    let _ = receiver.kill();
    let said = receiver.wait_with_output().expect("it ends").stdout;
    assert_eq!(deliveries["items"][0]["state"], "delivered", "{file}: {deliveries}");
    api.post(&format!("/v1/subscribers/{}/disable", told.id), &json!({})).await.expect(200);
    Some(String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receivers_of_the_manual_take_what_we_signed_and_nothing_else() {
    on_both_with(
        |setup| setup.set("SALDO_EVENTS__LOOPBACK", "true"),
        async |product| {
            let (_, api) = stand(&product).await;
            // Programs on this machine go by its own clock.
            product.clock.set(Ambient::system().now());
            for (program, file) in [("python3", "receiver.py"), ("node", "receiver.mjs")] {
                if let Some(said) = run_receiver(&product, &api, program, file).await {
                    assert!(said.contains("subscriber.test"), "{file}: {said}");
                }
            }
        },
    )
    .await;
}

/// Each type with the fields that the manual names.
#[test]
fn the_manual_names_every_type() {
    let manual = std::fs::read_to_string(needs::top().join("server/app/events/README.md")).expect("the manual");
    for kind in saldo_domain::outbound::EventKind::ALL {
        assert!(manual.contains(&format!("`{}`", kind.name())), "{}", kind.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_have_the_fields_of_the_manual_and_name_no_person() {
    on_both(async |product| {
        let (business, api) = stand(&product).await;
        subscribe(&api, "books", "https://93.184.216.34/", &[]).await;
        one_more_invoice(&product, &business, "M-1").await;
        crate::support::ana(&product, &business).await.pay_with_card().await;
        product.work().await;
        let manual = std::fs::read_to_string(needs::top().join("server/app/events/README.md")).expect("the manual");
        let all = events(&api, "").await;
        let seen: std::collections::BTreeSet<&str> = all.iter().filter_map(|event| event["type"].as_str()).collect();
        for kind in ["invoice.issued", "invoice.paid", "payment.recorded", "balance.changed", "message.sent"] {
            assert!(seen.contains(kind), "{kind} of {seen:?}");
        }
        for event in &all {
            let kind = event["type"].as_str().expect("a type");
            let row = manual.lines().find(|line| line.contains(&format!("`{kind}`"))).expect("a row");
            for field in event["data"].as_object().map(|fields| fields.keys()).expect("fields") {
                assert!(row.contains(&format!("`{field}`")), "{kind}: {field} is not in the manual");
            }
            let said: &Value = &event["data"];
            for person in ["Ana", "ANA", "example.com", "Papeler"] {
                assert!(!said.to_string().contains(person), "{said}");
            }
        }
    })
    .await;
}
