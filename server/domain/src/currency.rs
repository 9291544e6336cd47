//! Currencies of ISO 4217 with their minor units.

use crate::Refusal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A currency of ISO 4217 that money can be owed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Peso of Mexico.
    pub const MXN: Self = Self(iso_currency::Currency::MXN);
    /// Dollar of the United States.
    pub const USD: Self = Self(iso_currency::Currency::USD);
    /// Peso of Chile, without minor units.
    pub const CLP: Self = Self(iso_currency::Currency::CLP);
    /// Peso of Colombia.
    pub const COP: Self = Self(iso_currency::Currency::COP);
    /// Real of Brazil.
    pub const BRL: Self = Self(iso_currency::Currency::BRL);

    /// Reads a three-letter code in any case.
    ///
    /// # Errors
    /// `currency_unknown` for anything else, and for codes without a minor unit (gold, testing codes).
    pub fn try_new(code: &str) -> Result<Self, Refusal> {
        let unknown = || Refusal::CurrencyUnknown(code.chars().take(8).collect());
        let currency = iso_currency::Currency::from_code(&code.trim().to_ascii_uppercase()).ok_or_else(unknown)?;
        currency.exponent().ok_or_else(unknown)?;
        Ok(Self(currency))
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals an amount has: 2 for MXN, 0 for CLP and PYG, 3 for BHD.
    pub fn exponent(self) -> u8 {
        self.0.exponent().and_then(|e| u8::try_from(e).ok()).unwrap_or(0)
    }

    /// The sign that people in the currency's own country read: `$`, `R$`, `S/`.
    pub fn symbol(self) -> &'static str {
        match self.code() {
            "MXN" | "COP" | "CLP" | "ARS" | "UYU" | "USD" => "$",
            "PEN" => "S/",
            "BRL" => "R$",
            "BOB" => "Bs",
            "PYG" => "₲",
            "EUR" => "€",
            code => code,
        }
    }

    /// What people type before or behind an amount in it, beside its code; longer ones first.
    pub fn typed_signs(self) -> &'static [&'static str] {
        match self.code() {
            "USD" => &["US$", "U$S", "$"],
            "UYU" => &["$U", "$"],
            "MXN" | "COP" | "CLP" | "ARS" => &["$"],
            "PEN" => &["S/.", "S/"],
            "BRL" => &["R$"],
            "BOB" => &["Bs.", "Bs"],
            "PYG" => &["₲", "Gs.", "Gs"],
            "EUR" => &["€"],
            _ => &[],
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = Refusal;
    fn from_str(code: &str) -> Result<Self, Refusal> {
        Self::try_new(code)
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::try_new(&code).map_err(serde::de::Error::custom)
    }
}
