//! The letters: subject, plain text and HTML say the same.

use crate::app::ports::mail::{CirculationKind, CirculationMail, EnrolmentMail, HeadMail, SummonsKind, SummonsMail};
use crate::domain::time::Instant;
use askama::Template;

/// A letter, ready to be enclosed.
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
}

#[derive(Template)]
#[template(path = "mail/enrolment/subject.txt")]
struct EnrolmentSubject<'a> {
    mail: &'a EnrolmentMail,
}

#[derive(Template)]
#[template(path = "mail/enrolment/body.txt")]
struct EnrolmentText<'a> {
    mail: &'a EnrolmentMail,
}

#[derive(Template)]
#[template(path = "mail/enrolment/body.html")]
struct EnrolmentHtml<'a> {
    mail: &'a EnrolmentMail,
}

/// The letter with an enrolment link.
pub fn enrolment(mail: &EnrolmentMail) -> Result<Letter, askama::Error> {
    render(&EnrolmentSubject { mail }, &EnrolmentText { mail }, &EnrolmentHtml { mail })
}

#[derive(Template)]
#[template(path = "mail/head/subject.txt")]
struct HeadSubject<'a> {
    mail: &'a HeadMail,
}

#[derive(Template)]
#[template(path = "mail/head/body.txt")]
struct HeadText<'a> {
    mail: &'a HeadMail,
}

#[derive(Template)]
#[template(path = "mail/head/body.html")]
struct HeadHtml<'a> {
    mail: &'a HeadMail,
}

/// The letter with the head of a closed meeting.
pub fn head(mail: &HeadMail) -> Result<Letter, askama::Error> {
    render(&HeadSubject { mail }, &HeadText { mail }, &HeadHtml { mail })
}

#[derive(Template)]
#[template(path = "mail/summons/subject.txt")]
struct SummonsSubject<'a> {
    mail: &'a SummonsMail,
    day: &'a str,
}

#[derive(Template)]
#[template(path = "mail/summons/body.txt")]
struct SummonsText<'a> {
    mail: &'a SummonsMail,
    when: &'a str,
}

#[derive(Template)]
#[template(path = "mail/summons/body.html")]
struct SummonsHtml<'a> {
    mail: &'a SummonsMail,
    when: &'a str,
}

/// The summons, its change or its cancelling.
pub fn summons(mail: &SummonsMail) -> Result<Letter, askama::Error> {
    let (day, when) = german(mail.starts_at);
    render(&SummonsSubject { mail, day: &day }, &SummonsText { mail, when: &when }, &SummonsHtml { mail, when: &when })
}

#[derive(Template)]
#[template(path = "mail/circulation/subject.txt")]
struct CirculationSubject<'a> {
    mail: &'a CirculationMail,
}

#[derive(Template)]
#[template(path = "mail/circulation/body.txt")]
struct CirculationText<'a> {
    mail: &'a CirculationMail,
}

#[derive(Template)]
#[template(path = "mail/circulation/body.html")]
struct CirculationHtml<'a> {
    mail: &'a CirculationMail,
}

/// A letter about a matter that is decided without a sitting.
pub fn circulation(mail: &CirculationMail) -> Result<Letter, askama::Error> {
    render(&CirculationSubject { mail }, &CirculationText { mail }, &CirculationHtml { mail })
}

/// „26.11.2026“ and „Donnerstag, 26.11.2026, 19:00 Uhr“, on the clock of a German town hall.
fn german(at: Instant) -> (String, String) {
    const DAYS: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
    let zone = jiff::tz::TimeZoneDatabase::bundled().get("Europe/Berlin").unwrap_or(jiff::tz::TimeZone::UTC);
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(zone);
    let weekday = usize::try_from(at.weekday().to_monday_zero_offset()).ok().and_then(|day| DAYS.get(day));
    let day = at.strftime("%d.%m.%Y").to_string();
    let when = format!("{}, {day}, {} Uhr", weekday.unwrap_or(&""), at.strftime("%H:%M"));
    (day, when)
}

fn render(subject: &impl Template, text: &impl Template, html: &impl Template) -> Result<Letter, askama::Error> {
    Ok(Letter { subject: subject.render()?.trim().to_owned(), text: text.render()?, html: html.render()? })
}
