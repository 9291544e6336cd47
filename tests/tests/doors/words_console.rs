//! The editors of ladders and templates as a browser without scripts uses them.

use saldo_domain::member::Role;
use serde_json::json;

use crate::support::{Api, hidden, on_both};
use crate::world::{self, text};

const LADDER: &str = "/console/terms/new/dunning";
const WORDS: &str = "/console/terms/new/message_template";

/// A form of a ladder with these rungs, and what is pressed.
fn ladder<'a>(rungs: &'a [(&'a str, &'a str)], press: &'a str) -> Vec<(String, &'a str)> {
    let mut form = vec![("name", "Suave"), ("currency", "MXN"), ("history", "any"), ("do", press)];
    form.extend([("tag", "piloto")]);
    let mut form: Vec<(String, &str)> = form.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    for (place, (days, side)) in rungs.iter().enumerate() {
        let row = place + 1;
        let fields = [
            ("days", *days),
            ("side", *side),
            ("from", "due_date"),
            ("channel_1", "sms"),
            ("channel_2", "email"),
            ("template", "overdue"),
            ("tone", "neutral"),
            ("escalation", "none"),
        ];
        form.extend(fields.map(|(name, value)| (format!("step_{row}_{name}"), value)));
    }
    form
}

fn fields<'a>(form: &'a [(String, &'a str)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (name.as_str(), *value)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ladder_is_built_rung_by_rung_without_scripts() {
    on_both(async |product| {
        let business = product.business().await;
        let finance = world::console(&product, &business.creditor).await;
        let blank = finance.get(LADDER).await.expect(200);
        assert!(
            blank.body.contains("7 días antes del vencimiento") && blank.body.contains("time-line"),
            "{}",
            blank.body
        );
        assert!(blank.body.contains("11 avisos"), "it is read in words: {}", blank.body);

        let rungs = [("7", "before"), ("10", "after")];
        let more = finance.post(LADDER, &fields(&ladder(&rungs, "step_add"))).await.expect(200);
        assert_eq!(hidden_value(&more.body, "step_3_days"), Some("17".to_owned()), "{}", more.body);
        let moved = finance.post(LADDER, &fields(&ladder(&rungs, "step_later_1"))).await.expect(200);
        assert_eq!(hidden_value(&moved.body, "step_1_days"), Some("6".to_owned()));
        let fewer = finance.post(LADDER, &fields(&ladder(&rungs, "step_remove_1"))).await.expect(200);
        assert_eq!(hidden_value(&fewer.body, "step_1_days"), Some("10".to_owned()));
        assert!(!fewer.body.contains("step_2_days"));

        let twice = finance.post(LADDER, &fields(&ladder(&[("3", "after"), ("3", "after")], "save"))).await.expect(422);
        assert!(twice.body.contains("step_2_days-problem"), "{}", twice.body);
        let unreadable = finance.post(LADDER, &fields(&ladder(&[("pronto", "after")], "save"))).await.expect(422);
        assert!(unreadable.body.contains("step_1_days-problem") && unreadable.body.contains("value=\"pronto\""));
        let mut early = ladder(&[("3", "before")], "save");
        early.retain(|(name, _)| name != "step_1_escalation");
        early.push(("step_1_escalation".to_owned(), "fee"));
        let early = finance.post(LADDER, &fields(&early)).await.expect(422);
        assert!(early.body.contains("step_1_escalation-problem"), "{}", early.body);
        let mut hours = ladder(&rungs, "save");
        hours.push(("own_from".to_owned(), "a las nueve"));
        assert!(finance.post(LADDER, &fields(&hours)).await.expect(422).body.contains("own_from-problem"));

        let disorder = [("10", "after"), ("0", "after"), ("7", "before")];
        let kept = finance.post(LADDER, &fields(&ladder(&disorder, "save"))).await.expect(303);
        let path = kept.header("location").to_owned();
        let api = Api::new(&product, &business.key);
        let id = path.rsplit('/').next().expect("an id");
        let policy = api.get(&format!("/v1/policies/{id}")).await.expect(200).json();
        let steps = policy["policy"]["body"]["steps"].as_array().expect("steps").clone();
        let offsets: Vec<i64> = steps.iter().filter_map(|step| step["offset"].as_i64()).collect();
        assert_eq!(offsets, [-7, 0, 10], "whatever order they were typed in");
        assert_eq!(steps[0]["channels"], json!(["sms", "email"]));
        finance.post(&format!("{path}/publish"), &[("revision", "1"), ("from_on", "")]).await.expect(303);
        let shown = finance.get(&path).await.expect(200);
        assert!(shown.body.contains("Vigente") && shown.body.contains("SMS, si no se puede correo"), "{}", shown.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_written_text_by_text_beside_its_preview() {
    on_both(async |product| {
        let business = product.business().await;
        let finance = world::console(&product, &business.creditor).await;
        let blank = finance.get(WORDS).await.expect(200);
        assert!(blank.body.contains("id=\"preview\"") && blank.body.contains("F-1041"), "{}", blank.body);

        let form = |body: &'static str, press: &'static str| {
            [
                ("name", "Mora"),
                ("key", "overdue"),
                ("at", "es_email"),
                ("subject_es_email", "Sobre {{ amount }}"),
                ("body_es_email", "Hola, {{ name }}:\r\n\r\nDebe {{ amount }}."),
                ("body_es_sms", body),
                ("do", press),
            ]
        };
        let other = finance.post(WORDS, &form("Debe {{ amount }}. {{ link }}", "at_es_sms")).await.expect(200);
        assert_eq!(hidden(&other.body, "subject_es_email").as_deref(), Some("Sobre {{ amount }}"), "{}", other.body);
        assert!(other.body.contains("id=\"segments\""), "a text message is counted: {}", other.body);
        for (body, problem) in [
            ("Debe {{ price }}", "No existe la variable «price»"),
            ("Pague en banco.com", "El único enlace de un mensaje es"),
            ("{% if plan %}", "La plantilla no se entiende"),
        ] {
            let refused = finance.post(WORDS, &form(body, "save")).await.expect(422);
            assert!(refused.body.contains("body_es_sms-problem") && refused.body.contains(problem), "{}", refused.body);
        }
        let mut of_ana = form("Debe {{ amount }}. {{ link }}", "preview").to_vec();
        of_ana.push(("preview_reference", &business.ana.reference));
        let real = finance.post(WORDS, &of_ana).await.expect(200);
        assert!(real.body.contains(&format!("Con los datos de {}", business.ana.name)), "{}", real.body);

        let live = finance.post("/console/terms/live/message_template", &of_ana).await.expect(200);
        assert!(live.body.contains("id=\"preview\"") && !live.body.contains("<html"), "{}", live.body);
        let broken =
            finance.post("/console/terms/live/message_template", &form("{{ price }}", "save")).await.expect(200);
        assert!(broken.body.contains("No existe la variable"), "{}", broken.body);
        let viewer = world::console_as(&product, &business.creditor, Role::Viewer).await;
        assert_ne!(viewer.post("/console/terms/live/message_template", &of_ana).await.status, 200);

        let kept = finance.post(WORDS, &form("Debe {{ amount }}. {{ link }}", "save")).await.expect(303);
        let path = kept.header("location").to_owned();
        let again = finance.post(WORDS, &form("Debe {{ amount }}.", "save")).await.expect(422);
        assert!(again.body.contains("key-problem") && again.body.contains("ya tiene la clave"), "{}", again.body);
        finance.post(&format!("{path}/publish"), &[("revision", "1"), ("from_on", "")]).await.expect(303);
        let api = Api::new(&product, &business.key);
        let id = path.rsplit('/').next().expect("an id");
        let policy = api.get(&format!("/v1/policies/{id}")).await.expect(200).json();
        assert_eq!(text(&policy["policy"]["body"]["texts"][0]["body"]), "Hola, {{ name }}:\n\nDebe {{ amount }}.");
    })
    .await;
}

/// The value of a field of one line.
fn hidden_value(page: &str, name: &str) -> Option<String> {
    let at = page.find(&format!("id=\"{name}\""))?;
    let rest = &page[at..at + page[at..].find('>')?];
    let value = &rest[rest.find("value=\"")? + 7..];
    Some(value[..value.find('"')?].to_owned())
}
