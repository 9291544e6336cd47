//! Rules for reading what a creditor is owed from a table: which column is what, how its dates and amounts are written,
//! what a good row is, and what a row does to an invoice that is already there. Files and encodings are the caller's.

pub mod amend;
pub mod amounts;
mod cells;
mod consents;
pub mod country;
pub mod dates;
pub mod evidence;
pub mod fault;
pub mod field;
pub mod header;
pub mod mapping;
mod refusal;
pub mod row;
pub mod text;

pub use amend::Change;
pub use consents::ConsentCell;
pub use dates::DateOrder;
pub use evidence::{Detected, Detection, Evidence};
pub use fault::RowFault;
pub use field::Field;
pub use mapping::{Mapping, guess_mapping, header_fingerprint};
pub use refusal::ImportRefusal;
pub use row::{ImportRow, RowReader};
