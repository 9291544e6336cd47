use super::claims::{Known, actor, beside, load, pick, signed_in};
use crate::pages::NoticeView;
use crate::pages::claims::{TransferForm, TransferView};
use crate::routes::forms::query_field;
use crate::routes::reply::{Answer, Page};
use crate::routes::upload::FileForm;
use crate::routes::visit::{DebtorVisit, Visit};
use axum::extract::RawQuery;
use axum::http::StatusCode;
use saldo_app::Failure;
use saldo_app::flows::claim::today;
use saldo_app::flows::declared_transfer::{self, DeclareTransfer};
use saldo_app::flows::start_session::DebtorSession;
use saldo_domain::Refusal;
use saldo_domain::calendar::plus_days;
use saldo_domain::ids::{AccountId, TransferId};
use saldo_domain::transfer::MADE_DAYS_MAX;

/// Earlier transfers, and the form of a new one.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let wanted = query_field(query.as_deref(), "account").and_then(|id| id.parse().ok());
    let known = load(&visit, session).await?;
    let form = TransferForm {
        transfer_id: TransferId(visit.app.ambient().uuid_v7()),
        amount: String::new(),
        made_on: String::new(),
        reference: String::new(),
        problem: None,
    };
    page(&visit, &known, wanted, form, StatusCode::OK)
}

/// The form: nothing that was written is lost when it is refused.
pub async fn declare(DebtorVisit { visit, session }: DebtorVisit, sent: FileForm) -> Answer {
    let known = load(&visit, session).await?;
    let account: Option<AccountId> = sent.fields.parse("account");
    let short = |name: &str| sent.fields.text(name).chars().take(120).collect::<String>();
    let mut form = TransferForm {
        transfer_id: sent.fields.parse("transfer").unwrap_or_else(|| TransferId(visit.app.ambient().uuid_v7())),
        amount: short("amount"),
        made_on: short("made_on"),
        reference: short("reference"),
        problem: None,
    };
    match request(&visit, session, &known, account, &form, sent).await {
        Ok(()) => {
            let account = account.map(|id| format!("?account={id}")).unwrap_or_default();
            Ok(Page::see_other(&format!("/transfer{account}")))
        }
        Err(failure) => {
            form.problem = Some(beside(&visit, failure)?);
            page(&visit, &known, account, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn request(
    visit: &Visit,
    session: DebtorSession,
    known: &Known,
    account: Option<AccountId>,
    form: &TransferForm,
    sent: FileForm,
) -> Result<(), Failure> {
    let account = account.and_then(|id| known.snapshot.account(id)).ok_or(Refusal::NotFound)?;
    let from_on = plus_days(today(&visit.app, &known.snapshot), -MADE_DAYS_MAX)?;
    let wish = DeclareTransfer {
        transfer_id: form.transfer_id,
        account_id: account.id,
        amount: visit.of_debtor(&known.snapshot).locale.parse_money(&form.amount, account.currency)?,
        made_on: form.made_on.parse().map_err(|_| Refusal::TransferDate { from_on })?,
        reference: form.reference.clone(),
        files: sent.files()?,
    };
    declared_transfer::declare(&visit.app, session.creditor_id, session.debtor_id, actor(session), wish).await?;
    Ok(())
}

fn page(visit: &Visit, known: &Known, wanted: Option<AccountId>, form: TransferForm, status: StatusCode) -> Answer {
    let chrome = signed_in(visit, &known.snapshot);
    let wanted_account = wanted.and_then(|id| known.snapshot.account(id));
    let Some(account) = wanted_account.or_else(|| pick(&known.snapshot, None).map(|(account, _)| account)) else {
        return Ok(Page::ok(&NoticeView::NothingToPay, &chrome));
    };
    let today = today(&visit.app, &known.snapshot);
    let from_on = plus_days(today, -MADE_DAYS_MAX).map_err(|refusal| Page::failure(visit, refusal.into()))?;
    let earlier = known.claims.transfers.iter().map(|row| &row.transfer);
    let view = TransferView {
        account_id: account.id,
        currency: account.currency,
        days: (from_on, today),
        earlier: earlier.filter(|transfer| transfer.account_id == account.id).cloned().collect(),
        form,
    };
    Ok(Page::with(status, &view, &chrome))
}
