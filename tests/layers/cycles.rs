//! Import cycles between files: the strongly connected components of the graph of edges.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;

use super::crate_tree::{CrateTree, Edge};

/// Files that import each other, and why that may stay.
pub(crate) struct KnownCycle {
    pub(crate) files: &'static [&'static str],
    pub(crate) reason: &'static str,
}

/// Every cycle that is not listed, and every listed one that does not exist as it is listed.
pub(crate) fn broken(tree: &CrateTree, known: &[KnownCycle]) -> Vec<String> {
    let edges = tree.edges();
    let cycles = find(&edges);
    let is_known = |cycle: &BTreeSet<&str>| {
        known.iter().any(|known| cycle.iter().eq(known.files.iter().collect::<BTreeSet<_>>()))
    };
    let new = cycles.iter().filter(|cycle| !is_known(cycle)).map(|cycle| describe(cycle, &edges));
    let gone = known
        .iter()
        .filter(|known| !cycles.contains(&known.files.iter().copied().collect::<BTreeSet<_>>()))
        .map(|known| {
            format!(
                "{}: these files form no cycle of their own any more; remove or shorten the entry in \
                 tests/layers/rules.rs ({})",
                known.files.join(", "),
                known.reason
            )
        });
    new.chain(gone).collect()
}

/// The strongly connected components of two or more files.
pub(crate) fn find<'a>(edges: &[Edge<'a>]) -> Vec<BTreeSet<&'a str>> {
    let mut search = Search { targets: targets(edges), ..Search::default() };
    let files: Vec<_> = search.targets.keys().copied().collect();
    for file in files {
        if !search.visits.contains_key(file) {
            search.visit(file);
        }
    }
    search.found.sort();
    search.found
}

fn targets<'a>(edges: &[Edge<'a>]) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut targets = BTreeMap::<_, BTreeSet<_>>::new();
    for edge in edges {
        targets.entry(edge.from).or_default().insert(edge.to);
    }
    targets
}

/// Tarjan's algorithm.
#[derive(Default)]
struct Search<'a> {
    targets: BTreeMap<&'a str, BTreeSet<&'a str>>,
    visits: BTreeMap<&'a str, Visit>,
    stack: Vec<&'a str>,
    found: Vec<BTreeSet<&'a str>>,
}

#[derive(Clone, Copy)]
struct Visit {
    index: usize,
    /// The lowest index that is reachable from here.
    low: usize,
    is_on_stack: bool,
}

impl<'a> Search<'a> {
    fn visit(&mut self, file: &'a str) -> usize {
        let index = self.visits.len();
        self.visits.insert(file, Visit { index, low: index, is_on_stack: true });
        self.stack.push(file);
        let mut low = index;
        for target in self.targets.get(file).cloned().unwrap_or_default() {
            match self.visits.get(target).copied() {
                None => low = low.min(self.visit(target)),
                Some(visit) if visit.is_on_stack => low = low.min(visit.index),
                Some(_) => {}
            }
        }
        if low == index {
            let start = self.stack.iter().rposition(|other| *other == file).unwrap_or_default();
            let component: BTreeSet<_> = self.stack.drain(start..).collect();
            for file in &component {
                if let Some(visit) = self.visits.get_mut(file) {
                    visit.is_on_stack = false;
                }
            }
            if component.len() > 1 {
                self.found.push(component);
            }
        } else if let Some(visit) = self.visits.get_mut(file) {
            visit.low = low;
        }
        low
    }
}

/// The shortest way around a cycle, then the files and imports that it is made of.
fn describe(cycle: &BTreeSet<&str>, edges: &[Edge]) -> String {
    let inside: Vec<_> =
        edges.iter().filter(|edge| cycle.contains(edge.from) && cycle.contains(edge.to)).collect();
    let mut text = format!("import cycle of {} files; the shortest way around:\n", cycle.len());
    for edge in shortest(cycle, &inside) {
        let _ = writeln!(text, "  {}:{} imports {} ({})", edge.from, edge.line, edge.to, edge.name);
    }
    if cycle.len() > 2 {
        let _ = writeln!(text, "all imports inside of it:");
        let mut pairs = BTreeMap::<_, BTreeMap<_, _>>::new();
        for edge in inside {
            let names = pairs.entry((edge.from, edge.to)).or_default();
            names.entry(edge.name).or_insert(edge.line);
        }
        for ((from, to), names) in pairs {
            let names: Vec<_> = names.iter().map(|(name, line)| format!("{name} ({line})")).collect();
            let _ = writeln!(text, "  {from} -> {to}: {}", names.join(", "));
        }
    }
    text
}

fn shortest<'e, 'a>(cycle: &BTreeSet<&'a str>, inside: &[&'e Edge<'a>]) -> Vec<&'e Edge<'a>> {
    let ways = cycle.iter().filter_map(|start| way_back(start, inside));
    ways.min_by_key(Vec::len).unwrap_or_default()
}

/// The shortest way from a file back to it.
fn way_back<'e, 'a>(start: &str, inside: &[&'e Edge<'a>]) -> Option<Vec<&'e Edge<'a>>> {
    let mut reached_by = BTreeMap::<&str, &Edge>::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for edge in inside.iter().filter(|edge| edge.from == file) {
            if reached_by.contains_key(edge.to) {
                continue;
            }
            reached_by.insert(edge.to, edge);
            if edge.to == start {
                let mut way = vec![*edge];
                while way[0].from != start {
                    way.insert(0, reached_by[way[0].from]);
                }
                return Some(way);
            }
            queue.push_back(edge.to);
        }
    }
    None
}
