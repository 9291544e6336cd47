//! What every table's entity shares.

use sea_orm::{EnumIter, RelationDef, RelationTrait};

/// Rows are read by the queries that need them; no entity walks to another.
#[derive(Debug, Clone, Copy, EnumIter)]
pub(crate) enum Relation {}

impl RelationTrait for Relation {
    fn def(&self) -> RelationDef {
        match *self {}
    }
}
