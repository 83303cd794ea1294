#!/usr/bin/env bash
# Has TeX and pandoc read what the program writes for every shipped scenario:
# tests/paper/compile.sh PROGRAM [SCENARIO...]. A warning or a box that is too full
# fails it. Needs pdflatex, lualatex, pandoc and pdftotext.
set -euo pipefail
program=$(realpath "$1")
shift
cd "$(dirname "$0")/../.."
if [ $# -eq 0 ]; then set -- scenarios/*.json; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

compile() { # engine file
    if ! (cd "$work" && timeout 300 "$1" -interaction=nonstopmode -halt-on-error "$2.tex" > "$2.stdout" 2>&1); then
        echo "$1 $2: does not compile"
        grep -m 3 -A 4 '^!' "$work/$2.log" || true
        failed=1
    elif grep -E '^(Overfull|LaTeX( Font)? Warning|Package .* Warning|Missing character)' "$work/$2.log" \
        | sort | uniq -c | sort -rn > "$work/$2.said" && [ -s "$work/$2.said" ]; then
        echo "$1 $2:"
        head -n 5 "$work/$2.said"
        failed=1
    fi
}

for scenario in "$@"; do
    name=$(basename "$scenario" .json)
    "$program" run "$scenario" --format latex --output "$work/$name-article.tex"
    "$program" run "$scenario" --format beamer --output "$work/$name-slides.tex"
    "$program" sheet "$scenario" --format latex --filled --output "$work/$name-sheet.tex"
    for kind in article slides sheet; do
        # Slides know their number after the first time.
        if [ "$kind" = slides ]; then
            (cd "$work" && "${ENGINE:-pdflatex}" -interaction=batchmode "$name-$kind.tex" > /dev/null) || true
        fi
        compile "${ENGINE:-pdflatex}" "$name-$kind"
    done
    "$program" run "$scenario" --format markdown > "$work/$name.md"
    if ! pandoc --from markdown --to html --mathml --fail-if-warnings --metadata title="$name" "$work/$name.md" --output "$work/$name.html"; then
        echo "pandoc $name"
        failed=1
    fi
done

# Numbers of the lecture, read back from the paper.
if [ -f "$work/xor-article.pdf" ]; then
    pdftotext -layout "$work/xor-article.pdf" "$work/text"
    for number in 0.3705 0.7389; do
        grep -q "$number" "$work/text" || { echo "$number is not on the paper"; failed=1; }
    done
fi
if [ -n "${KEEP:-}" ]; then cp "$work"/*.pdf "$work"/*.tex "$work"/*.log "$work"/*.md "$KEEP"; fi
exit "$failed"
