use super::*;
use crate::adapters::clock::SystemClock;
use crate::adapters::pdf::PdfPrinter;
use crate::app::ports::clock::Clock as _;
use crate::app::ports::minutes::MinutesPrinter as _;
use crate::domain::minutes::tests::town;
use std::fs;

mod files;
mod tools;

use tools::{Folder, Verdict};

fn printed() -> Vec<u8> {
    PdfPrinter.print(&town::evening().minutes()).unwrap()
}

fn now() -> Instant {
    SystemClock.now()
}

fn own(folder: &Folder) -> TownSeal {
    TownSeal::open_or_issue(&folder.0, "Musterstadt am Hang", now()).unwrap()
}

/// Where the bytes lie that the signature covers, from what the file itself says.
fn covered(sealed: &[u8]) -> [std::ops::Range<usize>; 2] {
    let text = String::from_utf8_lossy(sealed);
    let range = text.split("/ByteRange[").nth(1).unwrap().split(']').next().unwrap().to_owned();
    let numbers: Vec<usize> = range.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let [0, first, second, rest] = numbers[..] else { panic!("{range}") };
    [0..first, second..second + rest]
}

#[test]
fn a_sealed_file_begins_with_the_file_it_was_and_is_the_same_for_the_same_moment() {
    let folder = Folder::new("same");
    let (seal, pdf, at) = (own(&folder), printed(), now());
    let sealed = seal.seal(&pdf, at).unwrap();
    assert!(sealed.starts_with(&pdf), "not a byte before the seal is touched");
    assert!(seal.seal(&pdf, at).unwrap() == sealed);
    assert!(own(&folder).seal(&pdf, at).unwrap() == sealed, "after a restart");
    assert!(seal.seal(&pdf, at.plus_millis(1000)).unwrap() != sealed);
    let [before, behind] = covered(&sealed);
    assert_eq!(behind.end, sealed.len(), "all of it is covered");
    assert_eq!((sealed[before.end], sealed[behind.start - 1]), (b'<', b'>'), "but the signature itself");
    let said = String::from_utf8_lossy(&sealed[pdf.len()..]).into_owned();
    assert!(said.contains("/SubFilter/ETSI.CAdES.detached") && said.contains("/M(D:20"));
}

#[test]
fn nothing_but_type_digest_and_certificate_is_signed_and_no_time() {
    use der::Decode as _;
    let folder = Folder::new("attributes");
    let sealed = own(&folder).seal(&printed(), now()).unwrap();
    let [before, behind] = covered(&sealed);
    let digits = std::str::from_utf8(&sealed[before.end + 1..behind.start - 1]).unwrap();
    let bytes: Vec<u8> = digits
        .as_bytes()
        .chunks(2)
        .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
        .collect();
    let (container, _) = ::cms::content_info::ContentInfo::from_der_partial(&bytes).unwrap();
    let signed: ::cms::signed_data::SignedData = container.content.decode_as().unwrap();
    let signer = signed.signer_infos.0.get(0).unwrap();
    let mut kinds: Vec<String> =
        signer.signed_attrs.as_ref().unwrap().iter().map(|attribute| attribute.oid.to_string()).collect();
    kinds.sort();
    // RFC 5652, 11.1 and 11.2; RFC 5035, 3. The signing time (1.2.840.113549.1.9.5) is the PDF's (EN 319 142-1, 6.3).
    assert_eq!(kinds, ["1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"]);
    assert!(signer.unsigned_attrs.is_none() && signed.encap_content_info.econtent.is_none());
}

#[test]
fn foreign_programs_accept_the_seal() {
    let folder = Folder::new("accept");
    let seal = own(&folder);
    let sealed = folder.write("sealed.pdf", &seal.seal(&printed(), now()).unwrap());
    if let Some(output) = tools::run("qpdf", &["--check".as_ref(), sealed.as_ref()]) {
        assert!(output.status.success(), "{output:?}");
    }
    if let Some(said) = tools::pdfsig(&sealed) {
        assert!(said.contains("Signature is Valid.") && said.contains("Total document signed"), "{said}");
        assert!(said.contains("Siegel Musterstadt am Hang (selbst ausgestellt)"), "{said}");
        assert!(said.contains("ETSI.CAdES.detached") && said.contains("SHA-256"), "{said}");
        // Nobody told it to trust the municipality: it says so, and not more.
        assert!(!said.contains("Certificate is Trusted"), "{said}");
    }
    for way in ["validate", "adesverify"] {
        if let Some(verdict) = tools::pyhanko(way, &folder.0.join(OWN_CERTIFICATE), &sealed) {
            assert!(verdict.accepted && verdict.said.contains("INTACT:TRUSTED,UNTOUCHED"), "{way}: {}", verdict.said);
        }
    }
}

#[test]
fn another_town_s_certificate_proves_nothing() {
    let (folder, other) = (Folder::new("trust"), Folder::new("trust-other"));
    let sealed = folder.write("sealed.pdf", &own(&folder).seal(&printed(), now()).unwrap());
    own(&other);
    if let Some(Verdict { accepted, said }) = tools::pyhanko("validate", &other.0.join(OWN_CERTIFICATE), &sealed) {
        assert!(!accepted || said.contains("UNTRUSTED"), "{said}");
    }
}

#[test]
fn a_changed_bit_anywhere_is_refused() {
    let folder = Folder::new("bits");
    let sealed = own(&folder).seal(&printed(), now()).unwrap();
    let [before, behind] = covered(&sealed);
    let whole = before.len() + behind.len();
    // Seeded (xorshift), the same places in every run, and the ends of both stretches.
    let mut state = 0x5eed_1234_u64;
    let mut places: Vec<usize> = (0..10)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % u64::try_from(whole).unwrap()).unwrap()
        })
        .collect();
    places.extend([0, before.len() - 1, before.len(), whole - 1]);
    for place in places {
        let at = if place < before.len() { place } else { behind.start + place - before.len() };
        let mut forged = sealed.clone();
        forged[at] ^= 1 << (at % 8);
        let file = folder.write("forged.pdf", &forged);
        if let Some(said) = tools::pdfsig(&file) {
            assert!(!said.contains("Signature is Valid"), "bit of byte {at}: {said}");
        }
        if let Some(Verdict { accepted, said }) = tools::pyhanko("validate", &folder.0.join(OWN_CERTIFICATE), &file) {
            assert!(!accepted, "bit of byte {at}: {said}");
        }
    }
}

#[test]
fn what_is_appended_behind_the_seal_is_reported() {
    let folder = Folder::new("appended");
    let sealed = own(&folder).seal(&printed(), now()).unwrap();
    let trust = folder.0.join(OWN_CERTIFICATE);
    let longer = folder.write("longer.pdf", &[&sealed[..], b"und noch etwas\n"].concat());
    // Another page in another revision: the seal itself still fits what it covers.
    let old = lopdf::Document::load_mem(&sealed).unwrap();
    let page = old.page_iter().next().unwrap();
    let mut revision = lopdf::IncrementalDocument::create_from(sealed.clone(), old);
    revision.opt_clone_object_to_new_document(page).unwrap();
    revision.new_document.get_dictionary_mut(page).unwrap().set("Rotate", 180);
    let mut bytes = Vec::new();
    revision.save_to(&mut bytes).unwrap();
    assert!(bytes.starts_with(&sealed));
    let turned = folder.write("turned.pdf", &bytes);
    for file in [&longer, &turned] {
        if let Some(said) = tools::pdfsig(file) {
            assert!(said.contains("Not total document signed"), "{said}");
        }
    }
    if let Some(verdict) = tools::pyhanko("validate", &trust, &longer) {
        assert!(!verdict.said.contains("UNTOUCHED") && verdict.said.contains("EXTENDED"), "{}", verdict.said);
    }
    if let Some(verdict) = tools::pyhanko("validate", &trust, &turned) {
        assert!(!verdict.accepted && verdict.said.contains("ILLEGAL_MODIFICATIONS"), "{}", verdict.said);
    }
}

#[test]
fn a_raw_signature_of_another_key_does_not_complete_a_seal() {
    let (folder, other) = (Folder::new("raw"), Folder::new("raw-other"));
    let (seal, stranger, pdf, at) = (own(&folder), own(&other), printed(), now());
    let sign = |with: &TownSeal, what: &[u8]| {
        let signature: Signature = with.key.try_sign(what).unwrap();
        signature.to_bytes()
    };
    let prepared = || prepare(&pdf, &seal.chain, at).unwrap();
    let right = sign(&seal, prepared().to_sign());
    let outside = prepared().complete(&right, &seal.chain).unwrap();
    assert!(outside == seal.seal(&pdf, at).unwrap(), "made elsewhere or here");
    let wrong = sign(&stranger, prepared().to_sign());
    assert!(prepared().complete(&wrong, &seal.chain).is_err());
    for short in [&right[..63], &[], &[0; 64]] {
        assert!(prepared().complete(short, &seal.chain).is_err());
    }
}

#[test]
fn what_cannot_be_sealed_is_said() {
    let folder = Folder::new("unfit");
    let seal = own(&folder);
    let at = now();
    for broken in [&b""[..], b"%PDF-1.7\n", b"kein PDF", &printed()[..2000]] {
        assert!(matches!(seal.seal(broken, at), Err(SealFault::Machine(_))));
    }
    let sealed = seal.seal(&printed(), at).unwrap();
    let said = seal.seal(&sealed, at).unwrap_err().to_string();
    assert!(said.contains("hat schon ein Formular oder eine Unterschrift"), "{said}");
    let year = 366 * 86_400_000;
    for moment in [at.plus_millis(-year), at.plus_millis(11 * year)] {
        let said = seal.seal(&printed(), moment).unwrap_err().to_string();
        assert!(said.starts_with("Das Siegel der Gemeinde gilt nur vom "), "{said}");
    }
    assert!(seal.seal(&printed(), Instant(i64::MAX)).is_err() && seal.seal(&printed(), Instant(-1)).is_err());
}

#[test]
fn a_long_document_is_sealed_too() {
    let folder = Folder::new("long");
    let pdf = PdfPrinter.print(&town::long(60, 100).minutes()).unwrap();
    let sealed = own(&folder).seal(&pdf, now()).unwrap();
    assert!(sealed.len() - pdf.len() < 10_000, "{} bytes more", sealed.len() - pdf.len());
    if let Some(said) = tools::pdfsig(&folder.write("long.pdf", &sealed)) {
        assert!(said.contains("Signature is Valid.") && said.contains("Total document signed"), "{said}");
    }
}
