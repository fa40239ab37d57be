use super::super::{Bylaw, TEXT_CHARS_MAX};
use super::*;
use crate::domain::law::Instrument;

const TOWN: &str = r#"{"municipality":"Kleindorf","land":"bw","people":[
    {"id":"m","name":"Mara Muster","email":"m@example.org"},{"id":"a","name":"Anton Acker","email":"a@example.org"},
    {"id":"b","name":"Berta Bach"},{"id":"k","name":"Karla Kiel","email":"k@example.org"}],
    "bodies":[{"id":"rat","name":"Gemeinderat","statutory_seats":3,"seats":[
    {"id":"s0","person":"m","function":"mayor"},{"id":"s1","person":"a","function":"councillor","faction":"Liste"},
    {"id":"s2","person":"b","function":"councillor"}],
    "roles":[{"person":"k","role":"clerk"},{"person":"k","role":"administrator"}]}]}"#;

fn town() -> Town {
    let draft: TownDraft = serde_json::from_str(TOWN).expect("a draft");
    Town::try_from(draft).expect("a town")
}

fn today() -> Date {
    "2026-11-24".parse().expect("a day")
}

fn on(text: &str) -> Date {
    text.parse().expect("a day")
}

#[track_caller]
fn made(town: &Town, change: &Change) -> (Town, String) {
    let changed = change.apply(town, today()).expect("a change");
    (changed.town, changed.what)
}

#[track_caller]
fn refused(town: &Town, change: &Change) -> (&'static str, String) {
    let wrong = change.apply(town, today()).expect_err("a refusal");
    (wrong.field, wrong.sentence)
}

fn add_person(name: &str, email: &str) -> Change {
    Change::AddPerson { name: name.into(), email: email.into() }
}

fn add_seat(member: Member, function: Function, from: &str) -> Change {
    let (body, faction) = ("rat".into(), "Liste".into());
    Change::AddSeat { body, member, function, faction, from: from.into(), until: String::new() }
}

fn end_seat(seat: &str, until: &str) -> Change {
    Change::EndSeat { body: "rat".into(), seat: seat.into(), until: until.into() }
}

#[test]
fn a_new_councillor_gets_identifiers_nobody_typed_and_a_mandate_of_its_days() {
    let new = Member::New { name: " Anton Acker ".into(), email: "ANTON2@example.org".into() };
    let (next, what) = made(&town(), &add_seat(new, Function::Councillor, "2026-12-01"));
    assert_eq!(what, "Anton Acker ist Mitglied im Gremium „Gemeinderat“, Fraktion „Liste“, ab 01.12.2026.");
    let person = next.people().last().expect("a person");
    assert_eq!((person.id.as_str(), person.email.as_str()), ("anton-acker", "anton2@example.org"));
    let body = &next.bodies()[0];
    assert!(body.seat_on(&person.id, on("2026-11-30")).is_none());
    assert_eq!(body.seat_on(&person.id, on("2026-12-01")).map(|seat| seat.id.as_str()), Some("sitz-anton-acker"));
    // The fourth would be one too many.
    let more = Member::New { name: "Dora Dorn".into(), email: String::new() };
    let (field, sentence) = refused(&next, &add_seat(more.clone(), Function::Councillor, "2026-12-01"));
    assert!(field == "sitze" && sentence.contains("wären 4 Sitze besetzt"), "{sentence}");
    // When somebody else has left the day before, there is room again.
    let (next, what) = made(&next, &end_seat("s2", "2027-01-31"));
    assert_eq!(what, "Das Mandat von Berta Bach im Gremium „Gemeinderat“ endet am 31.01.2027.");
    assert!(refused(&next, &add_seat(more.clone(), Function::Councillor, "2027-01-31")).1.contains("wären 4"));
    let (next, _) = made(&next, &add_seat(more, Function::Councillor, "2027-02-01"));
    assert_eq!(next.bodies()[0].seats_on(on("2027-02-01")).count(), 4, "the chair included");
}

#[test]
fn identifiers_never_mean_anybody_else_again() {
    let (next, _) = made(&town(), &add_person("Dora Dorn", ""));
    let (next, _) = made(&next, &Change::RemovePerson { person: "dora-dorn".into() });
    let (next, _) = made(&next, &add_person("Dora Dorn", ""));
    assert_eq!(next.people().last().map(|person| person.id.as_str()), Some("dora-dorn-2"));
    // Not even to whoever writes it down: the stored town remembers.
    let mut draft = TownDraft::from(&next);
    draft.people[0].id = "dora-dorn".into();
    draft.bodies[0].seats[0].person = "dora-dorn".into();
    assert!(Town::try_from(draft).expect_err("an old name").to_string().contains("nicht noch einmal vergeben"));
}

#[test]
fn who_has_a_mandate_stays_and_who_had_one_takes_it_along() {
    let remove = Change::RemovePerson { person: "b".into() };
    assert!(refused(&town(), &remove).1.contains("noch ein Mandat im Gremium „Gemeinderat“"));
    let (next, _) = made(&town(), &end_seat("s2", "2026-11-23"));
    let (next, what) = made(&next, &remove);
    assert_eq!(what, "Berta Bach ist aus dem Personenverzeichnis entfernt.");
    assert!(next.bodies()[0].seats.iter().all(|seat| seat.id.as_str() != "s2"));
    assert!(TownDraft::from(&next).retired.contains(&"s2".to_owned()));
    let (next, _) = made(&next, &Change::RemovePerson { person: "k".into() });
    assert!(next.bodies()[0].holders(Role::Clerk).next().is_none());
    assert!(refused(&next, &Change::RemovePerson { person: "k".into() }).1.contains("nicht mehr im Verzeichnis"));
}

#[test]
fn one_chair_at_a_time_and_one_seat_for_one_person() {
    let second = add_seat(Member::Known("k".into()), Function::Mayor, "2027-01-01");
    let (field, sentence) = refused(&town(), &second);
    assert!(field == "funktion" && sentence.contains("zwei Vorsitzende zugleich (§ 25 Abs. 1 GemO)"), "{sentence}");
    let (next, _) = made(&town(), &end_seat("s0", "2026-12-31"));
    let (next, what) = made(&next, &second);
    assert_eq!(what, "Karla Kiel hat den Vorsitz im Gremium „Gemeinderat“, Fraktion „Liste“, ab 01.01.2027.");
    let chair = |day| next.bodies()[0].chair_on(on(day)).map(|seat| seat.person.to_string());
    assert_eq!((chair("2026-12-31"), chair("2027-01-01")), (Some("m".into()), Some("k".into())));
    let again = add_seat(Member::Known("a".into()), Function::Councillor, "");
    let (field, sentence) = refused(&next, &again);
    assert!(field == "person" && sentence.contains("in dieser Zeit schon ein Mandat"), "{sentence}");
}

#[test]
fn factions_are_changed_renamed_and_dissolved() {
    let seat = |faction: &str| Change::ChangeSeat {
        body: "rat".into(),
        seat: "s2".into(),
        faction: faction.into(),
        from: "2024-07-01".into(),
        until: String::new(),
    };
    let (next, what) = made(&town(), &seat("Liste"));
    assert_eq!(
        what,
        "Berta Bach gehört im Gremium „Gemeinderat“ zur Fraktion „Liste“. \
         Das Mandat von Berta Bach im Gremium „Gemeinderat“ läuft ab 01.07.2024."
    );
    let rename = |from: &str, to: &str| Change::RenameFaction { body: "rat".into(), from: from.into(), to: to.into() };
    let (next, _) = made(&next, &rename("Liste", "Neue Liste"));
    let named = |town: &Town| town.bodies()[0].seats.iter().filter(|seat| seat.faction.is_some()).count();
    assert_eq!(named(&next), 2);
    let (next, what) = made(&next, &rename("Neue Liste", " "));
    assert_eq!(
        (named(&next), what.as_str()),
        (0, "Die Fraktion „Neue Liste“ im Gremium „Gemeinderat“ gibt es nicht mehr.")
    );
    assert!(refused(&next, &rename("Neue Liste", "x")).1.contains("gibt es nicht mehr"));
}

#[test]
fn deputies_stand_in_their_order() {
    let set = |people: &[&str]| Change::SetDeputies {
        body: "rat".into(),
        people: people.iter().map(|person| (*person).to_owned()).collect(),
    };
    let (next, what) = made(&town(), &set(&["b", "", "a"]));
    assert_eq!(what, "Im Gremium „Gemeinderat“ vertreten den Vorsitz in dieser Reihenfolge: Berta Bach, Anton Acker.");
    assert_eq!(next.bodies()[0].deputies.iter().map(|person| person.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert!(refused(&next, &set(&["a", "a"])).1.contains("zweimal"));
    assert!(refused(&next, &set(&["m"])).1.contains("vertritt sich nicht selbst"));
    assert!(refused(&next, &set(&["x"])).1.contains("aus dem Verzeichnis"));
}

#[test]
fn roles_are_given_once_and_taken_back() {
    let give = |person: &str, role| Change::GiveRole { body: "rat".into(), person: person.into(), role };
    assert!(refused(&town(), &give("k", Role::Clerk)).1.contains("schon"));
    assert!(refused(&town(), &give("a", Role::Hall)).1.contains("eigenes Konto"));
    let (next, what) = made(&town(), &give("a", Role::Clerk));
    assert_eq!(what, "Anton Acker hat im Gremium „Gemeinderat“ die Aufgabe Schriftführung.");
    let take = Change::TakeRole { body: "rat".into(), person: "a".into(), role: Role::Clerk };
    assert_eq!(made(&next, &take).0, town());
    assert!(refused(&town(), &take).1.contains("niemandem mehr"));
    assert!(refused(&town(), &give("a", Role::Chair)).1.contains("Vorsitz"));
}

#[test]
fn a_clause_comes_into_force_and_ends() {
    let add = |decided: &str, from: &str| Change::AddBylaw {
        kind: BylawKind::Hybrid2025,
        reference: "§ 4a Hauptsatzung".into(),
        decided_on: decided.into(),
        in_force_from: from.into(),
        carried: [String::new(), String::new()],
        body: String::new(),
    };
    assert_eq!(refused(&town(), &add("2026-10-02", "2026-10-01")).0, "inkraft");
    assert_eq!(refused(&town(), &add("gestern", "2026-10-01")).0, "beschlossen");
    let (next, what) = made(&town(), &add("2026-10-01", "2026-11-01"));
    assert_eq!(what, "Die Hauptsatzung hat die Regelung § 4a Hauptsatzung (in Kraft ab 01.11.2026).");
    let end = |until: &str| Change::EndBylaw { place: 0, until: until.into() };
    assert_eq!(refused(&next, &end("2026-10-31")).0, "bis");
    let (next, _) = made(&next, &end("2026-12-31"));
    let clause: &Bylaw = &next.bylaws()[0];
    assert!(clause.lasts_to(on("2026-12-31")) && !clause.lasts_to(on("2027-01-01")));
    assert!(refused(&next, &Change::EndBylaw { place: 7, until: "2026-12-31".into() }).1.contains("nicht mehr"));
}

#[test]
fn the_votes_that_carried_a_clause_are_entered_afterwards() {
    let add = Change::AddBylaw {
        kind: BylawKind::Hybrid2025,
        reference: "§ 4a Hauptsatzung".into(),
        decided_on: "2026-10-01".into(),
        in_force_from: "2026-11-01".into(),
        carried: [String::new(), String::new()],
        body: String::new(),
    };
    let prove = |yes: &str, members: &str| Change::ProveBylaw { place: 0, carried: [yes.into(), members.into()] };
    let (next, _) = made(&town(), &add);
    assert_eq!(refused(&next, &prove("12", "")).0, "mitglieder");
    assert_eq!(refused(&next, &prove("", "")).0, "ja");
    assert_eq!(refused(&next, &prove("24", "23")).0, "ja");
    let (next, what) = made(&next, &prove("12", "23"));
    assert!(what.contains("mit 12 Ja-Stimmen von 23"), "{what}");
    assert_eq!(next.bylaws()[0].carried.map(|votes| (votes.yes, votes.members)), Some((12, 23)));
}

fn local(value: &str, from: &str, body: &str) -> LocalSaid {
    LocalSaid {
        body: body.into(),
        key: "notice.days".into(),
        value: value.into(),
        instrument: Instrument::RulesOfProcedure,
        reference: "§ 9 Abs. 1 Geschäftsordnung".into(),
        decided_on: "2026-03-12".into(),
        from: from.into(),
        carried: [String::new(), String::new()],
    }
}

#[test]
fn local_law_is_taken_as_far_as_the_law_leaves_it() {
    let add = |value: &str| Change::AddLocal(local(value, "2026-04-01", "rat"));
    let (field, sentence) = refused(&town(), &add("6"));
    assert!(field == "wert" && sentence.contains("nur 7 oder mehr") && sentence.contains("§ 34"), "{sentence}");
    assert_eq!(refused(&town(), &add("viele")).0, "wert");
    assert_eq!(refused(&town(), &Change::AddLocal(local("10", "2026-03-11", "rat"))).0, "inkraft");
    assert_eq!(refused(&town(), &Change::AddLocal(local("10", "2026-04-01", "weg"))).0, "gremium");
    let main = LocalSaid { instrument: Instrument::MainBylaw, ..local("10", "2026-04-01", "") };
    assert_eq!(refused(&town(), &Change::AddLocal(main)).0, "ja");
    let (next, what) = made(&town(), &add("10"));
    assert!(what.starts_with("Ortsrecht für Gemeinderat: § 9"), "{what}");
    let law = next.local_law_of(&"rat".parse().unwrap()).unwrap().unwrap();
    assert!(law.as_str().contains("key = \"notice.days\"\nvalue = 10\n"), "{law}");
    let (ended, _) = made(&next, &Change::EndLocal { place: 0, until: "2026-12-31".into() });
    assert_eq!(ended.local()[0].until, Some(on("2026-12-31")));
    assert_eq!(refused(&next, &Change::EndLocal { place: 0, until: "2026-03-31".into() }).0, "bis");
    assert_eq!(refused(&next, &Change::AddLocal(local("12", "2026-05-01", ""))).0, "wert", "two values for one day");
}

#[test]
fn a_body_has_a_chair_from_its_first_day() {
    let add = |name: &str, chair: &str, seats: &str| Change::AddBody {
        name: name.into(),
        statutory_seats: seats.into(),
        chair: chair.into(),
    };
    assert_eq!(refused(&town(), &add("gemeinderat", "m", "5")).0, "name");
    assert_eq!(refused(&town(), &add("Bauausschuss", "", "5")).0, "person");
    for seats in ["", "0", "121", "-1", "zwölf", "99999999999999999999"] {
        assert_eq!(refused(&town(), &add("Bauausschuss", "m", seats)).0, "sitze");
    }
    let (next, what) = made(&town(), &add("Bauausschuss", "m", "5"));
    assert_eq!(what, "Das Gremium „Bauausschuss“ ist angelegt; den Vorsitz hat Mara Muster.");
    assert_eq!(next.bodies()[1].id.as_str(), "bauausschuss");
    let change = |seats: &str, chat: &str| Change::ChangeBody {
        body: "rat".into(),
        name: "Gemeinderat".into(),
        statutory_seats: seats.into(),
        oparl: String::new(),
        named_results: "§ 24 Geschäftsordnung".into(),
        chat: chat.into(),
        kind: "beschliessend".into(),
        speaking: (String::new(), String::new()),
    };
    let (next, what) = made(&next, &change("12", "§ 12 Geschäftsordnung"));
    assert!(what.contains("12 Sitze") && what.contains("Chat erlaubt") && what.contains("nennen die Namen"), "{what}");
    assert!(next.bodies()[0].chat.is_some());
    assert_eq!(refused(&next, &change("1", "")).0, "sitze");
    let speaking = |minutes: &str, reference: &str| match change("12", "") {
        Change::ChangeBody { body, name, statutory_seats, oparl, named_results, chat, kind, .. } => {
            let speaking = (minutes.to_owned(), reference.to_owned());
            Change::ChangeBody { body, name, statutory_seats, oparl, named_results, chat, kind, speaking }
        }
        other => other,
    };
    let (timed, what) = made(&next, &speaking(" 5 ", "§ 14 Geschäftsordnung"));
    assert!(what.contains("eine Redezeit von 5 Minuten (§ 14 Geschäftsordnung)"), "{what}");
    assert_eq!(timed.bodies()[0].speaking.as_ref().map(|time| time.minutes), Some(5));
    assert!(made(&timed, &speaking("", "")).1.contains("keine Redezeit mehr"));
    for (minutes, reference, field) in [
        ("5", "", "redezeit_stelle"),
        ("", "§ 14", "redezeit"),
        ("0", "§ 14", "redezeit"),
        ("fünf", "§ 14", "redezeit"),
    ] {
        assert_eq!(refused(&next, &speaking(minutes, reference)).0, field, "{minutes} {reference}");
    }
}

#[test]
fn what_cannot_be_a_name_or_an_address_is_told_beside_its_field() {
    for (change, field, needle) in [
        (add_person(" ", ""), "name", "Der Name fehlt."),
        (add_person("a\u{0}b", ""), "name", "Steuerzeichen"),
        (add_person("a\r\nBcc: x", ""), "name", "Steuerzeichen"),
        (add_person(&"x".repeat(TEXT_CHARS_MAX + 1), ""), "name", "zu lang"),
        (add_person("Dora", "dora"), "email", "name@gemeinde.example"),
        (add_person("Dora", "A@example.org"), "email", "gehört schon Anton Acker"),
    ] {
        let (at, sentence) = refused(&town(), &change);
        assert!(at == field && sentence.contains(needle), "{at}: {sentence}");
    }
    let mut full = TownDraft::from(&town());
    let count = crate::app::town::PEOPLE_MAX - full.people.len();
    full.people.extend((0..count).map(|n| crate::app::town::PersonDraft {
        id: format!("p{n}"),
        name: format!("Person {n}"),
        email: String::new(),
    }));
    let full = Town::try_from(full).expect("a full town");
    assert!(refused(&full, &add_person("Dora", "")).1.contains("zu viele Personen: höchstens 1000"));
}

#[test]
fn a_town_said_again_is_the_same_town() {
    let (next, _) = made(&town(), &end_seat("s2", "2026-11-23"));
    let text = serde_json::to_string(&TownDraft::from(&next)).expect("JSON");
    let read: TownDraft = serde_json::from_str(&text).expect("a draft");
    assert_eq!(Town::try_from(read).expect("a town"), next);
}

#[test]
fn an_ortschaftsrat_consents_for_itself_and_nobody_else_does() {
    let consent = |kind: BylawKind, body: &str| Change::AddBylaw {
        kind,
        reference: "Beschluss vom 01.10.2026".into(),
        decided_on: "2026-10-01".into(),
        in_force_from: "2026-10-01".into(),
        carried: ["5".into(), "9".into()],
        body: body.into(),
    };
    let district = TOWN.replace("\"name\":\"Gemeinderat\"", "\"name\":\"Ortschaftsrat\",\"kind\":\"district_council\"");
    let draft: TownDraft = serde_json::from_str(&district).expect("a draft");
    let district = Town::try_from(draft).expect("a town");
    let (next, what) = made(&district, &consent(BylawKind::DistrictConsent, "rat"));
    assert_eq!(what, "Zugestimmt hat der Zuschaltung: Ortschaftsrat, Beschluss vom 01.10.2026 (ab 01.10.2026).");
    let clause: &Bylaw = &next.bylaws()[0];
    assert!(clause.is_for(&next.bodies()[0].id) && !clause.is_for(&"gemeinderat".parse().expect("an id")));
    for (town, kind, body) in [
        (&district, BylawKind::DistrictConsent, ""),
        (&town(), BylawKind::DistrictConsent, "rat"),
        (&district, BylawKind::Hybrid2025, "rat"),
    ] {
        assert_eq!(refused(town, &consent(kind, body)).0, "gremium", "{kind:?} {body}");
    }
}
