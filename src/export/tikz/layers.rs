//! Three layers of any network, with the indices of their units.

use std::fmt::Write;

/// Where the layers stand, with their titles and the unit that is meant.
const LAYERS: [(f64, &str, &str); 3] = [(0.0, "i-1", "j"), (3.0, "i", "k"), (6.0, "i+1", "m")];

/// The drawing as a `tikzpicture`.
pub fn layers() -> String {
    let mut out = String::from("\\begin{tikzpicture}\n");
    for pair in LAYERS.windows(2) {
        for (from, to) in (0..3).flat_map(|from| (0..3).map(move |to| (from, to))) {
            let style = if from == 1 && to == 1 { "bt current" } else { "bt quiet" };
            let (x0, x1) = (pair[0].0 + 0.3, pair[1].0 - 0.3);
            let _ = writeln!(out, "\\draw[{style}] ({x0},-{from}) -- ({x1},-{to});");
        }
        let at = f64::midpoint(pair[0].0, pair[1].0);
        let (from, to) = (pair[0].2, pair[1].2);
        let _ = writeln!(out, "\\node[fill=white] at ({at},-1) {{$w_{{{from}{to}}}$}};");
    }
    for (x, title, index) in LAYERS {
        let _ = writeln!(out, "\\node[bt heading] at ({x},0.7) {{layer ${title}$}};");
        for row in 0..3 {
            let (style, text) = if row == 1 {
                ("bt known", format!("${index}$"))
            } else {
                ("bt quiet", String::new())
            };
            let _ = writeln!(
                out,
                "\\node[circle, {style}, fill=white, minimum size=17pt, inner sep=0pt] at ({x},-{row}) {{{text}}};"
            );
        }
    }
    out.push_str("\\end{tikzpicture}");
    out
}
