"""Tasks of the project: `invoke X`, also `make X`. Each says what it does and can be repeated."""

from __future__ import annotations

import hashlib
import os
import runpy
import shlex
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

ROOT = Path(__file__).resolve().parent
BIN = ROOT / ".venv" / "bin"
STAMP = ROOT / ".venv" / "siap.sha256"
DEBIAN = ROOT / "requirements" / "debian.txt"
SET_UP_FROM = ("requirements/dev.txt", "requirements/debian.txt", "pyproject.toml")
APT_INSTALL = "apt-get install --yes --no-install-recommends --option DPkg::Lock::Timeout=300"
SETTINGS = "publishconf.py"
DEMO = "demo/democonf.py"
FIRST_RELEASE = "mkdir -p releases/0 && { [ -e current ] || ln -s releases/0 current; }"
SWITCH = (  # one rename makes the new release current; the last five are kept
    "ln -s {release} current.new && mv -T current.new current"
    " && ls -1d releases/* | head -n -5 | xargs -r rm -rf"
)
OK, STALE = 0, 3  # what `siar register` exits with: same as published; the ledger has newer


def say(text: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(f"== {text}", flush=True)


def run(context: Context, *command: str | Path) -> None:
    """Run one program in the project's folder; its own words go to the terminal."""
    with context.cd(str(ROOT)):
        context.run(shlex.join(map(str, command)), pty=False)


def ask(context: Context, *command: str | Path) -> int:
    """Run one program in the project's folder and return what it exits with."""
    with context.cd(str(ROOT)):
        return context.run(shlex.join(map(str, command)), pty=False, warn=True).return_code


@task
def setup(context: Context) -> None:
    """Make .venv with all that builds, checks and tests the site (quick when nothing changed)."""
    wanted = hashlib.sha256(
        b"".join((ROOT / each).read_bytes() for each in SET_UP_FROM)
    ).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    install_debian_packages(context)
    say("Memasang pustaka Python (requirements/dev.txt, beberapa menit pada kali pertama)")
    pip = (BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(context, *pip, "--require-hashes", "-r", "requirements/dev.txt")
    run(context, *pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    STAMP.write_text(wanted)


def install_debian_packages(context: Context) -> None:
    """Install what is missing of requirements/debian.txt as root, else say how and stop."""
    packages = DEBIAN.read_text().split()
    installed = installed_packages(context, packages)
    missing = [each for each in packages if each not in installed]
    if not missing:
        return
    command = f"{APT_INSTALL} {' '.join(packages)}"
    if os.geteuid() != 0:
        raise Exit(f"sudo {command}", code=1)
    say(f"Memasang paket Debian: {' '.join(missing)}")
    run(context, "apt-get", "update", "--quiet=2")
    with no_services_started():
        context.run(f"DEBIAN_FRONTEND=noninteractive {command} --quiet=2", hide="stdout")


def installed_packages(context: Context, packages: Sequence[str]) -> list[str]:
    """Name those of the Debian packages that are installed; none where dpkg is not known."""
    shape = r"${Package} ${db:Status-Status}\n"
    query = f"dpkg-query --show --showformat '{shape}' {' '.join(packages)}"
    known = context.run(query, hide=True, warn=True).stdout.splitlines()
    return [line.split()[0] for line in known if line.endswith(" installed")]


@contextmanager
def no_services_started() -> Iterator[None]:
    """Keep Debian from starting nginx and Caddy as services: only the tests run them.

    Source: invoke-rc.d(8), exit status 101 of /usr/sbin/policy-rc.d (looked up 2026-11-24).
    """
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


@task(pre=[setup])
def html(context: Context) -> None:
    """Build the site for the writer's own eyes (pelicanconf.py) into output/."""
    run(context, BIN / "pelican", "content", "--settings", "pelicanconf.py")


@task(pre=[setup], help={"settings": "berkas setelan (bawaan: publishconf.py)"})
def publish(context: Context, settings: str = SETTINGS) -> None:
    """Build the site for the public: posts of new articles are composed and queued."""
    say(f"Membangun situs untuk publik ({settings})")
    run(context, BIN / "pelican", "--settings", settings, "--fatal", "errors")


@task(pre=[setup])
def devserver(context: Context) -> None:
    """Serve the site at http://127.0.0.1:8000; a saved file shows in the open page by itself."""
    run(context, BIN / "python", "-m", "kantor.live", "--settings", "pelicanconf.py")


@task(pre=[setup], help={"folder": "folder yang dilayani", "port": "nomor port"})
def serve(context: Context, folder: str = "output", port: int = 8000) -> None:
    """Serve a built site on loopback as a web server would: headers, 404, compression."""
    run(context, BIN / "python", "-m", "kantor.serve", folder, "--port", str(port))


@task
def clean(_context: Context) -> None:
    """Remove what `html` and `publish` wrote (never the ledger)."""
    say("Menghapus output/")
    shutil.rmtree(ROOT / "output", ignore_errors=True)


@task(pre=[setup], help={"settings": "berkas setelan (bawaan: publishconf.py)"})
def deploy(context: Context, settings: str = SETTINGS) -> None:
    """Bring the built site to its readers: a new release beside the old, switched at once.

    Unchanged files are hard links into the release before, so a release costs what changed.
    """
    here = (ROOT / settings).parent
    values = runpy.run_path(str(ROOT / settings))  # not by syndication: it came after we started
    output, target = str(here / values["OUTPUT_PATH"]), str(values["DEPLOY_TO"])
    host, folder = target.split(":", 1) if "@" in target else ("", str(here / target))
    release = f"releases/{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}"
    say(f"Menayangkan {output} ke {target}")
    remote(context, host, folder, FIRST_RELEASE)
    run(
        context,
        *("rsync", "--recursive", "--links", "--perms", "--checksum"),
        f"--link-dest={folder}/current/",
        f"{output.rstrip('/')}/",
        f"{host}:{folder}/{release}/" if host else f"{folder}/{release}/",
    )
    remote(context, host, folder, SWITCH.format(release=release))


def remote(context: Context, host: str, folder: str, commands: str) -> None:
    """Run shell commands in the folder of the releases: on `host`, or here if it is empty."""
    there = f"mkdir -p {shlex.quote(folder)} && cd {shlex.quote(folder)} && {commands}"
    context.run(f"ssh {shlex.quote(host)} {shlex.quote(there)}" if host else there)


@task(pre=[setup], help={"settings": "berkas setelan (bawaan: publishconf.py)"})
def relay(context: Context, settings: str = SETTINGS) -> None:
    """Send what is queued and due, once its page is live."""
    run(context, BIN / "siar", "--settings", settings, "relay")


@task(pre=[setup], help={"settings": "berkas setelan (bawaan: publishconf.py)"})
def announce(context: Context, settings: str = SETTINGS) -> None:
    """Tell WebSub hubs and IndexNow what changed on the live site, where the settings name them."""
    run(context, BIN / "siar", "--settings", settings, "announce")


@task(pre=[setup], help={"port": "nomor port"})
def preview(context: Context, port: int = 8012) -> None:
    """Show every post before it goes, with count and limit, and follow changes."""
    run(context, BIN / "siar", "preview", "--port", str(port))


@task(pre=[setup], help={"settings": "berkas setelan (bawaan: publishconf.py)"})
def siar(context: Context, settings: str = SETTINGS) -> None:
    """Do the whole run: publish, deploy, relay; then publish and deploy the new receipts."""
    compare = (BIN / "siar", "--settings", settings, "register")
    if ask(context, *compare) not in {OK, STALE}:
        raise Exit("Berhenti sebelum ada yang diubah.", code=1)
    publish(context, settings)
    deploy(context, settings)
    say("Mengirim unggahan yang jatuh tempo")
    outcome = ask(context, BIN / "siar", "--settings", settings, "relay")
    if ask(context, *compare) == STALE:
        say("Menerbitkan tautan unggahan resmi di halaman artikel")
        publish(context, settings)
        deploy(context, settings)
    ask(context, BIN / "siar", "--settings", settings, "announce")
    if outcome != OK:
        raise Exit("Ada unggahan yang perlu dilihat orang: `siar status`.", code=outcome)


@task(pre=[setup])
def demo(context: Context) -> None:
    """Run the main job on this machine alone: no account, no secret, all under var/demo/."""
    from demo import servers  # noqa: PLC0415 -- needs what setup installs

    with servers.running() as addresses:
        for name, address in addresses.items():
            say(f"{name}: {address}")
        if not servers.LEDGER.exists():
            run(context, BIN / "siar", "--settings", DEMO, "init", "--since", servers.SINCE)
        siar(context, DEMO)
        run(context, BIN / "siar", "--settings", DEMO, "status")
        run(context, BIN / "siar", "--settings", DEMO, "doctor")
    say("Selesai. `make look` melayani situs dan linimasa peragaan sampai Ctrl-C.")


@task(pre=[setup])
def look(_context: Context) -> None:
    """Serve the demo's site and timeline until Ctrl-C, to look at them."""
    from demo import servers  # noqa: PLC0415 -- needs what setup installs

    with servers.running() as addresses:
        for name, address in addresses.items():
            say(f"{name}: {address}")
        servers.wait_for_interrupt()


@task(pre=[setup])
def check(context: Context) -> None:
    """Read all articles and pages and report every mistake at once."""
    run(context, BIN / "siar", "check")


@task(pre=[setup])
def lint(context: Context) -> None:
    """Check the code: style, types, and which room may import which."""
    for command in (
        ("ruff", "check"),
        ("ruff", "format", "--check"),
        ("mypy",),
        ("lint-imports",),
    ):
        say(" ".join(command))
        run(context, BIN / command[0], *command[1:])


@task(pre=[setup])
def test(context: Context) -> None:
    """Run every test, browser and servers included."""
    say("Menjalankan semua uji")
    run(context, BIN / "pytest", "--numprocesses", "2", "--quiet")


@task(pre=[setup], help={"kills": "sekian kali pada tiap jenis buku besar"})
def bench_faults(context: Context, kills: int = 1000) -> None:
    """Kill relays and workers at random; count what was lost or sent twice (15 minutes)."""
    run(context, BIN / "python", "-m", "tests.deliver.bench", "--kills", str(kills))


BENCH = {
    "articles": "besarnya situs, misalnya 1000 atau 1000,10000",
    "rounds": "sekian putaran",
    "only": "hanya pembangun ini, misalnya hugo,incremental",
    "write": "folder yang menyimpan angka, tabel, dan kurva: docs",
}


@task(pre=[setup], help=BENCH)
def bench(
    context: Context, articles: str = "10000", rounds: int = 5, only: str = "", write: str = ""
) -> None:
    """Measure builds beside Pelican, Hugo and Eleventy (two hours), then all else."""
    say("Mengukur pembangunan situs; kemajuannya tampil di bawah ini")
    options: list[str] = ["--articles", *articles.split(","), "--rounds", str(rounds)]
    options += ["--only", *only.split(",")] if only else []
    options += ["--write", write] if write else []
    run(context, BIN / "python", "-m", "bench.build", *options)
    run(context, BIN / "python", "-m", "bench")


@task(pre=[setup])
def bench_quick(context: Context) -> None:
    """Measure builds of 1,000 articles, in three minutes."""
    run(context, BIN / "python", "-m", "bench.build", "--quick")
