"""Marks sheets with Apache Spark: each partition is piped through one process.

    pip install pyspark            # needs Java 17 or newer
    python3 examples/spark_marks.py --sheets sheets.jsonl --scenario xor \
        --program target/release/backprop-tutor --output marks

Each line of the input is {"id": ..., "answers": {...}}; each line of the output is
the marks of one sheet, in the same order. `--check` marks the same sheets with one
process as well and compares the bytes. `--make N` makes N sheets first.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys


def make(path, count, program, scenario):
    """Writes sheets: right ones, and one in four with a number that is wrong."""
    key = subprocess.run(
        [program, "sheet", scenario, "--filled", "--format", "json"],
        check=True, capture_output=True, text=True,
    )
    key = json.loads(key.stdout)
    key.pop("student", None)
    names = list(key)
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            answers = key
            if number % 4 == 3:
                name = names[number % len(names)]
                answers = {**key, name: f"{float(key[name] or 0) + 0.0137 * (1 + number % 7):.4f}"}
            out.write(json.dumps({"id": number, "answers": answers}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheets", required=True)
    parser.add_argument("--scenario", default="xor")
    parser.add_argument("--program", required=True)
    parser.add_argument("--output", help="a folder that is not there yet")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--make", type=int, metavar="N")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    # A worker has another folder, and no PATH: both are named in full.
    program = os.path.abspath(args.program)
    scenario = os.path.abspath(args.scenario) if os.path.exists(args.scenario) else args.scenario
    command = [program, "mark", scenario, "-", "--format", "jsonl", "--threads", "1"]
    if args.make:
        make(args.sheets, args.make, program, scenario)

    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master(args.master).appName("marks")
    spark = spark.config("spark.ui.enabled", "false").getOrCreate()
    sheets = spark.sparkContext.textFile("file://" + os.path.abspath(args.sheets), args.partitions)
    marks = sheets.pipe(shlex.join(command), checkCode=True)
    if args.output:
        marks.saveAsTextFile("file://" + os.path.abspath(args.output))
    if args.check:
        with open(args.sheets, encoding="utf-8") as lines:
            alone = subprocess.run(command, check=True, stdin=lines, capture_output=True, text=True)
        together = "".join(line + "\n" for line in marks.collect())
        if together != alone.stdout:
            sys.exit("the marks differ from those of one process")
        print(f"{together.count(chr(10))} sheets, the same bytes as from one process")
    spark.stop()


if __name__ == "__main__":
    main()
