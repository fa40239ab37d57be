//! Signing in and enrolling: who may, and what is remembered.

use crate::app::ports::Fault;
use crate::app::ports::accounts::{AccountKeys, AccountStore, LinkState};
use crate::app::ports::clock::Clock;
use crate::app::ports::mail::{EnrolmentMail, Mailer};
use crate::app::ports::secrets::{PasswordTrouble, Secrets, TotpSetup};
use crate::app::town::{CurrentTown, Town};
use crate::domain::id::PersonId;
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::sync::Arc;

mod attempts;
use attempts::Attempts;

/// How long an enrolment link is good, and how long a confirmed one may be finished, in minutes.
pub const ENROLMENT_MINUTES: i64 = 30;
/// Shortest password, in characters (with a second factor; BSI ORP.4 and NIST SP 800-63B ask for less).
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Longest password, in characters. Bounds the work of one attempt.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Longest text looked at in any other field of a form, in bytes.
const FIELD_BYTES_MAX: usize = 254;
/// How long a used or expired link can still be told from a forged one.
const LINK_MEMORY_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Why somebody is not let in. The text is for the person; the fault is for the log.
#[derive(Debug, thiserror::Error)]
pub enum AccountRefusal {
    /// One sentence for everything, so that it does not tell which part was wrong or who has an account.
    #[error("E-Mail-Adresse, Passwort oder Code stimmen nicht. Ein Code gilt nur einmal.")]
    NotYou,
    #[error("Zu viele Versuche. Bitte in {seconds} Sekunden noch einmal.")]
    Wait { seconds: i64 },
    #[error("Im Moment melden sich viele an, bitte gleich noch einmal.")]
    Busy,
    #[error("Dieser Link ist abgelaufen. Bitte lassen Sie sich von der Verwaltung einen neuen schicken.")]
    LinkExpired,
    #[error("Dieser Link wurde schon benutzt. Waren Sie es nicht, melden Sie es bitte der Verwaltung.")]
    LinkUsed,
    #[error("Dieser Link ist nicht gültig. Vielleicht gibt es einen neueren, oder er ist unvollständig kopiert.")]
    LinkUnknown,
    #[error(
        "Die Zeit zum Einrichten ist abgelaufen. Bitte lassen Sie sich von der Verwaltung einen neuen Link schicken."
    )]
    EnrolmentOver,
    #[error("Das Passwort braucht mindestens {PASSWORD_CHARS_MIN} und höchstens {PASSWORD_CHARS_MAX} Zeichen.")]
    PasswordLength,
    #[error("Das Passwort darf nicht die eigene E-Mail-Adresse sein und nicht nur aus einem Zeichen bestehen.")]
    PasswordObvious,
    #[error("Der Code stimmt nicht. Bitte den nächsten abwarten; geht die Uhr des Geräts richtig?")]
    WrongCode,
    #[error("Diese Person gibt es hier nicht.")]
    NoSuchPerson,
    #[error("Es ist kein Mailversand eingerichtet (Abschnitt [mail] der Konfiguration).")]
    NoMail,
    #[error("Das hat nicht geklappt, die Störung liegt bei uns. Bitte gleich noch einmal.")]
    Fault(#[from] Fault),
}

impl From<PasswordTrouble> for AccountRefusal {
    fn from(trouble: PasswordTrouble) -> Self {
        match trouble {
            PasswordTrouble::Busy => Self::Busy,
            PasswordTrouble::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// What somebody types to sign in.
#[derive(Clone, Deserialize)]
pub struct Credentials {
    pub email: String,
    pub password: String,
    pub code: String,
}

/// An enrolment between the confirmed link and the new keys. It is kept in the session, server side.
#[derive(Clone, Serialize, Deserialize)]
pub struct Enrolment {
    pub person: PersonId,
    /// The digest of the link it came from: a newer link ends it.
    pub link: String,
    pub totp_secret: String,
    pub until: Instant,
}

impl Enrolment {
    /// Its name in the session's data.
    pub const KEY: &'static str = "enrolment";
}

/// The use cases around accounts. One for the whole process: it counts failed attempts.
pub struct Accounts {
    store: Arc<dyn AccountStore>,
    secrets: Arc<dyn Secrets>,
    clock: Arc<dyn Clock>,
    /// `None`: no mail is set up, nobody can be invited.
    mailer: Option<Arc<dyn Mailer>>,
    town: Arc<CurrentTown>,
    /// Without a slash at its end.
    public_url: String,
    attempts: Attempts,
}

impl Accounts {
    #[must_use]
    pub fn new(
        store: Arc<dyn AccountStore>,
        secrets: Arc<dyn Secrets>,
        clock: Arc<dyn Clock>,
        mailer: Option<Arc<dyn Mailer>>,
        town: Arc<CurrentTown>,
        public_url: &str,
    ) -> Self {
        let public_url = public_url.trim_end_matches('/').to_owned();
        Self { store, secrets, clock, mailer, town, public_url, attempts: Attempts::default() }
    }

    /// The town of this moment.
    #[must_use]
    pub fn town(&self) -> Arc<Town> {
        self.town.town()
    }

    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Who these credentials belong to. `address` is where they come from.
    ///
    /// # Errors
    /// [`AccountRefusal::NotYou`], `Wait`, `Busy` or `Fault`.
    pub async fn sign_in(&self, given: Credentials, address: IpAddr) -> Result<PersonId, AccountRefusal> {
        self.attempt(given, address, true).await
    }

    /// Whose e-mail address and password these are, for the waiting room: nothing else opens to them.
    ///
    /// # Errors
    /// As [`Self::sign_in`].
    pub async fn knock(&self, email: String, password: String, address: IpAddr) -> Result<PersonId, AccountRefusal> {
        self.attempt(Credentials { email, password, code: String::new() }, address, false).await
    }

    async fn attempt(
        &self,
        given: Credentials,
        address: IpAddr,
        second_factor: bool,
    ) -> Result<PersonId, AccountRefusal> {
        if given.email.len() > FIELD_BYTES_MAX
            || given.code.len() > FIELD_BYTES_MAX
            || given.password.chars().count() > PASSWORD_CHARS_MAX
        {
            return Err(AccountRefusal::NotYou);
        }
        let email = given.email.trim().to_lowercase();
        let attempt = self.attempts.begin(&email, address, self.clock.now());
        let attempt = attempt.map_err(|seconds| AccountRefusal::Wait { seconds })?;
        match self.judge(&email, given, second_factor).await {
            Ok(Some(person)) => {
                self.attempts.succeed(attempt, self.clock.now());
                Ok(person)
            }
            Ok(None) => Err(AccountRefusal::NotYou),
            // Nobody looked to the end: that is no failure of the person.
            Err(trouble) => {
                self.attempts.forgive(attempt);
                Err(trouble)
            }
        }
    }

    /// Whose credentials these are, or `None`.
    async fn judge(
        &self,
        email: &str,
        given: Credentials,
        second_factor: bool,
    ) -> Result<Option<PersonId>, AccountRefusal> {
        let account = self.store.by_email(email).await?;
        let keys = account.as_ref().and_then(|account| account.keys.clone());
        // An unknown address costs the same work, so that time does not tell who has an account.
        let hash = keys.as_ref().map(|keys| keys.password_hash.clone());
        let right = self.secrets.verify_password(given.password, hash).await?;
        let (Some(account), Some(keys), true) = (account, keys, right) else { return Ok(None) };
        if !second_factor {
            return Ok(Some(account.person));
        }
        let step = self.secrets.totp_step(&keys.totp_secret, &given.code, self.clock.now());
        let Some(step) = step else { return Ok(None) };
        let fresh = self.store.use_totp_step(&account.person, step).await?;
        Ok(fresh.then_some(account.person))
    }

    /// Whether invitations can be sent.
    #[must_use]
    pub fn sends_mail(&self) -> bool {
        self.mailer.is_some()
    }

    /// Sends the person a fresh enrolment link; an earlier one no longer works.
    ///
    /// # Errors
    /// [`AccountRefusal::NoSuchPerson`], `NoMail`, or `Fault` if no mail server took the letter.
    pub async fn invite(&self, person: &PersonId) -> Result<(), AccountRefusal> {
        let mailer = self.mailer.clone().ok_or(AccountRefusal::NoMail)?;
        let account = self.store.by_person(person).await?.ok_or(AccountRefusal::NoSuchPerson)?;
        let link = self.enrolment_link(person).await?;
        let mail = EnrolmentMail {
            to_name: account.name,
            to_address: account.email,
            municipality: self.town().municipality().to_owned(),
            link,
            valid_minutes: ENROLMENT_MINUTES,
        };
        Ok(mailer.enrolment(mail).await?)
    }

    /// A fresh enrolment link, whole, for handing over otherwise than by mail. Whoever reads it may enrol.
    ///
    /// # Errors
    /// [`AccountRefusal::NoSuchPerson`] or `Fault`.
    pub async fn enrolment_link(&self, person: &PersonId) -> Result<String, AccountRefusal> {
        self.store.by_person(person).await?.ok_or(AccountRefusal::NoSuchPerson)?;
        let (token, now) = (self.secrets.token()?, self.clock.now());
        let expires = now.plus_millis(ENROLMENT_MINUTES * 60_000);
        self.store.put_link(person, &self.secrets.digest(&token), now, expires).await?;
        Ok(format!("{}/einladung/{token}", self.public_url))
    }

    /// Whether a link is good, without using it: mail scanners look, too.
    ///
    /// # Errors
    /// What is wrong with the link, or `Fault`.
    pub async fn look_at_link(&self, token: &str) -> Result<PersonId, AccountRefusal> {
        let state = self.store.link(&self.digest(token)?, self.clock.now()).await?;
        holder_of(state)
    }

    /// Uses a link, once: from here on the person may set the keys, and nothing else.
    ///
    /// # Errors
    /// What is wrong with the link, or `Fault`.
    pub async fn confirm_link(&self, token: &str) -> Result<Enrolment, AccountRefusal> {
        let (totp_secret, link, now) = (self.secrets.totp_secret()?, self.digest(token)?, self.clock.now());
        let person = holder_of(self.store.take_link(&link, now).await?)?;
        Ok(Enrolment { person, link, totp_secret, until: now.plus_millis(ENROLMENT_MINUTES * 60_000) })
    }

    fn digest(&self, token: &str) -> Result<String, AccountRefusal> {
        if token.len() > FIELD_BYTES_MAX { Err(AccountRefusal::LinkUnknown) } else { Ok(self.secrets.digest(token)) }
    }

    /// What the person scans with the authenticator app.
    ///
    /// # Errors
    /// [`AccountRefusal::EnrolmentOver`] or `Fault`.
    pub async fn totp_setup(&self, enrolment: &Enrolment) -> Result<TotpSetup, AccountRefusal> {
        let account = self.enrolling(enrolment).await?;
        Ok(self.secrets.totp_setup(&enrolment.totp_secret, &account, "Ratssaal")?)
    }

    /// Sets password and second factor. Every session of the person ends; they sign in with both from now on.
    ///
    /// # Errors
    /// [`AccountRefusal::EnrolmentOver`], `PasswordLength`, `PasswordObvious`, `WrongCode`, `Busy` or `Fault`.
    pub async fn enrol(&self, enrolment: &Enrolment, password: String, code: &str) -> Result<(), AccountRefusal> {
        let email = self.enrolling(enrolment).await?;
        if !(PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX).contains(&password.chars().count()) {
            return Err(AccountRefusal::PasswordLength);
        }
        let first = password.chars().next();
        if password.to_lowercase() == email || password.chars().all(|c| Some(c) == first) {
            return Err(AccountRefusal::PasswordObvious);
        }
        let code = code.get(..FIELD_BYTES_MAX).unwrap_or(code);
        let step = self.secrets.totp_step(&enrolment.totp_secret, code, self.clock.now());
        let step = step.ok_or(AccountRefusal::WrongCode)?;
        let password_hash = self.secrets.hash_password(password).await?;
        let keys = AccountKeys { password_hash, totp_secret: enrolment.totp_secret.clone() };
        let done = self.store.enrol(&enrolment.person, &enrolment.link, keys, step, self.clock.now()).await?;
        if done { Ok(()) } else { Err(AccountRefusal::EnrolmentOver) }
    }

    /// The address of whoever is enrolling, if they still may.
    async fn enrolling(&self, enrolment: &Enrolment) -> Result<String, AccountRefusal> {
        if self.clock.now() >= enrolment.until {
            return Err(AccountRefusal::EnrolmentOver);
        }
        let account = self.store.by_person(&enrolment.person).await?;
        Ok(account.ok_or(AccountRefusal::EnrolmentOver)?.email)
    }

    /// `Überall abmelden`: ends every session of the person.
    ///
    /// # Errors
    /// [`AccountRefusal::Fault`].
    pub async fn sign_out_everywhere(&self, person: &PersonId) -> Result<u64, AccountRefusal> {
        Ok(self.store.end_sessions(person).await?)
    }

    /// Removes what is expired. For a quiet timer, every few minutes.
    ///
    /// # Errors
    /// [`AccountRefusal::Fault`].
    pub async fn sweep(&self) -> Result<u64, AccountRefusal> {
        let now = self.clock.now();
        self.attempts.sweep(now);
        Ok(self.store.sweep(now, now.plus_millis(-LINK_MEMORY_MILLIS)).await?)
    }
}

fn holder_of(state: LinkState) -> Result<PersonId, AccountRefusal> {
    match state {
        LinkState::Good(person) => Ok(person),
        LinkState::Expired => Err(AccountRefusal::LinkExpired),
        LinkState::Used => Err(AccountRefusal::LinkUsed),
        LinkState::Unknown => Err(AccountRefusal::LinkUnknown),
    }
}
