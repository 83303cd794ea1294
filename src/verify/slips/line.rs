//! A line of a computation: the quantity, and all the right formulas for it.

use crate::expr::{Expr, Op, product, replace};
use crate::lesson::Lesson;
use crate::name::{Name, NameSet, Symbol};
use crate::network::Layer;
use crate::network::activation::ActivationForm;
use crate::network::loss::Targets;

/// Alternatives of one kind, such as the other weights of a layer, that are
/// tried for a line: a wide network has more than a person confuses.
pub(super) const MOST_ALTERNATIVES: usize = 16;

/// Paths to the loss, and layers, up to which a chain is written out to the
/// output layer. Where there are more, a slip is looked for in the factors only.
const MOST_PATHS: usize = 12;
const MOST_LAYERS: usize = 4;

/// A line that a slip may change.
pub(super) struct SlipLine<'a> {
    /// The lesson it belongs to.
    pub(super) lesson: &'a Lesson<'a>,
    /// The quantity.
    pub(super) name: Name,
    /// Equal right formulas, the lesson's own first; none for what is given.
    pub(super) forms: Vec<Expr>,
}

impl<'a> SlipLine<'a> {
    /// The line of a quantity.
    pub(super) fn new(lesson: &'a Lesson<'a>, name: Name) -> Self {
        let mut line = Self { lesson, name, forms: Vec::new() };
        let exercise = lesson.exercise();
        let there = match name {
            // An update has a formula even where it is not applied.
            Name::New(Symbol::Weight { .. }) => exercise.learning_rate.is_some(),
            Name::New(Symbol::Bias { .. }) => {
                exercise.learning_rate.is_some() && exercise.update_biases
            }
            Name::New(_) => lesson.has(name),
            Name::Value(_) | Name::Derivative { .. } | Name::OfSample { .. } => true,
        };
        if lesson.samples().is_some() {
            line.forms = if lesson.has(name) { lesson.equal_forms(name) } else { Vec::new() };
            return line;
        }
        if !there || !lesson.network().has(name) {
            return line;
        }
        line.forms = lesson.equal_forms(name);
        line.add_forms(|line, form| replace(form, &|leaf| line.sum_behind(leaf)));
        if line.is_near_the_loss() {
            line.add_forms(|line, form| line.to_the_output(form));
        }
        line
    }

    fn add_forms(&mut self, other: impl Fn(&Self, &Expr) -> Option<Expr>) {
        let others: Vec<Expr> = self.forms.iter().filter_map(|form| other(self, form)).collect();
        for form in others {
            if !self.forms.contains(&form) {
                self.forms.push(form);
            }
        }
    }

    /// The sum that one factor or addend of a formula stands for.
    fn sum_behind(&self, leaf: Name) -> Option<Expr> {
        let is_sum = match leaf {
            Name::Value(Symbol::Term(_)) | Name::New(Symbol::Term(_)) => true,
            Name::Derivative { of: Symbol::Loss, by: Symbol::Out { layer, .. } } => {
                self.is_hidden(layer)
            }
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => {
                false
            }
        };
        if is_sum { self.lesson.expression(leaf) } else { None }
    }

    /// A formula with the error signals of all hidden units written out.
    fn to_the_output(&self, form: &Expr) -> Option<Expr> {
        replace(form, &|leaf| {
            let Name::Derivative {
                of: Symbol::Loss,
                by: Symbol::In { layer, .. } | Symbol::Out { layer, .. },
            } = leaf
            else {
                return None;
            };
            let own = self.lesson.expression(leaf).filter(|_| self.is_hidden(layer))?;
            Some(self.to_the_output(&own).unwrap_or(own))
        })
    }

    /// Whether few enough paths of few enough layers lead on to the loss.
    fn is_near_the_loss(&self) -> bool {
        let layers = &self.lesson.network().layers;
        let first = self.next_layer().map_or(layers.len(), |layer| layer as usize);
        let ahead = &layers[first..];
        ahead.len() <= MOST_LAYERS
            && ahead.iter().map(Layer::units).fold(1, usize::saturating_mul) <= MOST_PATHS
    }

    /// For `dL/d…` of something behind which layers with weights follow: the
    /// first of them.
    pub(super) fn next_layer(&self) -> Option<u32> {
        let next = match self.loss_by()? {
            Symbol::Input(_) => 0,
            Symbol::Weight { layer, .. }
            | Symbol::Bias { layer, .. }
            | Symbol::In { layer, .. }
            | Symbol::Out { layer, .. } => layer + 1,
            Symbol::Target(_) | Symbol::Term(_) | Symbol::Loss | Symbol::Rate | Symbol::Risk => {
                return None;
            }
        };
        (next < self.lesson.network().depth()).then_some(next)
    }

    /// Every formula of the line that `rule` changes, changed.
    pub(super) fn changed(&self, rule: impl Fn(&Expr) -> Option<Expr>) -> Vec<Expr> {
        self.forms.iter().filter_map(rule).collect()
    }

    /// The value, before or after the update, that the line is about.
    pub(super) const fn symbol(&self) -> Option<Symbol> {
        match self.name {
            Name::Value(symbol) | Name::New(symbol) => Some(symbol),
            Name::Derivative { .. } | Name::OfSample { .. } => None,
        }
    }

    /// What the loss is differentiated by in this line.
    pub(super) const fn loss_by(&self) -> Option<Symbol> {
        match self.name {
            Name::Derivative { of: Symbol::Loss, by } => Some(by),
            Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
        }
    }

    /// Whether a layer is not the output layer.
    pub(super) fn is_hidden(&self, layer: u32) -> bool {
        !self.lesson.naming().is_output(layer)
    }

    /// Whether the loss is the outputs themselves: there is no target.
    pub(super) fn outputs_are_the_loss(&self) -> bool {
        self.lesson.network().loss.targets == Targets::Unused
    }

    /// Whether each output of a layer depends on the inputs of all its units.
    pub(super) fn is_coupled(&self, layer: u32) -> bool {
        let shape = &self.lesson.network().layers[layer as usize];
        matches!(shape.activation.form, ActivationForm::Together(_)) && shape.units() > 1
    }

    /// Whether a layer's units pass on what enters them.
    pub(super) fn is_identity(&self, layer: u32) -> bool {
        match self.lesson.network().layers[layer as usize].activation.form {
            ActivationForm::Each(each) => {
                let own = Expr::from(Symbol::In { layer, unit: 0 });
                (each.value)(own.clone()) == own
            }
            ActivationForm::Together(_) => false,
        }
    }

    /// Whether the slope of a layer's units is the same number everywhere.
    pub(super) fn has_constant_slope(&self, layer: u32) -> bool {
        match self.lesson.network().layers[layer as usize].activation.form {
            ActivationForm::Each(each) => {
                let own = Symbol::In { layer, unit: 0 };
                matches!((each.slope)(own.into(), own.into()), Expr::Number(_))
            }
            ActivationForm::Together(_) => false,
        }
    }

    /// Whether a layer's slope is 1 or 0, so that it is its own square.
    pub(super) fn has_slope_on_or_off(&self, layer: u32) -> bool {
        match self.lesson.network().layers[layer as usize].activation.form {
            ActivationForm::Each(each) => {
                let own = Symbol::In { layer, unit: 0 };
                let is_0_or_1 = |part: &Expr| matches!(part, Expr::Number(number) if *number == 0.0 || *number == 1.0);
                match (each.slope)(own.into(), own.into()) {
                    Expr::Apply(Op::IfPositive, parts) => parts[1..].iter().all(is_0_or_1),
                    part @ (Expr::Number(_) | Expr::Leaf(_) | Expr::Apply(..)) => is_0_or_1(&part),
                }
            }
            ActivationForm::Together(_) => false,
        }
    }

    /// The quantities in the line's formulas, each once.
    pub(super) fn leaves(&self) -> NameSet {
        let mut leaves = NameSet::default();
        for form in &self.forms {
            form.for_each_leaf(&mut |leaf| {
                leaves.insert(leaf);
            });
        }
        leaves
    }
}

/// A formula without the factors that are `unwanted`, and with other quantities
/// in place of some; `None` where neither is in it.
pub(super) fn left_out(
    form: &Expr,
    unwanted: &impl Fn(Name) -> bool,
    by: &impl Fn(Name) -> Option<Expr>,
) -> Option<Expr> {
    let shorter = without(form, unwanted);
    replace(shorter.as_ref().unwrap_or(form), by).or(shorter)
}

/// A formula without the factors that are `unwanted`, in every product of it;
/// `None` where it has none.
pub(super) fn without(form: &Expr, unwanted: &impl Fn(Name) -> bool) -> Option<Expr> {
    let Expr::Apply(op, operands) = form else { return None };
    let goes = |operand: &Expr| {
        *op == Op::Product && matches!(operand, Expr::Leaf(name) if unwanted(*name))
    };
    let mut changed = false;
    let mut kept = Vec::with_capacity(operands.len());
    for operand in operands {
        if goes(operand) {
            changed = true;
        } else if let Some(shorter) = without(operand, unwanted) {
            changed = true;
            kept.push(shorter);
        } else {
            kept.push(operand.clone());
        }
    }
    changed.then(|| match (op, kept.len()) {
        (Op::Product, 0) => Expr::Number(1.0),
        (Op::Product, _) => product(kept),
        _ => Expr::Apply(*op, kept),
    })
}

/// As many units as a person confuses.
pub(super) const fn few(units: usize) -> std::ops::Range<u32> {
    0..if units < MOST_ALTERNATIVES { units as u32 } else { MOST_ALTERNATIVES as u32 }
}

/// A symbol before or after the update, as `name` is.
pub(super) const fn alike(name: Name, symbol: Symbol) -> Name {
    match name {
        Name::New(_) => Name::New(symbol),
        Name::Value(_) | Name::Derivative { .. } | Name::OfSample { .. } => Name::Value(symbol),
    }
}

/// The layer whose unit's slope a factor is.
pub(super) const fn slope_of(name: Name) -> Option<u32> {
    match name {
        Name::Derivative { of: Symbol::Out { layer, .. }, by: Symbol::In { .. } } => Some(layer),
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    }
}

/// The weight that a factor between two layers, such as `df_in/dz1_out`, is.
pub(super) const fn weight_of(name: Name) -> Option<Symbol> {
    match name {
        Name::Derivative {
            of: Symbol::In { layer, unit: to },
            by: Symbol::Out { unit: from, .. } | Symbol::Input(from),
        } => Some(Symbol::Weight { layer, from, to }),
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    }
}

/// The unit whose input the loss is differentiated by, where a factor is an
/// error signal.
pub(super) const fn signal_of(name: Name) -> Option<(u32, u32)> {
    match name {
        Name::Derivative { of: Symbol::Loss, by: Symbol::In { layer, unit } } => {
            Some((layer, unit))
        }
        Name::Value(_) | Name::New(_) | Name::Derivative { .. } | Name::OfSample { .. } => None,
    }
}
