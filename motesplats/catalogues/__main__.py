"""Update `locale/`, or with --check say what is not up to date; then list what is not translated; or print a sheet."""

import argparse
from pathlib import Path

from motesplats.catalogues import sheet, sources
from motesplats.catalogues.update import missing_texts, updated_files

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Exit with 1 when a text is missing or cannot be found, or with --check when a file is not as it should be."""
    parser = argparse.ArgumentParser(prog="script/texts", description="Collects the texts to translate.")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail where something is missing"
    )
    parser.add_argument(
        "--sheet", action="store_true", help="print a page of each sentence with each agency, for translators"
    )
    asked = parser.parse_args()
    if asked.sheet:
        print(sheet.page(ROOT))
        return
    check = asked.check
    stale = [(path, content) for path, content in updated_files(ROOT) if path.read_text("utf-8") != content]
    for path, content in stale:
        print(f"{'not up to date' if check else 'updated'}: {path.relative_to(ROOT)}")
        if not check:
            path.write_text(content, encoding="utf-8")
    missing = list(missing_texts(ROOT))
    for text in missing:
        print(f"missing: {text}")
    lost = list(sources.hidden(ROOT))
    for place in lost:
        print(f"in an f-string, where it is not found: {place}")
    raise SystemExit(bool(missing or lost or (check and stale)))


if __name__ == "__main__":
    main()
