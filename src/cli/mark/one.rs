//! The submission of one student, inside a grader: what counts of the files that
//! were handed in.

use std::io::Write;

use super::gather::Gather;
use crate::class::{Pile, SeenSheet};
use crate::cli::args::class::Marks;
use crate::export::grader::{self, Submission};
use crate::num;

impl Gather<'_, '_> {
    /// Marks the files of one submission; the best of them counts.
    pub(super) fn submission(&self, pile: &mut Pile, out: &mut impl Write) -> anyhow::Result<()> {
        let mut best = Submission::nothing();
        let (mut count, mut counting) = (0, String::new());
        while let Some(portion) = pile.portion()? {
            let one = |_, seen: SeenSheet<'_>| (seen.place(), Submission::of(&seen));
            for (place, submission) in self.pool.install(|| self.class.each(&portion, &one)) {
                count += 1;
                if count == 1 || submission.is_better_than(&best) {
                    (best, counting) = (submission, place);
                }
            }
        }
        if count > 1 {
            let sheets = num::counted(count, "sheet");
            best.add_remark(&format!("{sheets} were handed in; {counting} counts."));
        }
        if self.args.format == Marks::Prairielearn {
            grader::prairielearn(&best, out)?;
        } else {
            grader::gradescope(&best, out)?;
        }
        Ok(())
    }
}
