//! The signature container: CMS SignedData (RFC 5652) as PAdES baseline B-B asks for it (ETSI EN 319 142-1, 6.3). Signed
//! are content type, digest and signing certificate (RFC 5035); a signing time stands in the PDF and not here.

use super::certificate::Chain;
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec};
use der::oid::db::{rfc5911, rfc5912};
use der::{Decode as _, Encode as _, Sequence};
use p256::ecdsa::Signature;
use sha2::{Digest as _, Sha256};
use x509_cert::attr::Attribute;
use x509_cert::spki::AlgorithmIdentifierOwned;

/// `SigningCertificateV2` with the default digest, SHA-256 (RFC 5035, 3).
#[derive(Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateId>,
}

/// `ESSCertIDv2`.
#[derive(Sequence)]
struct CertificateId {
    digest: OctetString,
}

const SHA_256: AlgorithmIdentifierOwned = AlgorithmIdentifierOwned { oid: rfc5912::ID_SHA_256, parameters: None };
const ECDSA_SHA_256: AlgorithmIdentifierOwned =
    AlgorithmIdentifierOwned { oid: rfc5912::ECDSA_WITH_SHA_256, parameters: None };

/// What is signed: the attributes over a content with this SHA-256 digest.
pub fn attributes(content: [u8; 32], chain: &Chain) -> der::Result<SignedAttributes> {
    let own = OctetString::new(Sha256::digest(chain.own_der()).to_vec())?;
    let signer = SigningCertificate { certificates: vec![CertificateId { digest: own }] };
    SetOfVec::try_from(vec![
        attribute(rfc5911::ID_CONTENT_TYPE, Any::encode_from(&rfc5911::ID_DATA)?)?,
        attribute(rfc5911::ID_MESSAGE_DIGEST, Any::encode_from(&OctetString::new(content.to_vec())?)?)?,
        attribute(rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2, Any::encode_from(&signer)?)?,
    ])
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

/// The whole container, without the content (it is the file around it).
pub fn container(attributes: SignedAttributes, signature: &Signature, chain: &Chain) -> der::Result<Vec<u8>> {
    let own = chain.own().tbs_certificate();
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: own.issuer().clone(),
            serial_number: own.serial_number().clone(),
        }),
        digest_alg: SHA_256,
        signed_attrs: Some(attributes),
        signature_algorithm: ECDSA_SHA_256,
        signature: OctetString::new(signature.to_der().as_bytes().to_vec())?,
        unsigned_attrs: None,
    };
    let certificates: Vec<_> = chain.all().iter().cloned().map(CertificateChoices::Certificate).collect();
    let signed = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![SHA_256])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: rfc5911::ID_DATA, econtent: None },
        certificates: Some(CertificateSet::try_from(certificates)?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![signer])?,
    };
    let content = Any::from_der(&signed.to_der()?)?;
    ContentInfo { content_type: rfc5911::ID_SIGNED_DATA, content }.to_der()
}
