//! Plain text tables: the first line names the columns, bars part the cells, `·` stands for a space that does not break.

use std::fmt;

/// One row of a table.
pub struct Row {
    columns: Vec<&'static str>,
    cells: Vec<&'static str>,
}

/// Reads a table; every row must have a cell for every column.
pub fn rows(table: &'static str) -> Vec<Row> {
    let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    let columns = cells(lines.next().expect("a table has a first line"));
    let rows: Vec<Row> = lines.map(|line| Row { columns: columns.clone(), cells: cells(line) }).collect();
    assert!(!rows.is_empty(), "a table without rows tests nothing");
    for row in &rows {
        assert_eq!(row.cells.len(), row.columns.len(), "cells and columns differ: {row}");
    }
    rows
}

fn cells(line: &'static str) -> Vec<&'static str> {
    line.split('|').map(str::trim).collect()
}

impl Row {
    /// The cell under a column's name.
    pub fn get(&self, column: &str) -> &'static str {
        let place = self.columns.iter().position(|name| *name == column);
        self.cells[place.unwrap_or_else(|| panic!("no column {column}"))]
    }

    /// A cell as text, with `·` for the space that does not break.
    pub fn text(&self, column: &str) -> String {
        self.get(column).replace('·', "\u{a0}")
    }

    /// A cell as words.
    pub fn words(&self, column: &str) -> Vec<&'static str> {
        self.get(column).split_whitespace().collect()
    }

    /// A cell as a number.
    pub fn number<N: std::str::FromStr>(&self, column: &str) -> N {
        self.get(column).parse().unwrap_or_else(|_| panic!("no number under {column}: {self}"))
    }

    /// Fails with the whole row where what came out is not what the column says.
    #[track_caller]
    pub fn expect(&self, column: &str, found: impl fmt::Display) {
        assert_eq!(found.to_string(), self.text(column), "under {column} of: {self}");
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cells.join(" | "))
    }
}
