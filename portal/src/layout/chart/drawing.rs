//! plotters knows colours and no classes, and a document of ours may carry no style of its own: each part is drawn in a
//! colour that stands for a class, and the style sheet says how the class looks in light and dark.

use super::{Arrangement, BarChart, Format, SERIES_MAX, exact};
use crate::layout::Chrome;
use plotters::coord::ranged1d::SegmentedCoord;
use plotters::coord::types::{RangedCoordi32, RangedCoordi64};
use plotters::prelude::*;

/// Of the drawing; the page scales it to its own width.
const WIDTH: u32 = 400;
const HEIGHT: u32 = 210;
const TEXT: u32 = 16;
const AXIS: RGBColor = RGBColor(0, 0, 17);
const WORDS: RGBColor = RGBColor(0, 0, 18);

/// The drawing as a part of a document; none when it fails.
pub(super) fn svg(chart: &BarChart, chrome: &Chrome) -> Option<String> {
    draw(chart, chrome).ok().map(|drawing| dress(drawing, chart, chrome))
}

/// A value beside the axis: whole units, and thousands or millions where they are many.
fn short(format: Format, value: i64, chrome: &Chrome) -> String {
    let unit = match format {
        Format::Money(currency) => 10_i64.pow(u32::from(currency.exponent())),
        Format::Count => 1,
    };
    let whole = value / unit;
    let (text, key) = match whole.unsigned_abs() {
        0..10_000 if whole * unit == value => return whole.to_string(),
        0..10_000 => return exact(format, value, chrome),
        10_000..1_000_000 => (one_decimal(whole, 1_000, chrome), "k"),
        _ => (one_decimal(whole, 1_000_000, chrome), "m"),
    };
    match key {
        "k" => chrome.with("chart-thousands", [("amount", text.into())]),
        _ => chrome.with("chart-millions", [("amount", text.into())]),
    }
}

fn one_decimal(value: i64, unit: i64, chrome: &Chrome) -> String {
    let tenths = (value.unsigned_abs() % unit.unsigned_abs()) * 10 / unit.unsigned_abs();
    match tenths {
        0 => (value / unit).to_string(),
        _ => format!("{}{}{tenths}", value / unit, chrome.locale.decimal_mark()),
    }
}

type Faulty = DrawingAreaErrorKind<std::io::Error>;
type Grid<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<SegmentedCoord<RangedCoordi32>, RangedCoordi64>>;

fn draw(chart: &BarChart, chrome: &Chrome) -> Result<String, Faulty> {
    let mut drawing = String::new();
    {
        let area = SVGBackend::with_string(&mut drawing, (WIDTH, HEIGHT)).into_drawing_area();
        let count = i32::try_from(chart.labels.len()).unwrap_or(i32::MAX);
        let (low, high) = reach(chart);
        let scale = scale(low, high);
        let mut grid = ChartBuilder::on(&area)
            .margin(8)
            .x_label_area_size(26)
            .y_label_area_size(label_width(chart.format, low, high, chrome))
            .build_cartesian_2d((0..count - 1).into_segmented(), low / scale..high / scale)?;
        let words = ("sans-serif", TEXT).into_font().color(&WORDS);
        let place = |at: &SegmentValue<i32>| match at {
            SegmentValue::CenterOf(at) | SegmentValue::Exact(at) => {
                usize::try_from(*at).ok().and_then(|at| chart.labels.get(at)).cloned().unwrap_or_default()
            }
            SegmentValue::Last => String::new(),
        };
        grid.configure_mesh()
            .disable_x_mesh()
            .bold_line_style(AXIS.stroke_width(1))
            .light_line_style(TRANSPARENT)
            .axis_style(AXIS.stroke_width(1))
            .x_labels(chart.labels.len().min(12))
            .y_labels(4)
            .label_style(words)
            .x_label_formatter(&place)
            .y_label_formatter(&|value| short(chart.format, value.saturating_mul(scale), chrome))
            .draw()?;
        fill(&mut grid, chart, area.dim_in_pixel().0, scale)?;
        area.present()?;
    }
    Ok(drawing)
}

/// By what values are divided before they are drawn: plotters multiplies them, and must not overflow.
fn scale(low: i64, high: i64) -> i64 {
    const DRAWN_MAX: u64 = 100_000_000_000_000;
    let mut scale = 1;
    while low.unsigned_abs().max(high.unsigned_abs()) / scale > DRAWN_MAX {
        scale *= 10;
    }
    i64::try_from(scale).unwrap_or(i64::MAX)
}

/// The least and the greatest value that a bar reaches, with some air above.
fn reach(chart: &BarChart) -> (i64, i64) {
    let places = 0..chart.labels.len();
    let values = |at: usize| chart.series.iter().map(move |series| series.values.get(at).copied().unwrap_or(0));
    let top = |at| match chart.arrangement {
        Arrangement::Stacked => values(at).fold(0_i64, i64::saturating_add),
        Arrangement::Beside => values(at).max().unwrap_or(0),
    };
    let high = places.clone().map(top).max().unwrap_or(0).max(0);
    let low = places.flat_map(values).min().unwrap_or(0).min(0);
    if low == 0 && high == 0 { (0, 4) } else { (low, high.saturating_add(high / 20)) }
}

fn label_width(format: Format, low: i64, high: i64, chrome: &Chrome) -> u32 {
    let letters = [low, high, high / 2].map(|value| short(format, value, chrome).chars().count()).into_iter().max();
    10 + 7 * u32::try_from(letters.unwrap_or(4)).unwrap_or(12).min(12)
}

fn colour(series: usize) -> RGBColor {
    RGBColor(0, 0, u8::try_from(series % SERIES_MAX + 1).unwrap_or(1))
}

fn fill<'a>(grid: &mut Grid<'a>, chart: &BarChart, width: u32, scale: i64) -> Result<(), Faulty> {
    let places = u32::try_from(chart.labels.len()).unwrap_or(1).max(1);
    let place = width.saturating_sub(60) / places;
    let edge = place / 6;
    let series_count = u32::try_from(chart.series.len().min(SERIES_MAX)).unwrap_or(1).max(1);
    let bar = place.saturating_sub(2 * edge) / series_count;
    for at in 0..chart.labels.len() {
        let mut below = 0_i64;
        for (number, series) in chart.series.iter().take(SERIES_MAX).enumerate() {
            let value = series.values.get(at).copied().unwrap_or(0);
            let (from, to) = match chart.arrangement {
                Arrangement::Stacked => (below, below.saturating_add(value)),
                Arrangement::Beside => (0, value),
            };
            below = to;
            let (left, right) = match (chart.arrangement, u32::try_from(number)) {
                (Arrangement::Beside, Ok(number)) => (edge + number * bar, edge + (series_count - 1 - number) * bar),
                _ => (edge, edge),
            };
            let edge_of = |at: usize| match i32::try_from(at) {
                Ok(at) if usize::try_from(at).is_ok_and(|at| at < chart.labels.len()) => SegmentValue::Exact(at),
                _ => SegmentValue::Last,
            };
            let corners = [(edge_of(at), from / scale), (edge_of(at + 1), to / scale)];
            let mut rectangle = Rectangle::new(corners, colour(number).filled());
            rectangle.set_margin(0, 0, left, right);
            grid.draw_series(std::iter::once(rectangle))?;
        }
    }
    Ok(())
}

/// Colours become classes, and the drawing says what it is.
fn dress(drawing: String, chart: &BarChart, chrome: &Chrome) -> String {
    let mut svg = drawing;
    for series in 0..SERIES_MAX {
        svg = svg.replace(&drawn("fill", colour(series)), &format!("class=\"chart-bar-{}\"", series + 1));
    }
    svg = svg
        .replace(&drawn("stroke", AXIS), "class=\"chart-line\"")
        .replace(&drawn("fill", WORDS), "class=\"chart-text\"");
    let told = chart.labels.iter().enumerate().flat_map(|(at, label)| {
        chart.series.iter().map(move |series| {
            let value = series.values.get(at).copied().unwrap_or_default();
            format!("{label}: {}", exact(chart.format, value, chrome))
        })
    });
    let told: Vec<String> = told.collect();
    let (title, told) = (escape(&chart.title), escape(&told.join("; ")));
    let Some((_, rest)) = svg.split_once('>') else { return svg };
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}\"><title>{title}</title><desc>{told}</desc>{rest}"
    )
}

/// The attribute of a colour as plotters writes it.
fn drawn(attribute: &str, RGBColor(red, green, blue): RGBColor) -> String {
    format!("{attribute}=\"#{red:02X}{green:02X}{blue:02X}\"")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Assets;
    use crate::layout::chart::Series;
    use saldo_domain::calendar::Zone;
    use saldo_domain::locale::{Language, Locale};

    /// The widths of the bars in their order.
    fn widths(values: &[i64]) -> Vec<u32> {
        let zone = Zone::try_new("UTC").expect("a zone");
        let chrome = Chrome {
            locale: Locale::new(Language::Es, "MX"),
            zone,
            assets: Assets::default(),
            branding: None,
            test_mode: false,
            signed_in: false,
            language_switch: None,
            back_to: None,
        };
        let chart = BarChart {
            title: "t".to_owned(),
            series: vec![Series { name: "s".to_owned(), values: values.to_vec() }],
            labels: values.iter().map(ToString::to_string).collect(),
            format: Format::Count,
            arrangement: Arrangement::Beside,
        };
        let drawing = svg(&chart, &chrome).expect("it is drawn");
        let bars = drawing.split("<rect").filter(|part| part.contains("class=\"chart-bar-1\""));
        bars.filter_map(|bar| bar.split("width=\"").nth(1)?.split('"').next()?.parse().ok()).collect()
    }

    #[test]
    fn every_bar_can_be_seen_a_single_one_too() {
        for values in [&[3][..], &[1, 2], &[5, 4, 3, 2, 1]] {
            let widths = widths(values);
            assert_eq!(widths.len(), values.len());
            assert!(widths.iter().all(|width| *width > 20), "{values:?}: {widths:?}");
        }
    }
}
