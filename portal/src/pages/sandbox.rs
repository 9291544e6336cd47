//! The sandbox provider's hosted page: it must look like a test at first sight.

use crate::layout::forms::{button_form, hidden, problem_summary};
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width, words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::money::Money;
use saldo_domain::provider::FailureReason;

/// The hosted page of one checkout, or of one card to be saved.
#[derive(Debug, Clone)]
pub struct SandboxView {
    /// Where its forms go, without a slash at the end.
    pub path: String,
    /// What it is for.
    pub purpose: SandboxPurpose,
    /// Where the checkout stands.
    pub step: SandboxStep,
    /// Test numbers with what they do.
    pub numbers: Vec<TestNumber>,
}

/// What the page is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SandboxPurpose {
    /// To pay.
    Pay {
        /// Who is paid.
        creditor_name: String,
        /// What is asked.
        amount: Money,
    },
    /// To save a card.
    Save,
}

/// Where a checkout stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SandboxStep {
    /// Card or bank debit.
    Choose {
        /// What was wrong before.
        problem: Option<SandboxProblem>,
        /// The test number to show again; empty for anything else.
        number: String,
    },
    /// The bank asks for proof.
    Challenge,
    /// Nothing can be paid here any more.
    Over,
}

/// Why a try did not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxProblem {
    /// Not one of the test numbers.
    UnknownNumber,
    /// The pretended bank said no.
    Failed(FailureReason),
}

/// A number that the sandbox knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestNumber {
    /// As printed on the card.
    pub number: String,
    /// What it does.
    pub outcome: TestOutcome,
}

/// What a test number does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestOutcome {
    /// Pays.
    Paid,
    /// Is refused.
    Declined,
    /// Has not enough money.
    InsufficientFunds,
    /// Asks for proof first.
    Authentication,
    /// Asks for proof each time.
    AlwaysAuthentication,
    /// Can be saved, and is then refused.
    DeclinedWhenCharged,
    /// Can be saved, and pays once.
    PaidOnce,
    /// Pays, and is disputed.
    ChargedBack,
    /// Something else, in words.
    Other(String),
}

impl Screen for SandboxView {
    fn page(&self, chrome: &Chrome) -> Page {
        let step = match &self.step {
            SandboxStep::Choose { problem, number } => choose(self, *problem, number, chrome),
            SandboxStep::Challenge => challenge(self, chrome),
            SandboxStep::Over => view! { <p class="lead">{chrome.t("sandbox-over")}</p> }.into_any(),
        };
        let title = match self.purpose {
            SandboxPurpose::Pay { .. } => chrome.t("sandbox-title"),
            SandboxPurpose::Save => chrome.t("sandbox-save-title"),
        };
        let body = view! {
            <p class="sandbox-flag">{icon(Icon::Alert)}<strong>{chrome.t("sandbox-flag")}</strong></p>
            <section class="card sandbox">
                <h1 class="title">{title.clone()}</h1>
                {asked(&self.purpose, chrome)}
                {step}
            </section>
        };
        Page::new(title, Width::Column, body)
    }
}

fn asked(purpose: &SandboxPurpose, chrome: &Chrome) -> Option<AnyView> {
    let SandboxPurpose::Pay { creditor_name, amount } = purpose else { return None };
    let pairs = view! {
        <dl class="pairs">
            <div><dt>{chrome.t("receipt-to")}</dt><dd>{creditor_name.clone()}</dd></div>
            <div><dt>{chrome.t("amount")}</dt><dd class="amount amount-large">{chrome.money(*amount)}</dd></div>
        </dl>
    };
    Some(pairs.into_any())
}

fn choose(view: &SandboxView, problem: Option<SandboxProblem>, number: &str, chrome: &Chrome) -> AnyView {
    let message = problem.map(|problem| match problem {
        SandboxProblem::UnknownNumber => chrome.t("sandbox-unknown-number"),
        SandboxProblem::Failed(reason) => words::failure(chrome, reason),
    });
    let path = |action: &str| format!("{}/{action}", view.path);
    let (submit, pays) = match &view.purpose {
        SandboxPurpose::Pay { amount, .. } => {
            (chrome.with("changed-pay", [("amount", chrome.money(*amount).into())]), true)
        }
        SandboxPurpose::Save => (chrome.t("sandbox-save"), false),
    };
    view! {
        {message.as_ref().map(|message| problem_summary(chrome, "number", message))}
        <form class="stack" method="post" action=path("card")>
            <h2 class="section-title">{chrome.t("sandbox-card")}</h2>
            <div class="field">
                <label for="number">{chrome.t("sandbox-number")}</label>
                <input class="input input-amount" id="number" name="number" type="text" inputmode="numeric" autocomplete="off"
                    maxlength="23" value=number.to_owned() aria-describedby="number-hint"
                    aria-invalid=message.is_some().then_some("true")/>
                <p class="hint" id="number-hint"><span>{chrome.t("sandbox-number-hint")}</span></p>
            </div>
            {numbers(view, chrome)}
            <button class="button button-primary button-block" type="submit">{submit}</button>
        </form>
        {pays.then(|| debit(path("debit"), chrome))}
        {button_form(path("cancel"), "button button-quiet button-block", chrome.t("sandbox-cancel"))}
    }
    .into_any()
}

fn numbers(view: &SandboxView, chrome: &Chrome) -> AnyView {
    let rows = view.numbers.iter().map(|row| {
        let outcome = match &row.outcome {
            TestOutcome::Paid => chrome.t("sandbox-pays"),
            TestOutcome::Declined => chrome.t("sandbox-declines"),
            TestOutcome::InsufficientFunds => chrome.t("sandbox-insufficient"),
            TestOutcome::Authentication => chrome.t("sandbox-authentication"),
            TestOutcome::AlwaysAuthentication => chrome.t("sandbox-always-authentication"),
            TestOutcome::DeclinedWhenCharged => chrome.t("sandbox-declined-when-charged"),
            TestOutcome::PaidOnce => chrome.t("sandbox-paid-once"),
            TestOutcome::ChargedBack => chrome.t("sandbox-charged-back"),
            TestOutcome::Other(words) => words.clone(),
        };
        view! { <tr><th scope="row" class="mono nowrap">{row.number.clone()}</th><td>{outcome}</td></tr> }
    });
    view! {
        <table class="table">
            <caption class="visually-hidden">{chrome.t("sandbox-numbers")}</caption>
            <thead><tr><th scope="col">{chrome.t("sandbox-number")}</th><th scope="col">{chrome.t("sandbox-result")}</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn debit(action: String, chrome: &Chrome) -> AnyView {
    let outcomes = [
        ("succeeds", chrome.t("sandbox-debit-succeeds")),
        ("fails", chrome.t("sandbox-debit-fails")),
        ("stays_pending", chrome.t("sandbox-debit-stays")),
    ];
    let choices = outcomes.into_iter().enumerate().map(|(place, (outcome, label))| {
        let id = format!("outcome-{outcome}");
        view! {
            <div class="choice">
                <input type="radio" id=id.clone() name="outcome" value=outcome checked=place == 0/>
                <label for=id><span>{label}</span></label>
            </div>
        }
    });
    view! {
        <form class="stack sandbox-debit" method="post" action=action>
            <fieldset class="choices">
                <legend class="section-title">{chrome.t("sandbox-debit")}</legend>
                {choices.collect_view()}
            </fieldset>
            <button class="button button-block" type="submit">{chrome.t("sandbox-debit-pay")}</button>
        </form>
    }
    .into_any()
}

fn challenge(view: &SandboxView, chrome: &Chrome) -> AnyView {
    let action = || format!("{}/challenge", view.path);
    view! {
        <h2 class="section-title">{chrome.t("sandbox-challenge")}</h2>
        <p class="lead">{chrome.t("sandbox-challenge-explained")}</p>
        <form method="post" action=action()>
            {hidden("answer", "approve")}
            <button class="button button-primary button-block" type="submit">{chrome.t("sandbox-approve")}</button>
        </form>
        <form method="post" action=action()>
            {hidden("answer", "reject")}
            <button class="button button-block" type="submit">{chrome.t("sandbox-reject")}</button>
        </form>
    }
    .into_any()
}
