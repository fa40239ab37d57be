//! Pages of A4 that fill from top to bottom. Lengths are points, `y` grows downwards from the upper edge.

use super::fonts::{Fonts, Style};
use super::wrap::Type;
use crate::app::ports::minutes::PrintError;

pub const WIDTH: f32 = 595.276;
pub const HEIGHT: f32 = 841.89;
pub const LEFT: f32 = 70.87;
pub const RIGHT: f32 = WIDTH - 56.69;
/// Width of the text.
pub const MEASURE: f32 = RIGHT - LEFT;
const TOP_FIRST: f32 = 64.0;
const TOP: f32 = 84.0;
const BOTTOM: f32 = HEIGHT - 76.0;

/// Pages a document may have.
pub const PAGES_MAX: usize = 10_000;

/// What stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Text { x: f32, y: f32, style: Style, size: f32, grey: bool, text: String },
    Rule { x: f32, y: f32, to_x: f32, to_y: f32, thickness: f32, grey: bool },
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pub marks: Vec<Mark>,
}

/// Pages being filled.
#[derive(Debug)]
pub struct Pages {
    done: Vec<Page>,
    current: Page,
    /// Where the next thing begins.
    pub y: f32,
}

impl Pages {
    pub fn new() -> Self {
        Self { done: Vec::new(), current: Page::default(), y: TOP_FIRST }
    }

    /// Nothing stands on this page yet.
    pub fn is_fresh(&self) -> bool {
        self.current.marks.is_empty()
    }

    pub fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Height of a whole page's text.
    pub const fn whole() -> f32 {
        BOTTOM - TOP
    }

    /// Space between two things; none at the top of a page.
    pub fn skip(&mut self, space: f32) {
        if !self.is_fresh() {
            self.y += space;
        }
    }

    /// Goes to a new page unless `height` fits here or nowhere.
    pub fn need(&mut self, height: f32) -> Result<bool, PrintError> {
        if height <= self.room() || self.is_fresh() {
            return Ok(false);
        }
        self.turn()?;
        Ok(true)
    }

    pub fn turn(&mut self) -> Result<(), PrintError> {
        if self.done.len() >= PAGES_MAX {
            return Err(PrintError::TooLong(PAGES_MAX));
        }
        self.done.push(std::mem::take(&mut self.current));
        self.y = TOP;
        Ok(())
    }

    /// A line of text with its upper edge at `self.y`; does not move on.
    pub fn text(&mut self, x: f32, set: Type, grey: bool, text: &str) {
        let y = self.y + (set.leading - set.size) / 2.0 + set.size * 0.86;
        let (style, size) = (set.style, set.size);
        self.current.marks.push(Mark::Text { x, y, style, size, grey, text: text.to_owned() });
    }

    /// A horizontal rule at `self.y`.
    pub fn rule(&mut self, x: f32, to_x: f32, thickness: f32, grey: bool) {
        let y = self.y;
        self.current.marks.push(Mark::Rule { x, y, to_x, to_y: y, thickness, grey });
    }

    /// A vertical bar down from `self.y`.
    pub fn bar(&mut self, x: f32, height: f32) {
        let y = self.y;
        self.current.marks.push(Mark::Rule { x, y, to_x: x, to_y: y + height, thickness: 1.5, grey: true });
    }

    /// All pages, with head and foot.
    pub fn finish(mut self, fonts: &Fonts, running: &str, footing: &str) -> Vec<Page> {
        self.done.push(self.current);
        let count = self.done.len();
        for (index, page) in self.done.iter_mut().enumerate() {
            let number = format!("Seite {} von {count}", index + 1);
            if index > 0 {
                small(fonts, page, 50.0, running, "Niederschrift");
                page.marks.push(edge(58.0));
            }
            page.marks.push(edge(HEIGHT - 58.0));
            small(fonts, page, HEIGHT - 44.0, footing, &number);
        }
        self.done
    }
}

const SMALL: f32 = 8.0;

fn small(fonts: &Fonts, page: &mut Page, y: f32, left: &str, right: &str) {
    let right_width = fonts.width(Style::Regular, SMALL, right);
    let left = shortened(fonts, left, MEASURE - right_width - 20.0);
    let at = |x: f32, text: String| Mark::Text { x, y, style: Style::Regular, size: SMALL, grey: true, text };
    page.marks.push(at(LEFT, left));
    page.marks.push(at(RIGHT - right_width, right.to_owned()));
}

/// A line that must fit, cut with an ellipsis where it does not.
fn shortened(fonts: &Fonts, text: &str, width: f32) -> String {
    if fonts.width(Style::Regular, SMALL, text) <= width {
        return text.to_owned();
    }
    let mut used = fonts.width_of(Style::Regular, SMALL, '…');
    let fits = |character: &char| {
        used += fonts.width_of(Style::Regular, SMALL, *character);
        used <= width
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

const fn edge(y: f32) -> Mark {
    Mark::Rule { x: LEFT, y, to_x: RIGHT, to_y: y, thickness: 0.4, grey: true }
}
