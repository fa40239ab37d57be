//! Mail: to the town's mail server by SMTP, or into a folder where the demonstration reads it.

use crate::app::ports::mail::{CirculationMail, EnrolmentMail, HeadMail, MailTrouble, Mailer, SummonsMail};
use crate::app::ports::{Answer, Fault};
use lettre::address::AddressError;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::time::Duration;

mod calendar;
mod letter;
use letter::Letter;

/// Longest time for one mail server answer.
const SMTP_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest time for a whole letter.
const LETTER_TIMEOUT: Duration = Duration::from_secs(20);

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// STARTTLS, and no letter without it.
    StartTls,
    /// None: only for a server on this very machine. The configuration holds that.
    None,
}

/// A mail server.
pub struct SmtpServer {
    pub host: String,
    pub port: u16,
    pub tls: SmtpTls,
    /// User and password, if it asks for them.
    pub credentials: Option<(String, String)>,
    /// An authority besides the public ones that may vouch for the server, as PEM: many towns have their own.
    pub authority: Option<Vec<u8>>,
}

enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// Sends the town's letters.
pub struct Letters {
    transport: Transport,
    from: Mailbox,
}

impl Letters {
    /// Letters that go to a mail server. Nothing is connected yet.
    ///
    /// # Errors
    /// If `from` is no address, the host no name that TLS can check, or the authority no certificate.
    pub fn smtp(server: SmtpServer, from: &str) -> Result<Self, Fault> {
        let tls = match server.tls {
            SmtpTls::StartTls => {
                let mut parameters = TlsParameters::builder(server.host.clone());
                if let Some(authority) = server.authority {
                    parameters =
                        parameters.add_root_certificate(Certificate::from_pem(&authority).map_err(Fault::new)?);
                }
                Tls::Required(parameters.build().map_err(Fault::new)?)
            }
            SmtpTls::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host)
            .port(server.port)
            .tls(tls)
            .timeout(Some(SMTP_TIMEOUT));
        if let Some((user, password)) = server.credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self { transport: Transport::Smtp(builder.build()), from: mailbox(from)? })
    }

    /// Letters that are written into a folder, one `.eml` file each: for demonstration and trial.
    ///
    /// # Errors
    /// If `from` is no address.
    pub fn folder(folder: &Path, from: &str) -> Result<Self, Fault> {
        Ok(Self { transport: Transport::Folder(folder.to_owned()), from: mailbox(from)? })
    }

    async fn send(&self, to_name: &str, to_address: &str, letter: Letter) -> Result<(), MailTrouble> {
        let content = MultiPart::alternative_plain_html(letter.text, letter.html);
        self.post(to_name, to_address, letter.subject, content).await
    }

    async fn post(
        &self,
        to_name: &str,
        to_address: &str,
        subject: String,
        content: MultiPart,
    ) -> Result<(), MailTrouble> {
        let not_now = |why| MailTrouble::NotNow(Fault::new(why));
        let address = to_address.parse().map_err(|why: AddressError| MailTrouble::Refused(Fault::new(why)))?;
        let id = uuid::Uuid::now_v7();
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(to_name.to_owned()), address))
            .subject(subject)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .header(AutoSubmitted)
            .multipart(content)
            .map_err(|why| not_now(why.to_string()))?;
        let masked = masked(to_address);
        let sent = tokio::time::timeout(LETTER_TIMEOUT, self.hand_over(message, id)).await;
        match sent.unwrap_or_else(|_| Err(not_now("die Zeit ist um".to_owned()))) {
            Ok(answer) => {
                tracing::info!(to = masked, id = %id, answer = answer.replace(to_address, &masked), "letter handed over");
                Ok(())
            }
            Err(trouble) => {
                // Mail servers like to repeat the address in their refusals.
                let (refused, fault) = match trouble {
                    MailTrouble::Refused(fault) => (true, fault),
                    MailTrouble::NotNow(fault) => (false, fault),
                };
                let why = fault.to_string().replace(to_address, &masked);
                tracing::warn!(to = masked, id = %id, why, "letter not handed over");
                Err(if refused { MailTrouble::Refused(Fault::new(why)) } else { not_now(why) })
            }
        }
    }

    async fn send_enrolment(&self, mail: EnrolmentMail) -> Result<(), Fault> {
        let letter = letter::enrolment(&mail).map_err(Fault::new)?;
        let sent = self.send(&mail.to_name, &mail.to_address, letter).await;
        sent.map_err(|trouble| match trouble {
            MailTrouble::Refused(fault) | MailTrouble::NotNow(fault) => fault,
        })
    }

    async fn send_head(&self, mail: HeadMail) -> Result<(), MailTrouble> {
        let letter = letter::head(&mail).map_err(|why| MailTrouble::NotNow(Fault::new(why)))?;
        self.send(&mail.to_name, &mail.to_address, letter).await
    }

    async fn send_circulation(&self, mail: CirculationMail) -> Result<(), MailTrouble> {
        let letter = letter::circulation(&mail).map_err(|why| MailTrouble::NotNow(Fault::new(why)))?;
        self.send(&mail.to_name, &mail.to_address, letter).await
    }

    async fn send_summons(&self, mail: SummonsMail) -> Result<(), MailTrouble> {
        let not_now = |why: String| MailTrouble::NotNow(Fault::new(why));
        let letter = letter::summons(&mail).map_err(|why| not_now(why.to_string()))?;
        let calendar = calendar::calendar(&mail, self.from.email.as_ref());
        let kind = |text: &str| ContentType::parse(text).map_err(|why| not_now(why.to_string()));
        let method = calendar::method(mail.kind);
        // Programs read the part; people, and what reads no part, find the file.
        let part = SinglePart::builder()
            .header(kind(&format!("text/calendar; charset=utf-8; method={method}"))?)
            .body(calendar.clone());
        let file = Attachment::new("sitzung.ics".to_owned())
            .body(calendar, kind(&format!("application/ics; charset=utf-8; method={method}"))?);
        let content = MultiPart::mixed()
            .multipart(MultiPart::alternative_plain_html(letter.text, letter.html).singlepart(part))
            .singlepart(file);
        self.post(&mail.to_name, &mail.to_address, letter.subject, content).await
    }

    /// What the mail server said, or where the file is.
    async fn hand_over(&self, message: Message, id: uuid::Uuid) -> Result<String, MailTrouble> {
        let not_now = |why: std::io::Error| MailTrouble::NotNow(Fault::new(why));
        match &self.transport {
            Transport::Smtp(smtp) => {
                let answer = smtp.send(message).await.map_err(smtp_trouble)?;
                Ok(answer.message().collect::<Vec<_>>().join(" "))
            }
            Transport::Folder(folder) => {
                tokio::fs::create_dir_all(folder).await.map_err(not_now)?;
                let (part, whole) = (folder.join(format!("{id}.part")), folder.join(format!("{id}.eml")));
                tokio::fs::write(&part, message.formatted()).await.map_err(not_now)?;
                // Whoever watches the folder sees whole letters only.
                tokio::fs::rename(&part, &whole).await.map_err(not_now)?;
                Ok("in the folder".to_owned())
            }
        }
    }
}

impl Mailer for Letters {
    fn enrolment(&self, mail: EnrolmentMail) -> Answer<'_, Result<(), Fault>> {
        Box::pin(self.send_enrolment(mail))
    }

    fn head(&self, mail: HeadMail) -> Answer<'_, Result<(), MailTrouble>> {
        Box::pin(self.send_head(mail))
    }

    fn summons(&self, mail: SummonsMail) -> Answer<'_, Result<(), MailTrouble>> {
        Box::pin(self.send_summons(mail))
    }

    fn circulation(&self, mail: CirculationMail) -> Answer<'_, Result<(), MailTrouble>> {
        Box::pin(self.send_circulation(mail))
    }
}

/// Only a refusal of the mailbox itself is final (RFC 5321, 4.2.3); a server that refuses us may change its mind.
fn smtp_trouble(error: SmtpError) -> MailTrouble {
    let code = error.status().map(u16::from);
    let fault = Fault::new(error);
    if matches!(code, Some(550 | 551 | 553)) { MailTrouble::Refused(fault) } else { MailTrouble::NotNow(fault) }
}

fn mailbox(text: &str) -> Result<Mailbox, Fault> {
    text.parse().map_err(Fault::new)
}

/// Enough of an address to recognise it in a log when one knows it.
fn masked(address: &str) -> String {
    let host = address.parse::<Address>().map(|address| address.domain().to_owned()).unwrap_or_default();
    let first = address.chars().next().unwrap_or('?');
    format!("{first}***@{host}")
}

/// RFC 3834, 5: written by a machine, wants no automatic answer.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests;
