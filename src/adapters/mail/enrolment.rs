//! The letter with the enrolment link: subject, plain text and HTML say the same.

use crate::app::ports::mail::EnrolmentMail;
use askama::Template;

/// A letter, ready to be enclosed.
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
}

#[derive(Template)]
#[template(path = "mail/enrolment/subject.txt")]
struct Subject<'a> {
    mail: &'a EnrolmentMail,
}

#[derive(Template)]
#[template(path = "mail/enrolment/body.txt")]
struct Text<'a> {
    mail: &'a EnrolmentMail,
}

#[derive(Template)]
#[template(path = "mail/enrolment/body.html")]
struct Html<'a> {
    mail: &'a EnrolmentMail,
}

pub fn write(mail: &EnrolmentMail) -> Result<Letter, askama::Error> {
    Ok(Letter {
        subject: Subject { mail }.render()?.trim().to_owned(),
        text: Text { mail }.render()?,
        html: Html { mail }.render()?,
    })
}
