//! Reads one source file: the items that it defines, and the paths that it mentions outside of its tests.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Meta, UseTree};

use super::cfg::is_test_only;

/// A module: a file, or a `mod name { .. }` inside of one.
#[derive(Debug)]
pub(crate) struct Module {
    /// From the root of the crate, which is itself empty.
    pub(crate) path: Vec<String>,
    pub(crate) file: String,
    /// The names of its items.
    pub(crate) items: BTreeSet<String>,
    /// Words inside of macro calls that may define items.
    pub(crate) macro_words: BTreeSet<String>,
    /// Names that its own code uses.
    pub(crate) used_names: BTreeSet<String>,
    pub(crate) mentions: Vec<Mention>,
    /// Modules in separate files.
    pub(crate) child_files: Vec<ChildFile>,
}

/// A path as it is written: an import, or a path of two or more segments in code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) line: usize,
    pub(crate) path: Vec<String>,
    /// For a `use`.
    pub(crate) import: Option<Import>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// The name that the `use` introduces; `*` for a glob.
    pub(crate) alias: String,
    pub(crate) is_public: bool,
}

/// A `mod name;`.
#[derive(Debug)]
pub(crate) struct ChildFile {
    pub(crate) name: String,
    /// From a `#[path = ".."]`.
    pub(crate) path: Option<String>,
}

/// Parses a file into its module and the inline modules in it.
pub(crate) fn read(path: &[String], file: &str, text: &str) -> Result<Vec<Module>, String> {
    let parsed = syn::parse_file(text).map_err(|e| format!("{file}:{}: {e}", e.span().start().line))?;
    if is_test_only(&parsed.attrs) {
        return Ok(Vec::new());
    }
    let mut reader = Reader { module: Module::new(path.to_vec(), file), finished: Vec::new() };
    reader.visit_file(&parsed);
    reader.finished.push(reader.module);
    Ok(reader.finished)
}

impl Module {
    fn new(path: Vec<String>, file: &str) -> Module {
        Module {
            path,
            file: file.to_owned(),
            items: BTreeSet::new(),
            macro_words: BTreeSet::new(),
            used_names: BTreeSet::new(),
            mentions: Vec::new(),
            child_files: Vec::new(),
        }
    }
}

struct Reader {
    /// The module that is being read.
    module: Module,
    /// Inline modules that were read.
    finished: Vec<Module>,
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_test_only(attributes(item)) {
            return;
        }
        if let Some(name) = name(item) {
            self.module.items.insert(name.to_string());
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let Some((_, items)) = &item.content else {
            let child = ChildFile { name: item.ident.to_string(), path: path_attribute(&item.attrs) };
            self.module.child_files.push(child);
            return;
        };
        let mut path = self.module.path.clone();
        path.push(item.ident.to_string());
        let inline = Module::new(path, &self.module.file);
        let outer = std::mem::replace(&mut self.module, inline);
        items.iter().for_each(|item| self.visit_item(item));
        self.finished.push(std::mem::replace(&mut self.module, outer));
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_public = !matches!(item.vis, syn::Visibility::Inherited);
        self.use_tree(&item.tree, &mut Vec::new(), is_public);
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if item.ident.is_none() {
            words(&item.mac.tokens, &mut self.module.macro_words);
        }
        visit::visit_item_macro(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.path(path);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(&call.tokens.clone().into_iter().collect::<Vec<_>>());
    }

    /// Of attributes only serde's name paths, as in `#[serde(with = "crate::lenient")]`.
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let (true, Meta::List(list)) = (attribute.path().is_ident("serde"), &attribute.meta) {
            for token in list.tokens.clone() {
                if let TokenTree::Literal(literal) = token
                    && let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                    && let Ok(path) = text.parse::<syn::Path>()
                {
                    self.path_at(&path, literal.span().start().line);
                }
            }
        }
    }

    /// `pub(in path)` is no import.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        let attributes = match item {
            syn::ImplItem::Const(item) => &item.attrs,
            syn::ImplItem::Fn(item) => &item.attrs,
            syn::ImplItem::Type(item) => &item.attrs,
            syn::ImplItem::Macro(item) => &item.attrs,
            _ => return,
        };
        if !is_test_only(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if !is_test_only(&local.attrs) {
            visit::visit_local(self, local);
        }
    }

    fn visit_stmt_macro(&mut self, statement: &'ast syn::StmtMacro) {
        if !is_test_only(&statement.attrs) {
            visit::visit_stmt_macro(self, statement);
        }
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        if !is_test_only(&field.attrs) {
            visit::visit_field(self, field);
        }
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        if !is_test_only(&variant.attrs) {
            visit::visit_variant(self, variant);
        }
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if !is_test_only(&arm.attrs) {
            visit::visit_arm(self, arm);
        }
    }
}

impl Reader {
    fn use_tree(&mut self, tree: &UseTree, prefix: &mut Vec<String>, is_public: bool) {
        match tree {
            UseTree::Path(tree) => {
                prefix.push(tree.ident.to_string());
                self.use_tree(&tree.tree, prefix, is_public);
                prefix.pop();
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.use_tree(tree, prefix, is_public));
            }
            UseTree::Name(tree) => self.import(&tree.ident, &tree.ident.to_string(), prefix, is_public),
            UseTree::Rename(tree) => self.import(&tree.ident, &tree.rename.to_string(), prefix, is_public),
            UseTree::Glob(tree) => {
                let line = tree.star_token.spans[0].start().line;
                let path = prefix.iter().cloned().chain(["*".to_owned()]).collect();
                self.mention(line, path, Some(Import { alias: "*".to_owned(), is_public }));
            }
        }
    }

    fn import(&mut self, name: &Ident, alias: &str, prefix: &[String], is_public: bool) {
        let mut path = prefix.to_vec();
        let mut alias = alias.to_owned();
        if name == "self" {
            // `use a::b::{self}` introduces `b`.
            if let ("self", Some(last)) = (alias.as_str(), prefix.last()) {
                alias.clone_from(last);
            }
        } else {
            path.push(name.to_string());
        }
        self.mention(name.span().start().line, path, Some(Import { alias, is_public }));
    }

    fn path(&mut self, path: &syn::Path) {
        let line = path.segments.first().map_or(0, |first| first.ident.span().start().line);
        self.path_at(path, line);
    }

    fn path_at(&mut self, path: &syn::Path, line: usize) {
        let segments = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.in_code(line, segments);
    }

    /// A path in code: a name alone needs no look-up, because an import or an item introduces it.
    fn in_code(&mut self, line: usize, path: Vec<String>) {
        self.module.used_names.extend(path.first().cloned());
        if path.len() > 1 {
            self.mention(line, path, None);
        }
    }

    fn mention(&mut self, line: usize, path: Vec<String>, import: Option<Import>) {
        self.module.mentions.push(Mention { line, path, import });
    }

    /// Finds the paths in the tokens of a macro, whose grammar is not known.
    fn tokens(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(ident) if *ident == "pub" && is_group(tokens.get(at + 1)) => at += 2,
                TokenTree::Ident(_) => at = self.token_path(tokens, at, &[]),
                TokenTree::Group(group) => {
                    self.tokens(&group.stream().into_iter().collect::<Vec<_>>());
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// Reads the path that begins with the identifier at this place; returns the place after it.
    fn token_path(&mut self, tokens: &[TokenTree], mut at: usize, prefix: &[String]) -> usize {
        let line = tokens[at].span().start().line;
        let mut path = prefix.to_vec();
        loop {
            match tokens.get(at) {
                Some(TokenTree::Ident(ident)) => path.push(ident.to_string()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.token_use_group(&group.stream().into_iter().collect::<Vec<_>>(), &path);
                    return at + 1;
                }
                _ => break,
            }
            at += 1;
            if !is_path_separator(&tokens[at..]) {
                break;
            }
            at += 2;
        }
        self.in_code(line, path);
        at
    }

    /// The `{a, b::c}` of a `use` in a macro.
    fn token_use_group(&mut self, tokens: &[TokenTree], prefix: &[String]) {
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Ident(_) => self.token_path(tokens, at, prefix),
                _ => at + 1,
            };
        }
    }
}

fn is_group(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
}

fn is_path_separator(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Punct(first), TokenTree::Punct(second), ..] = tokens else { return false };
    first.as_char() == ':' && first.spacing() == Spacing::Joint && second.as_char() == ':'
}

/// Collects every identifier in a stream of tokens.
fn words(tokens: &TokenStream, into: &mut BTreeSet<String>) {
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(ident) => drop(into.insert(ident.to_string())),
            TokenTree::Group(group) => words(&group.stream(), into),
            _ => {}
        }
    }
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return None };
        pair.path.is_ident("path").then(|| text.value())
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Macro(item) => item.ident.as_ref(),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::TraitAlias(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}
