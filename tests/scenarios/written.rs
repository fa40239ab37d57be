//! Every refusal as it is written in the sources: its name, its sentence with a gap for what is filled in, its paragraph.

use std::collections::BTreeMap;
use std::path::Path;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Block, Expr, ExprCall, ExprClosure, File, Item, Lit, Local, Pat, Stmt, Token};

/// What a sentence says where something is filled in.
const GAP: &str = "…";

/// One refusal in the sources.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// The file below `src`.
    pub file: String,
    /// `law`, `misuse` or `conflict`.
    pub kind: String,
    pub code: String,
    /// Keys of the rules whose paragraph it gives, where the source says so in the same place.
    pub keys: Vec<String>,
    /// What it says; several, where it depends. Empty, where it is not said in the same place.
    pub sentences: Vec<String>,
}

/// Every refusal in a folder below the package.
pub fn refusals(root: &Path, folder: &str, found: &mut Vec<Written>) {
    let (keys, numbers) = (rule_keys(root), numbers(root));
    for (path, text) in sources(root, &root.join("src").join(folder)) {
        let file: File = syn::parse_file(&text).unwrap_or_else(|why| panic!("{path}: {why}"));
        let mut reader =
            Reader { file: path, keys: &keys, numbers: &numbers, lets: Vec::new(), closures: 0, sites: 0, found };
        reader.visit_file(&file);
        let sites = ["law", "misuse", "conflict"].map(|kind| text.matches(&format!("Refusal::{kind}(")).count());
        let unread = sites.iter().sum::<usize>().saturating_sub(reader.sites);
        assert_eq!(unread, 0, "{}: refusals that are not read", reader.file);
    }
}

/// The sources below a folder without their tests, by their path below `src`.
fn sources(root: &Path, folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.file_stem().is_some_and(|stem| stem == "tests") || path.ends_with("domain/refusal.rs") {
            continue;
        }
        if path.is_dir() {
            all.extend(sources(root, &path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root.join("src")).unwrap().to_string_lossy().into_owned();
            all.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    all
}

/// `quorum_share` of the table of rules is `quorum.share` in the files of the law.
fn rule_keys(root: &Path) -> BTreeMap<String, String> {
    let table = std::fs::read_to_string(root.join("src/domain/law/rules.rs")).unwrap();
    let line = |line: &str| {
        let (field, rest) = line.trim().split_once(": ")?;
        let key = rest.split_once(" = \"")?.1.strip_suffix("\",")?;
        Some((field.to_owned(), key.to_owned()))
    };
    table.lines().filter_map(line).collect()
}

/// Constants that sentences name.
fn numbers(root: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (_, text) in sources(root, &root.join("src/domain")) {
        for item in syn::parse_file(&text).unwrap().items {
            if let Item::Const(constant) = item
                && let Expr::Lit(literal) = &*constant.expr
            {
                let value = match &literal.lit {
                    Lit::Int(number) => number.base10_digits().to_owned(),
                    Lit::Str(text) => text.value(),
                    _ => continue,
                };
                all.insert(constant.ident.to_string(), value);
            }
        }
    }
    all
}

struct Reader<'a> {
    file: String,
    keys: &'a BTreeMap<String, String>,
    numbers: &'a BTreeMap<String, String>,
    /// What stands for what, innermost last.
    lets: Vec<(String, Expr)>,
    /// How many closures are around.
    closures: u32,
    /// How many refusals were read.
    sites: usize,
    found: &'a mut Vec<Written>,
}

impl Reader<'_> {
    fn note(&mut self, kind: &str, code: &Expr, norm: Option<&Expr>, sentence: &Expr) {
        let mut codes = self.texts(code);
        // `|code, sentence| Err(Refusal::law(code, …))` is named where it is called; any other name that is not written
        // down would be read by nobody.
        if codes.is_empty() && self.closures == 0 {
            codes.push("?".into());
        }
        for code in codes {
            self.found.push(Written {
                file: self.file.clone(),
                kind: kind.to_owned(),
                code,
                keys: norm.map(|norm| self.fields(norm)).unwrap_or_default(),
                sentences: self.texts(sentence).into_iter().filter(|text| is_sentence(text)).collect(),
            });
        }
    }

    fn meaning(&self, name: &str) -> Option<(usize, &Expr)> {
        self.lets.iter().enumerate().rev().find(|(_, (known, _))| known == name).map(|(at, (_, what))| (at, what))
    }

    /// All texts an expression may come to.
    fn texts(&self, of: &Expr) -> Vec<String> {
        self.texts_before(of, self.lets.len())
    }

    /// A name means what stood before it, so that `let norm = norm.x()` ends.
    fn texts_before(&self, of: &Expr, end: usize) -> Vec<String> {
        let block = |block: &Block| match block.stmts.last() {
            Some(Stmt::Expr(last, None)) => self.texts_before(last, end),
            _ => Vec::new(),
        };
        match of {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => vec![text.value()],
                _ => Vec::new(),
            },
            Expr::Macro(call) if call.mac.path.is_ident("format") => {
                let parts = call.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).unwrap();
                self.texts_before(&parts[0], end).iter().map(|text| self.with_gaps(text)).collect()
            }
            Expr::Path(path) => match path.path.get_ident().and_then(|name| self.meaning(&name.to_string())) {
                Some((at, what)) if at < end => self.texts_before(what, at),
                _ => Vec::new(),
            },
            Expr::MethodCall(call) => self.texts_before(&call.receiver, end),
            Expr::Reference(inner) => self.texts_before(&inner.expr, end),
            Expr::Paren(inner) => self.texts_before(&inner.expr, end),
            Expr::Block(inner) => block(&inner.block),
            Expr::If(fork) => {
                let other = fork.else_branch.as_ref().map(|(_, other)| self.texts_before(other, end));
                block(&fork.then_branch).into_iter().chain(other.unwrap_or_default()).collect()
            }
            Expr::Match(fork) => fork.arms.iter().flat_map(|arm| self.texts_before(&arm.body, end)).collect(),
            _ => Vec::new(),
        }
    }

    fn with_gaps(&self, text: &str) -> String {
        let mut parts = text.split('{');
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or_default();
            whole.push_str(self.numbers.get(name).map_or(GAP, String::as_str));
            whole.push_str(rest);
        }
        whole
    }

    /// The rules an expression names.
    fn fields(&self, of: &Expr) -> Vec<String> {
        struct Fields<'a>(&'a BTreeMap<String, String>, Vec<String>, Vec<String>);
        impl<'ast> Visit<'ast> for Fields<'_> {
            fn visit_expr_field(&mut self, field: &'ast syn::ExprField) {
                if let syn::Member::Named(name) = &field.member
                    && let Some(key) = self.0.get(&name.to_string())
                {
                    self.1.push(key.clone());
                }
                syn::visit::visit_expr_field(self, field);
            }
            fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
                self.2.extend(path.path.get_ident().map(ToString::to_string));
            }
        }
        let mut fields = Fields(self.keys, Vec::new(), Vec::new());
        fields.visit_expr(of);
        if fields.1.is_empty() {
            let names = std::mem::take(&mut fields.2);
            for (_, what) in names.iter().filter_map(|name| self.meaning(name)) {
                fields.visit_expr(what);
            }
        }
        fields.1
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        let before = self.lets.len();
        syn::visit::visit_block(self, block);
        self.lets.truncate(before);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if call.path.is_ident("vec")
            && let Ok(parts) = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated)
        {
            for part in &parts {
                <Self as Visit<'_>>::visit_expr(self, part);
            }
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.closures += 1;
        syn::visit::visit_expr_closure(self, closure);
        self.closures -= 1;
    }

    fn visit_local(&mut self, local: &'ast Local) {
        syn::visit::visit_local(self, local);
        let pattern = match &local.pat {
            Pat::Type(typed) => &typed.pat,
            other => other,
        };
        let Some(init) = &local.init else { return };
        match (pattern, &*init.expr) {
            (Pat::Ident(name), what) => self.lets.push((name.ident.to_string(), what.clone())),
            (Pat::Tuple(names), Expr::Tuple(parts)) => {
                for (name, what) in names.elems.iter().zip(&parts.elems) {
                    if let Pat::Ident(name) = name {
                        self.lets.push((name.ident.to_string(), what.clone()));
                    }
                }
            }
            _ => {}
        }
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let arguments: Vec<&Expr> = call.args.iter().collect();
        if let Expr::Path(path) = &*call.func {
            let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["Refusal" | "Self", kind @ ("law" | "misuse" | "conflict")] => {
                    self.sites += 1;
                    let norm = (*kind == "law").then(|| arguments[1]);
                    self.note(kind, arguments[0], norm, arguments[arguments.len() - 1]);
                }
                // `let no = |code, sentence| Err(Refusal::law(code, rule.norm(), sentence));`
                [name] => {
                    if let Some((_, Expr::Closure(closure))) = self.meaning(name).map(|(at, what)| (at, what.clone()))
                        && let Some(made) = refuses(&closure)
                        && let Some(sentence) = arguments.last()
                    {
                        let norm = if arguments.len() > 2 { Some(arguments[1]) } else { made.norm.as_ref() };
                        let code = if arguments.len() > 1 { arguments[0] } else { &made.code };
                        self.note(&made.kind, code, norm, sentence);
                    }
                }
                _ => {}
            }
        }
        syn::visit::visit_expr_call(self, call);
    }
}

/// Words that are only filled in somewhere begin with a small letter.
fn is_sentence(text: &str) -> bool {
    !text.chars().next().is_none_or(char::is_lowercase)
}

/// The refusal a closure makes of its arguments.
struct Made {
    kind: String,
    code: Expr,
    norm: Option<Expr>,
}

/// `None` if what it says is not what it was handed.
fn refuses(closure: &ExprClosure) -> Option<Made> {
    struct Inside(Option<(String, Made)>);
    impl<'ast> Visit<'ast> for Inside {
        fn visit_expr_call(&mut self, call: &'ast ExprCall) {
            if let Expr::Path(path) = &*call.func
                && path.path.segments.len() == 2
                && path.path.segments[0].ident == "Refusal"
            {
                let kind = path.path.segments[1].ident.to_string();
                let norm = (kind == "law").then(|| call.args[1].clone());
                let sentence = call.args.last().map(base).and_then(|sentence| match sentence {
                    Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
                    _ => None,
                });
                self.0 = Some((sentence.unwrap_or_default(), Made { kind, code: call.args[0].clone(), norm }));
            }
            syn::visit::visit_expr_call(self, call);
        }
    }
    let mut inside = Inside(None);
    inside.visit_expr(&closure.body);
    let (said, made) = inside.0?;
    let handed = closure.inputs.iter().any(|input| match input {
        Pat::Ident(name) => name.ident == said,
        Pat::Type(typed) => matches!(&*typed.pat, Pat::Ident(name) if name.ident == said),
        _ => false,
    });
    handed.then_some(made)
}

/// `x` of `x.to_owned()`.
fn base(of: &Expr) -> &Expr {
    match of {
        Expr::MethodCall(call) => base(&call.receiver),
        other => other,
    }
}
