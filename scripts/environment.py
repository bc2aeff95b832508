"""The project's virtual environment: made once, brought up to date only when the locked requirements change.

Needs nothing but the standard library. `python3 scripts/environment.py test` makes the one that the suite needs.
"""

import hashlib
import importlib.util
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 (this file is what says so)
    sys.exit(
        "This project needs Python 3.11 or newer, and {} is {}.{}: "
        "install a newer one, or name it: make PYTHON=python3.11 …".format(sys.executable, *sys.version_info[:2])
    )

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# The pip of the Python that runs this, where there is one: to give the environment its own takes six seconds.
HAS_PIP = importlib.util.find_spec("pip") is not None
PIP = [sys.executable, "-m", "pip", "--python", str(PYTHON)] if HAS_PIP else [str(PYTHON), "-m", "pip"]
# The lock is complete, so pip need not look for more. Modules are compiled when first imported: most never are.
INSTALL = ["install", "--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
LOCKED = ["--require-hashes", "--no-deps", "--no-compile"]
PROCESSES = 2  # pip spends its time in Python, choosing among all files of a project: two of them take half as long


@contextmanager
def step(name: str):
    """One line of progress: what is being done, then the seconds that it took."""
    started = time.monotonic()
    print(f"{name} …", end=" ", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def ensure(lock: str) -> None:
    """Have everything in requirements/<lock>.txt installed; where it already is, this takes no time."""
    if _stamp(lock) == _digest(lock):
        return
    if not any(VENV.glob("*.stamp")) or not (HAS_PIP or list(VENV.glob("lib/*/site-packages/pip"))):
        _make()
    with step(f"Packages of requirements/{lock}.txt"):
        _install(lock)
    # test.txt holds the versions of base.txt and more.
    for done in ("base", lock):
        (VENV / f"{done}.stamp").write_text(_digest(done))


def _make() -> None:
    if not HAS_PIP and importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python has neither pip nor ensurepip: install its package python3-venv and try again.")
    with step("Virtual environment .venv"):
        run([sys.executable, "-m", "venv", "--clear", *(["--without-pip"] if HAS_PIP else []), str(VENV)])


def _install(lock: str) -> None:
    packages = _packages((ROOT / "requirements" / f"{lock}.txt").read_text())
    with tempfile.TemporaryDirectory() as folder:
        commands = []
        for number in range(PROCESSES):
            part = Path(folder, f"{number}.txt")
            part.write_text("".join(packages[number::PROCESSES]))
            commands.append([*PIP, *INSTALL, *LOCKED, "--requirement", str(part)])
        run(*commands)


def _packages(text: str) -> list[str]:
    """The lock, cut into one piece for each package: its line and the indented hashes below it."""
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith(" "):
            pieces[-1] += line
        elif line.strip() and not line.startswith("#"):
            pieces.append(line)
    return pieces


def run(*commands: list[str]) -> None:
    """Run commands beside one another, silent unless one fails: then its output is shown and the program ends."""
    options = {"cwd": ROOT, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    running = [subprocess.Popen(command, **options) for command in commands]
    outputs = [process.communicate()[0].decode(errors="replace") for process in running]
    for process, command, output in zip(running, commands, outputs, strict=True):
        if process.returncode:
            sys.exit(f"\n{output}\nThis failed (exit {process.returncode}): {' '.join(command)}")


def _stamp(lock: str) -> str | None:
    path = VENV / f"{lock}.stamp"
    return path.read_text() if path.exists() and PYTHON.exists() else None


def _digest(lock: str) -> str:
    content = (ROOT / "requirements" / f"{lock}.txt").read_bytes()
    return hashlib.sha256(content + f"{VENV} {sys.version}".encode()).hexdigest()


if __name__ == "__main__":
    ensure(sys.argv[1] if len(sys.argv) > 1 else "base")
