//! The rows of disputes, promises, transfers, holds and settlements in the table of pages.

use saldo_domain::member::Permission::{Contact, Money, Read};

use crate::access_pages::{NO_IDS, Page, of_console, of_debtor};
use crate::world::Ids;

/// A debtor and something of its own.
fn of(ids: &Ids, row: &str) -> Vec<String> {
    vec![ids.debtor.clone(), row.to_owned()]
}

fn debtor(ids: &Ids) -> Vec<String> {
    vec![ids.debtor.clone()]
}

/// In an order in which each finds what it needs.
pub fn table() -> Vec<Page> {
    vec![
        of_debtor("GET", "/dispute", NO_IDS, 200),
        of_debtor("GET", "/dispute/{invoice}", |ids| vec![ids.claims.disputed.clone()], 200),
        of_debtor("GET", "/promise", NO_IDS, 200),
        of_debtor("POST", "/promise", NO_IDS, 404),
        of_debtor("POST", "/promise/withdraw", NO_IDS, 404),
        of_debtor("GET", "/transfer", NO_IDS, 200),
        of_debtor("GET", "/attachments/{attachment}", |ids| vec![ids.claims.attachment.clone()], 200),
        of_console("GET", "/console/debtors/{debtor}/statement", Read, debtor, 200),
        Page {
            form: &[("outcome", "rejected"), ("note", "the table")],
            ..of_console(
                "POST",
                "/console/debtors/{debtor}/disputes/{dispute}/resolve",
                Contact,
                |ids| of(ids, &ids.claims.dispute),
                303,
            )
        },
        of_debtor("POST", "/dispute/{invoice}/withdraw", |ids| vec![ids.claims.disputed.clone()], 303),
        of_console(
            "POST",
            "/console/debtors/{debtor}/transfers/{transfer}/match",
            Money,
            |ids| of(ids, &ids.claims.transfer),
            303,
        ),
        Page {
            form: &[("note", "the table")],
            ..of_console(
                "POST",
                "/console/debtors/{debtor}/transfers/{transfer}/reject",
                Money,
                |ids| of(ids, &ids.claims.other_transfer),
                303,
            )
        },
        Page {
            form: &[("reason", "the table"), ("until_on", "2026-03-20")],
            ..of_console("POST", "/console/debtors/{debtor}/hold", Contact, debtor, 303)
        },
        Page {
            form: &[("channel", "letter"), ("state", "given"), ("proof", "the table")],
            ..of_console("POST", "/console/debtors/{debtor}/consent", Contact, debtor, 303)
        },
        of_console("POST", "/console/debtors/{debtor}/holds/{hold}/end", Contact, |ids| of(ids, &ids.claims.hold), 303),
        of_console("POST", "/console/debtors/{debtor}/promise", Contact, debtor, 404),
        of_console(
            "POST",
            "/console/debtors/{debtor}/promises/{promise}/withdraw",
            Contact,
            |ids| of(ids, &ids.claims.promise),
            303,
        ),
        of_console("POST", "/console/debtors/{debtor}/discount", Contact, debtor, 422),
        of_console("POST", "/console/debtors/{debtor}/settlement", Money, debtor, 404),
        of_console(
            "POST",
            "/console/debtors/{debtor}/settlements/{offer}/withdraw",
            Money,
            |ids| of(ids, &ids.claims.offer),
            303,
        ),
        of_console("POST", "/console/debtors/{debtor}/bank-payment", Money, debtor, 404),
        of_console("POST", "/console/debtors/{debtor}/credit-note", Money, debtor, 422),
        of_console("POST", "/console/debtors/{debtor}/write-off", Money, debtor, 422),
        of_console("GET", "/console/attachments/{attachment}", Read, |ids| vec![ids.claims.attachment.clone()], 200),
    ]
}
