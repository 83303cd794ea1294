//! What TikZ figures look like: styles that a document may change.

/// The styles of a figure in colour.
pub const COLOUR: &str = "\
\\definecolor{btquiet}{RGB}{106,106,106}
\\definecolor{btknown}{RGB}{10,84,153}
\\definecolor{btcurrent}{RGB}{176,58,0}
\\tikzset{
  bt picture/.style={x=0.75pt, y=-0.75pt, line join=round, inner sep=0pt, outer sep=0pt},
  bt plain/.style={draw=black, text=black, line width=0.8pt},
  bt quiet/.style={draw=btquiet!60, text=btquiet, line width=0.6pt},
  bt ahead/.style={draw=black, text=black, line width=0.9pt, dash pattern=on 3.5pt off 2pt},
  bt known/.style={draw=btknown, text=btknown, line width=1.6pt},
  bt current/.style={draw=btcurrent, text=btcurrent, line width=2.8pt},
  bt found/.style={text=btknown},
  bt unit/.style={draw=btquiet, fill=btquiet!9, line width=0.6pt, solid},
  bt part/.style={fill=white, solid},
  bt heading/.style={text=btquiet},
  bt number/.style={fill=white, line width=0.9pt, solid},
  bt number current/.style={fill=btcurrent, text=white},
}
";

/// The same for print in black and white: the brighter, the heavier; what is still
/// to come is dashed.
pub const MONO: &str = "\
\\tikzset{
  bt picture/.style={x=0.75pt, y=-0.75pt, line join=round, inner sep=0pt, outer sep=0pt},
  bt plain/.style={draw=black, text=black, line width=0.8pt},
  bt quiet/.style={draw=black, text=black, line width=0.3pt},
  bt ahead/.style={draw=black, text=black, line width=0.9pt, dash pattern=on 3.5pt off 2pt},
  bt known/.style={draw=black, text=black, line width=1.6pt},
  bt current/.style={draw=black, text=black, line width=3.2pt},
  bt found/.style={text=black},
  bt unit/.style={draw=black, line width=0.3pt, solid},
  bt part/.style={fill=white, solid},
  bt heading/.style={text=black},
  bt number/.style={fill=white, line width=0.9pt, solid},
  bt number current/.style={fill=black, text=white},
}
";
