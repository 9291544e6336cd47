use super::{Kind, Listing, Order, State};

const fn order(name: &'static str, column: &'static str, kind: Kind, descending: bool) -> Order {
    Order { name, column, kind, descending }
}

const fn state(name: &'static str, condition: &'static str, orders: &'static [&'static str]) -> State {
    State { name, condition, orders }
}

/// Who owes.
pub const DEBTORS: &Listing = &Listing {
    name: "debtors",
    table: "debtors",
    debtor: "t.id",
    orders: &[order("name", "t.search_text", Kind::Text, false), order("written", "t.id", Kind::Id, false)],
    states: &[
        state(
            "owing",
            concat!(
                "EXISTS (SELECT 1 FROM invoices i WHERE i.creditor_id = t.creditor_id ",
                "AND i.debtor_id = t.id AND i.status = 'open')"
            ),
            &["name", "written"],
        ),
        state(
            "overdue",
            concat!(
                "EXISTS (SELECT 1 FROM invoices i WHERE i.creditor_id = t.creditor_id ",
                "AND i.debtor_id = t.id AND i.status = 'open' AND i.due_on < {today})"
            ),
            &["name", "written"],
        ),
    ],
    period: None,
    own_key: None,
};

/// What is owed.
pub const INVOICES: &Listing = &Listing {
    name: "invoices",
    table: "invoices",
    debtor: "t.debtor_id",
    orders: &[
        order("due", "t.due_on", Kind::Day, true),
        order("issued", "t.issued_on", Kind::Day, true),
        order("amount", "t.amount_minor", Kind::Amount, true),
        order("number", "lowered t.number", Kind::Text, false),
        order("written", "t.id", Kind::Id, false),
    ],
    states: &[
        state("open", "t.status = 'open'", &["due", "amount", "written"]),
        state("overdue", "t.status = 'open' AND t.due_on < {today}", &["due"]),
        state("paid", "t.status = 'paid'", &["due", "amount", "written"]),
        state("disputed", "t.disputed", &["due"]),
        state("void", "t.status = 'void'", &["due", "amount", "written"]),
        state("written_off", "t.status = 'written_off'", &["due", "amount", "written"]),
    ],
    period: Some("due"),
    own_key: Some("lowered t.number"),
};

/// What came in.
pub const PAYMENTS: &Listing = &Listing {
    name: "payments",
    table: "payments",
    debtor: "t.debtor_id",
    orders: &[
        order("date", "t.effective_on", Kind::Day, true),
        order("amount", "t.amount_minor", Kind::Amount, true),
        order("written", "t.id", Kind::Id, true),
    ],
    states: &[
        state("unapplied", "t.unapplied_minor > 0", &["date"]),
        state("refunded", "t.refunded_minor > 0", &["date"]),
    ],
    period: Some("date"),
    own_key: Some("lowered t.provider_reference"),
};

/// What was agreed.
pub const PLANS: &Listing = &Listing {
    name: "plans",
    table: "payment_plans",
    debtor: "t.debtor_id",
    orders: &[order("written", "t.id", Kind::Id, true), order("amount", "t.total_minor", Kind::Amount, true)],
    states: &[
        state("waiting", "t.waits_for = 'finance' AND t.waits_for IS NOT NULL", &["written"]),
        state("proposed", "t.state = 'proposed'", &["written"]),
        state("active", "t.state = 'active'", &["written"]),
        state("broken", "t.state = 'broken'", &["written"]),
        state("completed", "t.state = 'completed'", &["written"]),
        state("canceled", "t.state = 'canceled'", &["written"]),
    ],
    period: None,
    own_key: None,
};

/// What is contested.
pub const DISPUTES: &Listing = &Listing {
    name: "disputes",
    table: "disputes",
    debtor: "t.debtor_id",
    orders: &[order("written", "t.id", Kind::Id, true)],
    states: &[
        state("open", "t.state_name = 'open'", &["written"]),
        state("resolved", "t.state_name = 'resolved'", &["written"]),
        state("withdrawn", "t.state_name = 'withdrawn'", &["written"]),
    ],
    period: None,
    own_key: None,
};

/// What was promised.
pub const PROMISES: &Listing = &Listing {
    name: "promises",
    table: "promises",
    debtor: "t.debtor_id",
    orders: &[order("date", "t.promised_on", Kind::Day, true), order("written", "t.id", Kind::Id, true)],
    states: &[
        state("coming", "t.promised_on >= {today}", &["date"]),
        state("past", "t.promised_on < {today}", &["date"]),
    ],
    period: Some("date"),
    own_key: None,
};
