//! Letters about a matter sent round: whoever is asked, and what became of the asking.

use super::{NO_MAIL, Outbox, REASON_CHARS_MAX, TRIES_MAX, Trouble};
use crate::app::circulation::{Dossier, NoCirculation};
use crate::app::ports::ledger::Leased;
use crate::app::ports::mail::{CirculationKind, CirculationMail, MailTrouble};
use crate::app::sitting::Denied;
use crate::domain::circulation::Command;
use crate::domain::id::SeatId;
use crate::domain::ledger::Digest;
use crate::domain::meeting::Actor;

impl Outbox {
    /// Writes to one member; of the asking it is recorded whether the letter was taken, because silence agrees only of
    /// whoever was asked.
    pub(super) async fn circulate(
        &self,
        notice: &Leased,
        seat: &SeatId,
        about: CirculationKind,
    ) -> Result<(), Trouble> {
        let not_now = |why: String| Trouble::NotNow(why);
        let circulations = self.circulations.as_ref().ok_or_else(|| not_now("Hier läuft kein Umlauf.".to_owned()))?;
        let dossier = circulations.get(&notice.meeting).await.map_err(|why| match why {
            NoCirculation::Unknown => Trouble::Never(why.to_string()),
            NoCirculation::Fault(why) => Trouble::NotNow(why),
        })?;
        let Some(member) = dossier.circulation.members.get(seat) else {
            return Err(Trouble::Never("Diesen Sitz gibt es nicht.".to_owned()));
        };
        let asks = about == CirculationKind::Asked;
        if asks && (member.way.is_some() || !dossier.circulation.is_open()) {
            return Ok(());
        }
        let sent = match self.written(&dossier, seat, about).await? {
            Err(why) => Err(why),
            Ok(letter) => {
                let mailer = self.mailer.as_ref().ok_or_else(|| Trouble::Never(NO_MAIL.to_owned()))?;
                match mailer.circulation(letter).await {
                    Ok(()) => Ok(()),
                    Err(MailTrouble::NotNow(why)) if notice.attempts.saturating_add(1) < TRIES_MAX => {
                        return Err(not_now(why.to_string()));
                    }
                    Err(MailTrouble::Refused(why) | MailTrouble::NotNow(why)) => Err(why.to_string()),
                }
            }
        };
        if asks {
            let reason = sent.as_ref().err().map(|why| why.chars().take(REASON_CHARS_MAX).collect::<String>());
            let reason = reason.and_then(|why| why.parse().ok());
            let report = Command::ReportDelivery { seat: seat.clone(), sent: sent.is_ok(), reason };
            // The same notice gives the same command: told twice, it stands in the record once.
            let id = Digest::of("ratssaal delivery v1", &[notice.id.as_bytes(), &notice.attempts.to_be_bytes()]);
            let id = format!("zustellung-{}", id.short()).parse().map_err(|_| not_now("Kennung".to_owned()))?;
            match circulations.act(&notice.meeting, &id, &Actor::system(), &[], &report).await {
                Ok(_) | Err(Denied::Refused(_)) => {}
                Err(why @ (Denied::Busy | Denied::Fault(_))) => return Err(not_now(why.to_string())),
            }
        }
        sent.map_err(Trouble::Never)
    }

    /// The letter, or why nobody can be written to.
    async fn written(
        &self,
        dossier: &Dossier,
        seat: &SeatId,
        kind: CirculationKind,
    ) -> Result<Result<CirculationMail, String>, Trouble> {
        if self.mailer.is_none() {
            return Ok(Err(NO_MAIL.to_owned()));
        }
        let circulation = &dossier.circulation;
        let Some(member) = circulation.members.get(seat) else { return Ok(Err("Diesen Sitz gibt es nicht.".into())) };
        let account = self.accounts.by_person(&member.seat.person).await;
        let account = account.map_err(|why| Trouble::NotNow(why.to_string()))?;
        let Some(account) = account.filter(|account| !account.email.is_empty()) else {
            return Ok(Err("Die Person hat keine Adresse.".to_owned()));
        };
        let opened = &circulation.opened;
        let chair = circulation.members.get(&opened.chair);
        Ok(Ok(CirculationMail {
            kind,
            to_name: account.name,
            to_address: account.email,
            municipality: opened.municipality.to_string(),
            body_name: opened.body_name.to_string(),
            last_day: opened.last_day.german(),
            norm: dossier.rules.circulation_adopt_if.norm().to_owned(),
            link: format!("{}/umlauf/{}", self.public_url, circulation.id),
            signed: chair.map_or_else(String::new, |chair| chair.seat.name.to_string()),
        }))
    }
}
