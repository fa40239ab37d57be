//! Somebody before the server: signed in or not, sending exactly what the test says, and hearing exactly what comes.

use ratssaal::play::Person;
use ratssaal::play::peer::{Line, LinePlan, Show};
use ratssaal::play::pictures::PictureLoop;
use ratssaal::play::voices::VoiceLoop;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, SET_COOKIE};
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[derive(Clone)]
pub struct Visitor {
    pub url: String,
    pub client: Client,
    pub cookie: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

static COMMANDS: AtomicU64 = AtomicU64::new(1);

/// An id no other command of this run has.
pub fn fresh() -> String {
    format!("t-{}-{}", std::process::id(), COMMANDS.fetch_add(1, Ordering::Relaxed))
}

impl Told {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub fn receipt(&self) -> Value {
        let receipt = self.json()["beleg"].clone();
        assert!(self.status == 200 && receipt.is_object(), "{} {}", self.status, self.text);
        receipt
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Refused with this status, in German that people can read, without a word of the machine's inside.
    #[track_caller]
    pub fn refused(&self, status: u16, sentence: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        assert!(self.text.contains(sentence), "„{sentence}“ is missing in {}", self.text);
        for inside in ["panicked", "Failed to", "deserialize", "src/", "SELECT", "sqlx", "Invalid "] {
            assert!(!self.text.contains(inside), "„{inside}“ is told: {}", self.text);
        }
    }
}

pub fn one_time_code(secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    totp_rs::Builder::new().with_secret(secret).build().unwrap().generate_current().to_string()
}

impl Visitor {
    pub fn stranger(url: &str) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(Duration::from_secs(20));
        Self { url: url.to_owned(), client: client.build().unwrap(), cookie: None }
    }

    pub fn with_cookie(&self, cookie: &str) -> Self {
        Self { cookie: Some(cookie.to_owned()), ..self.clone() }
    }

    pub async fn sign_in(url: &str, person: &Person) -> Self {
        let mut visitor = Self::stranger(url);
        let told = visitor.try_sign_in(person).await;
        assert_eq!(told.status, 303, "{}: {}", person.name, told.text);
        visitor.cookie = cookie(&told);
        visitor
    }

    pub async fn try_sign_in(&self, person: &Person) -> Told {
        let code = one_time_code(&person.totp_secret);
        let form = [("email", person.email.as_str()), ("password", &person.password), ("code", &code)];
        self.send(self.post("/anmelden").form(&form)).await.unwrap()
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.url))
    }

    pub async fn get(&self, path: &str) -> Told {
        self.send(self.client.get(format!("{}{path}", self.url))).await.unwrap()
    }

    pub async fn send(&self, request: RequestBuilder) -> Result<Told, reqwest::Error> {
        let request = match &self.cookie {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        };
        let answer = request.send().await?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Ok(Told { status, headers, text: answer.text().await? })
    }

    /// Posts these fields to the meeting and asks for JSON. An error is a line that broke.
    pub async fn form(&self, meeting: &str, fields: &[(&str, &str)]) -> Result<Told, reqwest::Error> {
        self.send(self.post(&format!("/sitzung/{meeting}/tun")).header(ACCEPT, "application/json").form(fields)).await
    }

    /// Does something under a fresh id.
    pub async fn act(&self, meeting: &str, verb: &str, more: &[(&str, &str)]) -> Told {
        let id = fresh();
        let fields: Vec<(&str, &str)> =
            [("tun", verb), ("kennung", &id)].into_iter().chain(more.iter().copied()).collect();
        self.form(meeting, &fields).await.unwrap()
    }

    pub async fn vote(&self, meeting: &str, id: &str, ballot: &str, choice: &str) -> Result<Told, reqwest::Error> {
        self.form(meeting, &[("tun", "stimme"), ("kennung", id), ("abstimmung", ballot), ("wahl", choice)]).await
    }

    pub async fn look(&self, meeting: &str) -> Value {
        let told = self.get(&format!("/api/v1/meetings/{meeting}")).await;
        assert_eq!(told.status, 200, "{}", told.text);
        told.json()
    }

    /// This visitor's real line into the chamber.
    pub fn line(&self, meeting: &str, number: u16) -> Line {
        let show = Show {
            pictures: Arc::new(PictureLoop::encode(number).unwrap()),
            tune: Arc::new(VoiceLoop::tune(number).unwrap()),
            silence: Arc::new(VoiceLoop::silence().unwrap()),
        };
        let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let plan = LinePlan { base: self.url.clone(), meeting: meeting.to_owned(), slots: 4, local, show };
        let visitor = self.clone();
        let exchange = move |url: String, offer: String| {
            let visitor = visitor.clone();
            async move {
                let request = visitor.client.post(url).header(CONTENT_TYPE, "application/sdp").body(offer);
                let told = visitor.send(request).await.map_err(|why| why.to_string())?;
                if told.status == 201 { Ok(told.text) } else { Err(format!("{} {}", told.status, told.text)) }
            }
        };
        Line::new(plan, Arc::new(exchange))
    }
}

/// The cookie that was set, if one was.
pub fn cookie(told: &Told) -> Option<String> {
    let set = told.headers.get(SET_COOKIE)?.to_str().ok()?;
    set.split(';').next().map(str::to_owned)
}
