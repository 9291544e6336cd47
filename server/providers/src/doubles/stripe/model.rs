//! The double's memory, and Stripe's objects made from it.

use super::saved::{Method, Setup};
use super::{DoubleEvent, PayWith};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// Everything the double knows.
#[derive(Default)]
pub(super) struct Model {
    pub live: bool,
    pub account: Option<String>,
    pub base: String,
    pub now: i64,
    pub sessions: BTreeMap<String, Session>,
    pub payments: BTreeMap<String, Payment>,
    pub refunds: BTreeMap<String, Refund>,
    pub refunds_stay_pending: bool,
    pub setups: BTreeMap<String, Setup>,
    pub methods: BTreeMap<String, Method>,
    pub disputes: BTreeMap<String, &'static str>,
    pub events: VecDeque<DoubleEvent>,
    pub emitted: u64,
    pub drop_events: usize,
    pub named: u64,
}

pub(super) struct Session {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub metadata: Value,
    pub payment_metadata: Value,
    pub client_reference_id: Value,
    pub locale: Value,
    pub success_url: Value,
    pub cancel_url: Value,
    pub created: i64,
    pub expires_at: i64,
    pub status: &'static str,
    pub payment_status: &'static str,
    pub payment: Option<String>,
}

pub(super) struct Payment {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub metadata: Value,
    pub created: i64,
    pub status: &'static str,
    pub kind: &'static str,
    pub charged_at: Option<i64>,
    pub error: Option<(&'static str, Option<&'static str>)>,
    /// Whose saved method was charged.
    pub holder: Option<String>,
}

pub(super) struct Refund {
    pub payment: String,
    pub amount: i64,
    pub currency: String,
    pub metadata: Value,
    pub reason: Value,
    pub created: i64,
    pub status: &'static str,
}

impl Model {
    pub(super) fn name(&mut self, prefix: &str) -> String {
        self.named += 1;
        format!("{prefix}_{:024}", self.named)
    }

    /// An open session whose time is over ends when somebody looks.
    pub(super) fn let_time_pass(&mut self) {
        self.let_setups_end();
        let now = self.now;
        let over = |session: &&Session| session.status == "open" && session.expires_at <= now;
        let over: Vec<String> = self.sessions.values().filter(over).map(|session| session.id.clone()).collect();
        for id in over {
            self.expire(&id);
        }
    }

    /// The debtor pays, or tries to.
    pub(super) fn pay(&mut self, id: &str, with: PayWith) -> bool {
        self.let_time_pass();
        let Some(session) = self.sessions.get(id).filter(|session| session.status == "open") else { return false };
        let (amount, currency, metadata) = (session.amount, session.currency.clone(), session.payment_metadata.clone());
        let payment = session.payment.clone().unwrap_or_else(|| self.name("pi"));
        let declined =
            |code| ("requires_payment_method", Some(("card_declined", Some(code))), "payment_intent.payment_failed");
        let (status, error, kind) = match with {
            PayWith::Card => ("succeeded", None, "payment_intent.succeeded"),
            PayWith::Declined => declined("generic_decline"),
            PayWith::InsufficientFunds => declined("insufficient_funds"),
            PayWith::Challenged => ("requires_action", None, "payment_intent.requires_action"),
            PayWith::Debit => ("processing", None, "payment_intent.processing"),
        };
        let now = self.now;
        self.payments.insert(
            payment.clone(),
            Payment {
                id: payment.clone(),
                amount,
                currency,
                metadata,
                created: now,
                status,
                kind: if with == PayWith::Debit { "us_bank_account" } else { "card" },
                charged_at: matches!(status, "succeeded" | "processing").then_some(now),
                error,
                holder: None,
            },
        );
        self.emit(kind, self.payment_object(&payment));
        let (status, payment_status) = match with {
            PayWith::Card => ("complete", "paid"),
            PayWith::Debit => ("complete", "unpaid"),
            _ => ("open", "unpaid"),
        };
        if let Some(session) = self.sessions.get_mut(id) {
            (session.status, session.payment_status) = (status, payment_status);
            session.payment = Some(payment);
        }
        if status == "complete" {
            self.emit_session("checkout.session.completed", id);
        }
        true
    }

    /// The bank's answer after [`PayWith::Challenged`] or [`PayWith::Debit`].
    pub(super) fn answer(&mut self, id: &str, waits_for: &str, good: bool) -> bool {
        let payment = self.sessions.get(id).and_then(|session| session.payment.clone());
        let Some(payment) = payment.and_then(|payment| self.payments.get_mut(&payment)) else { return false };
        if payment.status != waits_for {
            return false;
        }
        let debit = waits_for == "processing";
        if good {
            (payment.status, payment.error) = ("succeeded", None);
            payment.charged_at.get_or_insert(self.now);
        } else {
            payment.status = "requires_payment_method";
            payment.error = Some(if debit {
                ("payment_intent_payment_attempt_failed", None)
            } else {
                ("payment_intent_authentication_failure", None)
            });
        }
        let payment = payment.id.clone();
        let word = if good { "payment_intent.succeeded" } else { "payment_intent.payment_failed" };
        self.emit(word, self.payment_object(&payment));
        if let Some(session) = self.sessions.get_mut(id).filter(|_| good) {
            (session.status, session.payment_status) = ("complete", "paid");
        }
        match (debit, good) {
            (true, true) => self.emit_session("checkout.session.async_payment_succeeded", id),
            (true, false) => self.emit_session("checkout.session.async_payment_failed", id),
            (false, true) => self.emit_session("checkout.session.completed", id),
            (false, false) => {}
        }
        true
    }

    /// A second payment of a session that is paid: what a provider should not do.
    pub(super) fn pay_again(&mut self, id: &str) -> bool {
        let Some(session) = self.sessions.get_mut(id) else { return false };
        (session.status, session.payment_status, session.payment) = ("open", "unpaid", None);
        self.pay(id, PayWith::Card)
    }

    pub(super) fn expire(&mut self, id: &str) -> bool {
        let Some(session) = self.sessions.get_mut(id).filter(|session| session.status == "open") else { return false };
        session.status = "expired";
        self.emit_session("checkout.session.expired", id);
        true
    }

    pub(super) fn settle_refund(&mut self, id: &str, good: bool) -> bool {
        let Some(refund) = self.refunds.get_mut(id) else { return false };
        refund.status = if good { "succeeded" } else { "failed" };
        let object = self.refund_object(id);
        self.emit(if good { "refund.updated" } else { "refund.failed" }, object);
        true
    }

    fn emit_session(&mut self, kind: &str, id: &str) {
        self.emit(kind, self.session_object(id, false));
    }

    pub(super) fn emit(&mut self, kind: &str, object: Value) {
        self.emitted += 1;
        let mut event = json!({
            "id": format!("evt_{:024}", self.emitted), "object": "event", "type": kind, "created": self.now,
            "livemode": self.live, "pending_webhooks": 1, "api_version": "2026-08-26.dahlia",
            "data": {"object": object}, "request": null,
        });
        if let Some(account) = &self.account {
            event["account"] = json!(account);
        }
        if self.drop_events > 0 {
            self.drop_events -= 1;
            return;
        }
        self.events.push_back(DoubleEvent { kind: kind.to_owned(), body: event.to_string().into_bytes() });
    }

    pub(super) fn session_object(&self, id: &str, expanded: bool) -> Value {
        let Some(session) = self.sessions.get(id) else { return Value::Null };
        let payment = match &session.payment {
            Some(payment) if expanded => self.payment_object(payment),
            Some(payment) => json!(payment),
            None => Value::Null,
        };
        let url = format!("{}/c/pay/{id}", self.base);
        json!({
            "id": id, "object": "checkout.session", "mode": "payment", "livemode": self.live,
            "created": session.created, "expires_at": session.expires_at,
            "status": session.status, "payment_status": session.payment_status,
            "amount_total": session.amount, "amount_subtotal": session.amount, "currency": session.currency,
            "payment_intent": payment, "metadata": session.metadata,
            "client_reference_id": session.client_reference_id, "locale": session.locale,
            "success_url": session.success_url, "cancel_url": session.cancel_url,
            "url": if session.status == "open" { json!(url) } else { Value::Null },
            "payment_method_types": ["card", "us_bank_account"], "automatic_tax": {"enabled": false},
            "custom_fields": [], "custom_text": {}, "shipping_options": [],
        })
    }

    pub(super) fn payment_object(&self, id: &str) -> Value {
        let Some(payment) = self.payments.get(id) else { return Value::Null };
        let method = json!({
            "id": "pm_1", "object": "payment_method", "type": payment.kind, "created": payment.created,
            "livemode": self.live, "billing_details": {},
        });
        let error = payment.error.map(|(code, decline_code)| {
            let mut error = json!({
                "type": "card_error", "code": code, "message": "Your payment was declined.", "payment_method": method,
            });
            if let Some(decline_code) = decline_code {
                error["decline_code"] = json!(decline_code);
            }
            error
        });
        json!({
            "id": id, "object": "payment_intent", "livemode": self.live, "created": payment.created,
            "status": payment.status, "amount": payment.amount, "currency": payment.currency,
            "amount_received": if payment.status == "succeeded" { payment.amount } else { 0 },
            "metadata": payment.metadata, "last_payment_error": error, "customer": payment.holder,
            "payment_method_types": ["card", "us_bank_account"],
            "latest_charge": self.charge_object(payment),
        })
    }

    pub(super) fn charge_object(&self, payment: &Payment) -> Value {
        let Some(charged_at) = payment.charged_at else { return Value::Null };
        let paid = payment.status == "succeeded";
        let back = |refund: &&Refund| refund.payment == payment.id && refund.status != "failed";
        let refunded: i64 = self.refunds.values().filter(back).map(|refund| refund.amount).sum();
        json!({
            "id": payment.id.replacen("pi_", "ch_", 1), "object": "charge", "livemode": self.live, "created": charged_at,
            "amount": payment.amount, "amount_captured": if paid { payment.amount } else { 0 },
            "amount_refunded": refunded, "refunded": refunded == payment.amount, "currency": payment.currency,
            "captured": paid, "paid": paid, "disputed": false, "billing_details": {}, "metadata": payment.metadata,
            "status": if paid { "succeeded" } else { "pending" }, "payment_intent": payment.id,
        })
    }

    pub(super) fn refund_object(&self, id: &str) -> Value {
        let Some(refund) = self.refunds.get(id) else { return Value::Null };
        json!({
            "id": id, "object": "refund", "amount": refund.amount, "currency": refund.currency,
            "created": refund.created, "payment_intent": refund.payment, "metadata": refund.metadata,
            "reason": refund.reason, "status": refund.status,
            "charge": refund.payment.replacen("pi_", "ch_", 1),
        })
    }
}
