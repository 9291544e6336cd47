//! What every payment provider promises, on Stripe (against its double) and on the sandbox; how Stripe's faults are told;
//! what every message channel promises.
#![allow(clippy::unwrap_used, missing_docs)]

mod channels;
mod double;
mod messages;
mod promises;
mod rig;
mod saved;
mod set_up;
mod smtp;
mod stripe_faults;
mod told;

/// Runs each promise on both providers.
macro_rules! on_both {
    ($promises:ident: $($promise:ident),+ $(,)?) => {
        mod stripe {
            $(#[tokio::test]
            async fn $promise() {
                let rig = crate::rig::StripeRig::start().await;
                crate::$promises::$promise(&rig).await;
                rig.judge();
            })+
        }
        mod sandbox {
            $(#[tokio::test]
            async fn $promise() {
                let rig = crate::rig::SandboxRig::start();
                crate::$promises::$promise(&rig).await;
            })+
        }
    };
}

on_both![
    promises: one_attempt_opens_one_checkout,
    an_attempt_with_other_terms_is_refused,
    an_open_checkout_says_so,
    event_and_question_name_the_same_capture,
    every_currency_comes_back_as_it_was_asked,
    a_declined_card_leaves_the_checkout_open,
    a_challenge_waits_for_the_debtor_and_then_pays,
    a_refused_challenge_leaves_the_checkout_open,
    a_pending_debit_pays_later,
    a_debit_that_comes_back_fails_and_says_why,
    a_checkout_that_nobody_uses_expires,
    an_expired_checkout_takes_no_money,
    expiring_a_paid_checkout_tells_the_capture,
    repeated_deliveries_share_their_name,
    a_refund_is_given_once,
    part_refunds_never_exceed_the_payment,
    a_refund_event_names_our_refund,
    what_does_not_exist_is_refused,
    a_forged_changed_or_old_event_is_refused,
    nothing_secret_is_printed,
];

mod methods {
    on_both![
        saved: one_setup_opens_one_page,
        a_saved_card_is_told_by_its_looks,
        a_setup_that_nobody_uses_expires,
        a_saved_card_is_charged_once_for_an_attempt,
        a_declined_charge_ends_its_attempt,
        a_charge_that_needs_the_debtor_says_so,
        a_charge_that_never_came_is_not_found,
        a_detached_method_takes_no_money,
        a_chargeback_is_told_when_it_opens_and_when_it_ends,
        a_charge_can_be_given_back,
    ];
}
