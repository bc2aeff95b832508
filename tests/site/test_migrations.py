"""Migrations that come with this version leave the previous one working: both serve readers during an upgrade.

The old code goes on inserting rows without the new columns, and reading those that it knows. The stack suite upgrades a
real portal; this test names the operation at fault.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

from tests.stack import previous

ROOT = Path(settings.BASE_DIR)
HARMLESS = (
    migrations.AddIndex,
    migrations.AlterModelManagers,
    migrations.AlterModelOptions,
    migrations.CreateModel,
    migrations.RemoveConstraint,
    migrations.RemoveIndex,
    migrations.RunPython,
    migrations.RunSQL,
)


class Judge:
    """Looks at one operation after another, and remembers what only this version has."""

    def __init__(self):
        self.models: set[tuple[str, str]] = set()
        self.fields: set[tuple[str, str, str]] = set()

    def problems(self, operation, app: str, state) -> Iterator[str]:
        """Why the previous version would not survive it."""
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            for inner in operation.database_operations:
                yield from self.problems(inner, app, state)
            return
        if isinstance(operation, migrations.CreateModel):
            self.models.add((app, operation.name_lower))
        model = getattr(operation, "model_name", getattr(operation, "name", "")).lower()
        if isinstance(operation, HARMLESS) or (app, model) in self.models:
            return
        reason = self.reason(operation, app, model, state)
        if reason:
            yield f"{operation.describe()}: {reason}"

    def reason(self, operation, app: str, model: str, state) -> str:
        if isinstance(operation, migrations.AddField):
            self.fields.add((app, model, operation.name))
            field = operation.field
            if field.many_to_many or field.null or field.db_default is not NOT_PROVIDED:
                return ""
            return "the previous version inserts rows without it: give it db_default, or null=True"
        if isinstance(operation, migrations.AlterField):
            old = state.models[app, model].fields[operation.name]
            return "" if wider(old, operation.field) else "the previous version writes what the column no longer takes"
        if isinstance(operation, migrations.AddConstraint):
            own = {name for app_label, model_name, name in self.fields if (app_label, model_name) == (app, model)}
            if isinstance(operation.constraint, models.UniqueConstraint) and own & set(operation.constraint.fields):
                return ""
            return "the previous version may write rows that break it"
        return "the previous version needs what it takes away; that waits for the version after this one"


def wider(old: models.Field, new: models.Field) -> bool:
    """Whether a changed column takes every value that it took before."""
    if old.many_to_many or new.many_to_many:
        return old.many_to_many == new.many_to_many
    lengths = (old.max_length or sys.maxsize, new.max_length or sys.maxsize)
    same = old.get_internal_type() == new.get_internal_type() or (
        old.max_length and new.get_internal_type() == "TextField"
    )
    return bool(same and new.null >= old.null and new.unique <= old.unique and lengths[1] >= lengths[0])


def file_of(migration) -> Path:
    return Path(sys.modules[type(migration).__module__].__file__)


@pytest.mark.django_db
def test_the_previous_version_works_on_the_tables_of_this_one():
    loader, judge, found = MigrationLoader(None), Judge(), []
    known = previous.files_of(".")
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.graph.nodes[key]
        file = file_of(migration)
        if not file.is_relative_to(ROOT) or ".venv" in file.parts or str(file.relative_to(ROOT)) in known:
            continue
        state = loader.project_state(key, at_end=False)
        for operation in migration.operations:
            found += [f"{file.relative_to(ROOT)}: {problem}" for problem in judge.problems(operation, key[0], state)]
            operation.state_forwards(key[0], state)
    assert found == []


@pytest.mark.parametrize(
    ("operation", "survives"),
    [
        (migrations.AddField("user", "x", models.CharField(max_length=9)), False),
        (migrations.AddField("user", "x", models.CharField(max_length=9, default="")), False),
        (migrations.AddField("user", "x", models.CharField(max_length=9, db_default="")), True),
        (migrations.AddField("user", "x", models.DateField(null=True)), True),
        (migrations.RemoveField("user", "email"), False),
        (migrations.RenameField("user", "email", "mail"), False),
        (migrations.DeleteModel("user"), False),
        (migrations.AlterField("user", "email", models.EmailField("mail", blank=True)), True),
        (migrations.AlterField("user", "email", models.CharField(max_length=9)), False),
        (migrations.AlterField("user", "email", models.EmailField(unique=True)), False),
        (migrations.AlterField("user", "last_login", models.DateTimeField()), False),
        (migrations.AddConstraint("user", models.UniqueConstraint(fields=["email"], name="x")), False),
        (migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("user", "email")]), True),
    ],
    ids=lambda value: getattr(value, "formatted_description", lambda: str(value))(),
)
def test_what_it_takes_for_a_problem(operation, survives):
    state = MigrationLoader(None).project_state(("contributors", "0001_user"))
    assert (list(Judge().problems(operation, "contributors", state)) == []) is survives
