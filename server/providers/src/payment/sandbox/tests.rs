use super::{Behaviour, Sandbox, SandboxConfig, SandboxOutcome, SandboxState, TEST_NUMBERS};
use crate::Secret;
use crate::payment::{OpenCheckout, PaymentProvider, ProviderFault, RefundReason, RefundRequest};
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AttemptId, CreditorId, RefundId};
use saldo_domain::locale::{Language, Locale};
use saldo_domain::money::Money;
use saldo_domain::provider::{CheckoutReport, FailureReason};
use std::fs;
use std::path::Path;
use uuid::Uuid;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

fn sandbox(path: Option<&Path>) -> Sandbox {
    let mut config = SandboxConfig::new(Secret::new("sandbox secret"), "http://127.0.0.1:8080");
    config.path = path.map(Path::to_path_buf);
    Sandbox::open(config).unwrap()
}

async fn opened(sandbox: &Sandbox, number: u128) -> String {
    let order = OpenCheckout {
        attempt_id: AttemptId(Uuid::from_u128(number)),
        creditor_id: CreditorId(Uuid::nil()),
        debtor_email: None,
        amount: Money::new(123_450, Currency::MXN),
        description: "Factura 7".to_owned(),
        locale: Locale::new(Language::Es, "MX"),
        success_url: "https://pay.example.mx/done".to_owned(),
        cancel_url: "https://pay.example.mx/back".to_owned(),
        expires_at: at(3_600),
    };
    sandbox.open_checkout(&order, at(0)).await.unwrap().reference
}

#[tokio::test]
async fn each_test_number_does_what_its_table_says() {
    for number in TEST_NUMBERS {
        let sandbox = sandbox(None);
        let reference = opened(&sandbox, 1).await;
        let (outcome, state) = match number.behaviour {
            Behaviour::Pays | Behaviour::PaysOnce | Behaviour::IsChargedBack => {
                (SandboxOutcome::Paid, SandboxState::Paid)
            }
            Behaviour::Declines(reason) => (SandboxOutcome::Declined { reason }, SandboxState::Open),
            Behaviour::DeclinesWhenCharged => {
                (SandboxOutcome::Declined { reason: FailureReason::Declined }, SandboxState::Open)
            }
            Behaviour::AsksForProof | Behaviour::AlwaysAsksForProof => {
                (SandboxOutcome::ChallengeRequired, SandboxState::Challenged)
            }
            Behaviour::PaysLater | Behaviour::ReturnsLater => (SandboxOutcome::Pending, SandboxState::Pending),
        };
        assert_eq!(sandbox.pay(&reference, number.number, at(1)).unwrap(), outcome, "{}", number.meaning);
        assert_eq!(sandbox.find(&reference, at(1)).unwrap().state, state, "{}", number.meaning);
    }
}

#[tokio::test]
async fn a_number_is_read_as_people_type_it() {
    for typed in ["4242424242424242", "4242 4242 4242 4242", " 4242-4242-4242-4242 "] {
        let sandbox = sandbox(None);
        let reference = opened(&sandbox, 1).await;
        assert_eq!(sandbox.pay(&reference, typed, at(1)).unwrap(), SandboxOutcome::Paid, "{typed}");
    }
}

#[tokio::test]
async fn any_other_number_is_refused_and_kept_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.json");
    let sandbox = sandbox(Some(&path));
    let reference = opened(&sandbox, 1).await;
    for typed in ["4111111111111111", "4242 4242 4242 4241", "", "nonsense", "000999999991"] {
        assert_eq!(sandbox.pay(&reference, typed, at(1)).unwrap(), SandboxOutcome::NotATestNumber, "{typed}");
    }
    sandbox.pay(&reference, "4242424242424242", at(2)).unwrap();
    let kept = fs::read_to_string(&path).unwrap();
    for number in ["4111111111111111", "4242424242424242", "4242 4242"] {
        assert!(!kept.contains(number));
    }
}

#[tokio::test]
async fn a_declined_card_says_why_until_the_next_try() {
    let sandbox = sandbox(None);
    let reference = opened(&sandbox, 1).await;
    sandbox.pay(&reference, "4000000000009995", at(1)).unwrap();
    let shown = sandbox.find(&reference, at(2)).unwrap();
    assert_eq!((shown.state, shown.last_decline), (SandboxState::Open, Some(FailureReason::InsufficientFunds)));
    sandbox.pay(&reference, "4000002500003155", at(3)).unwrap();
    let refused = sandbox.answer_challenge(&reference, false, at(4)).unwrap();
    assert_eq!(refused, SandboxOutcome::Declined { reason: FailureReason::AuthenticationFailed });
    assert_eq!(sandbox.pay(&reference, "4242424242424242", at(5)).unwrap(), SandboxOutcome::Paid);
}

#[tokio::test]
async fn what_has_ended_cannot_be_paid_again() {
    let sandbox = sandbox(None);
    let (paid, canceled, late) = (opened(&sandbox, 1).await, opened(&sandbox, 2).await, opened(&sandbox, 3).await);
    assert_eq!(sandbox.pay(&paid, "4242424242424242", at(1)).unwrap(), SandboxOutcome::Paid);
    assert_eq!(sandbox.cancel(&canceled, at(1)).unwrap(), SandboxOutcome::Canceled);
    let table = [
        (&paid, at(2), SandboxState::Paid),
        (&canceled, at(2), SandboxState::Canceled),
        (&late, at(3_600), SandboxState::Expired),
    ];
    for (reference, now, state) in table {
        let closed = SandboxOutcome::Closed(state);
        assert_eq!(sandbox.find(reference, now).unwrap().state, state);
        assert_eq!(sandbox.pay(reference, "5555555555554444", now).unwrap(), closed);
        assert_eq!(sandbox.answer_challenge(reference, true, now).unwrap(), closed);
        assert_eq!(sandbox.cancel(reference, now).unwrap(), closed);
    }
    assert_eq!(sandbox.pay("sbx_unknown", "4242424242424242", at(1)).unwrap(), SandboxOutcome::NotFound);
    assert_eq!(sandbox.find("sbx_unknown", at(1)), None);
}

#[tokio::test]
async fn a_debit_is_pending_for_its_delay_and_not_longer() {
    let sandbox = sandbox(None);
    let (pays, returns) = (opened(&sandbox, 1).await, opened(&sandbox, 2).await);
    sandbox.pay(&pays, "000123456789", at(0)).unwrap();
    sandbox.pay(&returns, "000111111116", at(0)).unwrap();
    for reference in [&pays, &returns] {
        assert_eq!(sandbox.find_checkout(reference, at(19)).await.unwrap(), CheckoutReport::Pending);
    }
    let CheckoutReport::Captured(capture) = sandbox.find_checkout(&pays, at(900)).await.unwrap() else {
        panic!("not paid")
    };
    assert_eq!(capture.captured_at, at(20));
    let failed = CheckoutReport::Failed { reason: FailureReason::DebitReturned };
    assert_eq!(sandbox.find_checkout(&returns, at(900)).await.unwrap(), failed);
}

#[tokio::test]
async fn an_event_comes_until_each_of_its_copies_is_delivered() {
    for (duplicates, copies) in [(true, 2), (false, 1)] {
        let mut config = SandboxConfig::new(Secret::new("s"), "http://127.0.0.1");
        config.duplicates = duplicates;
        let sandbox = Sandbox::open(config).unwrap();
        let reference = opened(&sandbox, 1).await;
        assert!(sandbox.due_events(at(0)).unwrap().is_empty());
        sandbox.pay(&reference, "4242424242424242", at(1)).unwrap();
        let due = sandbox.due_events(at(2)).unwrap();
        assert_eq!(due.len(), copies);
        assert!(due.iter().all(|event| event.body == due[0].body));
        assert_eq!(sandbox.due_events(at(2)).unwrap(), due);
        for (done, event) in due.iter().enumerate() {
            sandbox.mark_delivered(&event.delivery_id).unwrap();
            sandbox.mark_delivered(&event.delivery_id).unwrap();
            assert_eq!(sandbox.due_events(at(3)).unwrap().len(), copies - done - 1);
        }
        sandbox.mark_delivered("evt_unknown.1").unwrap();
    }
}

#[tokio::test]
async fn an_old_delivery_is_signed_anew() {
    let sandbox = sandbox(None);
    let reference = opened(&sandbox, 1).await;
    sandbox.pay(&reference, "4242424242424242", at(1)).unwrap();
    let now = at(86_400);
    for event in sandbox.due_events(now).unwrap() {
        let signature = &event.headers[0].1;
        assert_eq!(event.headers[0].0, sandbox.signature_header());
        assert_eq!(sandbox.verify_event(Some(signature), &event.body, now).unwrap().occurred_at, at(1));
    }
}

#[tokio::test]
async fn a_restart_forgets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/sandbox.json");
    let first = sandbox(Some(&path));
    let (paid, open) = (opened(&first, 1).await, opened(&first, 2).await);
    first.pay(&paid, "4242424242424242", at(1)).unwrap();
    let CheckoutReport::Captured(capture) = first.find_checkout(&paid, at(1)).await.unwrap() else { panic!() };
    let refund = RefundRequest {
        refund_id: RefundId(Uuid::from_u128(5)),
        payment_reference: capture.payment_reference.clone(),
        amount: Money::new(50, Currency::MXN),
        reason: RefundReason::Other,
    };
    let given = first.refund(&refund, at(2)).await.unwrap();
    let due = first.due_events(at(3)).unwrap();
    drop(first);

    let second = sandbox(Some(&path));
    assert_eq!(second.find(&paid, at(4)).unwrap().state, SandboxState::Paid);
    assert_eq!(opened(&second, 2).await, open);
    assert_eq!(second.refund(&refund, at(4)).await.unwrap(), given);
    assert_eq!(second.due_events(at(3)).unwrap(), due);
    let files: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(files.len(), 1, "no draft is left");
}

#[tokio::test]
async fn what_cannot_be_kept_did_not_happen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.json");
    let sandbox = sandbox(Some(&path));
    let reference = opened(&sandbox, 1).await;
    // A folder where the draft would be written.
    fs::create_dir(path.with_extension("new")).unwrap();
    assert!(sandbox.pay(&reference, "4242424242424242", at(1)).is_err());
    assert!(matches!(sandbox.expire_checkout(&reference, at(1)).await, Err(ProviderFault::Retry { .. })));
    assert_eq!(sandbox.find(&reference, at(1)).unwrap().state, SandboxState::Open);
    fs::remove_dir(path.with_extension("new")).unwrap();
    assert_eq!(sandbox.pay(&reference, "4242424242424242", at(2)).unwrap(), SandboxOutcome::Paid);
}

#[test]
fn a_file_that_is_not_the_sandboxs_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.json");
    fs::write(&path, "{\"half\":").unwrap();
    let mut config = SandboxConfig::new(Secret::new("s"), "http://127.0.0.1");
    config.path = Some(path.clone());
    assert!(Sandbox::open(config).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"half\":");
}

#[tokio::test]
async fn a_reference_cannot_be_guessed_without_the_secret() {
    let with = |secret: &str| {
        let config = SandboxConfig::new(Secret::new(secret), "http://127.0.0.1");
        Sandbox::open(config).unwrap()
    };
    assert_ne!(opened(&with("one"), 1).await, opened(&with("two"), 1).await);
    assert_eq!(opened(&with("one"), 1).await, opened(&with("one"), 1).await);
    let life = with("one").checkout_life();
    assert_eq!(life, (SignedDuration::from_mins(30), SignedDuration::from_hours(24)));
}
