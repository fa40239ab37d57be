//! The cells of a row: what both sides say, and whether a difference has a reason.

use super::agenda::{Point, meaning};
use super::compare::{Pair, Verdict};
use super::ours::{Ours, Standing};
use super::reason::Reason;
use super::roll::present_at;
use super::run::{cut, described, is_last};
use crate::app::ports::official::{OfficialStatus, OfficialVote};

/// Printed where a text gives no wording.
const NO_WORDING: &str = "(kein Wortlaut)";

pub fn pair(official: String, ours: String) -> Pair {
    let verdict = if official == ours { Verdict::Same } else { Verdict::Different };
    Pair { official, ours, verdict }
}

pub fn list(parts: &[String]) -> String {
    if parts.is_empty() { "–".to_owned() } else { parts.join("; ") }
}

/// Our title is the agenda's; where the minutes have another, both stand there.
pub fn title(point: &Point<'_>, ours: &Ours, reasons: &mut Vec<Reason>) -> Pair {
    if !point.entry.public {
        return pair(point.title.clone(), point.title.clone());
    }
    let official = point.official.map_or(point.title.as_str(), |(_, item)| item.title.as_str());
    let mut cell = pair(flat(official), flat(&ours.title));
    if cell.verdict == Verdict::Different && cell.ours == flat(&point.title) {
        reasons.push(Reason::TitleOtherwise(cell.official.clone()));
        cell.verdict = Verdict::Explained;
    }
    cell
}

/// The official side's word for it.
pub fn standing(status: OfficialStatus, votes: &[OfficialVote]) -> Standing {
    match status {
        OfficialStatus::Voted => match votes.last() {
            // Adopted was that it is referred, not the matter itself.
            Some(OfficialVote { instead: Some(instead), adopted: true, .. }) => standing(*instead, &[]),
            // Rejected was that it is referred, and nothing was decided on it.
            Some(OfficialVote { instead: Some(_), .. }) => Standing::WithoutVote,
            Some(vote) => voted(vote),
            None => Standing::Unknown,
        },
        OfficialStatus::Noted => Standing::Noted,
        OfficialStatus::Referred => Standing::Referred,
        OfficialStatus::Postponed => Standing::Postponed,
        OfficialStatus::Removed => Standing::Removed,
        OfficialStatus::Withdrawn => Standing::Withdrawn,
        OfficialStatus::Moot => Standing::Moot,
        OfficialStatus::WithoutVote => Standing::WithoutVote,
        OfficialStatus::Unknown => Standing::Unknown,
    }
}

const fn voted(vote: &OfficialVote) -> Standing {
    if vote.adopted { Standing::Adopted { unanimous: vote.unanimous } } else { Standing::Rejected }
}

pub fn status(point: &Point<'_>, ours: &Ours, reasons: &mut Vec<Reason>) -> Pair {
    let our = ours.standing.unwrap_or(Standing::Unknown);
    let Some((_, item)) = point.official else {
        let said = point.said.unwrap_or(Standing::Unknown.word()).to_owned();
        let reason = point.skipped.clone().unwrap_or(Reason::OnlyAgenda);
        let meant = point.said.map(meaning);
        let expected = match (&point.skipped, meant) {
            (Some(Reason::NonPublic), _) => our == Standing::NonPublic,
            (Some(_), _) => our == Standing::NotCalled,
            (None, Some(OfficialStatus::Voted | OfficialStatus::Unknown)) => our == Standing::WithoutVote,
            (None, Some(status)) => our == standing(status, &[]),
            (None, None) => false,
        };
        if meant == Some(OfficialStatus::Voted) {
            reasons.push(Reason::NoCounts);
        }
        reasons.push(reason);
        let verdict = if expected { Verdict::Explained } else { Verdict::Different };
        return Pair { official: said, ours: our.word().to_owned(), verdict };
    };
    let official = standing(item.status, &item.votes);
    let last = item.votes.last();
    let mut cell = pair(official.word().to_owned(), our.word().to_owned());
    if cell.verdict == Verdict::Same {
        return cell;
    }
    let no_counts = !item.votes.is_empty() && item.votes.iter().all(|vote| vote.counts.is_none());
    if (no_counts && our == Standing::WithoutVote) || last.is_some_and(|vote| vote.counts.is_none() && !no_counts) {
        // The result's cell names the reason.
        cell.verdict = Verdict::Explained;
    } else if unanimous_with_abstentions(last, our) {
        reasons.push(Reason::UnanimousWithAbstentions);
        cell.verdict = Verdict::Explained;
    } else if item.status == OfficialStatus::Unknown && our == Standing::WithoutVote {
        reasons.push(Reason::NothingKnown);
        cell.verdict = Verdict::Explained;
    } else if last.is_some_and(|vote| silent(point, vote).is_some() && vote.unanimous && vote.adopted)
        && our == (Standing::Adopted { unanimous: false })
    {
        // Ours is not unanimous because somebody gave no vote; the result's cell says how many.
        cell.verdict = Verdict::Explained;
    }
    cell
}

fn unanimous_with_abstentions(vote: Option<&OfficialVote>, ours: Standing) -> bool {
    let counts = vote.filter(|vote| vote.unanimous && vote.adopted).and_then(|vote| vote.counts);
    counts.is_some_and(|counts| counts.no == 0 && counts.abstain > 0)
        && ours == (Standing::Adopted { unanimous: false })
}

/// Present members of whom the text counts no vote.
fn silent(point: &Point<'_>, vote: &OfficialVote) -> Option<u32> {
    let (text, _) = point.official?;
    let recused = u32::try_from(text.recused.len()).unwrap_or(u32::MAX);
    let entitled = present_at(text, vote)?.saturating_sub(recused);
    entitled.checked_sub(vote.counts?.sum()).filter(|silent| *silent > 0)
}

pub fn result(point: &Point<'_>, ours: &Ours, reasons: &mut Vec<Reason>) -> Pair {
    let our: Vec<String> = ours
        .votes
        .iter()
        .map(|vote| {
            let [yes, no, abstain, none] = &vote.counts;
            let none = if none == "0" { String::new() } else { format!(" ({none} ohne Stimme)") };
            format!("{yes}:{no}:{abstain}{none} {}", vote.standing.word())
        })
        .collect();
    let mut missing = false;
    let mut official = Vec::new();
    let votes = point.official.map_or(&[] as &[OfficialVote], |(_, item)| &item.votes);
    for (place, vote) in votes.iter().enumerate() {
        let Some(counts) = vote.counts else {
            missing = true;
            official.push(format!("ohne Zahlen {}", voted(vote).word()));
            continue;
        };
        let silent = silent(point, vote);
        if let Some(silent) = silent {
            reasons.push(Reason::Silent(silent));
        }
        // Where a difference in the word is already explained, the figures are compared under our word.
        let our = ours.votes.get(place).map(|vote| vote.standing);
        let explained = our.is_some_and(|our| unanimous_with_abstentions(Some(vote), our))
            || (silent.is_some() && vote.unanimous && our == Some(Standing::Adopted { unanimous: false }));
        let standing = our.filter(|_| explained).unwrap_or_else(|| voted(vote));
        let none = silent.map_or_else(String::new, |silent| format!(" ({silent} ohne Stimme)"));
        official.push(format!("{}:{}:{}{none} {}", counts.yes, counts.no, counts.abstain, standing.word()));
    }
    let mut cell = pair(list(&official), list(&our));
    if missing {
        reasons.push(Reason::NoCounts);
        let counted: Vec<String> = official.into_iter().filter(|line| !line.starts_with("ohne Zahlen")).collect();
        if list(&counted) == cell.ours {
            cell.verdict = Verdict::Explained;
        }
    }
    cell
}

pub fn wording(point: &Point<'_>, ours: &Ours, reasons: &mut Vec<Reason>) -> Pair {
    let our: Vec<String> = ours.wordings.iter().map(|wording| flat(wording)).collect();
    let Some((text, item)) = point.official else { return pair(list(&[]), list(&our)) };
    let leads = text.items.first().is_some_and(|first| first.number == item.number);
    let shares = text.items.iter().all(|item| item.votes.is_empty());
    let whole = text.wording.as_deref().filter(|_| leads || shares);
    if whole.is_some_and(|whole| cut(whole).len() < whole.len()) {
        reasons.push(Reason::WordingCut);
        return Pair { official: flat(whole.unwrap_or_default()), ours: list(&our), verdict: Verdict::Explained };
    }
    let counted: Vec<&OfficialVote> = item.votes.iter().filter(|vote| vote.counts.is_some()).collect();
    if item.votes.is_empty() || counted.is_empty() {
        let official: Vec<String> = whole.map(flat).into_iter().collect();
        let mut cell = pair(list(&official), list(&our));
        if !item.votes.is_empty() {
            cell.verdict = if our.is_empty() { Verdict::Explained } else { Verdict::Different };
        }
        return cell;
    }
    let mut official = Vec::new();
    let mut without = false;
    for vote in &counted {
        let given = whole.filter(|_| leads && is_last(item, vote)).map(flat);
        without |= given.is_none();
        official.push(given.unwrap_or_else(|| flat(&described(item, vote))));
    }
    let mut cell = pair(list(&official), list(&our));
    if without {
        reasons.push(Reason::NoWording);
        if cell.verdict == Verdict::Same {
            cell.verdict = Verdict::Explained;
        }
        let matter = item.votes.last().is_some_and(|vote| vote.counts.is_some());
        let known = whole.filter(|_| leads && matter).map(flat);
        let shown: Vec<String> = std::iter::once(NO_WORDING.to_owned()).chain(known).collect();
        cell.official = list(&shown);
    }
    cell
}

/// Whitespace is no difference.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn recused(point: &Point<'_>, ours: &Ours) -> Pair {
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        list(&names)
    };
    pair(sorted(point.official.map_or(&[] as &[String], |(text, _)| &text.recused)), sorted(&ours.recused))
}

pub fn present(point: &Point<'_>, ours: &Ours) -> Pair {
    let our: Vec<String> = ours.votes.iter().map(|vote| vote.present.clone()).collect();
    let official: Vec<String> = point
        .official
        .into_iter()
        .flat_map(|(text, item)| item.votes.iter().filter(|vote| vote.counts.is_some()).map(move |vote| (text, vote)))
        .filter_map(|(text, vote)| present_at(text, vote))
        .map(|number| number.to_string())
        .collect();
    pair(list(&official), list(&our))
}
