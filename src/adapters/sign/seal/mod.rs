//! The municipality's seal: one PAdES baseline B-B signature (ETSI EN 319 142-1) behind a PDF.
//!
//! In two steps, so that the key may lie elsewhere: [`prepare`] gives what is to be signed, [`Prepared::complete`] takes the
//! raw signature. [`TownSeal`] does both with a key from a file.

mod certificate;
mod cms;
mod object;
mod update;

use super::file::{self, KeyFault};
use crate::app::ports::seal::{Bearer, Seal, SealFault};
use crate::domain::ledger::Digest;
use crate::domain::time::Instant;
use ::cms::signed_data::SignedAttributes;
use certificate::{Chain, NotACertificate};
use der::Encode as _;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest as _, Sha256};
use std::fmt::Display;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use update::{Claim, Gap};

/// What stands in the file beside the seal, where programs show the reason of a signature.
const REASON: &str = "Zusätzliche elektronische Sicherung; ersetzt nicht die handschriftliche Unterzeichnung der \
                      Niederschrift (§ 38 GemO)";
/// Room for everything in the container that is not a certificate, in bytes; a P-256 signature needs about 500.
const CONTAINER_BYTES: usize = 2048;
/// Largest certificate file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 64 * 1024;
const OWN_KEY: &str = "seal-key.pem";
const OWN_CERTIFICATE: &str = "seal.pem";

/// A file with a gap, and what has to be signed to fill it.
struct Prepared {
    gap: Gap,
    attributes: SignedAttributes,
    to_sign: Vec<u8>,
}

/// Prepares `pdf` to be sealed by the owner of the first certificate in `chain`.
fn prepare(pdf: &[u8], chain: &Chain, at: Instant) -> Result<Prepared, SealFault> {
    let (from, until) = chain.holds();
    if at < from || at > until {
        return Err(SealFault::NotValid { from: day(from), until: day(until) });
    }
    let claim = Claim { name: &chain.name(), reason: REASON, at };
    let gap = update::append(pdf, &claim, chain.size() + CONTAINER_BYTES).map_err(machine)?;
    let covered = gap.covered().iter().fold(Sha256::new(), sha2::Digest::chain_update);
    let attributes = cms::attributes(covered.finalize().into(), chain).map_err(machine)?;
    let to_sign = attributes.to_der().map_err(machine)?;
    Ok(Prepared { gap, attributes, to_sign })
}

impl Prepared {
    /// What the key signs, by ECDSA with SHA-256.
    fn to_sign(&self) -> &[u8] {
        &self.to_sign
    }

    /// The sealed file. `raw` is the signature as r and s, 32 bytes each; one that the certificate's key did not make is
    /// refused.
    fn complete(self, raw: &[u8], chain: &Chain) -> Result<Vec<u8>, SealFault> {
        let signature = Signature::from_slice(raw).map_err(machine)?;
        chain.key().verify(&self.to_sign, &signature).map_err(machine)?;
        let container = cms::container(self.attributes, &signature, chain).map_err(machine)?;
        self.gap.fill(&container).map_err(machine)
    }
}

fn machine(why: impl Display) -> SealFault {
    SealFault::Machine(why.to_string())
}

/// Why there is no seal. Each names the file, because the administrator has to act on it.
#[derive(Debug, thiserror::Error)]
pub enum SealTrouble {
    #[error("Siegel: {0}")]
    Key(#[from] KeyFault),
    #[error("Siegel: Zertifikatsdatei {path}: {error}")]
    File { path: PathBuf, error: std::io::Error },
    #[error("Siegel: Die Zertifikatsdatei {path} {why}.")]
    Certificate { path: PathBuf, why: NotACertificate },
    #[error("Siegel: Der Schlüssel {key} gehört nicht zum Zertifikat {certificate}.")]
    OtherKey { key: PathBuf, certificate: PathBuf },
    #[error("Siegel: Das Zertifikat {path} gilt nur vom {from} bis zum {until}. {advice}")]
    NotValid { path: PathBuf, from: String, until: String, advice: &'static str },
    #[error("Siegel: Es ließ sich kein eigenes Zertifikat ausstellen: {0}")]
    NotIssued(String),
}

/// Where a municipality keeps the seal an authority issued to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealFiles {
    /// X.509 as PEM, the seal's own certificate first.
    pub certificate: PathBuf,
    /// P-256 as PKCS#8 PEM, for its owner alone.
    pub key: PathBuf,
}

/// The seal with its key in a file.
pub struct TownSeal {
    key: SigningKey,
    chain: Chain,
    bearer: Bearer,
}

impl TownSeal {
    /// The seal that lies in these files.
    ///
    /// # Errors
    /// [`SealTrouble`], if the files cannot be used or do not belong together, or the certificate does not hold `now`.
    pub fn open(files: &SealFiles, now: Instant) -> Result<Self, SealTrouble> {
        let key = SigningKey::from(file::read(&files.key)?);
        Self::of(key, files, now, "Bitte ein gültiges eintragen; ohne [seal] stellt die Instanz sich selbst eines aus.")
    }

    /// The seal that the instance issued to itself in `folder`, made if there is none.
    ///
    /// # Errors
    /// As [`TownSeal::open`]; nothing that exists is overwritten.
    pub fn open_or_issue(folder: &Path, municipality: &str, now: Instant) -> Result<Self, SealTrouble> {
        let files = SealFiles { certificate: folder.join(OWN_CERTIFICATE), key: folder.join(OWN_KEY) };
        let key = SigningKey::from(file::open_or_create(&files.key)?);
        if !files.certificate.exists() {
            let pem =
                certificate::issue(municipality, &key, now).map_err(|why| SealTrouble::NotIssued(why.to_string()))?;
            file::place(&files.certificate, pem.as_bytes(), 0o644)
                .map_err(|error| SealTrouble::File { path: files.certificate.clone(), error })?;
        }
        Self::of(key, &files, now, "Wird die Datei gelöscht, stellt der nächste Start ein neues aus.")
    }

    fn of(key: SigningKey, files: &SealFiles, now: Instant, advice: &'static str) -> Result<Self, SealTrouble> {
        let path = &files.certificate;
        let chain = Chain::read(&read(path)?).map_err(|why| SealTrouble::Certificate { path: path.clone(), why })?;
        if chain.key() != key.verifying_key() {
            return Err(SealTrouble::OtherKey { key: files.key.clone(), certificate: path.clone() });
        }
        let (from, until) = chain.holds();
        if now < from || now > until {
            return Err(SealTrouble::NotValid { path: path.clone(), from: day(from), until: day(until), advice });
        }
        let bearer = Bearer {
            name: chain.name(),
            fingerprint: Digest::sha256(chain.own_der()).to_string(),
            certificates: chain.pem().to_owned(),
        };
        Ok(Self { key, chain, bearer })
    }
}

impl Seal for TownSeal {
    fn seal(&self, pdf: &[u8], at: Instant) -> Result<Vec<u8>, SealFault> {
        let prepared = prepare(pdf, &self.chain, at)?;
        let signature: Signature = self.key.try_sign(prepared.to_sign()).map_err(machine)?;
        prepared.complete(&signature.to_bytes(), &self.chain)
    }

    fn bearer(&self) -> &Bearer {
        &self.bearer
    }
}

fn read(path: &Path) -> Result<String, SealTrouble> {
    let fault = |error| SealTrouble::File { path: path.to_owned(), error };
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(fault)?.take(FILE_BYTES_MAX).read_to_end(&mut bytes).map_err(fault)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The day of a moment, in UTC.
fn day(at: Instant) -> String {
    let seconds = std::time::Duration::from_millis(u64::try_from(at.0).unwrap_or(0));
    der::DateTime::from_unix_duration(seconds)
        .map_or_else(|_| "?".into(), |day| format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year()))
}

#[cfg(test)]
mod tests;
