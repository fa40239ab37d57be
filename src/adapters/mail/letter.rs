//! The letters: subject, plain text and HTML say the same.

use crate::app::ports::mail::{EnrolmentMail, HeadMail};
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

fn render(subject: &impl Template, text: &impl Template, html: &impl Template) -> Result<Letter, askama::Error> {
    Ok(Letter { subject: subject.render()?.trim().to_owned(), text: text.render()?, html: html.render()? })
}
