//! Events about one item of the agenda, in the words of the ledger.

use serde::Deserialize;

/// An item added in the sitting, in the words of its own event.
#[derive(Deserialize)]
pub struct ItemAdded {
    pub item: String,
    pub number: String,
    #[serde(default)]
    pub admitted_by: Option<String>,
}

/// An event about one item, of which nothing else matters here.
#[derive(Deserialize)]
pub struct OfItem {
    pub item: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextWritten {
    pub item: String,
    #[serde(default, rename = "text")]
    _text: Option<String>,
}
