#!/usr/bin/env python3
"""Holds what builds and checks wrote for programs against the published schemas: schemas.py PROGRAM FOLDER..., each an
output folder; a document whose claims have all that claims may have is built besides.
Exit code 77, which means skipped, where there is no validator (Debian: python3-jsonschema)."""
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: there is no python3-jsonschema")
    sys.exit(77)

SCHEMAS = pathlib.Path(__file__).parent.parent / "docs" / "schemas"
FILES = {"claims": "claims.json", "manifest": "manifest.json", "data": "data/*.json", "check": "check/check.json"}

FIGURE = """```{{.figure #fig:{name}}}
experiment: quadratic-bowl
steps: {steps}
decay-steps: 50
caption: A bowl.
alt: A bowl
```

"""
CLAIMS = """```{.values}
least: "one: steps"
twice: "2 * least"
```

[More]{.claim that="two: steps > one:steps"}, [so]{.claim that="twice = 40"}, [half]{.claim that="one: steps = 20"}.
"""


def built(program, folder):
    """The output of the document."""
    figures = FIGURE.format(name="one", steps=20) + FIGURE.format(name="two", steps=30)
    (folder / "report.yaml").write_text("chapters: chapters\n", encoding="utf-8")
    (folder / "chapters").mkdir()
    (folder / "chapters" / "01.md").write_text(f"# Claims\n\n{figures}{CLAIMS}", encoding="utf-8")
    subprocess.run([program, "build", "--quiet", "--format", "json"], cwd=folder, check=True)
    claims = json.loads((folder / "output" / "claims.json").read_text(encoding="utf-8"))
    assert [set(claim) & {"figures", "values"} for claim in claims] == [{"figures"}, {"values"}, set()], claims
    return folder / "output"


def main():
    with tempfile.TemporaryDirectory() as folder:
        return faults_in([*sys.argv[2:], built(sys.argv[1], pathlib.Path(folder))])


def faults_in(folders):
    held, faults = dict.fromkeys(FILES, 0), 0
    for name, pattern in FILES.items():
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for folder in folders:
            for file in sorted(pathlib.Path(folder).glob(pattern)):
                held[name] += 1
                for error in validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))):
                    faults += 1
                    print(f"{file}: {'/'.join(map(str, error.path))}: {error.message[:300]}")
    print(", ".join(f"{count} of {name}" for name, count in held.items()))
    return 1 if faults or 0 in held.values() else 0


if __name__ == "__main__":
    sys.exit(main())
