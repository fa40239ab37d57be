//! A quorum that was found lacking, and the second sitting on the same matter: found again from the statute.

use super::super::event::{Lacking, Marked, Second};
use super::super::law::Law;
use super::{Business, Found, Meeting, Phase};

impl Meeting {
    pub(super) fn second(&mut self, event: Second) -> Found {
        match event {
            Second::Marked(marked) => self.mark_second(&marked),
            Second::Lacking(lacking) => self.lack(&lacking),
        }
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
            None => self.expect(Phase::Convened)?,
            Some(item) => {
                self.may_vote()?;
                if !matches!(&self.business, Business::Item(called) if called == item) {
                    return Err("Der Punkt, zu dem die Beschlussfähigkeit fehlt, ist nicht aufgerufen.".into());
                }
            }
        }
        if item.is_some_and(|item| self.decided.contains(item) || self.elected(item) == Some(true)) {
            return Err("Über diesen Punkt war schon entschieden.".into());
        }
        self.compare(&lacking.quorum, item)?;
        if lacking.quorum.met {
            return Err("Die Beschlussfähigkeit war gegeben.".into());
        }
        let follows = self.follows(lacking, item)?;
        if lacking.follows != follows {
            return Err(format!(
                "Was aus der Beschlussunfähigkeit folgt, ist falsch festgehalten: es ist „{follows}“."
            ));
        }
        if item.is_none() {
            self.phase = Phase::Closed;
        }
        Ok(())
    }

    /// Below three entitled members there is no second sitting; where a second one lacks its quorum too, somebody else
    /// decides. Lacking only because the connected were not counted, it can still be decided in person.
    fn follows(&self, lacking: &Lacking, item: Option<&str>) -> Result<&'static str, String> {
        let law: &Law = self.law.as_ref().ok_or("Das Recht ist nicht festgehalten.")?;
        let second = law.second.as_ref().ok_or("Im festgehaltenen Recht fehlen die Regeln der zweiten Sitzung.")?;
        let instead = if second.mayor_decides { "mayor_decides" } else { "open" };
        let quorum = &lacking.quorum;
        if self.attendance.ever_entitled(item) < second.least {
            return Ok(instead);
        }
        let lower_number = self.attendance.second.is_marked(item) && quorum.norm == second.norm;
        let connected_would_do = quorum.counted.is_some() && quorum.entitled >= quorum.needed;
        Ok(if lower_number && !connected_would_do { instead } else { "second_session" })
    }
}
