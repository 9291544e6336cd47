use crate::failure::{AppRefusal, Failure};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use saldo_contract::import::RowFault;
use saldo_contract::problem::{MEDIA_TYPE, Problem};
use saldo_domain::Refusal;
use saldo_store::Outage;

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let problem = to_problem(&self);
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let headers = [(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")];
        let mut response = (status, headers, body).into_response();
        if let Some(seconds) = retry_after(&self) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A failure as problem details. A fault is logged here and says nothing of itself.
pub fn to_problem(failure: &Failure) -> Problem {
    let status = status(failure);
    let (code, title, faults) = match failure {
        Failure::Refused(AppRefusal::ImportRefused { faults, count }) => (
            "import_refused",
            format!("{count} rows of the file cannot be booked"),
            faults.iter().map(fault_wire).collect(),
        ),
        Failure::Refused(refusal) => (refusal.code(), refusal.to_string(), Vec::new()),
        Failure::Fault(fault) if let Some(outage) = failure.outage() => {
            tracing::error!(%fault, outage = outage.as_str(), "the database does not do its work");
            let (code, title) = of_outage(outage);
            (code, title.to_owned(), Vec::new())
        }
        Failure::Fault(fault) => {
            tracing::error!(%fault, "a request met a fault");
            ("fault", "something broke on our side; nothing was changed".to_owned(), Vec::new())
        }
    };
    Problem {
        kind: format!("urn:saldo:problem:{code}"),
        title,
        status: status.as_u16(),
        code: code.to_owned(),
        detail: None,
        faults,
    }
}

/// The stable code and the words for an outage. Whether something was written is not said where the answer may have been
/// lost on the way: the same request with the same `Idempotency-Key` finds out.
fn of_outage(outage: Outage) -> (&'static str, &'static str) {
    match outage {
        Outage::Unreachable => ("database_unreachable", "the database does not answer: try again with the same key"),
        Outage::Busy => ("database_busy", "the database has too much to do: try again"),
        Outage::ReadOnly => ("database_read_only", "nothing can be written for now; nothing was changed"),
        Outage::Full => ("database_full", "there is no room for now; nothing was changed"),
        Outage::Disk => ("database_failing", "the disk does not do its work: try again with the same key"),
    }
}

/// After how many seconds asking again makes sense; none where it does not by itself.
pub fn retry_after(failure: &Failure) -> Option<u32> {
    match failure {
        Failure::Refused(AppRefusal::ProviderUnavailable | AppRefusal::TooManyRequests) => Some(60),
        failure => failure.outage().map(|outage| match outage {
            Outage::Unreachable | Outage::Busy => 10,
            Outage::ReadOnly | Outage::Full | Outage::Disk => 60,
        }),
    }
}

pub(super) fn fault_wire(fault: &saldo_domain::import::RowFault) -> RowFault {
    RowFault { line: fault.line, column: fault.column.clone(), code: fault.code.to_owned(), shown: fault.shown.clone() }
}

/// The status that a failure is answered with.
pub fn status(failure: &Failure) -> StatusCode {
    let Failure::Refused(refusal) = failure else {
        return match failure.outage() {
            Some(_) => StatusCode::SERVICE_UNAVAILABLE,
            None => StatusCode::INTERNAL_SERVER_ERROR,
        };
    };
    match refusal {
        AppRefusal::Domain(Refusal::NotFound) | AppRefusal::ProviderUnknown => StatusCode::NOT_FOUND,
        AppRefusal::Domain(
            Refusal::BalanceChanged { .. }
            | Refusal::PaymentUnderWay
            | Refusal::PlanNotOpen
            | Refusal::PlanAmountChanged
            | Refusal::PolicyChanged { .. }
            | Refusal::PolicyNotDraft
            | Refusal::PolicyNotPublished
            | Refusal::PoliciesOverlap
            | Refusal::Outreach(_),
        )
        | AppRefusal::NumberTaken
        | AppRefusal::BankReferenceTaken
        | AppRefusal::SubscribersFull
        | AppRefusal::WidgetKeysFull => StatusCode::CONFLICT,
        AppRefusal::LinkInvalid
        | AppRefusal::SessionMissing
        | AppRefusal::KeyInvalid
        | AppRefusal::TokenExpired
        | AppRefusal::TokenInvalid
        | AppRefusal::WidgetKeyRevoked => StatusCode::UNAUTHORIZED,
        AppRefusal::ScopeMissing(_) | AppRefusal::OriginUnlisted => StatusCode::FORBIDDEN,
        AppRefusal::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        AppRefusal::Malformed(_) | AppRefusal::IdempotencyKeyMissing | AppRefusal::EventRefused => {
            StatusCode::BAD_REQUEST
        }
        AppRefusal::ProviderUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        AppRefusal::Domain(_)
        | AppRefusal::IdempotencyMismatch
        | AppRefusal::SubscriberUrl(_)
        | AppRefusal::ProviderRefused
        | AppRefusal::ImportRefused { .. }
        | AppRefusal::FileUnreadable { .. } => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
