#!/usr/bin/env bash
# Runs the snippets with the real libraries, for every shipped scenario that has one:
# tests/programs/snippets.sh PROGRAM PYTHON. What they save must agree with the lesson.
# A library that PYTHON does not have is left out, and said so; numpy must be there.
set -euo pipefail
program=$(realpath "$1")
python=$2
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -c 'import numpy'
for library in numpy pytorch jax; do
    module=${library/pytorch/torch}
    if ! "$python" -c "import $module" 2> /dev/null; then
        echo "$library: not there, not run"
        continue
    fi
    count=0
    for scenario in "$PWD"/scenarios/*.json; do
        folder=$work/$library-$(basename "$scenario" .json)
        mkdir "$folder"
        "$program" snippet "$library" "$scenario" > "$folder/snippet.py"
        (cd "$folder" && "$python" snippet.py > said)
        "$program" check "$scenario" --gradients "$folder/grads.npz" > "$folder/report" || {
            cat "$folder/report"
            exit 1
        }
        count=$((count + 1))
    done
    echo "$library: $count snippets run, and what they save agrees"
done
