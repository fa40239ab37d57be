//! A councillor comes, another goes, and what that means for meetings.

use super::house::{COUNCIL, House, code, enrol_by_letter, fill, saved, send, value};
use super::town_kit::visitor::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn a_councillor_comes_for_another_who_goes() {
    let house = House::open().await;
    let office = house.administrator().await;
    assert!(office.get("/").await.text.contains("href=\"/verwaltung\""));
    let page = office.get("/verwaltung").await;
    assert!(page.status == 200 && page.text.contains("12 von 12 Sitzen besetzt"), "{}", page.text);
    assert!(page.text.contains("Die Gemeindedatei ist eingelesen."));

    // The council is full: nobody can come before somebody goes, and what was typed stays.
    let soon = house.day(1);
    let dora = [
        ("person", ""),
        ("name", "Dora Dörn-Łukaš"),
        ("email", "Dora.Doern@example.org"),
        ("funktion", "mitglied"),
        ("fraktion", "Grüne Mitte"),
        ("von", soon.as_str()),
        ("bis", ""),
    ];
    let full = fill(&office, "mitglied-neu/gemeinderat", &dora).await;
    full.refused(422, "wären 13 Sitze besetzt; nach Gesetz oder Hauptsatzung hat es 12 (§ 25 Abs. 2 GemO)");
    assert!(full.text.contains("Dora Dörn-Łukaš") && full.text.contains("Dora.Doern@example.org"));
    assert_eq!(value(&full.text, "von"), soon);
    let confirm = office.get("/verwaltung/tun/mandat-beenden/gemeinderat/sitz-12").await;
    assert!(confirm.text.contains("Mandat von Moritz Mohnblum beenden?"), "{}", confirm.text);
    let today = house.today.to_string();
    saved(&fill(&office, "mandat-beenden/gemeinderat/sitz-12", &[("bis", &today)]).await);
    assert_eq!(saved(&fill(&office, "mitglied-neu/gemeinderat", &dora).await), format!("{COUNCIL}?nach=gespeichert"));
    let page = office.get(COUNCIL).await.text;
    assert!(
        page.contains("Dora Dörn-Łukaš")
            && page.contains(&format!("ab {}", house.today.plus_days(1).unwrap().german()))
    );

    // She is invited, enrols, signs in.
    let invited = office.send(office.post("/verwaltung/einladen/dora-doern-lukas")).await.unwrap();
    assert_eq!(invited.status, 303, "{}", invited.text);
    let dora = enrol_by_letter(&house.place, "dora.doern@example.org").await;
    assert!(dora.get("/").await.text.contains("Dora Dörn-Łukaš"));
    assert_eq!(dora.get("/verwaltung").await.status, 403);
    assert!(!office.get("/verwaltung").await.text.contains("/verwaltung/einladen/dora-doern-lukas"), "she is enrolled");

    // A meeting of tomorrow has her seat, one of today has the seat of whom she follows.
    let clerk = house.visitor("nusszweig").await;
    let plan = async |day: &str| {
        let form =
            [("gremium", "gemeinderat"), ("titel", "Sitzung"), ("ort", "Aula"), ("tag", day), ("uhrzeit", "19:00")];
        let told = clerk.send(clerk.post("/planung/neu").form(&form)).await.unwrap();
        assert_eq!(told.status, 303, "{}", told.text);
        let path = told.headers["location"].to_str().unwrap().to_owned();
        path.trim_start_matches("/sitzung/").trim_end_matches("/vorbereiten").to_owned()
    };
    let (of_today, of_tomorrow) = (plan(&today).await, plan(&soon).await);
    let members = async |meeting: &str| clerk.look(meeting).await["people"].to_string();
    let (now, then) = (members(&of_today).await, members(&of_tomorrow).await);
    assert!(now.contains("Mohnblum") && !now.contains("Dörn"), "{now}");
    assert!(!then.contains("Mohnblum") && then.contains("Dörn"), "{then}");
    let moritz = house.visitor("mohnblum").await;
    let place = |meeting: &str| format!("/sitzung/{meeting}/platz");
    assert_eq!((moritz.get(&place(&of_today)).await.status, moritz.get(&place(&of_tomorrow)).await.status), (200, 403));
    assert_eq!((dora.get(&place(&of_today)).await.status, dora.get(&place(&of_tomorrow)).await.status), (403, 200));

    // Her faction, the deputies, a task, a clause.
    let seat = "mandat/gemeinderat/sitz-dora-doern-lukas";
    saved(&fill(&office, seat, &[("fraktion", "Neue Mitte"), ("von", &soon), ("bis", "")]).await);
    let page = office.get(COUNCIL).await.text;
    let place = page.find(">Neue Mitte<").expect("a faction of its own");
    assert!(page[place..].contains("1 Mitglied"));
    let deputies = [("stellvertretung", "birnbaum"), ("stellvertretung-2", "apfelkern")];
    saved(&fill(&office, "stellvertretung/gemeinderat", &deputies).await);
    let page = office.get(COUNCIL).await.text;
    assert!(
        page.contains("<li>Berta Birnbaum</li>") && page.find("<li>Berta").unwrap() < page.find("<li>Anton").unwrap()
    );
    saved(&fill(&office, "aufgabe-neu/gemeinderat", &[("aufgabe", "schriftfuehrung"), ("person", "apfelkern")]).await);
    assert!(house.visitor("apfelkern").await.get("/").await.text.contains("/planung/neu"), "at once");
    let clause =
        [("art", "alt"), ("fundstelle", "§ 3b Hauptsatzung"), ("beschlossen", "2020-07-01"), ("inkraft", "2020-08-01")];
    saved(&fill(&office, "regelung-neu", &clause).await);
    let ten = [
        ("regel", "notice.days"),
        ("wert", "10"),
        ("wo", "geschaeftsordnung"),
        ("fundstelle", "§ 9 Geschäftsordnung"),
        ("beschlossen", "2026-03-12"),
        ("inkraft", "2026-04-01"),
    ];
    let six = ten.map(|(field, text)| (field, if text == "10" { "6" } else { text }));
    let refused = fill(&office, "ortsrecht-neu", &six).await.text;
    assert!(refused.contains("nur 7 oder mehr") && refused.contains("§ 34 Abs. 1 Satz 1 GemO"), "{refused}");
    saved(&fill(&office, "ortsrecht-neu", &ten).await);
    let page = office.get("/verwaltung/hauptsatzung").await.text;
    assert!(
        page.contains("§ 3b Hauptsatzung")
            && page.contains("keine hybride und keine digitale Sitzung mehr zu")
            && page.contains("Ladungsfrist: 10"),
        "{page}"
    );
    saved(&fill(&office, "regelung-beenden/2", &[("bis", &today)]).await);

    // Who is removed is signed out at once.
    saved(
        &fill(&office, "mandat/gemeinderat/sitz-12", &[("fraktion", ""), ("von", ""), ("bis", &house.day(-1))]).await,
    );
    let ask = office.get("/verwaltung/tun/person-entfernen/mohnblum").await.text;
    assert!(ask.contains("Moritz Mohnblum entfernen?") && ask.contains("Mit entfernt werden: Gemeinderat"), "{ask}");
    assert_eq!(moritz.get("/").await.status, 200);
    saved(&fill(&office, "person-entfernen/mohnblum", &[]).await);
    assert_eq!(moritz.get(&format!("/sitzung/{of_today}/platz")).await.status, 303, "to the sign-in");
    let person = &house.keys["mohnblum"];
    let fresh = code(&person.totp_secret, 30);
    let form = [("email", person.email.as_str()), ("password", &person.password), ("code", &fresh)];
    let stranger = Visitor::stranger(&house.place.url());
    assert_eq!(stranger.send(stranger.post("/anmelden").form(&form)).await.unwrap().status, 422);
    let history = office.get("/verwaltung/verlauf").await.text;
    for what in [
        "Moritz Mohnblum ist aus dem Personenverzeichnis entfernt.",
        "vertreten den Vorsitz in dieser Reihenfolge: Berta Birnbaum, Anton Apfelkern.",
        "Dora Dörn-Łukaš gehört im Gremium „Gemeinderat“ zur Fraktion „Neue Mitte“.",
        "Das Mandat von Moritz Mohnblum im Gremium „Gemeinderat“ endet am",
        "Paula Pfefferminz",
    ] {
        assert!(history.contains(what), "{what} in {history}");
    }
    house.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planned_meeting_takes_the_new_body_over_and_a_convened_one_keeps_its_own() {
    let house = House::open().await;
    let (office, clerk) = (house.administrator().await, house.visitor("nusszweig").await);
    let post =
        async |who: &Visitor, path: &str, form: &[(&str, &str)]| who.send(who.post(path).form(form)).await.unwrap();
    let day = house.day(20);
    let form = [("gremium", "gemeinderat"), ("titel", "Sitzung"), ("ort", "Aula"), ("tag", &day), ("uhrzeit", "19:00")];
    let path = post(&clerk, "/planung/neu", &form).await.headers["location"].to_str().unwrap().to_owned();
    let meeting = path.trim_start_matches("/sitzung/").trim_end_matches("/vorbereiten").to_owned();
    let (taking, summons) = (format!("/sitzung/{meeting}/besetzung"), format!("/sitzung/{meeting}/ladung"));
    assert!(!clerk.get(&path).await.text.contains("Die Besetzung hat sich geändert"));

    saved(&fill(&office, "mandat-beenden/gemeinderat/sitz-12", &[("bis", &house.day(10))]).await);
    let hybrid = [("fraktion", "Neue Mitte"), ("von", ""), ("bis", "")];
    saved(&fill(&office, "mandat/gemeinderat/sitz-06", &hybrid).await);
    let page = clerk.get(&path).await.text;
    for needle in [
        "Die Besetzung hat sich geändert",
        "Moritz Mohnblum gehört an diesem Tag nicht mehr dazu.",
        "Gustav Grashalm: Fraktion Neue Mitte.",
    ] {
        assert!(page.contains(needle), "{needle} in {page}");
    }
    assert!(clerk.get(&summons).await.text.contains("bevor Sie einberufen"));
    let member = house.visitor("apfelkern").await;
    assert_eq!(post(&member, &taking, &[("kennung", "k-1")]).await.status, 403);
    post(&clerk, &taking, &[("kennung", "Ä")]).await.refused(422, "noch einmal");
    let told = post(&clerk, &taking, &[("kennung", "k-2")]).await;
    assert_eq!(
        (told.status, told.headers["location"].to_str().unwrap()),
        (303, format!("{path}?nach=besetzung").as_str())
    );
    let again = post(&clerk, &taking, &[("kennung", "k-3")]).await;
    again.refused(403, "Die Sitzung hat schon die jetzige Besetzung.");
    assert!(!clerk.get(&path).await.text.contains("Die Besetzung hat sich geändert"));
    let people = clerk.look(&meeting).await["people"].as_array().unwrap().len();
    assert_eq!(people, 12);

    // Convened: another change is told, and changes nothing.
    let lines = [
        ("kennung", "k-4"),
        ("stand", "1"),
        ("tun", "speichern"),
        ("titel", "Sitzung"),
        ("ort", "Aula"),
        ("tag", &day),
        ("uhrzeit", "19:00"),
        ("punkt.0", ""),
        ("nr.0", "1"),
        ("titel.0", "Haushalt"),
        ("art.0", "oeffentlich"),
        ("antrag.0", ""),
    ];
    assert_eq!(post(&clerk, &path, &lines).await.status, 303);
    clerk.act(&meeting, "einberufen", &[("format", "hybrid")]).await.receipt();
    assert!(!clerk.get(&summons).await.text.contains("Die Besetzung hat sich geändert"));
    saved(&fill(&office, "mandat-beenden/gemeinderat/sitz-11", &[("bis", &house.day(10))]).await);
    let page = clerk.get(&summons).await.text;
    assert!(page.contains("Diese Sitzung behält die Besetzung, mit der sie einberufen ist."), "{page}");
    assert!(page.contains("Luise Lindenblatt gehört an diesem Tag nicht mehr dazu."));
    post(&clerk, &taking, &[("kennung", "k-5")]).await.refused(403, "schon einberufen");
    assert_eq!(clerk.look(&meeting).await["people"].as_array().unwrap().len(), 12);
    let luise = house.visitor("lindenblatt").await;
    assert_eq!(luise.get(&format!("/sitzung/{meeting}/platz")).await.status, 403, "no member on that day");
    house.shut().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_administrators_neither_loses_what_was_typed() {
    let house = House::open().await;
    let (one, other) = (house.administrator().await, house.visitor("obstwiese").await);
    assert_eq!(other.get("/verwaltung").await.status, 403);
    saved(&fill(&one, "aufgabe-neu/gemeinderat", &[("aufgabe", "verwaltung"), ("person", "obstwiese")]).await);
    let stand = value(&one.get("/verwaltung/tun/person/birnbaum").await.text, "stand");
    let mine = [("name", "Berta Birnbaum-Neu"), ("email", "berta.neu@example.org")];
    saved(
        &send(&other, "person/birnbaum", &stand, &[("name", "Berta Baum"), ("email", "berta.birnbaum@example.org")])
            .await,
    );
    let conflict = send(&one, "person/birnbaum", &stand, &mine).await;
    conflict.refused(409, "Jemand anders hat die Gemeinde inzwischen geändert");
    for needle in [
        "Berta Birnbaum-Neu",
        "berta.neu@example.org",
        "Jetzt gespeichert: Berta Baum",
        "Berta Birnbaum heißt jetzt Berta Baum.",
        "Oskar Obstwiese",
        "Speichern – trotzdem",
    ] {
        assert!(conflict.text.contains(needle), "{needle} in {}", conflict.text);
    }
    assert!(one.get("/verwaltung/personen").await.text.contains("Berta Baum"), "nothing is saved yet");
    saved(&send(&one, "person/birnbaum", &value(&conflict.text, "stand"), &mine).await);
    assert!(other.get("/verwaltung/personen").await.text.contains("Berta Birnbaum-Neu"));
    let history = one.get("/verwaltung/verlauf").await.text;
    assert!(history.contains("Berta Baum heißt jetzt Berta Birnbaum-Neu."), "{history}");

    // Somebody else removed whom one was changing: what was typed is still there.
    let stand = value(&one.get("/verwaltung/tun/person/obstwiese").await.text, "stand");
    let role = "aufgabe-entziehen/gemeinderat/obstwiese/verwaltung";
    assert_eq!(one.get(&format!("/verwaltung/tun/{role}")).await.status, 200);
    saved(&send(&one, "person-neu", &stand, &[("name", "Zilla Zeder"), ("email", "")]).await);
    let stand = value(&other.get("/verwaltung/tun/person/zilla-zeder").await.text, "stand");
    saved(&send(&one, "person-entfernen/zilla-zeder", &stand, &[]).await);
    let lost = send(&other, "person/zilla-zeder", &stand, &[("name", "Zilla Zedernholz"), ("email", "")]).await;
    lost.refused(409, "inzwischen geändert");
    assert!(lost.text.contains("Zilla Zedernholz") && lost.text.contains("Zilla Zeder ist aus dem"), "{}", lost.text);
    let again =
        send(&other, "person/zilla-zeder", &value(&lost.text, "stand"), &[("name", "Zilla Zedernholz"), ("email", "")])
            .await;
    again.refused(422, "Diese Person steht nicht mehr im Verzeichnis.");

    house.shut().await;
}
