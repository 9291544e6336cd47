//! The product from outside its doors: who may, what is answered, and that money and messages move once.

mod access_api;
mod access_pages;
mod autopay;
mod autopay_stand;
mod callers;
mod chargebacks;
mod cli;
mod codes;
mod fresh_links;
mod headers;
mod health;
mod lists;
mod logs;
mod methods;
mod payments;
mod plan_stand;
mod plans;
mod real_file;
mod redact;
mod refunds;
mod reminders;
mod resources;
mod stripe;
mod support;
mod tokens;
mod world;
