//! What must hold for all figures, asked like a worked case: the lists at the end of section 8 of the law of
//! Baden-Württemberg and of section 6 of that of Hessen. Which test holds which: `legal/README.md`.

use proptest::prelude::*;
use ratssaal::domain::law::cases::{self, Packs};
use std::sync::LazyLock;

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::bundled().unwrap());

/// Does this case come out?
fn holds(land: &str, kind: &str, given: &str, expected: &str) -> Result<(), TestCaseError> {
    let text = format!(
        "[[case]]\nid = \"E\"\ntitle = \"Eigenschaft\"\nnorm = \"§\"\ncertainty = \"read\"\nland = \"{land}\"\n\
         kind = \"{kind}\"\non = 2026-11-26\ngiven = {given}\nexpected = {expected}\n"
    );
    let case = cases::parse(&text).unwrap().remove(0);
    cases::run(&PACKS, &case).map_err(|why| TestCaseError::fail(format!("{given}: {why}")))
}

/// Who is in the hall and who connected, of 23 or 37, and how they vote.
fn seats(all: u32) -> impl Strategy<Value = (u32, u32)> {
    (0..=all).prop_flat_map(move |room| (Just(room), 0..=all - room))
}

proptest! {
    /// Section 8 (b): who connects instead of coming changes no quorum but that of an election.
    #[test]
    fn connecting_changes_no_quorum_but_that_of_an_election((room, remote) in seats(23)) {
        let met = room + remote >= 12;
        holds("bw", "quorum", &format!("{{ occupied = 23, in_room = {room}, remote = {remote} }}"),
            &format!("{{ present = {}, needed = 12, met = {met} }}", room + remote))?;
        if room >= 12 {
            holds("bw", "electorate", &format!("{{ occupied = 23, in_room = {room}, remote = {remote} }}"),
                &format!("{{ voters = {room}, without_vote = {remote} }}"))?;
        }
    }

    /// Section 8 (c), Hessen (c): abstentions and invalid votes turn nothing round.
    #[test]
    fn only_yes_and_no_decide(yes in 0u32..12, no in 0u32..12, abstain in 0u32..7, invalid in 0u32..7) {
        let outcome = if yes > no { "adopted" } else { "rejected" };
        holds("bw", "tally", &format!("{{ occupied = 37, entitled = 37, yes = {yes}, no = {no}, abstain = {abstain} }}"),
            &format!("{{ outcome = \"{outcome}\" }}"))?;
        holds("he", "tally", &format!("{{ occupied = 37, statutory = 37, entitled = 37, yes = {yes}, no = {no}, \
            abstain = {abstain}, invalid = {invalid} }}"), &format!("{{ outcome = \"{outcome}\" }}"))?;
    }

    /// Hessen (b): what was found stands until somebody moves otherwise.
    #[test]
    fn a_quorum_once_found_stands_until_somebody_moves(room in 1u32..37, yes in 0u32..30) {
        let yes = yes.min(room);
        let outcome = if yes * 2 > room { "adopted" } else { "rejected" };
        holds("he", "tally", &format!("{{ occupied = 37, statutory = 37, entitled = {room}, yes = {yes}, no = {}, \
            abstain = 0, state = \"found\" }}", room - yes), &format!("{{ outcome = \"{outcome}\" }}"))?;
    }

    /// Hessen (d): no secret vote, whoever is connected.
    #[test]
    fn no_secret_vote_in_hessen(remote in 0u32..37) {
        holds("he", "secret_vote", &format!("{{ remote = {remote} }}"), "{ allowed = false }")?;
    }

    /// Hessen (e): who is connected is no elector.
    #[test]
    fn electors_are_in_the_hall((room, remote) in seats(37)) {
        if room >= 19 {
            holds("he", "electorate", &format!("{{ occupied = 37, statutory = 37, in_room = {room}, remote = {remote} }}"),
                &format!("{{ voters = {room}, without_vote = {remote} }}"))?;
        }
    }

    /// Hessen (f): an empty seat lowers no threshold.
    #[test]
    fn a_vacant_seat_lowers_no_threshold(vacant in 0u32..18) {
        let occupied = 37 - vacant;
        holds("he", "quorum", &format!("{{ occupied = {occupied}, statutory = 37, in_room = 19 }}"),
            "{ base = 37, needed = 19, met = true }")?;
        holds("he", "special", &format!("{{ key = \"main_bylaw\", occupied = {occupied}, statutory = 37, entitled = 19, yes = 18 }}"),
            "{ base = 37, needed = 19, outcome = \"rejected\" }")?;
    }
}
