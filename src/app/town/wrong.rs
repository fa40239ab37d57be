//! What is wrong with a town.

use super::TEXT_CHARS_MAX;
use super::speaking::MINUTES_MAX;
use crate::domain::id::{BodyId, NotAnId, PersonId, SeatId};

/// Why a town file is not a town.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TownError {
    #[error("{what}: {why}")]
    Id { what: String, why: NotAnId },
    #[error("{0} ist leer")]
    Empty(String),
    #[error("{what} ist zu lang: höchstens {TEXT_CHARS_MAX} Zeichen sind erlaubt")]
    TooLong { what: String },
    #[error("{0} enthält ein Steuerzeichen")]
    ControlCharacter(String),
    #[error("„{0}“ ist keine E-Mail-Adresse")]
    NotAnEmail(String),
    #[error("zu viele {what}: höchstens {max}")]
    TooMany { what: &'static str, max: usize },
    #[error("die Person „{0}“ steht zweimal in der Datei")]
    PersonTwice(PersonId),
    #[error("die E-Mail-Adresse „{0}“ gehört zwei Personen")]
    EmailTwice(String),
    #[error("das Gremium „{0}“ steht zweimal in der Datei")]
    BodyTwice(BodyId),
    #[error("das OParl-Gremium „{0}“ ist zwei Gremien zugeordnet")]
    OparlTwice(String),
    #[error("der Sitz „{0}“ steht zweimal in der Datei")]
    SeatTwice(SeatId),
    #[error("„{person}“ hat im Gremium „{body}“ zwei Sitze: eine Person, ein Sitz")]
    TwoSeats { person: PersonId, body: BodyId },
    #[error("{what} nennt die Person „{person}“, die es in der Datei nicht gibt")]
    UnknownPerson { what: String, person: String },
    #[error("das Gremium „{0}“ hat zwei Vorsitzende: nur ein Sitz darf function = \"mayor\" oder \"chair\" haben")]
    TwoChairs(BodyId),
    #[error(
        "das Gremium „{0}“ hat keinen Vorsitz: ein Sitz muss function = \"mayor\" oder, wo ihn die Mitglieder wählen, \"chair\" haben"
    )]
    NoChair(BodyId),
    #[error(
        "im Gremium „{0}“ wird die Rolle chair vergeben; der Vorsitz folgt aus dem Sitz mit function = \"mayor\" \
         oder \"chair\" und wird nicht vergeben"
    )]
    ChairAsRole(BodyId),
    #[error("das Gremium „{body}“: den Vorsitz hat in diesem Land ein Sitz mit function = \"{function}\" ({norm})")]
    WrongChair { body: BodyId, function: &'static str, norm: String },
    #[error("das Gremium „{body}“ hat {occupied} Ratssitze besetzt, das Gesetz kennt nur {statutory}")]
    MoreThanStatutory { body: BodyId, occupied: usize, statutory: u16 },
    #[error("der Sitz „{0}“ heißt wie das Gerät im Saal; geben Sie ihm eine andere Kennung")]
    SeatNamedHall(SeatId),
    #[error(
        "„{person}“ ist im Gremium „{body}“ Saalgerät und hat dort einen Sitz: das Gerät braucht ein eigenes Konto"
    )]
    HallWithSeat { person: PersonId, body: BodyId },
    #[error(
        "das Gremium „{0}“ hat chat = \"members\", aber kein chat_reference: nennen Sie die Stelle der Geschäftsordnung, \
         die den Chat erlaubt"
    )]
    ChatWithoutReference(String),
    #[error("das Gremium „{0}“ hat chat_reference, aber keinen Chat: schreiben Sie chat = \"members\" dazu")]
    ChatOffWithReference(String),
    #[error(
        "das Gremium „{0}“ hat speaking_minutes, aber kein speaking_reference: nennen Sie die Stelle der \
         Geschäftsordnung, die die Redezeit begrenzt"
    )]
    SpeakingWithoutReference(String),
    #[error("das Gremium „{0}“ hat speaking_reference, aber keine Redezeit: schreiben Sie speaking_minutes dazu")]
    SpeakingWithoutMinutes(String),
    #[error("das Gremium „{body}“ hat speaking_minutes = {minutes}: erlaubt sind 1 bis {}", MINUTES_MAX)]
    SpeakingMinutes { body: String, minutes: u16 },
    #[error("das Ortsrecht „{reference}“ nennt das Gremium „{body}“, das es nicht gibt")]
    LocalOfNoBody { reference: String, body: String },
    #[error("die Regelung „{0}“ tritt vor ihrem Beschluss in Kraft")]
    InForceBeforeDecided(String),
    #[error(
        "„{0}“: Nur die Zustimmung eines Ortschaftsrats nennt ein Gremium, und zwar einen Ortschaftsrat der Gemeinde (body)"
    )]
    NoDistrict(String),
    #[error("{what} endet vor dem ersten Tag")]
    EndsBeforeItBegins { what: String },
    #[error("das Gremium „{body}“ nennt „{person}“ zweimal als Stellvertretung")]
    DeputyTwice { person: PersonId, body: BodyId },
    #[error("die Kennung „{0}“ ist vergeben gewesen und wird nicht noch einmal vergeben")]
    Retired(String),
}
