//! What somebody could try who owns the database, and which check names it.

use super::forge::Forged;
use super::scripts::whole;
use super::sitting::{TestKey, key};
use super::{SMALL, UNBOUND, WHOLE, check, fails, number, passes, receipt};
use ratssaal::app::ports::signer::Signer as _;
use ratssaal::audit::{Outside, verify};
use serde_json::{Value, json};

#[test]
fn a_part_that_vanished_without_a_deletion_is_named() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("presence.found", 2);
    forged.0[line]["parts"]["measurement"] = Value::Null;
    fails(&check(&forged.text()), number(&forged.0[line]), "Ein Teil fehlt (Klasse Messwerte)");
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("ballot.closed", 0);
    forged.0[line]["parts"]["finding"] = Value::Null;
    fails(&check(&forged.text()), number(&forged.0[line]), "Ein Teil fehlt (Klasse Feststellung)");
}

#[test]
fn a_changed_tally_with_all_digests_recomputed_breaks_the_signature() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("result.declared", 1);
    forged.payload(line, "finding", |result| {
        result["yes"] = json!(6);
        result["no"] = json!(4);
        result["outcome"] = json!("adopted");
    });
    let entry = number(&forged.0[line]);
    let naive = check(&forged.text());
    fails(&naive, entry, "passt nicht zu seiner Prüfsumme");
    let mut forged = forged.reseal();
    fails(&check(&forged.text()), entry, "nachgezählt 5");
    // The heads adjusted, too: now the signatures are wrong as well.
    let digest = forged.0[line]["digest"].clone();
    forged.0[line + 1]["head"]["digest"] = digest;
    let text = check(&forged.text()).to_string();
    assert!(text.contains("[FALSCH]  Unterschriften: Eintrag"), "{text}");
    // With the right key only the recount tells, and it does.
    let resigned = check(&forged.resign(&key()).text());
    fails(&resigned, entry, "Ergebnis falsch festgestellt: Ja: festgehalten 6, nachgezählt 5");
}

#[test]
fn a_rewritten_and_resigned_bundle_fails_against_anything_from_outside() {
    let sitting = &*WHOLE;
    let genuine = sitting.bundle(&[]);
    let mut forged = Forged::of(&genuine);
    // Everybody says no to the first item, consistently.
    let choices: Vec<usize> = (0..13).map(|n| forged.find("choice.cast", n)).collect();
    for line in choices.into_iter().filter(|line| !forged.0[*line]["parts"]["choice"].is_null()).collect::<Vec<_>>() {
        forged.payload(line, "choice", |choice| choice["choice"] = json!("no"));
    }
    let line = forged.find("result.declared", 0);
    forged.payload(line, "finding", |result| {
        result["by_seat"].as_object_mut().unwrap().values_mut().for_each(|choice| *choice = json!("no"));
        (result["yes"], result["no"], result["outcome"]) = (json!(0), json!(12), json!("rejected"));
    });
    let forged = forged.reseal().resign(&TestKey::new(0x22)).text();

    let alone = check(&forged);
    passes(&alone);
    assert!(alone.to_string().contains(UNBOUND) && alone.bound.is_none(), "{alone}");

    let outside_head = Outside { head: Some(sitting.heads[1].head.digest.to_string()), ..Outside::default() };
    let outside_key = Outside { key: Some(key().public_key()), ..Outside::default() };
    let outside_pem = Outside { key: Some(key().pem()), ..Outside::default() };
    let outside_receipt = Outside { receipts: vec![receipt(sitting, 30)], ..Outside::default() };
    let known = [
        (outside_head, "kommt nicht vor"),
        (outside_key, "mit einem anderen Schlüssel"),
        (outside_pem, "mit einem anderen Schlüssel"),
        (outside_receipt, "anders im Protokoll"),
    ];
    for (outside, what) in known {
        passes(&verify(genuine.as_bytes(), &outside));
        let report = verify(forged.as_bytes(), &outside);
        assert!(!report.is_ok() && report.first_failure().unwrap().what.contains(what), "{report}");
    }
}

#[test]
fn a_dropped_ballot_is_missed() {
    let genuine = WHOLE.bundle(&[]);
    let mut forged = Forged::of(&genuine);
    // Behind everything that was deleted later, so that the deletions still name the right entries.
    let line = forged.find("choice.cast", 36);
    let dropped = number(&forged.0[line]).unwrap();
    forged.0.remove(line);
    fails(&check(&forged.text()), Some(dropped + 1), &format!("Hier müsste Eintrag {dropped} stehen"));
    let result = forged.find("result.declared", 3);
    let forged = forged.reseal();
    let entry = number(&forged.0[result]);
    let text = check(&forged.text()).to_string();
    let unsigned = format!("[FALSCH]  Unterschriften: Eintrag {}", entry.unwrap());
    assert!(text.contains(&unsigned) && text.contains("fehlt der unterschriebene Stand"), "{text}");
    // By the holder of the key: the recount misses the voter in the result.
    fails(&check(&forged.resign(&key()).text()), entry, "Stimme von Sitz gr-06, die nie abgegeben wurde");
}

#[test]
fn an_inserted_entry_is_noticed() {
    let genuine = WHOLE.bundle(&[]);
    let mut forged = Forged::of(&genuine);
    let line = forged.find("choice.cast", 3);
    let mut copy = forged.0[line].clone();
    copy["entry"]["command"] = json!("c-forged");
    forged.0.insert(line + 1, copy);
    let inserted = number(&forged.0[line]).unwrap();
    fails(&check(&forged.text()), Some(inserted), "Einträge fehlen oder sind vertauscht");
    // A vote of somebody who is not there, sealed and signed with the right key.
    let line = line + 1;
    forged.payload(line, "finding", |cast| cast["seat"] = json!("gr-12"));
    let report = check(&forged.reseal().resign(&key()).text());
    fails(&report, Some(inserted + 1), "Sitz gr-12 war hier nicht anwesend");
}

#[test]
fn a_wrong_quorum_signed_with_the_right_key_is_found_by_the_recount() {
    for (name, n, field, value, what) in [
        ("meeting.opened", 0, "present", json!(13), "anwesend: festgehalten 13, nachgezählt 12"),
        ("ballot.opened", 1, "entitled", json!(12), "stimmberechtigt: festgehalten 12, nachgezählt 11"),
        ("ballot.closed", 2, "needed", json!(6), "nötig: festgehalten 6, nachgezählt 7"),
        ("ballot.closed", 2, "met", json!(true), "festgehalten 1, nachgezählt 0"),
        ("meeting.resumed", 0, "occupied", json!(12), "Mitglieder: festgehalten 12, nachgezählt 13"),
        ("meeting.resumed", 1, "norm", json!("§ 1"), "Vorschrift ist § 37 Abs. 2 Satz 1 GemO"),
    ] {
        let mut forged = Forged::of(&WHOLE.bundle(&[]));
        let line = forged.find(name, n);
        forged.payload(line, "finding", |finding| finding["quorum"][field] = value);
        let entry = number(&forged.0[line]);
        fails(&check(&forged.reseal().resign(&key()).text()), entry, what);
    }
}

#[test]
fn lies_about_a_ballot_signed_with_the_right_key_are_found_by_the_recount() {
    type Lie = fn(&mut Value);
    let lies: [(&str, usize, Lie, &str); 9] = [
        ("complaint.raised", 0, |raised| raised["seat"] = json!("gr-06"), "hat ein anderer erhoben"),
        (
            "complaint.raised",
            0,
            |raised| raised["heard"] = json!({"channel": "telephone", "said_at": 0}),
            "nehmen nur Vorsitz und Schriftführung entgegen",
        ),
        ("result.declared", 1, |result| result["outcome"] = json!("adopted"), "heißt „abgelehnt“"),
        ("result.declared", 2, |result| result["outcome"] = json!("adopted"), "heißt „kein Beschluss“"),
        ("result.declared", 0, |result| result["by_seat"]["gr-01"] = json!("yes"), "Stimme von Sitz gr-01 anders"),
        ("result.declared", 3, |result| result["missing"] = json!(0), "ohne Stimme: festgehalten 0, nachgezählt 1"),
        ("hands.counted", 0, |hands| hands["yes"] = json!(2), "Im Saal waren 2 Stimmberechtigte, gezählt sind 3"),
        ("choice.struck", 0, |struck| struck["seat"] = json!("gr-05"), "Sitz gr-05 wurde zu Unrecht gestrichen"),
        ("recusal.recorded", 0, |recusal| recusal["item"] = json!("top-3"), "stimmberechtigt: festgehalten 11"),
    ];
    for (name, n, lie, what) in lies {
        let mut forged = Forged::of(&WHOLE.bundle(&[]));
        let line = forged.find(name, n);
        forged.payload(line, "finding", lie);
        let report = check(&forged.reseal().resign(&key()).text());
        let failure = report.first_failure().unwrap_or_else(|| panic!("{what}: accepted"));
        assert!(failure.what.contains(what), "{report}");
    }
}

#[test]
fn a_choice_that_had_to_be_struck_cannot_be_kept() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("choice.struck", 0);
    forged.0.remove(line);
    let closed = forged.find("ballot.closed", 2);
    let forged = forged.reseal();
    let entry = number(&forged.0[closed]);
    fails(&check(&forged.resign(&key()).text()), entry, "hätte gestrichen werden müssen");
}

#[test]
fn a_deleted_choice_that_stood_is_taken_from_the_result_and_said() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("choice.cast", 5);
    let deleted = number(&forged.0[line]).unwrap();
    forged.0[line]["parts"]["choice"] = Value::Null;
    let deletion = forged.find("data.deleted", 0);
    forged.payload(deletion, "finding", |data| data["entries"].as_array_mut().unwrap().push(json!(deleted)));
    let report = check(&forged.reseal().resign(&key()).text());
    passes(&report);
    assert!(report.notes.iter().any(|note| note.contains("nicht unabhängig")), "{report}");
}

#[test]
fn a_truncated_bundle_is_noticed_even_with_a_new_end() {
    let genuine = WHOLE.bundle(&[]);
    for share in 1..20 {
        let cut = genuine.floor_char_boundary(genuine.len() * share / 20);
        assert!(!check(&genuine[..cut]).is_ok(), "{cut}");
    }
    let without_end = &genuine[..genuine.trim_end().rfind('\n').unwrap() + 1];
    fails(&check(without_end), None, "Die Schlusszeile fehlt");
    let mut forged = Forged::of(&SMALL);
    let closed = forged.find("meeting.closed", 0);
    forged.0.truncate(closed);
    fails(&check(&forged.text()), number(&forged.0[closed - 1]), "Der Schluss der Sitzung fehlt");
    fails(&check(""), None, "leer");
    fails(&check(&(genuine.clone() + "\n")), None, "Hinter der Schlusszeile");
}

#[test]
fn two_meetings_do_not_mix() {
    let (one, other) = (WHOLE.bundle(&[]), whole("sitzung-3").bundle(&[]));
    let mut forged = Forged::of(&one);
    let stranger = Forged::of(&other);
    let line = forged.find("ballot.closed", 0);
    forged.0[line] = stranger.0[line].clone();
    fails(&check(&forged.text()), number(&stranger.0[line]), "gehört zu einer anderen Sitzung");
    let mut forged = Forged::of(&one);
    let line = forged.find("meeting.closed", 0) + 1;
    forged.0[line] = stranger.0[line].clone();
    fails(&check(&forged.text()), number(&stranger.0[line - 1]), "gehört nicht zu diesem Eintrag");
}

#[test]
fn a_missing_or_doubled_head_is_noticed() {
    let genuine = WHOLE.bundle(&[]);
    for name in ["meeting.opened", "result.declared", "meeting.closed"] {
        let mut forged = Forged::of(&genuine);
        let line = forged.find(name, 0);
        forged.0.remove(line + 1);
        fails(&check(&forged.text()), number(&forged.0[line]), "fehlt der unterschriebene Stand");
    }
    let mut forged = Forged::of(&genuine);
    let line = forged.find("meeting.opened", 0) + 1;
    let copy = forged.0[line].clone();
    forged.0.insert(line, copy);
    fails(&check(&forged.text()), None, "gehört nicht hierher");
}

#[test]
fn the_law_that_counts_is_the_pinned_one() {
    let mut forged = Forged::of(&WHOLE.bundle(&[]));
    let line = forged.find("meeting.convened", 0);
    let entry = number(&forged.0[line]);
    forged.payload(line, "finding", |convened| {
        let text = convened["law"]["text"].as_str().unwrap().replace("value = \"1/2\"", "value = \"1/3\"");
        convened["law"]["text"] = text.into();
    });
    let forged = forged.reseal().resign(&key());
    fails(&check(&forged.text()), entry, "Der Text des Rechts passt nicht");
}
