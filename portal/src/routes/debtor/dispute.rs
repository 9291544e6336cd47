use super::claims::{Known, actor, beside, file_line, load, signed_in};
use crate::pages::claims::{DisputeForm, DisputePickView, DisputeView};
use crate::routes::reply::{Answer, Page};
use crate::routes::upload::FileForm;
use crate::routes::visit::{DebtorVisit, Visit};
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::Failure;
use saldo_app::flows::dispute::{self, OpenDispute};
use saldo_app::flows::show_invoice;
use saldo_domain::Refusal;
use saldo_domain::dispute::DisputeReason;
use saldo_domain::ids::{DisputeId, InvoiceId};
use saldo_domain::invoice::Invoice;
use saldo_domain::statement;
use uuid::Uuid;

/// Which invoice is it about?
pub async fn pick(DebtorVisit { visit, session }: DebtorVisit) -> Answer {
    let known = load(&visit, session).await?;
    let built = statement::build(&known.snapshot, visit.app.now());
    let statement = built.map_err(|refusal| Page::failure(&visit, refusal.into()))?;
    let lines = statement.accounts.into_iter().flat_map(|account| account.lines);
    let lines = lines.filter(|line| !line.item.disputed).collect();
    Ok(Page::ok(&DisputePickView { lines }, &signed_in(&visit, &known.snapshot)))
}

/// One invoice's dispute: the form, or where it stands.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let invoice = show_invoice::own(&visit.app, session, InvoiceId(id)).await;
    let invoice = invoice.map_err(|failure| Page::failure(&visit, failure))?;
    let known = load(&visit, session).await?;
    let dispute_id = DisputeId(visit.app.ambient().uuid_v7());
    let form = DisputeForm { dispute_id, reason: None, message: String::new(), problem: None };
    Ok(page(&visit, &known, invoice, form, StatusCode::OK))
}

/// The form: nothing that was written is lost when it is refused.
pub async fn open(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>, sent: FileForm) -> Answer {
    let invoice = show_invoice::own(&visit.app, session, InvoiceId(id)).await;
    let invoice = invoice.map_err(|failure| Page::failure(&visit, failure))?;
    let reason = DisputeReason::find(sent.fields.text("reason"));
    let dispute_id = sent.fields.parse("dispute").unwrap_or_else(|| DisputeId(visit.app.ambient().uuid_v7()));
    let message = sent.fields.text("message").to_owned();
    let opened = match sent.files() {
        Ok(files) => {
            let reason = reason.unwrap_or(DisputeReason::Other);
            let wish = OpenDispute { dispute_id, invoice_id: invoice.id, reason, message: message.clone(), files };
            let own = Some(session.debtor_id);
            dispute::open(&visit.app, session.creditor_id, own, actor(session), wish).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    let problem = match opened {
        Ok(_) => return Ok(Page::see_other(&format!("/dispute/{id}"))),
        Err(failure) => Some(beside(&visit, failure)?),
    };
    let known = load(&visit, session).await?;
    let form = DisputeForm { dispute_id, reason, message, problem };
    Ok(page(&visit, &known, invoice, form, StatusCode::UNPROCESSABLE_ENTITY))
}

/// Takes the open dispute of an invoice back.
pub async fn withdraw(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let known = load(&visit, session).await?;
    let open = known.claims.dispute_of(InvoiceId(id)).map(|row| row.dispute.id);
    let done = match open {
        Some(open) => {
            let own = Some(session.debtor_id);
            dispute::withdraw(&visit.app, session.creditor_id, own, actor(session), open).await.map(|_| ())
        }
        None => Err(Failure::from(Refusal::NotFound)),
    };
    match done {
        Ok(()) => Ok(Page::see_other(&format!("/dispute/{id}"))),
        // It was decided meanwhile: the page says how.
        Err(failure) => beside(&visit, failure).map(|_| Page::see_other(&format!("/dispute/{id}"))),
    }
}

fn page(visit: &Visit, known: &Known, invoice: Invoice, form: DisputeForm, status: StatusCode) -> Page {
    let latest = known.claims.dispute_of(invoice.id).map(|row| row.dispute.clone());
    let files = latest.as_ref().map(|dispute| known.claims.files_of_dispute(dispute.id)).unwrap_or_default();
    let view = DisputeView {
        invoice,
        creditor_name: known.snapshot.creditor.name.clone(),
        latest,
        files: files.into_iter().map(file_line).collect(),
        form,
    };
    Page::with(status, &view, &signed_in(visit, &known.snapshot))
}
