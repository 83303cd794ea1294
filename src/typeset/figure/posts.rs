//! Where the units of lanes stand: a column for each stage, a few rows for each
//! unit, and the trunk between two columns. It depends on the network and on the
//! window; only of a large network on what is lit, too.

use compact_str::CompactString;

use super::FigureRequest;
use super::overview::{count, places};
use super::texts::{Decimals, name_of, unit_name, unit_values, width};
use crate::name::{Name, Symbol};

/// Columns between two stages: a bracket, the trunk, an arrow, a blank.
const GAPS: [usize; 2] = [5, 4];

/// Columns from which the bracket stands apart from the value.
const LOOSE: usize = 8;

/// Columns that a gap is widened by at most.
const MOST_SPARE: usize = 14;

/// Units of a stage whose texts are measured.
const MOST_MEASURED: u32 = 100;

/// Where everything stands.
pub(super) struct Posts {
    pub(super) stages: Vec<PostColumn>,
    /// Rows of a unit of a layer, its name included.
    pub(super) per_unit: usize,
    /// Rows of all.
    pub(super) rows: usize,
    /// Columns from the end of the texts to the bracket for the link inside a unit.
    pub(super) bracket: usize,
    /// Columns from there to where wires are collected.
    pub(super) collect: usize,
    /// Whether the bracket stands apart from the value, and can have a number.
    pub(super) is_loose: bool,
}

/// The inputs, a layer, or the loss.
pub(super) struct PostColumn {
    pub(super) posts: Vec<Post>,
    /// Units that there are.
    pub(super) count: usize,
    /// The row that says how many are left out.
    pub(super) more: Option<usize>,
    pub(super) left: usize,
    /// Columns of the words in front of values.
    pub(super) labels: usize,
    pub(super) decimals: Decimals,
    name: usize,
    /// The row in which all wires from the stage before are one.
    pub(super) trunk: usize,
}

/// A unit in its place.
pub(super) struct Post {
    pub(super) name: CompactString,
    pub(super) values: Vec<(CompactString, Name)>,
    /// Its values; the last one is what leaves it.
    pub(super) symbols: Vec<Symbol>,
    /// Its place in the stage.
    pub(super) at: u32,
    /// Its layer and number, where it is a unit of a layer.
    pub(super) unit: Option<(u32, u32)>,
    pub(super) row: usize,
}

impl PostColumn {
    /// The column behind its texts.
    pub(super) fn right(&self) -> usize {
        self.left + self.text()
    }

    fn text(&self) -> usize {
        self.name.max(self.labels + self.decimals.width())
    }
}

impl Posts {
    /// The roomiest that fits.
    pub(super) fn of(request: &FigureRequest, height: usize) -> Option<Self> {
        let stages = request.figure.network().layers.len() + 2;
        let most = (1..stages - 1).map(|stage| count(request, stage)).max().unwrap_or(1);
        let inputs = count(request, 0);
        let fits = |rows: &usize| most * rows <= height && inputs * 2.min(*rows) <= height;
        let all = (2..=5).rev().find(fits);
        let per_unit = all.unwrap_or(3);
        if all.is_none() && height < 2 * per_unit + 1 {
            return None;
        }
        let styles = [(true, GAPS[0]), (true, GAPS[1]), (false, GAPS[0]), (false, GAPS[1])];
        styles.into_iter().find_map(|(labels, gap)| {
            let stage = |stage| PostColumn::of(request, stage, per_unit, height, labels);
            let stages = (0..stages).map(stage).collect();
            let posts =
                Self { stages, per_unit, rows: height, bracket: 0, collect: 1, is_loose: false };
            posts.placed(request.width, gap)
        })
    }

    /// With every stage in its columns, if they fit.
    fn placed(mut self, width: usize, gap: usize) -> Option<Self> {
        let gaps = self.stages.len() - 1;
        let texts: usize = self.stages.iter().map(PostColumn::text).sum();
        let spare = width.checked_sub(texts + gap * gaps)?;
        let gap = gap + (spare / gaps).min(MOST_SPARE);
        let has_brackets = self.per_unit > 2;
        if gap < GAPS[0] && has_brackets {
            return None;
        }
        self.is_loose = gap >= LOOSE;
        self.bracket = usize::from(self.is_loose);
        self.collect = if has_brackets { 1 + 2 * self.bracket } else { 0 };
        let mut left = 0;
        for stage in &mut self.stages {
            stage.left = left;
            left += stage.text() + gap;
        }
        let last = self.stages.len() - 1;
        if let [post] = &self.stages[last - 1].posts[..] {
            let row = post.row.min(self.rows.saturating_sub(2));
            self.stages[last].posts.iter_mut().for_each(|loss| loss.row = row);
        }
        for at in 1..self.stages.len() {
            let rows =
                |stage: &PostColumn| stage.posts.iter().map(|post| post.row).collect::<Vec<_>>();
            self.stages[at].trunk = trunk(&rows(&self.stages[at - 1]), &rows(&self.stages[at]));
        }
        Some(self)
    }

    pub(super) fn width(&self) -> usize {
        self.stages.last().map_or(0, |stage| stage.right() + 1)
    }
}

/// The row of the trunk: that of the only wire, else one in the middle in which no
/// unit stands.
fn trunk(before: &[usize], after: &[usize]) -> usize {
    if let ([source], [target]) = (before, after)
        && source == target
    {
        return *source;
    }
    let all = || before.iter().chain(after).copied();
    let (first, last) = (all().min().unwrap_or(0), all().max().unwrap_or(0));
    let middle = first.midpoint(last);
    let free = (first..=last).filter(|row| all().all(|used| used != *row));
    free.min_by_key(|row| row.abs_diff(middle)).unwrap_or(middle)
}

impl PostColumn {
    fn of(
        request: &FigureRequest,
        stage: usize,
        per_unit: usize,
        height: usize,
        labels: bool,
    ) -> Self {
        let count = count(request, stage);
        let is_unit = (1..=request.figure.network().layers.len()).contains(&stage);
        let rows = if is_unit { per_unit } else { 2 };
        let room = height / rows;
        let shown = if count <= room {
            (0..count).collect()
        } else {
            some(request, stage, (height - 1) / rows)
        };
        let top = if count <= room { (height - count * rows) / 2 } else { 0 };
        let post = |at: usize| Post::of(request, stage, at as u32, rows - 1);
        let mut posts: Vec<Post> = shown.into_iter().map(post).collect();
        for (at, post) in posts.iter_mut().enumerate() {
            post.row = top + at * rows;
        }
        let more = (posts.len() < count).then_some(posts.len() * rows);
        let measured =
            (0..(count as u32).min(MOST_MEASURED)).map(|at| Post::of(request, stage, at, rows - 1));
        let (mut name, mut label, mut decimals) = (0, 0, Decimals::default());
        let mut measure = |post: &Post| {
            name = name.max(width(&post.name));
            for (word, value) in &post.values {
                label = label.max(width(word));
                decimals = request.figure.texts(*value).fold(decimals, |all, text| all.with(&text));
            }
        };
        measured.for_each(|post| measure(&post));
        posts.iter().for_each(&mut measure);
        if more.is_some() {
            name = name.max("… more".len() + width(&count.to_string()));
        }
        let labels = if labels && label > 0 { label + 1 } else { 0 };
        Self { posts, count, more, left: 0, labels, decimals, name, trunk: 0 }
    }
}

/// Some units of a large stage: those on the path first.
fn some(request: &FigureRequest, stage: usize, room: usize) -> Vec<usize> {
    places(request, stage, count(request, stage), room)
}

impl Post {
    fn of(request: &FigureRequest, stage: usize, at: u32, most: usize) -> Self {
        let depth = request.figure.network().layers.len();
        let single = |symbol: Symbol| Self {
            name: name_of(request, symbol),
            values: vec![(CompactString::default(), symbol.into())],
            symbols: vec![symbol],
            at,
            unit: None,
            row: 0,
        };
        match stage.checked_sub(1) {
            None => single(Symbol::Input(at)),
            Some(layer) if layer == depth => single(Symbol::Loss),
            Some(layer) => {
                let layer = layer as u32;
                let mut values = unit_values(request, layer, at);
                if most == 1 {
                    // Where there is one row, it has what was computed last.
                    let (own, out) = (values[0].clone(), values[1].clone());
                    let is_known = request.figure.text(out.1).is_some();
                    values = vec![if is_known { out } else { own }];
                }
                values.truncate(most);
                Self {
                    name: unit_name(request, layer, at),
                    values,
                    symbols: vec![Symbol::In { layer, unit: at }, Symbol::Out { layer, unit: at }],
                    at,
                    unit: Some((layer, at)),
                    row: 0,
                }
            }
        }
    }
}
