//! The double's refunds.

use super::Inner;
use super::model::Refund;
use super::routes::refused;
use serde_json::{Value, json};

impl Inner {
    pub(super) fn refund(&mut self, form: &Value) -> (u16, Value) {
        let payment = form["payment_intent"].as_str().and_then(|id| self.model.payments.get(id));
        let Some(payment) = payment.filter(|payment| payment.status == "succeeded") else {
            return refused("resource_missing", "No such payment_intent");
        };
        let back: i64 =
            self.model.refunds.values().filter(|refund| refund.payment == payment.id).map(|refund| refund.amount).sum();
        let left = payment.amount - back;
        let amount = form["amount"].as_str().and_then(|text| text.parse().ok()).unwrap_or(left);
        if left == 0 {
            return refused("charge_already_refunded", "Charge has already been refunded.");
        }
        if amount > left {
            return refused("amount_too_large", "Refund amount is greater than unrefunded amount on charge.");
        }
        let (payment, currency) = (payment.id.clone(), payment.currency.clone());
        let id = self.model.name("re");
        let refund = Refund {
            payment: payment.clone(),
            amount,
            currency,
            metadata: form.get("metadata").cloned().unwrap_or_else(|| json!({})),
            reason: form.get("reason").cloned().unwrap_or(Value::Null),
            created: self.model.now,
            status: if self.model.refunds_stay_pending { "pending" } else { "succeeded" },
        };
        self.model.refunds.insert(id.clone(), refund);
        let object = self.model.refund_object(&id);
        self.model.emit("refund.created", object.clone());
        let charge = self.model.payments.get(&payment).map(|payment| self.model.charge_object(payment));
        self.model.emit("charge.refunded", charge.unwrap_or(Value::Null));
        (200, object)
    }

    pub(super) fn list_refunds(&self, query: &Value) -> Value {
        let of = |id: &&String| self.model.refunds[*id].payment == query["payment_intent"].as_str().unwrap_or_default();
        let data: Vec<Value> = self.model.refunds.keys().filter(of).map(|id| self.model.refund_object(id)).collect();
        json!({"object": "list", "url": "/v1/refunds", "has_more": false, "data": data})
    }
}
