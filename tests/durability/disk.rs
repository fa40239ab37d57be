//! A full disk: refused cleanly, nothing acknowledged is lost, and it goes on when there is space again.

use super::ledger_kit::{NOW, TempDir, Writer, assert_chain, command, meeting, skipped, sqlite};
use super::{only, this_binary};
use ratssaal::app::ports::ledger::{Appended, LedgerError, LedgerStore as _};
use ratssaal::domain::ledger::Class;
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

const DIR: &str = "RATSSAAL_SMALL_DISK";
const MOUNT: &str = "mount -t tmpfs -o size=2m ratssaal \"$0\" && exec \"$@\"";
/// Stands in the disk until space is needed.
const BALLAST: usize = 512 * 1024;

/// The small disk exists only in a mount namespace of its own, so that nothing has to be cleaned up.
fn on_a_small_disk(dir: &TempDir) -> Command {
    let mut unshare = Command::new("unshare");
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    unshare.args(if root { &["--mount"][..] } else { &["--mount", "--map-root-user"] });
    unshare.args(["sh", "-c", MOUNT]).arg(dir.path());
    unshare
}

#[test]
fn a_full_disk_loses_nothing() {
    let dir = TempDir::new();
    if !on_a_small_disk(&dir).arg("true").output().is_ok_and(|done| done.status.success()) {
        return skipped("no full disk (mounting a tmpfs is not permitted)");
    }
    let done =
        on_a_small_disk(&dir).arg(this_binary()).args(only("disk::on_the_small_disk")).env(DIR, dir.path()).output();
    let done = done.expect("unshare starts");
    assert!(done.status.success(), "{}\n{}", done.status, String::from_utf8_lossy(&done.stderr));
}

#[tokio::test]
#[ignore = "started by a_full_disk_loses_nothing, with a small disk in the environment"]
async fn on_the_small_disk() {
    let Some(dir) = std::env::var_os(DIR).map(PathBuf::from) else { return };
    std::fs::write(dir.join("ballast"), vec![7; BALLAST]).unwrap();
    let (file, id) = (dir.join("ratssaal.sqlite"), meeting("m"));
    let store = sqlite(&file).await;
    let mut writer = Writer::claim(&store, &id, "a").await;
    let text = "x".repeat(8_000);
    let draft = |writer: &Writer| {
        let number = writer.head.number + 1;
        writer.draft(&format!("c-{number}"), &[&[(Class::Finding, json!({"nr": number, "text": text}))]])
    };

    let mut acknowledged = Vec::new();
    let refused = loop {
        match store.append(draft(&writer)).await {
            Ok(Appended::Now(receipt)) => {
                (writer.head.number, writer.head.digest) = (receipt.last, receipt.head);
                acknowledged.push(receipt);
            }
            other => break other,
        }
    };
    assert!(acknowledged.len() >= 10, "{} before {refused:?}", acknowledged.len());
    for _ in 0..5 {
        let again = store.append(draft(&writer)).await;
        assert!(matches!(&again, Err(LedgerError::Fault(why)) if why.contains("Datenträger")), "{again:?}");
    }
    let ledger = store.load(&id).await.unwrap();
    assert_eq!(ledger.len(), acknowledged.len(), "reading goes on, and what was refused is not there");
    assert_chain(&ledger);

    std::fs::remove_file(dir.join("ballast")).unwrap();
    let late = draft(&writer);
    acknowledged.push(writer.append(&store, late).await);
    drop(store);
    let store = sqlite(&file).await;
    store.claim(&id, "a", None, NOW, NOW).await.unwrap();
    let ledger = store.load(&id).await.unwrap();
    assert_eq!(ledger.len(), acknowledged.len());
    assert_chain(&ledger);
    for receipt in acknowledged {
        let known = store.receipt(&id, &command(receipt.command.as_str())).await.unwrap();
        assert_eq!(known.map(|(known, _)| known), Some(receipt));
    }
}
