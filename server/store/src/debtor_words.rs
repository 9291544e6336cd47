//! The words by which debtors are found: without an index of words each search would read every debtor.

use crate::bulk::insert_free;
use crate::{StoreFault, Tx};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;
use uuid::Uuid;

mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "debtor_words")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) word: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) debtor_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most words that one debtor is found by.
const WORDS_MAX: usize = 40;

/// The most letters of a word that count.
const LETTERS_MAX: usize = 64;

/// Lower case without the accents of our languages.
pub(crate) fn fold(text: &str) -> String {
    let plain = |letter: char| match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    };
    text.to_lowercase().chars().map(plain).collect()
}

/// The words of a text, longest first, each once.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: BTreeSet<String> = words.map(|word| word.chars().take(LETTERS_MAX).collect()).collect();
    let mut words: Vec<String> = words.into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

fn rows(creditor_id: Uuid, debtor_id: Uuid, search_text: &str) -> impl Iterator<Item = Model> {
    let words = words_of(search_text).into_iter().take(WORDS_MAX);
    words.map(move |word| Model { creditor_id, word, debtor_id })
}

/// Writes the words of debtors that have none yet; each with its search text.
pub(crate) async fn insert_many(tx: &Tx, creditor_id: Uuid, debtors: &[(Uuid, String)]) -> Result<(), StoreFault> {
    let rows = debtors.iter().flat_map(|(id, text)| rows(creditor_id, *id, text)).collect();
    insert_free::<Entity>(tx, rows).await.map(|_| ())
}

/// Replaces the words of one debtor.
pub(crate) async fn replace(tx: &Tx, creditor_id: Uuid, debtor_id: Uuid, text: &str) -> Result<(), StoreFault> {
    let old = Entity::delete_many().filter(Column::CreditorId.eq(creditor_id)).filter(Column::DebtorId.eq(debtor_id));
    old.exec(tx.connection()).await?;
    insert_many(tx, creditor_id, &[(debtor_id, text.to_owned())]).await
}

/// Writes the words of every debtor that a database has when it gets the table.
pub(crate) async fn write_all<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    use crate::debtor::table::{Column as Debtor, Entity as Debtors};
    let mut after: Option<(Uuid, Uuid)> = None;
    loop {
        let mut select = Debtors::find()
            .select_only()
            .column(Debtor::CreditorId)
            .column(Debtor::Id)
            .column(Debtor::SearchText)
            .order_by_asc(Debtor::CreditorId)
            .order_by_asc(Debtor::Id)
            .limit(500);
        if let Some((creditor, id)) = after {
            let later = Debtor::CreditorId.eq(creditor).and(Debtor::Id.gt(id));
            select = select.filter(Debtor::CreditorId.gt(creditor).or(later));
        }
        let debtors: Vec<(Uuid, Uuid, String)> = select.into_tuple().all(connection).await?;
        let Some((creditor, id, _)) = debtors.last() else { return Ok(()) };
        after = Some((*creditor, *id));
        for (creditor, id, text) in &debtors {
            let rows: Vec<table::ActiveModel> = rows(*creditor, *id, text).map(Into::into).collect();
            if !rows.is_empty() {
                Entity::insert_many(rows).exec_without_returning(connection).await?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn words_are_folded_and_the_longest_comes_first() {
        for (text, expected) in [
            ("ÁNGELA Núñez 100%_", &["angela", "nunez", "100"][..]),
            ("Comercial São João\nC-001\na.b@x.mx", &["comercial", "joao", "001", "sao", "mx", "a", "b", "c", "x"]),
            ("%_\\", &[]),
            ("  ", &[]),
        ] {
            assert_eq!(words_of(text), expected, "{text}");
        }
    }
}
