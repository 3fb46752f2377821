"""The index behind the search: two FTS5 tables beside the products, kept by triggers, made anew when missing or older."""

from sqlalchemy import Connection

PRICED = "_p"
"""A word that no folded text holds: goods with a price. What can be sold is found before what cannot."""

# Beginnings of words, for short queries too; parts of words from three letters on. Both know goods by their row number only.
_TABLES = {
    "goods_words": (
        "CREATE VIRTUAL TABLE goods_words USING fts5(words, content='', contentless_delete=1, detail='none',"
        " prefix='1 2 3', tokenize=\"unicode61 remove_diacritics 0 tokenchars '.%+#_'\")"
    ),
    "goods_parts": (
        "CREATE VIRTUAL TABLE goods_parts USING fts5(words, content='', contentless_delete=1,"
        " tokenize='trigram case_sensitive 1 remove_diacritics 0')"
    ),
}
_IS_GOODS = "{row}.search IS NOT NULL AND {row}.archived IS NOT 1"
_WORDS = "{row}.search || CASE WHEN {row}.price_minor IS NULL THEN '' ELSE ' " + PRICED + "' END"


def _fill(row: str, source: str) -> tuple[str, str]:
    chosen = f"{source} WHERE {_IS_GOODS.format(row=row)}"
    return (
        f"INSERT INTO goods_words(rowid, words) SELECT {row}.rowid, {_WORDS.format(row=row)} {chosen}",
        f"INSERT INTO goods_parts(rowid, words) SELECT {row}.rowid, {row}.search {chosen}",
    )


_ADD = "; ".join(_fill("new", "")) + ";"
_FORGET = "DELETE FROM goods_words WHERE rowid = old.rowid; DELETE FROM goods_parts WHERE rowid = old.rowid;"
_DIFFERS = (
    "old.search IS NOT new.search OR old.archived IS NOT new.archived"
    " OR (old.price_minor IS NULL) IS NOT (new.price_minor IS NULL)"
)
_TRIGGERS = {
    "goods_indexed": f"CREATE TRIGGER goods_indexed AFTER INSERT ON products BEGIN {_ADD} END",
    "goods_reindexed": (
        "CREATE TRIGGER goods_reindexed AFTER UPDATE OF search, archived, price_minor ON products"
        f" WHEN {_DIFFERS} BEGIN {_FORGET} {_ADD} END"
    ),
    "goods_unindexed": f"CREATE TRIGGER goods_unindexed AFTER DELETE ON products BEGIN {_FORGET} END",
}
_PARTS = _TABLES | _TRIGGERS


def complete(connection: Connection) -> bool:
    """Make the index anew unless it is there exactly as this build wants it; True when it was made.

    Runs in the caller's transaction; 100,000 goods take about a second.
    """
    cursor = connection.connection.cursor()
    names = ", ".join(f"'{name}'" for name in _PARTS)
    found = dict(cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE name IN ({names})").fetchall())  # noqa: S608
    if found == _PARTS:
        return False
    for name in found:
        cursor.execute(f"DROP {'TABLE' if name in _TABLES else 'TRIGGER'} {name}")
    for statement in _PARTS.values():
        cursor.execute(statement)
    for statement in _fill("products", "FROM products"):
        cursor.execute(statement)
    return True
