//! The invented town, its meeting of tonight, and keys for everybody.

use crate::app::planning::{MeetingDraft, plan_from};
use crate::app::ports::accounts::AccountKeys;
use crate::app::ports::chance::fresh_id;
use crate::app::town::{Function, Role, Town};
use crate::config::parse_town;
use crate::domain::id::MeetingId;
use crate::domain::time::Date;
use crate::play::{Credentials, Format, Person};
use crate::wire::{House, Trouble, town_hall_clock};

const TOWN: &str = include_str!("musterstadt.toml");
const MEETING: &str = include_str!("sitzung.toml");

/// The invented municipality.
///
/// # Errors
/// Never with the file that is built in.
pub fn town() -> Result<Town, Trouble> {
    Ok(parse_town("musterstadt.toml", TOWN)?)
}

/// Plans tonight's meeting.
///
/// # Errors
/// If it is refused.
pub async fn plan(house: &House) -> Result<MeetingId, Trouble> {
    let now = house.clock.now();
    let today: Date = town_hall_clock(now).date;
    // The members had their letters a fortnight ago.
    let summoned = today.plus_days(-14).unwrap_or(today);
    let dated = MEETING
        .replace("{summoned}", &summoned.to_string())
        .replace("{day}", &today.to_string())
        .replace("\"{now}\"", &now.0.to_string());
    let draft: MeetingDraft = toml::from_str(&dated)?;
    let planned = plan_from(&draft, &house.state.people.accounts.town())?;
    house.state.sittings.plan(&draft.id, &planned).await?;
    Ok(draft.id)
}

/// Gives everybody a password and a second factor, as an enrolment would.
///
/// # Errors
/// If an account cannot be written.
pub async fn enrol_everybody(house: &House, url: &str, format: Format) -> Result<Credentials, Trouble> {
    let town = house.state.people.accounts.town();
    let body = town.bodies().first().ok_or("kein Gremium")?;
    // One hash for all: these accounts live as long as the demonstration.
    let password = fresh_id(&*house.state.sittings.outside().entropy, "demo");
    let password_hash = house.secrets.hash_password(password.clone()).await?;
    let now = house.clock.now();
    let long_ago = now.0 / 30_000 - 100;
    let (mut chair, mut clerk, mut hall, mut councillors) = (None, None, None, Vec::new());
    for person in town.people() {
        let totp_secret = house.secrets.totp_secret()?;
        let keys = AccountKeys { password_hash: password_hash.clone(), totp_secret: totp_secret.clone() };
        let link = house.secrets.digest(&house.secrets.token()?);
        house.accounts.put_link(&person.id, &link, now, now.plus_millis(60_000)).await?;
        house.accounts.take_link(&link, now).await?;
        house.accounts.enrol(&person.id, &link, keys, long_ago, now).await?;
        let simulated =
            Person { name: person.name.clone(), email: person.email.clone(), password: password.clone(), totp_secret };
        match body.seat_on(&person.id, town_hall_clock(now).date).map(|seat| seat.function) {
            Some(Function::Mayor | Function::Chair) => chair = Some(simulated),
            Some(Function::Councillor) => councillors.push(simulated),
            None if body.has_role(&person.id, Role::Clerk) => clerk = Some(simulated),
            None if body.has_role(&person.id, Role::Hall) => hall = Some(simulated),
            Some(Function::Official | Function::Resident | Function::DistrictHead) | None => {}
        }
    }
    Ok(Credentials {
        url: url.to_owned(),
        chair: chair.ok_or("kein Vorsitz")?,
        clerk: clerk.ok_or("keine Schriftführung")?,
        hall: hall.ok_or("kein Saalgerät")?,
        format,
        councillors,
    })
}
