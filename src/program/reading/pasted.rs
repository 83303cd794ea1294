//! What `print` shows of arrays of NumPy and PyTorch, pasted: with or without
//! commas, `array(...)`, `tensor(...)`, names in front, whole dictionaries.

use super::tokens::{Token, last_digit, tokens};
use super::{ArrayFault, name};
use crate::program::array::{Array, LastDigit, Stored};

/// Brackets in brackets of an array.
const DEEPEST: usize = 8;

/// Words in front of an array that are not its name.
const WRAPPERS: [&str; 18] = [
    "array",
    "np.array",
    "numpy.array",
    "tensor",
    "torch.tensor",
    "Parameter",
    "containing",
    "OrderedDict",
    "dict",
    "Array",
    "jnp.array",
    "np.float64",
    "np.float32",
    "Tensor",
    "torch.Tensor",
    "matrix",
    "DeviceArray",
    "print",
];

/// Words in front of `=` that say how an array is stored.
const OPTIONS: [&str; 6] = ["dtype", "device", "requires_grad", "grad_fn", "shape", "size"];

/// Reads the arrays in their order.
pub(super) fn read(text: &str) -> Result<Vec<Array>, ArrayFault> {
    let tokens = tokens(text);
    let mut reader = Reader { text, tokens: &tokens, at: 0, arrays: Vec::new(), label: None };
    reader.all()?;
    Ok(reader.arrays)
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [(usize, Token<'a>)],
    at: usize,
    arrays: Vec<Array>,
    /// The last name that may be that of the next array.
    label: Option<String>,
}

impl Reader<'_> {
    fn all(&mut self) -> Result<(), ArrayFault> {
        while let Some((_, token)) = self.tokens.get(self.at) {
            match token {
                Token::Dots => return Err(elided()),
                Token::Name(word) => self.word(word),
                Token::Quoted(word) => {
                    self.label = Some((*word).to_owned());
                    self.at += 1;
                }
                Token::Open => {
                    let open = self.tokens[self.at..].iter();
                    let open = open.take_while(|(_, token)| *token == Token::Open).count();
                    if self.leads_to_numbers(open) {
                        self.array(1.0, 0)?;
                    } else {
                        self.at += open;
                    }
                }
                Token::Number(number) => self.number(number)?,
                _ => self.at += 1,
            }
        }
        Ok(())
    }

    fn peek(&self, ahead: usize) -> Option<&Token<'_>> {
        self.tokens.get(self.at + ahead).map(|(_, token)| token)
    }

    fn word(&mut self, word: &str) {
        if OPTIONS.contains(&word) && self.peek(1) == Some(&Token::Is) {
            // `dtype=torch.float64`, `grad_fn=<AddBackward0>`, `size=(2, 3)`
            self.at += 3;
            return;
        }
        if !WRAPPERS.contains(&word) {
            self.label = Some(word.to_owned());
        }
        self.at += 1;
    }

    /// Whether so many brackets open numbers, and not a list of `array(...)`.
    fn leads_to_numbers(&self, open: usize) -> bool {
        matches!(self.peek(open), Some(Token::Number(_) | Token::Dots | Token::Close))
    }

    /// A number outside of brackets: a scalar with a name, or what an array of
    /// PyTorch is multiplied by.
    fn number(&mut self, number: &str) -> Result<(), ArrayFault> {
        if self.peek(1) == Some(&Token::Times) && self.peek(2) == Some(&Token::Open) {
            self.at += 2;
            let factor = value(number);
            let power = if factor.is_normal() { factor.abs().log10().floor() as i16 } else { 0 };
            return self.array(factor, power);
        }
        let named = matches!(
            self.at.checked_sub(1).map(|before| &self.tokens[before].1),
            Some(Token::Is | Token::Other)
        );
        if let Some(label) = self.label.take().filter(|_| named) {
            self.push(label, Vec::new(), vec![value(number)], vec![last_digit(number)]);
        }
        self.at += 1;
        Ok(())
    }

    fn array(&mut self, factor: f64, power: i16) -> Result<(), ArrayFault> {
        let (place, _) = self.tokens[self.at];
        let mut open = 0_usize;
        let mut shape: Vec<Option<usize>> = Vec::new();
        let mut counts: Vec<usize> = Vec::new();
        let (mut values, mut digits) = (Vec::new(), Vec::new());
        let ragged = || {
            let line = self.text[..place].matches('\n').count() + 1;
            ArrayFault::new(
                format!("line {line}: the rows of this array are not all of one length"),
                "paste the array as print shows it, all of it",
            )
        };
        loop {
            match self.peek(0) {
                Some(Token::Open) => {
                    if let Some(count) = counts.last_mut() {
                        *count += 1;
                    }
                    open += 1;
                    counts.push(0);
                    if open > DEEPEST {
                        return Err(ragged());
                    }
                    if shape.len() < open {
                        if !values.is_empty() {
                            return Err(ragged());
                        }
                        shape.push(None);
                    }
                }
                Some(Token::Close) => {
                    let count = counts.pop().unwrap_or(0);
                    let level = open - 1;
                    if *shape[level].get_or_insert(count) != count {
                        return Err(ragged());
                    }
                    open = level;
                    if open == 0 {
                        self.at += 1;
                        break;
                    }
                }
                Some(Token::Number(number)) => {
                    if open != shape.len() {
                        return Err(ragged());
                    }
                    if let Some(count) = counts.last_mut() {
                        *count += 1;
                    }
                    values.push(value(number) * factor);
                    let last = last_digit(number);
                    digits.push(LastDigit { power: last.power.saturating_add(power), ..last });
                }
                Some(Token::Comma) => {}
                Some(Token::Dots) => return Err(elided()),
                Some(_) => return Err(ragged()),
                None => {
                    return Err(ArrayFault::new(
                        "the text ends inside an array",
                        "paste the array as print shows it, to its last bracket",
                    ));
                }
            }
            self.at += 1;
        }
        let shape: Vec<usize> = shape.into_iter().map(|length| length.unwrap_or(0)).collect();
        let label = self.label.take().unwrap_or_else(|| format!("array {}", self.arrays.len() + 1));
        self.push(label, shape, values, digits);
        Ok(())
    }

    fn push(&mut self, label: String, shape: Vec<usize>, values: Vec<f64>, digits: Vec<LastDigit>) {
        // A list of arrays has one name: `nabla_w: [array(...), array(...)]`.
        self.arrays.push(Array {
            name: name(&label),
            shape,
            values,
            stored: Stored::Digits(digits),
        });
    }
}

fn value(number: &str) -> f64 {
    number.parse().unwrap_or(f64::NAN)
}

fn elided() -> ArrayFault {
    ArrayFault::new(
        "numbers are left out (...), so that not all can be compared",
        "print them in full first: numpy.set_printoptions(threshold=sys.maxsize, precision=17), or \
         torch.set_printoptions(profile=\"full\", precision=10)",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, Vec<usize>, Vec<f64>)> {
        let arrays = read(text).expect("it reads");
        arrays.into_iter().map(|array| (array.name, array.shape, array.values)).collect()
    }

    #[test]
    fn printed_arrays_are_read() {
        let expected = vec![
            ("dW1".to_owned(), vec![2, 2], vec![0.1, -0.2, 3.0, 4e-5]),
            ("db1".to_owned(), vec![2], vec![1.0, 2.0]),
        ];
        for text in [
            "dW1 = [[ 0.1 -0.2]\n [ 3.   4e-5]]\ndb1 = [1. 2.]",
            "dW1:\n[[0.1, -0.2], [3.0, 4e-05]]\ndb1:\n[1, 2]",
            "{'dW1': array([[ 0.1, -0.2],\n       [ 3. ,  4e-05]]), 'db1': array([1., 2.])}",
            "dW1 tensor([[ 0.1, -0.2],\n [3., 4e-05]], dtype=torch.float64)\ndb1 tensor([1., 2.], grad_fn=<SumBackward1>)",
            "OrderedDict([('dW1', tensor([[0.1, -0.2], [3., 4e-05]])), ('db1', tensor([1., 2.]))])",
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn a_common_factor_and_single_numbers_are_read() {
        let read = told("loss = 0.25\ntensor(0.5)\n dZ2 = tensor(1.00000e-02 *\n [[2., 4.]])");
        assert_eq!(read[0], ("loss".to_owned(), vec![], vec![0.25]));
        assert_eq!(read[1], ("dZ2".to_owned(), vec![1, 2], vec![0.02, 0.04]));
    }

    #[test]
    fn what_is_left_out_or_ragged_is_refused() {
        for text in ["dW1 = [[0.1 0.2 ... 0.3]]", "dW1 = [[1 2] [3]]", "dW1 = [[1 2"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
