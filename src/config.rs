//! One typed configuration: a TOML file and `RATSSAAL_SECTION__KEY` in the environment, parsed once. What is unknown,
//! contradictory or unsafe is refused with key and place; who holds a [`Config`] need not check again.

use axum::http::Uri;
use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Tag, Value};
use figment::{Figment, Metadata, Profile, Provider};
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

mod german;
mod sound;
#[cfg(test)]
mod tests;
mod town;
pub use town::{parse_town, read_town};

/// Why there is no configuration (or no town): one German sentence with file and key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {why}")]
pub struct ConfigError {
    /// File, line or environment variable.
    pub place: String,
    /// What is wrong, with the key.
    pub why: String,
}

/// The whole configuration, sound.
#[derive(Debug)]
pub struct Config {
    pub server: Server,
    pub database: Database,
    pub media: Media,
    /// `None`: no letters can be sent.
    pub mail: Option<Mail>,
    /// The seal an authority issued to the municipality. `None`: the instance issues one to itself.
    pub seal: Option<Seal>,
    /// The town file.
    pub town: PathBuf,
    /// Where the process keeps its files.
    pub data: PathBuf,
    /// Largest paper taken, in bytes.
    pub paper_bytes_max: u64,
}

/// Where pages are served.
#[derive(Debug, Clone)]
pub struct Server {
    pub listen: SocketAddr,
    /// Scheme, host and port the public sees, without a slash at its end. `https`, or `http` on loopback.
    pub public_url: String,
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

/// Where the record is kept.
#[derive(Debug)]
pub enum Database {
    Sqlite(PathBuf),
    Postgres(Secret),
}

/// The chamber's network.
#[derive(Debug, Clone)]
pub struct Media {
    pub bind: IpAddr,
    /// The address participants are told; never an unspecified one.
    pub announced: IpAddr,
    /// One UDP port for everything; 0 lets the system choose.
    pub port: u16,
}

/// Where letters go.
#[derive(Debug)]
pub struct Mail {
    /// „Ratssaal <ratssaal@example.org>“ or a plain address.
    pub from: String,
    pub to: MailTarget,
}

/// A mail server, or a folder for trial.
#[derive(Debug)]
pub enum MailTarget {
    /// `authority`: a file with the certificate of an authority that vouches for the server besides the public ones.
    Smtp {
        host: String,
        port: u16,
        tls: MailTls,
        login: Option<(String, Secret)>,
        authority: Option<PathBuf>,
    },
    Folder(PathBuf),
}

/// How the way to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    StartTls,
    /// Only to loopback.
    None,
}

/// Where the municipality's seal lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// X.509 as PEM, the seal's own certificate first.
    pub certificate: PathBuf,
    /// P-256 as PKCS#8 PEM, for its owner alone.
    pub key: PathBuf,
}

/// A text that no log shows.
pub struct Secret(String);

impl Secret {
    /// The text itself, for whom it is meant.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Config {
    /// Reads the file and the process's environment.
    ///
    /// # Errors
    /// The first thing that is wrong, with key and place.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        Self::from_parts(
            file,
            std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))),
        )
    }

    /// As [`Config::load`], with the environment given.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn from_parts(
        file: &Path,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        if !file.is_file() {
            return Err(ConfigError {
                place: file.display().to_string(),
                why: "die Konfigurationsdatei gibt es nicht".to_owned(),
            });
        }
        let figment = Figment::from(Toml::file_exact(file)).merge(Environment::of(environment)?);
        let draft: Draft = figment.extract().map_err(|error| german::of_figment(file, &figment, &error))?;
        sound::check(draft, file)
    }
}

/// What file and environment say, before anybody believed it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    server: ServerDraft,
    database: DatabaseDraft,
    media: MediaDraft,
    mail: Option<MailDraft>,
    seal: Option<SealDraft>,
    town: TownSection,
    data: DataSection,
    papers: Option<PapersDraft>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServerDraft {
    listen: SocketAddr,
    public_url: String,
    #[serde(default)]
    trusted_proxies: Vec<IpAddr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatabaseDraft {
    sqlite: Option<PathBuf>,
    postgres: Option<String>,
    postgres_file: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MediaDraft {
    bind: IpAddr,
    announced: IpAddr,
    port: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailDraft {
    from: String,
    host: Option<String>,
    port: Option<u16>,
    tls: Option<MailTls>,
    authority: Option<PathBuf>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    folder: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SealDraft {
    certificate: PathBuf,
    key: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TownSection {
    file: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PapersDraft {
    max_megabytes: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataSection {
    directory: PathBuf,
}

/// `RATSSAAL_SERVER__LISTEN=…` is `listen` of `[server]`. Two prefixes are not configuration: the tests' and the log's.
struct Environment(Map<String, String>);

const PREFIX: &str = "RATSSAAL_";
const NOT_CONFIGURATION: [&str; 2] = ["RATSSAAL_TEST_", "RATSSAAL_LOG"];

impl Environment {
    fn of(variables: impl IntoIterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let ours = variables.into_iter().filter(|(name, _)| {
            name.starts_with(PREFIX) && !NOT_CONFIGURATION.iter().any(|prefix| name.starts_with(prefix))
        });
        let ours: Map<String, String> = ours.collect();
        match ours.keys().find(|name| name[PREFIX.len()..].split("__").count() != 2) {
            Some(name) => Err(ConfigError {
                place: format!("Umgebungsvariable {name}"),
                why: "unbekannt; gemeint ist wohl RATSSAAL_ABSCHNITT__SCHLÜSSEL mit zwei Unterstrichen".to_owned(),
            }),
            None => Ok(Self(ours)),
        }
    }
}

impl Provider for Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named("Umgebung")
    }

    fn data(&self) -> figment::error::Result<Map<Profile, Dict>> {
        let mut sections = Dict::new();
        for (name, value) in &self.0 {
            let Some((section, key)) = name.get(PREFIX.len()..).and_then(|rest| rest.split_once("__")) else {
                continue;
            };
            // Only what is a number or a list for TOML, too, is not a text: a password of digits comes from a file.
            let value = if value.starts_with('[') || value.parse::<u16>().is_ok() {
                value.parse().unwrap_or_else(|_| Value::from(value.as_str()))
            } else {
                Value::from(value.as_str())
            };
            let entry =
                sections.entry(section.to_lowercase()).or_insert_with(|| Value::Dict(Tag::Default, Dict::new()));
            if let Value::Dict(_, keys) = entry {
                keys.insert(key.to_lowercase(), value);
            }
        }
        Ok(Profile::Default.collect(sections))
    }
}
