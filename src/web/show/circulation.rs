//! A matter sent round, as whoever looks may know it.

use super::{Ids, when};
use crate::app::circulation::{Dossier, OpeningDraft};
use crate::domain::circulation::{Answer, Circulation, Command, Context, Member, Published, Stage, Sums, Way, decide};
use crate::domain::council::Seat;
use crate::domain::id::SeatId;
use crate::domain::law::{CirculationAnnounced, Rules};
use crate::domain::majority::Outcome;
use crate::domain::meeting::Actor;
use crate::domain::time::Date;
use crate::web::pages::act::{Act, Blocked, Field, Tone};
use crate::web::pages::circulation::{AskedMember, CirculationCard, CirculationDecision, CirculationPage, OwnAnswer};
use crate::web::pages::form::{Form, Input, Kind};
use crate::web::pages::frame::Frame;
use crate::web::pages::next::Choice;

/// Longest remark, in characters.
const REMARK_CHARS: usize = 2000;

/// Whoever looks at a circulation, and when.
pub struct Looking<'a> {
    pub dossier: &'a Dossier,
    pub actor: &'a Actor,
    pub today: Date,
    /// The body as it is occupied today.
    pub seated: &'a [Seat],
}

impl Looking<'_> {
    fn circulation(&self) -> &Circulation {
        &self.dossier.circulation
    }

    fn rules(&self) -> &Rules {
        &self.dossier.rules
    }

    fn own(&self) -> Option<&Member> {
        self.actor.seat.as_ref().and_then(|seat| self.circulation().members.get(seat))
    }

    fn chairs(&self) -> bool {
        self.actor.seat.as_ref() == Some(&self.circulation().opened.chair)
    }

    /// Chair or clerk.
    fn office(&self) -> bool {
        self.chairs() || self.actor.clerk
    }

    /// Recused: neither matter nor result is for this person (§ 18 (5) GemO BW).
    #[must_use]
    pub fn is_recused(&self) -> bool {
        self.own().is_some_and(|own| own.recused)
    }

    /// Why it cannot be done now.
    fn blocked(&self, command: &Command) -> Option<Blocked> {
        let context = Context { actor: self.actor, today: self.today, seated: self.seated };
        decide(self.circulation(), self.rules(), &context, command)
            .err()
            .map(|refusal| Blocked { reason: refusal.sentence, paragraph: refusal.norm.unwrap_or_default() })
    }

    fn to(&self) -> String {
        format!("/umlauf/{}/tun", self.circulation().id)
    }
}

/// `/umlauf/{id}`.
#[must_use]
pub fn circulation(looking: &Looking<'_>, frame: Frame, ids: Ids<'_>) -> CirculationPage {
    let (circulation, recused) = (looking.circulation(), looking.is_recused());
    let opened = &circulation.opened;
    let base = format!("/umlauf/{}", circulation.id);
    let files = [("niederschrift.pdf", "Niederschrift (PDF)"), ("beweis.jsonl", "Beweisbündel")];
    CirculationPage {
        frame,
        subject: if recused { "Umlaufverfahren".to_owned() } else { opened.subject.to_string() },
        state: if recused { recused_word(looking) } else { state(looking) },
        good: !recused && matches!(&circulation.stage, Stage::Found(found) if found.outcome == Outcome::Adopted),
        facts: facts(looking, recused),
        wording: if recused { String::new() } else { opened.wording.to_string() },
        own: own(looking, ids),
        sums: if recused { Vec::new() } else { sums(circulation.sums()) },
        members: if looking.office() && !recused { members(looking, ids) } else { Vec::new() },
        office: if looking.office() { office(looking, ids) } else { Vec::new() },
        files: if recused {
            Vec::new()
        } else {
            files.map(|(name, label)| (format!("{base}/{name}"), label.to_owned())).into()
        },
        head: format!("Eintrag {} · {}", looking.dossier.head.number, looking.dossier.head.digest.short()),
    }
}

fn recused_word(looking: &Looking<'_>) -> (String, String) {
    let norm = looking.rules().recusal_leaves.norm().to_owned();
    ("Sie sind als befangen vermerkt und nehmen an diesem Verfahren nicht teil.".to_owned(), norm)
}

fn state(looking: &Looking<'_>) -> (String, String) {
    let (circulation, rules) = (looking.circulation(), looking.rules());
    let norm = rules.circulation_adopt_if.norm().to_owned();
    let last_day = circulation.opened.last_day;
    let sentence = match &circulation.stage {
        Stage::Open if looking.today <= last_day => {
            format!("Bis {} kann jedes Mitglied widersprechen. Wer nicht antwortet, stimmt zu.", when::long(last_day))
        }
        Stage::Open => "Die Zeit für einen Widerspruch ist um; der Vorsitz stellt das Ergebnis fest.".to_owned(),
        Stage::Objected => {
            "Es wurde widersprochen: Ohne Sitzung wird nicht beschlossen. Die Sache gehört in eine Sitzung.".to_owned()
        }
        Stage::Found(found) if found.outcome == Outcome::Adopted => {
            format!("Angenommen: Kein Mitglied hat widersprochen, festgestellt am {}.", when::long(found.on))
        }
        Stage::Found(found) => format!(
            "Nicht beschlossen: Es wurde widersprochen, festgestellt am {}. Die Sache gehört in eine Sitzung.",
            when::long(found.on)
        ),
        Stage::Ended(reason) => format!("Ohne Beschluss beendet: {reason}"),
    };
    (sentence, norm)
}

fn facts(looking: &Looking<'_>, recused: bool) -> Vec<(String, String)> {
    let circulation = looking.circulation();
    let opened = &circulation.opened;
    let mut facts = vec![
        ("Gremium".to_owned(), opened.body_name.to_string()),
        ("Versandt".to_owned(), when::long(opened.sent_on)),
        ("Widerspruch bis".to_owned(), when::long(opened.last_day)),
    ];
    if recused {
        return facts;
    }
    let norm = looking.rules().circulation_allowed_for.norm();
    facts.push(("Einfacher Art, weil".to_owned(), format!("{} ({norm})", opened.simple_because)));
    let told = match &circulation.published {
        Published::NotYet => return facts,
        Published::Announced(told) => format!("{}, {}", when::long(told.on), told.sitting),
        Published::Withheld => "entfällt: öffentliches Wohl oder berechtigte Interessen Einzelner".to_owned(),
    };
    facts.push(("Bekannt gegeben".to_owned(), told));
    facts
}

fn sums(sums: Sums) -> Vec<(String, u32)> {
    let Sums { agreed, objected, silent, recused, .. } = sums;
    [("stimmen zu", agreed), ("ohne Antwort", silent), ("widersprechen", objected), ("befangen", recused)]
        .map(|(label, number)| (label.to_owned(), number))
        .into()
}

fn own(looking: &Looking<'_>, ids: Ids<'_>) -> Option<OwnAnswer> {
    let own = looking.own()?;
    if own.recused {
        return None;
    }
    let said = own.answer.map(|answer| match answer {
        Answer::Agrees => "Sie stimmen zu.".to_owned(),
        Answer::Objects => "Sie haben widersprochen.".to_owned(),
    });
    if !looking.circulation().is_open() {
        let idle = if said.is_some() { "" } else { "Sie haben nicht geantwortet." };
        return Some(OwnAnswer { said, forms: Vec::new(), idle: idle.to_owned() });
    }
    let reason =
        Input::new("begruendung", "Grund (freiwillig)", Kind::Line(REMARK_CHARS)).hint("Ein Grund ist nicht nötig.");
    let mut forms = Vec::new();
    if own.answer.is_none() {
        forms.push(Form {
            note: "Bis zur Feststellung können Sie noch widersprechen.".to_owned(),
            ..form(looking, ids, ("zustimmen", "Ich stimme zu"), Tone::Main, Vec::new())
        });
    }
    let objects = Command::Answer { answer: Answer::Objects, reason: None };
    forms.push(Form {
        note: "Damit ist der Umlauf zu Ende, und die Sache kommt in eine Sitzung. Zurücknehmen lässt sich das nicht."
            .into(),
        blocked: looking.blocked(&objects),
        ..form(looking, ids, ("widersprechen", "Ich widerspreche"), Tone::Grave, vec![reason])
    });
    forms.push(Form {
        note: format!(
            "Sie nehmen dann nicht teil ({}). Einen Grund schreibt niemand auf.",
            looking.rules().recusal_leaves.norm()
        ),
        ..form(looking, ids, ("befangen", "Ich bin befangen"), Tone::Quiet, Vec::new())
    });
    Some(OwnAnswer { said, forms, idle: String::new() })
}

fn form(
    looking: &Looking<'_>,
    ids: Ids<'_>,
    (verb, button): (&'static str, &str),
    tone: Tone,
    inputs: Vec<Input>,
) -> Form {
    Form {
        id: format!("umlauf-{verb}"),
        to: looking.to(),
        verb,
        command: ids(),
        fields: Vec::new(),
        inputs,
        button: button.to_owned(),
        tone,
        note: String::new(),
        blocked: None,
    }
}

fn members(looking: &Looking<'_>, ids: Ids<'_>) -> Vec<AskedMember> {
    let may_change = looking.circulation().is_open();
    let row = |member: &Member, ids: Ids<'_>| {
        let asked = match (member.way, member.answer) {
            (Some(Way::Mail), _) => "mit Mail gefragt",
            (Some(Way::Otherwise), _) => "auf anderem Weg gefragt",
            (Some(Way::Failed) | None, Some(_)) => "hat die Seite gelesen",
            (Some(Way::Failed), None) => "nicht erreicht",
            (None, None) => "Mail ist unterwegs",
        };
        let answer = match (member.recused, member.answer) {
            (true, _) => "befangen",
            (false, Some(Answer::Agrees)) => "stimmt zu",
            (false, Some(Answer::Objects)) => "widerspricht",
            (false, None) => "",
        };
        let mut asked_member = AskedMember {
            name: member.seat.name.to_string(),
            asked: asked.to_owned(),
            open: !member.is_reached() && !member.recused,
            answer: answer.to_owned(),
            acts: Vec::new(),
            form: None,
        };
        if may_change {
            asked_member.acts.push(recusal(looking, member, ids));
            asked_member.form = (asked_member.open).then(|| attest(looking, &member.seat.id, ids));
        }
        asked_member
    };
    looking.circulation().members.values().map(|member| row(member, ids)).collect()
}

fn recusal(looking: &Looking<'_>, member: &Member, ids: Ids<'_>) -> Act {
    let seat = member.seat.id.as_str();
    let (verb, label) = if member.recused {
        ("befangen_aufheben", "Doch nicht befangen")
    } else {
        ("befangen", "Als befangen vermerken")
    };
    Act::new(format!("umlauf-{verb}-{seat}"), looking.to(), verb, ids(), label)
        .with("sitz", seat)
        .about(member.seat.name.to_string())
        .tone(Tone::Quiet)
}

fn attest(looking: &Looking<'_>, seat: &SeatId, ids: Ids<'_>) -> Form {
    let how = Input::new("text", "Wie wurde das Mitglied gefragt?", Kind::Line(REMARK_CHARS))
        .hint("Zum Beispiel: Vorlage mit Brief am 2. Dezember zugestellt.")
        .required();
    Form {
        id: format!("umlauf-gefragt-{seat}"),
        fields: vec![Field { name: "sitz", value: seat.to_string() }],
        ..form(looking, ids, ("gefragt", "Auf anderem Weg gefragt"), Tone::Plain, vec![how])
    }
}

fn office(looking: &Looking<'_>, ids: Ids<'_>) -> Vec<(String, Form)> {
    let circulation = looking.circulation();
    let mut office = Vec::new();
    match &circulation.stage {
        Stage::Open | Stage::Objected => {
            if looking.chairs() {
                let find = form(looking, ids, ("feststellen", "Ergebnis feststellen"), Tone::Main, Vec::new());
                let blocked = looking.blocked(&Command::Find);
                office.push(("Ergebnis".to_owned(), Form { blocked, ..find }));
            }
            let reason = Input::new("begruendung", "Warum?", Kind::Text(REMARK_CHARS)).required();
            let end = form(looking, ids, ("beenden", "Umlauf beenden"), Tone::Grave, vec![reason]);
            let note = "Ohne Beschluss: zurückgezogen, oder die Sache kommt in eine Sitzung.".to_owned();
            office.push(("Ohne Ergebnis beenden".to_owned(), Form { note, ..end }));
        }
        Stage::Found(found)
            if found.outcome == Outcome::Adopted
                && circulation.published == Published::NotYet
                && looking.rules().circulation_announce.get() != CirculationAnnounced::Unnamed =>
        {
            let norm = looking.rules().circulation_announce.norm();
            let inputs = vec![
                Input::new("tag", "Tag der Sitzung", Kind::Day).value(looking.today.to_string()).required(),
                Input::new("sitzung", "Sitzung", Kind::Line(120))
                    .hint("Zum Beispiel: 8. Sitzung des Gemeinderats")
                    .required(),
            ];
            let tell = form(looking, ids, ("bekanntgeben", "Bekanntgabe vermerken"), Tone::Main, inputs);
            let note = format!(
                "Im Wortlaut, in öffentlicher Sitzung ({norm} entsprechend). Von da an steht der Beschluss auf der öffentlichen Seite."
            );
            office.push(("Bekanntgabe".to_owned(), Form { note, ..tell }));
            if looking.chairs() {
                let hold = form(looking, ids, ("nicht_bekanntgeben", "Nicht bekannt geben"), Tone::Grave, Vec::new());
                let note =
                    "Nur wenn das öffentliche Wohl oder berechtigte Interessen Einzelner entgegenstehen.".to_owned();
                office.push(("Keine Bekanntgabe".to_owned(), Form { note, ..hold }));
            }
        }
        Stage::Found(_) | Stage::Ended(_) => {}
    }
    office
}

/// One line of the list.
#[must_use]
pub fn circulation_card(looking: &Looking<'_>) -> CirculationCard {
    let circulation = looking.circulation();
    let opened = &circulation.opened;
    let recused = looking.is_recused();
    let asked = looking.own().is_some_and(|own| own.answer.is_none() && !own.recused);
    let due = looking.chairs() && looking.blocked(&Command::Find).is_none();
    let (word, calls) = match &circulation.stage {
        _ if recused => ("Sie sind befangen", false),
        Stage::Open | Stage::Objected if due => ("Ergebnis feststellen", true),
        Stage::Open if asked => ("Ihre Antwort fehlt noch", true),
        Stage::Open => ("Im Umlauf", false),
        Stage::Objected => ("Es wurde widersprochen", false),
        Stage::Found(found) if found.outcome == Outcome::Adopted => ("Angenommen", false),
        Stage::Found(_) => ("Nicht beschlossen", false),
        Stage::Ended(_) => ("Beendet", false),
    };
    CirculationCard {
        href: format!("/umlauf/{}", circulation.id),
        subject: if recused { "Umlaufverfahren".to_owned() } else { opened.subject.to_string() },
        body: opened.body_name.to_string(),
        word: word.to_owned(),
        when: format!("Widerspruch bis {}", when::long(opened.last_day)),
        calls,
    }
}

/// What the public reads of it: nothing before it was announced.
#[must_use]
pub fn circulation_decision(circulation: &Circulation) -> Option<CirculationDecision> {
    let (Stage::Found(found), Published::Announced(told)) = (&circulation.stage, &circulation.published) else {
        return None;
    };
    Some(CirculationDecision {
        subject: circulation.opened.subject.to_string(),
        body: circulation.opened.body_name.to_string(),
        wording: told.wording.to_string(),
        when: format!(
            "Festgestellt am {}, bekannt gegeben am {} ({}).",
            when::long(found.on),
            when::long(told.on),
            told.sitting
        ),
    })
}

/// The form a matter is sent round with; `bodies` are identifiers and names.
#[must_use]
pub fn circulation_form(draft: &OpeningDraft, bodies: Vec<(String, String)>, rules: &Rules, command: String) -> Form {
    let choices = bodies.into_iter().map(|(value, label)| Choice { value, label }).collect();
    let days = rules.circulation_days.get();
    let tick =
        format!("Es ist ein Gegenstand einfacher Art ({}). Dafür stehe ich ein.", rules.circulation_allowed_for.norm());
    let inputs = vec![
        Input::new("gremium", "Gremium", Kind::List(choices)).value(&draft.body).required(),
        Input::new("titel", "Gegenstand", Kind::Line(500)).value(&draft.subject).required(),
        Input::new("wortlaut", "Beschlussvorschlag im Wortlaut", Kind::Text(8000)).value(&draft.wording).required(),
        Input::new("begruendung", "Warum einfacher Art?", Kind::Text(REMARK_CHARS))
            .hint("Satzungen, Haushalt und alles, worüber zu beraten ist, gehören in eine Sitzung.")
            .value(&draft.simple_because)
            .required(),
        Input::new("tag", "Letzter Tag für einen Widerspruch", Kind::Day)
            .hint(format!("Mindestens {days} ganze Tage nach heute."))
            .value(&draft.last_day)
            .required(),
        Input::new("einfach", tick, Kind::Tick).value(if draft.simple { "ja" } else { "" }),
    ];
    Form {
        id: "umlauf-neu".to_owned(),
        to: "/umlauf/neu".to_owned(),
        verb: "umlauf",
        command,
        fields: Vec::new(),
        inputs,
        button: "In Umlauf geben".to_owned(),
        tone: Tone::Main,
        note: "Alle Mitglieder bekommen eine Mail; ohne Antwort gilt der Vorschlag als angenommen.".to_owned(),
        blocked: None,
    }
}
