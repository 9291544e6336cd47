//! A debtor with a plan whose instalments a saved card pays.

use jiff::Timestamp;
use saldo_app::flows::run_autopay;
use saldo_domain::actor::Actor;
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::attempt::{AttemptOrigin, AttemptState, PaymentAttempt};
use saldo_domain::ids::{AttemptId, PlanId, PolicyId};
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::plan::{
    Acceptance, Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, PaymentPlan, PlanCharge, PlanChoice,
    PlanState, PlanTemplate, PlanTerms, ProposeAgain, progress, schedule,
};
use saldo_domain::provider::{Capture, CheckoutReport};
use saldo_domain::segment::Segment;
use saldo_providers::channel::MemoryChannel;
use saldo_store::{PageRequest, attempt, payment_plan, snapshot};
use saldo_tests::product::{Business, Product};

use crate::methods::save;
use crate::support::on_both_with;

/// Papelería Sol's Ana owes 1,234.50: three weeks from 10 March, 411.50 each.
pub struct Stand {
    pub product: Product,
    pub business: Business,
    pub plan: PlanId,
    pub channel: MemoryChannel,
}

pub async fn on_both(number: &str, test: impl AsyncFn(Stand)) {
    let channel = MemoryChannel::new();
    on_both_with(
        |setup| setup.mail(&channel),
        async |product| {
            let business = product.business().await;
            let plan = agree(&product, &business).await;
            save(&product, &business.creditor, &business.ana, number).await;
            channel.take_sent();
            test(Stand { product, business, plan, channel: channel.clone() }).await;
        },
    )
    .await;
}

pub async fn agree(product: &Product, business: &Business) -> PlanId {
    let (creditor, debtor) = (business.creditor.id, business.ana.id);
    let id = PlanId(product.app.ambient().uuid_v7());
    let tx = product.app.store().write_of(creditor).await.expect("a database");
    let known = snapshot::load(&tx, creditor, debtor).await.expect("a snapshot");
    let account = &known.accounts[0];
    let principal = Money::sum(account.currency, account.items.iter().map(|item| item.outstanding)).expect("a sum");
    let template = PlanTemplate {
        segment: Segment::all(account.currency),
        days_past_due_min: None,
        days_past_due_max: None,
        down_payment_bps: 0,
        instalments_min: 2,
        instalments_max: 12,
        frequency: Frequency::Weekly,
        instalment_min: Money::new(100, account.currency),
        charge: PlanCharge::None,
        first_within_days: 30,
        approval: Approval::Automatic,
        autopay: AutopayRule::Required,
        grace_days: 5,
        break_rule: BreakRule { missed_max: 0 },
        propose_again: ProposeAgain::Always,
        early: EarlySettlement::Full,
    };
    let choice = PlanChoice { count: 3, first_on: "2026-03-10".parse().expect("a date") };
    let today = known.debtor.zone(&known.creditor).date_at(product.app.now());
    let acceptance = Acceptance {
        accepted_at: product.app.now(),
        text_version: "1".to_owned(),
        address: "203.0.113.7".to_owned(),
        language: Language::Es,
    };
    let plan = PaymentPlan {
        id,
        account_id: account.id,
        template_id: PolicyId(product.app.ambient().uuid_v7()),
        terms: PlanTerms {
            grace_days: template.grace_days,
            break_rule: template.break_rule,
            autopay: true,
            early: template.early,
            propose_again: template.propose_again,
            approval: template.approval,
        },
        items: account.items.iter().map(|item| item.invoice_id).collect(),
        charge_item: None,
        schedule: schedule(&template, principal, &choice, today).expect("a schedule"),
        state: PlanState::Active { acceptance, approved: None },
        proposed_at: product.app.now(),
        proposed_by: Actor::Debtor { id: debtor },
    };
    payment_plan::insert(&tx, creditor, debtor, &plan, product.app.now()).await.expect("a new plan");
    run_autopay::enrol(&product.app, &tx, creditor, debtor, id).await.expect("a look");
    tx.commit().await.expect("a commit");
    id
}

impl Stand {
    /// Moves the clock to a time on Ana's wall (UTC-6) and lets everything happen that is due.
    pub async fn at(&self, day: &str, hour: u32) {
        let at: Timestamp = format!("{day}T{:02}:00:00Z", hour + 6).parse().expect("a moment");
        self.product.clock.set(at);
        self.work().await;
    }

    pub async fn work(&self) {
        for _ in 0..4 {
            self.product.tick().await;
            self.product.work().await;
        }
    }

    pub async fn attempts(&self) -> Vec<PaymentAttempt> {
        let (creditor, debtor) = (self.business.creditor.id, self.business.ana.id);
        let tx = self.product.app.store().read_of(creditor).await.expect("a database");
        let page = attempt::list(&tx, creditor, Some(debtor), PageRequest::first(50)).await.expect("a list");
        page.items.into_iter().filter(|one| matches!(one.origin, AttemptOrigin::Autopay { .. })).collect()
    }

    /// The attempts by instalment and try, with their states.
    pub async fn tries(&self) -> Vec<String> {
        let mut tries: Vec<String> = self
            .attempts()
            .await
            .into_iter()
            .filter_map(|one| match one.origin {
                AttemptOrigin::Autopay { instalment, try_number, .. } => {
                    Some(format!("{instalment}.{try_number} {}", one.state.name()))
                }
                AttemptOrigin::Debtor => None,
            })
            .collect();
        tries.sort();
        tries
    }

    /// What is paid of the plan, and its state.
    pub async fn plan(&self) -> (i64, String) {
        let (creditor, debtor) = (self.business.creditor.id, self.business.ana.id);
        let tx = self.product.app.store().read_of(creditor).await.expect("a database");
        let plan = payment_plan::load(&tx, creditor, self.plan).await.expect("the plan").plan;
        let known = snapshot::load(&tx, creditor, debtor).await.expect("a snapshot");
        let today = known.debtor.zone(&known.creditor).date_at(self.product.app.now());
        let paid = progress(&plan, &known.accounts[0].items, today).expect("progress").paid;
        (paid.minor(), plan.state.name().to_owned())
    }

    /// The subjects of the mails to Ana that have a word in them.
    pub fn mails(&self, word: &str) -> usize {
        let sent = self.channel.sent();
        sent.iter().filter(|mail| mail.to.email.starts_with("ana@") && mail.subject.contains(word)).count()
    }
}

/// Money that comes by another way to the plan's items.
pub async fn pay_by_hand(stand: &Stand, capture: Capture) {
    let (creditor, debtor) = (stand.business.creditor.id, stand.business.ana.id);
    let tx = stand.product.app.store().write_of(creditor).await.expect("a database");
    let known = snapshot::load(&tx, creditor, debtor).await.expect("a snapshot");
    let attempt = PaymentAttempt {
        id: AttemptId(stand.product.app.ambient().uuid_v7()),
        creditor_id: creditor,
        debtor_id: debtor,
        account_id: known.accounts[0].id,
        provider: "sandbox".to_owned(),
        amount: capture.amount,
        order: AllocationOrder::OldestDueFirst,
        concessions: Vec::new(),
        origin: AttemptOrigin::Debtor,
        balance_version: known.accounts[0].balance_version,
        created_at: stand.product.app.now(),
        expires_at: stand.product.app.now(),
        checkout: None,
        state: AttemptState::Created,
    };
    attempt::insert(&tx, &attempt).await.expect("a new attempt");
    tx.commit().await.expect("a commit");
    let report = CheckoutReport::Captured(capture);
    saldo_app::flows::observe_attempt::observe(&stand.product.app, creditor, attempt.id, report).await.expect("booked");
}
