"""Everything at this desk that waits for a person: matters found in the facts, papers nobody knows about."""

import msgspec

from desktop.store.print_jobs import PrintJobShown, doubtful_prints
from shared.ledger.transaction import Reading
from shared.reports.to_review import Matter, count_to_review, to_review
from shared.review.queries import settled_matters


class Waiting(msgspec.Struct, frozen=True):
    """What waits, money first."""

    matters: tuple[Matter, ...] = ()
    prints: tuple[PrintJobShown, ...] = ()

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.matters) + len(self.prints)


def waiting(read: Reading) -> Waiting:
    """What waits now; a paper that can never be printed waits until somebody settles it."""
    settled = settled_matters(read)
    prints = tuple(job for job in doubtful_prints(read) if print_matter(job) not in settled)
    return Waiting(to_review(read), prints)


def waiting_count(read: Reading) -> int:
    """How many things wait now."""
    settled = settled_matters(read)
    return count_to_review(read) + sum(print_matter(job) not in settled for job in doubtful_prints(read))


def print_matter(job: PrintJobShown) -> str:
    """The name a paper has when its matter is settled."""
    return f"print:{job.job}"
