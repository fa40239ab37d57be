//! A whole house for a test: database, accounts, pages on a loopback port, and browsers that visit it.

use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;
use ratssaal::adapters::secrets::LocalSecrets;
use ratssaal::adapters::store::{Db, SqlAccounts, SqlSessions, SqlTown};
use ratssaal::app::accounts::{Accounts, Credentials};
use ratssaal::app::ports::clock::Clock;
use ratssaal::app::ports::mail::Mailer;
use ratssaal::app::registry::Registry;
use ratssaal::app::town::Town;
use ratssaal::config::parse_town;
use ratssaal::domain::id::PersonId;
use ratssaal::domain::time::Instant;
use ratssaal::web::security::{Protection, protect};
use ratssaal::web::sign_in::{PeopleState, SignedIn, routes, session_layer};
use ratssaal::wire::town_hall_clock;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

pub const PASSWORD: &str = "drei blaue Birnen";
pub const MAYOR: &str = "blumenfeld";
pub const MAYORS_EMAIL: &str = "rosalinde.blumenfeld@example.org";

/// Time stands still until a test lets it go on: codes do not run out by chance.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    fn starting_now() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_millis();
        Self(AtomicI64::new(i64::try_from(now).expect("a clock before the end of time")))
    }

    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// The next house must not live before the last one.
    pub fn set(&self, now: Instant) {
        self.0.store(now.0, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("ratssaal-people-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Where a test's data are.
pub enum Place {
    Sqlite(Folder),
    Postgres { admin: String, name: String },
}

impl Place {
    pub async fn db(&self) -> Db {
        match self {
            Self::Sqlite(folder) => Db::sqlite(&folder.0.join("ratssaal.sqlite")).await.expect("a database"),
            Self::Postgres { admin, name } => {
                let (server, options) = admin.split_once('?').unwrap_or((admin, ""));
                let (server, _) = server.rsplit_once('/').expect("RATSSAAL_TEST_POSTGRES names a database");
                Db::postgres(&format!("{server}/{name}?{options}")).await.expect("a database")
            }
        }
    }
}

/// Runs the test on SQLite, and on PostgreSQL if `RATSSAAL_TEST_POSTGRES` names a server's database `postgres`.
pub async fn on_each(test: impl AsyncFn(&Place)) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    test(&Place::Sqlite(Folder::new())).await;
    let Ok(admin) = std::env::var("RATSSAAL_TEST_POSTGRES") else {
        assert!(std::env::var("CI").is_err(), "RATSSAAL_TEST_POSTGRES is not set, and under CI nothing is skipped");
        eprintln!("SKIPPED on PostgreSQL: RATSSAAL_TEST_POSTGRES is not set");
        return;
    };
    let name = format!("people_{}", uuid::Uuid::now_v7().simple());
    let pool = sqlx::PgPool::connect(&admin).await.expect("the PostgreSQL server");
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(create).execute(&pool).await.expect("a database");
    test(&Place::Postgres { admin, name: name.clone() }).await;
    let drop = sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
    sqlx::query(drop).execute(&pool).await.expect("the database goes");
}

pub fn mayor() -> PersonId {
    MAYOR.parse().expect("an id")
}

pub fn token(link: &str) -> &str {
    link.rsplit_once('/').expect("a token").1
}

pub fn musterstadt() -> Town {
    parse_town("musterstadt.toml", include_str!("../../src/demo/musterstadt.toml")).expect("a town")
}

#[derive(Clone)]
struct AppState {
    people: PeopleState,
}

impl FromRef<AppState> for PeopleState {
    fn from_ref(state: &AppState) -> Self {
        state.people.clone()
    }
}

/// A running house.
pub struct House {
    pub url: String,
    pub accounts: Arc<Accounts>,
    pub clock: Arc<TestClock>,

    server: tokio::task::JoinHandle<()>,
}

impl Drop for House {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl House {
    pub async fn open(place: &Place) -> Self {
        Self::open_with(place, musterstadt(), None).await
    }

    pub async fn open_with(place: &Place, town: Town, mailer: Option<Arc<dyn Mailer>>) -> Self {
        let db = place.db().await;
        let clock = Arc::new(TestClock::starting_now());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let store = Arc::new(SqlAccounts(db.clone()));
        let towns = Registry::open(Arc::new(SqlTown(db.clone())), store.clone(), clock.clone(), town_hall_clock, &town)
            .await
            .expect("the town");
        let accounts = Arc::new(Accounts::new(
            store,
            Arc::new(LocalSecrets::new().expect("secrets")),
            clock.clone(),
            mailer,
            towns.current(),
            &url,
        ));
        let state = AppState { people: PeopleState { accounts: accounts.clone() } };
        let app = Router::new()
            .route("/wer", get(async |who: SignedIn| format!("{} {:?}", who.person, who.assurance)))
            .route(
                "/vielleicht",
                get(async |who: Option<SignedIn>| who.map_or("niemand".to_owned(), |who| who.person.to_string())),
            )
            .merge(routes::<AppState>())
            .layer(session_layer(SqlSessions::new(db, clock.clone())))
            .with_state(state);
        let app = protect(app, &Protection { public_url: url.clone(), trusted_proxies: vec![] });
        let server = tokio::spawn(async move {
            let app = app.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, app).await.expect("a server");
        });
        Self { url, accounts, clock, server }
    }

    /// Enrols without pages; the TOTP secret.
    pub async fn enrol(&self, person: &str) -> String {
        let person: PersonId = person.parse().expect("an id");
        let link = self.accounts.enrolment_link(&person).await.expect("a link");
        let (_, token) = link.rsplit_once('/').expect("a token");
        let enrolment = self.accounts.confirm_link(token).await.expect("a good link");
        let code = self.code(&enrolment.totp_secret);
        self.accounts.enrol(&enrolment, PASSWORD.to_owned(), &code).await.expect("new keys");
        enrolment.totp_secret
    }

    /// The code an authenticator shows right now.
    pub fn code(&self, secret: &str) -> String {
        let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).expect("a secret");
        let totp = totp_rs::Builder::new().with_secret(secret).build().expect("an authenticator");
        totp.generate(u64::try_from(self.clock.now().0 / 1000).expect("a time")).to_string()
    }

    /// A code that was not used yet: time goes on by one step.
    pub fn next_code(&self, secret: &str) -> String {
        self.clock.advance(30);
        self.code(secret)
    }

    pub async fn signed_in(&self, email: &str, secret: &str) -> Browser {
        let browser = Browser::new(&self.url);
        let answer = browser.sign_in(email, PASSWORD, &self.next_code(secret)).await;
        assert_eq!((answer.status, answer.to.as_deref()), (303, Some("/")), "{}", answer.text);
        browser
    }
}

pub fn credentials(email: &str, password: &str, code: &str) -> Credentials {
    Credentials { email: email.into(), password: password.into(), code: code.into() }
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub to: Option<String>,
    pub text: String,
}

/// Somebody's browser. It looks at every cookie before it keeps it, and does not follow redirects, so that tests see both.
pub struct Browser {
    url: String,
    client: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    pub fn new(url: &str) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { url: url.to_owned(), client, cookies: Mutex::default() }
    }

    /// The same cookies at another address: the house after a restart, or a thief.
    pub fn moved_to(&self, url: &str) -> Self {
        let moved = Self::new(url);
        *moved.cookies.lock().expect("cookies") = self.cookies.lock().expect("cookies").clone();
        moved
    }

    pub fn set_cookie(&self, value: &str) {
        self.cookies.lock().expect("cookies").insert("__Host-ratssaal".into(), value.into());
    }

    pub fn cookie(&self) -> Option<String> {
        self.cookies.lock().expect("cookies").get("__Host-ratssaal").cloned()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.client.get(format!("{}{path}", self.url))).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_with(path, form, &[]).await
    }

    pub async fn post_with(&self, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut request = self.client.post(format!("{}{path}", self.url)).form(form);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request).await
    }

    pub async fn sign_in(&self, email: &str, password: &str, code: &str) -> Answer {
        self.post("/anmelden", &[("email", email), ("password", password), ("code", code)]).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let cookies: Vec<String> =
            self.cookies.lock().expect("cookies").iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) };
        let response = request.send().await.expect("an answer");
        let headers = response.headers().clone();
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie of letters");
            let (pair, attributes) = cookie.split_once("; ").unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("a cookie with a value");
            let mut cookies = self.cookies.lock().expect("cookies");
            if attributes.contains("Max-Age=0") || value.is_empty() {
                cookies.remove(name);
            } else {
                assert!(name == "__Host-ratssaal" && attributes.contains("Secure") && attributes.contains("HttpOnly"));
                assert!(
                    attributes.contains("SameSite=Lax")
                        && attributes.contains("Path=/")
                        && !attributes.contains("Domain")
                );
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Answer {
            status: response.status().as_u16(),
            to: headers.get(LOCATION).map(|to| to.to_str().expect("a path").to_owned()),
            headers,
            text: response.text().await.expect("a text"),
        }
    }
}

/// Everything a database file holds, as bytes.
pub fn bytes_in(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).expect("a folder").flatten();
    files.flat_map(|file| std::fs::read(file.path()).expect("a file")).collect()
}
