//! The binary itself: files that cannot be right.

use super::town_kit::Place;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

fn ratssaal(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ratssaal")).args(arguments).output().unwrap()
}

fn path(file: &Path) -> &str {
    file.to_str().unwrap()
}

#[track_caller]
fn fails(arguments: &[&str], sentence: &str) {
    let ended = ratssaal(arguments);
    let said = String::from_utf8_lossy(&[ended.stdout, ended.stderr].concat()).into_owned();
    assert_eq!(ended.status.code(), Some(1), "{arguments:?}: {said}");
    assert!(said.contains(sentence) && !said.contains("panicked"), "„{sentence}“ is missing: {said}");
}

#[test]
fn a_configuration_with_an_unknown_key_opens_nothing() {
    let place = Place::new();
    for (from, to, sentence) in [
        ("[media]", "[media]\nbandbreite = 7", "unbekannter Schlüssel „media.bandbreite“"),
        ("[data]", "[kantine]\noffen = true\n[data]", "unbekannter Schlüssel „kantine“"),
        ("listen =", "lauscht =", "server"),
        ("http://127", "http://rat.example.org/x?127", "public_url"),
        ("[town]", "[town", "TOML"),
        ("folder = \"mail\"", "folder = \"mail\"\nhost = \"127.0.0.1\"", "genau einen"),
    ] {
        let text = place.text().replacen(from, to, 1);
        assert_ne!(text, place.text());
        std::fs::write(place.config(), text).unwrap();
        fails(&["serve", "--config", path(&place.config())], sentence);
    }
    fails(&["serve", "--config", path(&place.folder.join("nirgends.toml"))], "gibt es nicht");
    fails(&["serve", "--config", path(&place.folder)], "gibt es nicht");
    assert!(!place.folder.join("ratssaal.sqlite").exists(), "nothing was opened");
}

#[test]
fn a_town_that_contradicts_itself_opens_nothing() {
    let place = Place::new();
    let file = place.folder.join("town.toml");
    let sound = std::fs::read_to_string(&file).unwrap();
    for (from, to, sentence) in [
        ("id = \"sitz-02\"", "id = \"sitz-01\"", "sitz-01"),
        ("person = \"birnbaum\", function", "person = \"apfelkern\", function", "apfelkern"),
        ("id = \"birnbaum\"", "id = \"apfelkern\"", "apfelkern"),
        ("function = \"mayor\"", "function = \"councillor\"", "Gremium"),
        ("land = \"bw\"", "land = \"atlantis\"", "atlantis"),
        ("municipality", "gemeinde", "unbekannter Schlüssel"),
    ] {
        let text = sound.replacen(from, to, 1);
        assert_ne!(text, sound);
        std::fs::write(&file, text).unwrap();
        fails(&["serve", "--config", path(&place.config())], sentence);
    }
    std::fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    fails(&["serve", "--config", path(&place.config())], "nicht lesbar");
}

#[test]
fn a_seal_that_cannot_be_used_opens_nothing() {
    let place = Place::new();
    let seal = "[seal]\ncertificate = \"siegel.pem\"\nkey = \"siegel.key\"\n[town]";
    std::fs::write(place.config(), place.text().replacen("[town]", seal, 1)).unwrap();
    let config = place.config();
    let serve = ["serve", "--config", path(&config)];
    fails(&serve, "siegel.key");
    let key = place.folder.join("siegel.key");
    std::fs::write(&key, "kein Schlüssel").unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
    fails(&serve, "ist für andere zugänglich; nötig sind die Rechte 0600");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    fails(&serve, "enthält keinen P-256-Schlüssel");
    // A real key, and no certificate beside it.
    let own = Place::new();
    drop(
        Command::new(env!("CARGO_BIN_EXE_ratssaal"))
            .args(["plan", "--config", path(&own.config()), path(&own.meeting_file("gr-7"))])
            .output()
            .unwrap(),
    );
    std::fs::copy(own.folder.join("data/seal-key.pem"), &key).unwrap();
    std::fs::write(place.folder.join("siegel.pem"), "kein Zertifikat").unwrap();
    fails(&serve, "enthält kein Zertifikat (X.509, PEM)");
    // A real certificate, of another key.
    std::fs::copy(own.folder.join("data/seal.pem"), place.folder.join("siegel.pem")).unwrap();
    std::fs::copy(own.folder.join("data/instance-key.pem"), &key).unwrap();
    fails(&serve, "gehört nicht zum Zertifikat");
}

#[test]
fn evidence_that_is_none_is_refused() {
    let place = Place::new();
    let file = place.folder.join("beweis.jsonl");
    let texts: [&[u8]; 6] =
        [b"", b"{}", b"\xff\xfe\x00\x01", b"[[[[[[[[", b"{\"format\":\"ratssaal bundle v1\"}\n", &[b'\n'; 5000]];
    for text in texts {
        std::fs::write(&file, text).unwrap();
        fails(&["verify", path(&file)], "Form");
    }
    fails(&["verify", path(&place.folder.join("nirgends"))], "nirgends");
    std::fs::remove_file(&file).unwrap();
    fails(&["verify", path(&place.folder)], "beweis.jsonl");
    std::fs::write(&file, "{\"a\":".repeat(100_000)).unwrap();
    fails(&["verify", path(&file)], "Form");
}
