//! The rules as tables that a controller can read, beside properties that hold for any input.
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod ageing;
mod allocation;
mod attachment;
mod attempt;
mod book;
mod calendar;
mod card_number;
mod currency;
mod debtor;
mod dispute;
mod invoice;
mod ledger;
mod locale;
mod locale_reading;
mod money;
mod payment;
mod payment_properties;
mod plan_life;
mod plan_offer;
mod plan_progress;
mod plan_properties;
mod plan_schedule;
mod plan_template;
mod plan_things;
mod promise;
mod quote;
mod reminder;
mod reminder_ladder;
mod reminder_properties;
mod settlement;
mod silences;
mod statement;
mod table;
mod things;
