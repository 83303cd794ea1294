//! The package for Gradescope: the files of a zip archive, which lies unpacked in
//! `/autograder/source` when a submission is graded.

use super::Package;

const SETUP: &str = "#!/usr/bin/env bash
# Runs once, when the image is built. Nothing is to be installed.
chmod +x \"${AUTOGRADER_ROOT:-/autograder}/source/backprop-tutor\"
";

const RUN: &str = "#!/usr/bin/env bash
# Grades one submission: marks the sheets in it, the best of them counts.
root=\"${AUTOGRADER_ROOT:-/autograder}\"
mkdir -p \"$root/results\"
if ! \"$root/source/backprop-tutor\" mark \"$root/source/scenario.json\" \"$root/submission\" \\
    --format gradescope --threads 1 --output \"$root/results/results.json\"; then
    printf '{\"score\": 0, \"output\": \"The grader failed; please tell your teacher.\"}\\n' \\
        > \"$root/results/results.json\"
fi
";

const READ_ME: &str =
    "Zip the files in this folder, not the folder itself, and upload the archive as
the autograder of a programming assignment. Students hand in their answer sheet
as a file: lines such as `z1_in = -0.53`, or JSON. The points of the assignment
are those of the sheet; `backprop-tutor mark scenario.json SHEET` shows them.
";

pub(super) fn write(package: &Package<'_>) -> anyhow::Result<()> {
    package.program("setup.sh", SETUP.as_bytes())?;
    package.program("run_autograder", RUN.as_bytes())?;
    package.program("backprop-tutor", &package.program)?;
    package.file("scenario.json", &package.text)?;
    package.file("README.txt", READ_ME.as_bytes())
}
