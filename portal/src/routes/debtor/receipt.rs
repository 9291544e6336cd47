use crate::Chrome;
use crate::pages::{ReceiptLine, ReceiptView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::DebtorVisit;
use axum::extract::Path;
use saldo_app::flows::show_receipt::{self, Receipt};
use saldo_domain::ids::PaymentId;
use uuid::Uuid;

/// What was paid, to keep or print.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let receipt = show_receipt::show(&visit.app, session, PaymentId(id)).await;
    let Receipt { row, invoices, balance, snapshot } = receipt.map_err(|failure| Page::failure(&visit, failure))?;
    let lines = row.payment.allocations.iter().filter_map(|part| {
        let invoice = invoices.iter().find(|invoice| invoice.id == part.invoice_id)?;
        Some(ReceiptLine {
            number: invoice.number.clone(),
            description: invoice.description.clone(),
            amount: part.amount,
        })
    });
    let view = ReceiptView {
        creditor_name: snapshot.creditor.name.clone(),
        debtor_name: snapshot.debtor.name.clone(),
        lines: lines.collect(),
        paid_at: row.recorded_at,
        reference: row.provider_reference.clone(),
        test: visit.app.is_test(),
        balance_after: Some(balance),
        payment: row.payment,
    };
    let chrome = Chrome { signed_in: true, ..visit.of_debtor(&snapshot) };
    Ok(Page::ok(&view, &chrome))
}
