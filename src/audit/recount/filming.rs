//! Film and sound recordings once more (§ 35 (3) GemO BW): begun only on a clause of the Hauptsatzung or with everybody's consent,
//! and over with the very next entry once that falls away.

use super::super::event::Filming;
use super::super::event::filming::{Of, Started};
use super::super::law::FilmingLaw;
use super::{Business, Found, Meeting, Phase, Stand};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of recordings.
#[derive(Default)]
pub struct Filmed {
    pub law: Option<FilmingLaw>,
    /// The Hauptsatzung has the clause.
    pub clause: bool,
    /// What runs rests on the members' consent.
    running: Option<bool>,
    members: BTreeMap<String, bool>,
    guests: BTreeMap<String, bool>,
    /// Who is at the table without being a member.
    here: BTreeSet<String>,
    must_stop: bool,
}

impl Meeting {
    /// Before an entry: where the ground fell away with the one before, it is the end of the recording.
    pub(super) fn still_filmed(&mut self, name: &str) -> Found {
        if std::mem::take(&mut self.filmed.must_stop) && name != "recording.stopped" {
            return Err("Die Aufnahme lief weiter, obwohl ihre Grundlage weggefallen war.".into());
        }
        Ok(())
    }

    /// After an entry: whether what runs may run on.
    pub(super) fn watch_filming(&mut self) -> Found {
        if matches!(self.business, Business::Between) {
            self.filmed.here.clear();
        }
        let Some(by_consent) = self.filmed.running else { return Ok(()) };
        if self.phase != Phase::Sitting || matches!(self.doors, Stand::Clearing | Stand::Opening) {
            return Err("Die Aufnahme war nicht beendet, als die Sitzung oder ihr öffentlicher Teil endete.".into());
        }
        self.filmed.must_stop = (by_consent && !self.everybody_consents()) || !self.guests_consent();
        Ok(())
    }

    pub(super) fn film(&mut self, event: Filming) -> Found {
        match event {
            Filming::Answered(answered) => {
                self.not_over()?;
                match answered.of {
                    Of::Member { seat } => {
                        self.attendance.known(&seat)?;
                        self.filmed.members.insert(seat, answered.consents);
                    }
                    Of::Guest { name } => {
                        self.filmed.guests.insert(name, answered.consents);
                    }
                }
                Ok(())
            }
            Filming::Started(started) => self.begin_filming(&started),
            Filming::Stopped => match self.filmed.running.take() {
                Some(_) => Ok(()),
                None => Err("Hier wurde nicht aufgenommen.".into()),
            },
            Filming::Guest { name, here: true } => {
                self.filmed.here.insert(name);
                self.not_over()
            }
            Filming::Guest { name, here: false } => {
                self.filmed.here.remove(&name);
                self.not_over()
            }
        }
    }

    fn begin_filming(&mut self, started: &Started) -> Found {
        self.expect(Phase::Sitting)?;
        let law = self.filmed.law.as_ref().ok_or("Über Aufnahmen sagt das festgehaltene Recht nichts.")?;
        let open = self.doors == Stand::Open;
        let behind = self.doors == Stand::Closed && started.purpose == "minutes";
        if !(open || behind) {
            return Err("Im nichtöffentlichen Teil wird nichts für die Öffentlichkeit aufgenommen.".into());
        }
        let publish = started.purpose == "publish" && open;
        let rule = match (publish, law.publish.as_str()) {
            (true, "by_clause") if !self.filmed.clause => law.other.as_str(),
            (true, publish) => publish,
            (false, _) => law.other.as_str(),
        };
        let by_clause = match rule {
            "by_clause" if self.filmed.clause => true,
            "never" => return Err("Für diese Aufnahme gibt es keine Grundlage.".into()),
            _ => false,
        };
        if (started.basis == "clause") != by_clause {
            return Err("Worauf die Aufnahme beruht, ist falsch festgehalten.".into());
        }
        if !by_clause && !self.everybody_consents() {
            return Err("Nicht alle anwesenden Mitglieder hatten in die Aufnahme eingewilligt.".into());
        }
        if !self.guests_consent() {
            return Err("Jemand, der nicht Mitglied ist, hatte in die Aufnahme nicht eingewilligt.".into());
        }
        match self.filmed.running.replace(!by_clause) {
            None => Ok(()),
            Some(_) => Err("Hier wurde schon aufgenommen.".into()),
        }
    }

    fn everybody_consents(&self) -> bool {
        let remote = self.filmed.law.as_ref().is_none_or(|law| law.remote);
        let asked = |seat: &&String| remote || self.attendance.is_in_room(seat);
        let consents = |seat: &String| self.filmed.members.get(seat).copied().unwrap_or(false);
        self.attendance.here().filter(asked).all(consents)
    }

    /// What was answered behind closed doors may be missing from this bundle.
    fn guests_consent(&self) -> bool {
        let never = self.filmed.law.as_ref().is_some_and(|law| law.guests == "never");
        let consents = |name: &String| !never && self.filmed.guests.get(name).copied().unwrap_or(false);
        self.counted.withheld_entries > 0 || self.filmed.here.iter().all(consents)
    }
}
