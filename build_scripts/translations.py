"""Sentences of the program: collect them, keep the catalogues in step, compile them, find what is missing.

python build_scripts/translations.py update     collect new sentences into translations/*.po
python build_scripts/translations.py prune      the same, and drop those nobody says any more
python build_scripts/translations.py compile    write what the programs read
python build_scripts/translations.py check      name every missing, doubtful or broken translation; exit code 1 if any
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
TRANSLATIONS: Final = ROOT / "translations"
DOMAIN: Final = "clubkassa"
SOURCES: Final = ("desktop", "shared", "sync_server")
KEYWORDS: Final = {"tr": None, "ntr": (1, 2), "N_": None}
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def extract() -> Catalog:
    """Every sentence the sources mark, with the files it stands in."""
    found = Catalog(project="ClubKassa", charset="utf-8")
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for _line, message, _comments, _context in extract_from_file("python", str(path), keywords=KEYWORDS):
                if message and message[0]:
                    found.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return found


def catalogues() -> Iterator[tuple[Path, Catalog]]:
    """The catalogue of each language."""
    for path in sorted(TRANSLATIONS.glob("*.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale=path.stem)


def update(*, prune: bool) -> None:
    """Add new sentences to every catalogue; with `prune`, drop those nobody says any more."""
    template = extract()
    for path, catalogue in catalogues():
        kept = [message for message in catalogue if message.id and not prune]
        # The date of the collection would change the file when nothing else did.
        template.creation_date = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True)
        for message in kept:
            if catalogue.get(message.id[0] if isinstance(message.id, tuple) else message.id) is None:
                catalogue[message.id] = message
        catalogue.obsolete.clear()
        catalogue.last_translator = catalogue.language_team = "ClubKassa"
        catalogue.msgid_bugs_address = ""
        with path.open("wb") as file:
            write_po(file, catalogue, width=130, sort_output=True, include_lineno=False)


def compile_all() -> None:
    """Write the compiled catalogue of every language."""
    for path, catalogue in catalogues():
        target = TRANSLATIONS / path.stem / "LC_MESSAGES" / f"{DOMAIN}.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, catalogue)


def faults() -> list[str]:
    """What keeps a catalogue from being whole, one line each."""
    wanted = extract()
    found: list[str] = []
    for path, catalogue in catalogues():
        for message in wanted:
            if message.id:
                found.extend(f"{path.name}: {fault}" for fault in _faults_of(message, catalogue))
    return found


def _faults_of(message: Message, catalogue: Catalog) -> Iterator[str]:
    sources = [str(each) for each in message.id] if isinstance(message.id, (tuple, list)) else [str(message.id)]
    said = catalogue.get(sources[0])
    if said is None or not said.string:
        yield f"missing: {sources[0]}"
        return
    strings = [str(each) for each in said.string] if isinstance(said.string, (tuple, list)) else [str(said.string)]
    if isinstance(message.id, tuple) and len(strings) != catalogue.num_plurals:
        yield f"{catalogue.num_plurals} plural forms needed: {sources[0]}"
    if not all(strings):
        yield f"missing: {sources[0]}"
        return
    if said.fuzzy:
        yield f"doubtful: {sources[0]}"
    needed = set(_PLACEHOLDER.findall(sources[-1]))
    for string in strings:
        if set(_PLACEHOLDER.findall(string)) - {"n"} != needed - {"n"}:
            yield f"other placeholders: {sources[0]}"
            return


def main(arguments: list[str]) -> int:
    """Run one command; 0 when it went well."""
    command = arguments[0] if arguments else ""
    if command in {"update", "prune"}:
        update(prune=command == "prune")
    elif command == "compile":
        compile_all()
    elif command == "check":
        found = faults()
        print("\n".join(found) or "every sentence is translated")
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
