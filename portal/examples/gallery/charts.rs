use saldo_domain::calendar::Zone;
use saldo_domain::currency::Currency;
use saldo_domain::locale::{Language, Locale};
use saldo_portal::layout::chart::{Arrangement, BarChart, Format, Series, bars};
use saldo_portal::{Assets, Chrome, Page, Screen, render};

struct Charted(BarChart);

impl Screen for Charted {
    fn page(&self, chrome: &Chrome) -> Page {
        Page::new("Chart".to_owned(), saldo_portal::layout::Width::Wide, bars(&self.0, chrome))
    }
}

fn html(values: &[i64], arrangement: Arrangement) -> String {
    let series = |name: &str| Series { name: name.to_owned(), values: values.to_vec() };
    let chart = BarChart {
        title: "What <is> \"owed\"".to_owned(),
        series: vec![series("Paid"), series("Saved")],
        labels: (0..values.len()).map(|at| format!("L{at}")).collect(),
        format: Format::Money(Currency::MXN),
        arrangement,
    };
    let chrome = Chrome {
        locale: Locale::new(Language::En, "MX"),
        zone: Zone::utc(),
        assets: Assets::default(),
        branding: None,
        test_mode: false,
        signed_in: false,
        language_switch: None,
        back_to: None,
    };
    render(&Charted(chart), &chrome)
}

#[test]
fn a_chart_has_classes_and_no_colour_nor_style_of_its_own() {
    for values in [&[0][..], &[1, 2, 3], &[i64::MAX, 5], &[-5, 1_234_567]] {
        for arrangement in [Arrangement::Beside, Arrangement::Stacked] {
            let html = html(values, arrangement);
            assert!(html.contains("chart-text") && html.contains("<desc>"), "{html}");
            assert!(!html.contains("style=") && !html.contains("=\"#0"), "{html}");
            assert!(!html.contains("What <is>"), "{html}");
        }
    }
}

#[test]
fn every_value_has_its_bar_and_every_place_its_label() {
    let html = html(&[100, 200], Arrangement::Beside);
    assert_eq!(html.matches("class=\"chart-bar-1\"").count(), 2, "{html}");
    assert_eq!(html.matches("class=\"chart-bar-2\"").count(), 2, "{html}");
    assert!(html.contains(">\nL0\n<") && html.contains(">\nL1\n<"), "{html}");
}

#[test]
fn values_beside_the_axis_are_short() {
    assert!(html(&[1_250_000_000], Arrangement::Beside).contains(">\n10M\n<"));
    assert!(html(&[4_500_000], Arrangement::Beside).contains(">\n20k\n<"));
}
