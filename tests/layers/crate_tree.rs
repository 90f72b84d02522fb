//! All modules of the crate, and where the names lead that they mention.

use std::collections::BTreeMap;

use super::source::{self, Import, Mention, Module};

/// How many imports of imports are followed.
const MAX_DEPTH: u8 = 16;

/// The modules that `src/lib.rs` declares, at any depth. Modules that exist only in tests are not among them.
pub(crate) struct CrateTree {
    modules: BTreeMap<Vec<String>, Module>,
}

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    Module(&'a [String]),
    /// An item of this module.
    Item(&'a [String]),
    /// Something of another crate, or a name that only the compiler knows.
    External(Vec<String>),
}

/// One file uses an item that is defined in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edge<'a> {
    pub(crate) from: &'a str,
    pub(crate) line: usize,
    pub(crate) to: &'a str,
    pub(crate) name: &'a str,
}

impl CrateTree {
    /// Reads the crate from its files, as pairs of name and text.
    pub(crate) fn new(files: &BTreeMap<String, String>) -> Result<CrateTree, String> {
        let mut tree = CrateTree { modules: BTreeMap::new() };
        tree.add(files, &[], "src/lib.rs")?;
        Ok(tree)
    }

    fn add(&mut self, files: &BTreeMap<String, String>, path: &[String], file: &str) -> Result<(), String> {
        let text = files.get(file).ok_or_else(|| format!("no file {file}"))?;
        let read = source::read(path, file, text)?;
        let mut children = Vec::new();
        for module in read {
            for child in &module.child_files {
                let mut path = module.path.clone();
                path.push(child.name.clone());
                children.push((child_file(files, file, &path, child.path.as_deref())?, path));
            }
            self.modules.insert(module.path.clone(), module);
        }
        children.into_iter().try_for_each(|(file, path)| self.add(files, &path, &file))
    }

    pub(crate) fn modules(&self) -> impl Iterator<Item = &Module> {
        self.modules.values()
    }

    pub(crate) fn contains(&self, module: &str) -> bool {
        self.modules.contains_key(&module.split("::").map(str::to_owned).collect::<Vec<_>>())
    }

    /// Every use of an item that another file defines.
    ///
    /// Not an edge: the import of a module (the paths through it are), and a `pub use` of a name that the code of the
    /// same module does not use (it hands the name on).
    pub(crate) fn edges(&self) -> Vec<Edge<'_>> {
        let mut edges = Vec::new();
        for module in self.modules() {
            for mention in &module.mentions {
                let Target::Item(target) = self.resolve(module, mention) else { continue };
                let to = &self.modules[target].file;
                let handed_on = mention
                    .import
                    .as_ref()
                    .is_some_and(|import| import.is_public && !module.used_names.contains(&import.alias));
                if *to != module.file && !handed_on {
                    let name = item_name(&mention.path);
                    edges.push(Edge { from: &module.file, line: mention.line, to, name });
                }
            }
        }
        edges
    }

    pub(crate) fn resolve<'a>(&'a self, module: &'a Module, mention: &Mention) -> Target<'a> {
        self.follow(module, &mention.path, MAX_DEPTH)
            .unwrap_or_else(|| Target::External(mention.path.clone()))
    }

    /// Follows a path, and the imports that introduce its names. `None` when the first name is not of this crate.
    fn follow<'a>(&'a self, from: &'a Module, path: &[String], depth: u8) -> Option<Target<'a>> {
        let mut at = from;
        let mut names = path.iter().peekable();
        match path.first()?.as_str() {
            "crate" => {
                at = self.modules.get(&[][..])?;
                names.next();
            }
            "self" => drop(names.next()),
            "super" => {
                while names.next_if(|name| *name == "super").is_some() {
                    at = self.modules.get(at.path.split_last()?.1)?;
                }
            }
            first => match self.look_up(at, first, depth)? {
                Target::Module(module) => {
                    at = &self.modules[module];
                    names.next();
                }
                Target::Item(module) => return Some(Target::Item(module)),
                Target::External(mut external) => {
                    external.extend_from_slice(&path[1..]);
                    return Some(Target::External(external));
                }
            },
        }
        while let Some(name) = names.next() {
            match self.look_up(at, name, depth) {
                Some(Target::Module(module)) => at = &self.modules[module],
                Some(Target::Item(module)) => return Some(Target::Item(module)),
                Some(Target::External(mut external)) => {
                    external.extend(names.cloned());
                    return Some(Target::External(external));
                }
                // A glob, or an item that a macro defines.
                None => return Some(Target::Item(&at.path)),
            }
        }
        Some(Target::Module(&at.path))
    }

    /// What a name means in a module.
    fn look_up<'a>(&'a self, module: &'a Module, name: &str, depth: u8) -> Option<Target<'a>> {
        let depth = depth.checked_sub(1)?;
        self.look_up_declared(module, name, true, depth)
            .or_else(|| module.macro_words.contains(name).then_some(Target::Item(&module.path)))
            .or_else(|| {
                self.globs(module, depth)
                    .into_iter()
                    .find_map(|glob| glob.macro_words.contains(name).then_some(Target::Item(&glob.path)))
            })
    }

    /// Through a glob, the private imports of a module are not visible.
    fn look_up_declared<'a>(
        &'a self,
        module: &'a Module,
        name: &str,
        with_private_imports: bool,
        depth: u8,
    ) -> Option<Target<'a>> {
        let depth = depth.checked_sub(1)?;
        let child: Vec<_> = module.path.iter().cloned().chain([name.to_owned()]).collect();
        if let Some((path, _)) = self.modules.get_key_value(&child) {
            return Some(Target::Module(path));
        }
        if module.items.contains(name) {
            return Some(Target::Item(&module.path));
        }
        let is_named = |import: &Import| import.alias == name && (import.is_public || with_private_imports);
        let import = module.mentions.iter().find(|mention| mention.import.as_ref().is_some_and(is_named));
        if let Some(mention) = import {
            let target = self.follow(module, &mention.path, depth);
            return target.or_else(|| Some(Target::External(mention.path.clone())));
        }
        self.globs(module, depth).into_iter().find_map(|glob| self.look_up_declared(glob, name, false, depth))
    }

    /// The modules of this crate whose names a module imports with `*`.
    fn globs<'a>(&'a self, module: &'a Module, depth: u8) -> Vec<&'a Module> {
        let globs =
            module.mentions.iter().filter(|mention| mention.import.as_ref().is_some_and(|i| i.alias == "*"));
        globs
            .filter_map(|mention| {
                match self.follow(module, &mention.path[..mention.path.len() - 1], depth)? {
                    Target::Module(path) if path != module.path => Some(&self.modules[path]),
                    _ => None,
                }
            })
            .collect()
    }
}

/// The name of the item in a path: `T` in `a::b::T::new`, `f` in `a::f`.
fn item_name(path: &[String]) -> &str {
    let is_upper = |name: &&String| name.starts_with(char::is_uppercase);
    path.iter().find(is_upper).or(path.last()).map_or("", String::as_str)
}

/// The file of a `mod name;`.
fn child_file(
    files: &BTreeMap<String, String>,
    parent: &str,
    module: &[String],
    path: Option<&str>,
) -> Result<String, String> {
    let folder = parent.rsplit_once('/').map_or("", |(folder, _)| folder);
    let candidates = match path {
        Some(path) => vec![format!("{folder}/{path}")],
        None => {
            let base = format!("src/{}", module.join("/"));
            vec![format!("{base}.rs"), format!("{base}/mod.rs")]
        }
    };
    let found = candidates.iter().find(|candidate| files.contains_key(*candidate));
    found.cloned().ok_or_else(|| format!("{parent}: no file for `mod {}`", module.join("::")))
}
