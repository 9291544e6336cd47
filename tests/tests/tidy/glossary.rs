//! One word per meaning: the glossary's "Not" column is not used in identifiers.

use crate::source::{Finding, Kind, Source, assert_clean, product_sources};

/// Never a word of ours. A rebate is one here: what of a plan's charge is given up when it is settled early, which is no
/// early-payment discount.
const BANNED: [(&str, &str); 17] = [
    ("bill", "Invoice"),
    ("campaign", "DunningPolicy"),
    ("commitment", "PromiseToPay"),
    ("complaint", "Dispute"),
    ("customer", "Debtor"),
    ("debt", "OpenItem, outstanding"),
    ("gateway", "PaymentProvider"),
    ("inbox", "Worklist"),
    ("intent", "Checkout"),
    ("magic", "AccessLink"),
    ("merchant", "Creditor"),
    ("payer", "Debtor"),
    ("processor", "PaymentProvider"),
    ("snooze", "Hold"),
    ("subscription", "PaymentPlan"),
    ("tenant", "Creditor"),
    ("wallet", "UnappliedCash"),
];

/// Words that a program needs elsewhere (a database's transaction, an HTTP client), but not where the rules are. A price is
/// what closing an item costs at a moment, and a charge what time costs (a plan's, a late one's): neither is a quote or an
/// attempt.
const BANNED_NEAR_RULES: [(&str, &str); 7] = [
    ("alert", "Reminder"),
    ("callback", "InboundEvent"),
    ("client", "Creditor"),
    ("notification", "Reminder"),
    ("posting", "JournalEntry"),
    ("transaction", "JournalEntry, PaymentAttempt"),
    ("user", "Debtor"),
];

/// A provider's own nouns stay in its own folder.
fn is_a_providers_own(source: &Source) -> bool {
    source.is_below("server/providers/src/") && source.path.contains("/stripe")
}

fn foreign_words(source: &Source) -> Vec<Finding> {
    if is_a_providers_own(source) {
        return Vec::new();
    }
    let near_rules = source.is_below("server/domain/") || source.is_below("server/contract/");
    let mut findings = Vec::new();
    for token in source.product_tokens().iter().filter(|token| token.kind == Kind::Ident) {
        for word in words(&token.text) {
            let near = BANNED_NEAR_RULES.iter().filter(|_| near_rules);
            let banned = BANNED.iter().chain(near).find(|(banned, _)| word == *banned || word == format!("{banned}s"));
            if let Some((_, ours)) = banned {
                findings.push(source.finding(token.line, format!("`{}`: the glossary says {ours}", token.text)));
            }
        }
    }
    findings
}

/// The words of an identifier in any case: `PaymentPlan`, `payment_plan`, `PAYMENT_PLAN`.
fn words(identifier: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in identifier.chars() {
        if c == '_' || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        if c != '_' {
            words.last_mut().expect("starts with one").extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    words
}

#[test]
fn identifiers_use_the_words_of_the_glossary() {
    let findings: Vec<_> = product_sources().iter().flat_map(foreign_words).collect();
    assert_clean("the glossary's words", &findings);
}

#[test]
fn a_planted_foreign_word_is_found_in_every_case() {
    let text = "struct MerchantName;\nconst PAYER_ID: u8 = 0;\nfn list_customers() {}\nfn billing(debtor: Debtor) {}\n\
                fn commit(transaction: T) {}\nconst HEADER: [&str; 1] = [\"Customer\"];";
    let lines = |path| foreign_words(&Source::planted(path, text)).iter().map(|f| f.line).collect::<Vec<_>>();
    assert_eq!(lines("server/app/src/a.rs"), [1, 2, 3]);
    assert_eq!(lines("server/domain/src/a.rs"), [1, 2, 3, 5]);
    assert_eq!(lines("server/providers/src/payment/stripe/a.rs"), Vec::<usize>::new());
}
