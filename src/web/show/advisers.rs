//! Who may be connected without being a member, as the chair decides (open question O6).

use super::scene::Forms;
use crate::domain::council::Seat;
use crate::domain::meeting::Command;
use crate::web::pages::entry::Entry;
use crate::web::pages::next::Choice;

/// To let somebody be connected, and to take it back; nothing where the law or the sitting leaves nothing to decide.
pub fn entries(forms: &mut Forms<'_, '_>) -> Vec<Entry> {
    let scene = forms.scene;
    let mut entries = Vec::new();
    for (admitted, verb, label, button) in [
        (true, "zuschaltung_zulassen", "Darf zugeschaltet sein", "Zuschaltung zulassen"),
        (false, "zuschaltung_zuruecknehmen", "Darf nicht mehr zugeschaltet sein", "Zulassung zurücknehmen"),
    ] {
        let may = |seat: &&Seat| scene.may(&Command::AdmitAdviser { seat: seat.id.clone(), admitted }).is_ok();
        let options: Vec<Choice> = scene
            .seats()
            .filter(may)
            .map(|seat| Choice { value: seat.id.to_string(), label: seat.name.to_string() })
            .collect();
        if options.is_empty() {
            continue;
        }
        let note = if admitted {
            format!(
                "Für diese Sitzung, nur im öffentlichen Teil, ohne Stimme und nicht mitgezählt. Das Gesetz nennt nur Mitglieder; ob \
                 andere zugeschaltet sein dürfen, ist zweifelhaft ({}).",
                scene.rules.remote_advisory.norm()
            )
        } else {
            "Die Verbindung wird sofort getrennt. Im Saal kann die Person weiter teilnehmen.".to_owned()
        };
        let id = format!("more-{}", verb.replace('_', "-"));
        entries.push(Entry::new(id, scene.to(), verb, forms.id(), button).list("sitz", label, options).note(note));
    }
    entries
}
