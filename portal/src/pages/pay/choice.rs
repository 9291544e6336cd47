use crate::layout::forms::hidden;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{InvoiceId, PlanId, SettlementOfferId};
use saldo_domain::locale::Locale;
use saldo_domain::quote::Selection;

/// What is chosen, as it stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayChoice {
    /// All that is asked now.
    Everything,
    /// Some items.
    Items(Vec<InvoiceId>),
    /// Another amount, as typed.
    Amount(String),
    /// The next instalments of a plan.
    Instalments(PlanId, u32),
    /// The whole rest of a plan.
    PlanRest(PlanId),
    /// What a settlement offer asks.
    Settlement(SettlementOfferId),
}

impl PayChoice {
    /// What is to be priced.
    ///
    /// # Errors
    /// `amount_unreadable`, `too_many_decimals`.
    pub fn selection(&self, locale: &Locale, currency: Currency) -> Result<Selection, Refusal> {
        Ok(match self {
            Self::Everything => Selection::Everything,
            Self::Items(invoice_ids) => Selection::Items { invoice_ids: invoice_ids.clone() },
            Self::Amount(text) => Selection::Amount { amount: locale.parse_money(text, currency)? },
            Self::Instalments(plan_id, count) => Selection::Instalments { plan_id: *plan_id, count: *count },
            Self::PlanRest(plan_id) => Selection::PlanRest { plan_id: *plan_id },
            Self::Settlement(offer_id) => Selection::Settlement { offer_id: *offer_id },
        })
    }

    /// The plan whose page the choice was made on.
    pub fn plan(&self) -> Option<PlanId> {
        match self {
            Self::Instalments(plan_id, _) | Self::PlanRest(plan_id) => Some(*plan_id),
            _ => None,
        }
    }

    /// The same choice as hidden fields.
    pub fn fields(&self) -> Vec<AnyView> {
        match self {
            Self::Everything => vec![hidden("choice", "everything")],
            Self::Items(chosen) => {
                let items = chosen.iter().map(|id| hidden("item", id));
                std::iter::once(hidden("choice", "items")).chain(items).collect()
            }
            Self::Amount(typed) => vec![hidden("choice", "amount"), hidden("amount", typed)],
            Self::Instalments(plan_id, count) => {
                vec![hidden("choice", "instalments"), hidden("plan", plan_id), hidden("count", count)]
            }
            Self::PlanRest(plan_id) => vec![hidden("choice", "plan_rest"), hidden("plan", plan_id)],
            Self::Settlement(offer_id) => vec![hidden("choice", format!("settlement-{offer_id}"))],
        }
    }
}
