//! A full disk under the real server: ballots are refused in German with 503, nothing acknowledged is lost, and after
//! space is made it goes on.

use super::process::{Server, prepare};
use super::town_kit::server::{Council, MEMBERS};
use super::town_kit::visitor::fresh;
use super::town_kit::{MEETING, Place, skipped};
use std::path::PathBuf;
use std::process::Command;

const DIR: &str = "RATSSAAL_TEST_SMALL_DISK";
const MOUNT: &str = "mount -t tmpfs -o size=6m ratssaal \"$0\" && exec \"$@\"";

/// The small disk exists only in a mount namespace of its own, so that nothing has to be cleaned up.
fn on_a_small_disk(dir: &PathBuf) -> Command {
    let mut unshare = Command::new("unshare");
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    unshare.args(if root { &["--mount"][..] } else { &["--mount", "--map-root-user"] });
    unshare.args(["sh", "-c", MOUNT]).arg(dir);
    unshare
}

#[test]
fn a_full_disk_under_the_server_loses_nothing() {
    let dir = std::env::temp_dir().join(format!("ratssaal-small-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    if on_a_small_disk(&dir).arg("true").output().is_ok_and(|done| done.status.success()) {
        let this = std::env::current_exe().unwrap();
        let only = ["disk::on_the_small_disk", "--exact", "--ignored", "--nocapture"];
        let done = on_a_small_disk(&dir).arg(this).args(only).env(DIR, &dir).output().unwrap();
        let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        assert!(done.status.success() && said.contains("1 passed"), "{said}");
    } else {
        skipped("no full disk (mounting a tmpfs is not permitted)");
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by a_full_disk_under_the_server_loses_nothing, with a small disk in the environment"]
async fn on_the_small_disk() {
    let Some(dir) = std::env::var_os(DIR).map(PathBuf::from) else { return };
    let place = Place::at(dir, true);
    let keys = prepare(&place).await;
    let server = Server::start(&place).await;
    let mut council = Council::sign_in(&place.url(), &keys).await;
    council.arrive().await;
    council.open().await;
    council.open_ballot("b-1").await;

    let (mut acknowledged, mut refused) = (Vec::new(), 0);
    let member = council.of("apfelkern");
    let ballast = place.folder.join("ballast");
    for number in 0..4_000 {
        let (id, choice) = (fresh(), ["ja", "nein"][acknowledged.len() % 2]);
        let told = member.vote(MEETING, &id, "b-1", choice).await.unwrap();
        if told.status == 200 {
            acknowledged.push((id, choice, told.receipt()));
        } else {
            told.refused(503, "Der Datenträger ist voll");
            refused += 1;
            if refused == 5 {
                break;
            }
        }
        if number == 20 {
            fill(&ballast);
        }
    }
    assert!(refused == 5 && acknowledged.len() > 20, "{} acknowledged, {refused} refused", acknowledged.len());
    let seen = council.chair().look(MEETING).await;
    assert_eq!(seen["ballot"]["stage"], "open", "it can still be read: {seen}");
    for (id, choice, receipt) in &acknowledged {
        assert_eq!(member.vote(MEETING, id, "b-1", choice).await.unwrap().receipt(), *receipt);
    }

    std::fs::remove_file(&ballast).unwrap();
    council.everybody_is_there().await;
    for member in MEMBERS {
        let told = council.of(member).act(MEETING, "stimme", &[("abstimmung", "b-1"), ("wahl", "enthaltung")]).await;
        told.receipt();
    }
    let result = council.close_ballot("b-1").await;
    assert_eq!(result["abstain"], 13, "{result}");
    for (id, choice, receipt) in &acknowledged {
        assert_eq!(council.of("apfelkern").vote(MEETING, id, "b-1", choice).await.unwrap().receipt(), *receipt);
    }
    council.drop_lines().await;
    server.kill();
}

/// Takes all the space there is.
fn fill(ballast: &std::path::Path) {
    use std::io::Write as _;
    let mut file = std::fs::File::create(ballast).unwrap();
    while file.write_all(&[7; 4096]).is_ok() {}
}
