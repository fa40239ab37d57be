//! The events that keep order in the sitting.

use super::finding;
use crate::audit::read::Entry;
use serde::Deserialize;

/// What is done against whoever disturbs.
pub enum Order {
    /// Called to order, or lost the floor.
    Measure(String),
    Expelled(Expelled),
    Excluded(Excluded),
    /// By an earlier sitting, after this one was convened.
    Barred(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfSeats {
    seats: Vec<String>,
}

#[derive(Deserialize)]
struct OfSeat {
    seat: String,
}

#[derive(Deserialize)]
pub struct Expelled {
    pub seat: String,
    pub ground: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    pub seat: String,
    pub sessions: u64,
    #[serde(default)]
    pub ballot: Option<String>,
}

/// The event of an entry, if it is one that keeps order.
///
/// # Errors
/// A German sentence if its fields are not the frozen ones.
pub fn order(entry: &Entry) -> Result<Option<Order>, String> {
    Ok(Some(match entry.envelope.name.as_str() {
        "order.called" | "floor.withdrawn" => Order::Measure(finding::<OfSeat>(entry)?.seat),
        "member.expelled" => Order::Expelled(finding(entry)?),
        "member.excluded" => Order::Excluded(finding(entry)?),
        "member.barred" => Order::Barred(finding::<OfSeats>(entry)?.seats),
        _ => return Ok(None),
    }))
}
