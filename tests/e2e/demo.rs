//! A visit to `ratssaal demo`: the links work, and thirteen pictures move.

use super::browser_kit::look::screen;
use super::browser_kit::{PATIENCE, Page, Process, chromedriver};
use super::{look_at, shots};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The members have a moment to sign in, encode their pictures and connect.
const ASSEMBLY: Duration = Duration::from_secs(90);
/// Largest picture for the README, in bytes.
const PICTURE_BYTES_MAX: u64 = 300_000;

/// A running demonstration and its links by role.
struct Demo {
    process: Process,
    links: BTreeMap<String, String>,
}

async fn demo() -> Demo {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ratssaal"));
    command.args(["demo", "--port", "0"]).stdout(Stdio::piped());
    let mut process = Process(command.spawn().expect("the demonstration starts"));
    let output = process.0.stdout.take().expect("its output");
    let told = tokio::task::spawn_blocking(move || {
        let mut links = BTreeMap::new();
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some((role, link)) = line.trim().split_once("http://") {
                links.insert(role.trim().to_owned(), format!("http://{link}"));
            }
            if line.starts_with("Der Gemeinderat tagt.") {
                return Some(links);
            }
        }
        None
    });
    let links = tokio::time::timeout(ASSEMBLY, told).await.expect("the council sits in time").expect("no panic");
    Demo { process, links: links.expect("the council sits") }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demonstration_can_be_joined() {
    let _machine = crate::MACHINE.lock().await;
    let Some(driver) = chromedriver().await else { return };
    // Browsers first: while they start, the members' pictures would stutter on a small machine.
    let (chair, member, clerk, citizen) = tokio::join!(
        Page::new(&driver, "chair"),
        Page::new(&driver, "councillor"),
        Page::new(&driver, "clerk"),
        Page::new(&driver, "citizen"),
    );
    let mut demo = demo().await;
    for (page, role) in
        [(&chair, "Vorsitz"), (&member, "Ratsmitglied 1"), (&clerk, "Schriftführung"), (&citizen, "Öffentlichkeit")]
    {
        page.open(demo.links.get(role).unwrap_or_else(|| panic!("a link for {role} in {:?}", demo.links))).await;
    }
    // All others: those who took their seats over, and the eleven simulated ones.
    tokio::join!(chair.sees_moving(12), member.sees_moving(12));
    chair.until("document.querySelector('.figure dd').textContent === '13'").await;
    let attentive = tokio::spawn(find_every_fault(chair.web.clone()));
    chair.press("#next-namentlich").await;
    member.until("Boolean(document.querySelector('.vote--open'))").await;
    chair.until("Number(document.querySelector('.figure--ballot dd').textContent) >= 11").await;
    member.press("#vote-enthaltung").await;
    member.reads("#vote-receipt", "gezählt: Enthaltung").await;
    chair.reads("[data-part=next]", "Es fehlt noch 1 Stimme: Rosalinde Blumenfeld.").await;
    let pages = [("leitstand", &chair), ("platz", &member), ("schriftfuehrung", &clerk), ("oeffentlich", &citizen)];
    let mut wrong = look_at("demo-abstimmung", &pages).await;
    picture(&chair, "leitstand", 1440, 900).await;
    picture(&chair, "leitstand-telefon", 390, 844).await;
    picture(&member, "mein-platz", 1440, 900).await;
    picture(&clerk, "schriftfuehrung", 1440, 900).await;
    chair.press("#vote-ja").await;
    chair.press("#next-schluss").await;
    chair.press("#next-ergebnis").await;
    citizen.reads(".verdict", "Angenommen").await;
    picture(&citizen, "oeffentlichkeit", 1440, 900).await;
    wrong.extend(look_at("demo-ergebnis", &pages).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    attentive.abort();
    tokio::join!(chair.quit(), member.quit(), clerk.quit(), citizen.quit());
    let ended = tokio::task::spawn_blocking(move || demo.process.end());
    assert!(tokio::time::timeout(PATIENCE, ended).await.expect("it ends").expect("no panic"), "it ends well");
}

/// On a machine that is too busy several members falter at once; then the chair finds where it lies, as always.
async fn find_every_fault(chair: thirtyfour::WebDriver) {
    loop {
        // While the page is between two states there may be nothing to press.
        let _ = chair.execute("document.querySelector('#next-befund-mitglied')?.click()", Vec::new()).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Takes a picture; with `RATSSAAL_PICTURES=1` it is one of the README.
async fn picture(page: &Page, name: &str, width: u32, height: u32) {
    screen(page, (width, height), false).await;
    let renewed = std::env::var("RATSSAAL_PICTURES").as_deref() == Ok("1");
    let folder = if renewed { Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures") } else { shots() };
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join(format!("{name}.png"));
    page.web.screenshot(&file).await.expect("a picture is taken");
    let size = std::fs::metadata(&file).expect("the picture").len();
    assert!(size < PICTURE_BYTES_MAX, "{name}.png has {size} bytes");
}
