//! What may never stand in a log does not, also where everything is logged.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::json;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{Api, Visitor, on_both};
use crate::world::{console, fresh, text};

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Buffer {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// One test for the whole process: a subscriber is set once, and sees what every other test does as well.
#[tokio::test(flavor = "multi_thread")]
async fn no_token_no_key_and_no_card_stands_in_a_log_line() {
    let buffer = Buffer::default();
    let filter = EnvFilter::new(
        "debug,saldo_app=trace,saldo_store=trace,saldo_providers=trace,saldo_portal=trace,reqwest=off,cookie_store=off",
    );
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(buffer.clone()).with_ansi(false);
    tracing::subscriber::set_global_default(subscriber.finish()).expect("no other test sets one");
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let made =
            api.post_once("/v1/access-links", &json!({"debtor_id": business.ana.id}), &fresh()).await.expect(201);
        let link = text(&made.json()["url"]);
        assert_eq!(product.client().get(&link).send().await.expect("an answer").status(), 200);
        let visitor = Visitor::sign_in(&product, &link).await;
        visitor.get("/statement").await.expect(200);
        visitor.pay_with_card().await;
        visitor.post(&format!("{link}/renew"), &[]).await.expect(200);
        product.tick().await;
        product.work().await;
        console(&product, &business.creditor).await.get("/console").await.expect(200);
        api.get("/v1/payments").await.expect(200);
        Api::new(&product, "saldo_key_that-is-none").get("/v1/payments").await.expect(401);
        product.client().get(format!("{link}x")).send().await.expect("an answer");
        let token = link.rsplit('/').next().expect("a token").to_owned();
        let lines = buffer.text();
        assert!(lines.contains("route=\"/l/{token}\""), "the log says what was asked: {lines}");
        for secret in [token.as_str(), token.rsplit('.').next().expect("a signature"), business.key.as_str()] {
            let line = lines.lines().find(|line| line.contains(secret));
            assert_eq!(line, None);
        }
        for never in ["saldo_key_", "eyJ", "4242 4242", "4242424242424242", "saldo="] {
            let line = lines.lines().find(|line| line.contains(never));
            assert_eq!(line, None, "{never}");
        }
    })
    .await;
}
