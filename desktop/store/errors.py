"""What the store says when the world fails; the rules' own no stays a Refusal."""

from collections.abc import Mapping

from shared.core.errors import Param


class StoreError(Exception):
    """`code` is stable for programs; `text` is an English sentence marked with `N_`, `params` fill it."""

    def __init__(self, code: str, text: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.params: Mapping[str, Param] = params

    def __str__(self) -> str:
        return self.text.format_map(self.params)


class NotSaved(StoreError):
    """Nothing of the operation was kept; asking again under the same id is safe."""


class CannotOpen(StoreError):
    """The data folder cannot be used now; nothing in it was touched."""
