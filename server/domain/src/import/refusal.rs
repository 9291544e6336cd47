use crate::import::Field;

/// Why a whole file is not read. [`ImportRefusal::code`] is stable: callers and translations depend on it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportRefusal {
    /// Nothing in it, or a header without a row.
    #[error("the file has no rows")]
    Empty,
    /// More bytes than are accepted.
    #[error("the file is larger than {bytes_max} bytes")]
    TooLarge {
        /// The most bytes that a file may have.
        bytes_max: u64,
    },
    /// Neither UTF-8 nor Windows-1252: both in one file.
    #[error("line {line} is not in the encoding of the rest of the file")]
    EncodingMixed {
        /// The first line that differs.
        line: u64,
    },
    /// No separator gives a table.
    #[error("no separator (, ; or tab) divides the header into columns")]
    SeparatorUnknown,
    /// A row with more characters than are accepted, mostly after a quote that nothing closes.
    #[error("the row at line {line} is too long")]
    RowTooLong {
        /// Where it begins.
        line: u64,
    },
    /// A row with more columns than are accepted.
    #[error("the row at line {line} has too many columns")]
    TooManyColumns {
        /// Where it begins.
        line: u64,
    },
    /// A quote that nothing closes.
    #[error("the quote that opens at line {line} is never closed")]
    QuoteUnclosed {
        /// Where the row begins.
        line: u64,
    },
    /// Columns that every import needs.
    #[error("no column is mapped to {}", names(fields))]
    ColumnsMissing {
        /// What is missing.
        fields: Vec<Field>,
    },
    /// Two columns for one field.
    #[error("two columns are mapped to {field}")]
    FieldTwice {
        /// The field.
        field: Field,
    },
    /// A mapping that names a field that does not exist.
    #[error("unknown field: {0}")]
    FieldUnknown(String),
    /// A mapping that names a column that does not exist.
    #[error("no such column: {0}")]
    ColumnUnknown(String),
    /// Day first in one place, month first in another.
    #[error("line {day_first} writes the day first, line {month_first} the month")]
    DatesMixed {
        /// The first line that only reads with the day first.
        day_first: u64,
        /// The first line that only reads with the month first.
        month_first: u64,
    },
    /// A decimal point in one place, a decimal comma in another.
    #[error("line {point} has a decimal point, line {comma} a decimal comma")]
    DecimalMarksMixed {
        /// The first line that only reads with a decimal point.
        point: u64,
        /// The first line that only reads with a decimal comma.
        comma: u64,
    },
    /// Not `dmy`, `mdy` or `ymd`.
    #[error("unknown order of dates: {0}")]
    DateOrderUnknown(String),
    /// The sum of the rows left the range of 64-bit minor units.
    #[error("the sum of the amounts is too large")]
    TotalOverflow,
}

impl ImportRefusal {
    /// The stable code, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "import_empty",
            Self::TooLarge { .. } => "import_too_large",
            Self::EncodingMixed { .. } => "encoding_mixed",
            Self::SeparatorUnknown => "separator_unknown",
            Self::RowTooLong { .. } => "row_too_long",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::QuoteUnclosed { .. } => "quote_unclosed",
            Self::ColumnsMissing { .. } => "columns_missing",
            Self::FieldTwice { .. } => "field_twice",
            Self::FieldUnknown(_) => "field_unknown",
            Self::ColumnUnknown(_) => "column_unknown",
            Self::DatesMixed { .. } => "dates_mixed",
            Self::DecimalMarksMixed { .. } => "decimal_marks_mixed",
            Self::DateOrderUnknown(_) => "date_order_unknown",
            Self::TotalOverflow => "total_overflow",
        }
    }
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(", ")
}
