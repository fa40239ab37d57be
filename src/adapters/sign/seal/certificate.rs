//! The seal's certificate: read from a file with whatever issued it, or issued to oneself.

use crate::domain::time::Instant;
use der::asn1::{Any, PrintableStringRef, Utf8StringRef};
use der::oid::db::rfc4519;
use der::{DateTime, Decode as _, Encode as _};
use p256::ecdsa::{DerSignature, SigningKey, VerifyingKey};
use p256::pkcs8::{DecodePublicKey as _, EncodePublicKey as _, LineEnding};
use sha2::{Digest as _, Sha256};
use std::time::Duration;
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
/// Certificates in one file: the seal's own, and a few authorities above it.
const CHAIN_MAX: usize = 5;
/// How long a certificate holds that the instance issues to itself.
const OWN_YEARS: u64 = 10;
const SECONDS_PER_YEAR: u64 = 31_556_952;
/// A clock may be a little slow.
const BACKDATED: Duration = Duration::from_mins(5);
/// Characters of a name in a certificate (X.520, `ub-common-name` and `ub-organization-name`).
const NAME_MAX: usize = 64;

/// Why a text is no certificate for a seal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotACertificate {
    #[error("enthält kein Zertifikat (X.509, PEM)")]
    None,
    #[error("enthält mehr als {CHAIN_MAX} Zertifikate")]
    TooMany,
    #[error("enthält ein unlesbares Zertifikat: {0}")]
    Unreadable(String),
    #[error("gehört nicht zu einem P-256-Schlüssel; andere Schlüssel siegeln hier nicht")]
    OtherKind,
    #[error("ist nach seiner „Key Usage“ nicht zum Siegeln bestimmt (nötig: digitalSignature oder nonRepudiation)")]
    OtherUse,
}

/// The seal's certificate, and those that issued it.
#[derive(Debug, Clone)]
pub struct Chain {
    own: Certificate,
    all: Vec<Certificate>,
    own_der: Vec<u8>,
    key: VerifyingKey,
    pem: String,
}

impl Chain {
    /// Reads a PEM file: the seal's own certificate first.
    pub fn read(pem: &str) -> Result<Self, NotACertificate> {
        let unreadable = |why: &dyn std::fmt::Display| NotACertificate::Unreadable(why.to_string());
        let mut all = Vec::new();
        let mut own_der = Vec::new();
        let mut kept = String::new();
        for block in blocks(pem) {
            if all.len() == CHAIN_MAX {
                return Err(NotACertificate::TooMany);
            }
            let (_, bytes) = der::pem::decode_vec(block.as_bytes()).map_err(|why| unreadable(&why))?;
            let certificate = Certificate::from_der(&bytes).map_err(|why| unreadable(&why))?;
            // What is signed is its digest: it must be written the one way DER allows.
            if certificate.to_der().map_err(|why| unreadable(&why))? != bytes {
                return Err(unreadable(&"nicht in der vorgeschriebenen Form (DER)"));
            }
            if all.is_empty() {
                own_der = bytes;
            }
            all.push(certificate);
            kept.push_str(block);
            kept.push('\n');
        }
        let own = all.first().ok_or(NotACertificate::None)?.clone();
        let tbs = own.tbs_certificate();
        let public = tbs.subject_public_key_info().to_der().map_err(|why| unreadable(&why))?;
        let key = VerifyingKey::from_public_key_der(&public).map_err(|_| NotACertificate::OtherKind)?;
        if let Some((_, usage)) = tbs.get_extension::<KeyUsage>().map_err(|why| unreadable(&why))?
            && !usage.digital_signature()
            && !usage.non_repudiation()
        {
            return Err(NotACertificate::OtherUse);
        }
        Ok(Self { own, all, own_der, key, pem: kept })
    }

    pub fn own(&self) -> &Certificate {
        &self.own
    }

    pub fn own_der(&self) -> &[u8] {
        &self.own_der
    }

    pub fn all(&self) -> &[Certificate] {
        &self.all
    }

    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }

    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The name in the seal.
    pub fn name(&self) -> String {
        let subject = self.own.tbs_certificate().subject();
        match subject.common_name() {
            Ok(Some(name)) => name.value().into_owned(),
            _ => subject.to_string(),
        }
    }

    /// From when until when it holds.
    pub fn holds(&self) -> (Instant, Instant) {
        let validity = self.own.tbs_certificate().validity();
        (instant(validity.not_before), instant(validity.not_after))
    }

    /// Bytes of all certificates together.
    pub fn size(&self) -> usize {
        self.all.iter().map(|one| one.to_der().map_or(0, |bytes| bytes.len())).sum()
    }
}

fn blocks(pem: &str) -> impl Iterator<Item = &str> {
    let mut rest = pem;
    std::iter::from_fn(move || {
        let (from, until) = (rest.find(BEGIN)?, rest.find(END)? + END.len());
        let block = rest.get(from..until);
        rest = rest.get(until..)?;
        block
    })
}

fn instant(time: Time) -> Instant {
    Instant(i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX))
}

/// Issues a certificate for `key` to oneself, as PEM. Whoever wants to trust it has to get it from the municipality by
/// another way.
pub fn issue(municipality: &str, key: &SigningKey, at: Instant) -> Result<String, x509_cert::builder::Error> {
    let now = Duration::from_millis(u64::try_from(at.0).unwrap_or(0));
    let from = DateTime::from_unix_duration(now.saturating_sub(BACKDATED))?;
    let until = DateTime::from_unix_duration(now + Duration::from_secs(OWN_YEARS * SECONDS_PER_YEAR))?;
    let public = key.verifying_key().to_public_key_der()?;
    let public = SubjectPublicKeyInfoOwned::from_der(public.as_bytes())?;
    // Any number will do that no other certificate of this key bears.
    let digest = Sha256::digest(at.0.to_be_bytes());
    let serial = SerialNumber::new(digest.get(..8).unwrap_or(&[1]))?;
    let profile = OwnSeal { subject: subject(municipality)? };
    let validity = Validity::new(Time::from(from), Time::from(until));
    let certificate = CertificateBuilder::new(profile, serial, validity, public)?.build::<_, DerSignature>(key)?;
    let pem = der::pem::encode_string("CERTIFICATE", LineEnding::LF, &certificate.to_der()?);
    pem.map_err(|why| der::Error::from(why).into())
}

fn subject(municipality: &str) -> der::Result<Name> {
    let own = |name: &str| format!("Siegel {name} (selbst ausgestellt)");
    let frame = own("").chars().count();
    let common = own(&shortened(municipality, NAME_MAX - frame));
    let organization = shortened(municipality, NAME_MAX);
    let mut names = RdnSequence::default();
    for (oid, value) in [
        (rfc4519::COUNTRY_NAME, Any::encode_from(&PrintableStringRef::new("DE")?)?),
        (rfc4519::ORGANIZATION_NAME, Any::encode_from(&Utf8StringRef::new(&organization)?)?),
        (rfc4519::COMMON_NAME, Any::encode_from(&Utf8StringRef::new(&common)?)?),
    ] {
        let mut name = RelativeDistinguishedName::default();
        name.insert(AttributeTypeAndValue { oid, value })?;
        names.push(name);
    }
    Name::from_der(&names.to_der()?)
}

fn shortened(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    text.chars().take(chars_max.saturating_sub(1)).chain(['…']).collect()
}

/// A certificate that signs papers and no other certificates.
struct OwnSeal {
    subject: Name,
}

impl BuilderProfile for OwnSeal {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        _issuer: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let subject = tbs.subject();
        let mut extensions: Vec<Extension> = Vec::new();
        let id = SubjectKeyIdentifier::try_from(key)?;
        extensions.push(id.to_extension(subject, &extensions)?);
        let plain = BasicConstraints { ca: false, path_len_constraint: None };
        extensions.push(plain.to_extension(subject, &extensions)?);
        let usage = KeyUsage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation);
        extensions.push(usage.to_extension(subject, &extensions)?);
        Ok(extensions)
    }
}
