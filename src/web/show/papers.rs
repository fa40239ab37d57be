//! Which papers the viewer may read now.

use super::scene::Scene;
use super::{Ids, when};
use crate::app::filing::may_read;
use crate::domain::meeting::before::Paper;
use crate::domain::meeting::{ItemState, Phase};
use crate::web::pages::next::Choice;
use crate::web::pages::papers::{PaperGroup, PaperLink, PaperList, Upload};

/// Part `papers`, the called item first, then in the order of the agenda.
pub fn papers(scene: Scene<'_>) -> PaperList {
    let Some(viewer) = scene.viewer else { return PaperList { groups: Vec::new() } };
    let called = scene.called().map(|item| &item.id);
    let mut groups: Vec<PaperGroup> = scene
        .meeting
        .items
        .iter()
        .filter_map(|item| {
            let newest = scene.meeting.before.papers_of(&item.id);
            let readable = newest.into_iter().filter(|paper| may_read(scene.meeting, &viewer.actor, paper));
            let papers: Vec<PaperLink> = readable.map(|paper| link(scene, paper)).collect();
            (!papers.is_empty()).then(|| PaperGroup {
                number: format!("TOP {}", item.number),
                title: scene.title(item),
                current: Some(&item.id) == called,
                papers,
            })
        })
        .collect();
    groups.sort_by_key(|group| !group.current);
    PaperList { groups }
}

fn link(scene: Scene<'_>, paper: &Paper) -> PaperLink {
    let href = |paper: &Paper| format!("/sitzung/{}/unterlage/{}", scene.meeting.id, paper.digest);
    let all = scene.meeting.before.papers.iter();
    let earlier = all.filter(|other| other.id == paper.id && other.version < paper.version).rev();
    let pages = if paper.pages == 1 { "1 Seite".to_owned() } else { format!("{} Seiten", paper.pages) };
    let version = if paper.version > 1 { format!(", Fassung {}", paper.version) } else { String::new() };
    PaperLink {
        href: href(paper),
        name: paper.name.as_ref().map_or_else(|| "Unterlage".to_owned(), ToString::to_string),
        detail: format!("PDF, {pages}, {}{version}", size(paper.bytes)),
        late: if paper.late { format!("Nachgereicht am {}", when::short(paper.at)) } else { String::new() },
        earlier: earlier
            .map(|other| (href(other), format!("Frühere Fassung {} vom {}", other.version, when::short(other.at))))
            .collect(),
    }
}

/// „81 kB“, „3 MB“.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

/// The form to file a paper with, while there may be one.
pub fn upload(scene: Scene<'_>, ids: Ids<'_>, bytes_max: u64) -> Option<Upload> {
    let open = |state: &ItemState| !matches!(state, ItemState::Settled { .. });
    let items: Vec<Choice> = scene
        .meeting
        .items
        .iter()
        .filter(|item| open(&item.state))
        .map(|item| Choice { value: item.id.to_string(), label: format!("TOP {}: {}", item.number, scene.title(item)) })
        .collect();
    if items.is_empty() || matches!(scene.meeting.phase, Phase::Closed(_)) {
        return None;
    }
    let known = scene.meeting.items.iter().flat_map(|item| {
        scene.meeting.before.papers_of(&item.id).into_iter().map(|paper| Choice {
            value: paper.id.to_string(),
            label: format!("TOP {}: {}", item.number, paper.name.as_ref().map_or("Unterlage", |name| name.as_str())),
        })
    });
    Some(Upload {
        to: format!("/sitzung/{}/unterlage", scene.meeting.id),
        command: ids(),
        items,
        papers: known.collect(),
        bytes_max,
        hint: format!("PDF, höchstens {}.", size(bytes_max)),
    })
}
