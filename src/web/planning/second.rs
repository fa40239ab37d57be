//! `/sitzung/{id}/zweite`: items of earlier sittings of the body that lacked their quorum are dealt with a second time
//! (§ 37 (3) GemO BW). That they did is looked up in those meetings, never taken from the form.

use super::{After, Fields, fields, impossible, needed, open, outdated};
use crate::app::editing::{Line, Lines};
use crate::app::sitting::Denied;
use crate::domain::id::{CommandId, ItemId, MeetingId};
use crate::domain::law::Rules;
use crate::domain::meeting::command::Preparation;
use crate::domain::meeting::event::FirstSitting;
use crate::domain::meeting::{Command, Item, Meeting, Phase};
use crate::domain::refusal::RefusalKind;
use crate::web::failure::{self, Failed};
use crate::web::pages::next::Choice;
use crate::web::pages::second::{MarkedItem, PlanSecond, WaitingItem};
use crate::web::show::{self, hour, moment};
use crate::web::sign_in::SignedIn;
use crate::web::sign_in::pages::answer;
use crate::web::state::WebState;
use crate::web::visit::Visit;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

/// Most items that are offered; the newest sittings come first.
const WAITING_MAX: usize = 100;
/// The choice of an item that is not on the agenda yet.
const NEW: &str = "neu";

/// An item that waits, with its sitting.
struct Waiting {
    first: FirstSitting,
    item: Item,
    why: String,
}

/// The page.
///
/// # Errors
/// A page that says for whom it is, or that the meetings cannot be listed now.
pub async fn page(
    State(state): State<WebState>,
    Path(id): Path<String>,
    Query(after): Query<After>,
    visitor: SignedIn,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let (meeting, rules) = (&visit.snapshot.meeting, &*visit.snapshot.rules);
    let (frame, _) = show::planning(&visit.snapshot, &visit.viewer, state.sittings.outside().clock.now());
    let marked = meeting.items.iter().filter_map(|item| {
        let first = meeting.second.of.get(&item.id)?;
        let day = first.day.german();
        let first = format!("erste Sitzung am {day}");
        Some(MarkedItem { item: item.id.to_string(), title: title(item), first, command: state.fresh() })
    });
    let done: Vec<&FirstSitting> = meeting.second.of.values().collect();
    let waiting = waiting(&state, &visitor, meeting).await?;
    let waiting = waiting.into_iter().filter(|one| !done.contains(&&one.first)).map(|one| WaitingItem {
        first: format!("{}/{}", one.first.meeting, one.first.item),
        title: title(&one.item),
        why: one.why,
        command: state.fresh(),
        items: choices(meeting, &one.item),
    });
    let page = PlanSecond {
        frame,
        to: format!("/sitzung/{id}/zweite"),
        back: format!("/sitzung/{id}/vorbereiten"),
        law: law(rules),
        paragraph: rules.quorum_second_session_min.norm().to_owned(),
        marked: marked.collect(),
        waiting: waiting.collect(),
        saved: if after.nach == "zweite" { "Gespeichert.".into() } else { String::new() },
    };
    Ok(answer(StatusCode::OK, &page))
}

fn law(rules: &Rules) -> String {
    let strictly = if rules.presence_remote_counts_second_session.get() {
        ""
    } else {
        " Zugeschaltete zählen für diese Zahl streng nicht mit; das Gesetz lässt es offen."
    };
    format!(
        "In der zweiten Sitzung über denselben Gegenstand genügen {} anwesende und stimmberechtigte Mitglieder, wenn die \
         Einberufung darauf hinweist. In der E-Mail von hier aus steht der Hinweis.{strictly}",
        rules.quorum_second_session_min.get()
    )
}

fn title(item: &Item) -> String {
    let title = item.title.as_ref().map_or_else(|| "nichtöffentlicher Punkt".to_owned(), ToString::to_string);
    format!("TOP {}  {title}", item.number)
}

/// The plan's items, the one of the same name first, and a new one.
fn choices(meeting: &Meeting, first: &Item) -> Vec<Choice> {
    let fits = |item: &&Item| item.public == first.public && !meeting.is_second(Some(&item.id));
    let mut items: Vec<&Item> = meeting.items.iter().filter(fits).collect();
    items.sort_by_key(|item| item.title != first.title);
    let new = Choice { value: NEW.into(), label: "neuer Punkt am Ende der Tagesordnung".into() };
    let known = items.first().is_some_and(|item| item.title == first.title);
    let old = items.into_iter().map(|item| Choice { value: item.id.to_string(), label: title(item) });
    if known { old.chain([new]).collect() } else { std::iter::once(new).chain(old).collect() }
}

/// Items of the body's earlier sittings that wait for a second one, the newest sitting first.
async fn waiting(state: &WebState, visitor: &SignedIn, meeting: &Meeting) -> Result<Vec<Waiting>, Failed> {
    let others = Visit::all(state, visitor).await?;
    let others = others.iter().map(|visit| &visit.snapshot.meeting).filter(|other| other.id != meeting.id);
    let mut found: Vec<Waiting> = others.flat_map(|first| waiting_in(meeting, first)).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.first.day));
    found.truncate(WAITING_MAX);
    Ok(found)
}

fn waiting_in(meeting: &Meeting, first: &Meeting) -> Vec<Waiting> {
    let over = matches!(first.phase, Phase::Closed(_)) && first.body == meeting.body && first.day < meeting.day;
    let items = first.items.iter().filter(|item| over && first.waits_for_second(&item.id));
    let one = |item: &Item| {
        let quorum = match first.lacking(&item.id) {
            Some(found) => Some(&found.quorum),
            None => first.results.iter().rev().find(|one| one.result.item == item.id).map(|one| &one.quorum),
        };
        let figures = quorum.map_or_else(String::new, |quorum| {
            format!(": {} anwesend und stimmberechtigt, nötig waren {}", quorum.entitled, quorum.needed)
        });
        Waiting {
            first: FirstSitting { meeting: first.id.clone(), item: item.id.clone(), day: first.day },
            item: item.clone(),
            why: format!("am {}{figures}", first.day.german()),
        }
    };
    items.map(one).collect()
}

/// `POST /sitzung/{id}/zweite`: an item is one of a second sitting, or is not after all.
///
/// # Errors
/// A page that says what is wrong; nothing is changed then.
pub async fn mark(
    State(state): State<WebState>,
    Path(id): Path<String>,
    visitor: SignedIn,
    headers: HeaderMap,
    form: Fields,
) -> Result<Response, Failed> {
    let visit = open(&state, &id, &visitor).await?;
    let fields = fields(form)?;
    let text = |name: &str| fields.get(name).map_or("", String::as_str);
    let command: CommandId = needed(&fields, "kennung")?;
    let (item, of) = if text("tun") == "zuruecknehmen" {
        (needed(&fields, "punkt")?, None)
    } else {
        let (first, known) = text("erste").split_once('/').ok_or_else(outdated)?;
        let (first, known): (MeetingId, ItemId) =
            (first.parse().map_err(|_| outdated())?, known.parse().map_err(|_| outdated())?);
        let there = Visit::open(&state, first.as_str(), &visitor).await?;
        let waits = waiting_in(&visit.snapshot.meeting, &there.snapshot.meeting);
        let waits = waits.into_iter().find(|one| one.first.item == known);
        let waits =
            waits.ok_or_else(|| impossible("In jener Sitzung fehlte zu diesem Punkt die Beschlussfähigkeit nicht."))?;
        let item = match text("punkt") {
            NEW => append(&state, &visit, &headers, &waits.item).await?,
            _ => needed(&fields, "punkt")?,
        };
        (item, Some(waits.first))
    };
    let step = Command::Prepare(Preparation::MarkSecond { item, of });
    match visit.sitting.command(command, visit.viewer.actor.clone(), step).await {
        Ok(_) => Ok(Redirect::to(&format!("/sitzung/{id}/zweite?nach=zweite")).into_response()),
        // Pressed twice: it is as wished.
        Err(Denied::Refused(refusal)) if refusal.kind == RefusalKind::Conflict => {
            Ok(Redirect::to(&format!("/sitzung/{id}/zweite?nach=zweite")).into_response())
        }
        Err(why) => Err(failure::denied(&headers, &why, "")),
    }
}

/// Puts the item at the end of the agenda, unless an earlier press already did.
async fn append(state: &WebState, visit: &Visit, headers: &HeaderMap, first: &Item) -> Result<ItemId, Failed> {
    let meeting = &visit.snapshot.meeting;
    let there = |meeting: &Meeting| {
        let same = |item: &&Item| item.title == first.title && item.public == first.public;
        meeting.items.iter().find(same).filter(|item| item.title.is_some()).map(|item| item.id.clone())
    };
    if let Some(known) = there(meeting) {
        return Ok(known);
    }
    let mut lines = Lines::of(meeting, hour);
    let text = |text: Option<String>| text.unwrap_or_default();
    let number = super::next_number(&lines, lines.items.len());
    lines.items.push(Line {
        id: String::new(),
        number,
        title: text(first.title.as_ref().map(ToString::to_string)),
        public: first.public,
        motion: text(first.motion.as_ref().map(ToString::to_string)),
    });
    let draft = lines.plan(moment).map_err(|why| impossible(&why.to_string()))?;
    let last = draft.agenda.last().map(|entry| entry.id.clone());
    let command = state.fresh();
    let command: CommandId = command.parse().map_err(|_| impossible("Bitte gleich noch einmal."))?;
    let step = Command::Prepare(Preparation::Replan { revision: meeting.before.revision, draft });
    match visit.sitting.command(command, visit.viewer.actor.clone(), step).await {
        Ok(_) => last.ok_or_else(|| impossible("Bitte gleich noch einmal.")),
        Err(why) => Err(failure::denied(headers, &why, "")),
    }
}
