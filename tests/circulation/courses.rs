//! What a matter sent round can come to, course by course.

use super::bench::{Bench, WORDING, body, clerk, member, opening, place, refusal, seat};
use ratssaal::app::circulation::is_circulation;
use ratssaal::app::ports::ledger::LedgerStore as _;
use ratssaal::domain::circulation::{Answer, Command, Published, Stage};
use ratssaal::domain::majority::Outcome;
use ratssaal::domain::meeting::Actor;
use ratssaal::domain::minutes::{Content, circulation_minutes};

const LAW: &str = "§ 37 Abs. 1 Satz 2 GemO";

#[tokio::test]
async fn silence_agrees_when_the_time_is_over_and_everybody_was_asked() {
    let bench = Bench::open(13, "2026-11-24").await;
    bench.deliver(0..12).await;
    bench.says(3, Answer::Agrees).await.unwrap();
    assert_eq!(bench.find().await.unwrap_err(), format!("objection_possible {LAW}"), "the time is not over");
    bench.pass_days(8);
    assert_eq!(bench.find().await.unwrap_err(), format!("objection_possible {LAW}"), "the last day is one to object");
    bench.pass_days(1);
    assert_eq!(bench.find().await.unwrap_err(), format!("not_all_asked {LAW}"), "one letter never arrived");
    let how = "Vorlage mit Brief zugestellt.".parse().unwrap();
    bench.act(&clerk(), &Command::AttestAsked { seat: seat(12), how }).await.unwrap();
    bench.find().await.unwrap();
    let dossier = bench.dossier().await;
    let Stage::Found(found) = &dossier.circulation.stage else { panic!("{:?}", dossier.circulation.stage) };
    assert_eq!((found.outcome, found.agreed, found.silent), (Outcome::Adopted, 1, 12));
    let report = bench.audited().await;
    assert!(report.is_ok(), "{report}");
    assert_eq!(report.results, ["Zustimmung 1, Schweigen 12, Widerspruch 0, befangen 0: angenommen"]);
}

#[tokio::test]
async fn one_objection_sends_the_matter_into_a_sitting() {
    let bench = Bench::open(13, "2026-11-24").await;
    for number in 1..12 {
        bench.says(number, Answer::Agrees).await.unwrap();
    }
    let reason = Some("Darüber möchte ich sprechen.".parse().unwrap());
    bench.act(&member(12), &Command::Answer { answer: Answer::Objects, reason }).await.unwrap();
    for answer in [Answer::Agrees, Answer::Objects] {
        assert_eq!(refusal(&bench.says(12, answer).await.unwrap_err()), "objected ohne Vorschrift");
    }
    let no_recusal = bench.act(&clerk(), &Command::Recuse { seat: Some(seat(12)) }).await.unwrap_err();
    assert_eq!(refusal(&no_recusal), "objected ohne Vorschrift", "an objection is not done away with by a recusal");
    bench.find().await.unwrap();
    let dossier = bench.dossier().await;
    let Stage::Found(found) = &dossier.circulation.stage else { panic!() };
    assert_eq!((found.outcome, found.objected, found.agreed), (Outcome::Rejected, 1, 11));
    let announce = Command::Announce { on: found.on, sitting: "8. Sitzung".parse().unwrap() };
    assert_eq!(refusal(&bench.act(&member(0), &announce).await.unwrap_err()), "nothing_to_announce ohne Vorschrift");
    let report = bench.audited().await;
    assert!(report.is_ok() && report.results[0].ends_with("kein Beschluss, in eine Sitzung"), "{report}");
}

#[tokio::test]
async fn who_agreed_may_still_object_until_the_result_is_found() {
    let bench = Bench::open(5, "2026-11-23").await;
    bench.deliver(0..5).await;
    bench.says(2, Answer::Agrees).await.unwrap();
    assert_eq!(refusal(&bench.says(2, Answer::Agrees).await.unwrap_err()), "nothing ohne Vorschrift");
    bench.pass_days(9);
    bench.says(2, Answer::Objects).await.expect("the law knows no period, so a late objection counts");
    bench.find().await.unwrap();
    assert!(
        matches!(&bench.dossier().await.circulation.stage, Stage::Found(found) if found.outcome == Outcome::Rejected)
    );
}

#[tokio::test]
async fn who_is_recused_is_neither_asked_nor_counted() {
    let bench = Bench::open(5, "2026-11-23").await;
    bench.deliver([0, 1, 2, 3]).await;
    bench.act(&member(4), &Command::Recuse { seat: None }).await.unwrap();
    let answered = bench.says(4, Answer::Objects).await.unwrap_err();
    assert_eq!(refusal(&answered), "recused § 18 Abs. 5 GemO");
    bench.says(3, Answer::Agrees).await.unwrap();
    bench.act(&clerk(), &Command::Recuse { seat: Some(seat(3)) }).await.unwrap();
    bench.act(&clerk(), &Command::LiftRecusal { seat: seat(3) }).await.unwrap();
    let sums = bench.dossier().await.circulation.sums();
    assert_eq!((sums.agreed, sums.silent, sums.recused), (0, 4, 1), "an answer taken away does not come back");
    bench.pass_days(8);
    bench.find().await.unwrap();
    assert!(bench.audited().await.is_ok());
}

#[tokio::test]
async fn a_recused_chair_finds_nothing_and_the_clerk_ends_it() {
    let bench = Bench::open(5, "2026-11-23").await;
    bench.deliver(0..5).await;
    bench.act(&member(0), &Command::Recuse { seat: None }).await.unwrap();
    bench.pass_days(8);
    assert_eq!(bench.find().await.unwrap_err(), "chair_recused § 18 Abs. 5 GemO");
    let reason: ratssaal::domain::text::Remark = "Kommt in die nächste Sitzung.".parse().unwrap();
    let end = Command::End { reason };
    assert_eq!(refusal(&bench.act(&member(1), &end).await.unwrap_err()), "not_the_chair ohne Vorschrift");
    bench.act(&clerk(), &end).await.unwrap();
    assert!(bench.dossier().await.circulation.is_over() && bench.audited().await.is_ok());
    assert_eq!(refusal(&bench.says(1, Answer::Agrees).await.unwrap_err()), "circulation_over ohne Vorschrift");
}

#[tokio::test]
async fn a_member_who_came_later_was_never_asked() {
    let mut bench = Bench::open(5, "2026-11-23").await;
    bench.deliver(0..5).await;
    bench.pass_days(8);
    let mut seats = body(6);
    seats.remove(2);
    bench.seats = seats;
    assert_eq!(bench.find().await.unwrap_err(), format!("body_changed {LAW}"));
    bench.seats = body(4);
    bench.find().await.expect("one member less: everybody who is left was asked");
}

#[tokio::test]
async fn only_simple_matters_and_only_with_time_enough() {
    let (_dir, _store, circulations, _clock) = place().await;
    let id = |name: &str| name.parse().unwrap();
    let mut heavy = opening(5, "2026-11-24");
    heavy.simple = false;
    let refused = circulations.open(&id("k1"), "clerk", &heavy).await.unwrap_err();
    assert_eq!(refusal(&refused), format!("not_simple {LAW}"));
    let refused = circulations.open(&id("k2"), "clerk", &opening(5, "2026-11-22")).await.unwrap_err();
    assert_eq!(refusal(&refused), format!("objection_time_short {LAW}"));
    let refused = circulations.open(&id("k3"), "clerk", &opening(5, "2027-11-22")).await.unwrap_err();
    assert_eq!(refusal(&refused), "circulation_too_long ohne Vorschrift");
    assert!(circulations.all().await.unwrap().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn the_decision_is_announced_word_for_word_or_withheld_and_never_both() {
    let bench = Bench::open(5, "2026-11-23").await;
    bench.deliver(0..5).await;
    bench.pass_days(8);
    bench.find().await.unwrap();
    let tell = |day: &str| Command::Announce { on: day.parse().unwrap(), sitting: "8. Sitzung".parse().unwrap() };
    for wrong in ["2026-11-23", "2026-11-25"] {
        let refused = bench.act(&clerk(), &tell(wrong)).await.unwrap_err();
        assert_eq!(refusal(&refused), "not_that_day ohne Vorschrift", "{wrong}");
    }
    assert!(!bench.dossier().await.circulation.is_over(), "somebody still has to announce it");
    bench.act(&clerk(), &tell("2026-11-24")).await.unwrap();
    assert_eq!(refusal(&bench.act(&member(0), &Command::Withhold).await.unwrap_err()), "nothing ohne Vorschrift");
    let dossier = bench.dossier().await;
    let Published::Announced(told) = &dossier.circulation.published else { panic!() };
    assert_eq!(told.wording.as_str(), WORDING);
    assert!(bench.audited().await.is_ok());

    let minutes = circulation_minutes(&dossier.circulation, &dossier.rules, &dossier.head, dossier.entries[0].at);
    let said: Vec<String> = minutes
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter_map(|block| match &block.content {
            Content::Finding(text) | Content::Wording(text) | Content::Paragraph(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert!(said.iter().any(|text| text == WORDING), "{said:?}");
    assert!(said.iter().any(|text| text.starts_with("Kein Mitglied hat widersprochen.")), "{said:?}");
    assert!(said.iter().any(|text| text.starts_with("Im Wortlaut bekannt gegeben am 24.11.2026")), "{said:?}");
}

#[tokio::test]
async fn an_answer_needs_both_factors_and_a_seat() {
    let bench = Bench::open(5, "2026-11-24").await;
    let answer = Command::Answer { answer: Answer::Agrees, reason: None };
    let weak = Actor { strong: false, ..member(1) };
    assert_eq!(refusal(&bench.act(&weak, &answer).await.unwrap_err()), "second_factor ohne Vorschrift");
    assert_eq!(refusal(&bench.act(&clerk(), &answer).await.unwrap_err()), "not_a_member ohne Vorschrift");
    let report = Command::ReportDelivery { seat: seat(1), sent: true, reason: None };
    assert_eq!(refusal(&bench.act(&member(0), &report).await.unwrap_err()), "not_yours ohne Vorschrift");
    assert_eq!(refusal(&bench.act(&member(1), &Command::Find).await.unwrap_err()), "not_the_chair ohne Vorschrift");
}

#[tokio::test]
async fn the_same_command_twice_stands_once_and_another_one_under_its_name_is_refused() {
    let bench = Bench::open(5, "2026-11-24").await;
    let (id, agrees) = ("k-gleich".parse().unwrap(), Command::Answer { answer: Answer::Agrees, reason: None });
    let act = async |command: &Command| bench.circulations.act(&bench.id, &id, &member(1), &bench.seats, command).await;
    let first = act(&agrees).await.unwrap();
    assert_eq!(act(&agrees).await.unwrap(), first);
    let other = act(&Command::Recuse { seat: None }).await.unwrap_err();
    assert_eq!(refusal(&other), "command_reused ohne Vorschrift");
    assert_eq!(bench.dossier().await.entries.len(), 2);
}

#[tokio::test]
async fn a_circulation_is_no_meeting_and_its_ledger_lies_beside_theirs() {
    let (_dir, store, circulations, _clock) = place().await;
    let command = "k".parse().unwrap();
    let id = circulations.open(&command, "clerk", &opening(5, "2026-11-24")).await.unwrap();
    assert_eq!(circulations.open(&command, "clerk", &opening(5, "2026-11-24")).await.unwrap(), id, "asked again");
    assert!(is_circulation(&id));
    assert_eq!(store.meetings().await.unwrap(), std::slice::from_ref(&id));
    let all = circulations.all().await.unwrap();
    assert_eq!(all.iter().map(|dossier| &dossier.head.meeting).collect::<Vec<_>>(), [&id]);
}
