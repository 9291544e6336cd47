//! A file says how debtors are reached: numbers in one form, addresses, consents with what shows them.

use saldo_domain::member::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Api, on_both};
use crate::world::{console_as, text};

const HEAD: &str = "cliente,factura,emision,vence,monto,pais,telefono,domicilio,autoriza sms,autoriza whatsapp,\
                    prueba consentimiento,fecha consentimiento";

/// A file of rows that differ in how the debtor is reached.
fn file(rows: &[(&str, &str)]) -> String {
    let row = |(place, (who, how)): (usize, &(&str, &str))| {
        format!("{who},{who}-{place},2026-02-01,2026-03-20,10.00,{how}\n")
    };
    format!("{HEAD}\n{}", rows.iter().enumerate().map(row).collect::<String>())
}

async fn import(api: &Api, csv: &str) -> Answer {
    api.csv("/v1/imports", csv.to_owned()).await
}

async fn debtor(api: &Api, reference: &str) -> Value {
    let found = api.get(&format!("/v1/debtors?search={reference}")).await.expect(200).json();
    found["items"][0].clone()
}

async fn standing(api: &Api, id: &str, channel: &str) -> String {
    let consents = api.get(&format!("/v1/debtors/{id}/consents")).await.expect(200).json();
    let channels = consents["channels"].as_array().expect("channels").clone();
    let found = channels.into_iter().find(|one| one["channel"] == channel).expect("every channel stands there");
    found["reason"].as_str().unwrap_or("usable").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_become_e164_by_the_debtors_country_and_bad_ones_are_named() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let good = file(&[
            ("LUZ", "MX,55 1234 5678,\"Calle 1\n06000 México\",,,,"),
            ("CAMILO", "CO,300 123 4567,,,,,"),
            ("EVA", ",(55) 8765-4321,,,,,"),
            ("CARLA", ",9 8765 4321,,,,,"),
        ]);
        import(&api, &good).await.expect(200);
        for (reference, expected) in
            [("LUZ", "+525512345678"), ("CAMILO", "+573001234567"), ("EVA", "+525587654321"), ("CARLA", "+56987654321")]
        {
            assert_eq!(debtor(&api, reference).await["phone"], expected, "{reference}");
        }
        assert_eq!(debtor(&api, "LUZ").await["postal_address"], "Calle 1\n06000 México");
        let bad = file(&[("LUZ", "MX,55 1234 5678,,,,,"), ("NOE", "MX,300 123,,,,,"), ("ADA", "CO,55 1234 5678,,,,,")]);
        let refused = import(&api, &bad).await.expect(422).json();
        let told: Vec<(u64, String, String)> = refused["faults"]
            .as_array()
            .expect("faults")
            .iter()
            .map(|fault| (fault["line"].as_u64().expect("a line"), text(&fault["column"]), text(&fault["code"])))
            .collect();
        let of = |line| (line, "telefono".to_owned(), "phone_unreadable".to_owned());
        assert_eq!(told, [of(3), of(4)]);
        assert!(debtor(&api, "NOE").await.is_null(), "nothing of it was booked");

        let finance = console_as(&product, &business.creditor, Role::Finance).await;
        let part = reqwest::multipart::Part::bytes(bad.into_bytes()).file_name("bad.csv");
        let form = reqwest::multipart::Form::new().part("file", part);
        let sent = finance.client.post(format!("{}/console/imports", product.url)).multipart(form).send().await;
        let page = Answer::of(sent.expect("an answer")).await.expect(303).header("location").to_owned();
        let columns: Vec<(String, &str)> = [
            "debtor_reference",
            "invoice_number",
            "issued_on",
            "due_on",
            "amount",
            "country",
            "phone",
            "postal_address",
            "consent_sms",
            "consent_whatsapp",
            "consent_proof",
            "consent_on",
        ]
        .into_iter()
        .enumerate()
        .map(|(place, field)| (format!("column_{place}"), field))
        .collect();
        let columns: Vec<(&str, &str)> = columns.iter().map(|(name, field)| (name.as_str(), *field)).collect();
        finance.post(&format!("{page}/mapping"), &columns).await.expect(303);
        let preview = finance.get(&page).await.expect(200).body;
        assert!(preview.contains("No es un teléfono de ese país: “300 123”"), "{preview}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn consents_come_with_their_proof_and_give_nothing_back_that_was_withdrawn() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let rows =
            [("LUZ", "MX,55 1234 5678,,sí,no,contrato 4711,2026-01-15"), ("EVA", "MX,55 8765 4321,,x,,contrato 4712,")];
        let preview = api.csv("/v1/imports?preview=true", file(&rows)).await.expect(200).json();
        assert_eq!(preview["consent_count"], 2, "{preview}");
        assert_eq!(import(&api, &file(&rows)).await.expect(200).json()["consent_count"], 2);
        let luz = text(&debtor(&api, "LUZ").await["id"]);
        assert_eq!(standing(&api, &luz, "sms").await, "usable");
        assert_eq!(standing(&api, &luz, "whatsapp").await, "withdrawn");
        let consents = api.get(&format!("/v1/debtors/{luz}/consents")).await.expect(200).json();
        let given = consents["history"].as_array().expect("lines").iter().find(|line| line["channel"] == "sms");
        let given = given.expect("a line");
        assert_eq!((&given["source"], &given["proof"]), (&"import".into(), &"contrato 4711".into()));
        assert_eq!(given["at"], "2026-01-15T06:00:00Z", "the day begins where the creditor is");
        let again = import(&api, &file(&rows)).await.expect(200).json();
        assert_eq!((&again["id"], &again["consent_count"]), (&Value::Null, &json!(0)), "{again}");

        let withdrawn = json!({"channel": "sms", "state": "withdrawn", "proof": "by phone"});
        api.put(&format!("/v1/debtors/{luz}/consents"), &withdrawn).await.expect(200);
        let preview = api.csv("/v1/imports?preview=true", file(&rows)).await.expect(200).json();
        let told = import(&api, &file(&rows)).await.expect(200).json();
        assert_eq!(standing(&api, &luz, "sms").await, "withdrawn", "no file gives it back");
        let row = json!({"line": 2, "column": "autoriza sms", "code": "consent_overridden", "shown": "sms"});
        assert_eq!((&told["consents_overridden"], &preview["consents_overridden"]), (&json!([row]), &json!([row])));
        for (how, column, code) in [
            ("MX,,,sí,,,", "autoriza sms", "consent_without_proof"),
            ("MX,,,quizás,,contrato,", "autoriza sms", "yes_or_no_unknown"),
            ("MX,,,sí,,contrato,2027-01-01", "fecha consentimiento", "consent_in_future"),
        ] {
            let refused = import(&api, &file(&[("NOE", how)])).await.expect(422).json();
            let fault = &refused["faults"][0];
            assert_eq!((&fault["column"], &fault["code"]), (&column.into(), &code.into()), "{refused}");
        }
    })
    .await;
}
