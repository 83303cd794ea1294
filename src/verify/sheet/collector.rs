//! Gathers what a sheet says: each quantity once, each line that is none with
//! its reason.

use compact_str::CompactString;

use super::number::Comma;
use super::reader::SheetReader;
use super::written;
use super::{Answer, AnswerReading, LONGEST_ANSWER, NumberProblem, Reason, Sheet, Unread};
use crate::name::{Name, NameList};
use crate::num::{Agreement, Written};
use crate::source::locate::LineCounter;
use crate::text::brief;

/// Characters of a student's name that are kept.
const LONGEST_STUDENT: usize = 200;

/// Lines without an answer that are listed.
const MOST_UNREAD: usize = 1000;

/// Unknown names that the nearest one is looked for.
const MOST_NEAREST: usize = 50;

/// An answer as it stands in the file.
pub(super) enum Raw<'t> {
    /// Nothing: the line is left open.
    Open,
    /// Written by a person.
    Text(&'t str),
    /// A number of JSON, which has no choice of its decimal point.
    JsonNumber(&'t str),
    /// Something else.
    Unreadable(NumberProblem, &'t str),
}

/// The sheet that is being read.
pub(super) struct Collector<'a> {
    pub(super) reader: &'a SheetReader<'a>,
    text: &'a str,
    lines: LineCounter<'a>,
    /// How far places were counted.
    counted_to: usize,
    pub(super) sheet: Sheet,
    /// The answered quantities, in the order of the answers; none until it is asked for.
    answered: Option<NameList<'a>>,
    /// Known names that are answered, a bit each.
    seen: Vec<u64>,
    student_line: Option<usize>,
    has_number: bool,
    /// Whether a comma in the sheet is certainly a decimal comma.
    pub(super) has_decimal_comma: bool,
    has_point: bool,
    more_unread: usize,
    nearest_left: usize,
}

impl<'a> Collector<'a> {
    pub(super) fn new(text: &'a str, reader: &'a SheetReader<'a>) -> Self {
        Self {
            reader,
            text,
            lines: LineCounter::new(text),
            counted_to: 0,
            sheet: Sheet::default(),
            answered: None,
            seen: vec![0; reader.known.len().div_ceil(64)],
            student_line: None,
            has_number: false,
            has_decimal_comma: false,
            has_point: false,
            more_unread: 0,
            nearest_left: MOST_NEAREST,
        }
    }

    /// Makes room for so many answers.
    pub(super) fn reserve(&mut self, answers: usize) {
        let most = self.reader.known.len().max(self.reader.numbering.len());
        self.sheet.answers.reserve(answers.min(most));
    }

    /// The quantity that people call so, if the network has one.
    pub(super) fn known(&self, text: &str) -> Option<Name> {
        if let Some((name, _)) = self.reader.known.get(text.as_bytes()) {
            return Some(name);
        }
        let naming = self.reader.network.naming();
        naming.read(text).filter(|name| self.reader.has(*name))
    }

    /// Takes a number of the name at a place of the known ones; says whether
    /// it could, which it cannot the second time.
    pub(super) fn quick(
        &mut self,
        (name, at): (Name, usize),
        place: (usize, usize),
        written: Written,
    ) -> bool {
        let (word, bit) = (at / 64, 1_u64 << (at % 64));
        if self.seen[word] & bit != 0 {
            return false;
        }
        if let Some(answered) = &mut self.answered {
            if answered.place(name).is_some() {
                return false;
            }
            answered.push(name);
        }
        self.seen[word] |= bit;
        self.has_point |= written.decimals > 0;
        self.sheet.answers.push(answer(name, AnswerReading::Number(written), place));
        true
    }

    /// Takes one line: `key` is its name, `whole` all of it; `at` is where the
    /// answer stands, `key_at` where the name does.
    pub(super) fn line(&mut self, key: &str, key_at: usize, whole: &str, at: usize, raw: Raw<'_>) {
        let Some(name) = self.known(key) else {
            return self.unknown(key, key_at, whole, &raw);
        };
        self.named(name, (key_at, at), &|| whole.to_owned(), raw);
    }

    /// Takes an answer to a quantity; `places` are those of the name and of the
    /// answer, `whole` makes the text of all of it.
    pub(super) fn named(
        &mut self,
        name: Name,
        places: (usize, usize),
        whole: &dyn Fn() -> String,
        raw: Raw<'_>,
    ) {
        let (key_at, at) = places;
        if matches!(raw, Raw::Open) {
            return;
        }
        if name.is_given() {
            let written = match self.reading(&raw) {
                AnswerReading::Number(written) => Some(Box::new(written)),
                AnswerReading::Unreadable(_) => None,
            };
            return self.unread(key_at, &whole(), Reason::Given { name, written });
        }
        let place = self.position(at);
        let answer = answer(name, self.reading(&raw), place);
        let answers = &mut self.sheet.answers;
        let answered = self.answered.get_or_insert_with(|| {
            let mut answered = NameList::new(&self.reader.numbering);
            answers.iter().for_each(|answer| answered.push(answer.name));
            answered
        });
        match answered.place(name) {
            None => {
                answered.push(name);
                answers.push(answer);
            }
            Some(earlier) => self.second(earlier, answer, key_at, whole),
        }
    }

    /// Takes a second answer to the same quantity.
    fn second(&mut self, at: usize, later: Answer, key_at: usize, whole: &dyn Fn() -> String) {
        let earlier = &mut self.sheet.answers[at];
        match (&earlier.reading, &later.reading) {
            (AnswerReading::Unreadable(first), _)
                if matches!(first.problem, NumberProblem::Contradiction { .. }) => {}
            (AnswerReading::Unreadable(first), AnswerReading::Number(_)) => {
                let (problem, line) = (first.problem, later.line as usize);
                let place = (earlier.line as usize, earlier.column as usize);
                let text = first.text.to_string();
                *earlier = later;
                self.unread_at(place, text, Reason::AnsweredElsewhere { line, problem });
            }
            (_, AnswerReading::Unreadable(second)) => {
                if earlier.reading.text() != second.text {
                    let (problem, line) = (second.problem, earlier.line as usize);
                    self.unread(key_at, &whole(), Reason::AnsweredElsewhere { line, problem });
                }
            }
            (AnswerReading::Number(one), AnswerReading::Number(other)) => {
                let (coarse, fine) =
                    if one.decimals <= other.decimals { (one, other) } else { (other, one) };
                if coarse.agreement(fine.value) == Agreement::Differs {
                    let (first, second) = (earlier.line as usize, later.line as usize);
                    let problem = NumberProblem::Contradiction { first, second };
                    earlier.reading = AnswerReading::unreadable(problem, earlier.reading.text());
                } else if one.decimals < other.decimals {
                    *earlier = later;
                }
            }
        }
    }

    /// What an answer says.
    fn reading(&mut self, raw: &Raw<'_>) -> AnswerReading {
        let (text, result) = match *raw {
            Raw::Open => ("", Err(NumberProblem::NoDigits)),
            Raw::Unreadable(problem, text) => (text, Err(problem)),
            Raw::JsonNumber(text) => (text, written::read_with(text, Comma::Unclear)),
            Raw::Text(text) => {
                let result = written::read_with(text, Comma::Unclear);
                self.has_decimal_comma |= result.is_ok() && text.contains(',');
                self.has_point |= text.contains('.');
                (text, result)
            }
        };
        match result {
            Ok(written) => AnswerReading::Number(written),
            Err(problem) => {
                AnswerReading::unreadable(problem, brief(text.trim(), LONGEST_ANSWER).into())
            }
        }
    }

    fn unknown(&mut self, key: &str, key_at: usize, whole: &str, raw: &Raw<'_>) {
        // A heading, or a line left open.
        if matches!(raw, Raw::Open) {
            return;
        }
        if key.trim().is_empty() {
            return self.unread(key_at, whole, Reason::NoName);
        }
        if !whole.contains(|c: char| c.is_ascii_digit()) {
            return self.unread(key_at, whole, Reason::Prose);
        }
        let mut nearest = None;
        if self.nearest_left > 0 {
            self.nearest_left -= 1;
            nearest = self.reader.find(key.trim()).err().flatten();
        }
        let nearest = nearest.map(CompactString::from);
        self.unread(key_at, whole, Reason::UnknownName { nearest });
    }

    /// Takes a line that is no answer.
    pub(super) fn unread(&mut self, at: usize, text: &str, reason: Reason) {
        let place = self.position(at);
        self.unread_at(place, brief(text.trim(), LONGEST_ANSWER), reason);
    }

    fn unread_at(&mut self, (line, column): (usize, usize), text: String, reason: Reason) {
        if self.sheet.unread.len() >= MOST_UNREAD {
            self.more_unread += 1;
        } else {
            self.sheet.unread.push(Unread { line, column, text, reason });
        }
    }

    /// Takes the student's name, or number.
    pub(super) fn student(&mut self, key: &str, key_at: usize, name: &str) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let shown = brief(name, LONGEST_STUDENT);
        let is_number = !name.contains(char::is_alphabetic) || super::student::is_number(key);
        match &mut self.sheet.student {
            None => {
                self.sheet.student = Some(shown);
                self.has_number = is_number;
                self.student_line = Some(self.position(key_at).0);
            }
            Some(earlier) if *earlier == shown => {}
            // A name and a number are one student.
            Some(earlier) if is_number != self.has_number => {
                *earlier = if is_number {
                    format!("{earlier} ({shown})")
                } else {
                    format!("{shown} ({earlier})")
                };
                // Nothing more is missing.
                self.has_number = is_number;
            }
            Some(_) => {
                let line = self.student_line.unwrap_or(1);
                self.unread(key_at, &format!("{key}: {name}"), Reason::StudentTwice { line });
            }
        }
    }

    /// Line and column of a place. Places come in file order but for some
    /// within a line, which are taken for the last one.
    fn position(&mut self, at: usize) -> (usize, usize) {
        let mut at = at.clamp(self.counted_to, self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        self.counted_to = at;
        self.lines.position(at)
    }

    /// The sheet. Someone who writes decimal commas, and no points, does so in
    /// 1,127 as well.
    pub(super) fn finish(mut self) -> Sheet {
        if self.has_decimal_comma && !self.has_point {
            for answer in &mut self.sheet.answers {
                if let AnswerReading::Unreadable(unreadable) = &answer.reading
                    && unreadable.problem == NumberProblem::UnclearComma
                    && let Ok(written) = written::read_with(&unreadable.text, Comma::Decimal)
                {
                    answer.reading = AnswerReading::Number(written);
                }
            }
        }
        // One that another line has answered was put aside later.
        self.sheet.unread.sort_by_key(|unread| (unread.line, unread.column));
        if self.more_unread > 0 {
            let count = self.more_unread;
            let reason = Reason::More { count };
            self.sheet.unread.push(Unread { line: 0, column: 0, text: String::new(), reason });
        }
        self.sheet
    }
}

fn answer(name: Name, reading: AnswerReading, (line, column): (usize, usize)) -> Answer {
    let [line, column] = [line, column].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
    Answer { name, reading, line, column }
}
