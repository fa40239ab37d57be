//! The files a municipality brings along: made by OpenSSL, as an authority would.

use super::tools::{Folder, pdfsig, pyhanko, run};
use super::{SealFiles, TownSeal, fs, now, own, printed};
use crate::adapters::sign::file;
use crate::app::ports::seal::Seal as _;
use crate::domain::time::Instant;
use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt as _;

/// An authority and a seal it issued: `ca.pem`, `town.pem` (the seal's own and the authority's certificate), `town.key`.
fn authority(folder: &Folder, usage: &str) -> Option<SealFiles> {
    let at = |name: &str| folder.0.join(name).into_os_string();
    let openssl =
        |arguments: &[&OsStr]| run("openssl", arguments).map(|output| assert!(output.status.success(), "{output:?}"));
    let words = |text: &'static str| text.split(' ').map(OsStr::new);
    let (ca, ca_key, own, key, request) = (at("ca.pem"), at("ca.key"), at("own.pem"), at("town.key"), at("town.csr"));
    let extensions = folder.write("ext.cnf", format!("basicConstraints=CA:FALSE\nkeyUsage={usage}\n").as_bytes());
    let mut root: Vec<&OsStr> =
        words("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=Musteramt-CA").collect();
    root.extend([OsStr::new("-keyout"), &ca_key, OsStr::new("-out"), &ca]);
    openssl(&root)?;
    let mut ask: Vec<&OsStr> =
        words("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /O=Musterstadt/CN=Dienstsiegel").collect();
    ask.extend([OsStr::new("-keyout"), &key, OsStr::new("-out"), &request]);
    openssl(&ask)?;
    let mut sign: Vec<&OsStr> = words("x509 -req -days 20 -set_serial 77").collect();
    sign.extend([OsStr::new("-in"), &request, OsStr::new("-CA"), &ca, OsStr::new("-CAkey"), &ca_key]);
    sign.extend([OsStr::new("-extfile"), extensions.as_ref(), OsStr::new("-out"), &own]);
    openssl(&sign)?;
    let chain = [fs::read(&own).unwrap(), fs::read(&ca).unwrap()].concat();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    Some(SealFiles { certificate: folder.write("town.pem", &chain), key: key.into() })
}

fn refused(files: &SealFiles, now: Instant) -> String {
    TownSeal::open(files, now).err().expect("refused").to_string()
}

#[test]
fn a_certificate_an_authority_issued_seals() {
    let folder = Folder::new("authority");
    let Some(files) = authority(&folder, "critical,digitalSignature,nonRepudiation") else { return };
    let seal = TownSeal::open(&files, now()).unwrap();
    assert_eq!(seal.bearer().name, "Dienstsiegel");
    assert_eq!(seal.bearer().certificates.matches("BEGIN CERTIFICATE").count(), 2);
    let sealed = folder.write("sealed.pdf", &seal.seal(&printed(), now()).unwrap());
    if let Some(said) = pdfsig(&sealed) {
        assert!(said.contains("Signature is Valid.") && said.contains("CN=Dienstsiegel"), "{said}");
    }
    if let Some(verdict) = pyhanko("validate", &folder.0.join("ca.pem"), &sealed) {
        assert!(verdict.accepted && verdict.said.contains("INTACT:TRUSTED,UNTOUCHED"), "{}", verdict.said);
    }
}

#[test]
fn files_that_do_not_fit_are_refused_with_the_reason() {
    let (folder, other) = (Folder::new("unfit-files"), Folder::new("unfit-other"));
    let Some(files) = authority(&folder, "digitalSignature") else { return };
    let Some(strange) = authority(&other, "keyEncipherment") else { return };
    let mixed = |certificate: &std::path::Path, key: &std::path::Path| SealFiles {
        certificate: certificate.to_owned(),
        key: key.to_owned(),
    };
    let said = refused(&mixed(&files.certificate, &strange.key), now());
    assert!(said.contains("gehört nicht zum Zertifikat"), "{said}");
    let said = refused(&strange, now());
    assert!(said.contains("nicht zum Siegeln bestimmt"), "{said}");
    let day = 86_400_000;
    for moment in [now().plus_millis(25 * day), now().plus_millis(-2 * day)] {
        let said = refused(&files, moment);
        assert!(said.contains("gilt nur vom") && said.contains("Bitte ein gültiges eintragen;"), "{said}");
    }
    for (name, content, needle) in [
        ("empty.pem", &b""[..], "enthält kein Zertifikat"),
        ("text.pem", b"guten Tag", "enthält kein Zertifikat"),
        ("key-instead.pem", &fs::read(&files.key).unwrap(), "enthält kein Zertifikat"),
        ("torn.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "unlesbares Zertifikat"),
        ("turned.pem", b"-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n", "enthält kein Zertifikat"),
        ("many.pem", &fs::read(&files.certificate).unwrap().repeat(3), "mehr als 5 Zertifikate"),
    ] {
        let said = refused(&mixed(&folder.write(name, content), &files.key), now());
        assert!(said.contains(needle) && said.contains(name), "{name}: {said}");
    }
    let said = refused(&mixed(&files.certificate, &folder.0.join("nowhere.key")), now());
    assert!(said.contains("nowhere.key"), "{said}");
    let said = refused(&mixed(&folder.0.join("nowhere.pem"), &files.key), now());
    assert!(said.contains("nowhere.pem"), "{said}");
    fs::set_permissions(&files.key, fs::Permissions::from_mode(0o644)).unwrap();
    let said = refused(&files, now());
    assert!(said.contains("für andere zugänglich"), "{said}");
}

#[test]
fn a_key_of_another_kind_is_refused() {
    let folder = Folder::new("rsa");
    let at = |name: &str| folder.0.join(name).into_os_string();
    let (key, certificate) = (at("rsa.key"), at("rsa.pem"));
    let words = "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=RSA -keyout";
    let mut arguments: Vec<&OsStr> = words.split(' ').map(OsStr::new).collect();
    arguments.extend([key.as_ref(), OsStr::new("-out"), certificate.as_ref()]);
    let Some(output) = run("openssl", &arguments) else { return };
    assert!(output.status.success(), "{output:?}");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    let said = refused(&SealFiles { certificate: certificate.clone().into(), key: key.into() }, now());
    assert!(said.contains("rsa.key enthält keinen P-256-Schlüssel"), "{said}");
    own(&folder);
    let said = refused(&SealFiles { certificate: certificate.into(), key: folder.0.join("seal-key.pem") }, now());
    assert!(said.contains("gehört nicht zu einem P-256-Schlüssel"), "{said}");
}

#[test]
fn the_own_seal_is_made_once_names_the_town_and_is_never_replaced() {
    let folder = Folder::new("once");
    let first = own(&folder);
    assert_eq!(first.bearer().name, "Siegel Musterstadt am Hang (selbst ausgestellt)");
    let pem = fs::read(folder.0.join("seal.pem")).unwrap();
    assert_eq!(own(&folder).bearer(), first.bearer());
    assert_eq!(fs::metadata(folder.0.join("seal-key.pem")).unwrap().permissions().mode() & 0o777, 0o600);
    let later = now().plus_millis(11 * 366 * 86_400_000);
    let said = TownSeal::open_or_issue(&folder.0, "Musterstadt am Hang", later).err().unwrap().to_string();
    assert!(said.contains("gilt nur vom") && said.contains("stellt der nächste Start ein neues aus"), "{said}");
    assert_eq!(fs::read(folder.0.join("seal.pem")).unwrap(), pem, "an old one is not silently replaced");
    fs::remove_file(folder.0.join("seal.pem")).unwrap();
    let renewed = TownSeal::open_or_issue(&folder.0, "Musterstadt am Hang", later).unwrap();
    assert!(renewed.chain.key() == first.chain.key(), "the key stays");
    assert_ne!(renewed.bearer().fingerprint, first.bearer().fingerprint);
}

#[test]
fn a_name_of_any_length_and_any_letters_is_a_name_in_a_certificate() {
    for (count, name) in ["X", "Öhringen, Ω/\"=+;#<>\\", &"Verwaltungsgemeinschaft ".repeat(5)].iter().enumerate() {
        let folder = Folder::new(&format!("name-{count}"));
        let seal = TownSeal::open_or_issue(&folder.0, name.trim(), now()).unwrap();
        assert!(seal.bearer().name.chars().count() <= 64, "{}", seal.bearer().name);
        assert!(seal.bearer().name.starts_with("Siegel ") && seal.bearer().name.ends_with(" (selbst ausgestellt)"));
        let sealed = folder.write("sealed.pdf", &seal.seal(&printed(), now()).unwrap());
        if let Some(said) = pdfsig(&sealed) {
            assert!(said.contains("Signature is Valid."), "{name}: {said}");
        }
    }
    let folder = Folder::new("key-file");
    assert!(file::read(&folder.write("bytes.key", &[0xff; 40])).is_err());
}
