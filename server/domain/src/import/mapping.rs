//! Which column is what.

use crate::import::header::rank;
use crate::import::text::phrase;
use crate::import::{Field, ImportRefusal};
use serde::{Deserialize, Serialize};

/// What each column of a file holds, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping {
    columns: Vec<Field>,
}

/// Reads what each column holds from its name; a column that nothing names is ignored.
///
/// Where a file tells only what is open (`Saldo`), that is the amount.
pub fn guess_mapping(header: &[&str]) -> Mapping {
    let mut columns = vec![Field::Ignore; header.len()];
    for field in Field::ALL {
        let ranked = header.iter().enumerate().filter(|(place, _)| columns[*place] == Field::Ignore);
        let best = ranked.filter_map(|(place, name)| rank(name, field).map(|rank| (rank, place))).min();
        if let Some((_, place)) = best {
            columns[place] = field;
        }
    }
    if let Some((key, name)) = key_beside_name(header, &columns) {
        (columns[key], columns[name]) = (Field::DebtorReference, Field::DebtorName);
    }
    if !columns.contains(&Field::Amount) {
        columns.iter_mut().filter(|field| **field == Field::Outstanding).for_each(|field| *field = Field::Amount);
    }
    Mapping { columns }
}

/// `Cliente` alone is a name; beside another column of names it is the creditor's key.
fn key_beside_name(header: &[&str], columns: &[Field]) -> Option<(usize, usize)> {
    const EITHER: [&str; 6] = ["cliente", "customer", "client", "deudor", "devedor", "sacado"];
    if columns.contains(&Field::DebtorReference) {
        return None;
    }
    let key = columns.iter().position(|field| *field == Field::DebtorName)?;
    let either = EITHER.contains(&header.get(key)?.trim().to_lowercase().as_str());
    let named = |place: &usize| columns[*place] == Field::Ignore && rank(header[*place], Field::DebtorName).is_some();
    let name = (0..header.len()).find(named)?;
    either.then_some((key, name))
}

impl Mapping {
    /// A mapping of one field for each column.
    ///
    /// # Errors
    /// `columns_missing` without number, debtor, due date or amount; `field_twice`.
    pub fn try_new(columns: Vec<Field>) -> Result<Self, ImportRefusal> {
        Self { columns }.checked()
    }

    /// The same mapping, if an import can be read with it.
    ///
    /// # Errors
    /// `columns_missing` without number, debtor, due date or amount; `field_twice`.
    pub fn checked(self) -> Result<Self, ImportRefusal> {
        let count = |field: Field| self.columns.iter().filter(|column| **column == field).count();
        let twice = Field::ALL.into_iter().find(|field| *field != Field::Ignore && count(*field) > 1);
        if let Some(field) = twice {
            return Err(ImportRefusal::FieldTwice { field });
        }
        let mut fields: Vec<Field> = [Field::InvoiceNumber, Field::DebtorReference, Field::DueOn, Field::Amount]
            .into_iter()
            .filter(|field| count(*field) == 0)
            .collect();
        if count(Field::DebtorName) > 0 {
            fields.retain(|field| *field != Field::DebtorReference);
        }
        if fields.is_empty() { Ok(self) } else { Err(ImportRefusal::ColumnsMissing { fields }) }
    }

    /// The fields, in the order of the columns.
    pub fn columns(&self) -> &[Field] {
        &self.columns
    }

    /// The column that holds a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| *column == field)
    }

    /// Applies what a person says instead: `invoice_number=Folio,due_on=Vence,amount=#7,ignore=Total`. A column is named as
    /// in the header, or by its number; an empty one (`country=`) takes the field from its column.
    ///
    /// # Errors
    /// `field_unknown`, `column_unknown`.
    pub fn with_overrides(mut self, header: &[&str], text: &str) -> Result<Self, ImportRefusal> {
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let (field, column) = pair.split_once('=').ok_or_else(|| ImportRefusal::ColumnUnknown(shown(pair)))?;
            let (field, column): (Field, &str) = (field.parse()?, column.trim());
            if field != Field::Ignore {
                self.columns.iter_mut().filter(|held| **held == field).for_each(|held| *held = Field::Ignore);
            }
            if !column.is_empty() {
                let place = find(header, column).ok_or_else(|| ImportRefusal::ColumnUnknown(shown(column)))?;
                *self.columns.get_mut(place).ok_or_else(|| ImportRefusal::ColumnUnknown(shown(column)))? = field;
            }
        }
        Ok(self)
    }
}

fn shown(text: &str) -> String {
    text.trim().chars().take(64).collect()
}

fn find(header: &[&str], column: &str) -> Option<usize> {
    let exact = header.iter().position(|name| name.trim() == column);
    let number = || column.strip_prefix('#').and_then(|n| n.parse::<usize>().ok()).and_then(|n| n.checked_sub(1));
    let alike = || header.iter().position(|name| !phrase(name).is_empty() && phrase(name) == phrase(column));
    exact.or_else(number).or_else(alike)
}

/// A key for a header's shape, for remembering its mapping: 32 hexadecimal digits (FNV-1a of 128 bits over the plain words).
pub fn header_fingerprint(header: &[&str]) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let text = header.iter().map(|name| phrase(name)).collect::<Vec<_>>().join("\u{1f}");
    let hash = text.bytes().fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}
