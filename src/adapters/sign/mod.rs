//! The instance's key in a file: ECDSA P-256 with SHA-256, nonces after RFC 6979, so that signing needs no chance.

use crate::app::ports::signer::{Signer, SignerFault};
use crate::domain::ledger::{Head, SignedHead};
use p256::SecretKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use std::fmt::Write as _;
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

/// The key of this instance.
pub struct InstanceKey {
    key: SigningKey,
    public: String,
}

impl InstanceKey {
    /// Reads the key at `path`, or makes one there if the file does not exist.
    ///
    /// # Errors
    /// [`KeyFault`]; an existing file is never overwritten.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyFault> {
        match read(path) {
            Err(KeyFault::File { error, .. }) if error.kind() == io::ErrorKind::NotFound => {
                create(path)?;
                read(path)
            }
            done => done,
        }
    }

    fn of(key: SigningKey) -> Self {
        let public = hex(key.verifying_key().to_sec1_point(true).as_bytes());
        Self { key, public }
    }
}

impl Signer for InstanceKey {
    fn sign(&self, head: &Head) -> Result<SignedHead, SignerFault> {
        let signature: Signature =
            self.key.try_sign(head.signed_text().as_bytes()).map_err(|error| SignerFault(error.to_string()))?;
        Ok(SignedHead { head: head.clone(), signature: hex(&signature.to_bytes()) })
    }

    fn public_key(&self) -> String {
        self.public.clone()
    }
}

fn read(path: &Path) -> Result<InstanceKey, KeyFault> {
    let fault = |error| KeyFault::File { path: path.to_owned(), error };
    let file = fs::File::open(path).map_err(fault)?;
    if file.metadata().map_err(fault)?.permissions().mode() & 0o077 != 0 {
        return Err(KeyFault::Open(path.to_owned()));
    }
    let mut pem = String::new();
    file.take(FILE_BYTES_MAX).read_to_string(&mut pem).map_err(fault)?;
    let key = SigningKey::from_pkcs8_pem(&pem).map_err(|_| KeyFault::Unreadable(path.to_owned()))?;
    Ok(InstanceKey::of(key))
}

/// Written whole beside and then linked into place: a crash leaves no half key, and a key of somebody who was faster
/// is not replaced.
fn create(path: &Path) -> Result<(), KeyFault> {
    let fault = |error| KeyFault::File { path: path.to_owned(), error };
    let pem = fresh()?
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|error| fault(io::Error::new(io::ErrorKind::InvalidData, error.to_string())))?;
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside).and_then(|mut file| {
        file.write_all(pem.as_bytes())?;
        file.sync_all()?;
        match fs::hard_link(&beside, path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    });
    let tidied = fs::remove_file(&beside);
    written.and(tidied).map_err(fault)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)
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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{InstanceKey, KeyFault};
    use crate::app::ports::signer::Signer as _;
    use crate::domain::ledger::Head;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("ratssaal-sign-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn the_key_is_made_once_for_its_owner_alone_and_signs_the_same_ever_after() {
        let folder = folder("once");
        let path = folder.join("key.pem");
        let head = Head::start("m1".parse().unwrap());
        let first = InstanceKey::open_or_create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let again = InstanceKey::open_or_create(&path).unwrap();
        assert_eq!(first.public_key(), again.public_key());
        assert_eq!(first.public_key().len(), 66);
        assert_eq!(first.sign(&head).unwrap(), again.sign(&head).unwrap());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside the key");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_key_others_can_read_or_that_is_none_is_refused_and_left_alone() {
        let folder = folder("bad");
        let path = folder.join("key.pem");
        InstanceKey::open_or_create(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(InstanceKey::open_or_create(&path), Err(KeyFault::Open(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "kein Schlüssel").unwrap();
        assert!(matches!(InstanceKey::open_or_create(&path), Err(KeyFault::Unreadable(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "kein Schlüssel");
        fs::remove_dir_all(folder).unwrap();
    }
}
