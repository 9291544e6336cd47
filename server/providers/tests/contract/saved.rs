//! What every payment provider promises of saved methods and of chargebacks.

use crate::rig::{Rig, Saves, attempt, give_back, mxn};
use saldo_domain::ids::{CreditorId, SavedMethodId};
use saldo_domain::locale::{Language, Locale};
use saldo_domain::provider::{
    Capture, ChargebackStanding, CheckoutReport, EventSubject, FailureReason, SavedMethodFacts, SetupReport,
};
use saldo_providers::payment::{ChargeReport, ChargeSaved, OpenSetup, ProviderFault, RefundReport};
use uuid::Uuid;

fn setup(number: u128, rig: &impl Rig) -> OpenSetup {
    OpenSetup {
        setup_id: SavedMethodId(Uuid::from_u128(number)),
        creditor_id: CreditorId(Uuid::from_u128(9)),
        debtor_email: Some("ana@example.mx".to_owned()),
        locale: Locale::new(Language::Es, "MX"),
        success_url: "https://pay.example.mx/methods/1".to_owned(),
        cancel_url: "https://pay.example.mx/methods".to_owned(),
        expires_at: rig.now() + jiff::SignedDuration::from_mins(60),
    }
}

async fn saved(rig: &impl Rig, card: Saves) -> SavedMethodFacts {
    let page = rig.provider().open_setup(&setup(1, rig), rig.now()).await.unwrap();
    rig.save(&page.reference, card);
    match rig.provider().find_setup(&page.reference, rig.now()).await.unwrap() {
        SetupReport::Saved(facts) => facts,
        other => panic!("not saved: {other:?}"),
    }
}

fn charge(number: u128, facts: &SavedMethodFacts, rig: &impl Rig) -> ChargeSaved {
    ChargeSaved {
        attempt_id: attempt(number),
        creditor_id: CreditorId(Uuid::from_u128(9)),
        holder_reference: facts.holder_reference.clone(),
        method_reference: facts.method_reference.clone(),
        amount: mxn(41_150),
        description: "Ferretería Núñez & Cía: cuota 2 de 6".to_owned(),
        started_at: rig.now(),
    }
}

async fn captured(rig: &impl Rig, request: &ChargeSaved) -> Capture {
    match rig.provider().charge_saved(request, rig.now()).await.unwrap() {
        ChargeReport::Captured(capture) => capture,
        other => panic!("not taken: {other:?}"),
    }
}

pub async fn one_setup_opens_one_page(rig: &impl Rig) {
    let request = setup(1, rig);
    let first = rig.provider().open_setup(&request, rig.now()).await.unwrap();
    let second = rig.provider().open_setup(&request, rig.now()).await.unwrap();
    let other = rig.provider().open_setup(&setup(2, rig), rig.now()).await.unwrap();
    assert_eq!(first, second);
    assert_ne!(first.reference, other.reference);
    assert!(first.url.contains(&first.reference), "{}", first.url);
    assert_eq!(rig.provider().find_setup(&first.reference, rig.now()).await.unwrap(), SetupReport::Open);
}

pub async fn a_saved_card_is_told_by_its_looks(rig: &impl Rig) {
    let facts = saved(rig, Saves::Card).await;
    assert_eq!((facts.kind.as_str(), facts.brand.as_str(), facts.last4.as_str()), ("card", "visa", "4242"));
    assert!(facts.expires.is_some());
    let told: Vec<_> = rig
        .events()
        .into_iter()
        .filter_map(|event| match event.subject {
            EventSubject::Setup { setup_id, .. } => setup_id,
            _ => None,
        })
        .collect();
    assert!(!told.is_empty() && told.iter().all(|id| *id == SavedMethodId(Uuid::from_u128(1))), "{told:?}");
}

pub async fn a_setup_that_nobody_uses_expires(rig: &impl Rig) {
    let page = rig.provider().open_setup(&setup(1, rig), rig.now()).await.unwrap();
    rig.clock().pass(60 * 60);
    assert_eq!(rig.provider().find_setup(&page.reference, rig.now()).await.unwrap(), SetupReport::Expired);
}

pub async fn a_saved_card_is_charged_once_for_an_attempt(rig: &impl Rig) {
    let facts = saved(rig, Saves::Card).await;
    let request = charge(2, &facts, rig);
    let first = captured(rig, &request).await;
    assert_eq!(first.amount, mxn(41_150));
    rig.clock().pass(3 * 86_400);
    assert_eq!(captured(rig, &request).await.payment_reference, first.payment_reference);
    let found = rig.provider().find_charge(&request.to_find(), rig.now()).await.unwrap();
    assert!(matches!(&found, Some(ChargeReport::Captured(capture)) if *capture == first), "{found:?}");
    let told = rig.reports(attempt(2));
    assert!(!told.is_empty());
    for report in told {
        let CheckoutReport::Captured(capture) = report else { panic!("{report:?}") };
        assert_eq!(capture.payment_reference, first.payment_reference);
    }
    let another = captured(rig, &charge(3, &facts, rig)).await;
    assert_ne!(another.payment_reference, first.payment_reference);
}

pub async fn a_declined_charge_ends_its_attempt(rig: &impl Rig) {
    let facts = saved(rig, Saves::DeclinesLater).await;
    let request = charge(2, &facts, rig);
    let declined = ChargeReport::Failed { reason: FailureReason::Declined };
    for _ in 0..2 {
        assert_eq!(rig.provider().charge_saved(&request, rig.now()).await.unwrap(), declined);
    }
    assert_eq!(rig.provider().find_charge(&request.to_find(), rig.now()).await.unwrap(), Some(declined));
    let told = rig.reports(attempt(2));
    assert!(!told.is_empty());
    assert!(
        told.iter().all(|report| *report == CheckoutReport::Failed { reason: FailureReason::Declined }),
        "{told:?}"
    );
}

pub async fn a_charge_that_needs_the_debtor_says_so(rig: &impl Rig) {
    let facts = saved(rig, Saves::AsksLater).await;
    let answer = rig.provider().charge_saved(&charge(2, &facts, rig), rig.now()).await.unwrap();
    assert_eq!(answer, ChargeReport::AuthenticationNeeded);
    let failed = CheckoutReport::Failed { reason: FailureReason::AuthenticationFailed };
    assert!(rig.reports(attempt(2)).iter().all(|report| *report == failed));
}

pub async fn a_charge_that_never_came_is_not_found(rig: &impl Rig) {
    let facts = saved(rig, Saves::Card).await;
    captured(rig, &charge(2, &facts, rig)).await;
    let never = charge(3, &facts, rig).to_find();
    assert_eq!(rig.provider().find_charge(&never, rig.now()).await.unwrap(), None);
}

pub async fn a_detached_method_takes_no_money(rig: &impl Rig) {
    let facts = saved(rig, Saves::Card).await;
    for _ in 0..2 {
        rig.provider().detach_method(&facts.method_reference, rig.now()).await.unwrap();
        rig.clock().pass(2 * 86_400);
    }
    rig.provider().detach_method("pm_unknown", rig.now()).await.unwrap();
    let answer = rig.provider().charge_saved(&charge(2, &facts, rig), rig.now()).await;
    assert!(matches!(answer, Err(ProviderFault::Refused { .. })), "{answer:?}");
}

pub async fn a_chargeback_is_told_when_it_opens_and_when_it_ends(rig: &impl Rig) {
    let facts = saved(rig, Saves::Card).await;
    for (number, won, end) in [(2, true, ChargebackStanding::Won), (3, false, ChargebackStanding::Lost)] {
        let capture = captured(rig, &charge(number, &facts, rig)).await;
        rig.events();
        rig.clock().pass(86_400);
        rig.open_chargeback(&capture.payment_reference);
        let opened = chargebacks(rig, &capture);
        assert!(!opened.is_empty() && opened.iter().all(|standing| *standing == ChargebackStanding::Opened));
        rig.clock().pass(86_400);
        rig.end_chargeback(&capture.payment_reference, won);
        let ended = chargebacks(rig, &capture);
        assert!(!ended.is_empty() && ended.iter().all(|standing| *standing == end), "{ended:?}");
    }
}

fn chargebacks(rig: &impl Rig, capture: &Capture) -> Vec<ChargebackStanding> {
    let of = |subject| match subject {
        EventSubject::Chargeback(chargeback) => {
            assert_eq!(chargeback.payment_reference, capture.payment_reference);
            assert_eq!(chargeback.amount, capture.amount);
            Some(chargeback.standing)
        }
        _ => None,
    };
    rig.events().into_iter().filter_map(|event| of(event.subject)).collect()
}

pub async fn a_charge_can_be_given_back(rig: &impl Rig) {
    let facts = saved(rig, Saves::Card).await;
    let capture = captured(rig, &charge(2, &facts, rig)).await;
    let answer = rig.provider().refund(&give_back(7, &capture.payment_reference, mxn(1_150)), rig.now()).await;
    assert!(matches!(answer, Ok(RefundReport::Succeeded(_))), "{answer:?}");
}
