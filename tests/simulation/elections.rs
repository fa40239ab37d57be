//! Elections by chance: in the hall, with papers that mostly add up.

use super::council::Council;
use super::dice::Dice;
use super::meeting_kit::{ballot, chair, clerk, item, member, seat};
use ratssaal::domain::id::BallotId;
use ratssaal::domain::meeting::command::Terms;
use ratssaal::domain::meeting::election::{Needs, OpenRound};
use ratssaal::domain::meeting::event::{ElectionKind, ElectionMode, Method, StrikeGround};
use ratssaal::domain::meeting::{Actor, Business, Command, ItemState};
use ratssaal::domain::text::Name;

const KINDS: [Option<ElectionKind>; 4] =
    [Some(ElectionKind::Honorary), Some(ElectionKind::Office), Some(ElectionKind::Staff), None];
const TREES: [&str; 5] = ["Erle", "Ulme", "Linde", "Buche", "Eibe"];

pub const METHODS: [Method; 7] = [
    Method::RollCall,
    Method::RollCall,
    Method::RollCall,
    Method::RollCall,
    Method::ShowOfHands,
    Method::ShowOfHands,
    Method::Papers,
];

/// Mostly the usual ones.
pub fn terms(dice: &mut Dice) -> Terms {
    let keys = ["main_bylaw", "referendum", "staff_without_mayor", "additional_name", "mond"];
    Terms {
        majority: dice.percent(15).then(|| dice.pick(&keys).to_owned()),
        start: dice.percent(15).then(|| dice.pick(&['A', 'M', 'ö', '7'])),
    }
}

fn trees(dice: &mut Dice, most: usize) -> Vec<Name> {
    let mut names: Vec<Name> = TREES.iter().map(|name| name.parse().unwrap()).collect();
    dice.shuffle(&mut names);
    names.truncate(1 + dice.below(most));
    names
}

impl Council {
    /// Somebody does what fits an election, or tries.
    pub(super) fn electing(&mut self, dice: &mut Dice) -> (Actor, Command) {
        let called = self.stage.meeting.business().and_then(Business::item).cloned();
        let election = called.as_ref().and_then(|item| self.stage.meeting.election(item)).cloned();
        let Some((item, election)) = called.clone().zip(election) else {
            let pending = self.stage.meeting.items.iter().find(|item| item.state == ItemState::Pending);
            let some = pending.map_or_else(|| item("1"), |item| item.id.clone());
            let item = if dice.percent(80) { called.unwrap_or(some) } else { some };
            return (dice.pick(&[chair(), clerk()]), Command::MarkElection { item, kind: dice.pick(&KINDS) });
        };
        if dice.percent(8) {
            return (member(dice.below(self.seats)), Command::ObjectElection { named: dice.percent(40) });
        }
        if let Some(last) = election.rounds.last().filter(|_| dice.percent(12)) {
            let round = if dice.percent(90) { last.declared.round.clone() } else { ballot("a1") };
            return (chair(), Command::StrikeElection { round, reason: "Falsch ausgezählt.".parse().unwrap() });
        }
        if dice.percent(5) {
            return (chair(), Command::MarkElection { item, kind: dice.pick(&KINDS) });
        }
        match election.needs() {
            Needs::First | Needs::Over(_) => {
                let names = trees(dice, 5);
                (chair(), self.open_round(dice, names))
            }
            Needs::RunOff(names) => (chair(), self.open_round(dice, names)),
            Needs::Second(name) => (chair(), self.open_round(dice, vec![name])),
            Needs::Lot { mut tied, places } => {
                dice.shuffle(&mut tied);
                tied.truncate(if dice.percent(90) { places } else { 3 });
                let (drawer, maker) = (seat(dice.below(self.seats)), "Nora Nusszweig".parse().unwrap());
                (chair(), Command::DrawLot { drawn: tied, drawer, maker })
            }
        }
    }

    fn open_round(&mut self, dice: &mut Dice, candidates: Vec<Name>) -> Command {
        let tellers: Vec<Name> = ["Vera Zählfix", "Ute Nachzähl"].iter().map(|name| name.parse().unwrap()).collect();
        Command::OpenElection {
            round: self.fresh_ballot(dice),
            mode: if dice.percent(60) { ElectionMode::Papers } else { ElectionMode::Open },
            candidates,
            tellers,
            second: dice.percent(10),
        }
    }

    /// While a round runs.
    pub(super) fn in_round(&mut self, dice: &mut Dice, round: &OpenRound) -> (Actor, Command) {
        let id = round.round.clone();
        match dice.below(20) {
            0..2 => (member(dice.below(self.seats)), Command::ObjectElection { named: dice.percent(40) }),
            2 => (chair(), Command::VoidElection { round: id, reason: "Ein Zettel zu viel.".parse().unwrap() }),
            3 => (clerk(), Command::AttestRoom { seat: seat(dice.below(self.seats)), present: dice.percent(60) }),
            4 => (chair(), Command::DeclareElection { round: ballot("a0") }),
            5..12 => (dice.pick(&[chair(), clerk()]), papers(dice, round)),
            _ => (chair(), Command::DeclareElection { round: id }),
        }
    }

    /// Anybody tries anything about elections.
    pub(super) fn any_election(&mut self, dice: &mut Dice) -> Command {
        let round = ballot(&format!("a{}", dice.below(9)));
        match dice.below(5) {
            0 => Command::CountElection {
                round,
                votes: vec![u32::MAX; 3],
                no: u32::MAX,
                blank: 1,
                invalid: 0,
                missing: 0,
            },
            1 => {
                let names = trees(dice, 5);
                self.open_round(dice, names)
            }
            2 => Command::DrawLot { drawn: trees(dice, 2), drawer: seat(99), maker: "Nora Nusszweig".parse().unwrap() },
            3 => Command::MarkElection { item: item(&dice.below(9).to_string()), kind: dice.pick(&KINDS) },
            _ => Command::VoidElection { round, reason: "Versehen".parse().unwrap() },
        }
    }
}

impl Council {
    /// The papers of a secret ballot, mostly counted rightly.
    pub(super) fn papers(&self, dice: &mut Dice, id: &BallotId) -> Command {
        let meeting = &self.stage.meeting;
        let hall = meeting.business().and_then(Business::item).map_or(0, |item| meeting.entitled_in_hall(item).len());
        let yes = dice.below(hall + 1);
        let invalid = (hall - yes).min(dice.below(3));
        let small = |n: usize| u32::try_from(n).unwrap();
        let missing = u32::from(dice.percent(10));
        Command::CountPapers {
            ballot: id.clone(),
            yes: small(yes),
            no: small(hall - yes - invalid),
            abstain: 0,
            invalid: small(invalid),
            missing,
        }
    }

    /// The last result does not stand, or one that never was.
    pub(super) fn strike(&self, dice: &mut Dice) -> Command {
        let last = self.stage.meeting.results.last().map(|declared| declared.result.ballot.clone());
        let ground = dice.pick(&[StrikeGround::Complaint, StrikeGround::Mistake]);
        Command::StrikeResult {
            ballot: last.unwrap_or_else(|| ballot("a1")),
            ground,
            reason: "Noch einmal.".parse().unwrap(),
        }
    }
}

/// A count that mostly adds up; often the first two are level, so that lots are drawn.
fn papers(dice: &mut Dice, round: &OpenRound) -> Command {
    let all = round.electorate.len();
    let mut left = all;
    let mut take = |most: usize| {
        let votes = most.min(left);
        left -= votes;
        u32::try_from(votes).unwrap()
    };
    let level = dice.percent(45).then_some(all / 3);
    let mut votes = Vec::new();
    for _ in &round.candidates {
        let most = level.unwrap_or_else(|| dice.below(all + 1));
        votes.push(take(most));
    }
    let no = if votes.len() == 1 { take(dice.below(all + 1)) } else { 0 };
    let (blank, invalid) = (take(dice.below(3)), take(dice.below(2)));
    let missing = take(all) + u32::from(dice.percent(8));
    Command::CountElection { round: round.round.clone(), votes, no, blank, invalid, missing }
}
