//! Verlangen in words: what the law says of them, and until when.

use super::due::left;
use super::when;
use crate::app::ports::requests::{KeptRequest, Outcome};
use crate::app::requests::{Sits, TypedAnswer};
use crate::domain::law::requests::{RequestFinding, Wanted, latest_sitting};
use crate::domain::law::{RequestBase, Rules};
use crate::domain::refusal::Refusal;
use crate::domain::time::Date;
use crate::web::pages::due::{DueGroup, DueRow};
use crate::web::pages::next::Choice;
use crate::web::pages::requests::{AnswerForm, RequestCard};

/// A request with what is needed to speak of it.
pub struct Asked {
    pub kept: KeptRequest,
    pub body_name: String,
    pub found: Result<RequestFinding, Refusal>,
    /// The body's sittings from the day it was received on, in their order.
    pub sittings: Vec<Sits>,
}

impl Asked {
    fn latest(&self) -> Option<Date> {
        let latest = self.found.as_ref().ok()?.latest?;
        latest_sitting(self.sittings.iter().map(|sitting| sitting.day), self.kept.lodged.received_on, latest)
    }

    fn finding(&self) -> (bool, String, String) {
        match &self.found {
            Err(refusal) => (false, refusal.sentence.clone(), refusal.norm.clone().unwrap_or_default()),
            Ok(found) => {
                let request = &self.kept.lodged.request;
                let counted = match request.asking {
                    0 => "Zulässig: Eine Fraktion verlangt es.".to_owned(),
                    1 => format!("Zulässig: Eine Person verlangt es, nötig sind {}.", found.needed),
                    asking if asking < found.needed => "Zulässig: Eine Fraktion verlangt es.".to_owned(),
                    asking => format!("Zulässig: {asking} verlangen es, nötig sind {}.", found.needed),
                };
                (true, counted, found.norm.clone())
            }
        }
    }

    /// Until when, and whether that is past.
    fn due(&self, today: Date) -> (String, bool) {
        match (&self.found, self.kept.lodged.request.wants) {
            (Err(_), _) => (String::new(), false),
            (Ok(_), Wanted::Session) => ("Die Sitzung ist unverzüglich einzuberufen.".to_owned(), false),
            (Ok(found), Wanted::Item) => {
                let Some(day) = self.latest() else {
                    let place = match found.latest {
                        Some(2) => "der übernächsten Sitzung".to_owned(),
                        Some(1) => "der nächsten Sitzung".to_owned(),
                        place => format!("der {}. folgenden Sitzung", place.unwrap_or(1)),
                    };
                    return (format!("Spätestens auf die Tagesordnung {place}; sie ist noch nicht geplant."), false);
                };
                let away = left(day.days_since(today));
                (format!("Spätestens auf die Tagesordnung der Sitzung am {}, {away}.", when::long(day)), day < today)
            }
        }
    }
}

/// The request as a card; `typed` is what stands in the form of its answer.
#[must_use]
pub fn request_card(asked: &Asked, typed: TypedAnswer, today: Date) -> RequestCard {
    let lodged = &asked.kept.lodged;
    let (admissible, finding, paragraph) = asked.finding();
    let (due, late) = asked.due(today);
    let wants = match lodged.request.wants {
        Wanted::Session => "Sitzung",
        Wanted::Item => "Verhandlungsgegenstand",
    };
    let mut who: Vec<String> = lodged.asking.iter().map(|(_, name)| name.to_string()).collect();
    who.extend(lodged.faction.iter().map(|faction| format!("Fraktion {faction}")));
    let answered = asked.kept.answered.as_ref();
    let outcome = answered.map_or_else(String::new, |answered| {
        let word = match answered.outcome {
            Outcome::Scheduled => "Angesetzt",
            Outcome::Declined => "Abgelehnt",
            Outcome::Withdrawn => "Zurückgenommen",
        };
        let remark = answered.remark.as_ref().map_or_else(String::new, |remark| format!(": {remark}"));
        format!("{word} am {}{remark}", when::long(when::date(answered.at)))
    });
    let meeting = answered.and_then(|answered| answered.meeting.as_ref()).map(|id| {
        let day = asked.sittings.iter().find(|sitting| sitting.id == *id).map(|sitting| sitting.day);
        let label = day.map_or_else(|| "Zur Sitzung".to_owned(), |day| format!("Sitzung am {}", when::long(day)));
        (format!("/sitzung/{id}"), label)
    });
    RequestCard {
        id: asked.kept.id.to_string(),
        subject: lodged.subject.to_string(),
        wants: format!("{wants} · {}", asked.body_name),
        received: format!("Eingegangen am {}", when::long(lodged.received_on)),
        who: who.join(", "),
        admissible,
        finding,
        paragraph,
        due: if answered.is_some() { String::new() } else { due },
        late: late && answered.is_none(),
        answer: answered.is_none().then(|| AnswerForm {
            to: format!("/verlangen/{}/erledigt", asked.kept.id),
            meetings: asked
                .sittings
                .iter()
                .map(|sitting| Choice { value: sitting.id.to_string(), label: when::long(sitting.day) })
                .collect(),
            may_decline: !admissible,
            outcome: typed.outcome,
            meeting: typed.meeting,
            remark: typed.remark,
        }),
        outcome,
        meeting,
    }
}

/// The open requests as a group among the deadlines; `None` if there is none.
#[must_use]
pub fn request_rows(asked: &[Asked], today: Date) -> Option<DueGroup> {
    let open = asked.iter().filter(|asked| asked.kept.answered.is_none());
    let rows: Vec<DueRow> = open
        .map(|asked| {
            let lodged = &asked.kept.lodged;
            let (admissible, finding, paragraph) = asked.finding();
            let what = match (admissible, lodged.request.wants) {
                (false, _) => "Verlangen beantworten",
                (true, Wanted::Session) => "Sitzung einberufen",
                (true, Wanted::Item) => "Auf die Tagesordnung nehmen",
            };
            let latest = asked.latest();
            DueRow {
                day: latest.map_or_else(|| "Unverzüglich".to_owned(), when::long),
                left: latest.map_or_else(
                    || format!("eingegangen {}", left(lodged.received_on.days_since(today))),
                    |day| left(day.days_since(today)),
                ),
                what: format!("{what}: {}", lodged.subject),
                note: if admissible { asked.due(today).0 } else { finding },
                paragraph,
                meeting: format!("{}, Verlangen vom {}", asked.body_name, when::long(lodged.received_on)),
                href: format!("/verlangen#{}", asked.kept.id),
            }
        })
        .collect();
    (!rows.is_empty()).then(|| DueGroup { title: "Offene Verlangen".into(), class: "due--near", rows })
}

/// What the law asks of a request in a body with so many `councillors` and `members`, with the paragraphs.
#[must_use]
pub fn request_law(rules: &Rules, councillors: u32, members: u32) -> Vec<(String, String)> {
    let base = match rules.request_base.get() {
        RequestBase::Councillors => councillors,
        RequestBase::Members => members,
    };
    let needed = |share: crate::domain::law::Fraction| share.ceil_of(base).max(1);
    let (session, item) = (&rules.request_session_fraction, &rules.request_item_fraction);
    let faction = if rules.request_item_or_group.get() { " oder eine Fraktion" } else { "" };
    let mut law = vec![
        (format!("Eine Sitzung verlangen mindestens {} von {base}.", needed(session.get())), session.norm().to_owned()),
        (
            format!("Einen Verhandlungsgegenstand verlangen mindestens {} von {base}{faction}.", needed(item.get())),
            item.norm().to_owned(),
        ),
    ];
    let block = &rules.request_block_months;
    if block.get() > 0 {
        law.push((
            format!("Kein Anspruch, wenn derselbe Gegenstand in den letzten {} Monaten behandelt wurde.", block.get()),
            block.norm().to_owned(),
        ));
    }
    law
}
