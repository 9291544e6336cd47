//! Every query of the store names its creditor.

use crate::source::{Finding, Kind, Source, Token, assert_clean, reads, sources};

const BUILDERS: [&str; 3] = ["find ( )", "update_many ( )", "delete_many ( )"];
const STATEMENTS: [&str; 3] = ["SELECT ", "UPDATE ", "DELETE "];

/// The functions whose queries run over every creditor's rows, each with its reason.
const OVER_ALL: [(&str, &str, &str); 32] = [
    ("access_link.rs", "find_by_code_hash", "the code says who the creditor is"),
    ("api_key.rs", "find_by_hash", "the key says who the creditor is"),
    ("attempt.rs", "find_any", "a provider's return names the attempt alone"),
    ("bulk.rs", "among", "a list of ids, beside the query's own filter"),
    ("bulk.rs", "among_at", "a list of ids, beside the query's own filter"),
    ("code.rs", "delete_before", "what has expired, whoever's"),
    ("creditor.rs", "find_by_name", "the table of creditors"),
    ("creditor.rs", "list", "the table of creditors"),
    ("durability.rs", "loose_settings", "settings of the database"),
    ("idempotency.rs", "delete_before", "what has expired, whoever's"),
    ("job.rs", "counts", "the whole queue's figures"),
    ("job.rs", "delete_done_before", "what is done, whoever's"),
    ("late_charge.rs", "list_rounds", "one row a creditor: the day of its last round"),
    ("list/query.rs", "statement", "its conditions begin with the creditor"),
    ("list/query.rs", "debtors", "its conditions begin with the creditor"),
    ("mail.rs", "list", "the mailbox of test mode"),
    ("mail.rs", "load", "the mailbox of test mode"),
    ("member.rs", "list_by_email", "signing in names an address alone"),
    ("member_token.rs", "find", "the token says who the creditor is"),
    ("member_token.rs", "delete_expired", "what has expired, whoever's"),
    ("moment.rs", "applied_migrations", "the table of steps"),
    ("moment.rs", "share", "no table"),
    ("moment.rs", "digest", "a backup is of everybody's rows"),
    ("moment.rs", "tables", "the names of tables"),
    ("session.rs", "find", "the token says who the creditor is"),
    ("session.rs", "delete_expired", "what has expired, whoever's"),
    ("session.rs", "mark_seen", "the token is the session"),
    ("session.rs", "claim_replacement", "the token is the session"),
    ("session.rs", "delete", "the token is the session"),
    ("store.rs", "ping", "no table"),
    ("upkeep.rs", "migrate", "no table"),
    ("wall.rs", "reach", "the database's own tables"),
];

fn unnamed(source: &Source) -> Vec<Finding> {
    let tokens = source.product_tokens();
    let mut function = String::new();
    let mut findings = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.text == "fn"
            && let Some(name) = tokens.get(at + 1)
        {
            function.clone_from(&name.text);
        }
        if !is_query(&tokens, at) || names_creditor(&tokens[at..]) {
            continue;
        }
        let known = |(file, name, _): &(&str, &str, &str)| {
            source.path.strip_prefix("server/store/src/") == Some(*file) && *name == function
        };
        if !OVER_ALL.iter().any(known) {
            findings.push(source.finding(token.line, format!("`{function}` asks without a creditor")));
        }
    }
    findings
}

fn is_query(tokens: &[Token], at: usize) -> bool {
    match tokens[at].kind {
        Kind::Literal => {
            STATEMENTS.iter().any(|verb| tokens[at].text.trim_start_matches(['"', 'r', '#']).starts_with(verb))
        }
        _ => BUILDERS.iter().any(|builder| reads(tokens, at, builder)),
    }
}

fn names_creditor(tokens: &[Token]) -> bool {
    let statement = tokens.iter().take_while(|token| token.text != ";");
    statement
        .into_iter()
        .any(|token| token.text.to_lowercase().replace('_', "").contains("creditorid") || token.text == "creditor")
}

#[test]
fn every_query_of_the_store_carries_its_creditor() {
    let mut store = sources(&["server/store/src"], &[".rs"]);
    store.retain(|source| !source.path.contains("/migration/"));
    let findings: Vec<_> = store.iter().flat_map(unnamed).collect();
    assert_clean("a query without a creditor reads everybody's rows", &findings);
}

#[test]
fn every_exception_is_needed() {
    for (file, function, why) in OVER_ALL {
        let path = format!("server/store/src/{file}");
        let source = sources(&["server/store/src"], &[".rs"]).into_iter().find(|source| source.path == path);
        let text = source.unwrap_or_else(|| panic!("{path} is gone")).text;
        assert!(text.contains(&format!("fn {function}")), "{file}: `{function}` is gone ({why})");
    }
}

#[test]
fn a_planted_query_over_all_is_found() {
    let text = "fn a() { Entity::find().filter(Column::Id.eq(id)).one(db); }
        fn b() { Entity::find().filter(Column::CreditorId.eq(c)).one(db); }
        fn c() { db.execute(\"UPDATE jobs SET state = 'x' WHERE id = ?\"); }
        fn d() { db.execute(\"UPDATE jobs SET state = 'x' WHERE creditor_id = ? AND id = ?\"); }";
    let lines: Vec<_> = unnamed(&Source::planted("server/store/src/a.rs", text)).iter().map(|f| f.line).collect();
    assert_eq!(lines, [1, 3]);
}

/// The product's functions that look across creditors, each with its reason.
const ACROSS: [(&str, &str, &str); 35] = [
    ("server/app/src/flows/api_key.rs", "recognise", "the key says who the creditor is"),
    ("server/app/src/flows/charge_late.rs", "begin", "whose day has begun"),
    ("server/app/src/flows/console_session.rs", "sign_in", "the token says who the creditor is"),
    ("server/app/src/flows/console_session.rs", "show", "the token says who the creditor is"),
    ("server/app/src/flows/console_session.rs", "open", "the cookie says who the creditor is"),
    ("server/app/src/flows/console_session.rs", "keep", "the cookie says who the creditor is"),
    ("server/app/src/flows/create_creditor.rs", "list", "the table of creditors"),
    ("server/app/src/flows/method_setup.rs", "reconcile", "whose time is over"),
    ("server/app/src/flows/open_link.rs", "open", "the link says who the creditor is"),
    ("server/app/src/flows/payment_plan/review.rs", "review_due", "whose look has come"),
    ("server/app/src/flows/plan_reminders.rs", "plan", "whose look has come"),
    ("server/app/src/flows/plan_reminders.rs", "plan_group", "whose look has come"),
    ("server/app/src/flows/read_mailbox.rs", "list", "the mailbox of test mode"),
    ("server/app/src/flows/read_mailbox.rs", "find", "the mailbox of test mode"),
    ("server/app/src/flows/reconcile_attempts.rs", "reconcile", "whose attempts stay open"),
    ("server/app/src/flows/run_autopay.rs", "run", "whose instalment is due"),
    ("server/app/src/flows/send_fresh_link.rs", "ask", "the link says who the creditor is"),
    ("server/app/src/flows/set_up_member.rs", "show", "the token says who the creditor is"),
    ("server/app/src/flows/set_up_member.rs", "choose_password", "the token says who the creditor is"),
    ("server/app/src/flows/set_up_member.rs", "confirm_code", "the token says who the creditor is"),
    ("server/app/src/flows/sign_in.rs", "check_password", "an address may have several creditors"),
    ("server/app/src/flows/sign_in.rs", "check_code", "the cookie says who the creditor is"),
    ("server/app/src/flows/sign_in.rs", "show_code", "the cookie says who the creditor is"),
    ("server/app/src/flows/start_session.rs", "find", "the cookie says who the creditor is"),
    ("server/app/src/flows/start_session.rs", "end", "the cookie says who the creditor is"),
    ("server/app/src/flows/widgets", "", "the token says who the creditor is"),
    ("server/app/src/flows/work_event.rs", "of_another", "whether an attempt is another creditor's"),
    ("server/app/src/http/health.rs", "look", "the whole queue's figures"),
    ("server/app/src/http/health.rs", "add_up", "every ledger"),
    ("server/app/src/http/health.rs", "metrics", "the whole queue's figures"),
    ("server/app/src/jobs/clock_work.rs", "tick", "what has expired, whoever's"),
    ("server/store/src/parity.rs", "parity", "every ledger, one after the other"),
    ("portal/src/cli/doctor/database.rs", "ledger", "every ledger"),
    ("portal/src/cli/doctor/database.rs", "jobs", "the whole queue's figures"),
    ("portal/src/cli/doctor/database.rs", "books", "each creditor's books, one after the other"),
];

/// Where a transaction is begun that names no creditor, and where one looks across creditors without being listed.
fn unwalled(source: &Source) -> Vec<Finding> {
    let tokens = source.product_tokens();
    let mut function = String::new();
    let mut findings = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].text == "fn"
            && let Some(name) = tokens.get(at + 1)
        {
            function.clone_from(&name.text);
        }
        let begins = |verb: &str| {
            reads(&tokens, at, &format!("store ( ) . {verb} ( )")) || reads(&tokens, at, &format!("store . {verb} ( )"))
        };
        if begins("read") || begins("write") {
            findings.push(source.finding(tokens[at].line, format!("`{function}` begins a transaction of nobody")));
        }
        let known = |(file, name, _): &(&str, &str, &str)| {
            source.path.starts_with(file) && (name.is_empty() || *name == function)
        };
        if reads(&tokens, at, "Across : :") && !ACROSS.iter().any(known) {
            findings.push(source.finding(tokens[at].line, format!("`{function}` looks across creditors")));
        }
    }
    findings
}

#[test]
fn every_transaction_names_its_creditor_or_why_not() {
    let mut product = sources(&["server/app/src", "portal/src", "server/store/src"], &[".rs"]);
    product.retain(|source| !source.path.ends_with("store/src/wall.rs") && !source.path.ends_with("_claim.rs"));
    let findings: Vec<_> = product.iter().flat_map(unwalled).collect();
    assert_clean("a transaction that names no creditor is behind no wall", &findings);
}

#[test]
fn a_planted_transaction_of_nobody_is_found() {
    let text = "fn a() { app.store().read().await; }
        fn b() { app.store().read_of(creditor).await; }
        fn c() { self.store.write().await; }
        fn d() { app.store().write_across(Across::Clock).await; }";
    let lines: Vec<_> = unwalled(&Source::planted("server/app/src/a.rs", text)).iter().map(|f| f.line).collect();
    assert_eq!(lines, [1, 3, 4]);
}
