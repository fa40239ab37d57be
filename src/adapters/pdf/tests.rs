use super::PdfPrinter;
use super::fonts::{Fonts, Style};
use super::wrap::{self, Type};
use crate::app::ports::minutes::MinutesPrinter;
use crate::domain::minutes::tests::town;
use crate::domain::minutes::{Content, Minutes};
use std::path::PathBuf;
use std::process::{Command, Output};

fn evening() -> Minutes {
    town::evening().minutes()
}

fn print(minutes: &Minutes) -> Vec<u8> {
    PdfPrinter.print(minutes).unwrap()
}

/// A file of its own for this process, removed at the end.
struct Paper(PathBuf);

impl Paper {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("ratssaal-{}-{name}.pdf", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }

    /// What a tool says about the file. Without the tool the test says so and, where tests must be complete, fails.
    fn ask(&self, tool: &str, arguments: &[&str]) -> Option<Output> {
        let path = self.0.to_str().unwrap();
        let filled: Vec<&str> =
            arguments.iter().map(|argument| if *argument == "FILE" { path } else { argument }).collect();
        match Command::new(tool).args(filled).output() {
            Ok(output) => Some(output),
            Err(error) => {
                eprintln!("NOT TESTED: {tool} is missing ({error}); install poppler-utils and qpdf");
                assert!(std::env::var_os("CI").is_none(), "{tool} is missing");
                None
            }
        }
    }

    fn text(&self) -> Option<String> {
        self.ask("pdftotext", &["-layout", "FILE", "-"]).map(|output| String::from_utf8(output.stdout).unwrap())
    }

    fn pages(&self) -> Option<usize> {
        let info = String::from_utf8(self.ask("pdfinfo", &["FILE"])?.stdout).unwrap();
        let line = info.lines().find(|line| line.starts_with("Pages:")).unwrap().to_owned();
        Some(line.trim_start_matches("Pages:").trim().parse().unwrap())
    }
}

impl Drop for Paper {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn the_same_minutes_give_the_same_bytes() {
    let first = print(&evening());
    assert!(first.starts_with(b"%PDF-1.7"));
    assert!(first == print(&evening()), "another call in the same process");
    let mut other = evening();
    other.title_lines.push("Anlage".into());
    assert!(first != print(&other));
}

#[test]
fn another_process_gives_the_same_bytes() {
    let path = std::env::temp_dir().join(format!("ratssaal-{}-other.pdf", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "adapters::pdf::tests::writes_the_evening_to_a_file"])
        .env("RATSSAAL_TEST_PDF", &path)
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stdout));
    let theirs = std::fs::read(&path).unwrap();
    let _ = std::fs::remove_file(&path);
    assert!(print(&evening()) == theirs);
}

#[test]
#[ignore = "the other process of the test above; also handy to look at the pages"]
fn writes_the_evening_to_a_file() {
    let path = std::env::var("RATSSAAL_TEST_PDF").unwrap();
    std::fs::write(path, print(&evening())).unwrap();
}

#[test]
fn the_file_is_sound_and_says_every_name() {
    let paper = Paper::new("sound", &print(&evening()));
    if let Some(check) = paper.ask("qpdf", &["--check", "FILE"]) {
        let said = String::from_utf8_lossy(&check.stdout).into_owned() + &String::from_utf8_lossy(&check.stderr);
        assert!(check.status.success(), "{said}");
    }
    if let Some(text) = paper.text() {
        for name in town::seats(13).iter().map(|seat| seat.name.as_str()) {
            assert!(text.contains(name), "{name} is not in\n{text}");
        }
        assert!(text.contains("Seite 1 von ") && text.contains("Unterschriften") && text.contains("1.234.567,89 €"));
        assert!(!text.contains("Markierung-4711"), "the non-public title");
    }
    if let Some(fonts) = paper.ask("pdffonts", &["FILE"]) {
        let fonts = String::from_utf8(fonts.stdout).unwrap();
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert_eq!(rows.len(), 2, "{fonts}");
        for row in rows {
            let yes = row.split_whitespace().filter(|word| *word == "yes").count();
            assert_eq!(yes, 3, "embedded, subset and mapped to Unicode: {row}");
        }
    }
    if let Some(pages) = paper.pages() {
        assert!((4..=7).contains(&pages), "{pages} pages");
    }
}

#[test]
fn sixty_members_a_hundred_items_and_endless_words_stay_on_the_paper() {
    let minutes = town::long(60, 100).minutes();
    let fonts = Fonts::load().unwrap();
    let pages = super::layout::lay_out(&minutes, &fonts).unwrap();
    for (number, page) in pages.iter().enumerate() {
        for mark in &page.marks {
            if let super::page::Mark::Text { x, y, style, size, text, .. } = mark {
                let end = x + fonts.width(*style, *size, text);
                assert!(end <= super::page::RIGHT + 0.5, "page {number}: „{text}“ ends at {end}");
                assert!(*y > 30.0 && *y < super::page::HEIGHT - 40.0, "page {number}: „{text}“ stands at {y}");
            }
        }
        let body = page.marks.iter().filter(|mark| matches!(mark, super::page::Mark::Text { .. })).count();
        assert!(body > 4, "page {number} is empty");
    }
    let paper = Paper::new("long", &super::print::write(&minutes, &pages, &fonts).unwrap());
    if let Some(counted) = paper.pages() {
        assert_eq!(counted, pages.len());
    }
    if let Some(text) = paper.text() {
        let named = text.lines().filter(|line| line.starts_with("Musterperson Nummer 60 ") && line.contains(" Ja "));
        assert_eq!(named.count(), 100, "by name in each of a hundred ballots");
    }
}

#[test]
fn a_character_no_face_has_is_printed_by_its_number_and_an_arrow_comes_from_the_other_face() {
    let mut minutes = evening();
    let block = minutes.sections[1].blocks.first_mut().unwrap();
    block.content = Content::Finding("Hang → Tal, lachend \u{1f600}".into());
    let paper = Paper::new("arrow", &PdfPrinter.print(&minutes).unwrap());
    if let Some(text) = paper.text() {
        assert!(text.contains("Hang → Tal, lachend [U+1F600]"));
    }
}

#[test]
fn the_latin_letters_of_the_administration_can_all_be_set() {
    let fonts = Fonts::load().unwrap();
    let blocks = [0x20..=0x7e, 0xa0..=0x17f, 0x1e00..=0x1eff, 0x218..=0x21b, 0x1cd..=0x1dc, 0x300..=0x304];
    for code in blocks.into_iter().flatten().chain([0x20ac, 0x201e, 0x201c, 0x2013, 0x2026, 0x2011, 0x202f]) {
        let character = char::from_u32(code).unwrap();
        for style in [Style::Regular, Style::Bold] {
            assert!(!fonts.settable(style, &character.to_string()).contains("U+"), "U+{code:04X}");
        }
    }
}

#[test]
fn lines_break_between_words_after_hyphens_and_in_the_middle_of_endless_words() {
    let fonts = Fonts::load().unwrap();
    let set = Type { style: Style::Regular, size: 10.0, leading: 14.0 };
    let lines = |width: f32, text: &str| wrap::lines(&fonts, set, width, text);
    assert_eq!(lines(400.0, "eins zwei"), ["eins zwei"]);
    assert_eq!(lines(30.0, "eins zwei"), ["eins", "zwei"]);
    assert_eq!(lines(30.0, "eins\u{a0}zw").len(), 2, "no break at a space that does not break, but the line ends");
    assert_eq!(lines(70.0, "Hangkanten-Umweg"), ["Hangkanten-", "Umweg"]);
    assert_eq!(lines(400.0, "a\n\nb"), ["a", "", "b"]);
    assert_eq!(lines(400.0, "Ko\u{308}ln\u{ad}\u{200b}"), ["Köln"], "composed, nothing invisible");
    assert_eq!(lines(75.0, "gilt nach § 37 Abs. 2 ab 19:05 Uhr"), ["gilt nach § 37", "Abs. 2 ab", "19:05 Uhr"]);
    let endless = "W".repeat(100);
    let cut = lines(50.0, &endless);
    assert!(cut.len() > 10 && cut.concat() == endless);
    assert_eq!(lines(1.0, "ab"), ["a", "b"], "narrower than a letter still ends");
}
