//! Looking at a page as it stands: pictures on every screen, nothing wider than it, nothing for axe-core to find.

use super::browser::{AXE, Page};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCREENS: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];
/// axe-core looks at these; it is slow, and `tests/pages` lets it look at all of them.
const AXE_AT: [(u32, bool); 2] = [(1440, false), (390, true)];

/// Where the pictures are put.
pub fn shots() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("target").join("e2e/shots");
    std::fs::create_dir_all(&folder).expect("target can be written");
    folder
}

/// Looks at all these pages in this state; what is wrong, in words.
pub async fn look_at(state: &str, pages: &[(&str, &Page)]) -> Vec<String> {
    let looks = pages.iter().map(|(view, page)| look(page, format!("{state}-{view}")));
    futures_util::future::join_all(looks).await.concat()
}

async fn look(page: &Page, name: String) -> Vec<String> {
    let mut wrong = Vec::new();
    for dark in [false, true] {
        for (width, height) in SCREENS {
            let height = if std::env::var_os("E2E_TALL").is_some() { 2600 } else { height };
            screen(page, (width, height), dark).await;
            let scheme = if dark { "dark" } else { "light" };
            let picture = shots().join(format!("{name}-{width}-{scheme}.png"));
            page.web.screenshot(&picture).await.expect("a picture is taken");
            let here = |fault: String| format!("{name} {width} {scheme}: {fault}");
            let over = page.value("document.scrollingElement.scrollWidth - innerWidth").await;
            if over.as_i64() > Some(0) {
                wrong.push(here(format!("{over} px wider than the screen")));
            }
            if AXE_AT.contains(&(width, dark)) {
                wrong.extend(accessible(page).await.into_iter().map(here));
            }
        }
    }
    screen(page, SCREENS[0], false).await;
    wrong
}

/// Puts the page on a screen of this size and colour scheme, and waits until it is drawn.
pub async fn screen(page: &Page, (width, height): (u32, u32), dark: bool) {
    let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
    page.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    let scheme = json!([{"name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" }}]);
    page.devtools("Emulation.setEmulatedMedia", json!({"features": scheme})).await;
    page.until(&format!("innerWidth === {width} && matchMedia('(prefers-color-scheme: dark)').matches === {dark}"))
        .await;
    let drawn = "const done = arguments[0]; scrollTo(0, 0); document.fonts.ready.then(() => \
        requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
    page.web.execute_async(drawn, vec![]).await.expect("it is drawn");
}

async fn accessible(page: &Page) -> Vec<String> {
    if page.value("typeof axe").await == "undefined" {
        let axe = std::fs::read_to_string(AXE).expect("axe-core is installed");
        page.web.execute(axe, vec![]).await.expect("axe-core loads");
    }
    let run = "const done = arguments[1]; axe.run({ runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'] }).then(({ violations }) => \
        done(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`)))";
    let found = page.web.execute_async(run, vec![json!(TAGS)]).await.expect("axe-core runs");
    let found: Vec<Value> = found.convert().expect("a list");
    found.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}
