"""How the data of this desk is doing, in words for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shared.core.errors import Param

HealthState = Literal["ok", "safe_mode", "recovering", "read_only"]


@dataclass(frozen=True, slots=True)
class Health:
    """`text` is an English sentence marked with `N_`, empty when all is well; `params` fill it.

    `safe_mode`: selling goes on, history and reports come back later. `recovering`: wait a few seconds.
    `read_only`: nothing can be saved until somebody does what the text says.
    """

    state: HealthState = "ok"
    text: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)


WELL = Health()
