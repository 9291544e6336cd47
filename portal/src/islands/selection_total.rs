use leptos::prelude::*;
use saldo_domain::currency::Currency;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::money::Money;

/// What the form holds now, as it stands in its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// All that is open, in minor units.
    Everything(i64),
    /// The chosen items, in minor units.
    Items(Vec<i64>),
    /// An amount as typed.
    Amount(String),
}

/// What would be paid; none where nothing can be, such as no item or an amount that cannot be read.
pub fn chosen_total(chosen: &Chosen, currency: Currency, locale: &Locale) -> Option<Money> {
    let total = match chosen {
        Chosen::Everything(minor) => Money::new(*minor, currency),
        Chosen::Items(minors) => Money::sum(currency, minors.iter().map(|minor| Money::new(*minor, currency))).ok()?,
        Chosen::Amount(text) => locale.parse_money(text, currency).ok()?,
    };
    total.positive().ok()
}

/// Says what the choice comes to while it is made. It is silent without a script, since it could not keep up.
#[island]
pub fn SelectionTotal(
    /// The account's currency, by code: plain words keep the island small.
    currency: String,
    /// The language of the debtor's forms, by tag.
    language: String,
    /// The country of the debtor's forms.
    country: String,
    /// Said before the total.
    label: String,
    /// The fields of the choice.
    children: Children,
) -> impl IntoView {
    let fields = NodeRef::<leptos::html::Div>::new();
    let total = RwSignal::new(None::<String>);
    let sum = move || {
        let currency = Currency::try_new(&currency).ok()?;
        let locale = Locale::new(Language::try_new(&language).ok()?, &country);
        Some(locale.money(chosen_total(&read(fields)?, currency, &locale)?))
    };
    let first = sum.clone();
    Effect::new(move |_| total.set(first()));
    view! {
        <div node_ref=fields on:input=move |_| total.set(sum())>{children()}</div>
        <p class="total" role="status" hidden=move || total.get().is_none()>
            <span>{label}</span>
            <span class="amount amount-total">{move || total.get()}</span>
        </p>
    }
}

#[cfg(feature = "hydrate")]
fn read(fields: NodeRef<leptos::html::Div>) -> Option<Chosen> {
    use wasm_bindgen::JsCast;
    let fields = fields.get_untracked()?;
    let all = |selector: &str| {
        let nodes = fields.query_selector_all(selector).ok();
        let nodes = nodes.into_iter().flat_map(|nodes| (0..nodes.length()).filter_map(move |place| nodes.get(place)));
        nodes.filter_map(|node| node.dyn_into::<web_sys::HtmlInputElement>().ok()).collect::<Vec<_>>()
    };
    let minor = |input: &web_sys::HtmlInputElement| input.get_attribute("data-minor")?.parse().ok();
    let choice = all("input[name=choice]").into_iter().find(|input| input.checked() || input.type_() == "hidden")?;
    Some(match choice.value().as_str() {
        "items" => Chosen::Items(all("input[name=item]:checked").iter().filter_map(minor).collect()),
        "amount" => Chosen::Amount(all("input[name=amount]").first()?.value()),
        _ => Chosen::Everything(minor(&choice)?),
    })
}

#[cfg(not(feature = "hydrate"))]
fn read(_fields: NodeRef<leptos::html::Div>) -> Option<Chosen> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_what_the_server_would_ask() {
        let mexico = Locale::new(Language::Es, "MX");
        let chile = Locale::new(Language::Es, "CL");
        for (chosen, currency, locale, total) in [
            (Chosen::Everything(1_248_050), Currency::MXN, &mexico, Some(1_248_050)),
            (Chosen::Items(vec![100, 250]), Currency::MXN, &mexico, Some(350)),
            (Chosen::Items(vec![]), Currency::MXN, &mexico, None),
            (Chosen::Items(vec![i64::MAX, 1]), Currency::MXN, &mexico, None),
            (Chosen::Amount("1,500.5".into()), Currency::MXN, &mexico, Some(150_050)),
            (Chosen::Amount("12.500".into()), Currency::CLP, &chile, Some(12_500)),
            (Chosen::Amount("12,50".into()), Currency::CLP, &chile, None),
            (Chosen::Amount("0".into()), Currency::MXN, &mexico, None),
            (Chosen::Amount("".into()), Currency::MXN, &mexico, None),
        ] {
            let expected = total.map(|minor| Money::new(minor, currency));
            assert_eq!(chosen_total(&chosen, currency, locale), expected, "{chosen:?}");
        }
    }
}
