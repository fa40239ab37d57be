//! Every page and part in every state: rendered, well formed, and looked at in a browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

mod after;
mod before;
mod behaviour;
mod beside;
mod browser;
#[path = "../browser_kit/mod.rs"]
mod browser_kit;
mod circulations;
mod clerks;
mod closed;
mod convening;
mod doors;
mod due;
mod elections;
mod form;
mod house;
mod lead;
mod many;
mod office;
#[path = "../pdf_kit/mod.rs"]
mod pdf_kit;
mod reading;
mod requests;
mod samples;
mod second;
mod speech;
mod technics;
mod town;
mod votes;
mod waiting;

use std::path::Path;

/// Where the rendered pages and the pictures of them go.
const OUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/pages");

fn every_page() -> Vec<samples::Rendered> {
    let mut pages = doors::doors();
    pages.extend(technics::waiting_room());
    pages.extend(samples::rooms());
    pages.extend(elections::pages());
    pages.extend(closed::pages());
    pages.extend(due::pages());
    pages.extend(requests::pages());
    pages.extend(second::pages());
    pages.extend(circulations::pages());
    pages.extend(many::sixty_members());
    pages.extend(after::pages());
    pages.extend(before::before());
    pages.extend(office::pages());
    pages
}

#[test]
fn every_page_is_well_formed() {
    std::fs::create_dir_all(OUT).expect("target can be written");
    let mut wrong = Vec::new();
    for (name, html) in every_page() {
        std::fs::write(Path::new(OUT).join(format!("{name}.html")), &html).expect("target can be written");
        wrong.extend(form::faults_of(&html).into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What people read on a page, a line a block: a changed word is seen in review.
#[test]
fn every_page_reads_as_it_did() {
    for (name, html) in every_page() {
        insta::assert_snapshot!(name, form::words_of(&html));
    }
}

#[test]
fn the_check_of_form_finds_what_it_looks_for() {
    for (html, fault) in [
        ("<!doctype html><p><b></p>", "closed"),
        ("<!doctype html><p id=\"a\"></p><p id=\"a\"></p>", "twice"),
        ("<!doctype html><p aria-describedby=\"b\"></p>", "points to"),
        ("<!doctype html><p style=\"color: red\"></p>", "style"),
        ("<!doctype html><script>1</script>", "inline script"),
        ("<!doctype html><form data-act><button></button></form>", "kennung"),
        ("<!doctype html><input id=\"x\">", "label"),
    ] {
        let found = form::faults_of(html);
        assert!(found.iter().any(|text| text.contains(fault)), "{html}: {found:?}");
    }
}

#[test]
fn a_part_alone_is_the_part_of_the_page() {
    use ratssaal::web::pages::Part;
    fn held<P: Part>(page: &str, part: &P) {
        let alone = part.render().expect("renders");
        let start = format!("data-part=\"{}\"", P::NAME);
        assert!(alone.starts_with("<section ") && alone.trim_end().ends_with("</section>"), "{} has one root", P::NAME);
        assert_eq!(alone.matches("data-part=").count(), 1, "{} is one part", P::NAME);
        assert!(alone.contains(&start) && page.contains(alone.trim()), "{} is in the page as it is alone", P::NAME);
    }
    for state in town::State::ALL {
        use askama::Template;
        let desk = samples::chair(state);
        let page = desk.render().expect("renders");
        held(&page, &desk.figures);
        held(&page, &desk.next);
        held(&page, &desk.faults);
        held(&page, &desk.ballot);
        held(&page, &desk.vote);
        held(&page, &desk.more);
        held(&page, &desk.people);
        held(&page, &desk.agenda);
        held(&page, desk.frame.phase.as_ref().expect("a meeting has a phase"));
        let seat = samples::seat(state);
        let page = seat.render().expect("renders");
        held(&page, &seat.own);
        held(&page, &seat.item);
        held(&page, &seat.room);
        if let Some(chat) = &seat.chat {
            held(&page, chat);
        }
        let clerk = clerks::clerk(state);
        let page = clerk.render().expect("renders");
        held(&page, &clerk.attendance);
        held(&page, &clerk.count);
        held(&page, &clerk.heard);
        held(&page, &clerk.timeline);
        held(&page, &clerk.downloads);
        held(&page, &clerk.texts);
    }
}

#[test]
fn what_people_typed_is_never_markup() {
    use askama::Template;
    let mut desk = samples::chair(town::State::Fault);
    let typed = "<img src=x onerror=alert(1)>\"'&";
    desk.faults.faults[0].what = typed.into();
    desk.next.title = typed.into();
    desk.frame.town = typed.into();
    desk.faults.faults[0].choices[0].fields[0].value = typed.into();
    let page = desk.render().expect("renders");
    assert!(!page.contains("<img src=x") && !page.contains("\"'&"), "escaped everywhere");
    assert_eq!(page.matches("&#60;img src=x").count(), 5, "and shown as typed");
}

#[test]
fn no_template_turns_escaping_off() {
    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("templates are there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                let text = std::fs::read_to_string(&path).expect("a template is text");
                for banned in ["|safe", "| safe", "escape=", "{% filter", "style=", " on"] {
                    let bad = if banned == " on" {
                        text.contains(" onclick") || text.contains(" onload")
                    } else {
                        text.contains(banned)
                    };
                    if bad {
                        found.push(format!("{}: {banned}", path.display()));
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut found);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn vendored_files_are_what_their_list_says() {
    use sha2::{Digest, Sha256};
    for (name, files) in [("kern-2.7.2", 7), ("pdfjs-6.5.438", 6)] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/vendor").join(name);
        let list = std::fs::read_to_string(folder.join("SHA256SUMS")).expect("the list is there");
        for line in list.lines() {
            let (digest, name) = line.split_once("  ").expect("a digest and a name");
            let bytes = std::fs::read(folder.join(name)).expect("a listed file is there");
            let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(found, digest, "{name}");
        }
        assert_eq!(list.lines().count(), files, "nothing else is vendored");
    }
}
