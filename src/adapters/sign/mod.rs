//! Keys of this instance in files: ECDSA P-256 with SHA-256, nonces after RFC 6979, so that signing needs no chance. One
//! signs the heads of the ledgers, the other is the municipality's seal.

mod file;
mod seal;

pub use file::KeyFault;
pub use seal::{SealFiles, SealTrouble, TownSeal};

use crate::app::ports::signer::{Signer, SignerFault};
use crate::domain::ledger::{Head, SignedHead};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use std::fmt::Write as _;
use std::path::Path;

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
        file::open_or_create(path).map(|key| Self::of(SigningKey::from(key)))
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
