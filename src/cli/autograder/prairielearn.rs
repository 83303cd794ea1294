//! The package for PrairieLearn: the folder of a question that is graded outside.

use super::Package;
use crate::cli::fingerprint;
use crate::cli::sheet;
use crate::export::prairielearn;

const GRADE: &str = "#!/bin/sh
# Grades one submission: marks the sheet that the student has filled in.
root=\"${GRADE_ROOT:-/grade}\"
mkdir -p \"$root/results\"
chmod +x \"$root/tests/backprop-tutor\" 2> /dev/null
if ! \"$root/tests/backprop-tutor\" mark \"$root/tests/scenario.json\" \"$root/student\" \\
    --format prairielearn --threads 1 --output \"$root/results/results.json\"; then
    printf '{\"gradable\": false, \"score\": 0, \"message\": \"The grader failed.\"}\\n' \\
        > \"$root/results/results.json\"
fi
";

pub(super) fn write(package: &Package<'_>) -> anyhow::Result<()> {
    let blank = String::from_utf8_lossy(&sheet::text(package.scenario, false)?).into_owned();
    let seeds = ["", "a", "b", "c"]
        .map(|salt| fingerprint::fnv(&[salt.as_bytes(), package.text.as_slice()].concat()));
    let title = &package.scenario.title;
    package.file("info.json", &prairielearn::info(title, seeds)?)?;
    package.file("question.html", prairielearn::question(title, &blank).as_bytes())?;
    package.program("tests/grade.sh", GRADE.as_bytes())?;
    package.program("tests/backprop-tutor", &package.program)?;
    package.file("tests/scenario.json", &package.text)
}
