//! One person before a browser: signs in, looks, acts. Plain HTTP, as anybody could send it.

use super::{Person, Trouble};
use crate::play::peer::Exchange;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret};

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// A person who is signed in.
#[derive(Clone)]
pub struct Visitor {
    pub name: String,
    url: String,
    http: reqwest::Client,
    cookie: Arc<str>,
    commands: Arc<AtomicU64>,
}

/// What came of an act.
#[derive(Debug)]
pub enum Answer {
    /// Done; the receipt, as the server gave it.
    Done(Value),
    /// Refused: the sentence, and the paragraph if the law refused.
    Refused { reason: String, paragraph: String },
}

impl Answer {
    /// The receipt.
    ///
    /// # Errors
    /// The refusal, as text.
    pub fn receipt(self) -> Result<Value, Trouble> {
        match self {
            Self::Done(receipt) => Ok(receipt),
            Self::Refused { reason, paragraph } => Err(format!("{reason} ({paragraph})").into()),
        }
    }
}

impl Visitor {
    /// Signs in with password and one-time code.
    ///
    /// # Errors
    /// If the server does not let the person in.
    pub async fn sign_in(url: &str, person: &Person) -> Result<Self, Trouble> {
        let http = reqwest::Client::builder().redirect(Policy::none()).timeout(PATIENCE).build()?;
        let code = one_time_code(&person.totp_secret)?;
        let form = [("email", person.email.as_str()), ("password", &person.password), ("code", &code), ("weiter", "/")];
        let answer = http.post(format!("{url}/anmelden")).form(&form).send().await?;
        let cookies = answer.headers().get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
        let cookie = cookies.map(|cookie| cookie.split(';').next().unwrap_or(cookie).to_owned()).next();
        let moved = answer.status().is_redirection() && answer.headers().contains_key(LOCATION);
        match cookie {
            Some(cookie) if moved => Ok(Self {
                name: person.name.clone(),
                url: url.to_owned(),
                http,
                cookie: cookie.into(),
                commands: Arc::default(),
            }),
            _ => Err(format!("{} kommt nicht hinein: {}", person.name, answer.status()).into()),
        }
    }

    /// The meeting that is offered on the first page.
    ///
    /// # Errors
    /// If there is none.
    pub async fn find_meeting(&self) -> Result<String, Trouble> {
        let page = self.get("/").await?.text().await?;
        let door = page.split("\"/sitzung/").nth(1).and_then(|rest| rest.split(['/', '"']).next());
        Ok(door.ok_or("auf der Startseite ist keine Sitzung")?.to_owned())
    }

    /// The meeting as data.
    ///
    /// # Errors
    /// If the server does not answer.
    pub async fn look(&self, meeting: &str) -> Result<Value, Trouble> {
        Ok(self.get(&format!("/api/v1/meetings/{meeting}")).await?.error_for_status()?.json().await?)
    }

    /// Does something in the meeting. While no answer comes, the same command is asked again under the same id.
    ///
    /// # Errors
    /// If the server does not answer.
    pub async fn act(&self, meeting: &str, verb: &str, fields: &[(&str, &str)]) -> Result<Answer, Trouble> {
        let number = self.commands.fetch_add(1, Ordering::Relaxed);
        let command = format!("k-{}-{number}", SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos());
        let mut form = vec![("tun", verb), ("kennung", &command)];
        form.extend_from_slice(fields);
        let mut tries = 0;
        loop {
            tries += 1;
            let sent = self
                .http
                .post(format!("{}/sitzung/{meeting}/tun", self.url))
                .header(COOKIE, &*self.cookie)
                .header(ACCEPT, "application/json")
                .form(&form)
                .send()
                .await;
            match sent {
                Ok(answer) if !answer.status().is_server_error() => return Ok(read(&answer.json().await?)),
                Ok(answer) if tries == 5 => return Err(format!("{verb}: {}", answer.status()).into()),
                Err(why) if tries == 5 => return Err(why.into()),
                Ok(_) | Err(_) => tokio::time::sleep(Duration::from_millis(300)).await,
            }
        }
    }

    /// Takes something home.
    ///
    /// # Errors
    /// If the server does not hand it out.
    pub async fn fetch(&self, path: &str) -> Result<Vec<u8>, Trouble> {
        Ok(self.get(path).await?.error_for_status()?.bytes().await?.to_vec())
    }

    /// The way this person exchanges session descriptions.
    #[must_use]
    pub fn exchange(&self) -> Arc<dyn Exchange> {
        let (http, cookie) = (self.http.clone(), Arc::clone(&self.cookie));
        Arc::new(move |url: String, offer: String| {
            let (http, cookie) = (http.clone(), Arc::clone(&cookie));
            async move {
                let sent = http.post(url).header(COOKIE, &*cookie).header(CONTENT_TYPE, "application/sdp").body(offer);
                let answer = sent.send().await.map_err(|why| why.to_string())?;
                let (status, text) = (answer.status(), answer.text().await.map_err(|why| why.to_string())?);
                if status.is_success() { Ok(text) } else { Err(format!("{status}")) }
            }
        })
    }

    async fn get(&self, path: &str) -> Result<reqwest::Response, Trouble> {
        Ok(self.http.get(format!("{}{path}", self.url)).header(COOKIE, &*self.cookie).send().await?)
    }
}

fn read(answer: &Value) -> Answer {
    if let Some(reason) = answer["reason"].as_str() {
        let paragraph = answer["paragraph"].as_str().unwrap_or_default().to_owned();
        return Answer::Refused { reason: reason.to_owned(), paragraph };
    }
    Answer::Done(answer["beleg"].clone())
}

fn one_time_code(secret: &str) -> Result<String, Trouble> {
    let secret = Secret::try_from_base32(secret).map_err(|why| why.to_string())?;
    let totp = Builder::new().with_secret(secret).build().map_err(|why| why.to_string())?;
    Ok(totp.generate_current().to_string())
}
