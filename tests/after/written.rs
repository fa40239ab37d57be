//! The clerk's texts: entered, overtaken, corrected, and never lost.

use super::evening::{CLOSED_TITLE, DEPUTY, Evening, MEETING};
use super::town_kit::server::{CHAIR, CLERK};
use super::town_kit::visitor::{Told, Visitor, fresh};
use reqwest::header::{ACCEPT, LOCATION};
use std::process::Command;

fn at(path: &str) -> String {
    format!("/sitzung/{MEETING}/niederschrift{path}")
}

/// Sends the form of an item: a draft or a text, as the page would.
async fn send(visitor: &Visitor, to: &str, item: &str, after: &str, text: &str) -> Told {
    let id = fresh();
    let fields = [("kennung", id.as_str()), ("punkt", item), ("stand", after), ("text", text)];
    visitor.send(visitor.post(&at(to)).form(&fields)).await.unwrap()
}

/// The value of the hidden field behind the item's own.
fn standing(page: &str, item: &str) -> String {
    let form = page.split(&format!("name=\"punkt\" value=\"{item}\"")).nth(1).expect("a form of this item");
    let field = form.split("name=\"stand\" value=\"").nth(1).unwrap();
    field.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_text_is_entered_stands_in_the_minutes_and_is_corrected_by_the_next() {
    let evening = Evening::sitting().await;
    let clerk = evening.of(CLERK);
    let page = evening.page(CLERK, &at("")).await;
    assert!(page.contains("Entwurf – Niederschrift") && page.contains("Text zu TOP 1 schreiben"));
    assert!(
        !page.contains("name=\"punkt\" value=\"top-3\"") && !page.contains(CLOSED_TITLE),
        "no pen behind closed doors"
    );
    assert_eq!(standing(&page, "top-1"), "0");

    let told =
        send(clerk, "/text", "top-1", "0", "Die Verwaltung trägt vor.\r\n\r\nDer Rat fragt nach <b>Kosten</b>.").await;
    assert_eq!(told.status, 303, "{}", told.text);
    assert_eq!(told.headers[LOCATION], at("#top-top-1").as_str());
    let page = evening.page(CLERK, &at("")).await;
    assert!(page.contains("<p class=\"sheet__text\">Die Verwaltung trägt vor.</p>"), "in the document");
    assert!(
        page.contains("Der Rat fragt nach &#60;b&#62;Kosten&#60;/b&#62;.") && page.contains("Text zu TOP 1 ändern")
    );
    let number = standing(&page, "top-1");
    assert_ne!(number, "0");

    evening.does(CHAIR, "schliessen", &[]).await;
    let desk = evening.page(CLERK, &format!("/sitzung/{MEETING}/schriftfuehrung")).await;
    assert!(desk.contains("Texte können Sie auch nach der Sitzung eintragen"), "the clerk's page says so");
    let told = send(clerk, "/text", "top-1", &number, "Die Verwaltung trug vor.").await;
    assert_eq!(told.status, 303, "after the meeting, too: {}", told.text);
    let file = evening.place.folder.join("danach.pdf");
    std::fs::write(&file, evening.file(CLERK, &at(".pdf")).await).unwrap();
    let text = Command::new("pdftotext").args(["-layout"]).arg(&file).arg("-").output().expect("poppler-utils");
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("Die Verwaltung trug vor.") && !text.contains("Die Verwaltung trägt vor."), "{text}");
    let signed = Command::new("pdfsig").arg(&file).output().expect("poppler-utils");
    assert!(String::from_utf8_lossy(&signed.stdout).contains("Signature is Valid."));

    let page = evening.page(CLERK, &at("")).await;
    let told = send(clerk, "/text", "top-1", &standing(&page, "top-1"), "  \n ").await;
    assert_eq!(told.status, 303, "{}", told.text);
    let page = evening.page(CLERK, &at("")).await;
    assert!(page.contains("Zurückgenommen um ") && page.contains("Text zu TOP 1 schreiben"));
    let bundle = evening.file(CLERK, &format!("/sitzung/{MEETING}/beweis.jsonl")).await;
    let report = ratssaal::audit::verify(&bundle, &ratssaal::audit::Outside::default());
    assert!(report.is_ok() && !report.to_string().contains("noch kein Stand unterschrieben"), "{report}");
    evening.end().await;
}

#[tokio::test]
async fn who_was_overtaken_sees_the_other_text_and_keeps_hers() {
    let evening = Evening::sitting().await;
    let [one, two] = [evening.of(CLERK).clone(), evening.of(DEPUTY).clone()];
    assert_eq!(send(&one, "/text", "top-1", "0", "Die Verwaltung trägt vor.").await.status, 303);
    let told = send(&two, "/text", "top-1", "0", "Ich schrieb etwas anderes.").await;
    assert_eq!(told.status, 409, "{}", told.text);
    for needle in ["inzwischen ein anderer Text eingetragen", "Inzwischen steht hier ein anderer Text"] {
        assert!(told.text.contains(needle), "„{needle}“ is missing in {}", told.text);
    }
    assert!(
        told.text.contains("Die Verwaltung trägt vor.")
            && told.text.contains("\nIch schrieb etwas anderes.</textarea>")
    );
    // Still there after a look at something else, and entered on purpose over what she has now seen.
    let page = two.get(&at("")).await.text;
    assert!(page.contains("\nIch schrieb etwas anderes.</textarea>"), "{page}");
    let told = send(&two, "/text", "top-1", &standing(&page, "top-1"), "Ich schrieb etwas anderes.").await;
    assert_eq!(told.status, 303, "{}", told.text);
    let page = two.get(&at("")).await.text;
    assert!(
        !page.contains("Inzwischen steht hier")
            && page.contains("<p class=\"sheet__text\">Ich schrieb etwas anderes.</p>")
    );
    evening.end().await;
}

#[tokio::test]
async fn a_draft_outlives_browser_and_server_and_is_nobody_else_s() {
    let evening = Evening::sitting().await;
    let clerk = evening.of(CLERK);
    let begun = "Die Verwaltung trägt vor. Der Rat fra";
    let fields = [("kennung", "x"), ("punkt", "top-2"), ("stand", "0"), ("text", begun)];
    let told = clerk.send(clerk.post(&at("/entwurf")).header(ACCEPT, "application/json").form(&fields)).await.unwrap();
    assert_eq!(told.status, 200, "{}", told.text);
    assert!(told.json()["text"].as_str().unwrap().starts_with("Entwurf gesichert um "), "{}", told.text);
    let told = send(clerk, "/entwurf", "top-2", "0", begun).await;
    assert_eq!(
        (told.status, told.headers[LOCATION].to_str().unwrap()),
        (303, at("#top-top-2").as_str()),
        "as a plain form"
    );

    let evening = evening.restart().await;
    let page = evening.page(CLERK, &at("")).await;
    assert!(page.contains(&format!("\n{begun}</textarea>")), "{page}");
    assert!(page.contains("noch nicht eingetragen") && !page.contains("<p class=\"sheet__text\">Die Verwaltung"));
    let chair = evening.page(CHAIR, &at("")).await;
    assert!(!chair.contains(begun) && !chair.contains("<textarea"), "the chair reads, and no drafts");
    let bundle = evening.file(CLERK, &format!("/sitzung/{MEETING}/beweis.jsonl")).await;
    assert!(!String::from_utf8_lossy(&bundle).contains("Der Rat fra"), "no part of the record");
    evening.end().await;
}

#[tokio::test]
async fn what_cannot_be_entered_is_said_and_kept() {
    let evening = Evening::sitting().await;
    let clerk = evening.of(CLERK);
    let long = "Lang. ".repeat(4000);
    let told = send(clerk, "/text", "top-2", "0", &long).await;
    assert_eq!(told.status, 422);
    assert!(told.text.contains("Nicht eingetragen: Der Text hat 23999 Zeichen, erlaubt sind 20000."), "told");
    assert!(told.text.contains(long.trim_end()), "and kept to be shortened");
    let told = send(clerk, "/text", "top-2", "0", "Mit \u{7}Steuerzeichen").await;
    told.refused(422, "Nicht eingetragen: Der Text enthält Steuerzeichen.");
    let told = send(clerk, "/text", "top-4", "0", "").await;
    assert_eq!(told.status, 409, "nothing to take back");
    for (item, sentence) in [("top-9", "gibt es nicht"), ("../x", "gibt es nicht")] {
        for to in ["/text", "/entwurf"] {
            send(clerk, to, item, "0", "Etwas").await.refused(403, sentence);
        }
    }
    let odd = [("punkt", "top-1"), ("stand", "viele"), ("text", "x")];
    clerk.send(clerk.post(&at("/text")).form(&odd)).await.unwrap().refused(403, "nicht lesbar");
    for (who, status) in [(CHAIR, 403), ("apfelkern", 403)] {
        for to in ["/text", "/entwurf"] {
            let told = send(evening.of(who), to, "top-1", "0", "Ich war dagegen.").await;
            assert_eq!(told.status, status, "{who}: {}", told.text);
        }
    }
    assert_eq!(evening.of("apfelkern").get(&at("")).await.status, 403);
    let stranger = Visitor::stranger(&evening.url());
    assert_ne!(stranger.get(&at("")).await.status, 200);
    assert_ne!(send(&stranger, "/entwurf", "top-1", "0", "x").await.status, 200);
    assert!(evening.page(CLERK, &at("")).await.contains("Noch kein Text."), "nothing came of any of it at TOP 1");
    evening.end().await;
}

#[tokio::test]
async fn what_the_minutes_lack_is_listed_with_its_ground() {
    let evening = Evening::closed().await;
    let page = evening.page(CLERK, &at("")).await;
    for needle in [
        "TOP 2 wurde nicht aufgerufen, und nichts sagt, was aus ihm wurde.",
        "<span class=\"why__law\">§ 38 Abs. 1 GemO</span>",
        "<a href=\"#top-top-2\">zu TOP 2</a>",
        "Ohne Text zum Gang der Beratung: TOP 1.",
        "üblich, nicht vorgeschrieben",
        "<strong>bis 26.12.2026</strong> <span class=\"why__law\">§ 38 Abs. 2 Satz 2 GemO</span>",
        "<strong>bis 03.12.2026</strong> <span class=\"why__law\">§ 41b Abs. 5 GemO</span>",
        "Bei den Abwesenden steht nicht, ob sie entschuldigt waren: ",
    ] {
        assert!(page.contains(needle), "„{needle}“ is missing in {page}");
    }
    let clerk = evening.of(CLERK);
    for item in ["top-1", "top-2", "top-4"] {
        assert_eq!(send(clerk, "/text", item, "0", "Dazu wurde nichts beraten.").await.status, 303);
    }
    let page = evening.page(CLERK, &at("")).await;
    for gone in ["wurde nicht aufgerufen, und nichts", "Ohne Text zum Gang"] {
        assert!(!page.contains(gone), "„{gone}“ is still there");
    }
    evening.end().await;
}
