use crate::App;
use crate::failure::Failure;
use crate::flows::adjust::{self, BankPayment, Reduce};
use crate::flows::api_key::ApiCaller;
use crate::http::extract::{Id, Json};
use crate::http::idempotency::IdempotencyKey;
use crate::http::{invoices, payments};
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::adjust::{CreditUsed, RecordBankPayment, ReduceClaim};
use saldo_contract::invoice::Invoice;
use saldo_contract::payment::Payment;
use saldo_contract::problem::Problem;
use saldo_domain::Refusal;
use saldo_domain::ids::{CreditorId, DebtorId, InvoiceId, PaymentId};
use saldo_domain::outcome::Outcome;
use saldo_store::snapshot;

fn reduce(key: &IdempotencyKey, creditor: CreditorId, wish: &ReduceClaim) -> Reduce {
    Reduce {
        request_id: key.id(creditor),
        invoice_id: InvoiceId(wish.invoice_id),
        amount: wish.amount.into(),
        reason: wish.reason.clone(),
    }
}

/// Reduces a claim: a credit note.
#[utoipa::path(post, path = "/v1/credit-notes", tag = "adjustments", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = ReduceClaim,
    responses((status = 201, body = Invoice), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn credit_note(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<ReduceClaim>,
) -> Result<Response, Failure> {
    caller.needs("adjust")?;
    let (creditor, actor) = (caller.creditor_id, caller.actor());
    let inner = reduce(&key, creditor, &wish);
    let work = async { adjust::credit_note(&app, creditor, &actor, inner).await.map(invoices::wire) };
    key.once(&app, &caller, &("credit_note", &wish), work).await
}

/// Gives a claim up: a write-off.
#[utoipa::path(post, path = "/v1/write-offs", tag = "adjustments", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = ReduceClaim,
    responses((status = 201, body = Invoice), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn write_off(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<ReduceClaim>,
) -> Result<Response, Failure> {
    caller.needs("adjust")?;
    let (creditor, actor) = (caller.creditor_id, caller.actor());
    let inner = reduce(&key, creditor, &wish);
    let work = async { adjust::write_off(&app, creditor, &actor, inner).await.map(invoices::wire) };
    key.once(&app, &caller, &("write_off", &wish), work).await
}

/// Records money that came by bank. Its value date decides over early-payment discounts.
#[utoipa::path(post, path = "/v1/bank-payments", tag = "adjustments", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = RecordBankPayment,
    responses((status = 201, body = Payment), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn bank_payment(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<RecordBankPayment>,
) -> Result<Response, Failure> {
    caller.needs("adjust")?;
    let (creditor, actor) = (caller.creditor_id, caller.actor());
    let payment_id = PaymentId(key.id(creditor));
    let work = async {
        let inner = of_wish(&app, creditor, payment_id, &wish).await?;
        adjust::record_bank_payment(&app, creditor, &actor, inner).await.map(payments::wire)
    };
    key.once(&app, &caller, &("bank_payment", &wish), work).await
}

/// The account of the payment's currency.
async fn of_wish(
    app: &App,
    creditor: CreditorId,
    payment_id: PaymentId,
    wish: &RecordBankPayment,
) -> Result<BankPayment, Failure> {
    let debtor_id = DebtorId(wish.debtor_id);
    let tx = app.store().read_of(creditor).await?;
    let snapshot = snapshot::load(&tx, creditor, debtor_id).await?;
    let account = snapshot.accounts.iter().find(|account| account.currency == wish.amount.currency);
    Ok(BankPayment {
        payment_id,
        debtor_id,
        account_id: account.ok_or(Refusal::NotFound)?.id,
        amount: wish.amount.into(),
        value_on: wish.value_on,
        reference: wish.reference.clone(),
        invoice_ids: wish.invoice_ids.iter().copied().map(InvoiceId).collect(),
    })
}

/// Pays a debtor's oldest items with its credit. Asked again it changes nothing.
#[utoipa::path(post, path = "/v1/debtors/{debtor_id}/use-credit", tag = "adjustments", security(("api_key" = [])),
    params(("debtor_id" = uuid::Uuid, Path)),
    responses((status = 200, body = CreditUsed), (status = 404, body = Problem)))]
pub async fn use_credit(
    State(app): State<App>,
    caller: ApiCaller,
    Id(debtor_id): Id<DebtorId>,
) -> Result<Answer<CreditUsed>, Failure> {
    caller.needs("adjust")?;
    let tx = app.store().read_of(caller.creditor_id).await?;
    let snapshot = snapshot::load(&tx, caller.creditor_id, debtor_id).await?;
    drop(tx);
    let mut applied = Vec::new();
    for account in &snapshot.accounts {
        let used = adjust::use_credit(&app, caller.creditor_id, &caller.actor(), debtor_id, account.id).await?;
        if let Outcome::Executed(amount) = used {
            applied.push(amount.into());
        }
    }
    Ok(Answer(CreditUsed { applied }))
}
