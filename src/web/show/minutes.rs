//! The minutes as a page, and what stands in them on the called item.

use super::Viewer;
use super::scene::Scene;
use super::{Ids, frame, when};
use crate::app::papers::Document;
use crate::app::ports::drafts::Draft;
use crate::app::sitting::Snapshot;
use crate::domain::id::MeetingId;
use crate::domain::meeting::{Business, Command, Item, ItemText, Phase};
use crate::domain::minutes::{Content, Deadlines, Minutes, Missing, Part, Section};
use crate::domain::text::Passage;
use crate::domain::time::Instant;
use crate::web::pages::frame::Live;
use crate::web::pages::minutes::{
    Block, Book, CurrentText, DateLine, Inspection, MinutesDesk, MissingPoint, OtherText, Sheet, TextForm,
};

/// The book of the non-public part in an address.
pub const CLOSED_BOOK: &str = "nichtoeffentlich";

/// The page on which a member reads the non-public book.
pub const INSPECTION: &str = "einsicht";

/// Longest text that may be entered, in characters ([`Passage`]).
const CHARS_MAX: usize = 20_000;

/// `/sitzung/{id}/niederschrift`, with the drafts of whoever looks.
#[must_use]
pub fn minutes(
    snapshot: &Snapshot,
    viewer: &Viewer,
    part: Part,
    document: &Document,
    drafts: &[Draft],
    ids: Ids<'_>,
) -> MinutesDesk {
    let scene = Scene::new(snapshot, Some(viewer));
    let mut frame = frame::frame(scene, super::Screen::Clerk);
    frame.title = "Niederschrift".into();
    frame.live = Live::Still;
    for view in &mut frame.views {
        view.current = view.href == address(scene);
    }
    let id = &scene.meeting.id;
    let both = viewer.sees_closed && scene.meeting.items.iter().any(|item| !item.public);
    let one = |which: Part, label: &str| Book { href: book(id, which), label: label.into(), current: part == which };
    let closed = matches!(scene.meeting.phase, Phase::Closed(_));
    MinutesDesk {
        frame,
        title_lines: document.minutes.title_lines.clone(),
        missing: document.missing.iter().map(|missing| point(scene, missing)).collect(),
        dates: dates(&document.deadlines),
        sheets: document.minutes.sections.iter().map(|section| sheet(scene, part, section, drafts, ids)).collect(),
        books: if both {
            vec![one(Part::Public, "Öffentlicher Teil"), one(Part::Closed, "Nichtöffentlicher Teil")]
        } else {
            Vec::new()
        },
        file: (
            match part {
                Part::Public => format!("{}.pdf", address(scene)),
                Part::Closed => format!("{}-nichtoeffentlich.pdf", address(scene)),
            },
            if closed { "Niederschrift mit Siegel (PDF)" } else { "Entwurf (PDF)" }.into(),
        ),
    }
}

/// `/sitzung/{id}/einsicht`: the non-public book for a member.
#[must_use]
pub fn inspection(snapshot: &Snapshot, viewer: &Viewer, minutes: &Minutes) -> Inspection {
    let scene = Scene::new(snapshot, Some(viewer));
    let copies = &scene.rules.minutes_nonpublic_copies;
    let hidden =
        |item: &&Item| !item.public && scene.own_seat().is_some_and(|seat| scene.meeting.is_recused(&item.id, seat));
    let norm = scene.rules.recusal_leaves.norm();
    let withheld = |item: &Item| {
        format!("TOP {}: Sie waren befangen und lesen nicht, was dort verhandelt wurde ({norm}).", item.number)
    };
    let sheet = |section: &Section| Sheet {
        id: section.id.clone(),
        heading: section.heading.clone(),
        blocks: section.blocks.iter().map(|block| self::block(&section.heading, &block.content)).collect(),
        form: None,
    };
    Inspection {
        frame: frame::still(scene, "Niederschrift, nichtöffentlich", INSPECTION),
        title_lines: minutes.title_lines.clone(),
        sheets: minutes.sections.iter().map(sheet).collect(),
        why: if copies.get() {
            format!("Zum Lesen. Eine Abschrift gibt die Schriftführung ({}).", copies.norm())
        } else {
            format!(
                "Nichtöffentliche Niederschriften werden nicht ausgehändigt ({}). Darum gibt es hier keine Datei, und aus dem \
                 Drucker kommt nur dieser Satz.",
                copies.norm()
            )
        },
        withheld: scene.meeting.items.iter().filter(hidden).map(withheld).collect(),
    }
}

/// Where a book of the minutes is read and written.
#[must_use]
pub fn book(meeting: &MeetingId, part: Part) -> String {
    match part {
        Part::Public => format!("/sitzung/{meeting}/niederschrift"),
        Part::Closed => format!("/sitzung/{meeting}/niederschrift?buch={CLOSED_BOOK}"),
    }
}

/// Where the minutes of a meeting are written.
pub fn address(scene: Scene<'_>) -> String {
    format!("/sitzung/{}/niederschrift", scene.meeting.id)
}

fn point(scene: Scene<'_>, missing: &Missing) -> MissingPoint {
    let place = |item| (format!("top-{item}"), format!("zu TOP {}", scene.number(item)));
    MissingPoint {
        sentence: missing.sentence.clone(),
        paragraph: missing.norm.clone().unwrap_or_default(),
        places: missing.items.iter().map(place).collect(),
    }
}

fn dates(deadlines: &Deadlines) -> Vec<DateLine> {
    let line = |what: &str, due: &Option<(crate::domain::time::Date, String)>| {
        due.as_ref().map(|(day, norm)| DateLine {
            what: what.into(),
            until: format!("bis {}", day.german()),
            paragraph: norm.clone(),
        })
    };
    [
        line("Beschlüsse auf der Internetseite der Gemeinde", &deadlines.published),
        line("Niederschrift dem Gremium zur Kenntnis", &deadlines.known),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn sheet(scene: Scene<'_>, part: Part, section: &Section, drafts: &[Draft], ids: Ids<'_>) -> Sheet {
    let item = scene.meeting.items.iter().find(|item| section.id == format!("top-{}", item.id));
    Sheet {
        id: section.id.clone(),
        heading: section.heading.clone(),
        blocks: section.blocks.iter().map(|block| self::block(&section.heading, &block.content)).collect(),
        form: item.filter(|item| part.holds(item)).and_then(|item| form(scene, item, drafts, ids)),
    }
}

fn block(heading: &str, content: &Content) -> Block {
    match content {
        Content::Heading(text) => Block::Heading(text.clone()),
        Content::Paragraph(text) => Block::Paragraph(text.clone()),
        Content::Finding(text) => Block::Finding(text.clone()),
        Content::Wording(text) => Block::Wording(text.clone()),
        Content::Note(text) => Block::Note(text.clone()),
        Content::Facts(facts) => {
            Block::Facts(facts.iter().map(|fact| (fact.label.clone(), fact.value.clone())).collect())
        }
        Content::Table(table) => Block::Table {
            label: format!("Tabelle: {heading}"),
            columns: table.columns.iter().map(|column| column.title.clone()).collect(),
            rows: table.rows.clone(),
        },
        Content::Signatures(lines) => Block::Signatures(
            lines.iter().map(|line| (line.role.clone(), line.name.clone().unwrap_or_default())).collect(),
        ),
    }
}

/// The place to write; only for the clerk. A draft stands before what was entered: it is what she was doing.
fn form(scene: Scene<'_>, item: &Item, drafts: &[Draft], ids: Ids<'_>) -> Option<TextForm> {
    if !scene.viewer.is_some_and(|viewer| viewer.actor.clerk) {
        return None;
    }
    let entered = scene.meeting.texts.get(&item.id);
    let now = entered.map_or(0, |entered| entered.number);
    let draft = drafts.iter().find(|draft| draft.item == item.id);
    let text = draft.map_or_else(|| stands(entered).to_owned(), |draft| draft.text.clone());
    let state = match (draft, entered) {
        (Some(draft), _) => {
            format!("Entwurf gesichert um {}, noch nicht eingetragen.", when::second(draft.saved_at))
        }
        (None, Some(entered)) => format!("{} um {}.", verb(entered), moment(scene, entered.at)),
        (None, None) => "Noch kein Text.".into(),
    };
    let other = draft.filter(|draft| draft.replaces != now).map(|_| OtherText {
        when: entered
            .map_or_else(String::new, |entered| format!("Eintrag {}, {}", entered.number, moment(scene, entered.at))),
        text: stands(entered).to_owned(),
    });
    // Whether a text would be taken at all; what stands in the field is judged when it is sent.
    let probe = Command::WriteItemText { item: item.id.clone(), text: probe(entered), replaces: now };
    let called = scene.meeting.business().and_then(Business::item) == Some(&item.id);
    Some(TextForm {
        to: address(scene),
        item: item.id.to_string(),
        number: item.number.clone(),
        command: ids(),
        replaces: now,
        text,
        state,
        other,
        open: draft.is_some() || called,
        blocked: scene.may(&probe).err().map_or_else(String::new, |refusal| refusal.to_string()),
        entered: entered.is_some_and(|entered| entered.text.is_some()),
        chars_max: CHARS_MAX,
    })
}

fn probe(entered: Option<&ItemText>) -> Option<Passage> {
    match entered {
        Some(ItemText { text: Some(_), .. }) => None,
        Some(ItemText { text: None, .. }) | None => "…".parse().ok(),
    }
}

fn stands(entered: Option<&ItemText>) -> &str {
    entered.and_then(|entered| entered.text.as_ref()).map_or("", Passage::as_str)
}

const fn verb(entered: &ItemText) -> &'static str {
    if entered.text.is_some() { "Eingetragen" } else { "Zurückgenommen" }
}

fn moment(scene: Scene<'_>, at: Instant) -> String {
    format!("{} Uhr", when::stamp(at, scene.meeting.day))
}

/// Part `texts`.
pub fn current(scene: Scene<'_>) -> CurrentText {
    let called = scene.meeting.business().and_then(Business::item).and_then(|item| scene.meeting.item(item));
    let item = called;
    let href = match (&scene.meeting.phase, item) {
        (Phase::Planned | Phase::Convened(_), _) => String::new(),
        (_, Some(item)) => {
            let part = if item.public { Part::Public } else { Part::Closed };
            format!("{}#top-{}", book(&scene.meeting.id, part), item.id)
        }
        (_, None) => address(scene),
    };
    let text = item.map_or("", |item| stands(scene.meeting.texts.get(&item.id)));
    let idle = match (&scene.meeting.phase, item) {
        (Phase::Planned | Phase::Convened(_), _) => "Ab der Eröffnung schreiben Sie hier zu jedem Punkt.",
        (_, Some(_)) => "Zu diesem Punkt ist noch kein Text eingetragen.",
        (Phase::Closed(_), None) => "Texte können Sie auch nach der Sitzung eintragen und berichtigen.",
        (Phase::Sitting { .. } | Phase::Interrupted { .. }, None) => "Gerade ist kein Punkt aufgerufen.",
    };
    CurrentText {
        href,
        item: item.map_or_else(String::new, |item| format!("TOP {}", item.number)),
        text: text.to_owned(),
        idle: idle.into(),
    }
}
