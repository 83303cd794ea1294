//! What SVG figures look like: in colour, dark and light, or in black and white.

/// The rules of a figure in colour. A page may set them once for all its figures
/// and change them by rules of its own.
pub const COLOUR: &str = "\
.bt-figure{color:#1c1c1c;font-family:Arial,'Liberation Sans','Helvetica Neue',sans-serif;font-variant-numeric:tabular-nums}
.bt-figure text{fill:currentColor;stroke:none}
.bt-figure .bt-i{font-family:Cambria,'STIX Two Text','Times New Roman','Liberation Serif',serif;font-style:italic}
.bt-paper{fill:#fff}
.bt-figure path{fill:none;stroke:currentColor;stroke-width:1.1;stroke-linejoin:round}
.bt-figure .bt-head{fill:currentColor;stroke:none}
.bt-part rect{fill:#fff;stroke:currentColor;stroke-width:1.2}
.bt-unit rect{fill:#f1f1ee;stroke:#8a8a8a;stroke-width:1}
.bt-heading text,.bt-dots text{fill:#5c5c5c}
.bt-number circle{fill:#fff;stroke:currentColor;stroke-width:1.4}
.bt-number text{font-weight:bold}
.bt-lit .bt-quiet{color:#6a6a6a}
.bt-lit .bt-quiet path{stroke:#a9a9a9;stroke-width:.9}
.bt-lit .bt-quiet .bt-head{fill:#a9a9a9}
.bt-lit .bt-quiet rect{stroke:#b9b9b9}
.bt-lit .bt-gradient.bt-quiet,.bt-lit .bt-signal.bt-quiet{color:#0a5499}
.bt-ahead path{stroke:#1c1c1c;stroke-width:1.3;stroke-dasharray:5 3}
.bt-known{color:#0a5499}
.bt-known path{stroke-width:2.4}
.bt-known rect{stroke:#0a5499;stroke-width:1.6}
.bt-current{color:#b03a00}
.bt-current path{stroke-width:4}
.bt-current rect{stroke:#b03a00;stroke-width:2.4}
.bt-current text{font-weight:bold}
.bt-unit.bt-known rect,.bt-unit.bt-current rect,.bt-unit.bt-ahead rect{stroke:#8a8a8a;stroke-width:1}
.bt-number.bt-current circle{fill:#b03a00;stroke:#b03a00}
.bt-number.bt-current text{fill:#fff}
@media (prefers-color-scheme:dark){
.bt-figure{color:#ececec}
.bt-paper{fill:#1e1e1e}
.bt-part rect,.bt-number circle{fill:#1e1e1e}
.bt-unit rect{fill:#2b2b2e;stroke:#8f8f8f}
.bt-heading text,.bt-dots text{fill:#b0b0b0}
.bt-lit .bt-quiet{color:#a6a6a6}
.bt-lit .bt-quiet path{stroke:#6b6b6b}
.bt-lit .bt-quiet .bt-head{fill:#6b6b6b}
.bt-lit .bt-quiet rect{stroke:#5e5e5e}
.bt-lit .bt-gradient.bt-quiet,.bt-lit .bt-signal.bt-quiet{color:#8cc1ff}
.bt-ahead path{stroke:#ececec}
.bt-known{color:#8cc1ff}
.bt-known rect{stroke:#8cc1ff}
.bt-current{color:#ffb000}
.bt-current rect{stroke:#ffb000}
.bt-number.bt-current circle{fill:#ffb000;stroke:#ffb000}
.bt-number.bt-current text{fill:#1e1e1e}
}
";

/// The rules of a figure for print in black and white: the brighter, the heavier;
/// what is still to come is dashed.
pub const MONO: &str = "\
.bt-figure{color:#000;font-family:Arial,'Liberation Sans','Helvetica Neue',sans-serif;font-variant-numeric:tabular-nums}
.bt-figure text{fill:#000;stroke:none}
.bt-figure .bt-i{font-family:Cambria,'STIX Two Text','Times New Roman','Liberation Serif',serif;font-style:italic}
.bt-paper{fill:#fff}
.bt-figure path{fill:none;stroke:#000;stroke-width:1;stroke-linejoin:round}
.bt-figure .bt-head{fill:#000;stroke:none}
.bt-part rect{fill:#fff;stroke:#000;stroke-width:1}
.bt-unit rect{fill:none;stroke:#000;stroke-width:.5}
.bt-number circle{fill:#fff;stroke:#000;stroke-width:1.2}
.bt-number text{font-weight:bold}
.bt-lit .bt-quiet path{stroke-width:.5}
.bt-lit .bt-quiet rect{stroke-width:.5}
.bt-ahead path{stroke-width:1.2;stroke-dasharray:5 3}
.bt-known path{stroke-width:2.2}
.bt-part.bt-known rect{stroke-width:1.6}
.bt-current path{stroke-width:4.4}
.bt-part.bt-current rect{stroke-width:3}
.bt-current text{font-weight:bold}
.bt-number.bt-current circle{fill:#000}
.bt-number.bt-current text{fill:#fff}
";
