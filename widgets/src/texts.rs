//! The words of the widgets in the three languages.

/// A language that the widgets speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locale {
    /// Spanish, the default.
    Es,
    /// English.
    En,
    /// Portuguese.
    Pt,
}

impl Locale {
    /// The language of a BCP 47 tag (`es-MX`, `pt_BR`), or `None` for one that the widgets do not speak.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default().trim();
        if language.eq_ignore_ascii_case("es") {
            Some(Self::Es)
        } else if language.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else if language.eq_ignore_ascii_case("pt") {
            Some(Self::Pt)
        } else {
            None
        }
    }

    /// The BCP 47 tag, for `lang` and `Accept-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
            Self::Pt => "pt",
        }
    }

    /// The words in this language.
    pub const fn texts(self) -> &'static Texts {
        match self {
            Self::Es => &ES,
            Self::En => &EN,
            Self::Pt => &PT,
        }
    }
}

/// Every text that a widget shows by itself; amounts and dates come formatted from the server.
#[derive(Debug)]
pub struct Texts {
    /// While the answer is awaited.
    pub loading: &'static str,
    /// Label of the amount.
    pub amount_due: &'static str,
    /// Label of the next due date.
    pub next_due: &'static str,
    /// Said beside a count of one.
    pub open_item: &'static str,
    /// Said beside any other count.
    pub open_items: &'static str,
    /// The link to the portal.
    pub pay: &'static str,
    /// The balance is zero.
    pub paid: &'static str,
    /// The balance could not be read.
    pub failed: &'static str,
    /// The button that asks again.
    pub retry: &'static str,
}

impl Texts {
    /// The noun that stands beside a count of open items.
    pub const fn open_items_noun(&self, count: u32) -> &'static str {
        if count == 1 { self.open_item } else { self.open_items }
    }
}

static ES: Texts = Texts {
    loading: "Consultando el saldo…",
    amount_due: "Saldo por pagar",
    next_due: "Próximo vencimiento",
    open_item: "factura pendiente",
    open_items: "facturas pendientes",
    pay: "Pagar",
    paid: "No hay nada por pagar",
    failed: "No pudimos consultar el saldo",
    retry: "Reintentar",
};

static EN: Texts = Texts {
    loading: "Checking the balance…",
    amount_due: "Amount due",
    next_due: "Next due date",
    open_item: "open invoice",
    open_items: "open invoices",
    pay: "Pay",
    paid: "Nothing to pay",
    failed: "We could not check the balance",
    retry: "Try again",
};

static PT: Texts = Texts {
    loading: "Consultando o saldo…",
    amount_due: "Saldo a pagar",
    next_due: "Próximo vencimento",
    open_item: "fatura em aberto",
    open_items: "faturas em aberto",
    pay: "Pagar",
    paid: "Nada a pagar",
    failed: "Não conseguimos consultar o saldo",
    retry: "Tentar novamente",
};

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn a_language_tag_names_a_language_whatever_its_region_or_case() {
        for (tag, locale) in [
            ("es", Some(Locale::Es)),
            ("es-MX", Some(Locale::Es)),
            ("EN-us", Some(Locale::En)),
            ("pt_BR", Some(Locale::Pt)),
            ("est", None),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Locale::from_tag(tag), locale, "{tag:?}");
        }
    }

    #[test]
    fn every_language_names_itself() {
        for locale in [Locale::Es, Locale::En, Locale::Pt] {
            assert_eq!(Locale::from_tag(locale.tag()), Some(locale));
        }
    }

    #[test]
    fn one_item_is_singular_and_any_other_count_plural() {
        let texts = Locale::Es.texts();
        assert_eq!(texts.open_items_noun(1), "factura pendiente");
        assert_eq!(texts.open_items_noun(0), "facturas pendientes");
        assert_eq!(texts.open_items_noun(12), "facturas pendientes");
    }
}
