//! Tables over as many pages as they need, with their head on each; facts as label and value.

use super::fonts::{Fonts, Style};
use super::page::{LEFT, MEASURE, Pages, RIGHT};
use super::wrap::{self, Type};
use crate::app::ports::minutes::PrintError;
use crate::domain::minutes::{Fact, Table};

const CELL: Type = Type { style: Style::Regular, size: 9.0, leading: 12.0 };
const HEAD: Type = Type { style: Style::Bold, size: 9.0, leading: 12.0 };
const LABEL: Type = Type { style: Style::Bold, size: 9.0, leading: 13.0 };
const VALUE: Type = Type { style: Style::Regular, size: 9.2, leading: 13.0 };
const LABEL_WIDTH: f32 = 126.0;
/// Space between two columns.
const GUTTER: f32 = 8.0;
/// Space above and below the text of a row.
const PADDING: f32 = 2.5;

/// A column's left edge and the width of its text.
#[derive(Debug, Clone, Copy)]
struct Slot {
    x: f32,
    width: f32,
}

/// Label and value, one below the other.
pub fn facts(pages: &mut Pages, fonts: &Fonts, facts: &[Fact]) -> Result<(), PrintError> {
    for fact in facts {
        let labels = wrap::lines(fonts, LABEL, LABEL_WIDTH - GUTTER, &fact.label);
        let values = wrap::lines(fonts, VALUE, MEASURE - LABEL_WIDTH, &fact.value);
        for index in 0..labels.len().max(values.len()) {
            pages.need(VALUE.leading)?;
            if let Some(label) = labels.get(index) {
                pages.text(LEFT, LABEL, false, label);
            }
            if let Some(value) = values.get(index) {
                pages.text(LEFT + LABEL_WIDTH, VALUE, false, value);
            }
            pages.y += VALUE.leading;
        }
        pages.y += 1.5;
    }
    pages.y += 5.0;
    Ok(())
}

/// A table. A row stays on one page if a page can hold it.
pub fn table(pages: &mut Pages, fonts: &Fonts, table: &Table) -> Result<(), PrintError> {
    let slots = slots(table);
    let cells = |set: Type, texts: &mut dyn Iterator<Item = &str>| {
        slots.iter().zip(texts).map(|(slot, text)| wrap::lines(fonts, set, slot.width, text)).collect::<Vec<_>>()
    };
    let head = cells(HEAD, &mut table.columns.iter().map(|column| column.title.as_str()));
    pages.skip(3.0);
    pages.need(row_height(HEAD, &head) + 3.0 * row_height(CELL, &[]))?;
    put_head(pages, &slots, &head)?;
    for row in &table.rows {
        let cells = cells(CELL, &mut row.iter().map(String::as_str));
        let height = row_height(CELL, &cells);
        if height + row_height(HEAD, &head) <= Pages::whole() && height > pages.room() {
            pages.turn()?;
            put_head(pages, &slots, &head)?;
        }
        pages.y += PADDING;
        for index in 0..most_lines(&cells) {
            if CELL.leading > pages.room() {
                pages.turn()?;
                put_head(pages, &slots, &head)?;
                pages.y += PADDING;
            }
            put_line(pages, CELL, &slots, &cells, index);
        }
        pages.y += PADDING;
        pages.rule(LEFT, RIGHT, 0.5, true);
    }
    pages.y += 7.0;
    Ok(())
}

fn slots(table: &Table) -> Vec<Slot> {
    let shares: f32 = table.columns.iter().map(|column| f32::from(column.share)).sum::<f32>().max(1.0);
    let mut x = LEFT;
    let mut slots = Vec::new();
    for column in &table.columns {
        let whole = MEASURE * f32::from(column.share) / shares;
        slots.push(Slot { x, width: (whole - GUTTER).max(GUTTER) });
        x += whole;
    }
    slots
}

fn most_lines(cells: &[Vec<String>]) -> usize {
    cells.iter().map(Vec::len).max().unwrap_or(1)
}

fn row_height(set: Type, cells: &[Vec<String>]) -> f32 {
    set.leading * most_lines(cells) as f32 + 2.0 * PADDING
}

fn put_head(pages: &mut Pages, slots: &[Slot], head: &[Vec<String>]) -> Result<(), PrintError> {
    pages.y += PADDING;
    for index in 0..most_lines(head) {
        pages.need(HEAD.leading)?;
        put_line(pages, HEAD, slots, head, index);
    }
    pages.y += PADDING;
    pages.rule(LEFT, RIGHT, 0.8, false);
    Ok(())
}

fn put_line(pages: &mut Pages, set: Type, slots: &[Slot], cells: &[Vec<String>], index: usize) {
    for (slot, lines) in slots.iter().zip(cells) {
        if let Some(line) = lines.get(index) {
            pages.text(slot.x, set, false, line);
        }
    }
    pages.y += set.leading;
}

/// How many rows a list takes that stands in two columns.
pub fn rows_of_two(count: usize) -> f32 {
    count.div_ceil(2) as f32
}
