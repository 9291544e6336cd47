//! What messages say: templates over the API, and the mail that they become.

use saldo_providers::channel::MemoryChannel;
use serde_json::{Value, json};

use crate::support::{Api, hours, on_both, on_both_with};
use crate::terms::publish;
use crate::world::text;

fn template(key: &str, texts: &[(&str, &str, &str)]) -> Value {
    let texts: Vec<Value> = texts
        .iter()
        .map(|(language, channel, body)| {
            let subject = ["email", "letter"].contains(channel).then_some("Sobre {{ amount }}");
            json!({"language": language, "channel": channel, "subject": subject, "body": body})
        })
        .collect();
    json!({"kind": "message_template", "key": key, "texts": texts})
}

fn ladder(template: &str, channels: &[&str]) -> Value {
    json!({"kind": "dunning", "segment": {"currency": "MXN", "tag": "piloto"}, "steps": [
        {"counts_from": "due_date", "offset": 3, "channels": channels, "template": template, "tone": "firm"}]})
}

fn wish(body: &Value) -> Value {
    json!({"name": "Textos", "body": body})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_refused_with_its_reason() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        for (code, body) in [
            ("template_key_unreadable", template("Over Due", &[("es", "sms", "x")])),
            ("template_variable_unknown", template("overdue", &[("es", "sms", "Debe {{ price }}")])),
            ("template_unreadable", template("overdue", &[("es", "sms", "{% if plan %}x")])),
            ("template_foreign_link", template("overdue", &[("es", "email", "Pague en https://banco.example")])),
            ("template_text_repeated", template("overdue", &[("es", "sms", "a"), ("es", "sms", "b")])),
            ("text_length", template("overdue", &[])),
        ] {
            assert_eq!(api.post("/v1/policies", &wish(&body)).await.expect(422).code(), code, "{body}");
        }
        let unknown = template("overdue", &[("fr", "sms", "x")]);
        api.post("/v1/policies", &wish(&unknown)).await.expect(400);
        let good = template("aviso", &[("es", "sms", "Debe {{ amount }}. {{ link }}")]);
        let first = api.post("/v1/policies", &wish(&good)).await.expect(201).json();
        assert!(text(&first["reading"]).contains("aviso"), "{first}");
        let second = api.post("/v1/policies", &wish(&good)).await.expect(422);
        assert_eq!(second.code(), "template_key_taken");
        publish(&api, &first, None).await.expect(200);
        let taken = api.post("/v1/policies", &wish(&good)).await.expect(422);
        assert_eq!(taken.code(), "template_key_taken");
        let next = api.post(&format!("/v1/policies/{}/revise", text(&first["id"])), &json!({})).await.expect(200);
        let next = publish(&api, &next.json(), None).await.expect(200).json();
        assert_eq!(next["in_force"], true, "the next version of the same template keeps its key");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_ladder_always_has_words() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let draft = async |body: Value| api.post("/v1/policies", &wish(&body)).await.expect(201).json();
        let climbing = draft(ladder("aviso", &["sms"])).await;
        let refused = publish(&api, &climbing, None).await.expect(422);
        assert_eq!(refused.code(), "template_text_missing", "nothing has the key");
        let words = draft(template("aviso", &[("es", "sms", "a"), ("en", "sms", "b")])).await;
        let words = publish(&api, &words, None).await.expect(200).json();
        let refused = publish(&api, &climbing, None).await.expect(422);
        assert_eq!(refused.code(), "template_text_missing", "Portuguese is missing");
        let next =
            api.post(&format!("/v1/policies/{}/revise", text(&words["id"])), &json!({})).await.expect(200).json();
        let whole = template("aviso", &[("es", "sms", "a"), ("en", "sms", "b"), ("pt", "sms", "c")]);
        let edit = json!({"revision": 1, "name": "Textos", "body": whole});
        let next = api.put(&format!("/v1/policies/{}", text(&next["id"])), &edit).await.expect(200).json();
        publish(&api, &next, None).await.expect(200);
        publish(&api, &climbing, None).await.expect(200);
        let withdrawn = api.post(&format!("/v1/policies/{}/withdraw", text(&next["id"])), &json!({})).await;
        assert_eq!(withdrawn.expect(422).code(), "template_text_missing", "a ladder needs it");
        let poorer =
            api.post(&format!("/v1/policies/{}/revise", text(&next["id"])), &json!({})).await.expect(200).json();
        let edit = json!({"revision": 1, "name": "Textos", "body": template("aviso", &[("es", "sms", "a")])});
        let poorer = api.put(&format!("/v1/policies/{}", text(&poorer["id"])), &edit).await.expect(200).json();
        assert_eq!(publish(&api, &poorer, None).await.expect(422).code(), "template_text_missing");
        let built_in = draft(ladder("overdue", &["whatsapp", "sms", "letter"])).await;
        let mut other = built_in["body"].clone();
        other["segment"]["tag"] = json!("otros");
        let edit = json!({"revision": 1, "name": "De fábrica", "body": other});
        let built_in = api.put(&format!("/v1/policies/{}", text(&built_in["id"])), &edit).await.expect(200).json();
        publish(&api, &built_in, None).await.expect(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn own_words_leave_from_their_publication_and_built_in_ones_before() {
    let channel = MemoryChannel::new();
    on_both_with(
        |setup| setup.mail(&channel),
        async |product| {
            channel.take_sent();
            let business = product.business().await;
            let api = Api::new(&product, &business.key);
            product.tick().await;
            product.work().await;
            let of_ana = || channel.take_sent().into_iter().filter(|mail| mail.to.email == "ana@example.com");
            let before: Vec<_> = of_ana().collect();
            assert_eq!(before.len(), 1, "{before:?}");
            assert!(before[0].text.contains("/l/") && before[0].html.contains("/l/"), "{}", before[0].text);
            let body = "Estimada {{ name }} <b>&</b>:\n\nSon {{ amount }}.\n\n{{ link }}";
            let own: Vec<Value> = ["upcoming", "due", "overdue", "firm"]
                .iter()
                .map(|key| template(key, &[("es", "email", body)]))
                .collect();
            for body in own {
                let draft = api.post("/v1/policies", &wish(&body)).await.expect(201).json();
                publish(&api, &draft, None).await.expect(200);
            }
            for _ in 0..24 * 12 {
                product.advance(hours(1));
                product.tick().await;
                product.work().await;
            }
            let after: Vec<_> = of_ana().collect();
            assert!(!after.is_empty(), "another rung has come");
            for mail in after {
                let html = &mail.html;
                assert!(mail.subject.starts_with("Sobre $"), "{}", mail.subject);
                assert!(
                    mail.text.contains("<b>&</b>") && html.contains("&#60;b&#62;&#38;&#60;/b&#62;"),
                    "{}",
                    mail.html
                );
                assert_eq!(html.matches("/l/").count(), 1, "one button: {html}");
                assert!(mail.list_unsubscribe_url.is_some() && mail.text.contains("/optout/"), "{}", mail.text);
            }
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_an_example_or_a_real_account_and_sends_nothing() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let body = template("overdue", &[("es", "sms", "{{ name }}: {{ amount }}. {{ link }}")]);
        let body = json!({"key": body["key"], "texts": body["texts"]});
        let ask = |language: &str, channel: &str, reference: Option<&str>| {
            json!({"template": body, "language": language, "channel": channel, "debtor_reference": reference})
        };
        let path = "/v1/message-previews";
        let example = api.post(path, &ask("es", "sms", None)).await.expect(200).json();
        assert_eq!((&example["own"], &example["segments"]), (&json!(true), &json!(1)), "with its short link: {example}");
        let real = api.post(path, &ask("es", "sms", Some(&business.ana.reference))).await.expect(200).json();
        assert!(text(&real["text"]).starts_with(&business.ana.name), "{real}");
        assert!(!text(&real["text"]).contains("/l/ey"), "no real link is shown: {real}");
        let built_in = api.post(path, &ask("pt", "email", Some(&business.ana.reference))).await.expect(200).json();
        assert_eq!(built_in["own"], json!(false));
        assert!(text(&built_in["html"]).contains("pagamento"), "{built_in}");
        let nobody = api.post(path, &ask("es", "sms", Some("NOBODY"))).await.expect(404);
        assert_eq!(nobody.code(), "not_found");
        let mut wordless = ask("en", "call", None);
        wordless["template"]["key"] = json!("aviso");
        assert_eq!(api.post(path, &wordless).await.expect(422).code(), "template_text_missing");
        assert_eq!(api.post(path, &ask("fr", "sms", None)).await.expect(422).code(), "language_unknown");
        assert_eq!(api.post(path, &ask("es", "fax", None)).await.expect(422).code(), "channel_unknown");
    })
    .await;
}
