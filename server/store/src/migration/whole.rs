use saldo_domain::planted::{self, Bug};
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

/// A step that is applied with its record in one database transaction, or not at all: a node that dies in the middle leaves
/// the schema as it was.
pub(super) struct Whole(pub(super) Box<dyn MigrationTrait>);

impl MigrationName for Whole {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Whole {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        fail::fail_point!("migration::begun");
        self.0.up(manager).await?;
        fail::fail_point!("migration::written");
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(!planted::is(Bug::MigrationInPieces))
    }
}

/// The statements of a text, one by one, so that a test can end the process between any two. A new one begins in the first
/// column; what stands between dollars is one.
pub(super) fn statements(sql: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut begins = 0;
    for (at, _) in sql.match_indices(";\n") {
        let (piece, rest) = (&sql[begins..=at], sql[at + 1..].trim_start_matches('\n'));
        let next_begins = rest.starts_with(|first: char| first.is_ascii_uppercase()) && !rest.starts_with("END");
        let dollars_are_closed = piece.matches('$').count().is_multiple_of(4);
        if dollars_are_closed && (next_begins || rest.trim().is_empty()) {
            found.push(piece.trim());
            begins = at + 1;
        }
    }
    found.push(sql[begins..].trim());
    found.retain(|piece| !piece.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn statements_end_where_the_next_one_begins() {
        for (sql, expected) in [
            ("\nA 1;\n", vec!["A 1;"]),
            ("A 1;\nB (\n    c;\n    d);\n\nE;", vec!["A 1;", "B (\n    c;\n    d);", "E;"]),
            (
                "CREATE TRIGGER t BEFORE UPDATE ON a\nBEGIN SELECT 1; END;\nB;\n",
                vec!["CREATE TRIGGER t BEFORE UPDATE ON a\nBEGIN SELECT 1; END;", "B;"],
            ),
            ("F AS $$\nBEGIN\n    X;\nEND;\n$$;\nB;", vec!["F AS $$\nBEGIN\n    X;\nEND;\n$$;", "B;"]),
            ("F AS $body$\nBEGIN X; END;\n$body$;\nB", vec!["F AS $body$\nBEGIN X; END;\n$body$;", "B"]),
        ] {
            assert_eq!(statements(sql), expected, "{sql}");
        }
    }
}
