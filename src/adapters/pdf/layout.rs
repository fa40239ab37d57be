//! Where every part of the document stands.

use super::fonts::{Fonts, Style};
use super::page::{LEFT, MEASURE, Page, Pages, RIGHT};
use super::table;
use super::wrap::{self, Type};
use crate::app::ports::minutes::PrintError;
use crate::domain::minutes::{Block, Content, Minutes, Section, SignatureLine};

pub const BODY: Type = Type { style: Style::Regular, size: 10.0, leading: 14.0 };
const FINDING: Type = Type { style: Style::Bold, size: 10.0, leading: 14.0 };
const NOTE: Type = Type { style: Style::Regular, size: 8.5, leading: 11.5 };
const HEADING: Type = Type { style: Style::Bold, size: 12.0, leading: 16.0 };
const SUBHEADING: Type = Type { style: Style::Bold, size: 10.0, leading: 14.0 };
const TITLE: Type = Type { style: Style::Bold, size: 24.0, leading: 32.0 };
const TITLE_ABOVE: Type = Type { style: Style::Bold, size: 11.0, leading: 16.0 };
const TITLE_BELOW: Type = Type { style: Style::Regular, size: 12.0, leading: 17.0 };
/// Wordings are set in from the left.
const INDENT: f32 = 14.0;

/// Lays the document out on pages.
pub fn lay_out(minutes: &Minutes, fonts: &Fonts) -> Result<Vec<Page>, PrintError> {
    let mut pages = Pages::new();
    for (index, line) in minutes.title_lines.iter().enumerate() {
        let set = match index {
            0 => TITLE_ABOVE,
            1 => TITLE,
            _ => TITLE_BELOW,
        };
        paragraph(&mut pages, fonts, set, LEFT, MEASURE, line)?;
    }
    pages.y += 10.0;
    pages.rule(LEFT, RIGHT, 1.2, false);
    pages.y += 12.0;
    for section in &minutes.sections {
        lay_section(&mut pages, fonts, section)?;
    }
    let running = fonts.settable(Style::Regular, &minutes.running);
    let footing = fonts.settable(Style::Regular, &minutes.footing);
    Ok(pages.finish(fonts, &running, &footing))
}

fn lay_section(pages: &mut Pages, fonts: &Fonts, section: &Section) -> Result<(), PrintError> {
    if !section.heading.is_empty() {
        let lines = wrap::lines(fonts, HEADING, MEASURE, &section.heading);
        pages.skip(18.0);
        let first = section.blocks.first().map_or(0.0, least_height);
        pages.need(height(HEADING, lines.len()) + first)?;
        put(pages, HEADING, LEFT, false, &lines)?;
        pages.y += 3.0;
    }
    for (index, block) in section.blocks.iter().enumerate() {
        let next = section.blocks.get(index + 1);
        lay_block(pages, fonts, block, next)?;
    }
    Ok(())
}

/// What must fit below a heading, so that it does not stand alone at the foot of a page.
fn least_height(block: &Block) -> f32 {
    match &block.content {
        Content::Signatures(lines) => table::rows_of_two(lines.len()) * SIGNATURE_HEIGHT + 60.0,
        Content::Heading(_) => 80.0,
        Content::Table(_) | Content::Facts(_) => 60.0,
        Content::Paragraph(_) | Content::Finding(_) | Content::Wording(_) | Content::Note(_) => 34.0,
    }
}

fn lay_block(pages: &mut Pages, fonts: &Fonts, block: &Block, next: Option<&Block>) -> Result<(), PrintError> {
    match &block.content {
        Content::Heading(text) => {
            pages.skip(8.0);
            pages.need(SUBHEADING.leading + next.map_or(0.0, least_height))?;
            paragraph(pages, fonts, SUBHEADING, LEFT, MEASURE, text)?;
            pages.y += 1.0;
        }
        Content::Paragraph(text) => {
            paragraph(pages, fonts, BODY, LEFT, MEASURE, text)?;
            pages.y += 4.0;
        }
        Content::Finding(text) => {
            pages.skip(2.0);
            paragraph(pages, fonts, FINDING, LEFT, MEASURE, text)?;
            pages.y += 6.0;
        }
        Content::Note(text) => {
            pages.skip(2.0);
            paragraph(pages, fonts, NOTE, LEFT, MEASURE, text)?;
            pages.y += 4.0;
        }
        Content::Wording(text) => {
            let lines = wrap::lines(fonts, BODY, MEASURE - INDENT, text);
            for line in &lines {
                pages.need(BODY.leading)?;
                pages.bar(LEFT + 3.0, BODY.leading);
                pages.text(LEFT + INDENT, BODY, false, line);
                pages.y += BODY.leading;
            }
            pages.y += 5.0;
        }
        Content::Facts(facts) => table::facts(pages, fonts, facts)?,
        Content::Table(content) => table::table(pages, fonts, content)?,
        Content::Signatures(lines) => signatures(pages, fonts, lines)?,
    }
    Ok(())
}

fn height(set: Type, lines: usize) -> f32 {
    set.leading * lines as f32
}

fn paragraph(pages: &mut Pages, fonts: &Fonts, set: Type, x: f32, width: f32, text: &str) -> Result<(), PrintError> {
    let lines = wrap::lines(fonts, set, width, text);
    // Two lines stay together, at the beginning and at the end.
    if lines.len() > 1 && lines.len() <= 3 {
        pages.need(height(set, lines.len()))?;
    }
    put(pages, set, x, false, &lines)
}

/// Lines one below the other, over the end of the page where need be.
fn put(pages: &mut Pages, set: Type, x: f32, grey: bool, lines: &[String]) -> Result<(), PrintError> {
    for line in lines {
        pages.need(set.leading)?;
        pages.text(x, set, grey, line);
        pages.y += set.leading;
    }
    Ok(())
}

const SIGNATURE_HEIGHT: f32 = 84.0;

/// Two lines to sign on beside each other, with room for a hand above them.
fn signatures(pages: &mut Pages, fonts: &Fonts, lines: &[SignatureLine]) -> Result<(), PrintError> {
    let gap = 36.0;
    let width = (MEASURE - gap) / 2.0;
    for pair in lines.chunks(2) {
        pages.need(SIGNATURE_HEIGHT)?;
        let top = pages.y;
        let mut lowest = top;
        for (column, line) in pair.iter().enumerate() {
            let x = if column == 0 { LEFT } else { LEFT + width + gap };
            pages.y = top + 40.0;
            pages.rule(x, x + width, 0.6, false);
            pages.y += 3.0;
            if let Some(name) = &line.name {
                put(pages, BODY, x, false, &wrap::lines(fonts, BODY, width, name))?;
            }
            put(pages, NOTE, x, false, &wrap::lines(fonts, NOTE, width, &line.role))?;
            lowest = lowest.max(pages.y);
        }
        pages.y = lowest.max(top + SIGNATURE_HEIGHT - 12.0);
    }
    pages.y += 12.0;
    Ok(())
}
