//! What a rule file must be, shown by damaging the real one.

use super::RulePack;
use crate::domain::law::Instrument;
use crate::domain::law::overlay::{LocalClause, LocalValue};
use crate::domain::law::{DigitalFormat, FaultEffect, MinutesSigner, packs};
use crate::domain::time::Date;

fn bw() -> &'static str {
    packs::bundled("bw").unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The real file with `old` replaced by `new` (once), and what is said about it.
fn refused(old: &str, new: &str) -> String {
    assert!(bw().contains(old), "the file does not contain {old:?}");
    RulePack::parse(&bw().replacen(old, new, 1)).unwrap_err().to_string()
}

#[test]
fn the_day_of_the_sitting_picks_the_text() {
    let pack = RulePack::parse(bw()).unwrap();
    let digital = |text| pack.on(day(text)).unwrap().format_digital.get();
    assert_eq!(digital("2020-05-12"), DigitalFormat::Never);
    assert_eq!(digital("2020-05-13"), DigitalFormat::Transition2020);
    assert_eq!(digital("2021-01-01"), DigitalFormat::Necessary2020);
    assert_eq!(digital("2025-08-31"), DigitalFormat::Necessary2020);
    assert_eq!(digital("2025-09-01"), DigitalFormat::Emergency2025);
    assert!(!pack.on(day("2025-08-31")).unwrap().format_hybrid.get());
    assert!(pack.on(day("2025-09-01")).unwrap().format_hybrid.get());
}

#[test]
fn a_day_before_the_pack_is_refused() {
    let pack = RulePack::parse(bw()).unwrap();
    assert!(pack.on(day("2015-12-01")).is_ok());
    let none = pack.on(day("2015-11-30")).unwrap_err();
    assert!(none.to_string().contains("30.11.2015") && none.to_string().contains("01.12.2015"), "{none}");
}

#[test]
fn values_come_with_their_paragraph() {
    let pack = RulePack::parse(bw()).unwrap();
    let rules = pack.on(day("2026-11-26")).unwrap();
    assert_eq!(rules.land, "bw");
    assert_eq!(rules.in_force_from, day("2026-02-28"));
    assert_eq!(rules.quorum_share.norm(), "§ 37 Abs. 2 Satz 1 GemO");
    assert_eq!(rules.fault_other.get(), FaultEffect::Irrelevant);
    let signers = [MinutesSigner::Chair, MinutesSigner::Councillor, MinutesSigner::Councillor, MinutesSigner::Clerk];
    assert_eq!(rules.minutes_signers.value(), &signers);
    assert_eq!(pack.term("quorum.share"), Some("Beschlussfähigkeit"));
    let turns = ["2015-12-01", "2020-05-13", "2021-01-01", "2025-09-01"].map(day);
    assert_eq!(pack.turning_points("format.digital"), turns);
}

#[test]
fn the_digest_is_that_of_the_bytes() {
    let (whole, changed) = (RulePack::parse(bw()).unwrap(), RulePack::parse(&format!("{}\n", bw())).unwrap());
    assert_eq!(whole.text(), bw());
    assert_eq!(whole.digest().len(), 64);
    assert_ne!(whole.digest(), changed.digest());
}

#[test]
fn unknown_and_missing_things_are_named_with_their_line() {
    let field = refused("certainty = \"certain\"", "certainty = \"certain\"\nfarbe = \"rot\"");
    assert!(field.contains("Zeile ") && field.contains("„format.in_person“") && field.contains("„farbe“"), "{field}");
    let rule = refused("key = \"quorum.share\"", "key = \"quorum.anteil\"");
    assert!(rule.contains("„quorum.anteil“") && rule.contains("kennt das Programm nicht"), "{rule}");
    let norm = refused("norm = \"§ 37 Abs. 2 Satz 1 GemO\"\n", "");
    assert!(norm.contains("„quorum.base“") && norm.contains("„norm“ fehlt"), "{norm}");
    let top = refused("land = \"bw\"", "land = \"bw\"\nfarbe = \"rot\"");
    assert!(top.contains("„farbe“"), "{top}");
    assert!(refused("land = \"bw\"\n", "").contains("„land“ fehlt"));
}

#[test]
fn a_rule_left_out_or_written_twice_is_named() {
    let cut = bw().find("[[rule]]\nkey = \"quorum.recusal_share\"").unwrap();
    let end = bw().find("[[rule]]\nkey = \"quorum.per_item\"").unwrap();
    let without = format!("{}{}", &bw()[..cut], &bw()[end..]);
    let error = RulePack::parse(&without).unwrap_err().to_string();
    assert!(error.contains("„quorum.recusal_share“") && error.contains("fehlt"), "{error}");
    let twice = format!("{}\n{}", bw(), &bw()[cut..end]);
    let error = RulePack::parse(&twice).unwrap_err().to_string();
    assert!(error.contains("„quorum.recusal_share“") && error.contains("zweimal"), "{error}");
}

#[test]
fn wrong_types_are_named() {
    for (old, new, rule, what) in [
        ("value = \"1/2\"", "value = \"2/1\"", "quorum.share", "kein Bruch"),
        ("value = \"1/2\"", "value = 0.5", "quorum.share", "muss Wahrheitswert"),
        ("value = 15", "value = -15", "presence.grace_seconds", "Zahl (ab 0)"),
        ("value = 15", "value = \"15\"", "presence.grace_seconds", "ganze Zahl"),
        ("value = \"emergency_2025\"", "value = \"immer\"", "format.digital", "eines dieser Wörter"),
        ("value = [\"chair\"", "value = [\"hausmeister\"", "minutes.signers", "eines dieser Wörter"),
        ("{ key = \"simple_matters\",", "{ name = \"simple_matters\",", "format.digital_grounds", "key ="),
        ("verified_on = 2026-11-22", "verified_on = \"2026-11-22\"", "format.in_person", "ohne Anführungszeichen"),
        (
            "certainty = \"certain\"",
            "certainty = \"sicher\"",
            "format.in_person",
            "certain, read, practice und doubtful",
        ),
    ] {
        let error = refused(old, new);
        assert!(error.contains(rule) && error.contains(what) && error.starts_with("Zeile "), "{new}: {error}");
    }
}

#[test]
fn versions_neither_overlap_nor_leave_a_gap() {
    assert!(refused("until = 2020-05-12", "until = 2020-05-13").contains("überlappen"));
    assert!(refused("until = 2020-05-12", "until = 2020-05-11").contains("fehlen Tage"));
    assert!(refused("until = 2020-05-12\n", "").contains("überlappen"));
    assert!(refused("until = 2020-05-12", "until = 2015-11-30").contains("vor „from“"));
    assert!(refused("begins = 2015-12-01", "begins = 2015-11-01").contains("beginnt am 2015-12-01"));
}

#[test]
fn broken_toml_is_refused_with_its_line() {
    let error = RulePack::parse("land = \"bw\"\nname = ").unwrap_err();
    assert_eq!(error.line, Some(2));
    assert!(RulePack::parse(&" ".repeat(600 * 1024)).is_err());
    assert!(RulePack::parse("").is_err());
}

/// A Geschäftsordnung that asks for ten days of notice.
const LOCAL: &str = "[[local]]\nkey = \"notice.days\"\nvalue = 10\ninstrument = \"geschaeftsordnung\"\nreference = \"§ 9 GO\"\n\
                     decided_on = 2026-03-12\nfrom = 2026-04-01\n";
/// A Hauptsatzung that lets the connected count in a second sitting.
const MAIN: &str = "[[local]]\nkey = \"presence.remote_counts_second_session\"\nvalue = true\n\
                    instrument = \"hauptsatzung\"\nreference = \"§ 3b Hauptsatzung\"\ndecided_on = 2026-03-12\n\
                    from = 2026-04-01\nyes = 12\nmembers = 23\n";

#[test]
fn local_law_stands_before_the_pack_and_is_part_of_its_digest() {
    let pack = RulePack::parse(bw()).unwrap();
    let town = pack.with_local(&format!("{LOCAL}\n{MAIN}")).unwrap();
    let days = |pack: &RulePack, text| pack.on(day(text)).unwrap().notice_days.get();
    assert_eq!((days(&pack, "2026-11-26"), days(&town, "2026-11-26")), (7, 10));
    assert_eq!(days(&town, "2026-03-31"), 7, "before it came into force");
    let rules = town.on(day("2026-11-26")).unwrap();
    assert_eq!(rules.notice_days.norm(), "§ 9 GO (§ 34 Abs. 1 Satz 1 GemO)");
    assert!(rules.presence_remote_counts_second_session.get());
    assert_ne!(pack.digest(), town.digest());
    assert_eq!(RulePack::parse(town.text()).unwrap(), town, "what is pinned reads back");
}

#[test]
fn local_law_that_widens_is_refused_with_its_line_and_reason() {
    let pack = RulePack::parse(bw()).unwrap();
    for (text, old, new, line, what) in [
        (LOCAL, "value = 10", "value = 6", 3, "nur 7 oder mehr"),
        (LOCAL, "value = 10", "value = \"zehn\"", 3, "ganze Zahl"),
        (LOCAL, "notice.days", "quorum.share", 3, "nichts offen"),
        (LOCAL, "notice.days", "format.hybrid_chair_in_room", 3, "nichts offen"),
        (LOCAL, "notice.days", "presence.grace_seconds", 0, ""),
        (LOCAL, "notice.days", "notice.tage", 1, "kennt das Programm nicht"),
        (
            LOCAL,
            "key = \"notice.days\"\nvalue = 10",
            "key = \"presence.grace_seconds\"\nvalue = 16",
            3,
            "15 oder weniger",
        ),
        (
            LOCAL,
            "key = \"notice.days\"\nvalue = 10",
            "key = \"notice.count\"\nvalue = \"nach_gefuehl\"",
            3,
            "dieser Wörter",
        ),
        (LOCAL, "from = 2026-04-01", "from = 2026-03-01", 1, "vor ihrem Beschluss"),
        (LOCAL, "from = 2026-04-01", "from = 2026-02-30", 7, "TOML"),
        (LOCAL, "reference = \"§ 9 GO\"\n", "", 1, "„reference“ fehlt"),
        (LOCAL, "value = 10", "value = 10\nfarbe = \"rot\"", 4, "„farbe“"),
        (MAIN, "yes = 12", "yes = 11", 1, "nötig sind 12"),
        (MAIN, "yes = 12", "yes = 24", 1, "gibt es nicht"),
        (MAIN, "yes = 12\n", "", 1, "„yes“ fehlt"),
        (MAIN, "\"hauptsatzung\"", "\"geschaeftsordnung\"", 3, "nur die Hauptsatzung"),
    ] {
        assert!(text.contains(old), "{old}");
        let outcome = pack.with_local(&text.replacen(old, new, 1));
        if what.is_empty() {
            assert!(outcome.is_ok(), "{new}");
            continue;
        }
        let error = outcome.unwrap_err();
        assert!(error.line == Some(line) && error.what.contains(what), "{new}: {error}");
    }
    let twice = pack.with_local(&format!("{LOCAL}\n{LOCAL}")).unwrap_err();
    assert!(twice.what.contains("zweierlei"), "{twice}");
}

#[test]
fn what_a_town_enters_becomes_one_text_and_the_first_wrong_clause_is_named() {
    let pack = RulePack::parse(bw()).unwrap();
    let (ten, six) = (LocalValue::Number(10), LocalValue::Number(6));
    let clause = |value, from| LocalClause {
        key: "notice.days",
        value,
        instrument: Instrument::RulesOfProcedure,
        reference: "§ 9 „Ladung“ \"GO\" \\",
        decided_on: day("2010-03-12"),
        from: day(from),
        until: (from < "2026").then(|| day("2026-03-31")),
        carried: None,
    };
    let town = pack.with_clauses(&[clause(&ten, "2010-04-01"), clause(&ten, "2026-04-01")]).unwrap();
    assert_eq!(RulePack::parse(town.text()).unwrap(), town, "what is pinned reads back");
    let local = town.locals_on(day("2026-11-26")).next().unwrap();
    assert_eq!((local.statute, local.value), (LocalValue::Number(7), ten.clone()));
    assert!(local.citation.norm().starts_with("§ 9 „Ladung“ \"GO\" \\ ("));
    let (place, why) = pack.with_clauses(&[clause(&ten, "2010-04-01"), clause(&six, "2026-04-01")]).unwrap_err();
    assert!(place == 1 && why.what.contains("nur 7 oder mehr"), "{why}");
    assert_eq!(pack.with_clauses(&[]).unwrap().digest(), pack.digest());
}
