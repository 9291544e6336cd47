//! The double's saved methods, the charges to them, and disputed payments.

use super::model::{Model, Payment};
use super::{Inner, SavedCard, StripeDouble};
use serde_json::{Value, json};

/// A page on which a method is saved.
pub(super) struct Setup {
    pub metadata: Value,
    pub setup_metadata: Value,
    pub client_reference_id: Value,
    pub locale: Value,
    pub success_url: Value,
    pub cancel_url: Value,
    pub created: i64,
    pub expires_at: i64,
    pub status: &'static str,
    pub method: Option<String>,
}

/// A saved method.
pub(super) struct Method {
    pub holder: Option<String>,
    pub card: SavedCard,
    pub created: i64,
}

impl StripeDouble {
    /// The debtor saves a card on a page of mode `setup`. False when it is not open.
    pub fn save(&self, checkout_reference: &str, card: SavedCard) -> bool {
        self.shared.lock().model.save(checkout_reference, card)
    }

    /// From now on a saved card behaves otherwise. False where it is unknown.
    pub fn change_saved(&self, method_reference: &str, card: SavedCard) -> bool {
        let mut inner = self.shared.lock();
        inner.model.methods.get_mut(method_reference).map(|method| method.card = card).is_some()
    }

    /// The card holder disputes a payment, all of it. False where it was not taken.
    pub fn open_chargeback(&self, payment_reference: &str) -> bool {
        self.shared.lock().model.open_dispute(payment_reference)
    }

    /// The bank decides. False where nothing is disputed.
    pub fn end_chargeback(&self, payment_reference: &str, won: bool) -> bool {
        self.shared.lock().model.end_dispute(payment_reference, won)
    }
}

impl Model {
    pub(super) fn let_setups_end(&mut self) {
        let now = self.now;
        let over = |setup: &Setup| setup.status == "open" && setup.expires_at <= now;
        let over: Vec<String> = self.setups.iter().filter(|(_, setup)| over(setup)).map(|(id, _)| id.clone()).collect();
        for id in over {
            self.end_setup(&id, "expired", "checkout.session.expired");
        }
    }

    fn end_setup(&mut self, id: &str, status: &'static str, kind: &str) {
        if let Some(setup) = self.setups.get_mut(id) {
            setup.status = status;
            self.emit(kind, self.setup_object(id, false));
        }
    }

    fn save(&mut self, id: &str, card: SavedCard) -> bool {
        self.let_time_pass();
        if self.setups.get(id).is_none_or(|setup| setup.status != "open") {
            return false;
        }
        let (method, holder, created) = (self.name("pm"), self.name("cus"), self.now);
        self.methods.insert(method.clone(), Method { holder: Some(holder), card, created });
        if let Some(setup) = self.setups.get_mut(id) {
            setup.method = Some(method);
        }
        self.end_setup(id, "complete", "checkout.session.completed");
        true
    }

    /// The session of a page that saves. `expanded` brings the setup and its method along.
    pub(super) fn setup_object(&self, id: &str, expanded: bool) -> Value {
        let Some(setup) = self.setups.get(id) else { return Value::Null };
        let method = setup.method.as_ref();
        let holder = method.and_then(|method| self.methods.get(method)?.holder.clone());
        let intent_id = id.replacen("cs_test", "seti", 1);
        let intent = json!({
            "id": intent_id, "object": "setup_intent", "livemode": self.live, "created": setup.created,
            "status": if method.is_some() { "succeeded" } else { "requires_payment_method" }, "usage": "off_session",
            "payment_method_types": ["card"], "metadata": setup.setup_metadata, "customer": holder,
            "payment_method": method.map(|method| self.method_object(method)),
        });
        let url = format!("{}/c/pay/{id}", self.base);
        json!({
            "id": id, "object": "checkout.session", "mode": "setup", "livemode": self.live,
            "created": setup.created, "expires_at": setup.expires_at,
            "status": setup.status, "payment_status": "no_payment_required",
            "amount_total": null, "amount_subtotal": null, "currency": null, "payment_intent": null,
            "setup_intent": if expanded { intent } else { json!(intent_id) },
            "customer": holder, "metadata": setup.metadata,
            "client_reference_id": setup.client_reference_id, "locale": setup.locale,
            "success_url": setup.success_url, "cancel_url": setup.cancel_url,
            "url": if setup.status == "open" { json!(url) } else { Value::Null },
            "payment_method_types": ["card"], "automatic_tax": {"enabled": false},
            "custom_fields": [], "custom_text": {}, "shipping_options": [],
        })
    }

    pub(super) fn method_object(&self, id: &str) -> Value {
        let Some(method) = self.methods.get(id) else { return Value::Null };
        json!({
            "id": id, "object": "payment_method", "type": "card", "created": method.created, "livemode": self.live,
            "billing_details": {}, "customer": method.holder,
            "card": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2034, "funding": "credit"},
        })
    }

    fn open_dispute(&mut self, payment: &str) -> bool {
        let taken = self.payments.get(payment).is_some_and(|known| known.status == "succeeded");
        if !taken || self.disputes.contains_key(payment) {
            return false;
        }
        self.tell_dispute(payment, "needs_response", &["created", "funds_withdrawn"]);
        true
    }

    fn end_dispute(&mut self, payment: &str, won: bool) -> bool {
        if self.disputes.get(payment) != Some(&"needs_response") {
            return false;
        }
        match won {
            true => self.tell_dispute(payment, "won", &["closed", "funds_reinstated"]),
            false => self.tell_dispute(payment, "lost", &["closed"]),
        }
        true
    }

    fn tell_dispute(&mut self, payment: &str, status: &'static str, words: &[&str]) {
        self.disputes.insert(payment.to_owned(), status);
        let object = self.dispute_object(payment);
        for word in words {
            self.emit(&format!("charge.dispute.{word}"), object.clone());
        }
    }

    fn dispute_object(&self, id: &str) -> Value {
        let Some((payment, status)) = self.payments.get(id).zip(self.disputes.get(id)) else { return Value::Null };
        json!({
            "id": id.replacen("pi_", "du_", 1), "object": "dispute", "amount": payment.amount,
            "currency": payment.currency, "charge": id.replacen("pi_", "ch_", 1), "payment_intent": id,
            "created": self.now, "livemode": self.live, "metadata": {}, "reason": "fraudulent", "status": status,
            "balance_transactions": [], "is_charge_refundable": false, "enhanced_eligibility_types": [],
            "evidence": {"enhanced_evidence": {}},
            "evidence_details": {
                "enhanced_eligibility": {}, "has_evidence": false, "past_due": false, "submission_count": 0,
            },
        })
    }
}

impl Inner {
    pub(super) fn open_setup(&mut self, form: &Value) -> (u16, Value) {
        let now = self.model.now;
        let expires_at = form["expires_at"].as_str().and_then(|text| text.parse().ok()).unwrap_or(now + 86_400);
        let id = self.model.name("cs_test");
        let or_null = |name: &str| form.get(name).cloned().unwrap_or(Value::Null);
        let or_empty = |value: Option<&Value>| value.cloned().unwrap_or_else(|| json!({}));
        let setup = Setup {
            metadata: or_empty(form.get("metadata")),
            setup_metadata: or_empty(form.pointer("/setup_intent_data/metadata")),
            client_reference_id: or_null("client_reference_id"),
            locale: or_null("locale"),
            success_url: or_null("success_url"),
            cancel_url: or_null("cancel_url"),
            created: now,
            expires_at,
            status: "open",
            method: None,
        };
        self.model.setups.insert(id.clone(), setup);
        (200, self.model.setup_object(&id, false))
    }

    pub(super) fn charge(&mut self, form: &Value) -> (u16, Value) {
        let text = |name: &str| form[name].as_str().unwrap_or_default().to_owned();
        let known = self.model.methods.get(&text("payment_method"));
        let Some(method) = known.filter(|method| method.holder.as_deref() == form["customer"].as_str()) else {
            return (404, super::routes::problem("invalid_request_error", "resource_missing", "No such PaymentMethod"));
        };
        let (status, error) = match method.card {
            SavedCard::Pays => ("succeeded", None),
            SavedCard::Declines => ("requires_payment_method", Some(("card_declined", Some("generic_decline")))),
            SavedCard::NoMoney => ("requires_payment_method", Some(("card_declined", Some("insufficient_funds")))),
            SavedCard::AsksForProof => {
                ("requires_payment_method", Some(("authentication_required", Some("authentication_required"))))
            }
        };
        let (id, now) = (self.model.name("pi"), self.model.now);
        let payment = Payment {
            id: id.clone(),
            amount: text("amount").parse().unwrap_or_default(),
            currency: text("currency"),
            metadata: form.get("metadata").cloned().unwrap_or_else(|| json!({})),
            created: now,
            status,
            kind: "card",
            charged_at: error.is_none().then_some(now),
            error,
            holder: Some(text("customer")),
        };
        self.model.payments.insert(id.clone(), payment);
        let object = self.model.payment_object(&id);
        if error.is_none() {
            self.model.emit("payment_intent.succeeded", object.clone());
            return (200, object);
        }
        self.model.emit("payment_intent.payment_failed", object.clone());
        let mut problem = object["last_payment_error"].clone();
        problem["payment_intent"] = object;
        (402, json!({"error": problem}))
    }

    pub(super) fn list_charges(&self, query: &Value) -> Value {
        let since = query["created"]["gte"].as_str().and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
        let payments = self.model.payments.values().filter(|payment| {
            payment.holder.is_some()
                && payment.holder.as_deref() == query["customer"].as_str()
                && payment.created >= since
        });
        let data: Vec<Value> = payments.map(|payment| self.model.payment_object(&payment.id)).collect();
        json!({"object": "list", "url": "/v1/payment_intents", "has_more": false, "data": data})
    }

    pub(super) fn detach(&mut self, id: &str) -> (u16, Value) {
        let detached = self.model.methods.get_mut(id).map(|method| method.holder.take().is_some());
        match detached {
            None => (404, super::routes::problem("invalid_request_error", "resource_missing", "No such PaymentMethod")),
            Some(true) => (200, self.model.method_object(id)),
            Some(false) => super::routes::refused(
                "payment_method_unexpected_state",
                "The payment method you provided is not attached, so it cannot be detached.",
            ),
        }
    }
}
