//! Countries as files write them.

use crate::Refusal;
use crate::import::text::phrase;

/// What a cell of a country column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountryCell {
    /// Two letters of ISO 3166.
    Known(String),
    /// A number. Creditors number countries in their own ways, and a number that happens to be one of ISO 3166 is no proof
    /// that the file means it, so no number is taken for a country.
    OwnNumber,
    /// Something else.
    Unknown,
}

/// Reads two or three letters of ISO 3166, or a name in Spanish, English or Portuguese.
pub fn read_country(text: &str) -> CountryCell {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return CountryCell::OwnNumber;
    }
    let upper = text.to_ascii_uppercase();
    if upper.len() == 2 && ALPHA2.split(' ').any(|code| code == upper) {
        return CountryCell::Known(upper);
    }
    let name = phrase(text);
    let found = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    found.map_or(CountryCell::Unknown, |(code, _)| CountryCell::Known((*code).to_owned()))
}

/// The two letters of a country that a program or a person names.
///
/// # Errors
/// `country_unknown`.
pub fn parse_country(text: &str) -> Result<String, Refusal> {
    match read_country(text) {
        CountryCell::Known(code) => Ok(code),
        CountryCell::OwnNumber | CountryCell::Unknown => Err(Refusal::CountryUnknown(text.chars().take(32).collect())),
    }
}

const ALPHA2: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV \
    BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU \
    MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB \
    SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY \
    UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

const NAMES: [(&str, &[&str]); 25] = [
    ("AR", &["arg", "argentina"]),
    ("BO", &["bol", "bolivia"]),
    ("BR", &["bra", "brasil", "brazil"]),
    ("CA", &["can", "canada"]),
    ("CL", &["chl", "chile"]),
    ("CO", &["col", "colombia"]),
    ("CR", &["cri", "costa rica"]),
    ("CU", &["cub", "cuba"]),
    ("DO", &["dom", "republica dominicana", "dominican republic"]),
    ("EC", &["ecu", "ecuador", "equador"]),
    ("ES", &["esp", "espana", "spain", "espanha"]),
    ("FR", &["fra", "francia", "france", "franca"]),
    ("GB", &["gbr", "reino unido", "united kingdom", "uk"]),
    ("GT", &["gtm", "guatemala"]),
    ("HN", &["hnd", "honduras"]),
    ("MX", &["mex", "mexico"]),
    ("NI", &["nic", "nicaragua"]),
    ("PA", &["pan", "panama"]),
    ("PE", &["per", "peru"]),
    ("PT", &["prt", "portugal"]),
    ("PY", &["pry", "paraguay", "paraguai"]),
    ("SV", &["slv", "el salvador"]),
    ("US", &["usa", "estados unidos", "united states", "united states of america", "ee uu", "eua", "eeuu"]),
    ("UY", &["ury", "uruguay", "uruguai"]),
    ("VE", &["ven", "venezuela"]),
];
