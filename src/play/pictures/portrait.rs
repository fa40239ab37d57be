//! What the picture shows: a friendly figure that sways before the seat's own colour, the seat's number in big block
//! digits, and a ball that bounces along the lower edge, so that everybody sees at once that the picture moves.

use super::{HEIGHT, WIDTH};
use std::f32::consts::TAU;

type Colour = [u8; 3];

const INK: Colour = [38, 42, 51];
const PAPER: Colour = [250, 249, 244];
const SKIN: Colour = [238, 200, 168];
const BALL: Colour = [255, 205, 60];

/// Digits of three by five blocks, one row a number, the highest of three bits on the left.
const DIGITS: [[u8; 5]; 10] = [
    [7, 5, 5, 5, 7],
    [2, 6, 2, 2, 7],
    [7, 1, 7, 4, 7],
    [7, 1, 7, 1, 7],
    [5, 5, 7, 1, 1],
    [7, 4, 7, 1, 7],
    [7, 4, 7, 5, 7],
    [7, 1, 2, 2, 2],
    [7, 5, 7, 5, 7],
    [7, 5, 7, 1, 7],
];
/// Edge of one block of a digit, in pixels.
const BLOCK: usize = 12;

/// Picture `index` of a round of `round`, as RGB bytes row by row. The last leads over to the first.
pub(super) fn draw(seat: u16, index: usize, round: usize) -> Vec<u8> {
    let phase = index as f32 / round as f32;
    let mut canvas = Canvas::filled(background(seat));
    figure(&mut canvas, phase);
    number(&mut canvas, seat);
    ball(&mut canvas, phase);
    canvas.rgb
}

/// The golden angle spreads neighbouring seats over the circle of hues.
fn background(seat: u16) -> Colour {
    let hue = (f32::from(seat) * 137.508) % 360.0 / 60.0;
    let channel = |offset: f32| {
        let distance = ((hue + offset) % 6.0 - 3.0).abs() - 1.0;
        (70.0 + 110.0 * distance.clamp(0.0, 1.0)) as u8
    };
    [channel(0.0), channel(4.0), channel(2.0)]
}

fn figure(canvas: &mut Canvas, phase: f32) {
    let x = 222.0 + 9.0 * (TAU * phase).sin();
    let y = 74.0 + 2.0 * (2.0 * TAU * phase).sin();
    canvas.ellipse((222.0, 186.0), (74.0, 68.0), INK);
    canvas.ellipse((x, y), (36.0, 42.0), SKIN);
    canvas.ellipse((x, y + 14.0), (17.0, 12.0), INK);
    canvas.ellipse((x, y + 9.0), (19.0, 11.0), SKIN);
    let eye = if (0.5..0.55).contains(&phase) { 1.0 } else { 5.0 };
    canvas.ellipse((x - 13.0, y - 6.0), (4.0, eye), INK);
    canvas.ellipse((x + 13.0, y - 6.0), (4.0, eye), INK);
}

fn number(canvas: &mut Canvas, seat: u16) {
    for (place, digit) in seat.to_string().bytes().enumerate() {
        let rows = DIGITS[usize::from(digit - b'0')];
        for (row, bits) in rows.into_iter().enumerate() {
            for column in (0..3).filter(|column| bits >> (2 - column) & 1 == 1) {
                canvas.block(20 + (place * 4 + column) * BLOCK, 24 + row * BLOCK, PAPER);
            }
        }
    }
}

fn ball(canvas: &mut Canvas, phase: f32) {
    let along = 1.0 - (2.0 * phase - 1.0).abs();
    let height = (2.0 * TAU * phase).sin().abs();
    canvas.ellipse((18.0 + along * (WIDTH as f32 - 36.0), 164.0 - 40.0 * height), (12.0, 12.0), BALL);
}

struct Canvas {
    rgb: Vec<u8>,
}

impl Canvas {
    fn filled(colour: Colour) -> Self {
        Self { rgb: colour.repeat(WIDTH * HEIGHT) }
    }

    fn set(&mut self, x: usize, y: usize, colour: Colour) {
        if x < WIDTH && y < HEIGHT {
            let at = (y * WIDTH + x) * 3;
            self.rgb[at..at + 3].copy_from_slice(&colour);
        }
    }

    fn block(&mut self, left: usize, top: usize, colour: Colour) {
        for y in top..top + BLOCK {
            for x in left..left + BLOCK {
                self.set(x, y, colour);
            }
        }
    }

    fn ellipse(&mut self, (cx, cy): (f32, f32), (rx, ry): (f32, f32), colour: Colour) {
        for y in (cy - ry).max(0.0) as usize..=(cy + ry).max(0.0) as usize {
            for x in (cx - rx).max(0.0) as usize..=(cx + rx).max(0.0) as usize {
                let (dx, dy) = ((x as f32 - cx) / rx, (y as f32 - cy) / ry);
                if dx * dx + dy * dy <= 1.0 {
                    self.set(x, y, colour);
                }
            }
        }
    }
}
