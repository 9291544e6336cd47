//! The lists of the console and of the API: filters in the address, pages, files.

use crate::support::{Answer, Api, on_both};
use crate::world;

fn ids(answer: &Answer) -> Vec<String> {
    answer.json()["items"].as_array().expect("items").iter().map(|item| world::text(&item["id"])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_filtered_sorted_and_paged_by_its_address() {
    on_both(async |product| {
        let ours = product.business().await;
        for number in 0..60 {
            let number = format!("L-{number:02}");
            product.invoice((&ours.creditor, &ours.bruno), &number, "2026-06-01", (10_000, "MXN")).await;
        }
        let finance = world::console(&product, &ours.creditor).await;
        let first = finance.get("/console/invoices?q=l-&sort=number").await.expect(200).body;
        assert!(first.contains("aria-sort=\"ascending\""), "{first}");
        assert!(first.contains(">L-00<") && first.contains(">L-49<") && !first.contains(">L-50<"), "{first}");
        let (_, link) =
            first.split_once("rel=\"next\"").map(|(before, _)| before.rsplit_once("href=\"").unwrap()).unwrap();
        let next = link.split('"').next().unwrap().replace("&amp;", "&");
        assert!(next.contains("q=l-") && next.contains("sort=number"), "{next}");
        let second = finance.get(&next).await.expect(200).body;
        assert!(second.contains(">L-50<") && second.contains(">L-59<") && !second.contains(">L-49<"), "{second}");
        for strange in ["after=ff00", "after=%00", "sort=colour", "state=nice", "debtor=7", "from=now", "q=%00%27"] {
            finance.get(&format!("/console/invoices?{strange}")).await.expect(200);
        }
        let nothing = finance.get("/console/invoices?state=void").await.expect(200).body;
        assert!(nothing.contains("Nada coincide"), "{nothing}");
        let found = finance.get("/console/debtors?q=bruno").await.expect(200).body;
        assert!(found.contains(&ours.bruno.name) && !found.contains(&ours.ana.name), "{found}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_holds_every_row_of_the_filter_and_runs_nothing() {
    on_both(async |product| {
        let ours = product.business().await;
        let evil = product.debtor(&ours.creditor, "+X", "=HYPERLINK(\"http://x.example\"), Ñ", "CL").await;
        product.invoice((&ours.creditor, &evil), "-1", "2026-06-01", (12_500, "CLP")).await;
        product.invoice((&ours.creditor, &evil), "@2", "2026-06-02", (5, "MXN")).await;
        for number in 0..510 {
            let number = format!("M-{number:03}");
            product.invoice((&ours.creditor, &ours.bruno), &number, "2026-07-01", (10_000, "MXN")).await;
        }
        let finance = world::console(&product, &ours.creditor).await;
        let file = finance.get("/console/invoices.csv?sort=number").await.expect(200);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"invoices-"));
        let lines: Vec<&str> = file.body.split_terminator("\r\n").collect();
        assert!(lines[0].starts_with("\u{feff}Número,Deudor,"), "{}", lines[0]);
        assert!(lines[0].ends_with(",Moneda"), "{}", lines[0]);
        assert_eq!(lines.len(), 1 + 5 + 2 + 510);
        let of_evil: Vec<&&str> = lines.iter().filter(|line| line.contains("HYPERLINK")).collect();
        assert!(of_evil[0].starts_with("'-1,\"'=HYPERLINK(\"\"http://x.example\"\"), Ñ\","), "{}", of_evil[0]);
        assert!(of_evil[0].contains(",12500,12500,") && of_evil[0].ends_with(",CLP"), "{}", of_evil[0]);
        assert!(of_evil[1].contains(",0.05,0.05,") && of_evil[1].ends_with(",MXN"), "{}", of_evil[1]);
        let debtors = finance.get("/console/debtors.csv?q=hyper").await.expect(200).body;
        assert_eq!(debtors.split_terminator("\r\n").count(), 3, "a line for each currency: {debtors}");
        assert!(debtors.contains(",'+X,"), "{debtors}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_shows_figures_that_lead_to_their_rows() {
    on_both(async |product| {
        let ours = product.business().await;
        let ana = crate::support::ana(&product, &ours).await;
        ana.pay_with_card().await;
        product.work().await;
        let finance = world::console(&product, &ours.creditor).await;
        let page = finance.get("/console").await.expect(200).body;
        assert!(page.contains("<svg viewBox") && !page.contains("style=\""), "{page}");
        let ways: Vec<String> = page
            .split("href=\"/console/")
            .skip(1)
            .map(|rest| format!("/console/{}", rest.split('"').next().unwrap_or_default().replace("&amp;", "&")))
            .filter(|way| way.contains('?'))
            .collect();
        assert!(ways.len() >= 6, "{ways:?}");
        for way in ways {
            let list = finance.get(&way).await.expect(200).body;
            assert!(list.contains("<table") || list.contains("class=\"empty\""), "{way}: {list}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_sorts_searches_and_walks_the_same_lists() {
    on_both(async |product| {
        let ours = product.business().await;
        let theirs = product.creditor("Otra Casa").await;
        let their_key = product.key(theirs.id, &saldo_app::flows::api_key::SCOPES).await;
        let (api, foreign) = (Api::new(&product, &ours.key), Api::new(&product, &their_key));
        for list in ["invoices", "debtors", "payments"] {
            for sort in
                ["", "&sort=written", "&sort=-written", "&sort=amount", "&sort=-due", "&sort=number", "&sort=name"]
            {
                let whole = api.get(&format!("/v1/{list}?limit=200{sort}")).await;
                if whole.status == 400 {
                    assert_eq!(whole.code(), "malformed", "{list}{sort}");
                    continue;
                }
                let (mut walked, mut cursor) = (Vec::new(), String::new());
                loop {
                    let page = api.get(&format!("/v1/{list}?limit=2{sort}{cursor}")).await.expect(200);
                    walked.extend(ids(&page));
                    let Some(next) = page.json()["next_cursor"].as_str().map(str::to_owned) else { break };
                    cursor = format!("&cursor={next}");
                }
                assert_eq!(walked, ids(&whole), "{list}{sort}");
            }
            assert!(ids(&foreign.get(&format!("/v1/{list}?search=ana")).await.expect(200)).is_empty(), "{list}");
            for bad in ["cursor=7", "sort=colour", "limit=0", "colour=red"] {
                assert_eq!(api.get(&format!("/v1/{list}?{bad}")).await.expect(400).code(), "malformed", "{list}?{bad}");
            }
        }
        let of_ana = api.get("/v1/invoices?search=ana&status=overdue").await.expect(200);
        assert_eq!(ids(&of_ana).len(), 1, "{}", of_ana.body);
        let of_period = api.get("/v1/invoices?due_from=2027-01-01&due_until=2026-01-01").await.expect(400);
        assert_eq!(of_period.code(), "malformed");
    })
    .await;
}
