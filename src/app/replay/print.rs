//! The table as text: two lines an item, the official minutes above and ours below.

use super::compare::{Comparison, Pair, Row, Verdict};
use std::fmt::{self, Write as _};

/// Widths of the columns behind the side, in characters; the last one is as wide as it is.
const WIDTHS: [usize; 5] = [22, 30, 10, 20, 60];
const TITLES: [&str; 5] = ["Status", "Ja:Nein:Enthaltung", "anwesend", "befangen", "Wortlaut"];
const SIDE: usize = 9;
/// Characters of a wording that are shown.
const SHOWN: usize = 100;

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.heading)?;
        writeln!(f, "{}", self.law)?;
        writeln!(
            f,
            "Oben die amtliche Niederschrift, unten unsere Niederschrift derselben, nachgestellten Sitzung.\n"
        )?;
        line(f, "", &TITLES.map(str::to_owned))?;
        writeln!(f, "{}", "─".repeat(SIDE + WIDTHS.iter().sum::<usize>() + 3 * WIDTHS.len()))?;
        for row in &self.rows {
            write!(f, "{row}")?;
        }
        writeln!(
            f,
            "Unterbrechungen: amtlich {}, hier {}.{}",
            self.breaks.official,
            self.breaks.ours,
            mark(self.breaks.verdict)
        )?;
        let (seats, given) = self.seats;
        if given {
            writeln!(f, "Sitze: {seats}, wie angegeben.")?;
        } else {
            writeln!(f, "Sitze: mindestens {seats}, die größte Zahl, die zugleich abstimmte; angegeben ist keine.")?;
        }
        if self.attendance_given {
            writeln!(f, "Anwesenheit: wo die Texte sie nennen, danach; sonst die Stimmen und die Befangenen.")?;
        } else {
            writeln!(
                f,
                "Anwesenheit: Die Texte nennen keine; sie ist hier die Zahl der Stimmen und der Befangenen und beweist für \
                 sich nichts."
            )?;
        }
        writeln!(f, "Uhrzeiten, die kein Text nennt, sind die der Nachstellung.")?;
        let refused = self.slips.iter().filter(|slip| slip.refused.is_some()).count();
        writeln!(f, "Eine Hand zu viel: bei {refused} von {} Abstimmungen abgelehnt.", self.slips.len())?;
        for slip in self.slips.iter().filter(|slip| slip.refused.is_none()) {
            writeln!(f, "ABWEICHUNG: Bei TOP {} wurde eine Hand zu viel angenommen.", slip.number)?;
        }
        for trouble in &self.whole {
            writeln!(f, "ABWEICHUNG: {trouble}")?;
        }
        let count = |verdict| self.rows.iter().filter(|row| row.verdict() == verdict).count();
        writeln!(
            f,
            "{} Punkte: {} gleich, {} mit benanntem Grund verschieden, {} ohne Grund verschieden.",
            self.rows.len(),
            count(Verdict::Same),
            count(Verdict::Explained),
            count(Verdict::Different)
        )
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict() {
            Verdict::Same => "gleich",
            Verdict::Explained => "erklärt",
            Verdict::Different => "ABWEICHUNG",
        };
        writeln!(f, "TOP {}  {}  [{verdict}]", self.number, self.title.ours)?;
        let cells = [&self.status, &self.result, &self.present, &self.recused];
        let side = |of: fn(&Pair) -> &String, wording: String| {
            let [status, result, present, recused] = cells.map(|pair| of(pair).clone());
            [status, result, present, recused, wording]
        };
        line(f, "amtlich", &side(|pair| &pair.official, shown(&self.wording.official)))?;
        let same = self.wording.official == self.wording.ours && self.wording.ours != "–";
        let ours = if same { "wortgleich".to_owned() } else { shown(&self.wording.ours) };
        line(f, "hier", &side(|pair| &pair.ours, ours))?;
        for (name, pair) in [
            ("Titel", &self.title),
            ("Status", &self.status),
            ("Ergebnis", &self.result),
            ("Anwesenheit", &self.present),
            ("Befangenheit", &self.recused),
            ("Wortlaut", &self.wording),
        ] {
            if pair.verdict == Verdict::Different {
                writeln!(f, "  ABWEICHUNG {name}: amtlich „{}“, hier „{}“.", pair.official, pair.ours)?;
            }
        }
        for trouble in &self.troubles {
            writeln!(f, "  ABWEICHUNG: {trouble}")?;
        }
        for reason in &self.reasons {
            writeln!(f, "  · {reason}")?;
        }
        writeln!(f)
    }
}

const fn mark(verdict: Verdict) -> &'static str {
    if matches!(verdict, Verdict::Different) { " ABWEICHUNG" } else { "" }
}

/// The beginning of a wording, with its length.
fn shown(wording: &str) -> String {
    let chars = wording.chars().count();
    if chars <= SHOWN {
        return wording.to_owned();
    }
    let begin: String = wording.chars().take(SHOWN).collect();
    format!("{}… ({chars} Zeichen)", begin.trim_end())
}

/// One line of the table, or several where a cell is too long for its column.
fn line(f: &mut fmt::Formatter<'_>, side: &str, cells: &[String; 5]) -> fmt::Result {
    let mut wrapped: Vec<Vec<String>> = cells.iter().zip(WIDTHS).map(|(cell, width)| wrap(cell, width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut text = format!("{:SIDE$}", if at == 0 { side } else { "" });
        for (cell, width) in wrapped.iter_mut().zip(WIDTHS) {
            let part = cell.get(at).map_or("", String::as_str);
            let _ = write!(text, " │ {part:width$}");
        }
        writeln!(f, "{}", text.trim_end())?;
    }
    Ok(())
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(last) = lines.last_mut() else { break };
        let together = last.chars().count() + 1 + word.chars().count();
        if last.is_empty() {
            last.push_str(word);
        } else if together <= width {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
