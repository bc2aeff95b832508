"""`python -m tests.stack.record_previous [commit]`: a version that is out becomes the one to upgrade from."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.stack import previous
from tests.stack.stack import Stack


def main(name: str) -> None:
    commit = subprocess.run(["git", "rev-parse", name], cwd=previous.ROOT, capture_output=True, text=True, check=True)
    commit = commit.stdout.strip()
    with tempfile.TemporaryDirectory(prefix="portal-previous-") as place:
        folder = Path(place)
        folder.chmod(0o755)
        previous.unpack(folder / "previous", commit)
        stack = Stack(folder, folder / "previous")
        try:
            stack.up()
            stack.manage("load_demo", "--force", "-v0", "--skip-checks")
            stack.start("worker-1")
            stack.rest()
            stack.stop("worker-1")
            stack.manage("prune_db_task_results", "--min-age-days", "0")
            # Drawn again when they are asked for, and most of the weight of a file that stays in git's history.
            shutil.rmtree(stack.media / "cards")
            said = stack.manage("backup")
        finally:
            stack.down()
        made = next((folder / "backups").glob("portal-*.tar"))
        previous.DATA.write_bytes(made.read_bytes())
    previous.COMMIT_FILE.write_text(commit + "\n")
    print(said)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "HEAD")
