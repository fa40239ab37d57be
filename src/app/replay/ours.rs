//! Our side of the table, read from our minutes and from nothing else: what they do not say, we did not say.
#![expect(clippy::wildcard_enum_match_arm, reason = "each question looks at one kind of block")]

use crate::domain::id::ItemId;
use crate::domain::minutes::{Block, Content, Fact, Minutes};

/// How an item ended, in one word for both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Adopted { unanimous: bool },
    Rejected,
    NoDecision,
    Noted,
    Referred,
    Postponed,
    Removed,
    Withdrawn,
    Moot,
    WithoutVote,
    NotCalled,
    NonPublic,
    Unknown,
}

impl Standing {
    /// The word of the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Adopted { unanimous: true } => "einstimmig angenommen",
            Self::Adopted { unanimous: false } => "angenommen",
            Self::Rejected => "abgelehnt",
            Self::NoDecision => "kein Beschluss",
            Self::Noted => "zur Kenntnis",
            Self::Referred => "verwiesen",
            Self::Postponed => "vertagt",
            Self::Removed => "abgesetzt",
            Self::Withdrawn => "zurückgezogen",
            Self::Moot => "erledigt",
            Self::WithoutVote => "ohne Abstimmung",
            Self::NotCalled => "nicht aufgerufen",
            Self::NonPublic => "nichtöffentlich",
            Self::Unknown => "nicht angegeben",
        }
    }
}

/// One item as our minutes have it.
#[derive(Debug, Default)]
pub struct Ours {
    /// As the heading has it, without the number.
    pub title: String,
    pub standing: Option<Standing>,
    /// Wordings in their order: of every ballot, or of what was settled without one.
    pub wordings: Vec<String>,
    pub votes: Vec<OurVote>,
    /// Names of those who did not take part.
    pub recused: Vec<String>,
}

/// One ballot with a result.
#[derive(Debug)]
pub struct OurVote {
    pub standing: Standing,
    /// Yes, no, abstentions, given none.
    pub counts: [String; 4],
    /// Members present at its closing.
    pub present: String,
}

/// Reads one item.
pub fn read(minutes: &Minutes, item: &ItemId) -> Ours {
    let id = format!("top-{item}");
    let section = minutes.sections.iter().find(|section| section.id == id);
    let blocks: Vec<(&str, &Content)> = section
        .into_iter()
        .flat_map(|section| &section.blocks)
        .filter_map(|Block { id: own, content }| Some((own.strip_prefix(id.as_str())?.strip_prefix('.')?, content)))
        .collect();
    let heading = section.map_or("", |section| section.heading.as_str());
    let title = heading.split_once("  ").map_or("", |(_, title)| title);
    let mut ours = Ours { title: title.to_owned(), ..Ours::default() };
    let (mut present, mut counts) = (String::new(), None);
    for (name, content) in &blocks {
        // Parts of a ballot stand behind its identifier; motions that were not put to the vote ended otherwise.
        let part = match name.split_once('.') {
            Some((owner, _)) if owner.starts_with("antrag-") => continue,
            Some((_, part)) => part,
            None => name,
        };
        match (part, content) {
            ("nichtoeffentlich", _) => ours.standing = Some(Standing::NonPublic),
            ("aufruf", Content::Paragraph(text)) if text.contains("nicht aufgerufen") => {
                ours.standing = Some(Standing::NotCalled);
            }
            ("wortlaut" | "beschluss", Content::Wording(text)) => ours.wordings.push(text.clone()),
            ("angaben", Content::Facts(facts)) => present = at_closing(facts),
            ("zahlen", Content::Table(table)) => {
                counts = table.rows.first().and_then(|row| <[String; 4]>::try_from(row.clone()).ok());
            }
            ("ergebnis", Content::Finding(text)) => {
                if let (Some(standing), Some(counts)) = (result(text), counts.take()) {
                    ours.votes.push(OurVote { standing, counts, present: std::mem::take(&mut present) });
                } else {
                    // Without a result its wording decided nothing.
                    ours.wordings.pop();
                }
            }
            ("ende", Content::Paragraph(text) | Content::Finding(text)) => {
                let voted = ours.votes.last().map(|vote| vote.standing);
                ours.standing = ended(text).or(voted);
            }
            (part, Content::Paragraph(text)) if part.starts_with("befangen-") => {
                ours.recused.extend(text.split(" hat bei diesem Punkt").next().map(str::to_owned));
            }
            _ => {}
        }
    }
    ours
}

/// „Geschlossen: 18:03 Uhr (44 anwesend, …)“
fn at_closing(facts: &[Fact]) -> String {
    let closed = facts.iter().find(|fact| fact.label == "Geschlossen");
    let figures = closed.and_then(|fact| fact.value.split_once('(')).map_or("", |(_, figures)| figures);
    figures.split(" anwesend").next().unwrap_or_default().to_owned()
}

fn result(sentence: &str) -> Option<Standing> {
    if sentence.contains("einstimmig angenommen") {
        Some(Standing::Adopted { unanimous: true })
    } else if sentence.contains("angenommen") {
        Some(Standing::Adopted { unanimous: false })
    } else if sentence.contains("abgelehnt") {
        Some(Standing::Rejected)
    } else if sentence.starts_with("Kein Beschluss") {
        Some(Standing::NoDecision)
    } else {
        None
    }
}

/// How an item ended without its ballots; `None` where they decided it.
fn ended(sentence: &str) -> Option<Standing> {
    [
        ("zur Kenntnis", Standing::Noted),
        ("verwiesen", Standing::Referred),
        ("vertagt", Standing::Postponed),
        ("abgesetzt", Standing::Removed),
        ("zurückgezogen", Standing::Withdrawn),
        ("erledigt", Standing::Moot),
        ("ohne Abstimmung", Standing::WithoutVote),
    ]
    .into_iter()
    .find(|(words, _)| sentence.contains(words))
    .map(|(_, standing)| standing)
}

/// Form of the sitting and the law it stood under, as our minutes name them.
pub fn law(minutes: &Minutes) -> String {
    let facts = minutes.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match &block.content {
        Content::Facts(facts) => Some(facts),
        _ => None,
    });
    let facts: Vec<&Fact> = facts.flatten().collect();
    let fact = |label: &str| facts.iter().find(|fact| fact.label == label).map_or("", |fact| fact.value.as_str());
    format!("{}; Regelwerk {}", fact("Sitzungsform"), fact("Regelwerk"))
}

/// Every interruption as our minutes list it: „17:16 – 17:45“.
pub fn breaks(minutes: &Minutes) -> Vec<String> {
    let tables =
        minutes.sections.iter().filter(|section| section.id == "stoerungen").flat_map(|section| &section.blocks);
    let rows = tables.filter_map(|block| match &block.content {
        Content::Table(table) => Some(&table.rows),
        _ => None,
    });
    let mut found: Vec<String> = Vec::new();
    for row in rows.flatten() {
        let [time, what] = row.as_slice() else { continue };
        let minute: String = time.chars().take(5).collect();
        if what.starts_with("Unterbrechung") {
            found.push(minute);
        } else if what.starts_with("Fortsetzung")
            && let Some(last) = found.last_mut()
        {
            *last = format!("{last} – {minute}");
        }
    }
    found
}
