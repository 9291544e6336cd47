use crate::Chrome;
use crate::pages::{
    ACCEPTANCE_TEXT, AutopayLine, PlanConfirmView, PlanPickerView, PlanView, PlanWish, choice_path, method_label,
};
use crate::routes::forms::{Form, query_field};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::{DebtorVisit, Visit};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use saldo_app::flows::payment_plan::{self, AcceptPlan, OfferedPlan};
use saldo_app::flows::remove_method::{self, SavedMethodRow};
use saldo_app::flows::{open_statement, start_session::DebtorSession};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::ids::{AccountId, AttemptId, PlanId, PolicyId};
use saldo_domain::money::Money;
use saldo_domain::plan::{PlanChoice, schedule};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::ways::easiest;
use uuid::Uuid;

/// What a debtor asks for, as it stands in an address or in a form.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    account: Option<AccountId>,
    template: Option<PolicyId>,
    count: Option<u32>,
    first_on: Option<Date>,
    /// Whether count and date were chosen while another template stood on the page.
    moved: bool,
}

impl Asked {
    fn of(query: Option<&str>) -> Self {
        let field = |name| query_field(query, name);
        let shown = field("shown");
        Self {
            moved: shown.is_some() && shown != field("template"),
            account: field("account").and_then(|id| id.parse().ok()),
            template: field("template").and_then(|id| id.parse().ok()),
            count: field("count").and_then(|count| count.parse().ok()),
            first_on: field("first_on").and_then(|date| date.parse().ok()),
        }
    }

    /// The choice; what was not asked for is the easiest. What fitted another template is brought near.
    fn choice(&self, offered: &OfferedPlan) -> PlanChoice {
        let (offer, easiest) = (&offered.offer, easiest(&offered.offer));
        let count = self.count.unwrap_or(easiest.count);
        let first_on = self.first_on.unwrap_or(easiest.first_on);
        if self.moved {
            let count = count.clamp(*offer.counts.start(), *offer.counts.end());
            PlanChoice { count, first_on: first_on.clamp(offer.first_from, offer.first_until) }
        } else {
            PlanChoice { count, first_on }
        }
    }
}

/// Every plan that the debtor may choose on the account that is asked for, with the chosen one.
struct Offered {
    snapshot: DebtorSnapshot,
    offers: Vec<OfferedPlan>,
    chosen: OfferedPlan,
    today: Date,
}

async fn offered(visit: &Visit, session: DebtorSession, asked: &Asked) -> Result<Offered, Page> {
    let failed = |failure| Page::failure(visit, failure);
    let snapshot = open_statement::load(&visit.app, session.creditor_id, session.debtor_id).await.map_err(failed)?;
    let mut offers = payment_plan::offers(&visit.app, session).await.map_err(failed)?;
    let account = asked.account.or_else(|| offers.first().map(|first| first.account_id));
    offers.retain(|one| Some(one.account_id) == account);
    let wanted = |one: &&OfferedPlan| Some(one.offer.template_id) == asked.template;
    let Some(chosen) = offers.iter().find(wanted).or_else(|| offers.first()).cloned() else {
        // What was offered is not any more: the statement says what there is.
        return Err(Page::see_other("/statement"));
    };
    let today = snapshot.debtor.zone(&snapshot.creditor).date_at(visit.app.now());
    Ok(Offered { snapshot, offers, chosen, today })
}

/// Template, number of payments, first date; every date and amount beneath.
pub async fn new(DebtorVisit { visit, session }: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let asked = Asked::of(query.as_deref());
    let found = offered(&visit, session, &asked).await?;
    let offer = found.chosen.offer.clone();
    let choice = asked.choice(&found.chosen);
    let made = schedule(&offer.template, offer.principal, &choice, found.today);
    let (choice, made, problem) = match made {
        Ok(made) => (choice, Ok(made), None),
        Err(refusal) => {
            let easiest = easiest(&offer);
            (easiest, schedule(&offer.template, offer.principal, &easiest, found.today), Some(refusal))
        }
    };
    let view = PlanPickerView {
        account_id: found.chosen.account_id,
        schedule: made.map_err(|refusal| Page::failure(&visit, refusal.into()))?,
        offers: found.offers.into_iter().map(|one| one.offer).collect(),
        offer,
        choice,
        today: found.today,
        problem,
    };
    let status = if view.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Page::with(status, &view, &signed_in(&visit, &found.snapshot)))
}

/// Everything once more, behind a fresh code.
pub async fn confirm(visit: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    visit.needs_code(&format!("/plan/confirm?{query}"))?;
    let asked = Asked::of(Some(&query));
    let plan_id = PlanId(visit.visit.app.ambient().uuid_v7());
    confirm_page(&visit, &asked, plan_id, StatusCode::OK, None, false).await
}

async fn confirm_page(
    visit: &DebtorVisit,
    asked: &Asked,
    plan_id: PlanId,
    status: StatusCode,
    problem: Option<Refusal>,
    unticked: bool,
) -> Answer {
    let DebtorVisit { visit, session } = visit;
    let found = offered(visit, *session, asked).await?;
    let (offer, choice) = (&found.chosen.offer, asked.choice(&found.chosen));
    let Ok(made) = schedule(&offer.template, offer.principal, &choice, found.today) else {
        // The picker says why.
        return Ok(Page::see_other(&choice_path("/plan/new", found.chosen.account_id, offer.template_id, &choice)));
    };
    let frequency = offer.template.frequency;
    let view = PlanConfirmView {
        creditor_name: found.snapshot.creditor.name.clone(),
        account_id: found.chosen.account_id,
        balance_version: found.chosen.balance_version,
        plan_id,
        wish: PlanWish::Own { template_id: offer.template_id, frequency, choice },
        schedule: made,
        grace_days: offer.template.grace_days,
        missed_max: offer.template.break_rule.missed_max,
        approval: offer.template.approval,
        autopay: offer.template.autopay,
        has_method: has_method(visit, *session).await?,
        problem,
        unticked,
    };
    Ok(Page::with(status, &view, &signed_in(visit, &found.snapshot)))
}

/// The debtor agrees.
pub async fn accept(visit: DebtorVisit, form: Form) -> Answer {
    let asked = Asked {
        account: form.parse("account"),
        template: form.parse("template"),
        count: form.parse("count"),
        first_on: form.parse("first_on"),
        moved: false,
    };
    let Asked {
        account: Some(account_id),
        template: Some(template_id),
        count: Some(count),
        first_on: Some(first_on),
        ..
    } = asked
    else {
        return Err(Page::failure(&visit.visit, Refusal::NotFound.into()));
    };
    let choice = PlanChoice { count, first_on };
    visit.needs_code(&choice_path("/plan/confirm", account_id, template_id, &choice))?;
    let (Some(plan_id), Some(balance_version)) = (form.parse("plan"), form.parse("balance_version")) else {
        return Err(Page::failure(&visit.visit, Refusal::NotFound.into()));
    };
    // Words that have changed since the page was made are read anew.
    if form.text("agree") != "yes" || form.text("text") != ACCEPTANCE_TEXT {
        return confirm_page(&visit, &asked, plan_id, StatusCode::UNPROCESSABLE_ENTITY, None, true).await;
    }
    let wish = AcceptPlan {
        plan_id,
        account_id,
        template_id,
        choice,
        autopay: form.text("autopay") == "yes",
        balance_version,
        text_version: ACCEPTANCE_TEXT.to_owned(),
        address: visit.visit.address().to_owned(),
        language: language(&visit).await?,
    };
    match payment_plan::accept(&visit.visit.app, visit.session, wish).await {
        Ok(row) => Ok(Page::see_other(&format!("/plan/{}", row.plan.id))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            let plan_id = PlanId(visit.visit.app.ambient().uuid_v7());
            confirm_page(&visit, &asked, plan_id, StatusCode::CONFLICT, Some(refusal), false).await
        }
        Err(failure) => Err(Page::failure(&visit.visit, failure)),
    }
}

/// How a plan stands.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let failed = |failure| Page::failure(&visit, failure);
    let shown = payment_plan::show_own(&visit.app, session, PlanId(id)).await.map_err(failed)?;
    let snapshot = open_statement::load(&visit.app, session.creditor_id, session.debtor_id).await.map_err(failed)?;
    let offers = payment_plan::offers(&visit.app, session).await.map_err(failed)?;
    let account = shown.plan.account_id;
    let open = snapshot.account(account).map(|account| (account.currency, &account.items));
    let balance =
        open.and_then(|(currency, items)| Money::sum(currency, items.iter().map(|item| item.outstanding)).ok());
    let zone = snapshot.debtor.zone(&snapshot.creditor).clone();
    let chrome = signed_in(&visit, &snapshot);
    let view = PlanView {
        creditor_name: snapshot.creditor.name.clone(),
        progress: shown.progress,
        early: shown.early,
        balance: balance.unwrap_or(Money::zero(shown.plan.schedule.total.currency())),
        balance_version: shown.balance_version,
        attempt_id: AttemptId(visit.app.ambient().uuid_v7()),
        may_choose: offers.iter().any(|one| one.account_id == account),
        autopay: autopay_line(&visit, session, shown.plan.terms.autopay, &chrome).await?,
        today: zone.date_at(visit.app.now()),
        zone,
        plan: shown.plan,
    };
    Ok(Page::ok(&view, &chrome))
}

/// The language in which the debtor reads what is agreed to.
pub(super) async fn language(visit: &DebtorVisit) -> Result<saldo_domain::locale::Language, Page> {
    let DebtorVisit { visit, session } = visit;
    let snapshot = open_statement::load(&visit.app, session.creditor_id, session.debtor_id).await;
    let snapshot = snapshot.map_err(|failure| Page::failure(visit, failure))?;
    Ok(visit.of_debtor(&snapshot).locale.language)
}

async fn methods(visit: &Visit, session: DebtorSession) -> Result<Vec<SavedMethodRow>, Page> {
    let found = remove_method::list(&visit.app, session.creditor_id, session.debtor_id).await;
    found.map_err(|failure| Page::failure(visit, failure))
}

pub(super) async fn has_method(visit: &Visit, session: DebtorSession) -> Result<bool, Page> {
    Ok(!methods(visit, session).await?.is_empty())
}

/// How a plan is paid by itself: the newest method pays.
async fn autopay_line(
    visit: &Visit,
    session: DebtorSession,
    agreed: bool,
    chrome: &Chrome,
) -> Result<AutopayLine, Page> {
    if !agreed {
        return Ok(AutopayLine::Off);
    }
    let newest = methods(visit, session).await?.into_iter().next();
    Ok(newest.map_or(AutopayLine::Missing, |method| AutopayLine::On(method_label(&method.facts, chrome))))
}

pub(super) fn signed_in(visit: &Visit, snapshot: &DebtorSnapshot) -> Chrome {
    Chrome { signed_in: true, ..visit.of_debtor(snapshot) }
}
