//! A running house, and administrators who fill in its forms.

use super::town_kit::visitor::{Told, Visitor, cookie};
use super::town_kit::{Keys, Place, enrol};
use axum::Router;
use ratssaal::domain::time::Date;
use ratssaal::wire::town_hall_clock;
use tokio_util::sync::CancellationToken;

pub const PASSWORD: &str = "neun rote Rüben";
pub const COUNCIL: &str = "/verwaltung/gremium/gemeinderat";

pub struct House {
    pub place: Place,
    pub keys: Keys,
    pub today: Date,
    stop: CancellationToken,
    served: tokio::task::JoinHandle<()>,
}

impl House {
    pub async fn open() -> Self {
        Self::at(Place::new(), None).await
    }

    /// In this place, with these keys, or everybody enrolled anew.
    pub async fn at(place: Place, keys: Option<Keys>) -> Self {
        let house = place.house().await;
        let today = town_hall_clock(house.clock.now()).date;
        let keys = match keys {
            Some(keys) => keys,
            None => enrol(&house).await,
        };
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", place.port)).await.unwrap();
        let stop = CancellationToken::new();
        let stopped = stop.clone().cancelled_owned();
        let served = tokio::spawn(async move { house.open(listener, Router::new(), stopped).await.unwrap() });
        Self { place, keys, today, stop, served }
    }

    pub async fn visitor(&self, name: &str) -> Visitor {
        Visitor::sign_in(&self.place.url(), &self.keys[name]).await
    }

    pub async fn administrator(&self) -> Visitor {
        self.visitor("pfefferminz").await
    }

    pub fn day(&self, days: i64) -> String {
        self.today.plus_days(days).unwrap().to_string()
    }

    pub async fn shut(mut self) -> (Place, Keys) {
        self.stop.cancel();
        self.served.await.unwrap();
        // The next one in this place gets another port: this process still holds the last.
        let next = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        self.place.port = next.local_addr().unwrap().port();
        std::fs::write(self.place.config(), self.place.text()).unwrap();
        (self.place, self.keys)
    }

    /// Somebody who was signed in before the restart.
    pub fn again(&self, visitor: &Visitor) -> Visitor {
        Visitor { url: self.place.url(), ..visitor.clone() }
    }
}

/// The value of a field of a page.
pub fn value(page: &str, name: &str) -> String {
    let rest = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {page}")).1;
    rest.split('"').next().unwrap().to_owned()
}

/// Fills in the form of a task as it is open now.
pub async fn fill(who: &Visitor, task: &str, fields: &[(&str, &str)]) -> Told {
    let path = format!("/verwaltung/tun/{task}");
    let page = who.get(&path).await;
    assert_eq!(page.status, 200, "{}", page.text);
    send(who, task, &value(&page.text, "stand"), fields).await
}

/// Sends the form of a task as it was open at that version.
pub async fn send(who: &Visitor, task: &str, stand: &str, fields: &[(&str, &str)]) -> Told {
    let all: Vec<(&str, &str)> = [("stand", stand)].into_iter().chain(fields.iter().copied()).collect();
    who.send(who.post(&format!("/verwaltung/tun/{task}")).form(&all)).await.unwrap()
}

/// It was saved, and one is led back to where it is seen.
#[track_caller]
pub fn saved(told: &Told) -> String {
    assert_eq!(told.status, 303, "{}", told.text);
    let to = told.headers["location"].to_str().unwrap().to_owned();
    assert!(to.ends_with("?nach=gespeichert"), "{to}");
    to
}

/// Enrols by the link of the newest letter to this address, and signs in.
pub async fn enrol_by_letter(place: &Place, address: &str) -> Visitor {
    let letter = place.letters().into_iter().rev().find(|letter| letter.contains(address)).expect("a letter");
    let text = letter.replace("=\r\n", "").replace("=\n", "");
    let at = text.find("/einladung/").expect("a link");
    let token: String = text[at + "/einladung/".len()..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    let mut visitor = Visitor::stranger(&place.url());
    let told = visitor.send(visitor.post("/einladung").form(&[("token", token.as_str())])).await.unwrap();
    assert_eq!(told.status, 303, "{}", told.text);
    visitor.cookie = cookie(&told);
    let page = visitor.get("/einrichten").await.text;
    let (_, rest) = page.split_once("<code id=\"secret\">").expect("the secret");
    let secret = rest.split('<').next().unwrap().replace(' ', "");
    let code = code(&secret, 0);
    let form = [("password", PASSWORD), ("again", PASSWORD), ("code", code.as_str())];
    let told = visitor.send(visitor.post("/einrichten").form(&form)).await.unwrap();
    assert_eq!(told.status, 303, "{}", told.text);
    // The code of the enrolment is used up; the next one is good a little early.
    let mut visitor = Visitor::stranger(&place.url());
    let code = self::code(&secret, 30);
    let form = [("email", address), ("password", PASSWORD), ("code", code.as_str())];
    let told = visitor.send(visitor.post("/anmelden").form(&form)).await.unwrap();
    assert_eq!(told.status, 303, "{}", told.text);
    visitor.cookie = cookie(&told);
    visitor
}

pub fn code(secret: &str, seconds: u64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    totp_rs::Builder::new().with_secret(secret).build().unwrap().generate(now + seconds).to_string()
}
