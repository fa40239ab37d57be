use super::*;

fn person(id: &str) -> PersonDraft {
    PersonDraft { id: id.into(), name: format!("Person {id}"), email: format!("{id}@example.org") }
}

fn seat(id: &str, person: &str, function: Function) -> SeatDraft {
    SeatDraft { id: id.into(), person: person.into(), function, faction: None, from: None, until: None }
}

/// A mayor, two councillors, a clerk: the smallest town that is one.
fn small_town() -> TownDraft {
    TownDraft {
        municipality: "Kleindorf".into(),
        land: Land::try_from("bw".to_owned()).unwrap(),
        people: ["m", "a", "b", "k"].map(person).into(),
        bodies: vec![BodyDraft {
            id: "rat".into(),
            name: "Gemeinderat".into(),
            oparl: None,
            named_results: None,
            kind: None,
            deputies: vec![],
            statutory_seats: 2,
            seats: vec![
                seat("s0", "m", Function::Mayor),
                seat("s1", "a", Function::Councillor),
                seat("s2", "b", Function::Councillor),
            ],
            roles: vec![RoleDraft { person: "k".into(), role: Role::Clerk }],
            chat: ChatDraft::Off,
            chat_reference: None,
            speaking_minutes: None,
            speaking_reference: None,
        }],
        bylaws: vec![],
        local: vec![],
        retired: vec![],
    }
}

fn refused(change: impl FnOnce(&mut TownDraft)) -> String {
    let mut draft = small_town();
    change(&mut draft);
    Town::try_from(draft).expect_err("a town with a contradiction").to_string()
}

#[test]
fn a_sound_file_is_a_town_and_the_mayor_is_its_chair() {
    let town = Town::try_from(small_town()).expect("a sound town");
    let body = &town.bodies()[0];
    let mayor: PersonId = "m".parse().expect("an id");
    let clerk: PersonId = "k".parse().expect("an id");
    let day = "2026-11-24".parse().expect("a day");
    assert!(body.chair_on(day).is_some_and(|seat| seat.person == mayor));
    assert!(body.has_role(&clerk, Role::Clerk) && !body.has_role(&mayor, Role::Clerk));
    assert!(body.seat_on(&clerk, day).is_none());
    assert_eq!(body.seat_on(&mayor, day).map(|seat| seat.id.as_str()), Some("s0"));
}

#[test]
fn addresses_are_kept_in_lower_case_so_that_two_spellings_are_one_person() {
    let mut draft = small_town();
    draft.people[0].email = "M@Example.ORG".into();
    let town = Town::try_from(draft).expect("a sound town");
    assert_eq!(town.people()[0].email, "m@example.org");
    assert!(refused(|d| d.people[0].email = "A@example.org".into()).contains("gehört zwei Personen"));
}

#[test]
fn every_contradiction_is_named() {
    for (change, needle) in [
        ((|d| d.bodies[0].seats[2].id = "s1".into()) as fn(&mut TownDraft), "der Sitz „s1“ steht zweimal"),
        (|d| d.bodies[0].seats[2].person = "a".into(), "„a“ hat im Gremium „rat“ zwei Sitze"),
        (|d| d.bodies[0].seats[2].person = "x".into(), "der Sitz „s2“ nennt die Person „x“"),
        (|d| d.bodies[0].roles[0].person = "x".into(), "eine Rolle im Gremium „rat“ nennt die Person „x“"),
        (|d| d.bodies[0].seats[1].function = Function::Mayor, "zwei Vorsitzende"),
        (|d| d.bodies[0].seats[0].function = Function::Councillor, "keinen Vorsitz"),
        (|d| d.bodies[0].roles[0].role = Role::Chair, "die Rolle chair"),
        (|d| d.bodies[0].statutory_seats = 1, "2 Ratssitze besetzt, das Gesetz kennt nur 1"),
        (|d| d.people[1].id = "m".into(), "die Person „m“ steht zweimal"),
        (|d| d.people[1].id = "M x".into(), "keine gültige Kennung"),
        (|d| d.people[1].name = "  ".into(), "der Name der Person „a“ ist leer"),
        (|d| d.people[1].name = "x".repeat(TEXT_CHARS_MAX + 1), "ist zu lang"),
        (|d| d.people[1].name = "a\nb".into(), "Steuerzeichen"),
        (|d| d.people[1].email = "nobody".into(), "keine E-Mail-Adresse"),
        (|d| d.people[1].email = "a@example.org>\r\nBcc: x@example.org".into(), "keine E-Mail-Adresse"),
        (|d| d.municipality = String::new(), "der Name der Gemeinde ist leer"),
        (|d| d.bodies[0].seats[1].faction = Some(String::new()), "die Fraktion des Sitzes „s1“ ist leer"),
        (
            |d| {
                let mut other = d.bodies[0].clone();
                other.seats = vec![seat("t0", "m", Function::Mayor)];
                d.bodies.push(other);
            },
            "das Gremium „rat“ steht zweimal",
        ),
        (
            |d| {
                d.bodies[0].oparl = Some("https://x.example.org/1".into());
                let mut other = d.bodies[0].clone();
                (other.id, other.seats) = ("ausschuss".into(), vec![seat("t0", "m", Function::Mayor)]);
                d.bodies.push(other);
            },
            "ist zwei Gremien zugeordnet",
        ),
        (|d| d.people.extend((0..PEOPLE_MAX).map(|i| person(&format!("p{i}")))), "zu viele Personen"),
        (
            |d| {
                d.bylaws.push(Bylaw {
                    body: None,
                    kind: BylawKind::Emergency2025,
                    reference: "§ 4a".into(),
                    decided_on: "2025-10-02".parse().expect("a day"),
                    in_force_from: "2025-10-01".parse().expect("a day"),
                    in_force_until: None,
                    carried: None,
                });
            },
            "tritt vor ihrem Beschluss in Kraft",
        ),
    ] {
        let said = refused(change);
        assert!(said.contains(needle), "„{said}“ does not say „{needle}“");
    }
}

#[test]
fn one_seat_identifier_serves_one_body_only() {
    let said = refused(|d| {
        let mut other = d.bodies[0].clone();
        other.id = "ausschuss".into();
        d.bodies.push(other);
    });
    assert!(said.contains("der Sitz „s0“ steht zweimal"), "{said}");
}

#[test]
fn names_in_the_results_need_a_ground() {
    let mut draft = small_town();
    draft.bodies[0].named_results = Some(" § 24 Abs. 3 Geschäftsordnung ".into());
    let town = Town::try_from(draft).expect("a town");
    assert_eq!(town.bodies()[0].named_results.as_deref(), Some("§ 24 Abs. 3 Geschäftsordnung"));
    let said = refused(|draft| draft.bodies[0].named_results = Some("  ".into()));
    assert!(said.contains("named_results") && said.contains("leer"), "{said}");
}
