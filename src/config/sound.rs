//! From what file and environment say to a configuration that is safe to run.

use super::{
    Config, ConfigError, Database, DatabaseDraft, Draft, Mail, MailDraft, MailTarget, MailTls, Media, MediaDraft,
    PapersDraft, Seal, Secret, Server, ServerDraft, Uri,
};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Largest secret in a file, in bytes.
const SECRET_BYTES_MAX: u64 = 4096;
/// Largest paper where nothing is configured, and the largest that can be, in megabytes.
const PAPER_MEGABYTES: u64 = 50;
const PAPER_MEGABYTES_MAX: u64 = 500;

/// STARTTLS submission (RFC 6409).
const SUBMISSION: u16 = 587;

/// Checks everything that one key alone cannot tell.
pub fn check(draft: Draft, file: &Path) -> Result<Config, ConfigError> {
    let here = Place { file };
    Ok(Config {
        server: server(draft.server, &here)?,
        database: database(draft.database, &here)?,
        media: media(&draft.media, &here)?,
        mail: draft.mail.map(|mail| self::mail(mail, &here)).transpose()?,
        seal: draft.seal.map(|seal| Seal { certificate: here.path(&seal.certificate), key: here.path(&seal.key) }),
        town: here.path(&draft.town.file),
        data: here.path(&draft.data.directory),
        paper_bytes_max: papers(draft.papers.as_ref(), &here)?,
    })
}

/// The configuration file: paths in it are meant from where it lies.
struct Place<'a> {
    file: &'a Path,
}

impl Place<'_> {
    fn path(&self, path: &Path) -> PathBuf {
        self.file.parent().map_or_else(|| path.to_owned(), |folder| folder.join(path))
    }

    fn wrong(&self, why: impl Into<String>) -> ConfigError {
        ConfigError { place: self.file.display().to_string(), why: why.into() }
    }

    fn secret(&self, key: &str, path: &Path) -> Result<Secret, ConfigError> {
        let path = self.path(path);
        let unreadable = |why: String| self.wrong(format!("„{key}“: {} ist nicht lesbar: {why}", path.display()));
        let size = std::fs::metadata(&path).map_err(|why| unreadable(why.to_string()))?.len();
        if size > SECRET_BYTES_MAX {
            return Err(unreadable(format!("größer als {SECRET_BYTES_MAX} Bytes")));
        }
        let text = std::fs::read_to_string(&path).map_err(|why| unreadable(why.to_string()))?;
        match text.trim_end_matches(['\r', '\n']) {
            "" => Err(self.wrong(format!("„{key}“: {} ist leer", path.display()))),
            text => Ok(Secret(text.to_owned())),
        }
    }
}

/// Papers are looked at in memory, a few at once.
fn papers(draft: Option<&PapersDraft>, here: &Place<'_>) -> Result<u64, ConfigError> {
    let megabytes = draft.and_then(|draft| draft.max_megabytes).unwrap_or(PAPER_MEGABYTES);
    if (1..=PAPER_MEGABYTES_MAX).contains(&megabytes) {
        Ok(megabytes * 1024 * 1024)
    } else {
        Err(here.wrong(format!("„papers.max_megabytes“ muss zwischen 1 und {PAPER_MEGABYTES_MAX} liegen")))
    }
}

fn server(draft: ServerDraft, here: &Place<'_>) -> Result<Server, ConfigError> {
    let public_url = draft.public_url.trim_end_matches('/').to_owned();
    let unusable = || here.wrong("„server.public_url“ muss aussehen wie https://ratssaal.example.org");
    let url: Uri = public_url.parse().map_err(|_| unusable())?;
    let (Some(scheme), Some(authority)) = (url.scheme_str(), url.authority()) else { return Err(unusable()) };
    let bare = matches!(url.path(), "" | "/") && url.query().is_none() && !authority.as_str().contains('@');
    if !bare || !matches!(scheme, "http" | "https") {
        return Err(unusable());
    }
    if scheme == "http" && !is_loopback(authority.host()) {
        return Err(here.wrong(
            "„server.public_url“ ist http und nicht dieser Rechner: Kennwörter und Stimmen gingen offen durchs Netz. \
             Nötig ist https (davor ein Reverse Proxy)",
        ));
    }
    if scheme == "http" && !draft.listen.ip().is_loopback() {
        return Err(here.wrong(
            "„server.listen“ ist von außen erreichbar, „server.public_url“ aber nur http: bitte auf 127.0.0.1 hören \
             oder https verwenden",
        ));
    }
    Ok(Server { listen: draft.listen, public_url, trusted_proxies: draft.trusted_proxies })
}

fn database(draft: DatabaseDraft, here: &Place<'_>) -> Result<Database, ConfigError> {
    let url = match (draft.sqlite, draft.postgres, draft.postgres_file) {
        (Some(path), None, None) => return Ok(Database::Sqlite(here.path(&path))),
        (None, Some(url), None) => Secret(url),
        (None, None, Some(path)) => here.secret("database.postgres_file", &path)?,
        _ => {
            return Err(
                here.wrong("[database] braucht genau einen der Schlüssel „sqlite“, „postgres“ und „postgres_file“")
            );
        }
    };
    let options = PgConnectOptions::from_str(url.reveal())
        .map_err(|_| here.wrong("„database.postgres“ muss aussehen wie postgres://name@rechner/datenbank"))?;
    let encrypted = matches!(options.get_ssl_mode(), PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull);
    let host = options.get_host();
    let local = options.get_socket().is_some() || host.starts_with('/') || is_loopback(host);
    if !local && !encrypted {
        return Err(
            here.wrong("„database.postgres“ ginge unverschlüsselt durchs Netz: bitte ?sslmode=verify-full anhängen")
        );
    }
    Ok(Database::Postgres(url))
}

fn media(draft: &MediaDraft, here: &Place<'_>) -> Result<Media, ConfigError> {
    if draft.announced.is_unspecified() || draft.announced.is_multicast() {
        return Err(
            here.wrong("„media.announced“ muss die Adresse sein, unter der Teilnehmende diesen Rechner erreichen")
        );
    }
    Ok(Media { bind: draft.bind, announced: draft.announced, port: draft.port })
}

fn mail(draft: MailDraft, here: &Place<'_>) -> Result<Mail, ConfigError> {
    if draft.from.parse::<lettre::message::Mailbox>().is_err() {
        return Err(here.wrong("„mail.from“ muss eine Adresse sein, etwa Ratssaal <ratssaal@example.org>"));
    }
    let (host, folder) = match (draft.host, draft.folder) {
        (Some(host), None) => (host, None),
        (None, Some(folder)) => (String::new(), Some(folder)),
        _ => return Err(here.wrong("[mail] braucht genau einen der Schlüssel „host“ und „folder“")),
    };
    if let Some(folder) = folder {
        let tls = draft.tls.is_some() || draft.authority.is_some();
        if draft.port.is_some() || tls || draft.user.is_some() || draft.password_file.is_some() {
            return Err(
                here.wrong("„mail.folder“ verträgt sich nicht mit port, tls, authority, user und password_file")
            );
        }
        return Ok(Mail { from: draft.from, to: MailTarget::Folder(here.path(&folder)) });
    }
    let tls = draft.tls.unwrap_or(MailTls::StartTls);
    if tls == MailTls::None && !is_loopback(&host) {
        return Err(here.wrong(
            "„mail.tls“ = \"none\" ist nur zu diesem Rechner erlaubt: Einladungslinks gingen offen durchs Netz",
        ));
    }
    if tls == MailTls::None && draft.authority.is_some() {
        return Err(here.wrong("„mail.authority“ verträgt sich nicht mit „mail.tls“ = \"none\""));
    }
    let authority = draft.authority.map(|file| here.path(&file));
    let login = match (draft.user, draft.password_file) {
        (None, None) => None,
        (Some(user), Some(path)) => Some((user, here.secret("mail.password_file", &path)?)),
        _ => return Err(here.wrong("„mail.user“ und „mail.password_file“ gehören zusammen")),
    };
    let to = MailTarget::Smtp { host, port: draft.port.unwrap_or(SUBMISSION), tls, login, authority };
    Ok(Mail { from: draft.from, to })
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
