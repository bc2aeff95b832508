"""docker-compose.yml, Dockerfile, nginx.conf and the table of variables agree: no container engine has tried them here.

The commands and variables themselves are tried by the stack suite, which starts what the compose file says.
"""

import os
import re

import pytest
from django.core.management import get_commands

from tests.stack.compose import ROOT, services

PORTAL = ("deploy", "web-1", "web-2", "worker", "scheduler")
# Of `make run` only, and what compose fills in for others than the portal's processes.
ONLY_DEV, ONLY_COMPOSE = {"PORT"}, {"POSTGRES_PASSWORD", "HTTP_ADDRESS", "HTTP_PORT"}
# Read by deploy/gunicorn.conf.py, and by the metrics' library.
SERVER = {"WEB_PORT", "PRIVATE_PORT", "WEB_WORKERS", "WEB_THREADS", "PROMETHEUS_MULTIPROC_DIR"}


def documented() -> set[str]:
    return set(re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "README.md").read_text(), flags=re.MULTILINE))


@pytest.mark.parametrize("name", PORTAL)
def test_every_variable_of_the_table_reaches_every_process_and_no_other(name):
    expected = documented() - ONLY_DEV - ONLY_COMPOSE - (set() if name.startswith("web") else SERVER)
    assert set(services()[name]["environment"]) == expected


def test_gunicorn_reads_what_the_web_service_gives():
    read = set(re.findall(r"environ\.get\(.(\w+).\)", (ROOT / "deploy" / "gunicorn.conf.py").read_text()))
    assert read == SERVER | {"LOG_FORMAT"}


def test_variables_that_an_operator_sets_are_in_the_example():
    text = (ROOT / "docker-compose.yml").read_text()
    used = set(re.findall(r"^[^#\n]*?\$\{(\w+)", text, flags=re.MULTILINE)) | set(re.findall(r"\$\{(\w+)", text))
    example = set(re.findall(r"^#? ?([A-Z0-9_]+)=", (ROOT / "deploy" / "env.example").read_text(), flags=re.MULTILINE))
    assert used == example


def test_the_database_logs_no_statement_and_no_value():
    """The lines of an error would have whole rows: what readers wrote, and their addresses."""
    assert {"log_min_error_statement=panic", "log_error_verbosity=terse"} <= set(
        services()["postgres"]["command"].split()
    )


def test_nginx_gets_every_variable_of_its_template_and_no_other():
    used = set(re.findall(r"\$\{(\w+)\}", (ROOT / "deploy" / "nginx.conf").read_text()))
    made = {"PUBLIC_PREFIX", "TRUSTED_PROXY_LINES"}  # by 10-public-url.envsh
    assert used == set(services()["nginx"]["environment"]) - {"PUBLIC_URL", "TRUSTED_PROXIES"} | made


def test_the_prefix_reaches_nginx():
    """The entry point of nginx's image passes over a script that may not be executed: PUBLIC_PREFIX stays unknown."""
    (script,) = [volume.split(":")[0] for volume in services()["nginx"]["volumes"] if ".envsh" in volume]
    assert os.access(ROOT / script, os.X_OK)


def megabytes(text: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([mg])", text).groups()
    return int(number) * (1024 if unit == "g" else 1)


def test_what_nginx_keeps_fits_into_its_memory():
    """Its container writes nowhere but into memory, and ends if it takes too much."""
    nginx, text = services()["nginx"], (ROOT / "deploy" / "nginx.conf").read_text()
    room = megabytes(re.search(r"^/tmp:.*size=(\w+)$", nginx["tmpfs"][0])[1])
    kept, free = (
        megabytes(re.search(rf"proxy_cache_path .* {name}=(\w+)", text)[1]) for name in ("max_size", "min_free")
    )
    assert nginx["environment"]["NGINX_CACHE"].startswith("/tmp/")
    assert kept + free < room < megabytes(nginx["deploy"]["resources"]["limits"]["memory"]) - 100
    assert "proxy_max_temp_file_size 16m;" in (ROOT / "deploy" / "proxy.conf").read_text()


@pytest.mark.parametrize("name", ["operations.md", "operations-backup.md"])
def test_commands_of_the_handbook_for_operators_can_be_given(name):
    """Services, options and commands that they name exist."""
    text = (ROOT / "docs" / name).read_text()
    given = re.findall(r"docker compose (?:exec|run|stop|logs|cp|up) ([^`\n|&#]*)", text)
    assert given
    for words in map(str.split, given):
        values = {words[i + 1] for i, word in enumerate(words[:-1]) if word == "-v"}
        service = next((word for word in words if not word.startswith("-") and word not in values), None)
        assert service is None or re.split("[:=]", service)[0] in services(), words
    for command in re.findall(r"manage\.py (\w+)", text):
        assert command in get_commands(), command
    assert not re.search(r"docker compose (?:exec|run)[^`\n|]* (?<!python )manage\.py", text)


def test_commands_and_mounted_files_exist():
    for name, service in services().items():
        words = str(service.get("command", "")).split()
        for word in words:
            if word.startswith("deploy/"):
                assert (ROOT / word).is_file(), (name, word)
        if "manage.py" in words:
            assert words[words.index("manage.py") + 1] in get_commands(), name
        for volume in service.get("volumes", []):
            if volume.startswith("./"):
                assert (ROOT / volume.split(":")[0]).exists(), (name, volume)
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE):
        for path in source.split():
            # The lock is written by `make lock` from the list beside it.
            assert (ROOT / path).exists() or (ROOT / path).with_suffix(".in").exists(), path
    for command in re.findall(r"manage\.py (\w+)", (ROOT / "deploy" / "deploy.sh").read_text()):
        assert command in get_commands()


def test_addresses_and_ports_fit_together():
    nginx = services()["nginx"]
    listen = nginx["environment"]["NGINX_LISTEN"]
    assert nginx["ports"][0].endswith(f":{listen}") and f":{listen}/" in nginx["healthcheck"]["test"][-1]
    own = nginx["networks"]["inside"]["ipv4_address"]
    for number in (1, 2):
        web = services()[f"web-{number}"]
        address = f"{web['networks']['inside']['ipv4_address']}:{web['environment']['WEB_PORT']}"
        assert nginx["environment"][f"WEB_{number}"] == address
        assert web["environment"]["TRUSTED_PROXIES"].split(",")[0] == own
        assert web["environment"]["ACCEL_LOCATION"] == nginx["environment"]["ACCEL_LOCATION"]
        for name in ("MEDIA_ROOT", "STATIC_ROOT"):
            assert web["environment"][name] == nginx["environment"][name]
        exposed = re.search(r"^EXPOSE (.+)$", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).group(1).split()
        assert exposed == [web["environment"]["WEB_PORT"], web["environment"]["PRIVATE_PORT"]]
    published = [name for name, service in services().items() if service.get("ports")]
    assert published == ["nginx"], "nothing else is reached from outside"


def test_images_are_pinned_and_processes_are_bounded_and_watched():
    for name, service in services().items():
        tag, _at, _digest = service["image"].partition("@sha256:")
        assert re.search(r":(\$\{RELEASE:\?\}|\d+\.\d+\.\d+[\w.-]*|\d+\.\d+-\w+)$", tag), name
        assert set(service["deploy"]["resources"]["limits"]) == {"memory", "cpus"}, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        if name != "elasticsearch":  # it writes into its own folders
            assert service["read_only"] is True, name
        if name != "deploy":  # ends by itself, and the others wait for that
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"], name
    dockerfile = (ROOT / "Dockerfile").read_text()
    bases = re.findall(r"^FROM (\S+)", dockerfile, flags=re.MULTILINE)
    assert bases and all(re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", base) for base in bases)
    assert dockerfile.index("USER portal") < dockerfile.index("CMD") and ":latest" not in dockerfile


def test_programs_of_backups_are_in_the_image_and_not_older_than_the_server():
    server = int(re.match(r"postgres:(\d+)\.", services()["postgres"]["image"]).group(1))
    client = int(re.search(r"postgresql-client-(\d+)", (ROOT / "Dockerfile").read_text()).group(1))
    assert client >= server


def test_every_volume_of_the_portal_is_a_folder_of_its_user():
    """A volume begins as what the image has there, its owner included."""
    owned = re.search(r"install -d -o portal -g portal (.+)$", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    for name in PORTAL:
        folders = {volume.split(":")[1] for volume in services()[name]["volumes"]}
        assert folders == set(owned.group(1).split()), name
