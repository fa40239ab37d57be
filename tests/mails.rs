//! Every mail we send, word for word as it leaves: headers, plain text, HTML, calendar. A changed word is a changed
//! snapshot, seen by whoever reads the change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says what is wrong by failing"
)]

use ratssaal::adapters::mail::Letters;
use ratssaal::app::ports::mail::{
    CirculationKind, CirculationMail, EnrolmentMail, HeadMail, Mailer as _, SummonsItem, SummonsKind, SummonsMail,
};
use ratssaal::domain::time::Instant;
use std::path::PathBuf;

/// 24 November 2026, 19:00 in Berlin.
const STARTS: Instant = Instant(1_795_543_200_000);
/// 16 November 2026, 09:02 in Berlin.
const NOW: Instant = Instant(1_794_816_120_000);

const TO: (&str, &str) = ("Änne Muster-Beispiel", "aenne.muster@example.org");
const TOWN: &str = "Musterstadt am Hang";

/// A folder that goes with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("ratssaal-mails-{}-{name}", std::process::id())))
    }

    fn letters(&self) -> Letters {
        Letters::folder(&self.0, "Ratssaal Musterstadt <ratssaal@example.org>").unwrap()
    }

    /// The one letter that was written, made readable.
    fn letter(&self) -> String {
        let files: Vec<PathBuf> = std::fs::read_dir(&self.0).unwrap().flatten().map(|entry| entry.path()).collect();
        let [file] = files.as_slice() else { panic!("one letter, not {files:?}") };
        readable(&std::fs::read_to_string(file).unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|byte| LETTERS.iter().position(|letter| *letter == byte));
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in digits {
        (bits, count) = ((bits << 6) | u32::try_from(digit).unwrap(), count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap());
        }
    }
    bytes
}

/// Quoted-printable (RFC 2045, 6.7); with `_` for a blank in a header (RFC 2047, 4.2).
fn quoted(text: &str, header: bool) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'=', [one, two, tail @ ..]) => {
                let digits = String::from_utf8(vec![*one, *two]).unwrap();
                bytes.push(u8::from_str_radix(&digits, 16).unwrap());
                rest = tail;
            }
            (b'_', _) if header => bytes.push(b' '),
            (byte, _) => bytes.push(*byte),
        }
    }
    bytes
}

/// A header's encoded words (RFC 2047), decoded.
fn words(line: &str) -> String {
    let mut pieces = line.split("=?utf-8?");
    let mut text = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (way, rest) = piece.split_once('?').unwrap();
        let (word, after) = rest.split_once("?=").unwrap();
        let bytes = if way.eq_ignore_ascii_case("b") { base64(word) } else { quoted(word, true) };
        text = text.trim_end_matches(' ').to_owned() + if text.ends_with(": ") { " " } else { "" };
        text += &String::from_utf8(bytes).unwrap();
        text += after;
    }
    text
}

/// A letter as its reader's program understands it; what differs with every letter is left out.
fn readable(letter: &str) -> String {
    let mut text = letter.to_owned();
    let boundaries = letter.split("boundary=\"").skip(1).filter_map(|rest| rest.split('"').next());
    for (number, boundary) in (1..).zip(boundaries) {
        text = text.replace(boundary, &format!("Grenze-{number}"));
    }
    let mut parts = text.split("\r\n--Grenze-");
    let mut out = part(parts.next().unwrap());
    for piece in parts {
        let (boundary, piece) = piece.split_once("\r\n").unwrap_or((piece, ""));
        out += &format!("\n--Grenze-{boundary}\n{}", part(piece));
    }
    out
}

/// One part: its headers unfolded, its body decoded.
fn part(text: &str) -> String {
    let (headers, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let headers = headers.replace("\r\n ", " ");
    let mut out = String::new();
    for line in headers.split("\r\n") {
        out += match line.split_once(": ") {
            Some(("Date", _)) => "Date: …".to_owned(),
            Some(("Message-ID", _)) => "Message-ID: <…@example.org>".to_owned(),
            _ => words(line),
        }
        .trim_end();
        out.push('\n');
    }
    let bytes = if headers.contains("Encoding: base64") {
        base64(body)
    } else if headers.contains("Encoding: quoted-printable") {
        quoted(body, false)
    } else {
        body.as_bytes().to_vec()
    };
    let body = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
    if body.trim().is_empty() { out } else { format!("{out}\n{}\n", body.trim_end()) }
}

fn summons(kind: SummonsKind) -> SummonsMail {
    let item = |number: &str, title: &str, public| SummonsItem { number: number.into(), title: title.into(), public };
    SummonsMail {
        kind,
        to_name: TO.0.into(),
        to_address: TO.1.into(),
        municipality: TOWN.into(),
        body_name: "Gemeinderat".into(),
        title: "7. Sitzung".into(),
        starts_at: STARTS,
        place: "Großer Saal, Rathaus".into(),
        format: "hybrid: im Sitzungsraum, Mitglieder können zugeschaltet sein".into(),
        format_norm: "§ 37a Abs. 1 GemO".into(),
        format_notes: vec!["Begründung: Zwei Mitglieder sind verreist.".into()],
        remote: true,
        notice: "Die Ladungsfrist von 7 Tagen ist gewahrt (§ 34 Abs. 1 Satz 1 GemO).".into(),
        agenda: vec![
            item("1", "Erweiterung des Kindergartens am Mühlbach", true),
            item("1.1", "Kosten & „Förderung“ <Anlage 2>", true),
            item("2", "Nichtöffentlicher Punkt", false),
        ],
        change: match kind {
            SummonsKind::Invitation => String::new(),
            SummonsKind::Update => "Der Saal ist vorher belegt.".into(),
            SummonsKind::Cancellation => "Die Vorsitzende ist erkrankt.".into(),
        },
        link: "https://rat.example.org/sitzung/gr-2026-07/teilnahme".into(),
        signed: "Frieda Musterberg".into(),
        uid: "gr-2026-07@rat.example.org".into(),
        sequence: match kind {
            SummonsKind::Invitation => 0,
            SummonsKind::Update => 1,
            SummonsKind::Cancellation => 2,
        },
        now: NOW,
    }
}

#[tokio::test]
async fn the_enrolment() {
    let folder = Folder::new("enrolment");
    let mail = EnrolmentMail {
        to_name: TO.0.into(),
        to_address: TO.1.into(),
        municipality: TOWN.into(),
        link: "https://rat.example.org/einladung/0123456789abcdef0123456789abcdef".into(),
        valid_minutes: 30,
    };
    folder.letters().enrolment(mail).await.unwrap();
    insta::assert_snapshot!("enrolment", folder.letter());
}

#[tokio::test]
async fn the_head_of_a_closed_meeting() {
    let folder = Folder::new("head");
    let mail = HeadMail {
        to_name: TO.0.into(),
        to_address: TO.1.into(),
        municipality: TOWN.into(),
        title: "7. Sitzung".into(),
        number: 118,
        digest: "0a".repeat(32).parse().unwrap(),
    };
    folder.letters().head(mail).await.unwrap();
    insta::assert_snapshot!("head", folder.letter());
}

#[tokio::test]
async fn the_summons_its_change_and_its_cancelling() {
    for (name, kind) in [
        ("summons", SummonsKind::Invitation),
        ("summons_changed", SummonsKind::Update),
        ("summons_cancelled", SummonsKind::Cancellation),
    ] {
        let folder = Folder::new(name);
        folder.letters().summons(summons(kind)).await.unwrap();
        insta::assert_snapshot!(name, folder.letter());
    }
}

#[tokio::test]
async fn a_matter_sent_round_from_the_question_to_the_result() {
    for (name, kind) in [
        ("circulation", CirculationKind::Asked),
        ("circulation_objected", CirculationKind::Objected),
        ("circulation_found", CirculationKind::Found),
        ("circulation_ended", CirculationKind::Ended),
    ] {
        let folder = Folder::new(name);
        let mail = CirculationMail {
            kind,
            to_name: TO.0.into(),
            to_address: TO.1.into(),
            municipality: TOWN.into(),
            body_name: "Gemeinderat".into(),
            last_day: "01.12.2026".into(),
            norm: "§ 37 Abs. 1 Satz 2 GemO".into(),
            link: "https://rat.example.org/umlauf/umlauf-0a1b2c3d4e5f".into(),
            signed: "Frieda Musterberg".into(),
        };
        folder.letters().circulation(mail).await.unwrap();
        insta::assert_snapshot!(name, folder.letter());
    }
}

#[test]
fn no_kind_of_mail_is_without_its_snapshot() {
    let templates = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/mail")).unwrap().flatten();
    let kinds: Vec<String> = templates.map(|entry| entry.file_name().into_string().unwrap()).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    assert!(!kinds.is_empty());
    for kind in kinds {
        let snapshot = format!("{folder}/mails__{kind}.snap");
        assert!(std::path::Path::new(&snapshot).exists(), "the mail {kind} has no snapshot {snapshot}");
    }
}
