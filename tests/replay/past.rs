//! Meetings with their official texts, led through and asked what came of them.

use super::meeting_kit::Folder;
use ratssaal::adapters::chance::OsEntropy;
use ratssaal::adapters::sign::InstanceKey;
use ratssaal::adapters::{official, oparl};
use ratssaal::app::bundle::bundle;
use ratssaal::app::ports::import::ForeignMeeting;
use ratssaal::app::ports::official::OfficialText;
use ratssaal::app::ports::signer::Signer as _;
use ratssaal::app::replay::{self, Pair, Replayed, Row, Verdict};
use ratssaal::audit::{Outside, Report, verify};
use ratssaal::wire::town_hall_clock;
use std::collections::BTreeSet;
use std::path::Path;

/// A meeting, and the bytes of its texts by file name.
#[derive(Clone)]
pub struct Past {
    pub meeting: ForeignMeeting,
    pub files: Vec<(String, Vec<u8>)>,
    pub seats: Option<usize>,
    pub land: &'static str,
}

impl Past {
    pub fn open(meeting: &Path, texts: &Path) -> Self {
        let mut meetings = oparl::read(&std::fs::read(meeting).unwrap()).unwrap();
        let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(texts)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "txt"))
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap()))
            .collect();
        files.sort();
        Self { meeting: meetings.remove(0), files, seats: None, land: "bw" }
    }

    /// The same with a change in one text.
    pub fn with(&self, file: &str, from: &str, to: &str) -> Self {
        let mut changed = self.clone();
        let (_, bytes) = changed.files.iter_mut().find(|(name, _)| name == file).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(from), "{file} does not say {from}");
        *bytes = text.replace(from, to).into_bytes();
        changed
    }

    pub fn texts(&self) -> Vec<OfficialText> {
        self.files
            .iter()
            .map(|(name, bytes)| official::read(name, bytes).unwrap_or_else(|why| panic!("{name}: {why}")))
            .collect()
    }

    pub fn replay(&self) -> Result<Replayed, String> {
        self.replay_texts(&self.texts())
    }

    pub fn replay_texts(&self, texts: &[OfficialText]) -> Result<Replayed, String> {
        let past = replay::Past {
            meeting: &self.meeting,
            texts,
            municipality: "Erfundenhausen".parse().unwrap(),
            land: self.land,
            seats: self.seats,
            local: &town_hall_clock,
        };
        replay::replay(&past, &OsEntropy::open().unwrap())
    }
}

/// The independent checker's word on the ledger of a run.
pub fn audited(replayed: &Replayed, name: &str) -> Report {
    let folder = Folder::new(name);
    let key = InstanceKey::open_or_create(&folder.0.join("key.pem")).unwrap();
    let heads: Vec<_> = replayed.heads.iter().map(|head| key.sign(head).unwrap()).collect();
    let id = &replayed.meeting.id;
    let evidence = bundle(id, &key.public_key(), &replayed.entries, &heads, &[], &BTreeSet::new()).unwrap();
    verify(evidence.as_bytes(), &Outside::default())
}

/// A row in one line: number, status, result, present, recused, each as „amtlich | hier“ where they differ, and the verdict.
pub fn line(row: &Row) -> String {
    let cell = |pair: &Pair| match pair.official == pair.ours {
        true => pair.ours.clone(),
        false => format!("{} ≠ {}", pair.official, pair.ours),
    };
    let verdict = match row.verdict() {
        Verdict::Same => "gleich",
        Verdict::Explained => "erklärt",
        Verdict::Different => "ABWEICHUNG",
    };
    let cells = [&row.status, &row.result, &row.present, &row.recused].map(cell);
    format!("{} | {} | {verdict}", row.number, cells.join(" | "))
}

pub fn row<'a>(replayed: &'a Replayed, number: &str) -> &'a Row {
    replayed.comparison.rows.iter().find(|row| row.number == number).unwrap_or_else(|| panic!("no row {number}"))
}
