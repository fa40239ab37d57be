//! Drafts of the clerk's texts and the chair's notes.

use super::Place;
use super::ledger_kit::{MINUTE, NOW, meeting};
use ratssaal::adapters::store::SqlDrafts;
use ratssaal::app::ports::drafts::{Draft, Drafts as _, Slot};

pub async fn a_draft_is_kept_for_its_writer(place: Place) {
    let [one, two] = [SqlDrafts(place.db().await), SqlDrafts(place.db().await)];
    let (clerk, deputy) = ("nusszweig".parse().unwrap(), "birnbaum".parse().unwrap());
    let draft = |item: &str, text: &str, replaces, minute: i64| Draft {
        slot: Slot::Text,
        item: item.parse().unwrap(),
        text: text.into(),
        replaces,
        saved_at: NOW.plus_millis(minute * MINUTE),
    };
    let m = meeting("m");
    one.keep(&m, &clerk, draft("top-1", "Die Verw", 0, 0)).await.unwrap();
    one.keep(&m, &clerk, draft("top-1", "Die Verwaltung trägt vor.\n„Öhä“ \0\u{1f600}", 7, 1)).await.unwrap();
    one.keep(&m, &clerk, draft("top-2", "", 0, 2)).await.unwrap();
    one.keep(&m, &deputy, draft("top-1", "Anders", 3, 3)).await.unwrap();
    let kept = two.of(&m, &clerk, Slot::Text).await.unwrap();
    let said = draft("top-1", "Die Verwaltung trägt vor.\n„Öhä“ \u{1f600}", 7, 1);
    assert_eq!(kept, [said, draft("top-2", "", 0, 2)]);
    assert!(two.of(&meeting("other"), &clerk, Slot::Text).await.unwrap().is_empty());
    // A note is another slot of the same item: neither hides or ends the other.
    let note = Draft { slot: Slot::Note, ..draft("top-1", "Erst Frau Apfelkern danken.", 0, 9) };
    one.keep(&m, &clerk, note.clone()).await.unwrap();
    assert_eq!(two.of(&m, &clerk, Slot::Note).await.unwrap(), [note]);
    assert_eq!(two.of(&m, &clerk, Slot::Text).await.unwrap(), kept);
    two.forget(&m, &clerk, Slot::Note, &"top-1".parse().unwrap()).await.unwrap();
    assert!(one.of(&m, &clerk, Slot::Note).await.unwrap().is_empty());
    two.forget(&m, &clerk, Slot::Text, &"top-2".parse().unwrap()).await.unwrap();
    two.forget(&m, &clerk, Slot::Text, &"top-9".parse().unwrap()).await.unwrap();
    assert_eq!(one.of(&m, &clerk, Slot::Text).await.unwrap().len(), 1);
    two.sweep(NOW.plus_millis(2 * MINUTE)).await.unwrap();
    assert!(one.of(&m, &clerk, Slot::Text).await.unwrap().is_empty(), "what nobody touched goes away");
    assert_eq!(one.of(&m, &deputy, Slot::Text).await.unwrap(), [draft("top-1", "Anders", 3, 3)]);
}
