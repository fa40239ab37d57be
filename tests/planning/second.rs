//! The second sitting over HTTP: what waits for it in the planning, and what is left to the mayor when it fails as well.

use super::town_kit::server::{MEMBERS, seat};
use super::town_kit::visitor::Visitor;
use super::{House, post, to, value};

impl House {
    /// A sitting on that day at midnight with these items, summoned by post long before.
    async fn planned(&self, clerk: &Visitor, day: &str, titles: &[&str]) -> String {
        let meeting = [("titel", "Sitzung"), ("ort", "Aula"), ("tag", day), ("uhrzeit", "00:00")];
        let new: Vec<_> = [("gremium", "gemeinderat")].into_iter().chain(meeting).collect();
        let path = to(&post(clerk, "/planung/neu", &new).await);
        let page = clerk.get(&path).await.text;
        let mut fields: Vec<(String, String)> = meeting.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        fields.extend(["kennung", "stand"].map(|name| (name.to_owned(), value(&page, name))));
        fields.push(("tun".into(), "speichern".into()));
        for (place, title) in titles.iter().enumerate() {
            let number = (place + 1).to_string();
            let row =
                [("punkt", ""), ("nr", number.as_str()), ("titel", *title), ("art", "oeffentlich"), ("antrag", "")];
            fields.extend(row.map(|(name, value)| (format!("{name}.{place}"), value.to_owned())));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        to(&post(clerk, &path, &fields).await);
        path.trim_start_matches("/sitzung/").trim_end_matches("/vorbereiten").to_owned()
    }

    /// So many days from today; before it, negative.
    fn days_on(&self, days: i64) -> String {
        self.today.parse::<ratssaal::domain::time::Date>().unwrap().plus_days(days).unwrap().to_string()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lacked_its_quorum_is_planned_a_second_time_and_the_letter_says_that_three_suffice() {
    let house = House::open().await;
    let (clerk, chair) = (house.visitor("nusszweig").await, house.visitor("blumenfeld").await);
    let new = async |title: &str, day: &str, time: &str| {
        let form = [("gremium", "gemeinderat"), ("titel", title), ("ort", "Aula"), ("tag", day), ("uhrzeit", time)];
        let path = to(&post(&clerk, "/planung/neu", &form).await);
        path.trim_start_matches("/sitzung/").trim_end_matches("/vorbereiten").to_owned()
    };
    // Today at midnight, summoned by post long ago; nobody comes.
    let first = new("9. Sitzung", &house.today, "00:00").await;
    let path = format!("/sitzung/{first}/vorbereiten");
    let page = clerk.get(&path).await.text;
    let (command, stand) = (value(&page, "kennung"), value(&page, "stand"));
    let lines = [
        ("kennung", command.as_str()),
        ("stand", &stand),
        ("tun", "speichern"),
        ("titel", "9. Sitzung"),
        ("ort", "Aula"),
        ("tag", &house.today),
        ("uhrzeit", "00:00"),
        ("punkt.0", ""),
        ("nr.0", "1"),
        ("titel.0", "Brücke am Bach"),
        ("art.0", "oeffentlich"),
        ("antrag.0", "Die Brücke wird gebaut."),
    ];
    to(&post(&clerk, &path, &lines).await);
    chair.act(&first, "einberufen", &[("format", "in_person"), ("geladen_am", &house.long_ago)]).await.receipt();
    let second = new("10. Sitzung", &house.day, "19:00").await;
    let path = format!("/sitzung/{second}/zweite");
    assert!(clerk.get(&path).await.text.contains("Kein Punkt einer früheren Sitzung"), "it is not over yet");
    clerk.act(&first, "beschlussunfaehig", &[]).await.refused(403, "nur der Vorsitz");
    assert!(chair.get(&format!("/sitzung/{first}/leitstand")).await.text.contains("Beschlussunfähigkeit feststellen"));
    chair.act(&first, "beschlussunfaehig", &[]).await.receipt();

    // Taken over onto the new agenda with its motion, and marked; a wrong item is refused.
    let page = clerk.get(&path).await.text;
    assert!(page.contains("Brücke am Bach") && page.contains("§ 37 Abs. 3 Satz 1 GemO"), "{page}");
    let (command, known) = (value(&page, "kennung"), format!("{first}/top-1"));
    let wrong =
        [("kennung", command.as_str()), ("tun", "vermerken"), ("erste", &format!("{first}/top-9")), ("punkt", "neu")];
    post(&clerk, &path, &wrong).await.refused(422, "fehlte zu diesem Punkt die Beschlussfähigkeit nicht");
    let form = [("kennung", command.as_str()), ("tun", "vermerken"), ("erste", &known), ("punkt", "neu")];
    assert!(to(&post(&clerk, &path, &form).await).ends_with("?nach=zweite"));
    to(&post(&clerk, &path, &form).await);
    let page = clerk.get(&path).await.text;
    assert!(page.contains("erste Sitzung am") && page.contains("Kein Punkt einer früheren Sitzung"), "{page}");
    assert_eq!(clerk.look(&second).await["agenda"].as_array().unwrap().len(), 1, "once, however often it was pressed");
    let desk = clerk.get(&format!("/sitzung/{second}/ladung")).await.text;
    assert!(desk.contains("zweite Sitzung nach dem") && desk.contains("Auch die Ladung auf anderem Weg"), "{desk}");
    chair.act(&second, "einberufen", &[("format", "hybrid")]).await.receipt();
    let reply = house.visitor("mohnblum").await.get(&format!("/sitzung/{second}/teilnahme")).await.text;
    assert!(reply.contains("mindestens 3 Mitglieder anwesend"), "{reply}");
    post(&clerk, &path, &form).await.refused(403, "schon einberufen");
    house.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_sitting_no_longer_quorate_did_not_reach_waits_and_then_falls_to_the_mayor() {
    let house = House::open().await;
    let (clerk, chair) = (house.visitor("nusszweig").await, house.visitor("blumenfeld").await);
    let convene = async |meeting: &str, summoned: &str, more: &[(&str, &str)]| {
        let form: Vec<_> =
            [("format", "in_person"), ("geladen_am", summoned)].into_iter().chain(more.iter().copied()).collect();
        chair.act(meeting, "einberufen", &form).await.receipt();
    };
    let at = async |meeting: &str, verb: &'static str, members: &[&str]| {
        for member in members {
            clerk.act(meeting, verb, &[("sitz", &seat(member))]).await.receipt();
        }
    };

    // Half the council goes home in the break: the sitting is over, and what it did not reach waits.
    let first = house.planned(&clerk, &house.days_on(-5), &["Bericht", "Brücke am Bach", "Linde"]).await;
    convene(&first, &house.days_on(-30), &[]).await;
    at(&first, "saal_anwesend", &MEMBERS[..8]).await;
    chair.act(&first, "eroeffnen", &[]).await.receipt();
    chair.act(&first, "aufrufen", &[("punkt", "top-1")]).await.receipt();
    chair.act(&first, "punkt_abschliessen", &[("ergebnis", "vertagt")]).await.receipt();
    chair.act(&first, "unterbrechen", &[("grund", "vorsitz")]).await.receipt();
    at(&first, "saal_abwesend", &MEMBERS[3..8]).await;
    let desk = chair.get(&format!("/sitzung/{first}/leitstand")).await.text;
    assert!(desk.contains("Beschlussunfähigkeit feststellen") && desk.contains("Die offenen Punkte"), "{desk}");
    chair.act(&first, "beschlussunfaehig", &[]).await.receipt();
    let told = Visitor::stranger(&clerk.url).get(&format!("/oeffentlich/{first}/ergebnisse")).await.text;
    assert!(
        told.contains("Nicht behandelt, die Beschlussfähigkeit fehlte.") && told.contains("zweiten Sitzung"),
        "{told}"
    );
    let second = house.planned(&clerk, &house.today, &["Baum"]).await;
    let path = format!("/sitzung/{second}/zweite");
    let page = clerk.get(&path).await.text;
    assert!(page.contains("Brücke am Bach") && page.contains("Linde"), "{page}");
    assert!(!page.contains("Bericht"), "it was postponed while the quorum was there: {page}");

    // Nobody comes to the second one: it is never opened, and its item is left to the mayor, the new one is not.
    let (command, known) = (value(&page, "kennung"), format!("{first}/top-2"));
    let form = [("kennung", command.as_str()), ("tun", "vermerken"), ("erste", &known), ("punkt", "neu")];
    to(&post(&clerk, &path, &form).await);
    convene(&second, &house.days_on(-20), &[("hinweis", "ja")]).await;
    chair.act(&second, "beschlussunfaehig", &[]).await.receipt();
    let desk = chair.get(&format!("/sitzung/{second}/leitstand")).await.text;
    assert!(desk.contains("Über TOP 2 entscheidet der Bürgermeister"), "{desk}");
    assert!(desk.contains("Entscheidung zu TOP 2 eintragen") && !desk.contains("Entscheidung zu TOP 1"), "{desk}");
    let heard = value(&desk, "gehoert");
    let wording = ("wortlaut", "Die Brücke wird gebaut.");
    let decide = async |who: &Visitor, item: &str| {
        who.act(&second, "stattdessen", &[("punkt", item), ("gehoert", &heard), wording]).await
    };
    decide(&house.visitor("mohnblum").await, "top-2").await.refused(403, "trifft");
    decide(&chair, "top-1").await.refused(422, "als zweite Sitzung");
    decide(&chair, "top-2").await.receipt();
    decide(&clerk, "top-2").await.refused(409, "schon entschieden");
    let path = format!("/oeffentlich/{second}/ergebnisse");
    let told = Visitor::stranger(&clerk.url).get(&path).await.text;
    for needle in ["Die Brücke wird gebaut.", "An Stelle des Gemeinderats entschieden", "§ 37 Abs. 4 Satz 1 GemO"] {
        assert!(told.contains(needle), "„{needle}“ is missing in {told}");
    }
    let book = clerk.get(&format!("/sitzung/{second}/niederschrift")).await.text;
    for needle in
        ["Die Sitzung wurde nicht eröffnet.", "Entscheidung an Stelle des Gemeinderats", "Die Brücke wird gebaut."]
    {
        assert!(book.contains(needle), "„{needle}“ is missing in {book}");
    }
    assert!(!book.contains("nichts sagt, was aus ihm wurde"), "{book}");
    house.shut().await;
}
