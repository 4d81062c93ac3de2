#!/usr/bin/env python3
"""Mutation test: would the tests and `check` notice a mistake in one line?

    tests/mutation/run.py [--list] [--only TEXT] [--report FILE] [--jobs N] [--folder DIR]

Makes each mutant of mutants.txt in a copy of the sources, builds what depends on it and runs, until something fails: the
tests of the module, those of the modules that use it, and `check` on small figures of every experiment against references
that the program itself gave before it was changed. A mutant that does not end in time is noticed, too. Ends with 1 when
more than one in twenty survives, not counting those whose survival is explained.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LEAST_KILLED = 0.95
TEST_SECONDS = 300  # for one program of tests; on its own it takes less than a minute

# Which tests can notice a mistake in a module, those that are quickest first.
TESTS = {
    "src/numerics": ["numerics", "experiments"],
    "src/data": ["data", "experiments"],
    "src/experiment": ["experiment", "experiments"],
    "src/experiments": ["experiments"],
    "render/plot": ["plot", "regression"],
    "render/plot/geometry": ["plot", "regression"],
    "render/plot/layout": ["plot", "regression"],
    "render/plot/marks": ["plot", "regression"],
    "render/plot/text": ["plot", "regression"],
}


class Mutant:
    def __init__(self, block):
        lines = block.splitlines()
        self.file, self.breaks = lines[0].split(": ", 1)
        self.text = "\n".join(line[2:] for line in lines[1:] if line.startswith("- "))
        self.wrong = "\n".join(line[2:] for line in lines[1:] if line.startswith("+ "))
        self.accepted = " ".join(line[2:] for line in lines[1:] if line.startswith("= "))
        self.module = "/".join(self.file.split("/")[:2])

    def __str__(self):
        return f"{self.file}: {self.breaks}"


def read_mutants():
    blocks = (HERE / "mutants.txt").read_text().split("\n\n")
    return [Mutant(b.strip("\n")) for b in blocks if b.strip() and not b.lstrip().startswith("#")]


def run(words, seconds, **more):
    """Exit code and output; None when it did not end in time."""
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                               start_new_session=True, **more)
    try:
        output, _ = process.communicate(timeout=seconds)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None, ""


class Workbench:
    """A copy of the sources with a build folder of its own."""

    def __init__(self, folder, jobs):
        self.jobs = jobs
        self.source = folder / "source"
        self.build = self.source / "build"
        self.environment = dict(os.environ, REPORT_ROOT=str(self.source), REPORT_CACHE=str(folder / "cache"), NO_COLOR="1")
        for variable in ("CI", "GITHUB_ACTIONS", "REPORT_DATA"):
            self.environment.pop(variable, None)
        # Paths in a temporary folder should not keep the compiler's cache from knowing what it compiled before.
        self.compiling = dict(os.environ, CCACHE_BASEDIR=str(self.source), CCACHE_NOHASHDIR="1")
        self.output, self.references = folder / "output", folder / "references"
        (folder / "nowhere").mkdir(exist_ok=True)
        self.nowhere = folder / "nowhere"

    def prepare(self):
        files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.split(b"\0")
        for name in filter(None, files):
            name = os.fsdecode(name)
            (self.source / name).parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_file():
                shutil.copy2(ROOT / name, self.source / name)
        launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        code, output = run(["cmake", "-S", str(self.source), "-B", str(self.build), "-G", "Ninja", "-DREPORT_TESTS=ON"] + launcher, 300)
        if code != 0:
            sys.exit(output)
        modules = sorted({module for modules in TESTS.values() for module in modules})
        code, output = self.compile(["program"] + [f"{module}-tests" for module in modules], 7200)
        if code != 0:
            sys.exit(output[-4000:])
        for module in modules:
            code, output = self.test(module)
            if code != 0:
                sys.exit(f"the tests of {module} fail before anything is changed:\n{output[-4000:]}")
        self.check()
        code, output = self.report("bless")
        if code != 0:
            sys.exit(output)
        code, output = self.check()
        if code != 0:
            sys.exit("the check differs from itself:\n" + output)

    def compile(self, targets, seconds=1800):
        return run(["ninja", "-C", str(self.build), f"-j{self.jobs}"] + targets, seconds, env=self.compiling)

    def test(self, module):
        return run([str(self.build / "tests" / f"{module}-tests"), "--abort"], TEST_SECONDS, cwd=self.build)

    def report(self, command):
        return run([str(self.build / "report"), command, "--chapters", str(HERE / "chapters"), "--output", str(self.output),
                    "--references", str(self.references), "--data", str(self.nowhere), "--verbose"], TEST_SECONDS, env=self.environment)

    def check(self):
        return self.report("check")

    def judge(self, mutant):
        """Who noticed, or "" when nobody did."""
        for module in TESTS[mutant.module]:
            code, output = self.compile([f"{module}-tests"])
            if code != 0:
                return "the compiler", output
            code, output = self.test(module)
            if code is None:
                return f"the tests of {module}, which did not end", ""
            if code != 0:
                return f"the tests of {module}", first_failure(output)
        code, output = self.compile(["program"])
        if code != 0:
            return "the compiler", output
        code, output = self.check()
        if code is None:
            return "check, which did not end", ""
        if code != 0:
            return "check", next((l.strip() for l in output.splitlines() if "differs" in l or "failed" in l), output.strip()[-200:])
        return "", ""


def first_failure(output):
    """The name of the first test case that failed, as Catch prints it between two lines of dashes."""
    lines = output.splitlines()
    for i, line in enumerate(lines[:-1]):
        if line.startswith("-----") and not lines[i + 1].startswith("-----"):
            return lines[i + 1].strip()
    return output.strip()[-200:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print the mutants and whether their text is there")
    parser.add_argument("--only", default="", help="mutants whose file or description holds this text")
    parser.add_argument("--report", help="write one line a mutant to this file")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="compilers at once (default: all cores)")
    parser.add_argument("--folder", help="work in this folder and keep it; one that was prepared before is used as it is")
    options = parser.parse_args()
    mutants = [m for m in read_mutants() if options.only in str(m)]
    absent = [m for m in mutants if (ROOT / m.file).read_text().count(m.text) != 1]
    for mutant in absent:
        print(f"the text of this mutant does not stand exactly once in its file: {mutant}", file=sys.stderr)
    if options.list:
        print("\n".join(str(m) for m in mutants))
    if options.list or absent:
        sys.exit(2 if absent else 0)

    folder = Path(options.folder or tempfile.mkdtemp(prefix="mutants-")).absolute()
    folder.mkdir(exist_ok=True)
    lines, survivors, accepted = [], [], []
    try:
        bench = Workbench(folder, options.jobs)
        if not (folder / "prepared").exists():
            bench.prepare()
            (folder / "prepared").touch()
        for number, mutant in enumerate(mutants, 1):
            begun = time.monotonic()
            place = bench.source / mutant.file
            right = place.read_text()
            place.write_text(right.replace(mutant.text, mutant.wrong))
            try:
                who, how = bench.judge(mutant)
            finally:
                place.write_text(right)
            if not who:
                (accepted if mutant.accepted else survivors).append(mutant)
            verdict = f"killed by {who}: {' '.join(how.split())[:160]}" if who else f"SURVIVED {mutant.accepted and '(accepted: ' + mutant.accepted + ')'}"
            lines.append(f"{mutant}\n    {verdict}")
            print(f"[{number}/{len(mutants)}] {lines[-1]} ({time.monotonic() - begun:.0f} s)", flush=True)
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)
    killed = len(mutants) - len(survivors) - len(accepted)
    summary = f"{killed} of {len(mutants)} mutants were noticed ({100 * killed / len(mutants):.1f} %), {len(accepted)} survive with a reason, {len(survivors)} without"
    print(summary)
    if options.report:
        Path(options.report).write_text("\n".join(lines) + "\n\n" + summary + "\n")
    sys.exit(0 if killed >= LEAST_KILLED * (len(mutants) - len(accepted)) else 1)


if __name__ == "__main__":
    main()
