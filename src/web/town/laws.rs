//! Hauptsatzung and Geschäftsordnung on the administration's pages: what is in force, what carries, and the forms for it.

use super::fields::{choice, day, line, list, number, ways};
use super::forms::Said;
use super::rows::clause_words;
use super::task::{CLAUSES, Task};
use super::view::Desk;
use crate::app::record::rules_on;
use crate::app::town::{Bylaw, BylawKind, LocalRule};
use crate::domain::law::{BodyKind, Instrument, basis};
use crate::web::pages::town::{ClauseRow, FormField, Standing};

impl Desk {
    /// Whether it was carried, by the rules of today with the town's own behind them; with the sentence if not.
    pub(super) fn carries(&self, clause: &Bylaw) -> Result<(), String> {
        let body = self.town.bodies().first().map(|body| &body.id).ok_or_else(String::new)?;
        let rules = rules_on(&self.town, body, self.today)?;
        let proof = if clause.kind == BylawKind::DistrictConsent { basis::consents } else { basis::carries };
        proof(&rules, clause.carried).map_err(|why| why.sentence)
    }

    /// Local law, a line each.
    pub(super) fn local_rows(&self) -> Vec<ClauseRow> {
        let wrong = self.town.local_law_is_lawful().err();
        let pack = self.town.land().pack().ok();
        let row = |(place, rule): (usize, &LocalRule)| {
            let refused = wrong.as_ref().filter(|beyond| beyond.place == place);
            let (standing, word) = match rule.until {
                _ if refused.is_some() => (Standing::Care, "vom Gesetz nicht gedeckt".to_owned()),
                Some(until) if until < self.today => (Standing::Ended, "außer Kraft".to_owned()),
                _ if rule.from > self.today => (Standing::Care, format!("tritt am {} in Kraft", rule.from.german())),
                _ => (Standing::Good, "in Kraft".to_owned()),
            };
            let body = rule.body.as_deref().and_then(|id| self.body_named(id));
            let until = rule.until.map_or_else(String::new, |until| format!(", bis {}", until.german()));
            let votes = rule.yes.zip(rule.members);
            let votes =
                votes.map_or_else(String::new, |(yes, of)| format!(", mit {yes} Ja-Stimmen von {of} Mitgliedern"));
            let term = pack.as_ref().and_then(|pack| pack.term(&rule.key)).unwrap_or(&rule.key);
            let statute = pack.as_ref().and_then(|pack| {
                pack.left_to_local_law(self.today).find(|(key, ..)| *key == rule.key).map(|(.., value)| value)
            });
            ClauseRow {
                kind: format!("{term}: {}", rule.value),
                paragraph: body.map_or_else(|| "alle Gremien".to_owned(), |body| body.name.clone()),
                reference: rule.reference.clone(),
                dates: format!(
                    "Beschlossen am {}{votes}, in Kraft ab {}{until}",
                    rule.decided_on.german(),
                    rule.from.german()
                ),
                word,
                standing,
                note: match (refused, statute) {
                    (Some(beyond), _) => format!("{} Solange sie hier steht, kann nicht geplant werden.", beyond.why),
                    (None, Some(value)) => format!("Das Gesetz sagt: {value}."),
                    (None, None) => String::new(),
                },
                end: if rule.until.is_some() { String::new() } else { Task::EndLocal(place).href() },
                prove: String::new(),
            }
        };
        self.town.local().iter().enumerate().map(row).collect()
    }

    pub(super) fn end_clause(&self, place: usize) -> Said {
        let clause = self.town.bylaws().get(place);
        let reference = clause.map_or_else(String::new, |clause| clause.reference.clone());
        Said {
            title: format!("{reference} außer Kraft setzen?"),
            lead: vec![
                "Sitzungen nach dem letzten Tag können nicht mehr darauf gestützt einberufen werden. Schon geplante Sitzungen \
                 behalten den Stand, mit dem sie geplant wurden, bis die Besetzung dort übernommen wird."
                    .to_owned(),
            ],
            fields: vec![day("bis", "Letzter Tag in Kraft").value(self.today).first()],
            button: "Außer Kraft setzen",
            grave: true,
            ..Said::default()
        }
    }

    pub(super) fn prove_clause(&self, place: usize) -> Said {
        let reference = self.town.bylaws().get(place).map_or_else(String::new, |clause| clause.reference.clone());
        Said {
            title: format!("{reference}: Mehrheit nachtragen"),
            lead: vec![self.majority()],
            fields: vec![
                votes("ja", "Ja-Stimmen").hint("Aus der Niederschrift über den Satzungsbeschluss.").first(),
                votes("mitglieder", "Mitglieder insgesamt"),
            ],
            button: "Eintragen",
            ..Said::default()
        }
    }

    pub(super) fn add_local(&self) -> Said {
        let pack = self.town.land().pack().ok();
        let left = pack.iter().flat_map(|pack| pack.left_to_local_law(self.today));
        let rules = left.map(|(key, term, by, value)| {
            let by = if by == Instrument::MainBylaw { "; nur die Hauptsatzung" } else { "" };
            choice(key, format!("{term} (das Gesetz sagt {value}{by})"))
        });
        let bodies = self.town.bodies().iter().map(|body| choice(&body.id, &body.name));
        Said {
            title: "Ortsrecht eintragen".to_owned(),
            lead: vec![
                "Was Hauptsatzung oder Geschäftsordnung anders bestimmen, als das Gesetz es vorgibt. Was weiter geht als das \
                 Gesetz, lehnt das Programm ab und sagt warum."
                    .to_owned(),
            ],
            fields: vec![
                list("regel", "Regel", std::iter::once(choice("", "Bitte wählen")).chain(rules).collect()).first(),
                line("wert", "Wert").hint("Eine Zahl, ja, nein oder das Wort des Regelwerks, zum Beispiel: gleicher Wochentag"),
                list("gremium", "Gilt für", std::iter::once(choice("", "alle Gremien")).chain(bodies).collect()),
                ways(
                    "wo",
                    "Bestimmt in",
                    vec![choice("geschaeftsordnung", "Geschäftsordnung"), choice("hauptsatzung", "Hauptsatzung")],
                ),
            ]
            .into_iter()
            .chain(passed("§ 9 Abs. 1 Geschäftsordnung", "Nur bei der Hauptsatzung: sie braucht die Mehrheit aller Mitglieder."))
            .collect(),
            button: "Eintragen",
            ..Said::default()
        }
    }

    pub(super) fn end_local(&self, place: usize) -> Said {
        let reference = self.town.local().get(place).map_or_else(String::new, |rule| rule.reference.clone());
        Said {
            title: format!("{reference} außer Kraft setzen?"),
            lead: vec![
                "Danach gilt wieder, was das Gesetz sagt. Schon einberufene Sitzungen behalten das Recht, mit dem sie einberufen \
                 sind; geplante, bis die Besetzung dort übernommen wird."
                    .to_owned(),
            ],
            fields: vec![day("bis", "Letzter Tag in Kraft").value(self.today).first()],
            button: "Außer Kraft setzen",
            grave: true,
            ..Said::default()
        }
    }

    /// With how many votes a by-law is passed, with its paragraph on this day.
    pub(super) fn majority(&self) -> String {
        let rules = self.town.land().pack().ok().and_then(|pack| pack.on(self.today).ok());
        let norm = rules.map_or_else(String::new, |rules| format!(" ({})", rules.remote_basis_majority.norm()));
        format!("Die Regelung ist mit der Mehrheit der Stimmen aller Mitglieder zu beschließen{norm}.")
    }

    pub(super) fn add_clause(&self) -> Said {
        let kind = |(kind, name): &(_, &str)| {
            let (word, paragraph) = clause_words(*kind);
            choice(name, format!("{word}, {paragraph}"))
        };
        // Where there is no Ortschaftsrat, nobody is asked for one.
        let districts = self.town.bodies().iter().filter(|body| body.kind == Some(BodyKind::DistrictCouncil));
        let districts: Vec<_> = districts.map(|body| choice(&body.id, &body.name)).collect();
        let kinds = CLAUSES.iter().filter(|(kind, _)| *kind != BylawKind::DistrictConsent || !districts.is_empty());
        let whose = (!districts.is_empty()).then(|| {
            list(
                "gremium",
                "Ortschaftsrat",
                std::iter::once(choice("", "keiner, eine Regelung der Hauptsatzung"))
                    .chain(districts.clone())
                    .collect(),
            )
            .hint("Nur bei der Zustimmung eines Ortschaftsrats; die Stimmen sind dann seine.")
        });
        let mut fields = vec![ways("art", "Was sie regelt", kinds.map(kind).collect()).first()];
        fields.extend(whose);
        let evidence = "Aus der Niederschrift. Ohne sie trägt die Regelung keine Sitzung.";
        fields.extend(passed("§ 4a Abs. 1 Hauptsatzung", evidence));
        Said {
            title: "Regelung der Hauptsatzung eintragen".to_owned(),
            lead: vec![self.majority()],
            fields,
            button: "Eintragen",
            ..Said::default()
        }
    }
}

/// Where something is laid down, since when, and with how many votes.
fn passed(place: &str, evidence: &str) -> [FormField; 5] {
    [
        line("fundstelle", "Fundstelle").hint(&format!("Zum Beispiel: {place}")),
        day("beschlossen", "Beschlossen am"),
        day("inkraft", "In Kraft ab"),
        votes("ja", "Ja-Stimmen").hint(evidence),
        votes("mitglieder", "Mitglieder insgesamt"),
    ]
}

fn votes(name: &str, label: &str) -> FormField {
    number(name, label)
}
