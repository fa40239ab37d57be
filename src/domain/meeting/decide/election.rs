//! Elections (`Wahl`, § 37 (7) GemO BW): secret with papers in the hall, counted by tellers. Who is connected has no vote in
//! them (§ 37a (1) s. 2), therefore the hall alone must be quorate.

mod result;

use super::super::command::Context;
use super::super::election::{Needs, OpenRound};
use super::super::event::{
    ElectionCounted, ElectionKind, ElectionMarked, ElectionMode, ElectionObjected, ElectionOpened, ElectionRound,
    ElectionVoided, Event, LotDrawn, Recusal,
};
use super::super::state::{Business, Meeting, Phase};
use super::presumption::answered_first;
use super::recusal::not_settled;
use super::{
    count, doubt, figures, known_seat, only_chair, only_chair_or_clerk, presence_norm, sitting, unhindered, voice,
};
use crate::domain::id::{BallotId, ItemId, SeatId};
use crate::domain::law::format::MeetingFormat;
use crate::domain::law::{
    DigitalElection, ElectionMode as Default, Matter, RecusalException, RemoteElection, Rules, notice,
};
use crate::domain::quorum::{QuorumFinding, find_quorum, presumed};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Name, Remark};
use std::collections::BTreeSet;

pub use result::{declare, declared};

/// Names on one paper; the longest lists of a council have a handful.
pub const CANDIDATES_MAX: usize = 12;
/// `Stimmenzähler` of a round: two look at the same paper.
pub const TELLERS: usize = 2;

/// An item is an election, or is none after all. At an election to an honorary office nobody is recused
/// (§ 18 (3) s. 2 GemO BW), so recusals entered before end with it.
pub fn mark(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    item: &ItemId,
    kind: Option<ElectionKind>,
) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    match &meeting.phase {
        Phase::Planned | Phase::Convened(_) | Phase::Sitting { .. } => {}
        Phase::Interrupted { .. } => {
            return Err(Refusal::misuse("interrupted", "Die Sitzung ist unterbrochen. Der Vorsitz setzt sie fort."));
        }
        Phase::Closed(_) => return Err(Refusal::misuse("closed", "Die Sitzung ist geschlossen.")),
    }
    let found = not_settled(meeting, item)?;
    // A plan may still change its side of the doors; what it is must not be read from the side it left.
    if matches!(meeting.phase, Phase::Planned) && !found.public {
        let sentence = "Ein nichtöffentlicher Punkt wird erst nach der Einberufung als Wahl vermerkt.";
        return Err(Refusal::misuse("not_convened", sentence));
    }
    let election = meeting.election(item);
    let voting = meeting.business().is_some_and(|now| now.item() == Some(item) && !matches!(now, Business::Item(_)));
    if voting || election.is_some_and(|election| !election.rounds.is_empty()) {
        return Err(Refusal::misuse("election_began", "Zu diesem Punkt wird schon abgestimmt oder gewählt."));
    }
    if election.map(|election| election.kind) == kind {
        return Err(Refusal::conflict("election", "Das ist schon so vermerkt."));
    }
    if meeting.doubts.iter().any(|doubt| doubt.item == *item) {
        let sentence =
            "Zu diesem Punkt war zweifelhaft, wer befangen ist. Als was er behandelt wird, steht damit fest.";
        return Err(Refusal::misuse("doubted", sentence));
    }
    let lifted = |seat: &SeatId| Event::RecusalLifted(Recusal { item: item.clone(), seat: seat.clone() });
    let recused = meeting.recusals.get(item).into_iter().flatten();
    let mut events: Vec<Event> =
        if kind.is_some_and(|kind| knows_no_bias(rules, kind)) { recused.map(lifted).collect() } else { Vec::new() };
    events.push(Event::ElectionMarked(ElectionMarked { item: item.clone(), kind }));
    Ok(events)
}

fn knows_no_bias(rules: &Rules, kind: ElectionKind) -> bool {
    kind == ElectionKind::Honorary && rules.recusal_not_for.value().contains(&RecusalException::HonoraryElections)
}

/// Nobody is recused at an election to an honorary office.
pub fn no_bias(meeting: &Meeting, rules: &Rules, item: &ItemId) -> Result<(), Refusal> {
    match meeting.election(item) {
        Some(election) if knows_no_bias(rules, election.kind) => Err(Refusal::law(
            "no_bias",
            rules.recusal_not_for.norm(),
            "Bei einer Wahl zu einer ehrenamtlichen Tätigkeit gibt es keine Befangenheit: Auch wer sich bewirbt, wählt mit.",
        )),
        Some(_) | None => Ok(()),
    }
}

/// A member objects to an open election; chair and clerk enter what they hear. No reason is asked for.
pub fn object(meeting: &Meeting, rules: &Rules, context: &Context, named: bool) -> Result<Vec<Event>, Refusal> {
    let (_, business) = sitting(meeting)?;
    let Some(item) = business.item() else {
        return Err(Refusal::misuse("no_item", "Es ist kein Punkt aufgerufen."));
    };
    let election =
        meeting.election(item).ok_or_else(|| Refusal::misuse("no_election", "Dieser Punkt ist keine Wahl."))?;
    if election.objected {
        return Err(Refusal::conflict("objected", "Der offenen Wahl ist schon widersprochen. Es wird geheim gewählt."));
    }
    if let Business::Election(round) = business {
        if round.mode == ElectionMode::Papers {
            return Err(Refusal::conflict("papers", "Es wird schon geheim mit Stimmzetteln gewählt."));
        }
        if round.count.is_some() {
            let sentence = "Die offene Wahl ist schon ausgezählt. Einer offenen Wahl wird vorher widersprochen.";
            return Err(Refusal::misuse("counted", sentence));
        }
    }
    let seat = context.actor.seat.clone();
    match &seat {
        Some(seat) => objector(meeting, rules, context, item, seat)?,
        None => only_chair_or_clerk(meeting, context)?,
    }
    Ok(vec![Event::ElectionObjected(ElectionObjected { item: item.clone(), seat: seat.filter(|_| named) })])
}

/// Who objects is there, entitled, and signed in as strongly as for a vote.
fn objector(meeting: &Meeting, rules: &Rules, context: &Context, item: &ItemId, seat: &SeatId) -> Result<(), Refusal> {
    if !context.actor.strong {
        let sentence = "Mit einem Link per E-Mail geht das nicht. Melden Sie sich mit Passwort und Einmalcode an.";
        return Err(Refusal::misuse("weak_sign_in", sentence));
    }
    known_seat(meeting, seat)?;
    voice::is_member(meeting, rules, seat)?;
    if meeting.is_recused(item, seat) {
        let sentence = "Wegen Befangenheit nimmt das Mitglied an diesem Punkt nicht teil.";
        return Err(Refusal::law("recused", rules.recusal_leaves.norm(), sentence));
    }
    if !meeting.is_present(seat) {
        let sentence =
            "Das Mitglied ist zurzeit nicht anwesend: Weder ist es im Saal vermerkt, noch kommen Bild und Ton an.";
        return Err(Refusal::law("not_perceptible", presence_norm(meeting, rules), sentence));
    }
    if !meeting.is_in_room(seat) && !rules.election_remote_objection.get() {
        let sentence =
            "Zugeschaltete Mitglieder wählen nicht mit; ihr Widerspruch zählt nach den Regeln dieses Gremiums nicht.";
        return Err(Refusal::law("remote_objection", rules.election_remote_objection.norm(), sentence));
    }
    Ok(())
}

/// What is asked for in a round.
pub struct Asked<'a> {
    pub round: &'a BallotId,
    pub mode: ElectionMode,
    pub candidates: &'a [Name],
    pub tellers: &'a [Name],
    /// The first round of the single candidate was in another sitting.
    pub second: bool,
}

/// Opens a round: the papers are handed out to everybody entitled in the hall.
pub fn open(meeting: &Meeting, rules: &Rules, context: &Context, asked: &Asked<'_>) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let (convened, business) = sitting(meeting)?;
    let item = match business {
        Business::Item(item) => item,
        Business::Between => return Err(Refusal::misuse("no_item", "Rufen Sie zuerst einen Punkt auf.")),
        Business::Ballot(_) => return Err(Refusal::conflict("ballot_open", "Es läuft schon eine Abstimmung.")),
        Business::Counting(_) => {
            let sentence = "Zuerst ist das Ergebnis der letzten Abstimmung festzustellen.";
            return Err(Refusal::misuse("result_missing", sentence));
        }
        Business::Election(_) => return Err(Refusal::conflict("round_open", "Es läuft schon ein Wahlgang.")),
    };
    let Some(election) = meeting.election(item) else {
        return Err(Refusal::misuse("no_election", "Vermerken Sie zuerst, dass dieser Punkt eine Wahl ist."));
    };
    if meeting.ballots.contains(asked.round) {
        return Err(Refusal::conflict("ballot_twice", "Diesen Wahlgang gab es schon. Bitte die Seite neu laden."));
    }
    unhindered(meeting, rules)?;
    doubt::settled_first(meeting, rules, item)?;
    answered_first(meeting, rules)?;
    let candidates = checked(asked.candidates, 1, CANDIDATES_MAX, "Bewerber")?;
    let tellers = checked(asked.tellers, TELLERS, TELLERS, "Stimmenzähler")?;
    let (which, candidates) = round_of(&election.needs(), candidates, asked.second)?;
    if asked.mode == ElectionMode::Open {
        if rules.election_default_mode.get() != Default::OpenIfNobodyObjects {
            let sentence = "Es wird geheim mit Stimmzetteln gewählt.";
            return Err(Refusal::law("papers_only", rules.election_default_mode.norm(), sentence));
        }
        if election.objected {
            let sentence = "Ein Mitglied hat der offenen Wahl widersprochen: Es wird geheim mit Stimmzetteln gewählt.";
            return Err(Refusal::law("objected", rules.election_default_mode.norm(), sentence));
        }
    }
    if let Some(days) = meeting.days_known(item) {
        notice::may_decide(rules, days, Matter::Elections)?;
    }
    let quorum = in_hall(meeting, rules, convened.convening.format, item)?;
    Ok(vec![Event::ElectionOpened(ElectionOpened {
        round: asked.round.clone(),
        item: item.clone(),
        which,
        mode: asked.mode,
        candidates,
        tellers,
        quorum,
    })])
}

fn checked(names: &[Name], min: usize, max: usize, what: &str) -> Result<Vec<Name>, Refusal> {
    let different: BTreeSet<&Name> = names.iter().collect();
    if different.len() < names.len() {
        return Err(Refusal::misuse("names_twice", format!("{what}: Ein Name steht doppelt.")));
    }
    if names.len() < min || names.len() > max {
        let needed = if min == max { format!("{min}") } else { format!("{min} bis {max}") };
        return Err(Refusal::misuse("names_count", format!("{what}: Nötig sind {needed} Namen.")));
    }
    Ok(names.to_vec())
}

/// Which round it is, and between whom.
fn round_of(needs: &Needs, named: Vec<Name>, second: bool) -> Result<(ElectionRound, Vec<Name>), Refusal> {
    let same = |must: &[Name]| must.iter().collect::<BTreeSet<_>>() == named.iter().collect::<BTreeSet<_>>();
    let list = |names: &[Name]| names.iter().map(Name::as_str).collect::<Vec<_>>().join(" und ");
    match needs {
        Needs::First if second && named.len() == 1 => Ok((ElectionRound::Second, named)),
        Needs::First if second => {
            let sentence = "Einen zweiten Wahlgang gibt es nur, wenn sich eine einzige Person bewirbt.";
            Err(Refusal::misuse("second_round", sentence))
        }
        Needs::First => Ok((ElectionRound::First, named)),
        Needs::RunOff(two) if same(two) => Ok((ElectionRound::RunOff, two.clone())),
        Needs::RunOff(two) => {
            let sentence = format!("Es folgt die Stichwahl zwischen {}; andere stehen nicht zur Wahl.", list(two));
            Err(Refusal::misuse("run_off", sentence))
        }
        Needs::Second(only) if same(std::slice::from_ref(only)) => Ok((ElectionRound::Second, named)),
        Needs::Second(only) => {
            let sentence = format!("Es folgt der zweite Wahlgang mit {}; andere stehen nicht zur Wahl.", only.as_str());
            Err(Refusal::misuse("second_round", sentence))
        }
        Needs::Lot { tied, .. } => {
            let sentence = format!("Zuerst entscheidet das Los zwischen {}.", list(tied));
            Err(Refusal::misuse("lot_first", sentence))
        }
        Needs::Over(_) => Err(Refusal::misuse("election_over", "Diese Wahl ist abgeschlossen.")),
    }
}

/// The quorum of the hall alone: who is connected is present, but not entitled (§ 37 (2), § 37a (1) s. 2 GemO BW).
pub fn hall_quorum(meeting: &Meeting, rules: &Rules, item: &ItemId) -> QuorumFinding {
    let entitled = if rules.election_remote_in_quorum.get() {
        meeting.entitled(Some(item)).len()
    } else {
        meeting.entitled_in_hall(item).len()
    };
    let counted = find_quorum(rules, figures(meeting, rules, Some(item), entitled));
    // Whether the presumption helps where somebody is connected and has no vote, is open: strictly it does not (HO4).
    let without_vote = meeting.entitled(Some(item)).len() > entitled;
    let ordinary = if without_vote { counted } else { presumed(rules, meeting.quorum_state(rules), counted) };
    super::second::lower(meeting, rules, Some(item), ordinary, count(meeting.entitled_in_hall(item).len()))
}

/// The hall can elect: not in a sitting everybody is connected to, and only if the hall alone is quorate.
fn in_hall(meeting: &Meeting, rules: &Rules, format: MeetingFormat, item: &ItemId) -> Result<QuorumFinding, Refusal> {
    let mode = &rules.election_remote_mode;
    let without_vote = mode.get() == RemoteElection::RemoteNoVote;
    if format == MeetingFormat::Digital && !(without_vote && rules.election_digital.get() != DigitalElection::Blocked) {
        let sentence = "In der digitalen Sitzung kann nicht gewählt werden: Zugeschaltete Mitglieder sind bei Wahlen nicht \
                        stimmberechtigt (zweifelhaft, die Einstellung ist streng). Setzen Sie den Punkt ab oder vertagen Sie ihn \
                        auf eine Sitzung in Präsenz.";
        return Err(Refusal::law("election_digital", rules.election_digital.norm(), sentence));
    }
    let remote = meeting.seats.keys().any(|seat| meeting.is_present(seat) && !meeting.is_in_room(seat));
    match mode.get() {
        RemoteElection::ForbiddenInSession | RemoteElection::CertifiedOnly if remote => {
            let sentence = "Solange Mitglieder zugeschaltet sind, kann nach diesem Recht nicht gewählt werden.";
            return Err(Refusal::law("election_remote", mode.norm(), sentence));
        }
        RemoteElection::RemoteNoVote | RemoteElection::ForbiddenInSession | RemoteElection::CertifiedOnly => {}
    }
    let finding = hall_quorum(meeting, rules, item);
    if finding.met {
        return Ok(finding);
    }
    let (entitled, needed) = (finding.entitled, finding.needed);
    if remote {
        let sentence = format!(
            "Für eine Wahl ist der Saal allein nicht beschlussfähig: Dort sind {entitled} Stimmberechtigte, nötig sind \
             {needed}. Zugeschaltete Mitglieder sind bei Wahlen nicht stimmberechtigt. Vertagen Sie den Punkt auf eine Sitzung \
             in Präsenz."
        );
        return Err(Refusal::law("hall_quorum", mode.norm(), sentence));
    }
    let sentence = format!("Nicht beschlussfähig: nötig sind {needed}, anwesend und stimmberechtigt sind {entitled}.");
    Err(Refusal::law("no_quorum", &finding.norm, sentence))
}

fn running<'a>(meeting: &'a Meeting, id: &BallotId) -> Result<&'a OpenRound, Refusal> {
    match meeting.open_round() {
        Some(round) if round.round == *id => Ok(round),
        Some(_) | None => Err(Refusal::misuse("round_not_open", "Dieser Wahlgang ist nicht offen.")),
    }
}

/// What the tellers counted.
#[derive(Debug, Clone, Copy)]
pub struct Papers<'a> {
    pub votes: &'a [u32],
    pub no: u32,
    pub blank: u32,
    pub invalid: u32,
    pub missing: u32,
}

/// The count: its sum must be the number of papers handed out, so that a slip is noticed at once.
pub fn enter(
    meeting: &Meeting,
    rules: &Rules,
    context: &Context,
    id: &BallotId,
    papers: Papers<'_>,
) -> Result<Vec<Event>, Refusal> {
    only_chair_or_clerk(meeting, context)?;
    sitting(meeting)?;
    let round = running(meeting, id)?;
    unhindered(meeting, rules)?;
    if papers.votes.len() != round.candidates.len() {
        let sentence = "Für jede Bewerberin und jeden Bewerber wird eine Zahl eingetragen.";
        return Err(Refusal::misuse("votes_count", sentence));
    }
    if papers.no > 0 && round.candidates.len() > 1 {
        let sentence =
            "Nein-Stimmen gibt es nur, wenn eine einzige Person zur Wahl steht; sonst ist ein solcher Zettel ungültig.";
        return Err(Refusal::misuse("no_votes", sentence));
    }
    let others = [papers.no, papers.blank, papers.invalid, papers.missing];
    let sum: u64 = papers.votes.iter().chain(&others).map(|votes| u64::from(*votes)).sum();
    let handed_out = count(round.electorate.len());
    if sum != u64::from(handed_out) {
        let what =
            if round.mode == ElectionMode::Papers { "ausgegebene Stimmzettel" } else { "Stimmberechtigte im Saal" };
        let sentence = format!("Die Summe ist {sum}, es sind aber {handed_out} {what}. Bitte noch einmal zählen.");
        return Err(Refusal::misuse("papers_sum", sentence));
    }
    Ok(vec![Event::ElectionCounted(ElectionCounted {
        round: id.clone(),
        papers: handed_out,
        votes: papers.votes.to_vec(),
        no: papers.no,
        blank: papers.blank,
        invalid: papers.invalid,
        missing: papers.missing,
        quorum: hall_quorum(meeting, rules, &round.item),
    })])
}

/// `Los`: drawn by a member the council names, from lots somebody else has made; both are recorded.
pub fn draw(
    meeting: &Meeting,
    context: &Context,
    drawn: &[Name],
    drawer: &SeatId,
    maker: &Name,
) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    let nothing = || Refusal::misuse("no_lot", "Gelost wird nur, wenn ein Wahlgang gleiche Stimmenzahlen ergeben hat.");
    let Business::Item(item) = sitting(meeting)?.1 else { return Err(nothing()) };
    let election = meeting.election(item).ok_or_else(nothing)?;
    let Needs::Lot { tied, places } = election.needs() else { return Err(nothing()) };
    let last = election.rounds.last().ok_or_else(nothing)?;
    let drawn = checked(drawn, places, places, "Gezogen")?;
    if let Some(other) = drawn.iter().find(|name| !tied.contains(name)) {
        let sentence = format!("{} ist nicht unter denen, zwischen denen das Los entscheidet.", other.as_str());
        return Err(Refusal::misuse("lot_name", sentence));
    }
    known_seat(meeting, drawer)?;
    if !meeting.is_in_room(drawer) {
        return Err(Refusal::misuse("drawer_absent", "Das Los zieht ein Mitglied, das im Saal ist."));
    }
    if meeting.seats.get(drawer).is_some_and(|seat| seat.name == *maker) {
        let sentence = "Wer das Los zieht, stellt die Lose nicht selbst her.";
        return Err(Refusal::misuse("lot_maker", sentence));
    }
    let round = last.declared.round.clone();
    Ok(vec![Event::LotDrawn(LotDrawn {
        item: item.clone(),
        round,
        drawn,
        drawer: drawer.clone(),
        maker: maker.clone(),
    })])
}

/// The chair gives a round up before its result: a paper too many, a mistake in the names. Also in an interruption.
pub fn void(meeting: &Meeting, context: &Context, id: &BallotId, reason: &Remark) -> Result<Vec<Event>, Refusal> {
    only_chair(meeting, context)?;
    running(meeting, id)?;
    Ok(vec![Event::ElectionVoided(ElectionVoided { round: id.clone(), reason: reason.clone() })])
}
