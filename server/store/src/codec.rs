//! Between the domain's values and what columns hold.
//!
//! SQLite keeps a moment as RFC 3339 text in UTC with 0, 3 or 6 decimals. Such texts sort as the moments do, because the
//! zone's `+` is smaller than the decimal point and every digit.

use crate::StoreFault;
use chrono::{DateTime, Datelike, NaiveDate};
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use sea_orm::prelude::DateTimeUtc;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

pub(crate) fn to_instant(at: Timestamp) -> DateTimeUtc {
    DateTime::from_timestamp_micros(at.as_microsecond()).expect("chrono reaches further than jiff")
}

pub(crate) fn instant(at: DateTimeUtc) -> Result<Timestamp, StoreFault> {
    Timestamp::from_microsecond(at.timestamp_micros()).map_err(StoreFault::corrupt)
}

pub(crate) fn instant_opt(at: Option<DateTimeUtc>) -> Result<Option<Timestamp>, StoreFault> {
    at.map(instant).transpose()
}

pub(crate) fn to_day(date: Date) -> NaiveDate {
    let (year, month, day) = (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
    NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)).expect("chrono reaches further than jiff")
}

pub(crate) fn day(date: NaiveDate) -> Result<Date, StoreFault> {
    let year = i16::try_from(date.year()).map_err(StoreFault::corrupt)?;
    let month = i8::try_from(date.month()).map_err(StoreFault::corrupt)?;
    let day = i8::try_from(date.day()).map_err(StoreFault::corrupt)?;
    Date::new(year, month, day).map_err(StoreFault::corrupt)
}

pub(crate) fn currency(code: &str) -> Result<Currency, StoreFault> {
    Currency::try_new(code).map_err(StoreFault::corrupt)
}

pub(crate) fn money(minor: i64, code: &str) -> Result<Money, StoreFault> {
    Ok(Money::new(minor, currency(code)?))
}

/// The word of a fieldless variant, as serde writes it.
pub(crate) fn to_word<T: Serialize>(value: &T) -> Result<String, StoreFault> {
    match serde_json::to_value(value) {
        Ok(Json::String(word)) => Ok(word),
        other => Err(StoreFault::Corrupt(format!("not a word: {other:?}"))),
    }
}

pub(crate) fn word<T: DeserializeOwned>(text: &str) -> Result<T, StoreFault> {
    serde_json::from_value(Json::String(text.to_owned())).map_err(StoreFault::corrupt)
}

pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<Json, StoreFault> {
    serde_json::to_value(value).map_err(StoreFault::corrupt)
}

pub(crate) fn json<T: DeserializeOwned>(value: Json) -> Result<T, StoreFault> {
    serde_json::from_value(value).map_err(StoreFault::corrupt)
}

pub(crate) fn hash(bytes: Vec<u8>) -> Result<[u8; 32], StoreFault> {
    bytes.try_into().map_err(|_| StoreFault::corrupt("a hash has 32 bytes"))
}

pub(crate) fn count(value: i64) -> Result<u32, StoreFault> {
    u32::try_from(value).map_err(StoreFault::corrupt)
}
