"""Backup and restore: one file holds the database and every file it speaks of, checked after writing.

`making.py` writes it, `restoring.py` reads it; `archive.py` is the file's form, `sealing.py` its encryption,
`database.py` and `files.py` the two halves of its content, `shelf.py` the folder where backups lie.
"""


class BackupProblem(Exception):
    """Why a backup or a restore did not happen, as one sentence for the operator."""
