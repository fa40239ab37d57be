//! Looking at a page as it stands: pictures on every screen, nothing wider than it, nothing too small to hit, nothing for
//! axe-core to find.

use super::{AXE, Page};
use serde_json::{Value, json};
use std::path::Path;

const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCREENS: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];

/// On which screens axe-core looks: it is slow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Axe {
    Everywhere,
    /// A large light one and a small dark one.
    Twice,
}

/// Looks at one page in this state, pictures into `folder`; what is wrong, in words.
pub async fn look(page: &Page, name: &str, folder: &Path, axe: Axe) -> Vec<String> {
    std::fs::create_dir_all(folder).expect("target can be written");
    let mut wrong = Vec::new();
    for dark in [false, true] {
        for (width, height) in SCREENS {
            let height = if std::env::var_os("PAGES_TALL").is_some() { 2600 } else { height };
            screen(page, (width, height), dark).await;
            let scheme = if dark { "dark" } else { "light" };
            let picture = folder.join(format!("{name}-{width}-{scheme}.png"));
            page.web.screenshot(&picture).await.expect("a picture is taken");
            // What is folded away is looked at as well, where the page does not change by itself meanwhile.
            if axe == Axe::Everywhere {
                unfold(page, true).await;
            }
            let mut found = drawn_wrong(page).await;
            if axe == Axe::Everywhere || [(1440, false), (390, true)].contains(&(width, dark)) {
                found.extend(accessible(page).await);
            }
            if axe == Axe::Everywhere {
                unfold(page, false).await;
            }
            wrong.extend(found.into_iter().map(|fault| format!("{name} {width} {scheme}: {fault}")));
        }
    }
    screen(page, SCREENS[0], false).await;
    wrong
}

/// Opens everything that is folded away, or closes what this opened.
async fn unfold(page: &Page, open: bool) {
    let change = "for (const one of document.querySelectorAll(arguments[0] ? 'details:not([open])' : 'details[data-looked]')) { \
        one.open = arguments[0]; one.toggleAttribute('data-looked', arguments[0]); }";
    page.web.execute(change, vec![json!(open)]).await.expect("they fold");
}

/// What one sees without axe-core.
async fn drawn_wrong(page: &Page) -> Vec<String> {
    const STATE: &str = "{ over: document.scrollingElement.scrollWidth - innerWidth, \
        font: document.fonts.check('600 16px \"Fira Sans\"'), \
        small: [...document.querySelectorAll('button, a.kern-btn, summary, select, input:not([type=hidden])')] \
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5).map((one) => one.id || one.textContent) }";
    let state = page.value(STATE).await;
    let mut wrong = Vec::new();
    if state["over"].as_i64() > Some(0) {
        wrong.push(format!("{} px wider than the screen", state["over"]));
    }
    if state["font"] != json!(true) {
        wrong.push("drawn without its font".to_owned());
    }
    if state["small"] != json!([]) {
        wrong.push(format!("targets below 44 px: {}", state["small"]));
    }
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
