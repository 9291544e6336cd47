//! A business with a plan template in force, its debtor, and short ways to what the tests of plans do.

use jiff::civil::Date;
use saldo_app::Failure;
use saldo_app::flows::payment_plan::{self, AcceptPlan, PlanView, ProposePlan};
use saldo_app::flows::policy::{self, Draft, PolicyBody, PublishFrom};
use saldo_app::flows::start_checkout::{self, CheckoutStarted, StartCheckout};
use saldo_app::flows::start_session::DebtorSession;
use saldo_domain::actor::Actor;
use saldo_domain::creditor::Creditor;
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{AccountId, AttemptId, CreditorId, PlanId, PolicyId};
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::plan::{
    Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, PlanCharge, PlanChoice, PlanTemplate, ProposeAgain,
};
use saldo_domain::quote::Selection;
use saldo_domain::segment::Segment;
use saldo_store::payment_plan::PlanRow;
use saldo_store::snapshot;
use saldo_tests::product::{Business, Product};

use crate::support::{Api, Visitor, ana, assert_parity};

/// Pesos.
pub fn mxn(minor: i64) -> Money {
    Money::new(minor, Currency::MXN)
}

/// Three to six months, 50.00 for the plan, unearned parts of it given back, five days of grace, broken by the first missed
/// instalment.
pub fn template() -> PlanTemplate {
    PlanTemplate {
        segment: Segment::all(Currency::MXN),
        days_past_due_min: None,
        days_past_due_max: None,
        down_payment_bps: 0,
        instalments_min: 2,
        instalments_max: 6,
        frequency: Frequency::Monthly,
        instalment_min: mxn(10_000),
        charge: PlanCharge::Fee { amount: mxn(5_000) },
        first_within_days: 30,
        approval: Approval::Automatic,
        autopay: AutopayRule::Optional,
        grace_days: 5,
        break_rule: BreakRule { missed_max: 0 },
        propose_again: ProposeAgain::Never,
        early: EarlySettlement::RebateUnearned,
    }
}

/// A business whose template is in force, and Ana, who owes it 1,234.50 on three invoices.
pub struct Stand<'a> {
    pub product: &'a Product,
    pub business: Business,
    pub api: Api,
    pub ana: Visitor,
    pub template_id: PolicyId,
}

impl<'a> Stand<'a> {
    pub async fn new(product: &'a Product, template: PlanTemplate) -> Self {
        let business = product.business().await;
        let template_id = in_force(product, business.creditor.id, template).await;
        let (api, ana) = (Api::new(product, &business.key), ana(product, &business).await);
        Self { product, business, api, ana, template_id }
    }

    pub fn session(&self) -> DebtorSession {
        DebtorSession { creditor_id: self.business.creditor.id, debtor_id: self.business.ana.id, fresh_until: None }
    }

    /// Ana's account and its balance.
    pub async fn account(&self) -> (AccountId, i64) {
        let tx = self.product.app.store().read_of(self.business.creditor.id).await.expect("the database answers");
        let known = snapshot::load(&tx, self.business.creditor.id, self.business.ana.id).await.expect("Ana");
        (known.accounts[0].id, known.accounts[0].balance_version)
    }

    /// What Ana would agree to, on the balance of now: `count` instalments from a date.
    pub async fn wish(&self, count: u32, first_on: &str) -> AcceptPlan {
        let (account_id, balance_version) = self.account().await;
        AcceptPlan {
            plan_id: PlanId(self.product.app.ambient().uuid_v7()),
            account_id,
            template_id: self.template_id,
            choice: PlanChoice { count, first_on: first_on.parse().expect("a date") },
            autopay: false,
            balance_version,
            text_version: "plan-acceptance-1".to_owned(),
            address: "203.0.113.7".to_owned(),
            language: Language::Es,
        }
    }

    pub async fn accept(&self, wish: AcceptPlan) -> Result<PlanRow, Failure> {
        payment_plan::accept(&self.product.app, self.session(), wish).await
    }

    pub async fn plan(&self, id: PlanId) -> PlanView {
        payment_plan::one_view(&self.product.app, self.business.creditor.id, id).await.expect("the plan")
    }

    /// Pays a selection with a test card.
    pub async fn pay(&self, selection: Selection) {
        let (account_id, balance_version) = self.account().await;
        let attempt_id = AttemptId(self.product.app.ambient().uuid_v7());
        let wish = StartCheckout { attempt_id, account_id, selection, balance_version, seen_total: None };
        let started = start_checkout::start(&self.product.app, self.session(), wish).await.expect("a checkout");
        let CheckoutStarted::Redirect(page) = started else { panic!("{started:?}") };
        self.ana.post(&format!("{page}/card"), &[("number", "4242 4242 4242 4242")]).await.expect(303);
        self.product.work().await;
    }

    pub async fn pay_instalments(&self, plan_id: PlanId, count: u32) {
        self.pay(Selection::Instalments { plan_id, count }).await;
    }

    /// Statement, plan, API and ledger agree: so much is open of the plan, so much on the account.
    pub async fn agrees(&self, plan_id: PlanId, remaining: i64, open: i64) {
        let view = self.plan(plan_id).await;
        assert_eq!(view.progress.remaining, mxn(remaining), "{:?}", view.progress);
        let path = format!("/v1/debtors/{}/statement", self.business.ana.id);
        let statement = self.api.get(&path).await.expect(200).json();
        let accounts = statement["accounts"].as_array().expect("accounts");
        let owed: i64 = accounts.iter().map(|account| account["outstanding"]["minor"].as_i64().unwrap_or(-1)).sum();
        assert_eq!(owed, open, "{statement}");
        let told = self.api.get(&format!("/v1/payment-plans/{plan_id}")).await.expect(200).json();
        assert_eq!(told["remaining"]["minor"], remaining, "{told}");
        assert_parity(self.product).await;
    }

    /// Ticks and works at noon of each of some days.
    pub async fn live_days(&self, days: i64) {
        for _ in 0..days {
            self.product.advance(crate::support::hours(24));
            self.product.tick().await;
            self.product.work().await;
        }
    }
}

/// A plan over all that a debtor owes, proposed and not agreed to; answers its id.
pub async fn proposed(product: &Product, creditor: &Creditor, debtor: &Debtor) -> String {
    let template = PlanTemplate { instalment_min: mxn(1), ..template() };
    let template_id = in_force(product, creditor.id, template).await;
    let tx = product.app.store().read_of(creditor.id).await.expect("the database answers");
    let account = snapshot::load(&tx, creditor.id, debtor.id).await.expect("a debtor").accounts.remove(0);
    drop(tx);
    let wish = ProposePlan {
        plan_id: PlanId(product.app.ambient().uuid_v7()),
        debtor_id: debtor.id,
        account_id: account.id,
        template_id,
        choice: PlanChoice { count: 2, first_on: Date::constant(2026, 3, 10) },
        autopay: false,
        balance_version: account.balance_version,
        approves: false,
    };
    let row = payment_plan::propose(&product.app, creditor.id, Actor::Operator, wish).await.expect("a proposal");
    row.plan.id.to_string()
}

pub async fn in_force(product: &Product, creditor: CreditorId, template: PlanTemplate) -> PolicyId {
    let draft = Draft { name: "Plan".to_owned(), body: PolicyBody::PlanTemplate(template) };
    let draft = policy::create(&product.app, creditor, &Actor::Operator, draft).await.expect("a draft");
    let (revision, from) = (draft.revision, PublishFrom::Now);
    let published = policy::publish(&product.app, creditor, &Actor::Operator, draft.id, revision, from).await;
    published.expect("in force").id
}

/// The stable code of a refusal.
pub fn code<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> String {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal.code().to_owned(),
        other => format!("{other:?}"),
    }
}
