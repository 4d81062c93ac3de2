#!/usr/bin/env python3
"""Holds what builds and checks wrote for programs against the published schemas: schemas.py FOLDER..., each an output folder.
Exit code 77, which means skipped, where there is no validator (Debian: python3-jsonschema)."""
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: there is no python3-jsonschema")
    sys.exit(77)

SCHEMAS = pathlib.Path(__file__).parent.parent / "docs" / "schemas"
FILES = {"claims": "claims.json", "manifest": "manifest.json", "data": "data/*.json", "check": "check/check.json"}


def main():
    held, faults = dict.fromkeys(FILES, 0), 0
    for name, pattern in FILES.items():
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for folder in sys.argv[1:]:
            for file in sorted(pathlib.Path(folder).glob(pattern)):
                held[name] += 1
                for error in validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))):
                    faults += 1
                    print(f"{file}: {'/'.join(map(str, error.path))}: {error.message[:300]}")
    print(", ".join(f"{count} of {name}" for name, count in held.items()))
    return 1 if faults or 0 in held.values() else 0


if __name__ == "__main__":
    sys.exit(main())
