//! Whose law it is, and what follows from that for the body.

use super::meeting_kit::planned;
use super::words::meaning;
use ratssaal::domain::council::Function;
use ratssaal::domain::law::{RulePack, packs};
use ratssaal::domain::meeting::Plan;

const LANDS: [(&str, &str); 2] = [("Baden-Württemberg", "bw"), ("Hessen", "he")];

/// `Land: Hessen`, `Gesetzliche Zahl: 15`
pub fn line(plan: &mut Plan, who: &str, what: &str) -> Result<(), String> {
    if who == "Gesetzliche Zahl" {
        plan.statutory = Some(what.parse().map_err(|_| "welche Zahl?")?);
        return Ok(());
    }
    plan.land = meaning(&LANDS, what).ok_or("dieses Land kennt niemand")?.into();
    led_by_law(plan)
}

/// So many sit in the body.
pub fn seat(plan: &mut Plan, seats: usize) -> Result<(), String> {
    let fresh = planned(seats);
    (plan.seats, plan.chair) = (fresh.seats, fresh.chair);
    led_by_law(plan)
}

/// Where the mayor is no member, whoever leads is one of those elected.
fn led_by_law(plan: &mut Plan) -> Result<(), String> {
    let pack = packs::bundled(&plan.land).ok_or("kein Regelwerk")?;
    let rules = RulePack::parse(pack).map_err(|why| why.to_string())?.on(plan.day).map_err(|why| why.to_string())?;
    for seat in &mut plan.seats {
        let mayor = seat.id == plan.chair && rules.members_include_mayor.get();
        seat.function = if mayor { Function::Mayor } else { Function::Councillor };
    }
    Ok(())
}
