"""The two expected ways to fail in the shared core; everything else is a bug."""

from collections.abc import Mapping

Param = str | int


class Refusal(Exception):
    """The rules say no, and nothing was changed.

    `code` is stable for programs. `text` is an English sentence with named placeholders, marked with `N_`;
    `params` fills them. Names that end in `_minor`, `_milli` or `_at` are formatted for people by the one who shows them.
    """

    def __init__(self, code: str, text: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.params: Mapping[str, Param] = params

    def __str__(self) -> str:
        return self.text.format_map(self.params)


class FactConflict(Exception):
    """A fact arrived under a key that already holds other content: an alarm, never a merge."""

    def __init__(self, table: str, key: tuple[object, ...]) -> None:
        super().__init__(f"{table} {key}: the same key with other content")
        self.table = table
        self.key = key
