"""The database itself refuses postings that do not sum to zero."""

from alembic import op

revision = "server_0001"
down_revision = None
branch_labels = ("server",)
depends_on = "shared_0001"

# Set-wise: one look for each statement, however many rows it brought.
_FUNCTION = """
CREATE FUNCTION refuse_unbalanced_postings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT postings.op, postings.currency, sum(postings.amount_minor) AS amount_minor INTO wrong
    FROM postings
    WHERE (postings.branch_id, postings.op) IN (SELECT touched.branch_id, touched.op FROM touched)
    GROUP BY postings.branch_id, postings.op, postings.currency
    HAVING sum(postings.amount_minor) <> 0
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'postings of operation % are out by % %', wrong.op, wrong.amount_minor, wrong.currency
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$
"""
_TRIGGER = """
CREATE TRIGGER postings_balance_after_{event} AFTER {event} ON postings
REFERENCING {which} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_postings()
"""


def upgrade() -> None:
    op.execute(_FUNCTION)
    for event, which in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
        op.execute(_TRIGGER.format(event=event, which=which))
