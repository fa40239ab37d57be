//! An election in the hall from the first paper to the lot, and a result that did not stand, as the public reads them.

use super::evening::{Evening, MEETING};
use super::town_kit::server::{CHAIR, CLERK, seat};
use super::town_kit::visitor::Visitor;

const ROUND: &str = "wahlgang";

impl Evening {
    /// The clerk enters what the tellers say, the chair declares it.
    async fn counted(&self, round: &str, votes: [&str; 2], blank: &str) {
        let count = [
            (ROUND, round),
            ("stimmen_1", votes[0]),
            ("stimmen_2", votes[1]),
            ("leer", blank),
            ("ungueltig", "0"),
            ("nicht_abgegeben", "0"),
        ];
        self.does(CLERK, "wahl_auszaehlung", &count).await;
        self.does(CHAIR, "wahl_ergebnis", &[(ROUND, round)]).await;
    }
}

#[tokio::test]
async fn an_election_by_paper_ends_with_the_lot_and_everybody_can_read_it() {
    let evening = Evening::sitting().await;
    let path = format!("/oeffentlich/{MEETING}/ergebnisse");
    let stranger = Visitor::stranger(&evening.url());
    evening.does(CHAIR, "aufrufen", &[("punkt", "top-2")]).await;
    evening.does(CHAIR, "wahl_vermerken", &[("punkt", "top-2"), ("art", "ehrenamt")]).await;
    let desk = evening.page(CHAIR, &format!("/sitzung/{MEETING}/leitstand")).await;
    assert!(desk.contains("Wahl vorbereiten") && desk.contains("§ 37 Abs. 7"), "{desk}");

    // What is wrong is said, and nothing is opened.
    let open = |round: &'static str, names: &'static str, tellers: &'static str| {
        [(ROUND, round), ("art", "geheim"), ("kandidaten", names), ("zaehler", tellers)]
    };
    let chair = evening.of(CHAIR);
    let two = "Anton Apfelkern\nBerta Birnbaum";
    for (names, tellers, sentence) in [
        ("", two, "Die Namen der Vorgeschlagenen"),
        ("Flora Fliederbusch\nFlora Fliederbusch", two, "doppelt"),
        ("Flora Fliederbusch", "Anton Apfelkern", "2 Namen"),
    ] {
        let told = chair.act(MEETING, "wahlgang_oeffnen", &open("w-0", names, tellers)).await;
        assert!((400..500).contains(&told.status) && told.text.contains(sentence), "{sentence}: {}", told.text);
    }
    let member =
        evening.of("apfelkern").act(MEETING, "wahlgang_oeffnen", &open("w-0", "Flora Fliederbusch", two)).await;
    assert_eq!(member.status, 403, "{}", member.text);

    let names = "Flora Fliederbusch\nGregor Grashalm";
    evening.does(CHAIR, "wahlgang_oeffnen", &open("w-1", names, two)).await;
    let running = stranger.get(&path).await.text;
    assert!(!running.contains("Flora Fliederbusch"), "nothing before it is declared");
    for (votes, sentence) in
        [(["7", "9"], "12"), (["sieben", "5"], "Die Zahl der Stimmen"), (["-1", "13"], "Die Zahl der Stimmen")]
    {
        let count = [
            (ROUND, "w-1"),
            ("stimmen_1", votes[0]),
            ("stimmen_2", votes[1]),
            ("leer", "0"),
            ("ungueltig", "0"),
            ("nicht_abgegeben", "0"),
        ];
        let told = evening.of(CLERK).act(MEETING, "wahl_auszaehlung", &count).await;
        assert!((400..500).contains(&told.status) && told.text.contains(sentence), "{votes:?}: {}", told.text);
    }
    evening.counted("w-1", ["6", "5"], "1").await;
    let first = stranger.get(&path).await.text;
    assert!(first.contains("Stichwahl zwischen Flora Fliederbusch und Gregor Grashalm"), "{first}");
    evening.does(CHAIR, "wahlgang_oeffnen", &open("w-2", names, two)).await;
    evening.counted("w-2", ["6", "6"], "0").await;
    let drawer = seat("birnbaum");
    let lot = [("lose_von", "Anton Apfelkern"), ("zieht", drawer.as_str()), ("gezogen_1", "Gregor Grashalm")];
    let other = [lot[0], lot[1], ("gezogen_1", "Nora Nusszweig")];
    chair.act(MEETING, "los", &other).await.refused(403, "nicht unter denen");
    evening.does(CHAIR, "los", &lot).await;
    evening.does(CHAIR, "punkt_abschliessen", &[("ergebnis", "entschieden")]).await;

    let read = stranger.get(&path).await.text;
    for needle in [
        "Wahl zu einer ehrenamtlichen Tätigkeit: Erster Wahlgang",
        "Flora Fliederbusch 6, Gregor Grashalm 5, Enthaltungen 1, ungültig 0",
        "Gewählt durch Los ist Gregor Grashalm",
        "geheim mit Stimmzetteln, festgestellt um",
    ] {
        assert!(read.contains(needle), "„{needle}“ is missing in {read}");
    }
    let minutes = evening.page(CLERK, &format!("/sitzung/{MEETING}/niederschrift")).await;
    for needle in ["Stichwahl", "Gregor Grashalm", "Die Lose stellte Anton Apfelkern her"] {
        assert!(minutes.contains(needle), "„{needle}“ is missing in {minutes}");
    }
    evening.end().await;
}

#[tokio::test]
async fn a_result_that_did_not_stand_is_published_as_struck() {
    let evening = Evening::sitting().await;
    let path = format!("/oeffentlich/{MEETING}/ergebnisse");
    evening.does(CHAIR, "aufrufen", &[("punkt", "top-4")]).await;
    let hands = async |ballot: &str, against: &str| {
        let id = ("abstimmung", ballot);
        let open = [id, ("art", "handzeichen"), ("wortlaut", "Das Fest findet statt.")];
        evening.does(CHAIR, "abstimmung_oeffnen", &open).await;
        let counted = [id, ("stimmberechtigte", "12"), ("gegenstimmen", against), ("enthaltungen", "0")];
        evening.does(CLERK, "saal_zaehlung", &counted).await;
        evening.does(CHAIR, "abstimmung_schliessen", &[id]).await;
        evening.does(CHAIR, "ergebnis", &[id]).await;
    };
    hands("b-8", "7").await;
    let strike = [("abstimmung", "b-8"), ("grund", "versehen"), ("begruendung", "Frau Distelfink war verzählt.")];
    evening.does(CHAIR, "ergebnis_aufheben", &strike).await;
    let stranger = Visitor::stranger(&evening.url());
    let struck = stranger.get(&path).await.text;
    assert!(struck.contains("Aufgehoben") && struck.contains("zuvor abgelehnt: 5 Ja, 7 Nein"), "{struck}");
    assert!(!struck.contains("verzählt"), "why is in the minutes");
    hands("b-9", "2").await;
    let again = stranger.get(&path).await.text;
    let (before, after) = (again.find("Aufgehoben").unwrap(), again.rfind("Angenommen").unwrap());
    assert!(before < after, "in the order in which they were declared");
    evening.end().await;
}

#[tokio::test]
async fn whoever_is_summoned_learns_that_there_is_an_election() {
    let evening = Evening::planned().await;
    let desk = evening.page(CLERK, &format!("/sitzung/{MEETING}/ladung")).await;
    assert!(desk.contains("Wahl vermerken") && desk.contains("TOP 2 Linde"), "{desk}");
    let closed = [("punkt", "top-3"), ("art", "personal")];
    evening.of(CLERK).act(MEETING, "wahl_vermerken", &closed).await.refused(403, "erst nach der Einberufung");
    evening.does(CLERK, "wahl_vermerken", &[("punkt", "top-2"), ("art", "ehrenamt")]).await;
    evening.does(CHAIR, "einberufen", &[("format", "hybrid")]).await;
    let member = evening.page("apfelkern", &format!("/sitzung/{MEETING}/teilnahme")).await;
    let notes = "TOP 2. Gewählt wird im Saal; wer zugeschaltet ist, wählt nicht mit (§ 37a Abs. 1 Satz 2 GemO).";
    assert!(member.contains(notes), "{member}");
    let public = Visitor::stranger(&evening.url()).get(&format!("/oeffentlich/{MEETING}/bekanntmachung")).await;
    assert!(public.text.contains("Wahlen</dt><dd>TOP 2"), "{}", public.text);
    evening.end().await;
}

#[tokio::test]
async fn the_minutes_keep_what_was_declared_and_lifted() {
    let evening = Evening::sitting().await;
    evening.does(CHAIR, "aufrufen", &[("punkt", "top-2")]).await;
    evening.does(CHAIR, "wahl_vermerken", &[("punkt", "top-2"), ("art", "ehrenamt")]).await;
    let names = ("kandidaten", "Flora Fliederbusch\nGregor Grashalm");
    let tellers = ("zaehler", "Anton Apfelkern\nBerta Birnbaum");
    for (round, votes) in [("w-1", ["9", "3"]), ("w-2", ["3", "9"])] {
        evening.does(CHAIR, "wahlgang_oeffnen", &[(ROUND, round), ("art", "geheim"), names, tellers]).await;
        evening.counted(round, votes, "0").await;
        if round == "w-1" {
            let lifted = [(ROUND, round), ("begruendung", "Die Stapel waren vertauscht.")];
            evening.does(CHAIR, "wahlergebnis_aufheben", &lifted).await;
        }
    }
    let book = evening.page(CLERK, &format!("/sitzung/{MEETING}/niederschrift")).await;
    let at = |needle: &str| book.find(needle).unwrap_or_else(|| panic!("„{needle}“ is missing in {book}"));
    let (first, lifted) = (at("Gewählt ist Flora Fliederbusch"), at("Dieses Ergebnis gilt nicht"));
    assert!(first < lifted && lifted < at("Gewählt ist Gregor Grashalm"), "{book}");
    assert!(book.contains("Die Stapel waren vertauscht."), "{book}");
    evening.end().await;
}
