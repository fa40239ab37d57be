//! The sync of the log comes after its write and before the acknowledgement: as the kernel sees it.

use super::ledger_kit::{TempDir, skipped};
use super::{only, this_binary, with_task};
use std::collections::BTreeSet;
use std::process::{Command, Stdio};

const APPENDS: u32 = 20;

#[test]
fn the_sync_comes_before_the_acknowledgement() {
    if !Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success()) {
        return skipped("no system-call trace (strace is missing or may not trace)");
    }
    let dir = TempDir::new();
    let trace = dir.path().join("trace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-s", "16", "-e", "trace=fsync,fdatasync,write,pwrite64,pwritev,pwritev2", "-o"]);
    strace.arg(&trace).arg(this_binary()).args(only("child")).stdout(Stdio::null());
    let status = with_task(&mut strace, &dir.file(), "m", APPENDS).status().expect("strace starts");
    assert!(status.success(), "{status}");
    let trace = std::fs::read_to_string(&trace).expect("a trace");
    assert_eq!(acknowledged_durably(&trace), Ok(APPENDS));
}

/// Counts acknowledgements, each of which must follow a write to the log and a later, completed sync of it.
fn acknowledged_durably(trace: &str) -> Result<u32, String> {
    let (mut acknowledged, mut written, mut dirty) = (0, false, false);
    let mut syncing = BTreeSet::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        let writes = call.starts_with("write(") || call.starts_with("pwrite");
        let syncs = call.starts_with("fsync(") || call.starts_with("fdatasync(");
        if writes && call.contains("-wal>") {
            (written, dirty) = (true, true);
        } else if syncs && call.contains("-wal>") {
            if call.ends_with("= 0") {
                dirty = false;
            } else {
                syncing.insert(thread);
            }
        } else if call.contains("sync resumed>") {
            dirty &= !(syncing.remove(thread) && call.ends_with("= 0"));
        } else if writes && call.contains("\"ACK ") {
            if !written || dirty {
                return Err(format!("acknowledgement {acknowledged}: written {written}, unsynced {dirty}: {line}"));
            }
            (acknowledged, written) = (acknowledged + 1, false);
        }
    }
    Ok(acknowledged)
}

#[test]
fn a_trace_with_the_sync_too_late_is_seen() {
    let write = "7 pwrite64(9</x/ratssaal.sqlite-wal>, \"7\", 4096, 32) = 4096\n";
    let sync = "7 fdatasync(9</x/ratssaal.sqlite-wal>) = 0\n";
    let begun = "7 fdatasync(9</x/ratssaal.sqlite-wal> <unfinished ...>\n";
    let ended = "7 <... fdatasync resumed>)     = 0\n";
    let other = "8 fdatasync(9</x/ratssaal.sqlite>) = 0\n";
    let ack = "8 write(1<pipe:[1]>, \"ACK {\\\"meeting\\\":\"..., 99) = 99\n";
    let judge = |lines: &[&str]| acknowledged_durably(&lines.concat());
    assert_eq!(judge(&[write, sync, ack, write, begun, ended, ack]), Ok(2));
    for late in [
        &[write, ack, sync][..],
        &[sync, write, ack],
        &[write, begun, ack, ended],
        &[write, sync, write, ack],
        &[write, other, ack],
        &[write, sync, ack, ack],
    ] {
        assert!(judge(late).is_err(), "{late:?}");
    }
}
