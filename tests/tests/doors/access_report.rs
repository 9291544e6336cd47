//! `tests/access.md`: the tables of callers as one that a person reads; it is generated, and never behind.

use std::fmt::Write;
use std::fs;

use saldo_domain::member::{Permission, Role};
use saldo_tests::needs;

use crate::access_pages::{self, Opens};
use crate::access_roles::{BY_ROLE, ELSEWHERE};
use crate::{access_api_table, access_claims};

const BEFORE: &str = "\
# Who may what

Made by `tests/report` from the tables that the tests of `tests/tests/doors/access_*.rs` go through; a test checks that it is
current, others that each route of the router and of the API's description is in it.

";

const OF_THE_API: &str = "\
## The API

Without a key, with an unknown one, with a debtor's or a console's session: `401 key_invalid`. With a key that lacks the scope:
`403 scope_missing`. A row of another creditor and one that nobody has: the same `404 not_found`, or nothing of a list.

| method | path | scope | whose row it names |
|---|---|---|---|
";

const OF_THE_CONSOLE: &str = "
## The console

Without a session, and with a debtor's: 401. A role without the mark: 403. A row of another creditor and one that nobody has: the
same 404.

";

const OF_DEBTORS: &str = "
## The debtor's pages

Without a session, and with a console's: 401. A row of another debtor, of another creditor's debtor, and one that nobody has: the
same 404.

| method | path |
|---|---|
";

const OF_OTHERS: &str = "
## What opens otherwise

| method | path | opened by |
|---|---|---|
";

/// Path, method and what a member must be allowed to.
fn console_rows() -> Vec<(&'static str, &'static str, Permission)> {
    let pages = access_pages::table().into_iter().chain(access_claims::table());
    let pages = pages.filter_map(|page| match page.opens {
        Opens::Console(needs) => Some((page.path, page.method, needs)),
        Opens::Debtor => None,
    });
    let mut rows: Vec<_> = pages.chain(BY_ROLE.iter().map(|(method, path, needs)| (*path, *method, *needs))).collect();
    rows.sort_by_key(|(path, method, _)| (*path, *method));
    rows.dedup_by_key(|(path, method, _)| (*path, *method));
    rows
}

fn debtor_rows() -> Vec<(&'static str, &'static str)> {
    let pages = access_pages::table().into_iter().chain(access_claims::table());
    let pages = pages.filter(|page| page.opens == Opens::Debtor).map(|page| (page.path, page.method));
    let mut rows: Vec<_> = pages.collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

fn text() -> Result<String, std::fmt::Error> {
    let mut text = format!("{BEFORE}{OF_THE_API}");
    let mut routes: Vec<_> = access_api_table::every_route().collect();
    routes.sort_by_key(|route| (route.path, route.method));
    for route in routes {
        writeln!(text, "| {} | `{}` | {} | {} |", route.method, route.path, route.scope, route.names.words())?;
    }
    let names = Role::ALL.map(Role::name);
    write!(
        text,
        "{OF_THE_CONSOLE}| method | path | {} |\n|---|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    )?;
    for (path, method, needs) in console_rows() {
        let marks = Role::ALL.map(|role| if role.may(needs) { "yes" } else { "" });
        writeln!(text, "| {method} | `{path}` | {} |", marks.join(" | "))?;
    }
    text.push_str(OF_DEBTORS);
    for (path, method) in debtor_rows() {
        writeln!(text, "| {method} | `{path}` |")?;
    }
    text.push_str(OF_OTHERS);
    for (method, path, by) in ELSEWHERE {
        writeln!(text, "| {method} | `{path}` | {by} |")?;
    }
    Ok(text)
}

#[test]
fn the_table_of_access_is_current() {
    let (file, text) = (needs::top().join("tests/access.md"), text().expect("a text takes everything"));
    if std::env::var_os("SALDO_REPORT").is_some() {
        fs::write(&file, &text).expect("the tree is writable");
    }
    assert!(fs::read_to_string(&file).is_ok_and(|kept| kept == text), "tests/access.md is behind: run tests/report");
}
