//! Reading a source file as tokens, so that paths in macros, attributes and types count like those in `use` lines.
//! Code under `#[cfg(test)]` is not read: the tables hold for what runs.

use std::collections::BTreeSet;
use syn::buffer::{Cursor, TokenBuffer};

/// What a file says: every path in it, resolved as far as names allow, and every word.
#[derive(Debug, Default)]
pub struct Facts {
    /// Paths into this package, from its root: `crate::domain::law` and `super::x` become `domain::law`, …
    pub internal: BTreeSet<Vec<String>>,
    /// All other paths of two or more segments, and whatever a `use` names.
    pub external: BTreeSet<Vec<String>>,
    /// Every identifier and keyword.
    pub words: BTreeSet<String>,
    /// A literal with a decimal point.
    pub float_literal: bool,
}

/// Reads the tokens of `text`, which is the module `module` of the package.
pub fn read(text: &str, module: &[String]) -> Result<Facts, String> {
    let tokens = text.parse().ok().map(TokenBuffer::new2).ok_or("cannot be split into tokens")?;
    let mut reader = Reader { module: module.to_vec(), facts: Facts::default() };
    reader.tokens(tokens.begin());
    Ok(reader.facts)
}

struct Reader {
    module: Vec<String>,
    facts: Facts,
}

impl Reader {
    fn tokens(&mut self, mut at: Cursor<'_>) {
        let mut after_use = false;
        while !at.eof() {
            if let Some(after) = test_only(at) {
                at = after_item(after);
            } else if let Some((name, body, after)) = inline_module(at) {
                self.module.push(name);
                self.tokens(body);
                self.module.pop();
                at = after;
            } else if let Some((word, _)) = at.ident() {
                let is_use = word == "use";
                at = self.path(at, &[], after_use);
                after_use = is_use;
            } else if let Some((inside, _, _, after)) = at.any_group() {
                if after_use {
                    self.tree(inside, &[]);
                } else {
                    self.tokens(inside);
                }
                at = after;
            } else {
                self.facts.float_literal |= at.literal().is_some_and(|(literal, _)| is_float(&literal.to_string()));
                let Some((_, after)) = at.token_tree() else { return };
                at = after;
            }
        }
    }

    /// One path that begins here, under `prefix`; returns the place after it.
    fn path<'a>(&mut self, mut at: Cursor<'a>, prefix: &[String], whole: bool) -> Cursor<'a> {
        let mut segments = prefix.to_vec();
        while let Some((word, after)) = at.ident() {
            self.facts.words.insert(word.to_string());
            segments.push(word.to_string());
            at = after;
            let Some(next) = double_colon(at) else { break };
            if let Some((inside, _, _, end)) = next.any_group() {
                self.tree(inside, &segments);
                return end;
            }
            at = next;
        }
        self.record(segments, whole);
        at
    }

    /// The branches of a `use` tree.
    fn tree(&mut self, mut at: Cursor<'_>, prefix: &[String]) {
        while !at.eof() {
            if at.ident().is_some() {
                at = self.path(at, prefix, true);
                if let Some((word, after)) = at.ident()
                    && word == "as"
                {
                    at = after.token_tree().map_or(after, |(_, end)| end);
                }
            } else {
                if at.punct().is_some_and(|(punct, _)| punct.as_char() == '*') {
                    self.record(prefix.to_vec(), true);
                }
                let Some((_, after)) = at.token_tree() else { return };
                at = after;
            }
        }
    }

    fn record(&mut self, mut segments: Vec<String>, whole: bool) {
        if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
            segments.pop();
        }
        let Some(first) = segments.first().cloned() else { return };
        match first.as_str() {
            "crate" | "ratssaal" if segments.len() > 1 => {
                self.facts.internal.insert(segments.split_off(1));
            }
            "super" | "self" if segments.len() > 1 => {
                let ups = segments.iter().take_while(|segment| *segment == "super").count();
                let below = segments.iter().skip_while(|segment| matches!(segment.as_str(), "super" | "self")).cloned();
                let base = &self.module[..self.module.len().saturating_sub(ups)];
                self.facts.internal.insert(base.iter().cloned().chain(below).collect());
            }
            _ if whole || segments.len() > 1 => {
                self.facts.external.insert(segments);
            }
            _ => {}
        }
    }
}

fn double_colon(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let (first, after) = at.punct()?;
    let (second, after) = after.punct()?;
    (first.as_char() == ':' && second.as_char() == ':').then_some(after)
}

/// The place after `#[cfg(test)]`, if one stands here.
fn test_only(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let (hash, after) = at.punct()?;
    let (inside, _, _, after) = after.any_group()?;
    let (cfg, inside) = inside.ident()?;
    let (condition, _, _, _) = inside.any_group()?;
    let (test, rest) = condition.ident()?;
    (hash.as_char() == '#' && cfg == "cfg" && test == "test" && rest.eof()).then_some(after)
}

/// The place after the item that begins here: after its braces or its semicolon.
fn after_item(mut at: Cursor<'_>) -> Cursor<'_> {
    loop {
        let attribute = at.punct().is_some_and(|(punct, _)| punct.as_char() == '#');
        let ends = at.punct().is_some_and(|(punct, _)| punct.as_char() == ';')
            || at.any_group().is_some_and(|(_, delimiter, _, _)| format!("{delimiter:?}") == "Brace");
        let Some((_, after)) = at.token_tree() else { return at };
        at = after;
        if attribute {
            at = at.token_tree().map_or(at, |(_, after)| after);
        } else if ends {
            return at;
        }
    }
}

fn inline_module(at: Cursor<'_>) -> Option<(String, Cursor<'_>, Cursor<'_>)> {
    let (keyword, after) = at.ident()?;
    let (name, after) = after.ident()?;
    let (body, _, _, end) = after.any_group()?;
    (keyword == "mod").then(|| (name.to_string(), body, end))
}

fn is_float(literal: &str) -> bool {
    literal.starts_with(|c: char| c.is_ascii_digit()) && literal.contains('.')
}
