"""The word index inside the database, which the database itself keeps up to date.

SQLite: an FTS5 table over the column `folded`, kept by triggers. PostgreSQL: one GIN index over an expression.
Neither takes the text apart by rules of its own: the tokens are those of `portal.search.text`, cut at spaces, so that
both find the same. Made after `migrate` rather than by a migration, because the two differ and because Django's
table rebuilds on SQLite drop triggers.
"""

from django.db import connections
from django.db.models import Q
from django.db.models.expressions import RawSQL

from portal.search.models import SearchEntry
from portal.search.terms import Term

_TABLE = SearchEntry._meta.db_table
_WORDS = "portal_search_words"

_SQLITE_TABLE = f"""
    CREATE VIRTUAL TABLE IF NOT EXISTS {_WORDS}
    USING fts5(folded, content='{_TABLE}', content_rowid='id', tokenize='ascii', detail=none, prefix='3')
"""
_SQLITE_TRIGGERS = {
    f"{_WORDS}_insert": f"""AFTER INSERT ON {_TABLE} BEGIN
        INSERT INTO {_WORDS}(rowid, folded) VALUES (new.id, new.folded); END""",
    f"{_WORDS}_delete": f"""AFTER DELETE ON {_TABLE} BEGIN
        INSERT INTO {_WORDS}({_WORDS}, rowid, folded) VALUES ('delete', old.id, old.folded); END""",
    f"{_WORDS}_update": f"""AFTER UPDATE OF folded ON {_TABLE} WHEN old.folded <> new.folded BEGIN
        INSERT INTO {_WORDS}({_WORDS}, rowid, folded) VALUES ('delete', old.id, old.folded);
        INSERT INTO {_WORDS}(rowid, folded) VALUES (new.id, new.folded); END""",
}
_POSTGRES = (
    f"""CREATE OR REPLACE FUNCTION {_WORDS}(folded text) RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
        $$ BEGIN RETURN array_to_tsvector(array_remove(string_to_array(folded, ' '), '')); END $$""",
    f"CREATE INDEX IF NOT EXISTS {_WORDS}_gin ON {_TABLE} USING gin ({_WORDS}(folded))",
    # A function of its own, because of a word that most rows have the planner believes that reading every text is as
    # cheap as asking the index: it was 60 times slower. Inside, it has no such choice.
    f"""CREATE OR REPLACE FUNCTION {_WORDS}_find(wanted tsquery) RETURNS SETOF bigint
        LANGUAGE sql STABLE ROWS 100 SET enable_seqscan = off AS
        $$ SELECT id FROM {_TABLE} WHERE {_WORDS}(folded) @@ wanted $$""",
)


def ensure_index(using: str) -> None:
    """Make what is missing of the word index; does nothing where all is there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if _TABLE not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "postgresql":
            for statement in _POSTGRES:
                cursor.execute(statement)
        else:
            _ensure_sqlite(cursor)


def _ensure_sqlite(cursor) -> None:
    cursor.execute(_SQLITE_TABLE)
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_TABLE])
    missing = _SQLITE_TRIGGERS.keys() - {name for (name,) in cursor.fetchall()}
    for name in missing:
        cursor.execute(f"CREATE TRIGGER {name} {_SQLITE_TRIGGERS[name]}")
    if missing:
        # Rows may have changed unseen.
        cursor.execute(f"INSERT INTO {_WORDS}({_WORDS}) VALUES ('rebuild')")


def matching(words: tuple[Term, ...], vendor: str) -> Q:
    """A condition for `filter()` and `When()`: the entry has every word.

    Words consist of letters, digits and combining marks, so quoting them needs no escaping.
    """
    if vendor == "postgresql":
        find, quote, beginning, joint = f"SELECT {_WORDS}_find(%s::tsquery)", "'", ":*", " & "
    else:
        find, quote, beginning, joint = f"SELECT rowid FROM {_WORDS} WHERE {_WORDS} MATCH %s", '"', "*", " AND "
    wanted = joint.join(f"{quote}{word.folded}{quote}" + (beginning if word.prefix else "") for word in words)
    return Q(pk__in=RawSQL(find, [wanted]))
