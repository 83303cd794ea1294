#!/usr/bin/env bash
# Has TeX and pandoc read what the program writes for every shipped scenario and for
# a hostile one: tests/paper/compile.sh PROGRAM [SCENARIO...]. A warning or a box that
# is too full fails it. Needs pdflatex, lualatex, pandoc, pdftotext and python3.
# KEEP=FOLDER keeps what was made.
set -euo pipefail
program=$(realpath "$1")
shift
cd "$(dirname "$0")/../.."
if [ $# -eq 0 ]; then set -- scenarios/*.json tests/paper/hostile.json; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One file by one engine, in a folder of its own, so that several run side by side.
compile() { # engine file
    local engine=$1 file=$2 folder="$work/$1-$2"
    mkdir "$folder"
    cp "$work/$file.tex" "$folder"
    cd "$folder"
    # Slides know their number after the first time.
    case $file in *-slides) "$engine" -interaction=batchmode "$file.tex" > /dev/null || true ;; esac
    if ! timeout 300 "$engine" -interaction=nonstopmode -halt-on-error "$file.tex" > stdout 2>&1; then
        echo "$engine $file: does not compile"
        grep -m 3 -A 4 '^!' "$file.log" || true
        return 1
    fi
    if grep -E '^(Overfull|LaTeX( Font)? Warning|Package .* Warning|Missing character)' "$file.log" \
        | sort | uniq -c | sort -rn > said && [ -s said ]; then
        echo "$engine $file:"
        head -n 5 said
        return 1
    fi
    if [ -e acted ]; then
        echo "$engine $file: text of the scenario acts"
        return 1
    fi
}
export -f compile
export work

jobs=()
for scenario in "$@"; do
    name=$(basename "$scenario" .json)
    "$program" run "$scenario" --apply --format latex --output "$work/$name-article.tex"
    "$program" run "$scenario" --apply --format beamer --output "$work/$name-slides.tex"
    "$program" sheet "$scenario" --format latex --filled --output "$work/$name-sheet.tex"
    "$program" check "$scenario" --format latex --output "$work/$name-check.tex"
    kinds="article slides check"
    # The key of a large network is a book of its own.
    if [ "$(grep -c btbox "$work/$name-sheet.tex")" -lt 500 ]; then kinds="$kinds sheet"; fi
    for kind in $kinds; do jobs+=("pdflatex $name-$kind"); done
    case $name in xor | hostile)
        for kind in $kinds; do jobs+=("lualatex $name-$kind"); done ;;
    esac
done
if [ -f "$work/xor-article.tex" ]; then
    "$program" train xor-batch --epochs 300 --format latex --output "$work/train-article.tex"
    "$program" figure xor --highlight dL/dW11 --format tikz --output "$work/figure-alone.tex"
    jobs+=("pdflatex train-article" "pdflatex figure-alone")
fi
printf '%s\n' "${jobs[@]}" | xargs -P "$(nproc)" -L 1 bash -c 'compile "$1" "$2"' compile

for scenario in "$@"; do
    name=$(basename "$scenario" .json)
    "$program" run "$scenario" --apply --format markdown > "$work/$name.md"
    pandoc --from markdown --to html --mathml --fail-if-warnings --metadata title="$name" \
        "$work/$name.md" --output "$work/$name.html"
done

# All numbers that the lecture prints, read back from the paper.
for kind in article slides; do
    pdf="$work/pdflatex-xor-$kind/xor-$kind.pdf"
    if [ ! -f "$pdf" ]; then continue; fi
    pdftotext -layout "$pdf" "$work/text"
    python3 - scenarios/xor.json "$work/text" << 'PYTHON'
import json, sys
printed = json.load(open(sys.argv[1]))["reference"]["values"]
text = open(sys.argv[2]).read().replace("\N{MINUS SIGN}", "-").replace("- ", "-")
missing = [name for name, value in printed.items() if str(value) not in text]
assert len(printed) >= 26 and not missing, f"not on the paper: {missing}"
PYTHON
done
if [ -n "${KEEP:-}" ]; then cp "$work"/pdflatex-*/*.pdf "$work"/*.tex "$work"/*.md "$KEEP"; fi
echo "${#jobs[@]} documents as they should be"
