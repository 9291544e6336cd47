use super::contrast::Rgb;
use saldo_domain::creditor::{Brand, Creditor};
use saldo_domain::ids::CreditorId;

/// A creditor's look as a document uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branding {
    /// The name in the header.
    pub name: String,
    /// Path of the logo.
    pub logo: Option<String>,
    /// Path of the style sheet with its colour.
    pub css: String,
}

impl Branding {
    /// The look of a creditor.
    pub fn of(creditor: &Creditor) -> Self {
        let logo = creditor.brand.logo.as_ref().map(|_| format!("/brand/{}.logo", creditor.id));
        Self { name: creditor.name.clone(), logo, css: brand_css_path(creditor.id) }
    }
}

/// Where a creditor's colour is served.
pub fn brand_css_path(creditor: CreditorId) -> String {
    format!("/brand/{creditor}.css")
}

/// Saldo's own colour, where a creditor has none that can be read.
const OWN: Rgb = Rgb([0x0b, 0x5d, 0x5e]);
/// The darkest ground of the light theme and the lightest of the dark one, on which brand-coloured text may stand.
/// They are `--mist-100` and `--night-700` of `style/tokens/primitive.css`.
const LIGHT_GROUNDS: [Rgb; 2] = [Rgb::WHITE, Rgb([0xee, 0xf1, 0xf1])];
const DARK_GROUNDS: [Rgb; 2] = [Rgb([0x0e, 0x14, 0x15]), Rgb([0x22, 0x2b, 0x2d])];
/// Body text of the two themes.
const INK: Rgb = Rgb([0x12, 0x1b, 0x1c]);
const SNOW: Rgb = Rgb([0xf1, 0xf4, 0xf4]);

/// WCAG 2.2 AA for text.
const TEXT: u64 = 450;
/// More than the least, since thin bright text on dark looks fainter than it measures.
const BRIGHT_TEXT: u64 = 600;
/// WCAG 2.2 AA for the shape of a control.
const SHAPE: u64 = 300;

/// The style sheet that lays a creditor's colour over the tokens; text on it and in it keeps the contrast of WCAG 2.2 AA
/// in the light and in the dark theme.
pub fn brand_css(brand: &Brand) -> String {
    let colour = Rgb::parse(&brand.colour).unwrap_or(OWN);
    format!(
        ":root{{{}}}@media (prefers-color-scheme:dark){{:root{{{}}}}}\n",
        theme(colour, &LIGHT_GROUNDS, Rgb::BLACK, INK),
        theme(colour, &DARK_GROUNDS, Rgb::WHITE, SNOW),
    )
}

fn theme(colour: Rgb, grounds: &[Rgb], away: Rgb, body: Rgb) -> String {
    let ground = grounds[0];
    let (solid, on) = readable(colour, away, grounds);
    let hover = solid.towards(if on == Rgb::WHITE { Rgb::BLACK } else { Rgb::WHITE }, 14);
    let edge = solid.until(away, grounds, SHAPE);
    let text = colour.until(away, grounds, if away == Rgb::WHITE { BRIGHT_TEXT } else { TEXT });
    let reads = |soft: &Rgb| soft.contrast(body) >= TEXT && soft.contrast(text) >= TEXT;
    let soft = (0..=14).rev().map(|part| ground.towards(colour, part)).find(reads).unwrap_or(ground);
    let tokens =
        [("solid", solid), ("solid-hover", hover), ("on-solid", on), ("edge", edge), ("text", text), ("soft", soft)];
    tokens.map(|(name, colour)| format!("--brand-{name}:{}", colour.css())).join(";")
}

/// The colour as a ground for text, with the text's colour. A light colour keeps its tone and takes black; others stand
/// out from the page and take white, darkened where that needs little.
fn readable(colour: Rgb, away: Rgb, grounds: &[Rgb]) -> (Rgb, Rgb) {
    if colour.contrast(Rgb::WHITE) < SHAPE {
        return (colour, Rgb::BLACK);
    }
    let solid = colour.until(away, grounds, SHAPE);
    if away == Rgb::BLACK || solid.contrast(Rgb::WHITE) >= TEXT {
        return (solid.until(Rgb::BLACK, &[Rgb::WHITE], TEXT), Rgb::WHITE);
    }
    (solid.until(Rgb::WHITE, &[Rgb::BLACK], TEXT), Rgb::BLACK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(css: &str) -> Vec<(String, Rgb)> {
        let pair = |part: &str| {
            let (name, value) = part.split_once(':')?;
            Some((name.trim_start_matches('{').to_owned(), Rgb::parse(value.trim_end_matches('}'))?))
        };
        css.split([';', '{', '}']).filter_map(pair).collect()
    }

    #[test]
    fn text_on_and_in_any_brand_colour_can_be_read_in_both_themes() {
        let steps = [0u8, 51, 102, 136, 170, 204, 238, 255];
        for red in steps {
            for green in steps {
                for blue in steps {
                    let brand = Brand { colour: Rgb([red, green, blue]).css(), logo: None };
                    let tokens = tokens(&brand_css(&brand));
                    assert_eq!(tokens.len(), 12);
                    for (theme, grounds, body) in
                        [(&tokens[..6], LIGHT_GROUNDS, INK), (&tokens[6..], DARK_GROUNDS, SNOW)]
                    {
                        let [(_, solid), (_, hover), (_, on), (_, edge), (_, text), (_, soft)] = theme else {
                            panic!("six")
                        };
                        assert!(on.contrast(*solid) >= TEXT, "{} on {}", on.css(), solid.css());
                        assert!(on.contrast(*hover) >= TEXT, "{} on {}", on.css(), hover.css());
                        assert!(soft.contrast(body) >= TEXT && soft.contrast(*text) >= TEXT, "{}", soft.css());
                        for ground in grounds {
                            assert!(text.contrast(ground) >= TEXT, "{} in {}", text.css(), brand.colour);
                            assert!(edge.contrast(ground) >= SHAPE, "{} of {}", edge.css(), brand.colour);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_the_creditor_chose_it() {
        let css = brand_css(&Brand { colour: "#1d4ed8".into(), logo: None });
        assert!(css.starts_with(":root{--brand-solid:#1d4ed8;"), "{css}");
    }

    #[test]
    fn a_colour_that_is_none_gives_our_own_and_nothing_of_it_reaches_the_sheet() {
        let css = brand_css(&Brand { colour: "red;}body{display:none".into(), logo: None });
        assert!(css.starts_with(":root{--brand-solid:#0b5d5e;"), "{css}");
        assert!(!css.contains("display"));
    }
}
