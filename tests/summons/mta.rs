//! The letters through a mail server of the world: exim from Debian, with STARTTLS required and a certificate of the town's
//! own authority. For `tests/long.sh`, which installs it and names it in `RATSSAAL_TEST_EXIM`.

use super::town_kit::until;
use super::{House, MEETING, Place, outcome};
use ratssaal::domain::meeting::event::DeliveryOutcome;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Exim on loopback: takes letters for example.org, from whoever speaks TLS, and knows no Anton.
struct Exim {
    port: u16,
    folder: PathBuf,
    process: Child,
}

impl Drop for Exim {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Exim {
    async fn start(folder: &Path) -> Option<Self> {
        let Ok(program) = std::env::var("RATSSAAL_TEST_EXIM") else {
            eprintln!("SKIPPED: RATSSAAL_TEST_EXIM names no exim; tests/long.sh does");
            return None;
        };
        // Exim gives up being root, and its folder must let the mail's owner in.
        let folder = folder.join("exim");
        for part in ["spool", "log", "post"] {
            std::fs::create_dir_all(folder.join(part)).unwrap();
        }
        certify(&folder);
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let town = std::fs::read_to_string(folder.parent().unwrap().join("town.toml")).unwrap();
        std::fs::write(folder.join("known"), boxes(&town)).unwrap();
        let owned = Command::new("chown").args(["-R", "Debian-exim:Debian-exim"]).arg(&folder).status().unwrap();
        assert!(owned.success());
        // The settings have to be root's.
        std::fs::write(folder.join("exim.conf"), settings(&folder, port)).unwrap();
        let open = Command::new("chmod").arg("a+x").arg(folder.parent().unwrap()).status().unwrap();
        assert!(open.success());
        let process = Command::new(program)
            .arg("-C")
            .arg(folder.join("exim.conf"))
            .args(["-bdf", "-q1m"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { port, folder, process };
        until("exim listens", async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok()).await;
        Some(server)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log/mainlog")).unwrap_or_default()
    }

    /// The letters in the boxes, by owner.
    fn letters(&self) -> Vec<(String, String)> {
        let files = std::fs::read_dir(self.folder.join("post")).unwrap().map(|entry| entry.unwrap().path());
        let named = files.map(|file| {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(file).unwrap())
        });
        named.collect()
    }
}

/// An authority of the town's own, and a certificate for `localhost` by it.
fn certify(folder: &Path) {
    let openssl = |arguments: &[&str]| {
        let done = Command::new("openssl").current_dir(folder).args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    let authority = ["req", "-x509", "-subj", "/CN=Musterstadt", "-keyout", "ca.key", "-out", "ca.pem"];
    openssl(&[&authority[..], &key[..]].concat());
    std::fs::write(folder.join("names"), "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n").unwrap();
    let request = ["req", "-new", "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "request.pem"];
    openssl(&[&request[..], &key[..5]].concat());
    openssl(&[
        "x509",
        "-req",
        "-in",
        "request.pem",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-days",
        "2",
        "-extfile",
        "names",
        "-out",
        "cert.pem",
    ]);
}

/// Who has a box here: everybody of the town but Anton. Exim names a file only by what stands in a list of ours.
fn boxes(town: &str) -> String {
    let addresses = town.lines().filter_map(|line| line.strip_prefix("email = \"")?.split_once("@example.org"));
    let known = addresses.map(|(name, _)| name).filter(|name| *name != "anton.apfelkern");
    known.fold(String::new(), |list, name| format!("{list}{name}: {name}\n"))
}

fn settings(folder: &Path, port: u16) -> String {
    include_str!("exim.conf").replace("FOLDER", folder.to_str().unwrap()).replace("PORT", &port.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_of_the_world_takes_every_letter_over_tls_and_no_other_way() {
    let place = Place::new();
    let Some(exim) = Exim::start(&place.folder).await else { return };
    // Nobody vouches for it: no letter leaves the house, and the record does not say that one did.
    let port = exim.port;
    let house = House::open_with(place, &format!("host = \"localhost\"\nport = {port}")).await;
    let clerk = house.visitor("nusszweig").await;
    clerk.act(MEETING, "einberufen", &[("format", "hybrid")]).await.receipt();
    // Our side broke off the handshake, for every letter that was tried; exim saw it.
    until("exim saw a broken handshake", async || exim.log().contains("TLS error")).await;
    let waiting = house.meeting().await;
    let sent = waiting.before.deliveries.values().filter(|one| one.outcome == Some(DeliveryOutcome::Sent)).count();
    assert_eq!((sent, exim.letters().len()), (0, 0), "{}", exim.log());

    // The town's own authority does.
    let authority = exim.folder.join("ca.pem");
    let way = format!("host = \"localhost\"\nport = {port}\nauthority = \"{}\"", authority.display());
    let house = house.restarted_with(&way).await;
    let meeting = house.everybody_is_settled().await;
    assert_eq!(outcome(&meeting, "sitz-01"), Some(DeliveryOutcome::Refused), "Anton is unknown there");
    let sent = meeting.before.deliveries.values().filter(|one| one.outcome == Some(DeliveryOutcome::Sent)).count();
    assert_eq!(sent, 11);
    until("eleven boxes", async || exim.letters().len() == 11).await;
    for (owner, letters) in exim.letters() {
        assert_eq!(letters.matches("Message-ID: <").count(), 1, "{owner} got each letter once");
        assert!(letters.contains("TLS") && letters.contains("text/calendar"), "{owner}");
    }
    house.shut().await;
}
