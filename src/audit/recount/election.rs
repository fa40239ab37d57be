//! Elections once more: in the hall alone, between whom the law lets, counted to the last paper.

use super::super::election::{Election, Next, Round, german, same};
use super::super::event::election::{Declared, Election as Event, Kind, Lot, Mode, Opened, Which};
use super::super::law::ElectionLaw;
use super::super::report::shown;
use super::{Business, Found, Meeting, NOT_QUORATE, Phase};
use std::collections::BTreeSet;

/// Two tellers look at each paper.
const TELLERS: usize = 2;

impl Meeting {
    pub(super) fn elect(&mut self, event: Event) -> Found {
        match event {
            Event::Marked(marked) => self.mark(&marked.item, marked.kind),
            Event::Objected(objected) => {
                self.expect(Phase::Sitting)?;
                objected.seat.map_or(Ok(()), |seat| self.attendance.known(&seat))?;
                self.object(&objected.item)
            }
            Event::Opened(opened) => self.open_round(opened),
            Event::Counted(count) => {
                self.may_vote()?;
                let item = self.round(&count.round)?.opened.item.clone();
                self.compare_hall(&count.quorum, &item)?;
                self.round(&count.round)?.enter(count)
            }
            Event::Declared(declared) => self.declare_round(&declared),
            Event::Lot(lot) => self.draw(&lot),
            Event::Struck(struck) => self.strike_round(&struck.item, &struck.round),
            Event::Voided(voided) => {
                self.not_over()?;
                let item = self.round(&voided.round)?.opened.item.clone();
                self.business = Business::Item(item);
                Ok(())
            }
        }
    }

    fn mark(&mut self, item: &str, kind: Option<Kind>) -> Found {
        let announced = self.planned.agenda.iter().any(|entry| entry.id == item && entry.public);
        let moment = match self.phase {
            Phase::Planned => announced,
            Phase::Convened | Phase::Sitting => true,
            _ => false,
        };
        if !moment || !self.items.contains(item) {
            return Err("Dieser Punkt konnte hier nicht als Wahl vermerkt werden.".into());
        }
        let voting = self.item() == Some(item) && !matches!(self.business, Business::Item(_));
        if voting || self.elections.get(item).is_some_and(|election| election.began) {
            return Err("Zu diesem Punkt wurde schon abgestimmt oder gewählt.".into());
        }
        match kind {
            Some(kind) => {
                if self.knows_no_bias(kind) && self.attendance.recused(item) > 0 {
                    return Err("Bei einer Wahl in ein Ehrenamt ist niemand befangen.".into());
                }
                self.elections.entry(item.to_owned()).or_insert(Election::of(kind)).kind = kind;
            }
            None => {
                self.elections.remove(item);
            }
        }
        Ok(())
    }

    fn knows_no_bias(&self, kind: Kind) -> bool {
        let law = self.law.as_ref().and_then(|law| law.election.as_ref());
        kind == Kind::Honorary && law.is_some_and(|law| law.honorary_without_bias)
    }

    /// At an election to an honorary office nobody is recused (§ 18 (3) s. 2 GemO BW).
    pub(super) fn may_be_recused(&self, item: &str) -> Found {
        match self.elections.get(item) {
            Some(election) if self.knows_no_bias(election.kind) => {
                Err("Bei einer Wahl in ein Ehrenamt ist niemand befangen.".into())
            }
            _ => Ok(()),
        }
    }

    fn object(&mut self, item: &str) -> Found {
        let called = self.item() == Some(item);
        match self.elections.get_mut(item) {
            Some(election) if called && !election.objected => election.objected = true,
            _ => return Err("Hier gab es keine offene Wahl, der zu widersprechen war.".into()),
        }
        if let Business::Election(round) = &mut self.business {
            if round.opened.mode == Mode::Papers || round.count.is_some() {
                return Err("Hier gab es keine offene Wahl, der zu widersprechen war.".into());
            }
            round.opened.mode = Mode::Papers;
        }
        Ok(())
    }

    fn open_round(&mut self, opened: Opened) -> Found {
        self.may_vote()?;
        self.no_doubt(&opened.item)?;
        if !matches!(&self.business, Business::Item(item) if *item == opened.item) {
            return Err("Der Punkt, zu dem gewählt wird, ist nicht aufgerufen.".into());
        }
        self.known_in_time(&opened.item, "elections")?;
        let election = self.elections.get(&opened.item).ok_or("Dieser Punkt ist keine Wahl.")?;
        if !election.fits(opened.which, &opened.candidates) {
            return Err("Zwischen diesen war kein solcher Wahlgang zu halten.".into());
        }
        if opened.mode == Mode::Open && (election.objected || self.election_law()?.never_open) {
            return Err("Nach einem Widerspruch durfte nicht offen gewählt werden.".into());
        }
        let tellers: BTreeSet<&String> = opened.tellers.iter().collect();
        if tellers.len() != TELLERS || opened.tellers.len() != TELLERS {
            return Err("Es zählen nicht zwei aus.".into());
        }
        let law = self.election_law()?;
        if (self.digital && !law.digital_in_hall) || (!law.remote_without_vote && self.attendance.any_remote()) {
            return Err(
                "In dieser Sitzung konnte nicht gewählt werden: Zugeschaltete sind nicht stimmberechtigt.".into()
            );
        }
        self.answered()?;
        self.compare_hall(&opened.quorum, &opened.item)?;
        if !opened.quorum.met {
            return Err(NOT_QUORATE.into());
        }
        let electorate = self.attendance.entitled_in_hall(&opened.item);
        self.business = Business::Election(Round { opened, electorate, count: None });
        Ok(())
    }

    /// Whoever comes into the hall before the count gets a paper too.
    pub(super) fn came_in(&mut self, seat: &str) {
        if let Business::Election(round) = &mut self.business
            && round.count.is_none()
            && self.attendance.is_in_room(seat)
            && self.attendance.is_entitled(seat, Some(&round.opened.item))
        {
            round.electorate.insert(seat.to_owned());
        }
    }

    fn declare_round(&mut self, declared: &Declared) -> Found {
        self.may_vote()?;
        let item = self.round(&declared.round)?.opened.item.clone();
        if item != declared.item {
            return Err("Das Wahlergebnis gehört zu einem anderen Punkt.".into());
        }
        let Business::Election(round) = &self.business else { return Err("Hier ist kein Wahlgang offen.".into()) };
        let found = round.find(self.election_law()?)?;
        if !same(&declared.outcome, &found.outcome) {
            return Err(format!("Wahlergebnis falsch festgestellt: {}.", german(&found.outcome)));
        }
        if (declared.base, declared.needed) != (found.base, found.needed) {
            return Err(format!("Wahlergebnis falsch festgestellt: nötig sind {} von {}.", found.needed, found.base));
        }
        if declared.norm != found.norm {
            return Err(format!("Wahlergebnis falsch festgestellt: Vorschrift ist {}.", found.norm));
        }
        let which = match round.opened.which {
            Which::First => "Wahl",
            Which::Second => "zweiter Wahlgang",
            Which::RunOff => "Stichwahl",
        };
        let given = round.count.as_ref().map(|count| count.votes.clone()).unwrap_or_default();
        let names = round.opened.candidates.iter().zip(given).map(|(name, votes)| format!("{name} {votes}"));
        let votes = names.collect::<Vec<_>>().join(", ");
        let line =
            format!("TOP {}, {which} {}: {votes}: {}", self.number(&item), declared.round, german(&found.outcome));
        self.counted.results.push(shown(&line));
        if let Some(election) = self.elections.get_mut(&item) {
            election.after(round, &found.outcome);
        }
        self.business = Business::Item(item);
        Ok(())
    }

    /// The last result is taken back before further papers are handed out.
    fn strike_round(&mut self, item: &str, round: &str) -> Found {
        self.expect(Phase::Sitting)?;
        if !matches!(&self.business, Business::Item(called) if called == item) {
            return Err("Der Punkt, dessen Wahlergebnis aufgehoben wird, ist nicht aufgerufen.".into());
        }
        self.elections.get_mut(item).ok_or("Dieser Punkt ist keine Wahl.")?.strike(round)?;
        self.counted.results.push(shown(&format!("Wahlgang {round}: Ergebnis aufgehoben")));
        Ok(())
    }

    fn draw(&mut self, lot: &Lot) -> Found {
        self.expect(Phase::Sitting)?;
        if !matches!(&self.business, Business::Item(item) if *item == lot.item) {
            return Err("Der Punkt, zu dem gelost wird, ist nicht aufgerufen.".into());
        }
        if !self.attendance.is_in_room(&lot.drawer) {
            return Err("Das Los zog jemand, der nicht im Saal war.".into());
        }
        let election = self.elections.get_mut(&lot.item).ok_or("Dieser Punkt ist keine Wahl.")?;
        election.draw(&lot.drawn)?;
        let line = format!("TOP {}, Los {}: {}", self.number(&lot.item), lot.round, lot.drawn.join(" und "));
        self.counted.results.push(shown(&line));
        Ok(())
    }

    /// How the election of an item must be recorded when the item ends; `None` if it says nothing about that.
    pub(super) fn elected(&self, item: &str) -> Option<bool> {
        let election = self.elections.get(item).filter(|election| election.began)?;
        Some(election.next == Next::Over)
    }

    fn round(&mut self, id: &str) -> Result<&mut Round, String> {
        match &mut self.business {
            Business::Election(round) if round.opened.round == id => Ok(round),
            _ => Err("Dieser Wahlgang ist hier nicht offen.".into()),
        }
    }

    fn election_law(&self) -> Result<&ElectionLaw, String> {
        let law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
        law.election.as_ref().ok_or_else(|| "Im festgehaltenen Recht fehlen die Regeln über Wahlen.".into())
    }

    pub(super) fn compare_hall(&mut self, recorded: &super::Quorum, item: &str) -> Found {
        let law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
        let only_hall = !law.election.as_ref().is_some_and(|law| law.remote_in_quorum);
        self.attendance.compare(recorded, law, Some(item), only_hall)?;
        self.counted.quorums += 1;
        Ok(())
    }

    fn number(&self, item: &str) -> &str {
        self.planned.agenda.iter().find(|known| known.id == item).map_or("", |known| known.number.as_str())
    }
}
