//! Every route of the API × who calls × whose row it names.

use std::collections::BTreeSet;

use reqwest::Method;
use saldo_domain::planted::Bug;
use saldo_tests::figures;
use saldo_tests::product::Product;
use serde_json::json;

use crate::access_api_table::{Names, OTHER_DOORS, Route, every_route};
use crate::access_bodies;
use crate::support::{Answer, ana, on_both};
use crate::world::{self, Ids, fresh};

/// A caller: an API key, a cookie, or nothing.
#[derive(Clone)]
enum Caller {
    Nobody,
    Key(String),
    Browser(reqwest::Client),
}

async fn ask(product: &Product, route: &Route, caller: &Caller, ids: &Ids) -> Answer {
    let mut path = route.path.to_owned();
    let mut body = None;
    match route.names {
        Names::Nothing => {}
        Names::Row(id) => {
            let (start, end) = (path.find('{').expect("a parameter"), path.find('}').expect("a parameter"));
            path.replace_range(start..=end, id(ids));
        }
        Names::Query(query) | Names::Filter(query) => path = format!("{path}?{}", query(ids)),
        Names::Body(make) => body = Some(make(ids)),
    }
    let client = match caller {
        Caller::Browser(client) => client.clone(),
        _ => product.client(),
    };
    let method: Method = route.method.parse().expect("a method");
    let mut request = client.request(method, format!("{}{path}", product.url)).header("idempotency-key", fresh());
    if let Caller::Key(key) = caller {
        request = request.bearer_auth(key);
    }
    let request = access_bodies::with_body(request, (route.method, route.path), body);
    Answer::of(request.send().await.expect("an answer")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_its_own_caller_and_hides_the_rows_of_others() {
    on_both(async |product| {
        let ours = product.business().await;
        let theirs = product.creditor("Otra Casa").await;
        let zoe = product.debtor(&theirs, "ZOE", "Zoe Prado", "MX").await;
        product.invoice((&theirs, &zoe), "Z-1", "2026-04-01", (77_000, "MXN")).await;
        let their_key = product.key(theirs.id, &saldo_app::flows::api_key::SCOPES).await;
        let own = world::live(&product, &ours.creditor, &ours.ana, &ours.key).await;
        let foreign = world::live(&product, &theirs, &zoe, &their_key).await;
        let absent = Ids::absent();
        let strangers = [
            ("nobody", Caller::Nobody),
            ("an unknown key", Caller::Key("saldo_key_unknown".to_owned())),
            ("a debtor's session", Caller::Browser(ana(&product, &ours).await.client)),
            ("a console's session", Caller::Browser(world::console(&product, &ours.creditor).await.client)),
        ];
        let (key, their_key) = (Caller::Key(ours.key.clone()), Caller::Key(their_key));
        for route in every_route() {
            let name = format!("{} {}", route.method, route.path);
            for (who, stranger) in &strangers {
                let answer = ask(&product, &route, stranger, &own).await;
                assert_eq!((answer.status, answer.code().as_str()), (401, "key_invalid"), "{name}: {who}");
            }
            let others: Vec<&str> =
                saldo_app::flows::api_key::SCOPES.into_iter().filter(|s| *s != route.scope).collect();
            let narrow = Caller::Key(product.key(ours.creditor.id, &others).await);
            let answer = ask(&product, &route, &narrow, &own).await;
            assert_eq!((answer.status, answer.code().as_str()), (403, "scope_missing"), "{name}");

            let wrong = [
                ask(&product, &route, &key, &foreign).await,
                ask(&product, &route, &key, &absent).await,
                ask(&product, &route, &their_key, &own).await,
            ];
            match route.names {
                Names::Nothing => {}
                Names::Filter(_) => {
                    for answer in wrong {
                        assert_eq!(answer.status, 200, "{name}");
                        assert_eq!(answer.json()["items"], json!([]), "{name}");
                    }
                }
                _ => {
                    for answer in &wrong {
                        assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{name}: {answer:?}");
                        assert_eq!(answer.body, wrong[1].body, "{name}: foreign and absent differ");
                    }
                }
            }
            let answer = ask(&product, &route, &key, &own).await;
            assert_eq!(answer.status, route.good, "{name}: {}", answer.body);
        }
    })
    .await;
}

#[test]
fn every_documented_route_is_in_the_table() {
    let document = serde_json::to_value(saldo_app::http::openapi()).expect("a document");
    let mut documented = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let methods = methods.as_object().expect("methods").keys();
        documented.extend(methods.map(|method| (method.to_uppercase(), path.clone())));
    }
    let all = every_route();
    let rows = all.map(|route| (route.method, route.path)).chain(OTHER_DOORS).collect::<Vec<_>>();
    let rows: BTreeSet<_> = rows.into_iter().map(|(method, path)| (method.to_owned(), path.to_owned())).collect();
    assert_eq!(documented, rows);
    let counted = format!("{} routes, asked by strangers and for own, foreign and absent rows", rows.len());
    figures::record(Bug::CreditorFilterDropped, "routes of the API", &counted);
}
