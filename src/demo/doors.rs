//! One sign-in link per role. They exist only in the demonstration, only on loopback, and only as long as it runs.

use crate::app::ports::accounts::Assurance;
use crate::app::town::{Function, Role};
use crate::domain::id::{MeetingId, PersonId};
use crate::play::Format;
use crate::web::WebState;
use crate::web::sign_in::begin_session;
use crate::wire::{House, Trouble};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_sessions::Session;

/// Councillors who get a link, by their place in the council: the first sits in the hall in the hybrid format.
const COUNCILLORS: [usize; 3] = [1, 8, 10];

/// The doors into the demonstration.
#[derive(Clone)]
pub struct Doors {
    /// By token: who comes in.
    tokens: Arc<BTreeMap<String, PersonId>>,
    /// Role and token, in the order they are shown.
    shown: Vec<(String, String)>,
    meeting: MeetingId,
}

impl Doors {
    /// Makes a fresh link for chair, clerk, hall and three councillors.
    ///
    /// # Errors
    /// If the machine has no randomness.
    pub fn new(house: &House, meeting: &MeetingId, format: Format) -> Result<Self, Trouble> {
        let town = house.state.people.accounts.town();
        let body = town.bodies().first().ok_or("kein Gremium")?;
        let today = house.state.towns.today();
        let hybrid = format == Format::Hybrid;
        let (mut tokens, mut shown, mut place) = (BTreeMap::new(), Vec::new(), 0);
        for person in town.people() {
            let role = match body.seat_on(&person.id, today).map(|seat| seat.function) {
                Some(Function::Mayor | Function::Chair) => "Vorsitz".to_owned(),
                Some(Function::Councillor) => {
                    place += 1;
                    match COUNCILLORS.iter().position(|chosen| *chosen == place) {
                        Some(0) if hybrid => "Mitglied im Saal".to_owned(),
                        Some(number) if hybrid => format!("Mitglied daheim {number}"),
                        Some(number) => format!("Ratsmitglied {}", number + 1),
                        None => continue,
                    }
                }
                Some(Function::Official | Function::Resident | Function::DistrictHead) => "Beratende Stimme".to_owned(),
                None if body.has_role(&person.id, Role::Clerk) => "Schriftführung".to_owned(),
                None if hybrid && body.has_role(&person.id, Role::Hall) => "Saal".to_owned(),
                None if body.has_role(&person.id, Role::Administrator) => "Verwaltung".to_owned(),
                None => continue,
            };
            let token = house.secrets.token()?;
            tokens.insert(token.clone(), person.id.clone());
            shown.push((role, token));
        }
        Ok(Self { tokens: Arc::new(tokens), shown, meeting: meeting.clone() })
    }

    /// Role and whole link, and the public's.
    #[must_use]
    pub fn links(&self, url: &str) -> Vec<(String, String)> {
        let mut links: Vec<_> =
            self.shown.iter().map(|(role, token)| (role.clone(), format!("{url}/demo/{token}"))).collect();
        links.push(("Öffentlichkeit".to_owned(), format!("{url}/oeffentlich/{}", self.meeting)));
        links
    }

    /// The route behind the links.
    pub fn routes(&self) -> Router<WebState> {
        let doors = self.clone();
        Router::new().route(
            "/demo/{token}",
            get(move |State(state): State<WebState>, Path(token): Path<String>, session: Session| async move {
                doors.enter(&state, &token, &session).await
            }),
        )
    }

    async fn enter(&self, state: &WebState, token: &str, session: &Session) -> Response {
        let Some(person) = self.tokens.get(token) else { return StatusCode::NOT_FOUND.into_response() };
        let now = state.people.accounts.now();
        match begin_session(session, person.clone(), Assurance::PasswordAndTotp, now).await {
            Ok(()) if state.towns.edition().town.is_administrator(person) => {
                Redirect::to("/verwaltung").into_response()
            }
            Ok(()) => Redirect::to(&format!("/sitzung/{}", self.meeting)).into_response(),
            Err(trouble) => trouble.into_response(),
        }
    }
}
