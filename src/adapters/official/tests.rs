use super::{FILE_BYTES_MAX, read};
use crate::app::ports::official::{Counts, Move, OfficialStatus, OfficialText, OfficialVote, WallTime};

const PLAIN: &str = "\n\nNiederschrift 3. Sitzung des Gemeinderates\n12. November 2024, 18:00 Uhr\nöffentlich\nDorfsaal\n\
    Vorsitzende: Bürgermeisterin Dr. Paula Probe\n\n\nPunkt 4 der Tagesordnung: Zaun am Dorf-\nteich\nVorlage: 2024/4\n\n\n\
    Beschluss:\nDer Zaun wird gebaut.\n\n\nAbstimmungsergebnis:\nRESULT\n\n\nDie Vorsitzende ruft Punkt 4 auf. COURSE\n\n\
    Zur Beurkundung:\nDie Schriftführerin:\n";

fn with(result: &str, course: &str) -> OfficialText {
    let text = PLAIN.replace("RESULT", result).replace("COURSE", course);
    read("4.txt", text.as_bytes()).unwrap_or_else(|why| panic!("{result} {course}: {why}"))
}

fn vote(result: &str) -> OfficialVote {
    let mut votes = with(result, "").items.remove(0).votes;
    assert_eq!(votes.len(), 1, "{result}");
    votes.remove(0)
}

fn counts(yes: u32, no: u32, abstain: u32) -> Option<Counts> {
    Some(Counts { yes, no, abstain })
}

#[test]
fn a_plain_text_is_read_whole_and_nothing_is_left_over() {
    let text = with("Einstimmige Zustimmung (17 Ja)", "");
    assert_eq!(text.session, "3. Sitzung des Gemeinderates");
    assert_eq!(text.day.unwrap().to_string(), "2024-11-12");
    assert_eq!(text.begins, Some(WallTime { hour: 18, minute: 0 }));
    assert_eq!((text.public, text.place.as_deref()), (Some(true), Some("Dorfsaal")));
    assert_eq!(text.chair.as_deref(), Some("Bürgermeisterin Dr. Paula Probe"));
    assert_eq!((text.items[0].number.as_str(), text.items[0].title.as_str()), ("4", "Zaun am Dorfteich"));
    assert_eq!(text.items[0].paper.as_deref(), Some("2024/4"));
    assert_eq!(text.wording.as_deref(), Some("Der Zaun wird gebaut."));
    assert_eq!(text.unread, Vec::<String>::new());
}

#[test]
fn results_are_read_however_the_numbers_stand() {
    for (result, expected) in [
        ("Einstimmige Annahme (44 Ja)", (true, true, counts(44, 0, 0))),
        ("Mehrheitliche Zustimmung (36 Ja, 5 Nein)", (true, false, counts(36, 5, 0))),
        ("mehrheitliche Ablehnung (4 Ja, 39 Nein, 2 Enthaltungen)", (false, false, counts(4, 39, 2))),
        ("Mehrheitlich zugestimmt: 20 Ja-Stimmen, 3 Nein-Stimmen", (true, false, counts(20, 3, 0))),
        ("Mehrheitlich angenommen (Ja: 20, Nein: 3, Enthaltung: 2)", (true, false, counts(20, 3, 2))),
        ("Einstimmig beschlossen mit 14 Ja bei einer Enthaltung", (true, true, counts(14, 0, 1))),
        ("12 Ja bei keiner Gegenstimme und zwei Enthaltungen, angenommen", (true, false, counts(12, 0, 2))),
        ("Stimmengleichheit, damit abgelehnt (8 Ja, 8 Nein)", (false, false, counts(8, 8, 0))),
        ("Mehrheitliche Zustimmung", (true, false, None)),
        ("Einstimmige Zustimmung bei 3 Enthaltungen", (true, true, None)),
    ] {
        let vote = vote(result);
        assert_eq!((vote.adopted, vote.unanimous, vote.counts), expected, "{result}");
        assert_eq!(vote.instead, None, "{result}");
    }
    let referring = vote("Verweisung in den Bauausschuss: mehrheitliche Zustimmung (9 Ja, 7 Nein)");
    assert_eq!(referring.about.as_deref(), Some("Verweisung in den Bauausschuss"));
    assert_eq!(referring.instead, Some(OfficialStatus::Referred));
}

#[test]
fn several_ballots_of_one_item_stay_apart_and_broken_lines_are_joined() {
    let text = with(
        "Änderungsantrag der Liste Kiesel: mehrheitliche Ablehnung (6 Ja,\n11 Nein)\nVorlage: mehrheitliche Zustimmung (12 Ja, 3 Nein,\n2 Enthaltungen)",
        "",
    );
    let votes = &text.items[0].votes;
    assert_eq!(votes.iter().map(|vote| vote.counts).collect::<Vec<_>>(), [counts(6, 11, 0), counts(12, 3, 2)]);
    assert_eq!(votes[0].about.as_deref(), Some("Änderungsantrag der Liste Kiesel"));
}

#[test]
fn what_is_settled_without_a_vote_has_its_word() {
    for (result, status) in [
        ("Keine Abstimmung", OfficialStatus::WithoutVote),
        ("Kenntnisnahme, keine Abstimmung", OfficialStatus::Noted),
        ("keine Abstimmung (erledigt)", OfficialStatus::Moot),
        ("Vertagt, keine Abstimmung", OfficialStatus::Postponed),
        ("Verwiesen in den Bauausschuss", OfficialStatus::Referred),
        ("Zurückgezogen", OfficialStatus::Withdrawn),
        ("Abgesetzt", OfficialStatus::Removed),
    ] {
        let text = with(result, "");
        assert_eq!((text.items[0].status, text.items[0].votes.len()), (status, 0), "{result}");
        assert!(text.unread.is_empty(), "{result}: {:?}", text.unread);
    }
    let text = with("Es wurde geklatscht", "");
    assert_eq!(text.items[0].status, OfficialStatus::Unknown);
    assert!(text.unread[0].contains("nicht zu verstehen"), "{:?}", text.unread);
    let wording = PLAIN
        .replace("RESULT", "Keine Abstimmung")
        .replace("Der Zaun wird gebaut.", "Beratung im Bauausschuss am 3. Mai");
    assert_eq!(read("4.txt", wording.as_bytes()).unwrap().items[0].status, OfficialStatus::Referred);
}

#[test]
fn who_is_recused_is_read_from_the_course_and_who_is_not_sure_is_told() {
    let recused = |course: &str| with("Keine Abstimmung", course).recused;
    assert_eq!(
        recused("Die Stadtratskollegin Dr. Regenbogen hat sich als befangen erklärt und sollte nach hinten gehen."),
        ["Dr. Regenbogen"]
    );
    assert_eq!(
        recused(
            "Die Stadträte Kiesel und Dr. Wolkenstein sowie Stadträtin von Nebelhorn haben sich für befangen erklärt."
        ),
        ["Kiesel", "Dr. Wolkenstein", "von Nebelhorn"]
    );
    assert_eq!(recused("Stadtrat Kiesel (Liste Blau) ist befangen."), ["Kiesel"]);
    assert_eq!(recused("Stadträtin Kiesel nimmt wegen Befangenheit an der Beratung nicht teil."), ["Kiesel"]);
    assert_eq!(recused("Stadtrat Kiesel ist befangen. Nochmals: Stadtrat Kiesel ist befangen."), ["Kiesel"]);
    assert_eq!(recused("Stadtrat Kiesel ist nicht befangen."), Vec::<String>::new());
    for doubtful in
        ["Ich bin hier befangen.", "Wer befangen ist, weiß das selbst.", "Befangenheit ist ein weites Feld."]
    {
        let text = with("Keine Abstimmung", doubtful);
        assert!(text.recused.is_empty() && text.unread[0].contains("nicht sicher"), "{doubtful}: {text:?}");
    }
}

#[test]
fn comings_goings_interruptions_and_referrals_are_read() {
    let text = with(
        "Keine Abstimmung",
        "Stadtrat Kiesel kommt um 18:40 Uhr zur Sitzung. Stadträtin Dr. Regenbogen verlässt um 19.05 Uhr die Sitzung. \
         Der Antrag wird ohne Aussprache in den Bau- und Umweltausschuss verwiesen.\n\n\
         (Unterbrechung der Sitzung von 19:10 – 19:25 Uhr)",
    );
    let moved = |name: &str, hour, minute, came| Move { name: name.into(), at: WallTime { hour, minute }, came };
    assert_eq!(text.moves, [moved("Kiesel", 18, 40, true), moved("Dr. Regenbogen", 19, 5, false)]);
    assert_eq!(text.breaks, [(WallTime { hour: 19, minute: 10 }, WallTime { hour: 19, minute: 25 })]);
    assert_eq!(text.referred_to.as_deref(), Some("Bau- und Umweltausschuss"));
    let text = with("Keine Abstimmung", "(Unterbrechung der Sitzung von halb bis um Uhr)");
    assert!(text.breaks.is_empty() && text.unread[0].contains("Unterbrechung"), "{text:?}");
}

#[test]
fn pages_hyphens_and_spaces_are_what_they_mean() {
    let text = PLAIN
        .replace("RESULT", "Keine Abstimmung")
        .replace("Der Zaun wird gebaut.", "1. Der Haupt-\nund Bau\u{ad}aus\u{ad}\nschuss prüft am\n3.\u{a0}Mai die KVV-\nLinie in der\n\n– 2 –\n\nLange-\nreihe.\n2. Es eilt.\n\nSonst nicht.")
        .replace('\n', "\r\n");
    let text =
        read("4.txt", format!("\u{feff}{text}").replace("Zur Beurkundung", "\u{c}Zur Beurkundung").as_bytes()).unwrap();
    assert_eq!(
        text.wording.as_deref(),
        Some(
            "1. Der Haupt- und Bauausschuss prüft am 3. Mai die KVV-Linie in der Langereihe.\n2. Es eilt.\n\nSonst nicht."
        )
    );
}

#[test]
fn bad_texts_are_refused_in_plain_words() {
    let good = PLAIN.replace("RESULT", "Einstimmige Zustimmung (17 Ja)");
    let cases: [(Vec<u8>, &str); 14] = [
        (Vec::new(), "bricht ab"),
        (b"Guten Tag".to_vec(), "bricht ab"),
        (good.replace("Zur Beurkundung:", "").into_bytes(), "„Zur Beurkundung:“ fehlt"),
        (good.replace("Abstimmungsergebnis:", "").into_bytes(), "„Abstimmungsergebnis“ fehlt"),
        (good.replace("Punkt 4 der Tagesordnung", "Punkt vier").into_bytes(), "Punkt … der Tagesordnung"),
        (
            good.replace("Niederschrift 3. Sitzung des Gemeinderates", "Einkaufsliste").into_bytes(),
            "keine Niederschrift",
        ),
        (good.replace("Zaun", "Za\u{1}un").into_bytes(), "Steuerzeichen (Zeile 10)"),
        (good.replace("Zaun", "Za\0un").into_bytes(), "Steuerzeichen"),
        (good.bytes().map(|byte| if byte == 0xc3 { 0xff } else { byte }).collect(), "kein UTF-8 (Zeile 5)"),
        (
            good.encode_utf16().flat_map(u16::to_le_bytes).fold(vec![0xff, 0xfe], |mut all, byte| {
                all.push(byte);
                all
            }),
            "UTF-16",
        ),
        (good.replace("(17 Ja)", "(17 Ja, 16 Ja)").into_bytes(), "zweimal"),
        (good.replace("(17 Ja)", "(99999999999999 Ja)").into_bytes(), "Stimmen gibt es nicht"),
        (
            good.replace("Einstimmige Zustimmung (17", "Keine Abstimmung (17").into_bytes(),
            "nennt Stimmen und keine Abstimmung",
        ),
        (good.replace("Einstimmige", "TOP 9: Einstimmige").into_bytes(), "TOP 9, den der Text nicht behandelt"),
    ];
    for (bytes, said) in cases {
        let why = read("4.txt", &bytes).unwrap_err();
        assert!(why.contains(said), "{said}: {why}");
    }
    let why = read("4.txt", &vec![b'a'; FILE_BYTES_MAX + 1]).unwrap_err();
    assert!(why.contains("größer"), "{why}");
    let long = good.replace("COURSE", &"befangen Uhr verlässt die Sitzung. ".repeat(20_000));
    assert!(read("4.txt", long.as_bytes()).unwrap().unread.len() <= 50);
}

#[test]
fn a_text_cut_or_changed_anywhere_is_read_or_refused_and_never_more() {
    let good = PLAIN.replace("RESULT", "TOP 4: Ziffer 2: mehrheitliche Ablehnung (4 Ja, 39 Nein)").replace(
        "COURSE",
        "Stadtrat Dr. Kiesel hat sich als befangen erklärt. (Unterbrechung der Sitzung von 19:10 – 19:25 Uhr)",
    );
    for end in 0..good.len() {
        let _ = read("4.txt", &good.as_bytes()[..end]);
    }
    for at in 0..good.len() {
        for byte in [b'\n', b' ', b':', b'(', b')', b'-', b'.', b'9', 0, 0xff] {
            let mut changed = good.clone().into_bytes();
            changed[at] = byte;
            let _ = read("4.txt", &changed);
            let mut inserted = good.clone().into_bytes();
            inserted.insert(at, byte);
            let _ = read("4.txt", &inserted);
        }
    }
}
