//! The courses of two meetings: the smallest there is, and one in which everything happens that changes a figure.

use super::sitting::{Sitting, ballot, seat};
use ratssaal::domain::law::format::MeetingFormat;
use ratssaal::domain::law::packs;
use ratssaal::domain::ledger::Class;
use ratssaal::domain::meeting::Command;
use ratssaal::domain::meeting::event::{Choice, Disposal, InterruptionCause, Method};
use ratssaal::domain::presence::Perception;

/// The rules the recount reads, and no others: a law small enough to flip every byte of it.
pub fn small_law() -> String {
    let whole = packs::bundled("bw").unwrap();
    let (head, _) = whole.split_once("[[rule]]\n").unwrap();
    let wanted = ["quorum.base", "quorum.share", "quorum.recusal_trigger", "quorum.recusal_share", "vote.majority"];
    let wanted = wanted.into_iter().chain(["vote.tie", "vote.abstentions_count"]);
    let keys: Vec<String> = wanted.map(|key| format!("key = \"{key}\"")).collect();
    let rules = whole.split("[[rule]]\n").skip(1).filter(|rule| keys.iter().any(|key| rule.starts_with(key)));
    let kept = |line: &&str| !line.starts_with('#') && !line.starts_with("source") && !line.starts_with("quote");
    let text: Vec<&str> = std::iter::once(head).chain(rules.flat_map(|rule| ["[[rule]]\n", rule])).collect();
    text.concat().lines().filter(kept).fold(String::new(), |text, line| text + line + "\n")
}

/// Three members in the hall, one roll call: as little as a whole meeting can be.
pub fn small(id: &str) -> Sitting {
    let mut sitting = Sitting::plan(id, 3, &small_law());
    sitting.convene(MeetingFormat::InPerson);
    sitting.attest(0);
    sitting.attest(1);
    sitting.chair(Command::Open);
    sitting.call("top-1");
    sitting.open_ballot("a1", Method::RollCall);
    sitting.cast(0, "a1", Choice::Yes);
    sitting.cast(1, "a1", Choice::Yes);
    sitting.close_and_declare("a1");
    sitting.chair(Command::Close);
    sitting
}

/// Thirteen seats in the digital format, with everything that can change a figure.
pub fn whole(id: &str) -> Sitting {
    use Choice::{Abstain, No, Yes};
    let mut sitting = Sitting::plan(id, 13, packs::bundled("bw").unwrap());
    sitting.convene(MeetingFormat::Digital);
    sitting.measure(0..10, Perception::Perceptible, 4000);
    sitting.attest(10);
    sitting.attest(11);
    sitting.clerk(Command::AttestPublicRoom { receives: true });
    sitting.chair(Command::Open);

    // A roll call with a corrected choice, two of them spoken in the hall: 8 to 4.
    sitting.call("top-1");
    sitting.open_ballot("a1", Method::RollCall);
    (0..10).for_each(|number| sitting.cast(number, "a1", if number < 7 { Yes } else { No }));
    sitting.cast(1, "a1", No);
    for number in [10, 11] {
        sitting.clerk(Command::EnterHeard { ballot: ballot("a1"), seat: seat(number), choice: Yes });
    }
    sitting.close_and_declare("a1");

    // A show of hands, one recused, a tie: rejected.
    sitting.clerk(Command::Recuse { item: "top-2".parse().unwrap(), seat: seat(2) });
    sitting.call("top-2");
    sitting.open_ballot("a2", Method::ShowOfHands);
    for number in (0..10).filter(|number| *number != 2) {
        sitting.cast(number, "a2", [Yes, No][number % 2]);
    }
    sitting.cast(3, "a2", Abstain);
    sitting.clerk(Command::CountHands { ballot: ballot("a2"), yes: 1, no: 1, abstain: 0, none: 0 });
    sitting.close_and_declare("a2");

    // Six are lost one after the other, one of them had voted without being there: no decision.
    sitting.call("top-3");
    sitting.open_ballot("a3", Method::RollCall);
    (3..10).for_each(|number| sitting.cast(number, "a3", Yes));
    for number in 4..10 {
        sitting.now = sitting.now.plus_millis(20_000);
        sitting.measure([number], Perception::Absent, if number == 4 { 40_000 } else { 10_000 });
    }
    sitting.close_and_declare("a3");
    sitting.member(5, Command::Complain { text: "Mein Bild kam nicht an.".parse().unwrap(), heard: None });

    // The system stops in the middle of a ballot; it goes on after everybody was measured again.
    sitting.measure(4..10, Perception::Perceptible, 4000);
    sitting.call("top-4");
    sitting.open_ballot("a4", Method::ShowOfHands);
    (0..5).for_each(|number| sitting.cast(number, "a4", No));
    let last_alive = sitting.now;
    sitting.now = last_alive.plus_millis(60_000);
    sitting.system(Command::Recover { last_alive });
    sitting.measure(0..9, Perception::Perceptible, 4000);
    sitting.chair(Command::Resume { ballot_goes_on: Some(true) });
    (5..9).for_each(|number| sitting.cast(number, "a4", No));
    sitting.clerk(Command::CountHands { ballot: ballot("a4"), yes: 0, no: 1, abstain: 0, none: 1 });
    sitting.close_and_declare("a4");

    // A ballot that is interrupted and repeated, and an item without one.
    sitting.call("top-5");
    sitting.open_ballot("a5", Method::RollCall);
    sitting.cast(0, "a5", Yes);
    sitting.chair(Command::Interrupt { cause: InterruptionCause::Chair });
    sitting.chair(Command::Resume { ballot_goes_on: Some(false) });
    sitting.chair(Command::SettleItem { disposal: Disposal::Noted, wording: None });
    sitting.chair(Command::Close);

    let ground = "Löschfrist abgelaufen";
    for class in [Class::Choice, Class::PersonalText] {
        sitting.administrator(Command::Delete { class, ground: ground.parse().unwrap() });
    }
    sitting
}
