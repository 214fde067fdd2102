"""The image and the composition, read against the settings; nothing here starts a container."""

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from celery import current_app
from celery.app.utils import find_app
from django.conf import settings
from django.core.management import get_commands

from agencies.dispatches.handlers import BATCHES
from agencies.tasks import send_due
from motesplats.edge.bodies import most_bytes
from motesplats.embedded import server, services
from motesplats.embedded.postgres import SETTINGS
from motesplats.embedded.setup import LIBRARIES

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APP = [name for name, service in SERVICES.items() if "build" in service]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
# What the image itself sets.
IMAGE = dict(
    part.split("=", 1)
    for line in re.findall(r"^ENV (.+)$", DOCKERFILE, re.MULTILINE)
    for part in shlex.split(line)
)
MUST_BE_GIVEN = re.compile(r"\$\{(\w+):\?[^}]+\}")
FORMER_KEYS = re.compile(r"\$\{\w+_FALLBACKS:-\}")  # the only ones that may be missing


def settings_modules() -> dict[str, ast.Module]:
    """Return the modules of the settings by name, parsed."""
    folder = ROOT / "motesplats" / "settings"
    return {path.stem: ast.parse(path.read_text()) for path in sorted(folder.glob("*.py"))}


def settings_variables() -> dict[str, bool]:
    """Return the variables that the settings read, and whether each must be given."""
    nodes = [node for module in settings_modules().values() for node in ast.walk(module)]
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    reads = [call for call in calls if re.fullmatch(r"env(\.\w+)?", ast.unparse(call.func)) and call.args]
    return {
        ast.literal_eval(read.args[0]): not any(keyword.arg == "default" for keyword in read.keywords)
        for read in reads
    }


def environment(service: str) -> dict[str, str]:
    """Return a service's environment with every secret filled in."""
    given = SERVICES[service].get("environment", {})
    return IMAGE | {
        name: FORMER_KEYS.sub("", MUST_BE_GIVEN.sub(r"given\1", value)) for name, value in given.items()
    }


def command(service: str) -> list[str]:
    """Return the words of a service's own command, those inside `sh -c` included."""
    words = shlex.split(SERVICES[service].get("command", ""))
    return shlex.split(words[2]) if words[:2] == ["sh", "-c"] else words


def test_settings_are_understood() -> None:
    required = {name for name, must in settings_variables().items() if must}
    assert {"SECRET_KEY", "LINK_KEY", "DATABASE_URL", "REDIS_URL"} <= required
    assert "DEBUG" in set(settings_variables()) - required


def test_every_module_of_settings_is_composed() -> None:
    modules = settings_modules()
    composed = {
        node.module.removeprefix("motesplats.settings.")
        for node in modules["__init__"].body
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert composed == modules.keys() - {"__init__"}


def names_set(module: ast.Module) -> list[str]:
    return [
        target.id
        for node in module.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    ]


def test_no_setting_is_set_twice() -> None:
    names = [name for module in settings_modules().values() for name in names_set(module)]
    assert len(names) == len(set(names))


def is_act(node: ast.stmt) -> bool:
    """Whether the statement does more than import, describe, or give a name of its own a value."""
    if isinstance(node, ast.Assign):
        return not all(isinstance(target, ast.Name) for target in node.targets)
    if isinstance(node, ast.AnnAssign):
        return not isinstance(node.target, ast.Name)
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return not (is_docstring or isinstance(node, ast.Import | ast.ImportFrom))


@pytest.mark.parametrize("name", settings_modules())
def test_importing_settings_only_reads(name: str) -> None:
    assert [ast.unparse(node) for node in settings_modules()[name].body if is_act(node)] == []


@pytest.mark.parametrize(
    "act", ["configure()", "LANG_INFO |= {}", "DATABASES['default'] = {}", "locale.LANG = {}"]
)
def test_an_act_among_settings_is_found(act: str) -> None:
    assert is_act(ast.parse(act).body[0])


@pytest.mark.parametrize("service", APP)
def test_every_required_variable_is_given(service: str) -> None:
    required = {name for name, must in settings_variables().items() if must}
    assert required <= environment(service).keys()


@pytest.mark.parametrize("service", APP)
def test_every_given_variable_is_read(service: str) -> None:
    assert environment(service).keys() - {"PYTHONUNBUFFERED"} <= settings_variables().keys()


def test_the_page_for_operations_names_every_variable() -> None:
    words = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "operations.md").read_text()))
    assert settings_variables().keys() <= words


@pytest.mark.parametrize("service", APP)
def test_settings_load_with_what_is_given(service: str) -> None:
    env = {"PATH": os.environ["PATH"]} | environment(service)
    read = (
        "from motesplats import settings as s; assert not s.DEBUG and s.HTTPS;"
        "names = s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, s.DEVICE_COOKIE_NAME;"
        "assert all(name.startswith('__Host-') for name in names);"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.LANGUAGE_COOKIE_SECURE"
    )
    subprocess.run([sys.executable, "-c", read], check=True, cwd=ROOT, env=env)


@pytest.mark.usefixtures("given_servers")
def test_embedded_services_give_every_required_variable() -> None:
    required = {name for name, must in settings_variables().items() if must}
    with services.throwaway_folder() as folder, services.running_services(folder, port=8000) as running:
        assert required <= running.env.keys()


@pytest.fixture
def given_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings_variables():
        monkeypatch.delenv(name, raising=False)
    for name in ("DATABASE_URL", "MIGRATOR_DATABASE_URL", "REDIS_URL"):
        monkeypatch.setenv(name, "given://")


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_reports_its_health_or_ends(service: str) -> None:
    waited_for = {
        name
        for other in SERVICES.values()
        for name, waits in other.get("depends_on", {}).items()
        if waits["condition"] == "service_completed_successfully"
    }
    assert ("healthcheck" in SERVICES[service]) != (service in waited_for)


def test_nothing_waits_for_the_health_of_a_service_without_one() -> None:
    for service in SERVICES.values():
        for name, waits in service.get("depends_on", {}).items():
            assert waits["condition"] != "service_healthy" or "healthcheck" in SERVICES[name]


def test_no_variable_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text().replace("$$", "")
    given = MUST_BE_GIVEN.findall(text)
    assert text.count("$") == len(given) + len(FORMER_KEYS.findall(text)) > len(given) > 0


@pytest.mark.parametrize("service", SERVICES)
def test_no_secret_is_written_down(service: str) -> None:
    for name, value in SERVICES[service].get("environment", {}).items():
        if re.search(r"KEY|PASSWORD|AUTH", name):
            assert MUST_BE_GIVEN.fullmatch(value) or FORMER_KEYS.fullmatch(value), name
        for password in re.findall(r"://\w*:(.*)@", value):
            assert MUST_BE_GIVEN.fullmatch(password), name


@pytest.mark.parametrize("service", ["web", "worker", "letters", "messages", "beat"])
def test_only_migrate_knows_the_owner(service: str) -> None:
    assert "MIGRATOR_PASSWORD" in SERVICES["migrate"]["environment"]["MIGRATOR_DATABASE_URL"]
    assert "MIGRATOR_PASSWORD" not in str(SERVICES[service])


def test_services_are_reached_by_their_names() -> None:
    hosts = {
        host
        for service in APP
        for value in SERVICES[service]["environment"].values()
        for host in re.findall(r"@(\w+):\d+", value)
    }
    assert hosts == {"db", "redis"} <= SERVICES.keys()


SOUND = "/agencies/mig/texts/7/sound/"  # where a page takes more than any other
PROXY = (ROOT / "motesplats" / "proxy" / "nginx.conf").read_text()


def directives(name: str) -> list[str]:
    """What nginx's configuration says under this name, in each place."""
    return re.findall(rf"^\s*{name} ([^;{{]+);", PROXY, re.MULTILINE)


def test_the_proxy_takes_requests_whole_and_hands_them_to_web() -> None:
    assert directives("proxy_request_buffering") == directives("proxy_buffering") == ["on"]
    assert directives("client_header_timeout") == directives("client_body_timeout") == ["10s"]
    usual, of_sounds = (int(size.removesuffix("m")) << 20 for size in directives("client_max_body_size"))
    assert usual > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert of_sounds > most_bytes(SOUND)
    (place,) = re.findall(r"location ~ (\S+) \{", PROXY)
    assert re.match(place, SOUND)
    assert directives("server") == ["web:8000"]
    (port,) = SERVICES["proxy"]["ports"]
    assert port.endswith(f":{directives('listen')[0]}")
    assert "ports" not in SERVICES["web"]


def test_the_proxy_logs_no_request_and_adds_no_header_of_the_app_s() -> None:
    assert directives("access_log") == ["off"]
    assert directives("error_log") == ["stderr emerg"]
    assert {header.split()[0] for header in directives("add_header")} == {"Retry-After"}


def test_the_address_that_the_proxy_tells_is_believed() -> None:
    assert directives("proxy_set_header X-Forwarded-For") == ["$proxy_add_x_forwarded_for"]
    (network,) = COMPOSE["networks"]["default"]["ipam"]["config"]
    assert environment("web")["TRUSTED_PROXIES"] == network["subnet"]


def test_the_database_runs_with_the_settings_of_the_embedded_one() -> None:
    said = dict(re.findall(r"-c (\w+)=(\S+)", SERVICES["db"]["command"]))
    assert said == {
        name: value
        for name, value in SETTINGS.items()
        if name not in {"listen_addresses", "unix_socket_directories"}
    }
    assert said["jit"] == "off"


def test_management_commands_exist() -> None:
    script = " ".join([*command("migrate"), DOCKERFILE])
    named = re.findall(r"manage\.py (\w+)", script)
    assert (
        {"migrate", "load_reference", "compile_texts", "collectstatic"} <= set(named) <= get_commands().keys()
    )


@pytest.mark.parametrize("service", ["worker", "letters", "messages", "beat"])
def test_celery_app_is_found(service: str) -> None:
    words = command(service)
    assert words[0] == "celery"
    assert find_app(words[words.index("-A") + 1]).main == "motesplats"


SCHEDULE: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
QUEUES_OF_TASKS = {
    settings.CELERY_TASK_DEFAULT_QUEUE,
    *(route["queue"] for route in settings.CELERY_TASK_ROUTES.values()),
    *(entry.get("options", {}).get("queue", "quick") for entry in SCHEDULE.values()),
}


def test_each_queue_has_a_worker_of_its_own() -> None:
    workers = [words for words in map(command, SERVICES) if "worker" in words]
    assert sorted(words[words.index("-Q") + 1] for words in workers) == sorted(QUEUES_OF_TASKS)
    assert set(BATCHES) == QUEUES_OF_TASKS


def test_the_server_starts_the_same_workers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: dict[str, list[str]] = {}
    monkeypatch.setattr(server, "start", lambda name, words, **more: started.update({name: words}))
    running = services.Services(env={"DATABASE_URL": "given://"}, processes=[], logs=tmp_path)
    server.start_app([], services=running, data_dir=tmp_path, port=8000, gateways=None)
    queues = [words[words.index("-Q") + 1] for words in started.values() if "worker" in words]
    assert sorted(queues) == sorted(QUEUES_OF_TASKS)


def test_every_task_is_asked_for_again_by_the_clock_so_that_none_is_acknowledged_late() -> None:
    current_app.loader.import_default_modules()
    ours = {name for name in current_app.tasks if not name.startswith(("celery.", "tests."))}
    assert ours == {entry["task"] for entry in SCHEDULE.values()}
    assert not settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1


def test_what_sends_ends_before_its_lease_does() -> None:
    assert 0 < send_due.soft_time_limit < send_due.time_limit < settings.DISPATCH_LEASE


def test_web_serves_a_module_that_exists() -> None:
    served = re.search(r'CMD \["gunicorn", "([\w.]+)"', DOCKERFILE)
    assert served
    assert find_spec(served[1])


def test_mounted_and_copied_files_exist() -> None:
    mounts = [volume.split(":") for service in SERVICES.values() for volume in service.get("volumes", [])]
    for source, target, *_ in mounts:
        assert source in COMPOSE["volumes"] or (ROOT / source).exists()
        assert target.startswith("/")
    (script,) = [word for word in command("roles") if word.endswith(".sql")]
    assert (ROOT / script.removeprefix("/")).exists()
    assert all((ROOT / source).exists() for source in re.findall(r"^COPY (\S+)", DOCKERFILE, re.MULTILINE))


def test_image_has_the_libraries_and_a_user_of_its_own() -> None:
    assert set(LIBRARIES) <= set(DOCKERFILE.split())
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert users == re.findall(r"--uid (\d+)", DOCKERFILE) != ["0"]
    assert DOCKERFILE.index("USER ") < DOCKERFILE.index("CMD [")
    assert "--require-hashes" in DOCKERFILE


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-embedded.txt", "requirements-dev.txt"])
def test_lock_holds_what_the_project_asks_for(lock: str) -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extra = lock.removeprefix("requirements").removesuffix(".txt").removeprefix("-")
    wanted = asked["dependencies"] + (asked["optional-dependencies"][extra] if extra else [])
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in wanted}
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))
    assert names <= locked.keys()
