//! A hybrid evening in short: half of the members in the hall, half at home. Somebody comes late, a picture is lost in a
//! roll call, one is recused, motions come from the floor, the hall's line breaks, somebody leaves early, and thirty items
//! go by.

use super::{Council, Trouble, call, close_and_declare, expect, open, vote};
use crate::play::visitor::Answer;
use serde_json::Value;

/// Comes late, into the hall.
const LATE: usize = 6;
/// Leaves the hall early.
const EARLY: usize = 5;
/// Recused at the second item, in the hall.
const RECUSED: usize = 4;
/// Speaks and moves, from home.
const SPEAKER: usize = 8;
/// Loses the picture.
const LOST: usize = 12;

/// Plays it up to the closing; a receipt to take home.
///
/// # Errors
/// The first thing that did not go as it must.
pub async fn play(council: &mut Council) -> Result<Value, Trouble> {
    council.arrive(&[LATE]).await?;
    council.tell("Sieben sind oder kommen in den Saal, sechs sind zugeschaltet; der Server misst auch den Saal.");
    council.wait_until("zwölf sind da", |seen| seen["figures"]["present"] == 12).await?;
    council.chair_does("eroeffnen", &[]).await?;
    council.tell("Die Sitzung ist eröffnet: 12 von 13 Mitgliedern, 6 davon zugeschaltet.");

    let receipt = roll_call_with_a_loss(council).await?;
    late_arrival_and_recusal(council).await?;
    motions_from_the_floor(council).await?;
    the_hall_is_lost(council).await?;
    early_leave(council).await?;
    the_rest_of_the_agenda(council).await?;
    Ok(receipt)
}

/// At home the picture stops while the vote is taken: noticed, barred, not counted; the decision stands.
async fn roll_call_with_a_loss(council: &Council) -> Result<Value, Trouble> {
    call(council, "1").await?;
    open(council, "b-strasse", "namentlich", "Die Hangstraße wird saniert.").await?;
    council.tell("TOP 1, namentliche Abstimmung. Ein zugeschaltetes Mitglied verliert das Bild …");
    let member = council.members.get(LOST).ok_or("kein Mitglied")?;
    member.line()?.stop_picture();
    council.wait_until("der Verlust ist bemerkt", |seen| seen["figures"]["present"] == 11).await?;
    let fields = [("abstimmung", "b-strasse"), ("wahl", "ja")];
    match member.visitor.act(&council.meeting, "stimme", &fields).await? {
        Answer::Refused { reason, paragraph } => council.tell(&format!("  Verweigert: {reason} ({paragraph})")),
        Answer::Done(_) => return Err("ein Mitglied ohne Bild konnte abstimmen".into()),
    }
    let receipts = vote(council, "b-strasse", &["ja", "ja", "ja", "ja", "nein"], &[LATE, LOST]).await?;
    let second = council.members.get(1).ok_or("kein Mitglied")?;
    let corrected = [("abstimmung", "b-strasse"), ("wahl", "enthaltung")];
    second.visitor.act(&council.meeting, "stimme", &corrected).await?.receipt()?;
    expect(&close_and_declare(council, "b-strasse").await?, "adopted", [8, 2, 1])?;
    member.line()?.resume_picture();
    receipts.into_iter().next().ok_or_else(|| "kein Beleg".into())
}

async fn late_arrival_and_recusal(council: &Council) -> Result<(), Trouble> {
    council.attest(LATE, "saal_anwesend").await?;
    council.wait_until("alle sind da", |seen| seen["figures"]["present"] == 13).await?;
    council.tell("Ein Mitglied kommt später in den Saal; das Bild von zu Hause ist wieder da.");
    let item = call(council, "2").await?;
    let recused = council.members.get(RECUSED).ok_or("kein Mitglied")?;
    council.chair_does("befangen", &[("punkt", &item), ("sitz", &recused.seat)]).await?;
    council.tell("TOP 2, Handzeichen, ein Mitglied ist befangen.");
    by_hand(council, "b-spielplatz", "Der Spielplatz am Bach wird erneuert.", None, 1).await?;
    expect(&close_and_declare(council, "b-spielplatz").await?, "adopted", [11, 1, 0])
}

/// A show of hands: the clerk counts the hall, who is at home chooses by name, all for it.
async fn by_hand(
    council: &Council,
    ballot: &str,
    wording: &str,
    motion: Option<&str>,
    against: usize,
) -> Result<(), Trouble> {
    let mut fields = vec![("abstimmung", ballot), ("art", "handzeichen"), ("wortlaut", wording)];
    fields.extend(motion.map(|motion| ("antrag", motion)));
    council.chair_does("abstimmung_oeffnen", &fields).await?;
    council.count_hands(ballot, against).await?;
    let in_hall: Vec<usize> = (0..super::IN_HALL).collect();
    vote(council, ballot, &["ja"], &in_hall).await.map(drop)
}

/// A speaker on procedure, a procedural motion that fails, an amendment that is carried, then the matter itself.
async fn motions_from_the_floor(council: &Council) -> Result<(), Trouble> {
    call(council, "3").await?;
    let speaker = council.members.get(SPEAKER).ok_or("kein Mitglied")?;
    speaker.visitor.act(&council.meeting, "wortmeldung", &[("art", "geschaeftsordnung")]).await?.receipt()?;
    council.chair_does("wort_erteilen", &[("sitz", &speaker.seat)]).await?;
    let wording = "Der Punkt wird auf die nächste Sitzung vertagt.";
    let fields = [
        ("antrag", "m-vertagung"),
        ("sitz", speaker.seat.as_str()),
        ("art", "geschaeftsordnung"),
        ("wortlaut", wording),
    ];
    speaker.visitor.act(&council.meeting, "antrag_stellen", &fields).await?.receipt()?;
    council.chair_does("rede_beenden", &[]).await?;
    let mover = council.members.get(3).ok_or("kein Mitglied")?;
    let amendment = "Die Mittel für den Radweg werden auf 120.000 Euro erhöht.";
    let fields = [("antrag", "m-radweg"), ("sitz", mover.seat.as_str()), ("art", "aenderung"), ("wortlaut", amendment)];
    council.clerk_does("antrag_stellen", &fields).await?;
    council.tell("TOP 3: ein Antrag zur Geschäftsordnung von zu Hause, ein Änderungsantrag aus dem Saal.");
    let early =
        [("abstimmung", "b-nachtrag-0"), ("art", "handzeichen"), ("wortlaut", "Der Nachtrag wird beschlossen.")];
    match council.chair.act(&council.meeting, "abstimmung_oeffnen", &early).await? {
        Answer::Refused { reason, paragraph } => council.tell(&format!("  Verweigert: {reason} ({paragraph})")),
        Answer::Done(_) => return Err("die Reihenfolge der Anträge wurde übergangen".into()),
    }
    by_hand(council, "b-vertagung", wording, Some("m-vertagung"), 7).await?;
    expect(&close_and_declare(council, "b-vertagung").await?, "rejected", [6, 7, 0])?;
    by_hand(council, "b-radweg", amendment, Some("m-radweg"), 2).await?;
    expect(&close_and_declare(council, "b-radweg").await?, "adopted", [11, 2, 0])?;
    by_hand(council, "b-nachtrag", "Der Nachtrag wird mit dieser Änderung beschlossen.", None, 0).await?;
    expect(&close_and_declare(council, "b-nachtrag").await?, "adopted", [13, 0, 0])
}

/// The hall's device drops out: for the six at home the council is gone, although their own lines stand.
async fn the_hall_is_lost(council: &mut Council) -> Result<(), Trouble> {
    call(council, "4").await?;
    open(council, "b-name", "namentlich", "Der Platz vor dem Rathaus heißt künftig „Platz am Hang“.").await?;
    council.tell("TOP 4, namentliche Abstimmung. Das Gerät im Saal fällt aus …");
    council.hall.as_mut().ok_or("kein Saal")?.drop_line().await;
    council.wait_until("die Störung des Saals ist bemerkt", |seen| seen["fault_open"] == true).await?;
    match council.chair.act(&council.meeting, "abstimmung_schliessen", &[("abstimmung", "b-name")]).await? {
        Answer::Refused { reason, paragraph } => council.tell(&format!("  Verweigert: {reason} ({paragraph})")),
        Answer::Done(_) => return Err("trotz offener Störung wurde geschlossen".into()),
    }
    council.chair_does("stoerung_befund", &[("bereich", "gemeinde")]).await?;
    council.tell("  Befund: im Bereich der Gemeinde. Die Sitzung ist unterbrochen.");
    council.hall.as_mut().ok_or("kein Saal")?.reconnect().await?;
    council.wait_until("der Saal ist wieder da", |seen| seen["figures"]["present"] == 13).await?;
    council.chair_does("fortsetzen", &[("abstimmung_geht_weiter", "nein")]).await?;
    council.tell("  Der Saal ist wieder da; die Abstimmung wird wiederholt. Stimmengleichheit:");
    open(council, "b-name-2", "namentlich", "Der Platz vor dem Rathaus heißt künftig „Platz am Hang“.").await?;
    let fields = [("abstimmung", "b-name-2"), ("wahl", "enthaltung")];
    council.chair.act(&council.meeting, "stimme", &fields).await?.receipt()?;
    vote(council, "b-name-2", &["nein", "ja"], &[0]).await?;
    expect(&close_and_declare(council, "b-name-2").await?, "rejected", [6, 6, 1])
}

async fn early_leave(council: &Council) -> Result<(), Trouble> {
    council.attest(EARLY, "saal_abwesend").await?;
    council.wait_until("eines ist gegangen", |seen| seen["figures"]["present"] == 12).await?;
    let (number, reason) = ("31", "Die Stützmauer an der Hangstraße ist heute Mittag gerissen.");
    let fields = [
        ("nummer", number),
        ("titel", "Sofortsicherung der Stützmauer"),
        ("wortlaut", "Die Stützmauer wird sofort gesichert."),
        ("begruendung", reason),
    ];
    council.chair_does("punkt_ergaenzen", &fields).await?;
    council.tell("Ein Mitglied geht früher. Ein dringender Punkt kommt auf die Tagesordnung.");
    Ok(())
}

/// Everything public that is left: by hand where there is a motion, otherwise taken note of; one is referred, one
/// postponed.
async fn the_rest_of_the_agenda(council: &Council) -> Result<(), Trouble> {
    let seen = council.look().await?;
    let items = seen["agenda"].as_array().cloned().unwrap_or_default();
    let waits = |item: &&Value| item["state"] == "pending" && item["public"] == true;
    for item in items.iter().filter(waits) {
        let number = item["number"].as_str().unwrap_or_default();
        call(council, number).await?;
        let disposal = match (number, item["motion"].as_str()) {
            ("7", _) => Some("verwiesen"),
            ("14", _) => Some("vertagt"),
            (_, None) => Some("kenntnis"),
            (_, Some(wording)) => {
                let ballot = format!("b-{}", number.replace('.', "-"));
                by_hand(council, &ballot, wording, None, 0).await?;
                let fields = [("abstimmung", ballot.as_str())];
                council.chair_does("abstimmung_schliessen", &fields).await?;
                council.chair_does("ergebnis", &fields).await?;
                None
            }
        };
        if let Some(disposal) = disposal {
            council.chair_does("punkt_abschliessen", &[("ergebnis", disposal)]).await?;
        }
    }
    let results = council.look().await?["results"].as_array().map_or(0, Vec::len);
    council.tell(&format!(
        "{} weitere Punkte sind behandelt, {results} Ergebnisse festgestellt.",
        items.iter().filter(waits).count()
    ));
    Ok(())
}
