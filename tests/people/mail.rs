//! A real mail server for a test: `aiosmtpd`, started with the Python that `RATSSAAL_TEST_AIOSMTPD` names.

use super::house::Folder;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct MailServer {
    pub port: u16,
    process: Child,
    folder: Folder,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl MailServer {
    /// `None`, said aloud, if there is no such Python; a failure under CI.
    pub async fn start() -> Option<Self> {
        let Ok(python) = std::env::var("RATSSAAL_TEST_AIOSMTPD") else {
            assert!(std::env::var("CI").is_err(), "RATSSAAL_TEST_AIOSMTPD is not set, and under CI nothing is skipped");
            eprintln!("SKIPPED: RATSSAAL_TEST_AIOSMTPD names no Python with aiosmtpd");
            return None;
        };
        let folder = Folder::new();
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let process = Command::new(python)
            .args(["-m", "aiosmtpd", "--nosetuid", "--listen", &format!("127.0.0.1:{port}"), "--class"])
            .arg("aiosmtpd.handlers.Mailbox")
            .arg(folder.0.join("post"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("aiosmtpd");
        let mut server = Self { port, process, folder };
        let patience = Instant::now() + Duration::from_secs(20);
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            assert!(Instant::now() < patience, "aiosmtpd does not listen");
            assert!(server.process.try_wait().expect("its state").is_none(), "aiosmtpd ended by itself");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Some(server)
    }

    /// The letters that arrived, whole.
    pub fn letters(&self) -> Vec<String> {
        // aiosmtpd makes the folder with the first letter.
        let arrived = std::fs::read_dir(self.folder.0.join("post/new")).into_iter().flatten().flatten();
        arrived.map(|file| std::fs::read_to_string(file.path()).expect("a letter")).collect()
    }
}

/// The link in a letter, soft line breaks taken out (RFC 2045, 6.7).
pub fn link_in(letter: &str) -> String {
    let plain = letter.replace("=\r\n", "").replace("=\n", "");
    let start = plain.find("http://127.0.0.1").expect("a link");
    plain[start..].split_whitespace().next().expect("a link").to_owned()
}
