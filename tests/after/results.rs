//! The results for the public.

use super::evening::{CLOSED_TITLE, Evening, MEETING};
use super::town_kit::server::{CHAIR, CLERK};
use super::town_kit::visitor::Visitor;

#[tokio::test]
async fn everybody_reads_what_was_declared_and_nobody_what_is_not_public() {
    let evening = Evening::planned().await;
    let stranger = Visitor::stranger(&evening.url());
    let path = format!("/oeffentlich/{MEETING}/ergebnisse");
    let before = stranger.get(&path).await;
    assert_eq!(before.status, 200);
    assert!(before.text.contains("Die Sitzung hat noch nicht begonnen.") && before.text.contains("Brunnen"));
    evening.end().await;

    let evening = Evening::sitting().await;
    let due = evening.of(CLERK).get("/fristen").await;
    assert!(due.status == 200 && due.text.contains("Gezählt wird nach dem Gesetz"), "{}", due.text);
    evening.of("apfelkern").get("/fristen").await.refused(403, "Vorsitz und Schriftführung");
    let stranger = Visitor::stranger(&evening.url());
    let public = stranger.get(&format!("/oeffentlich/{MEETING}")).await;
    assert!(public.text.contains(&format!("href=\"{path}\"")), "linked from the public page");
    let during = stranger.get(&path).await.text;
    for needle in ["Die Sitzung läuft noch", "Der Brunnen wird saniert.", "Angenommen", "9 Ja, 2 Nein, 1 Enthaltung"] {
        assert!(during.contains(needle), "„{needle}“ is missing in {during}");
    }
    evening.does(CHAIR, "aufrufen", &[("punkt", "top-2")]).await;
    let ballot = ("abstimmung", "b-2");
    evening
        .does(CHAIR, "abstimmung_oeffnen", &[ballot, ("art", "namentlich"), ("wortlaut", "Die Linde bleibt.")])
        .await;
    evening.does("apfelkern", "stimme", &[ballot, ("wahl", "ja")]).await;
    evening.does("birnbaum", "stimme", &[ballot, ("wahl", "nein")]).await;
    let open = stranger.get(&path).await.text;
    assert!(!open.contains("Die Linde bleibt."), "what is not declared is no result");
    evening.does(CHAIR, "abstimmung_schliessen", &[ballot]).await;
    evening.does(CHAIR, "ergebnis", &[ballot]).await;
    evening.does(CHAIR, "punkt_abschliessen", &[("ergebnis", "entschieden")]).await;
    evening.does(CHAIR, "schliessen", &[]).await;
    let after = stranger.get(&path).await.text;
    assert!(
        after.contains("Die Sitzung ist geschlossen.")
            && after.contains("Die Linde bleibt.")
            && after.contains("Abgelehnt")
    );
    assert!(after.contains("Veröffentlicht sind die Summen"), "{after}");
    for name in ["Apfelkern", "Birnbaum"] {
        assert!(!after.contains(name), "{name} is named without a ground");
    }
    for page in [during, open, after, evening.page(CLERK, &path).await] {
        assert!(!page.contains(CLOSED_TITLE) && page.contains("nichtöffentlich"), "{page}");
    }
    // The body's own rule, with its ground, lets the names be shown.
    let file = evening.place.folder.join("town.toml");
    let town = std::fs::read_to_string(&file).unwrap();
    let named = "statutory_seats = 12\nnamed_results = \"§ 24 Abs. 3 Geschäftsordnung\"";
    std::fs::write(&file, town.replacen("statutory_seats = 12", named, 1)).unwrap();
    let evening = evening.restart().await;
    let after = Visitor::stranger(&evening.url()).get(&path).await.text;
    for needle in ["Grund: § 24 Abs. 3 Geschäftsordnung.", "Anton Apfelkern", "Berta Birnbaum"] {
        assert!(after.contains(needle), "„{needle}“ is missing in {after}");
    }
    evening.end().await;
}
