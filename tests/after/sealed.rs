//! The minutes as they are handed out: sealed, the same for everybody, and the ones the evidence speaks of.

use super::evening::{CLOSED_TITLE, Evening, MEETING};
use super::town_kit::server::CLERK;
use super::town_kit::skipped;
use super::town_kit::visitor::Visitor;
use ratssaal::audit::{self, Outside};
use std::path::Path;
use std::process::Command;

fn minutes() -> String {
    format!("/sitzung/{MEETING}/niederschrift.pdf")
}

/// What a program says of a file.
fn ask(tool: &str, arguments: &[&str], file: &Path) -> Option<String> {
    match Command::new(tool).args(arguments).arg(file).output() {
        Ok(output) => Some(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()),
        Err(why) => {
            skipped(&format!("{tool}: {why}"));
            None
        }
    }
}

#[tokio::test]
async fn the_minutes_of_a_closed_meeting_are_sealed_and_the_evidence_speaks_of_that_file() {
    let evening = Evening::closed().await;
    let sealed = evening.file(CLERK, &minutes()).await;
    let later = evening.file("apfelkern", &minutes()).await;
    assert!(sealed == later, "whoever asks, and whenever");
    let bundle = evening.file(CLERK, &format!("/sitzung/{MEETING}/beweis.jsonl")).await;

    let folder = evening.place.folder.join("mitgenommen");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("niederschrift.pdf"), &sealed).unwrap();
    let mut report = audit::verify(&bundle, &Outside::default());
    report.compare_files(&folder);
    assert!(report.is_ok() && report.to_string().contains("niederschrift.pdf ist unverändert"), "{report}");

    if let Some(said) = ask("pdfsig", &[], &folder.join("niederschrift.pdf")) {
        assert!(said.contains("Signature is Valid.") && said.contains("Total document signed"), "{said}");
        assert!(said.contains("Siegel Musterstadt am Hang (selbst ausgestellt)"), "{said}");
    }
    let trust = folder.join("siegel.pem");
    let certificate = Visitor::stranger(&evening.url()).get("/siegel.pem").await;
    assert_eq!(certificate.status, 200, "everybody may have the certificate");
    std::fs::write(&trust, &certificate.text).unwrap();
    match std::env::var("RATSSAAL_TEST_PYHANKO") {
        Ok(tool) => {
            let trust = ["sign", "validate", "--trust-replace", "--trust", trust.to_str().unwrap()];
            let said = ask(&tool, &trust, &folder.join("niederschrift.pdf")).unwrap();
            assert!(said.contains("INTACT:TRUSTED,UNTOUCHED"), "{said}");
        }
        Err(_) => skipped("no pyHanko (RATSSAAL_TEST_PYHANKO is not set; see tests/run.sh)"),
    }
    if let Some(text) = ask("pdftotext", &["-layout"], &folder.join("niederschrift.pdf")) {
        assert!(text.is_empty(), "{text}");
        let text = std::fs::read_to_string(folder.join("niederschrift.txt")).unwrap();
        assert!(text.contains("ersetzt nicht das von Hand unterzeichnete Original"), "{text}");
        assert!(text.contains("Brunnen") && !text.contains(CLOSED_TITLE));
    }
    let page = evening.page(CLERK, &format!("/sitzung/{MEETING}/schriftfuehrung")).await;
    assert!(page.contains("ersetzt nicht das von Hand unterzeichnete Original (§ 38 Abs. 1 Satz 1 GemO)"));

    let evening = evening.restart().await;
    assert!(evening.file(CLERK, &minutes()).await == sealed, "after a restart, too");
    evening.end().await;
}

#[tokio::test]
async fn a_draft_bears_no_seal() {
    let evening = Evening::sitting().await;
    let draft = evening.file(CLERK, &minutes()).await;
    assert!(draft.starts_with(b"%PDF-1.7") && draft == evening.file("apfelkern", &minutes()).await);
    assert!(!draft.windows(9).any(|bytes| bytes == b"/AcroForm"), "a seal on a draft would say too much");
    evening.end().await;
}
