//! A quorum that was found lacking, and the second sitting on the same matter: found again from the statute.

use super::super::attendance::through_recusals;
use super::super::event::{Decided, ItemSettled, Lacking, Marked, Quorum, Second, StandIn};
use super::super::law::Law;
use super::super::read::Entry;
use super::{Business, Found, Meeting, Phase};
use std::collections::{BTreeMap, BTreeSet};

/// What the mayor decides in the council's place.
#[derive(Default)]
pub struct Instead {
    /// What was last found to follow, by item.
    follows: BTreeMap<String, String>,
    stand_ins: BTreeMap<String, String>,
    decided: BTreeSet<String>,
    /// The whole sitting lacked its quorum: what follows, for the items that were not over then.
    whole: Option<(String, BTreeSet<String>)>,
    /// The sitting stands still through a fault.
    fault: bool,
}

impl Instead {
    pub(super) fn stands_still(&mut self, cause: &str) {
        self.fault = !matches!(cause, "chair" | "quorum");
    }
}

impl Meeting {
    pub(super) fn second(&mut self, entry: &Entry, event: Second) -> Found {
        match event {
            Second::Marked(marked) => self.mark_second(&marked),
            Second::Lacking(lacking) => self.lack(&lacking),
            Second::StandIn(appointed) => self.stand_in(&appointed),
            Second::Decided(decided) => self.decide_instead(&entry.envelope.actor, &decided),
            Second::Questioned(questioned) => self.question(&questioned.mover),
            Second::Found(found) => self.answer(&found.quorum),
        }
    }

    /// What was noted of an item leaves the agenda with it.
    pub(super) fn forget_gone(&mut self) {
        self.attendance.second.keep(&self.items);
        self.attendance.keep(&self.items);
        self.elections.retain(|item, _| self.items.contains(item));
    }

    /// The notice belongs into the summons, and the first sitting before the second.
    fn mark_second(&mut self, marked: &Marked) -> Found {
        self.expect(Phase::Planned)?;
        if !self.items.contains(&marked.item) {
            return Err("Dieser Punkt steht nicht auf der Tagesordnung.".into());
        }
        if marked.of.as_ref().is_some_and(|first| first.day >= self.planned.day) {
            return Err("Die erste Sitzung lag nicht vor der zweiten.".into());
        }
        self.attendance.second.mark(&marked.item, marked.of.is_some());
        Ok(())
    }

    fn lack(&mut self, lacking: &Lacking) -> Found {
        let item = lacking.item.as_deref();
        match item {
            None if self.phase == Phase::Interrupted => {
                if self.is_voting() || self.instead.fault || self.fault_open {
                    return Err("In dieser Unterbrechung war die Beschlussunfähigkeit nicht festzustellen.".into());
                }
            }
            None => self.expect(Phase::Convened)?,
            Some(item) => {
                self.may_vote()?;
                if !matches!(&self.business, Business::Item(called) if called == item) {
                    return Err("Der Punkt, zu dem die Beschlussfähigkeit fehlt, ist nicht aufgerufen.".into());
                }
            }
        }
        // Once an election has begun it is what decides the item, whatever was voted on before.
        if item.is_some_and(|item| self.elected(item).unwrap_or_else(|| self.is_decided(item))) {
            return Err("Über diesen Punkt war schon entschieden.".into());
        }
        let absent = self.law.as_ref().and_then(|law| law.election.as_ref()).is_some_and(|law| law.remote_is_absence);
        match item.filter(|item| absent && self.elections.contains_key(*item)) {
            Some(item) => self.compare_hall(&lacking.quorum, item)?,
            None => self.compare(&lacking.quorum, item)?,
        }
        if lacking.quorum.met {
            return Err("Die Beschlussfähigkeit war gegeben.".into());
        }
        let follows = self.follows(lacking, item)?;
        if lacking.follows != follows {
            return Err(format!(
                "Was aus der Beschlussunfähigkeit folgt, ist falsch festgehalten: es ist „{follows}“."
            ));
        }
        // Found lacking, it is no longer presumed; before the opening there was nothing to presume.
        if item.is_some() && self.attendance.is_presumed(self.law.as_ref()) {
            return Err("Dass die Beschlussfähigkeit fehlt, wurde ohne Antrag festgestellt.".into());
        }
        self.attendance.found_once = false;
        self.attendance.questioned = false;
        match item {
            None => {
                let open = |item: &&String| !self.called.contains(*item) || self.item() == Some(item.as_str());
                let open = self.items.iter().filter(open).cloned().collect();
                self.instead.whole = Some((follows.to_owned(), open));
                if self.phase == Phase::Convened {
                    self.phase = Phase::Closed;
                }
            }
            Some(item) => drop(self.instead.follows.insert(item.to_owned(), follows.to_owned())),
        }
        Ok(())
    }

    /// By somebody present, between votes, and only where the law presumes the quorum.
    fn question(&mut self, mover: &str) -> Found {
        self.expect(Phase::Sitting)?;
        if self.is_voting() || !self.attendance.is_presumed(self.law.as_ref()) {
            return Err("Die Beschlussfähigkeit konnte hier nicht bezweifelt werden.".into());
        }
        if !self.attendance.is_entitled(mover, None) {
            return Err("Der Antrag kam von jemandem, der nicht anwesend war.".into());
        }
        self.attendance.questioned = true;
        Ok(())
    }

    fn answer(&mut self, quorum: &Quorum) -> Found {
        self.may_vote()?;
        if !self.attendance.questioned || self.is_voting() {
            return Err("Niemand hatte die Beschlussfähigkeit bezweifelt.".into());
        }
        self.compare_met(quorum, None)?;
        self.attendance.questioned = false;
        Ok(())
    }

    /// Whoever doubts the quorum is answered before the next vote.
    pub(super) fn answered(&self) -> Found {
        if self.attendance.questioned {
            return Err("Der Antrag auf Feststellung der Beschlussunfähigkeit war noch offen.".into());
        }
        Ok(())
    }

    /// The item is decided, by a vote or in the council's place.
    pub(super) fn is_decided(&self, item: &str) -> bool {
        self.decided.contains(item) || self.instead.decided.contains(item)
    }

    /// What the law says happens to an item is what happened to it.
    pub(super) fn settles_instead(&self, settled: &ItemSettled) -> Found {
        let fits = match self.instead.follows.get(&settled.item).map(String::as_str) {
            Some("council_decides") => settled.disposal != "decided" || self.is_decided(&settled.item),
            _ => true,
        };
        if fits { Ok(()) } else { Err("Über diesen Punkt hatte der Gemeinderat zu entscheiden.".into()) }
    }

    /// It was found that the council decides instead of the committee.
    pub(super) fn goes_to_council(&self, item: &str) -> bool {
        self.instead.follows.get(item).is_some_and(|follows| follows == "council_decides")
    }

    /// The called item falls to the mayor: it was found so, nobody has decided, and the council is still not quorate.
    fn falls_to_the_mayor(&self, item: &str) -> Found {
        self.may_vote()?;
        self.no_doubt(item)?;
        if !matches!(&self.business, Business::Item(called) if called == item) || self.elections.contains_key(item) {
            return Err("Zu diesem Punkt war nicht an Stelle des Gemeinderats zu entscheiden.".into());
        }
        let law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
        let found = self.instead.follows.get(item).is_some_and(|follows| follows == "mayor_decides");
        if !found || self.is_decided(item) || self.attendance.is_quorate_at(law, item) {
            return Err("An Stelle des Gemeinderats durfte hier niemand entscheiden.".into());
        }
        Ok(())
    }

    fn mayor(&self) -> Option<&str> {
        self.planned.seats.iter().find(|seat| seat.function == "mayor").map(|seat| seat.id.as_str())
    }

    fn stand_in(&mut self, appointed: &StandIn) -> Found {
        let StandIn { item, seat } = appointed;
        self.falls_to_the_mayor(item)?;
        let allowed = self.law.as_ref().and_then(|law| law.second.as_ref()).is_some_and(|law| law.stand_in);
        let mayor_recused = self.mayor().is_some_and(|mayor| self.attendance.is_recused(mayor, item));
        if !allowed || !mayor_recused || !self.attendance.is_entitled(seat, Some(item)) {
            return Err("Diese Stellvertretung konnte hier nicht bestellt werden.".into());
        }
        self.instead.stand_ins.insert(item.clone(), seat.clone());
        Ok(())
    }

    /// After a sitting that lacked its quorum altogether: what it was the second one for and did not reach.
    fn left_to_the_mayor(&self, item: &str) -> Found {
        let left = self
            .instead
            .whole
            .as_ref()
            .is_some_and(|(follows, open)| follows == "mayor_decides" && open.contains(item));
        let second = self.attendance.second.is_marked(Some(item));
        if !left || !second || self.is_decided(item) || self.elections.contains_key(item) {
            return Err("Nach dieser Sitzung durfte an Stelle des Gemeinderats niemand entscheiden.".into());
        }
        Ok(())
    }

    /// By the mayor or the stand-in, neither recused, after everybody else who is not recused was heard; entered by them or
    /// by the clerk.
    fn decide_instead(&mut self, actor: &str, decided: &Decided) -> Found {
        let Decided { item, by, heard, .. } = decided;
        match self.phase {
            Phase::Closed => self.left_to_the_mayor(item)?,
            _ => self.falls_to_the_mayor(item)?,
        }
        let own = actor.strip_prefix("chair:").or_else(|| actor.strip_prefix("seat:"));
        if actor != "clerk" && own != Some(by) {
            return Err(format!("Eingetragen hat die Entscheidung weder Sitz {by} noch die Schriftführung."));
        }
        let decider = self.instead.stand_ins.get(item).map(String::as_str).or_else(|| self.mayor());
        if decider != Some(by) || self.attendance.is_recused(by, item) {
            return Err(format!("Sitz {by} hatte hier nicht zu entscheiden."));
        }
        let due: BTreeSet<&str> = self.attendance.not_recused(item).filter(|seat| seat != by).collect();
        let said: BTreeSet<&str> = heard.iter().map(String::as_str).collect();
        if due != said || said.len() != heard.len() {
            return Err("Gehört wurden nicht alle und nur die, die nicht befangen waren.".into());
        }
        self.instead.decided.insert(item.clone());
        Ok(())
    }

    /// Below three entitled members there is no second sitting; where a second one lacks its quorum too, somebody else
    /// decides. Lacking only because the connected were not counted, it can still be decided in person.
    fn follows(&self, lacking: &Lacking, item: Option<&str>) -> Result<&'static str, String> {
        let law: &Law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
        let second = law.second.as_ref().ok_or("Im festgehaltenen Recht fehlen die Regeln der zweiten Sitzung.")?;
        let quorum = &lacking.quorum;
        let recused = item.map_or(0, |item| super::super::attendance::count(self.attendance.recused(item)));
        let half = law.needed(quorum.occupied, 0).0;
        if law.council_for(self.attendance.committee) && through_recusals(quorum.entitled, recused, half) {
            return Ok("council_decides");
        }
        // For every other body the law names nobody.
        let of_council = matches!(self.planned.kind.as_deref(), None | Some("council"));
        let instead = if second.mayor_decides && of_council { "mayor_decides" } else { "open" };
        if self.attendance.ever_entitled(item) < second.least {
            return Ok(instead);
        }
        let lower_number = self.attendance.second.is_marked(item) && quorum.norm == second.norm;
        let connected_would_do = quorum.counted.is_some() && quorum.entitled >= quorum.needed;
        Ok(if lower_number && !connected_would_do { instead } else { "second_session" })
    }
}
