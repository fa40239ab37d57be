//! `Ausschluss der Zuschaltung im Einzelfall` in the browser's forms, and at the doors of the chamber.

use super::town_kit::Place;
use super::{House, post, to, value};

#[tokio::test(flavor = "multi_thread")]
async fn connection_is_ruled_out_with_the_convening_and_then_nobody_is_let_in_from_afar() {
    let place = Place::new();
    let clause = "\n[[bylaws]]\nkind = \"exclude_2025\"\nreference = \"§ 4a Abs. 5 Hauptsatzung\"\n\
                  decided_on = \"2025-10-14\"\nin_force_from = \"2025-11-01\"\ncarried = { yes = 11, members = 13 }\n";
    let town = place.folder.join("town.toml");
    std::fs::write(&town, std::fs::read_to_string(&town).unwrap() + clause).unwrap();
    let house = House::open_in(place).await;
    let (chair, member) = (house.visitor("blumenfeld").await, house.visitor("mohnblum").await);
    let (path, meeting) = house.ninth(&chair).await;
    let page = chair.get(&path).await.text;
    let (command, stand) = (value(&page, "kennung"), value(&page, "stand"));
    let lines = [
        ("kennung", command.as_str()),
        ("stand", &stand),
        ("tun", "speichern"),
        ("titel", "9. Sitzung"),
        ("ort", "Aula"),
        ("tag", &house.day),
        ("uhrzeit", "19:00"),
        ("punkt.0", ""),
        ("nr.0", "1"),
        ("titel.0", "Haushalt"),
        ("art.0", "oeffentlich"),
    ];
    to(&post(&chair, &path, &lines).await);

    // The doubt stands at the form, and without a reason it is refused.
    let desk = format!("/sitzung/{meeting}/ladung");
    let page = chair.get(&desk).await.text;
    assert!(page.contains("value=\"ausgeschlossen\"") && page.contains("ist zweifelhaft"), "{page}");
    let without = chair.act(&meeting, "einberufen", &[("format", "ausgeschlossen")]).await;
    without.refused(422, "braucht eine Begründung");
    assert!(without.text.contains("§ 37a Abs. 3 Satz 2 GemO"), "{}", without.text);
    let budget = [("format", "ausgeschlossen"), ("begruendung", "Haushalt mit Plänen an der Wand")];
    chair.act(&meeting, "einberufen", &budget).await.receipt();
    let late = chair.act(&meeting, "einberufen", &budget).await;
    late.refused(422, "danach ist es zu spät");
    assert!(late.text.contains("§ 37a Abs. 3 Satz 3 GemO"), "{}", late.text);
    assert!(!chair.get(&desk).await.text.contains("ist zweifelhaft"), "it is ruled out, and nothing is doubtful");

    // Said to the member, to the public, and at the door of picture and sound.
    let told = member.get(&format!("/sitzung/{meeting}/teilnahme")).await.text;
    for needle in ["für diese Sitzung ausgeschlossen", "§ 37a Abs. 3 Satz 2 GemO", "Haushalt mit Plänen an der Wand"]
    {
        assert!(told.contains(needle), "„{needle}“ is missing in {told}");
    }
    assert!(!told.contains("value=\"zugeschaltet\""), "{told}");
    let reply = [("antwort", "zugeschaltet"), ("zustimmung", "1")];
    member.act(&meeting, "antworten", &reply).await.refused(422, "für diese Sitzung ausgeschlossen");
    for way in ["whip", "whep"] {
        let request = member.post(&format!("/media/{meeting}/{way}")).header("content-type", "application/sdp");
        let refused = member.send(request.body("v=0")).await.unwrap();
        refused.refused(403, "für diese Sitzung ausgeschlossen");
        assert!(refused.text.contains("§ 37a Abs. 3 Satz 2 GemO"), "{}", refused.text);
    }
    house.shut().await;
}
