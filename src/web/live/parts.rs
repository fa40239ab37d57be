//! What a page is told: the parts that changed since it was last told, the sentence for those who do not see, the state
//! of the tiles.

use crate::app::ports::chance::{Entropy, fresh_id};
use crate::app::sitting::Snapshot;
use crate::domain::meeting::Phase;
use crate::web::show::{self, Beside, ChamberWay, Screen, Viewer};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Stands where a fresh command id goes, so that a part that differs in nothing else is not sent again.
const FRESH: &str = "neue-kennung";

/// What one page has been told.
pub struct Told {
    screen: Screen,
    parts: BTreeMap<&'static str, String>,
    tiles: BTreeMap<String, (&'static str, String)>,
    height: Option<u64>,
    seq: u64,
    /// The way the chamber that stands on the page takes part.
    chamber: Option<ChamberWay>,
    /// It was told that the meeting is over.
    over: bool,
}

impl Told {
    pub const fn nothing(screen: Screen) -> Self {
        Self {
            screen,
            parts: BTreeMap::new(),
            tiles: BTreeMap::new(),
            height: None,
            seq: 0,
            chamber: None,
            over: false,
        }
    }

    /// The next message; `None` if this page would see no difference. The first one is whole.
    pub fn next(
        &mut self,
        snapshot: &Snapshot,
        beside: Beside<'_>,
        viewer: &Viewer,
        entropy: &dyn Entropy,
    ) -> Option<String> {
        let first = self.height.is_none();
        let ids = &mut || FRESH.to_owned();
        let mut rendered = show::parts(self.screen, snapshot, beside, viewer, ids);
        rendered.append(&mut show::room_parts(self.screen, snapshot, beside, viewer, ids));
        let mut parts = Map::new();
        for (name, html) in rendered {
            if self.parts.get(name) != Some(&html) {
                parts.insert(name.to_owned(), Value::String(with_fresh_ids(&html, entropy)));
                self.parts.insert(name, html);
            }
        }
        let mut seats = Vec::new();
        for (seat, sense, word) in show::tiles(snapshot) {
            let state = (sense.wire(), word);
            if self.tiles.get(&seat) != Some(&state) {
                seats.push(json!({"seat": seat, "sense": state.0, "word": state.1}));
                self.tiles.insert(seat, state);
            }
        }
        let say = self.height.and_then(|height| show::say(snapshot, height));
        self.height = Some(snapshot.meeting.height);
        let chamber = show::chamber(self.screen, snapshot, viewer, ids).filter(|(way, _)| self.chamber != Some(*way));
        let over = !self.over && matches!(snapshot.meeting.phase, Phase::Closed(_));
        if parts.is_empty() && seats.is_empty() && say.is_none() && chamber.is_none() && !over && !first {
            return None;
        }
        self.seq += 1;
        let mut message = json!({"seq": self.seq, "parts": parts, "seats": seats});
        if first {
            message["snapshot"] = Value::Bool(true);
        }
        if let Some(say) = say {
            message["say"] = Value::String(say);
        }
        if let Some((way, chamber)) = chamber {
            // What a page was rendered with stands there already; the first message repeats it for one that joined late.
            self.chamber = Some(way);
            message["chamber"] = json!({"way": way.wire(), "html": with_fresh_ids(&chamber, entropy)});
        }
        if over {
            self.over = true;
            message["over"] = Value::Bool(true);
        }
        Some(message.to_string())
    }
}

impl Told {
    /// Everything told so far, in one message of the last number: for a page that joins those who were told it. Only for
    /// screens without forms and without a chamber.
    pub fn whole(&self) -> String {
        let seats: Vec<Value> = self
            .tiles
            .iter()
            .map(|(seat, (sense, word))| json!({"seat": seat, "sense": sense, "word": word}))
            .collect();
        json!({"seq": self.seq, "snapshot": true, "parts": self.parts, "seats": seats, "over": self.over}).to_string()
    }
}

fn with_fresh_ids(html: &str, entropy: &dyn Entropy) -> String {
    let mut pieces = html.split(FRESH);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push_str(&fresh_id(entropy, "k"));
        text.push_str(piece);
    }
    text
}
