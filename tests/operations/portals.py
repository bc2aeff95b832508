"""Whole portals in folders and databases of their own, driven by the commands that an operator types."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests import database

# Every row of every table, and every file: what has to be the same in a portal and in its restored copy.
EVERYTHING = """
import hashlib, json
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from portal.operations.backup import files
state = {}
for model in apps.get_models(include_auto_created=True):
    if model._meta.managed and model._meta.label not in ("sessions.Session", "signin.SignIn", "operations.Heartbeat"):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            rows = sorted(map(repr, cursor.fetchall()))
        state[model._meta.label] = [len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()]
for name in files.names():
    state["file " + name] = hashlib.sha256(default_storage.open(name).read()).hexdigest()
print(json.dumps(state))
"""
# An editor who never stops, but tires: uploads a document, deletes the one before last. A backup on a machine that has
# much else to do would find no moment without a deletion, if they came ever as fast.
BUSY = """
import time
from django.core.files.base import ContentFile
from portal.core.models import PortalDocument
kept, pause = [], 0.25
print("ready", flush=True)
while True:
    kept.append(PortalDocument.objects.create(title="x", file=ContentFile(b"a text" * 999, name="busy.txt")))
    time.sleep(pause)
    pause *= 1.2
    if len(kept) > 2:
        kept.pop(0).delete()  # the row, and once it is gone the file
"""


class Portal:
    """An installation: its folder, its database, and its environment."""

    def __init__(self, folder: Path, name: str, **environment: str):
        self.folder = folder / name
        self.folder.mkdir(parents=True)
        self.name = f"backup_{uuid.uuid4().hex[:12]}" if connection.vendor == "postgresql" else ""
        if self.name:
            database.on_server(f'CREATE DATABASE "{self.name}"')
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("BACKUP_", "MEDIA_", "ADMIN_"))},
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": database.address(self.name) if self.name else f"sqlite:///{self.folder / 'portal.sqlite3'}",
            "BACKUP_DIR": str(folder / "backups"),
            **environment,
        }

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a command that has to succeed, and give what it printed."""
        answer = self.tried(*arguments, **environment)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def refused(self, *arguments: str, **environment: str) -> str:
        """Run a command that has to refuse in words, and give them."""
        answer = self.tried(*arguments, **environment)
        assert answer.returncode == 1 and "Traceback" not in answer.stderr, answer.stderr
        return answer.stderr

    def tried(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "manage.py", *arguments]
        given = {**self.environment, **environment}
        return subprocess.run(command, cwd=settings.BASE_DIR, env=given, capture_output=True, text=True)

    def started(self, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def asked(self, script: str) -> str:
        return self.manage("shell", "--no-imports", "-c", script)

    def state(self) -> dict:
        return json.loads(self.asked(EVERYTHING).splitlines()[-1])

    def close(self) -> None:
        if self.name:
            database.on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def with_content(portal: Portal) -> None:
    """The demo: copied on SQLite; on PostgreSQL the small one, loaded onto a copy of the suite's own set-up portal."""
    if connection.vendor == "sqlite":
        template = database.demo_template()
        shutil.copy(template, portal.folder / "portal.sqlite3")
        shutil.copytree(database.media_of(template), portal.folder / "media")
        return
    database.recreate(portal.name, database.server_template())
    portal.manage("load_demo", "--from", "tests/demo/small")
