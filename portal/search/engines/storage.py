"""The word index inside the database, which the database itself keeps up to date.

SQLite: an FTS5 table over the column `folded`, kept by triggers. PostgreSQL: one GIN index over an expression.
Neither takes the text apart by rules of its own: the tokens are those of `portal.search.text`, cut at spaces, so that
both find the same. Made after `migrate` rather than by a migration, because the two differ and because Django's
table rebuilds on SQLite drop triggers.
"""

from django.db import connection, connections
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from portal.search.models import SearchEntry

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


def matching(groups, vendor: str) -> Q:
    """A condition for `filter()` and `When()`: of every group the entry has all tokens of some alternative.

    `groups` are `Group`s or anything with `alternatives` of `needed` tokens and `prefix`.
    """
    find = f"SELECT {_WORDS}_find(%s::tsquery)" if vendor == "postgresql" else _SQLITE_FIND
    return Q(pk__in=RawSQL(find, [_and(vendor).join(_wanted(group, vendor) for group in groups)]))


_SQLITE_FIND = f"SELECT rowid FROM {_WORDS} WHERE {_WORDS} MATCH %s"


def _and(vendor: str) -> str:
    return " & " if vendor == "postgresql" else " AND "


def _wanted(group, vendor: str) -> str:
    either = " | " if vendor == "postgresql" else " OR "
    ways = dict.fromkeys(_tokens(one.needed, one.prefix, vendor) for one in group.alternatives)
    return f"({either.join(ways)})"


def _tokens(tokens: tuple[str, ...], prefix: bool, vendor: str) -> str:
    """Tokens that must all be there. They consist of letters, digits and marks, so quoting needs no escaping."""
    quote, beginning = ("'", ":*") if vendor == "postgresql" else ('"', "*")
    quoted = [f"{quote}{token}{quote}" for token in tokens]
    if prefix:
        quoted[-1] += beginning
    return f"({_and(vendor).join(quoted)})"


def present(words: set[str], language: str) -> set[str]:
    """Which of these folded words, or runs of words with a space between two, some public entry of a language has now.
    One query."""
    if not words:
        return set()
    vendor = connection.vendor
    chosen = f"SELECT {_WORDS}_find(%s::tsquery)" if vendor == "postgresql" else _SQLITE_FIND
    place = "STRPOS" if vendor == "postgresql" else "INSTR"
    # As in `OfLanguageQuerySet.of_language`: the words decide, not the index of the language.
    one = f"""SELECT %s WHERE EXISTS (SELECT 1 FROM {_TABLE} WHERE COALESCE(language, '') = %s
        AND (public_until IS NULL OR public_until > %s) AND id IN ({chosen}))"""
    run = f"{one[:-1]} AND {place}(folded, %s) > 0)"  # the index does not know what stands together
    now, asked, parameters = connection.ops.adapt_datetimefield_value(timezone.now()), [], []
    for each in sorted(words):
        pieces = tuple(each.split())
        asked.append(one if len(pieces) == 1 else run)
        parameters += [each, language, now, _tokens(pieces, False, vendor), *[f" {each} "] * (len(pieces) > 1)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), parameters)
        return {row[0] for row in cursor.fetchall()}
