"""People, their secrets and every attempt to sign in."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.core.columns import At, Fact, Field, Flag, Id, Whole, Words


class Person(Field):
    """Somebody who works here."""

    __tablename__ = "staff"
    __stream__ = "org"

    staff_id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[Words | None]
    role: Mapped[Words | None]
    archived: Mapped[Flag | None]


class Credential(Field):
    """How a person proves who they are; kept apart from what everybody may read."""

    __tablename__ = "staff_credentials"
    __stream__ = "org"

    staff_id: Mapped[Id] = mapped_column(primary_key=True)
    pin_hash: Mapped[Words | None]
    pin_digits: Mapped[Whole | None]
    recovery_hash: Mapped[Words | None]


class SignIn(Fact):
    """One attempt to sign in, or a lock-out lifted (`outcome`: ok, wrong_pin, lifted)."""

    __tablename__ = "sign_ins"
    __stream__ = "branch"
    __table_args__ = (Index(None, "branch_id", "staff_id", "op"),)

    branch_id: Mapped[Id] = mapped_column(primary_key=True)
    op: Mapped[Id] = mapped_column(primary_key=True)
    staff_id: Mapped[Id]
    outcome: Mapped[Words]
    by_staff_id: Mapped[Id]
    at: Mapped[At]
