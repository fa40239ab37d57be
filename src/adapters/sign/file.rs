//! Key files: PKCS#8 as PEM, for their owner alone.

use p256::SecretKey;
use p256::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding};
use std::fs::{self, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// Largest key file that is read, in bytes; a real one has about 240.
const FILE_BYTES_MAX: u64 = 4096;

/// Why there is no key. Each names the file, because the administrator has to act on it.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// The file cannot be read or written.
    #[error("Schlüsseldatei {path}: {error}")]
    File { path: PathBuf, error: io::Error },
    /// Others than the owner may read it.
    #[error("Schlüsseldatei {0} ist für andere zugänglich; nötig sind die Rechte 0600.")]
    Open(PathBuf),
    /// It holds no P-256 key as PKCS#8 PEM.
    #[error("Schlüsseldatei {0} enthält keinen P-256-Schlüssel (PKCS#8, PEM).")]
    Unreadable(PathBuf),
    /// The operating system gave no randomness.
    #[error("Das Betriebssystem liefert keinen Zufall für einen neuen Schlüssel: {0}")]
    NoRandomness(String),
}

/// Reads the key at `path`, or makes one there if the file does not exist. An existing file is never overwritten.
pub(super) fn open_or_create(path: &Path) -> Result<SecretKey, KeyFault> {
    match read(path) {
        Err(KeyFault::File { error, .. }) if error.kind() == io::ErrorKind::NotFound => {
            create(path)?;
            read(path)
        }
        done => done,
    }
}

/// Reads the key at `path`.
pub(super) fn read(path: &Path) -> Result<SecretKey, KeyFault> {
    let fault = |error| KeyFault::File { path: path.to_owned(), error };
    let file = fs::File::open(path).map_err(fault)?;
    if file.metadata().map_err(fault)?.permissions().mode() & 0o077 != 0 {
        return Err(KeyFault::Open(path.to_owned()));
    }
    let mut pem = String::new();
    file.take(FILE_BYTES_MAX).read_to_string(&mut pem).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => KeyFault::Unreadable(path.to_owned()),
        _ => fault(error),
    })?;
    SecretKey::from_pkcs8_pem(&pem).map_err(|_| KeyFault::Unreadable(path.to_owned()))
}

fn create(path: &Path) -> Result<(), KeyFault> {
    let fault = |error| KeyFault::File { path: path.to_owned(), error };
    let pem = fresh()?
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|error| fault(io::Error::new(io::ErrorKind::InvalidData, error.to_string())))?;
    place(path, pem.as_bytes(), 0o600).map_err(fault)
}

/// Written whole beside and then linked into place: a crash leaves no half file, and a file of somebody who was faster
/// is not replaced. `mode` are the rights of a new file.
pub(super) fn place(path: &Path, content: &[u8], mode: u32) -> io::Result<()> {
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    let written = OpenOptions::new().write(true).create_new(true).mode(mode).open(&beside).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()?;
        match fs::hard_link(&beside, path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    });
    let tidied = fs::remove_file(&beside);
    written.and(tidied)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder).and_then(|folder| folder.sync_all())
}

fn fresh() -> Result<SecretKey, KeyFault> {
    // Nearly every 32 bytes are a key; more than a few misses mean that the source is broken.
    for _ in 0..8 {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| KeyFault::NoRandomness(error.to_string()))?;
        if let Ok(key) = SecretKey::from_slice(&bytes) {
            return Ok(key);
        }
    }
    Err(KeyFault::NoRandomness("kein brauchbarer Schlüssel".into()))
}
