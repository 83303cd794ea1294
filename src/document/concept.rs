//! The ideas of the lecture: what holds for every network, beside this one.
//!
//! General statements are read from one line of text each; what they come to
//! here is laid out from the lesson's own expressions.

use super::block::{Align, Block, Column, Line, told};
use super::page::Page;
use crate::expr::{Expr, product};
use crate::lesson::chain;
use crate::math::{Form, general, grouped};
use crate::name::{Name, Symbol};
use crate::num;
use crate::telling::Concept;

/// What a concept says.
pub(super) fn write(page: &mut Page<'_>, concept: Concept) {
    page.subheading([concept.title().into()]);
    match concept {
        Concept::Goal => goal(page),
        Concept::Passes => passes(page),
        Concept::Ingredients => ingredients(page),
        Concept::Slopes => slopes(page),
        Concept::CommonBeginning => common_beginning(page),
        Concept::ForwardBrackets => forward_brackets(page),
        Concept::Indices => indices(page),
        Concept::Recursion => recursion(page),
        Concept::Gradients => gradients(page),
        Concept::WholeLayer => whole_layer(page),
        Concept::Closing => closing(page),
    }
}

/// A general statement, and what it is here.
fn beside(page: &mut Page<'_>, general: &str, here: impl IntoIterator<Item = Form>) {
    let mut facts: Vec<(&'static str, Line)> = vec![("in general", told(&format!("`{general}`")))];
    for (at, form) in here.into_iter().enumerate() {
        facts.push((if at == 0 { "here" } else { "" }, vec![form.into()]));
    }
    page.push(Block::Facts(facts));
}

fn equation(left: &str, rights: &[&str]) -> Block<'static> {
    let rights = rights.iter().map(|right| general(right)).collect();
    Block::Equation { left: general(left), rights }
}

fn say(page: &mut Page<'_>, text: &str) {
    page.prose(told(text));
}

fn goal(page: &mut Page<'_>) {
    let parameters = page.lesson.network().parameters();
    say(
        page,
        "A network should err little on whatever it will be shown: its risk, the expected loss \
         `R(θ) = E L(y, f(x))`, should be small. Nobody knows the distribution behind it, so \
         training lowers the mean loss of the samples that there are, the empirical risk, and \
         hopes for the best.",
    );
    page.push(equation("R_emp(θ)", &["1/n·Σ_i L(y_i, f(x_i))"]));
    say(
        page,
        &format!(
            "`θ` stands for everything that is learnt, here {}. No formula gives the best `θ` of a \
             deep network; so training starts somewhere and goes downhill, step by step, against \
             the gradient. The learning rate `α` sets how far a step goes:",
            num::counted(parameters, "number"),
        ),
    );
    let rule = "θ_new = θ - α·∇L(y, f(x))";
    let weight = Symbol::Weight { layer: page.lesson.network().depth() - 1, from: 0, to: 0 };
    let new = Name::New(weight);
    let has_rate = page.lesson.exercise().learning_rate.is_some();
    let here = page.lesson.expression(new).filter(|_| has_rate);
    let here = here.map(|expr| super::page::equals(page.name(new), page.formula(&expr)));
    beside(page, rule, here);
    say(
        page,
        "That is one step for one sample `x`. The gradients of all samples together make a full \
         step of gradient descent, those of a few a stochastic one; one sample is enough to see \
         how a gradient is found.",
    );
}

fn passes(page: &mut Page<'_>) {
    say(
        page,
        "Each step takes two passes through the network. Forward, the sample flows from the inputs \
         to the prediction, and the loss says how wrong that is. Backward, the error flows from \
         the loss to every weight, and says how much each of them contributed. Backpropagation is \
         a clever use of the chain rule; it is nothing more.",
    );
}

fn ingredients(page: &mut Page<'_>) {
    say(
        page,
        "Three things are all that it takes: the values of the forward pass, used again; the \
         products of the backward pass, each computed once and used again; and the slopes of \
         activations and of weighted sums. It goes backwards so that what is found near the loss \
         serves everything before it.",
    );
}

/// The derivative of the loss, and that of a weighted sum, from where they come.
fn slopes(page: &mut Page<'_>) {
    let lesson = page.lesson;
    let layer = lesson.network().depth() - 1;
    let out = Symbol::Out { layer, unit: 0 };
    let slope = Name::loss_by(out);
    let term = if lesson.network().outputs() == 1 { Symbol::Loss } else { Symbol::Term(0) };
    if let (Some(loss), Some(expr)) = (lesson.expression(term.into()), lesson.expression(slope))
        && !lesson.has_extreme_outputs()
    {
        say(page, "The first factor is the derivative of the loss by the prediction:");
        let derived = Form::Derivative(
            Box::new(grouped(page.formula(&loss))),
            Box::new(page.name(out.into())),
        );
        page.push(Block::Equation {
            left: page.name(slope),
            rights: vec![derived, page.formula(&expr)],
        });
    }
    let sum = Symbol::In { layer, unit: 0 };
    let weight = Symbol::Weight { layer, from: 0, to: 0 };
    let link = Name::derivative(sum, weight);
    if let (Some(whole), Some(expr)) = (lesson.expression(sum.into()), lesson.expression(link)) {
        say(
            page,
            "The last one is that of a weighted sum by one of its weights: all other addends are \
             constants, and what the weight is multiplied with is left.",
        );
        let derived = Form::Derivative(
            Box::new(grouped(page.formula(&whole))),
            Box::new(page.name(weight.into())),
        );
        page.push(Block::Equation {
            left: page.name(link),
            rights: vec![derived, page.formula(&expr)],
        });
    }
}

/// The first two weights into the first unit of the first hidden layer on the way
/// back.
fn two_weights(page: &Page<'_>) -> [Symbol; 2] {
    let layer = page.lesson.network().depth().saturating_sub(2);
    [0, 1].map(|from| Symbol::Weight { layer, from, to: 0 })
}

fn common_beginning(page: &mut Page<'_>) {
    let weights = two_weights(page);
    let mut rows = Vec::new();
    for weight in weights {
        let factors = chain::to_parameter(page.lesson, weight);
        let Some((last, shared)) = factors.split_last() else { return };
        let shared = product(shared.iter().map(|factor| Expr::from(*factor)));
        rows.push(vec![
            vec![page.name(Name::loss_by(weight)).into()],
            vec![page.formula(&shared).into()],
            vec![page.name(*last).into()],
        ]);
    }
    let [first, second] = weights.map(|weight| page.name(weight.into()));
    page.prose([
        "The chains of ".into(),
        first.into(),
        " and ".into(),
        second.into(),
        ", one under the other. All but the last factor is the same:".into(),
    ]);
    let columns = Column::all([
        ("gradient", Align::Label),
        ("common beginning", Align::Flowing),
        ("own end", Align::Label),
    ]);
    page.push(Block::Table(super::Table { columns, rows, left_out: 0 }));
    page.prose([if page.lesson.network().is_one_neuron() {
        "Computed once and plugged in, the common beginning leaves one multiplication for each \
         weight:"
            .into()
    } else {
        "The common beginning is the error signal of the unit. Computed once and plugged in, it \
         leaves one multiplication for each weight:"
            .into()
    }]);
    for weight in weights {
        let Symbol::Weight { layer, to: unit, .. } = weight else { continue };
        let own = Symbol::In { layer, unit };
        let plugged = product([Name::loss_by(own), Name::derivative(own, weight)].map(Expr::from));
        page.push(Block::Equation {
            left: page.name(Name::loss_by(weight)),
            rights: vec![page.formula(&plugged)],
        });
    }
}

fn forward_brackets(page: &mut Page<'_>) {
    say(
        page,
        "Multiplied from the other end, the same two chains have the same values, but the brackets \
         stand elsewhere:",
    );
    for weight in two_weights(page) {
        let mut factors = chain::to_parameter(page.lesson, weight).into_iter().rev();
        let Some(last) = factors.next() else { return };
        let nested =
            factors.fold(Expr::from(last), |inner, factor| product([inner, Expr::from(factor)]));
        page.push(Block::Equation {
            left: page.name(Name::loss_by(weight)),
            rights: vec![page.nested(&nested)],
        });
    }
    say(
        page,
        "The innermost bracket differs, so every bracket around it does: nothing can be kept, and \
         each weight costs its whole chain.",
    );
}

fn indices(page: &mut Page<'_>) {
    let network = page.lesson.network();
    say(
        page,
        "For any network, units in the layers `i - 1`, `i` and `i + 1` are called `j`, `k` and `m`; \
         the output layer is `O`.",
    );
    page.push(Block::Layers);
    let deepest = network.depth();
    page.prose([format!(
        "This network has {}: layer {deepest} is the output layer.",
        num::counted(deepest as usize, "layer")
    )
    .into()]);
    page.push(Block::Facts(vec![
        ("", told("`z^(i)_k_out = σ(z^(i)_k_in)`")),
        ("", told("`z^(i+1)_m_in = Σ_k w^(i+1)_km·z^(i)_k_out + b^(i+1)_m`")),
    ]));
}

fn recursion(page: &mut Page<'_>) {
    say(
        page,
        "The error signal of a unit says how much the loss changes when the input of the unit does. \
         The unit reaches the loss through every unit `m` of the next layer, so the sum over them \
         is the chain rule once more:",
    );
    page.push(equation(
        "δ^(i)_k",
        &[
            "∂L/∂z^(i)_k_in",
            "∂L/∂z^(i)_k_out · ∂z^(i)_k_out/∂z^(i)_k_in",
            "(Σ_m ∂L/∂z^(i+1)_m_in · ∂z^(i+1)_m_in/∂z^(i)_k_out) · ∂z^(i)_k_out/∂z^(i)_k_in",
            "(Σ_m δ^(i+1)_m·w^(i+1)_km)·σ'(z^(i)_k_in)",
        ],
    ));
    let layer = page.lesson.network().depth() - 2;
    let own = Symbol::In { layer, unit: 0 };
    let signal = Name::loss_by(own);
    let out = Symbol::Out { layer, unit: 0 };
    if let Some(paths) = page.lesson.expression(Name::loss_by(out)) {
        let here = product([paths, Expr::from(Name::derivative(out, own))]);
        page.prose([
            "Here, for example, ".into(),
            page.name(signal).into(),
            " = ".into(),
            page.formula(&here).into(),
            ".".into(),
        ]);
    }
    say(
        page,
        "So the error signals of a layer follow from those of the next one, and these from the next, \
         up to the output layer, where the loss gives them.",
    );
}

fn gradients(page: &mut Page<'_>) {
    say(
        page,
        "A weight enters the sum of its unit multiplied with what it carries, and a bias alone. So \
         the gradient of a weight is the error signal times what the weight carries, and that of a \
         bias is the error signal itself:",
    );
    let layer = page.lesson.network().depth() - 1;
    let own = Symbol::In { layer, unit: 0 };
    let weight = Symbol::Weight { layer, from: 0, to: 0 };
    let signal = Expr::from(Name::loss_by(own));
    let carried = page.lesson.expression(Name::derivative(own, weight));
    let here = carried.map(|carried| {
        let right = page.formula(&product([signal.clone(), carried]));
        super::page::equals(page.name(Name::loss_by(weight)), right)
    });
    beside(page, "∂L/∂W^(i)_jk = δ^(i)_k·z^(i-1)_j_out", here);
    let bias = Symbol::Bias { layer, unit: 0 };
    let here = page
        .lesson
        .is_parameter(bias)
        .then(|| super::page::equals(page.name(Name::loss_by(bias)), page.formula(&signal)));
    beside(page, "∂L/∂b^(i)_k = δ^(i)_k", here);
}

fn whole_layer(page: &mut Page<'_>) {
    let has_hidden = page.lesson.network().depth() > 1;
    say(
        page,
        if page.lesson.network().is_one_neuron() {
            "The derivatives of the loss by all sums of a layer make one column, `δ^(O)`, and one \
             line computes them; ⊙ multiplies entry by entry, and `τ` is the activation:"
        } else {
            "All error signals of a layer make one column, and one line computes them; ⊙ multiplies \
             entry by entry. `τ` is the activation of the output layer, `σ` that of the others:"
        },
    );
    page.push(equation("δ^(O)", &["∇L ⊙ τ'(f_in)"]));
    if has_hidden {
        page.push(equation("δ^(i)", &["W^(i+1) δ^(i+1) ⊙ σ'(z^(i)_in)"]));
    }
    page.push(equation("∂L/∂W^(i)", &["z^(i-1)_out (δ^(i))ᵀ"]));
    say(page, "This is how programs compute it: many weights in one operation.");
}

fn closing(page: &mut Page<'_>) {
    let network = page.lesson.network();
    let components = num::counted(network.parameters(), "component");
    say(
        page,
        &format!(
            "The gradient has as many components as there are weights and biases, here {components}. \
             Each says how far its weight is to blame for the loss, and in which direction. All of \
             them came from values that the forward pass had left, from products used again, and \
             from slopes known in advance: the slope of a unit is its formula with the output of \
             the unit put in.",
        ),
    );
    say(
        page,
        "The step goes against the gradient, and the loss falls a little: a walk downhill. Then \
         the new weights make a new forward pass, a new gradient, a new step: rinse and repeat, \
         thousands of times, until the loss hardly falls. Usually a few samples at a time make a \
         step, not one. Do not expect too much of it: a network that follows its samples down to \
         the last detail has learnt them by heart, which is overfitting, and needs remedies of its own.",
    );
}
