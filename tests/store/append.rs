//! Appending and loading.

use super::Place;
use super::ledger_kit::{MINUTE, NOW, Writer, assert_chain, command, head_of, meeting, notice};
use ratssaal::app::ports::ledger::{Append, Appended, Lane, LedgerError, LedgerStore as _};
use ratssaal::domain::ledger::{Class, Digest, Head, SignedHead};
use serde_json::json;

/// One thing made wrong.
type Spoil = fn(&mut Append);

pub async fn what_is_appended_is_loaded(place: Place) {
    let store = place.open().await;
    let id = meeting("sitzung-1");
    assert_eq!(store.load(&id).await, Ok(Vec::new()));
    assert_eq!(store.meetings().await, Ok(Vec::new()));
    let mut writer = Writer::claim(&store, &id, "a").await;

    let parts: Vec<_> = Class::ALL.into_iter().map(|class| (class, json!({"of": class.wire_name()}))).collect();
    let mut first = writer.draft("eroeffnen", &[&parts, &[], &[(Class::Finding, json!([1, 2]))]]);
    let signed = SignedHead { head: head_of(&first.entries[2]), signature: "0f".repeat(64) };
    first.heads = vec![signed.clone()];
    let mut expected = first.entries.clone();
    let fingerprint = first.fingerprint;
    let receipt = writer.append(&store, first).await;
    assert_eq!((receipt.first, receipt.last), (1, 3));
    let second = writer.simple("aufrufen");
    expected.extend(second.entries.clone());
    writer.append(&store, second).await;

    let other = place.open().await;
    let ledger = other.load(&id).await.unwrap();
    assert_eq!(ledger, expected);
    assert_chain(&ledger);
    assert_eq!(other.heads(&id).await, Ok(vec![signed]));
    assert_eq!(other.receipt(&id, &command("eroeffnen")).await, Ok(Some((receipt, fingerprint))));
    assert_eq!(other.receipt(&id, &command("nie")).await, Ok(None));
    assert_eq!(other.meetings().await, Ok(vec![id]));
}

pub async fn another_head_is_refused(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    let old = writer.clone();
    writer.append(&store, writer.simple("eins")).await;
    assert_eq!(store.append(old.simple("zwei")).await, Err(LedgerError::HeadMoved));

    let mut forged = writer.clone();
    forged.head.digest = Digest::of("another", &[]);
    assert_eq!(store.append(forged.simple("drei")).await, Err(LedgerError::HeadMoved), "same number, other digest");
    forged.head = Head { meeting: id.clone(), number: 7, digest: writer.head.digest };
    assert_eq!(store.append(forged.simple("vier")).await, Err(LedgerError::HeadMoved), "a head of the future");
    assert_eq!(store.load(&id).await.unwrap().len(), 1);
}

/// Two processes on one database, fifty tasks each, ten times over.
pub async fn of_a_hundred_one_wins(place: Place) {
    let nodes = [place.open().await, place.open().await];
    let id = meeting("m");
    let mut writer = Writer::claim(&nodes[0], &id, "a").await;
    for round in 1..=10_u64 {
        let tasks: Vec<_> = (0..100)
            .map(|task| {
                let (store, append) = (nodes[task % 2].clone(), writer.simple(&format!("c-{round}-{task}")));
                tokio::spawn(async move { store.append(append).await })
            })
            .collect();
        let mut won = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(Appended::Now(receipt)) => won.push(receipt),
                Err(LedgerError::HeadMoved) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(won.len(), 1, "round {round}");
        assert_eq!(won[0].last, round);
        writer.head = Head { meeting: id.clone(), number: won[0].last, digest: won[0].head };
    }
    let ledger = nodes[1].load(&id).await.unwrap();
    assert_eq!(ledger.len(), 10);
    assert_chain(&ledger);
}

pub async fn a_command_counts_once(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    let ballot = writer.simple("stimme");
    let receipt = writer.append(&store, ballot.clone()).await;
    writer.append(&store, writer.simple("danach")).await;

    assert_eq!(store.append(ballot).await, Ok(Appended::Before(receipt.clone())), "on the head of then");
    assert_eq!(store.append(writer.simple("stimme")).await, Ok(Appended::Before(receipt)), "on the head of now");
    let mut other = writer.simple("stimme");
    other.fingerprint = Digest::of("another content", &[]);
    assert_eq!(store.append(other).await, Err(LedgerError::CommandReused));
    assert_eq!(store.load(&id).await.unwrap().len(), 2);
}

pub async fn a_deleted_part_leaves_a_chain(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    let secret = "ein Satz ueber eine Person, der verschwinden muss";
    let text = writer.draft("text", &[&[(Class::Finding, json!(1)), (Class::PersonalText, json!(secret))]]);
    writer.append(&store, text).await;
    let mut deletion = writer.draft("loeschen", &[&[(Class::Finding, json!({"redacted": [1, "personal_text"]}))]]);
    deletion.redact = vec![(1, Class::PersonalText)];
    let repeated = deletion.redact.clone();
    writer.append(&store, deletion).await;

    let ledger = store.load(&id).await.unwrap();
    assert_chain(&ledger);
    assert_eq!(ledger[0].parts[&Class::PersonalText], None);
    assert!(ledger[0].parts[&Class::Finding].is_some());
    let mut again = writer.simple("nochmal");
    again.redact = repeated;
    assert!(matches!(store.append(again).await, Err(LedgerError::Fault(_))), "there is nothing left to delete");
    if let Place::Sqlite(dir) = &place {
        super::rows::assert_gone(store, &dir.file(), secret).await;
    }
}

pub async fn findings_stay(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    writer.append(&store, writer.simple("eins")).await;
    let mut deletion = writer.simple("loeschen");
    deletion.redact = vec![(1, Class::Finding)];
    let refused = store.append(deletion).await;
    assert!(matches!(&refused, Err(LedgerError::Fault(why)) if why.contains("Feststellungen")), "{refused:?}");
    let ledger = store.load(&id).await.unwrap();
    assert!(ledger.len() == 1 && ledger[0].parts[&Class::Finding].is_some());
}

/// Each of these would stand in the ledger for ever.
pub async fn what_does_not_chain_is_refused(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    writer.append(&store, writer.simple("eins")).await;
    let good = writer.draft("zwei", &[&[(Class::Finding, json!(1))], &[(Class::Choice, json!("ja"))]]);
    let spoil: [(&str, Spoil); 13] = [
        ("no entries", |a| a.entries.clear()),
        ("a gap", |a| drop(a.entries.remove(0))),
        ("twice", |a| a.entries[1] = a.entries[0].clone()),
        ("an envelope changed", |a| a.entries[0].envelope.actor.push('x')),
        ("a digest changed", |a| a.entries[1].digest = Digest::of("x", &[])),
        ("a payload changed", |a| {
            let part = a.entries[1].parts.get_mut(&Class::Choice).unwrap().as_mut().unwrap();
            part.payload = part.payload.replace("ja", "nein");
        }),
        ("a part left out", |a| drop(a.entries[1].parts.remove(&Class::Choice))),
        ("a part deleted before", |a| drop(a.entries[1].parts.insert(Class::Choice, None))),
        ("another command", |a| a.command = command("drei")),
        ("another meeting's head", |a| a.expected.meeting = meeting("n")),
        ("a foreign head signed", |a| {
            a.heads = vec![SignedHead { head: a.expected.clone(), signature: "00".repeat(64) }];
        }),
        ("a signature that is none", |a| {
            a.heads = vec![SignedHead { head: head_of(&a.entries[1]), signature: "00".repeat(63) }];
        }),
        ("a notice that is no JSON", |a| {
            a.outbox = vec![notice(Lane::Mail, "x", NOW)];
            a.outbox[0].content.push('}');
        }),
    ];
    for (what, spoil) in spoil {
        let mut bad = good.clone();
        spoil(&mut bad);
        let refused = store.append(bad).await;
        assert!(matches!(refused, Err(LedgerError::Fault(_))), "{what}: {refused:?}");
    }
    assert_eq!(store.load(&id).await.unwrap().len(), 1);
    writer.append(&store, good).await;
}

pub async fn large_and_umlaut(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    let text = "Straße der Öffentlichkeit – „Bürgermeisterin“ 🏛 \u{0} \u{1f} \\ \" \n".repeat(9_000);
    let wide = writer.draft("breit", &[&[(Class::Finding, json!({"wortlaut": text, "größe": u64::MAX}))]]);
    let expected = wide.entries.clone();
    writer.append(&store, wide).await;
    assert_eq!(store.load(&id).await.unwrap(), expected);

    let many: Vec<&[(Class, serde_json::Value)]> = vec![&[]; 513];
    let refused = store.append(writer.draft("zu-viele", &many)).await;
    assert!(matches!(refused, Err(LedgerError::Fault(_))), "{refused:?}");
    writer.append(&store, writer.draft("viele", &many[..512])).await;
    let long = writer.draft("zu-lang", &[&[(Class::Finding, json!("x".repeat(1 << 20)))]]);
    assert!(matches!(store.append(long).await, Err(LedgerError::Fault(_))));
    assert_chain(&store.load(&id).await.unwrap());
}

pub async fn meetings_are_apart(place: Place) {
    let store = place.open().await;
    let ids: Vec<_> = (0..40).rev().map(|n| meeting(&format!("m-{n:02}_{}", n % 3))).collect();
    let tasks: Vec<_> = ids
        .iter()
        .cloned()
        .map(|id| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut writer = Writer::claim(&store, &id, "a").await;
                for n in 0..5 {
                    writer.append(&store, writer.simple(&format!("c-{n}"))).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut sorted = ids.clone();
    sorted.sort();
    assert_eq!(store.meetings().await.unwrap(), sorted);
    for id in &ids {
        let ledger = store.load(id).await.unwrap();
        assert!(ledger.len() == 5 && ledger.iter().all(|sealed| sealed.envelope.meeting == *id));
        assert_chain(&ledger);
    }
}

/// What fails at its last statement leaves nothing of its first.
pub async fn all_or_nothing(place: Place) {
    let store = place.open().await;
    let id = meeting("m");
    let mut writer = Writer::claim(&store, &id, "a").await;
    writer.append(&store, writer.simple("eins")).await;
    let mut half = writer.simple("zwei");
    half.outbox = vec![notice(Lane::Room, "nie", NOW)];
    half.redact = vec![(1, Class::NonPublic)];
    assert!(matches!(store.append(half).await, Err(LedgerError::Fault(_))), "entry 1 has no such part");
    assert_eq!(store.load(&id).await.unwrap().len(), 1);
    assert_eq!(store.receipt(&id, &command("zwei")).await, Ok(None));
    assert_eq!(store.lease(Lane::Room, "a", 9, NOW, NOW.plus_millis(MINUTE)).await, Ok(Vec::new()));
    writer.append(&store, writer.simple("zwei")).await;
}
