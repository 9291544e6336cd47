//! One claim of each kind, so that each kind of row exists on both sides of the wall.

use serde_json::{Value, json};

use crate::claims::{PDF, invoices, send_dispute};
use crate::support::{Api, Visitor};
use crate::world::{first_id, fresh, text};

/// One claim of each kind of a debtor, ended where a second one would be refused.
#[derive(Debug, Clone)]
pub struct Claims {
    pub disputed: String,
    pub dispute: String,
    pub attachment: String,
    pub promise: String,
    pub transfer: String,
    pub other_transfer: String,
    pub hold: String,
    pub offer: String,
}

impl Claims {
    /// Ids that nothing has.
    pub fn absent() -> Self {
        Self {
            disputed: fresh(),
            dispute: fresh(),
            attachment: fresh(),
            promise: fresh(),
            transfer: fresh(),
            other_transfer: fresh(),
            hold: fresh(),
            offer: fresh(),
        }
    }

    /// Makes them; the invoice with the number is contested.
    pub async fn make(who: &Visitor, api: &Api, debtor: &str, account: &str, number: &str) -> Self {
        let all = invoices(api, debtor).await;
        let disputed = text(&all.iter().find(|row| row["number"] == number).expect("the invoice")["id"]);
        send_dispute(who, &disputed, "Not ours.", Some(("a.pdf", PDF.to_vec()))).await.expect(303);
        let listed = api.get(&format!("/v1/disputes?debtor_id={debtor}")).await.expect(200).json();
        let dispute = first_id(&listed);
        let shown = api.get(&format!("/v1/disputes/{dispute}")).await.expect(200).json();
        let make =
            async |path: &str, body: Value| text(&api.post_once(path, &body, &fresh()).await.expect(201).json()["id"]);
        let day = json!({"debtor_id": debtor, "account_id": account, "promised_on": "2026-03-20"});
        let promise = make("/v1/promises", day).await;
        api.post(&format!("/v1/promises/{promise}/cancel"), &json!({})).await.expect(200);
        let sent = transfer(debtor, account);
        let (transfer, other_transfer) = (make("/v1/transfers", sent.clone()).await, make("/v1/transfers", sent).await);
        let hold = make("/v1/holds", hold(debtor)).await;
        api.post(&format!("/v1/holds/{hold}/end"), &json!({})).await.expect(200);
        let offer = make("/v1/settlement-offers", settlement(debtor, account)).await;
        api.post(&format!("/v1/settlement-offers/{offer}/withdraw"), &json!({})).await.expect(200);
        let attachment = text(&shown["attachments"][0]["id"]);
        Self { disputed, dispute, attachment, promise, transfer, other_transfer, hold, offer }
    }
}

pub fn transfer(debtor: &str, account: &str) -> Value {
    json!({"debtor_id": debtor, "account_id": account, "amount": {"minor": 100, "currency": "MXN"}, "made_on": "2026-03-01"})
}

pub fn hold(debtor: &str) -> Value {
    json!({"debtor_id": debtor, "reason": "the table", "until_on": "2026-03-20"})
}

pub fn settlement(debtor: &str, account: &str) -> Value {
    json!({"debtor_id": debtor, "account_id": account, "pay": {"minor": 1, "currency": "MXN"}, "until_on": "2026-03-20"})
}
