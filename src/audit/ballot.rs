//! One ballot, counted again: the last choice of each seat that was not struck, and the hall's hands.

use super::attendance::count;
use super::event::{About, Choice, Hands, Method, Quorum, ResultDeclared, Special};
use super::law::Law;
use std::collections::{BTreeMap, BTreeSet};

/// An open ballot.
pub struct Ballot {
    pub id: String,
    pub item: String,
    pub about: About,
    /// A member has complained since it began.
    pub complained: bool,
    /// The motion it is about.
    pub motion: Option<String>,
    pub majority: Option<String>,
    method: Method,
    choices: BTreeMap<String, Cast>,
    hands: Option<Hands>,
    /// Seats whose choice came after their last good second and must be struck.
    to_strike: BTreeSet<String>,
}

struct Cast {
    /// `None`: deleted.
    choice: Option<Choice>,
    at: i64,
}

/// A result that was found again.
pub struct Tally {
    /// What people read.
    pub line: String,
    /// Choices whose entry is deleted.
    pub taken_from_result: usize,
}

impl Ballot {
    pub fn open(id: String, item: String, method: Method, about: About, majority: Option<String>) -> Self {
        Self {
            id,
            item,
            about,
            complained: false,
            motion: None,
            majority,
            method,
            choices: BTreeMap::new(),
            hands: None,
            to_strike: BTreeSet::new(),
        }
    }

    /// A choice or its correction; who is in the hall raises a hand instead when hands are shown.
    pub fn cast(&mut self, seat: String, choice: Option<Choice>, at: i64, in_room: bool) -> Result<(), String> {
        if self.method == Method::Papers {
            return Err("Bei geheimer Abstimmung gibt es keine Stimme mit Namen.".into());
        }
        if in_room && self.method == Method::ShowOfHands {
            return Err(format!("Sitz {seat} war im Saal und stimmt durch Handzeichen."));
        }
        self.to_strike.remove(&seat);
        self.choices.insert(seat, Cast { choice, at });
        Ok(())
    }

    /// A seat was absent `since`: a choice given later does not stand.
    pub fn lost(&mut self, seat: &str, since: i64) {
        if self.choices.get(seat).is_some_and(|cast| cast.at > since) {
            self.to_strike.insert(seat.to_owned());
        }
    }

    pub fn strike(&mut self, seat: &str, since: i64) -> Result<(), String> {
        let late = self.choices.get(seat).is_some_and(|cast| cast.at > since);
        if !self.to_strike.remove(seat) || !late {
            return Err(format!("Die Stimme von Sitz {seat} wurde zu Unrecht gestrichen."));
        }
        self.choices.remove(seat);
        Ok(())
    }

    pub fn count_hands(&mut self, hands: Hands, hall: &BTreeSet<String>) -> Result<(), String> {
        if self.method == Method::RollCall {
            return Err("Bei namentlicher Abstimmung werden keine Hände gezählt.".into());
        }
        all_counted(hands, hall)?;
        self.hands = Some(hands);
        Ok(())
    }

    /// Somebody came into the hall or left it: the hands must be counted again, or who left could choose from afar too.
    pub fn hall_changed(&mut self) {
        if self.method == Method::ShowOfHands {
            self.hands = None;
        }
    }

    /// The voting act ends: hands and hall fit, nobody counts twice, nothing is left to be struck.
    pub fn close(&self, hall: &BTreeSet<String>, any_remote: bool) -> Result<(), String> {
        if self.method == Method::Papers && (any_remote || self.hands.is_none()) {
            return Err("Geheim wurde abgestimmt, während jemand zugeschaltet war, oder ohne Auszählung.".into());
        }
        if let Some(seat) = self.to_strike.first() {
            return Err(format!(
                "Die Stimme von Sitz {seat} hätte gestrichen werden müssen: abgegeben nach dem Ausfall."
            ));
        }
        if self.method != Method::RollCall {
            all_counted(self.hands.unwrap_or_default(), hall)?;
            if let Some(seat) = hall.iter().find(|seat| self.choices.contains_key(*seat)) {
                return Err(format!("Sitz {seat} ist doppelt gezählt: zugeschaltet und im Saal."));
            }
        }
        Ok(())
    }

    /// Compares a declared result with the count.
    pub fn recount(&self, declared: &ResultDeclared, quorum: &Quorum, law: &Law) -> Result<Tally, String> {
        if declared.ballot != self.id || declared.item != self.item {
            return Err("Das Ergebnis gehört zu einer anderen Abstimmung.".into());
        }
        let taken_from_result = self.compare_seats(declared)?;
        let hands = self.hands.unwrap_or_default();
        let by_name = |wanted| count(declared.by_seat.values().filter(|choice| **choice == wanted).count());
        let yes = by_name(Choice::Yes) + u64::from(hands.yes);
        let no = by_name(Choice::No) + u64::from(hands.no);
        let abstain = by_name(Choice::Abstain) + u64::from(hands.abstain);
        let missing = quorum.entitled.saturating_sub(yes + no + abstain);
        let figures = [
            ("Ja", declared.yes, yes),
            ("Nein", declared.no, no),
            ("Enthaltung", declared.abstain, abstain),
            ("ohne Stimme", declared.missing, missing),
        ];
        if let Some((what, said, is)) = figures.into_iter().find(|(_, said, is)| said != is) {
            return Err(format!("Ergebnis falsch festgestellt: {what}: festgehalten {said}, nachgezählt {is}."));
        }
        let against = if law.abstentions_count { no + abstain } else { no };
        let special = self.special(quorum, law)?;
        if declared.special != special.as_ref().map(|(need, _)| *need) {
            return Err("Ergebnis falsch festgestellt: Die nötige Mehrheit ist eine andere.".into());
        }
        let (outcome, german, norm) = match quorum.met {
            true if let Some((need, norm)) = &special => {
                if need.base > 0 && yes >= need.needed {
                    ("adopted", "angenommen", norm)
                } else {
                    ("rejected", "abgelehnt", norm)
                }
            }
            false => ("no_decision", "kein Beschluss", &quorum.norm),
            true if yes > against => ("adopted", "angenommen", &law.majority_norm),
            true => ("rejected", "abgelehnt", &law.majority_norm),
        };
        if declared.outcome != outcome {
            return Err(format!("Ergebnis falsch festgestellt: {yes} Ja, {no} Nein heißt „{german}“."));
        }
        if declared.norm != *norm {
            return Err(format!("Ergebnis falsch festgestellt: Vorschrift ist {norm}."));
        }
        let line = format!("{}: {yes} Ja, {no} Nein, {abstain} Enthaltung, {missing} ohne Stimme: {german}", self.id);
        Ok(Tally { line, taken_from_result })
    }

    /// What a special majority asks for, and its paragraph.
    fn special(&self, quorum: &Quorum, law: &Law) -> Result<Option<(Special, String)>, String> {
        let Some(key) = &self.majority else { return Ok(None) };
        let asked = law.special.get(key).ok_or("Diese besondere Mehrheit steht nicht im festgehaltenen Recht.")?;
        let base = if asked.of_present { quorum.entitled.min(quorum.present) } else { quorum.occupied };
        let share = base * asked.num;
        let needed = if asked.more_than { share / asked.den + 1 } else { share.div_ceil(asked.den) };
        Ok(Some((Special { base, needed }, asked.norm.clone())))
    }

    /// The declared choices are the ones given; where an entry is deleted, the declared one is taken and counted.
    fn compare_seats(&self, declared: &ResultDeclared) -> Result<usize, String> {
        if let Some(seat) = declared.by_seat.keys().find(|seat| !self.choices.contains_key(*seat)) {
            return Err(format!(
                "Im Ergebnis steht eine Stimme von Sitz {seat}, die nie abgegeben wurde oder nicht gilt."
            ));
        }
        let mut taken = 0;
        for (seat, cast) in &self.choices {
            match (cast.choice, declared.by_seat.get(seat)) {
                (_, None) => return Err(format!("Im Ergebnis fehlt die Stimme von Sitz {seat}.")),
                (Some(given), Some(said)) if given != *said => {
                    return Err(format!(
                        "Im Ergebnis steht die Stimme von Sitz {seat} anders, als sie abgegeben wurde."
                    ));
                }
                (Some(_), Some(_)) => {}
                (None, Some(_)) => taken += 1,
            }
        }
        Ok(taken)
    }
}

fn all_counted(hands: Hands, hall: &BTreeSet<String>) -> Result<(), String> {
    let (sum, in_hall) = (hands.sum(), count(hall.len()));
    if sum == in_hall { Ok(()) } else { Err(format!("Im Saal waren {in_hall} Stimmberechtigte, gezählt sind {sum}.")) }
}

#[cfg(test)]
mod tests {
    use super::{About, Ballot, Choice, Hands, Method};
    use std::collections::BTreeSet;

    #[test]
    fn who_chose_from_afar_and_then_raised_a_hand_in_the_hall_counts_twice_and_is_named() {
        let mut ballot = Ballot::open("a1".into(), "top-1".into(), Method::ShowOfHands, About::Main, None);
        ballot.cast("gr-01".into(), Some(Choice::Yes), 1, false).unwrap();
        let hall = BTreeSet::from(["gr-01".to_owned(), "gr-02".to_owned()]);
        ballot.count_hands(Hands { yes: 2, ..Hands::default() }, &hall).unwrap();
        assert!(ballot.close(&hall, false).unwrap_err().contains("gr-01 ist doppelt gezählt"));
        let hall = BTreeSet::from(["gr-02".to_owned()]);
        ballot.count_hands(Hands { yes: 1, ..Hands::default() }, &hall).unwrap();
        assert_eq!(ballot.close(&hall, false), Ok(()));
    }

    #[test]
    fn a_choice_is_struck_only_if_it_came_after_the_last_good_second() {
        let mut ballot = Ballot::open("a1".into(), "top-1".into(), Method::RollCall, About::Main, None);
        ballot.cast("gr-01".into(), Some(Choice::Yes), 5, false).unwrap();
        ballot.lost("gr-01", 5);
        assert!(ballot.strike("gr-01", 5).is_err());
        ballot.lost("gr-01", 4);
        assert!(ballot.close(&BTreeSet::new(), false).is_err());
        assert_eq!(ballot.strike("gr-01", 4), Ok(()));
        assert_eq!(ballot.close(&BTreeSet::new(), false), Ok(()));
    }
}
