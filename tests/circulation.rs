//! Umlaufverfahren (§ 37 Abs. 1 Satz 2 GemO): eine einfache Sache, allen Mitgliedern vorgelegt. Wer schweigt, stimmt zu, wenn
//! er gefragt wurde; ein Widerspruch, und die Sache gehört in eine Sitzung.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "a test says what is wrong by failing, and lives in real time"
)]

#[path = "circulation/bench.rs"]
mod bench;
#[path = "circulation/by_chance.rs"]
mod by_chance;
#[path = "circulation/courses.rs"]
mod courses;
#[path = "simulation/dice.rs"]
#[allow(dead_code, reason = "the simulation uses the rest")]
mod dice;
#[path = "circulation/evidence.rs"]
mod evidence;
#[path = "circulation/in_the_house.rs"]
mod in_the_house;
mod ledger_kit;
mod town_kit;
