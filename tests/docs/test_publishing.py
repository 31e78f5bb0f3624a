"""What the page on publishing gives is run as it stands: the hook, the workflows, the script."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from springtide.market.lake import Lake

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "publish.md"
TRUE = "---\ndate: 2009-12-31\n---\nThe S&P 500 closed at 1,115.10 on 31 December 2009.\n"
FALSE = TRUE.replace("1,115.10", "1,215.10")


def block(title: str) -> str:
    """Return what the page shows under a title."""
    text = PAGE.read_text("utf-8")
    return text.split(f'title="{title}"\n', 1)[1].split("\n```", 1)[0] + "\n"


def run(command: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command where `springtide` is that of these sources."""
    env = {**os.environ, **more}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture
def lake(bundled_lake: Lake, tmp_path: Path) -> Path:
    assert bundled_lake.local is not None
    return Path(shutil.copytree(bundled_lake.local, tmp_path / "lake"))


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """A repository with one true and one false post."""
    folder = tmp_path / "site"
    (folder / "content" / "post").mkdir(parents=True)
    (folder / "content" / "post" / "true.md").write_text(TRUE)
    (folder / "content" / "post" / "false.md").write_text(FALSE)
    return folder


# -- before a commit -------------------------------------------------------------------------


@pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")
def test_the_hook_lets_true_posts_in_and_keeps_a_false_one_out(
    posts: Path, lake: Path, tmp_path: Path
):
    """With the hook as it is published, in the environment of these tests.

    Its language is what pre-commit would install it by; here it is installed already.
    """
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[0]
    shown = yaml.safe_load(block(".pre-commit-config.yaml"))["repos"][0]["hooks"][0]
    assert shown["id"] == hook["id"]
    local = {**hook, **shown, "language": "system"}
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (posts / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (posts / ".gitignore").write_text(".springtide-check\n")
    own = {"PRE_COMMIT_HOME": str(tmp_path / "pre-commit"), "SPRINGTIDE_LAKE": str(lake)}
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    run(["git", "init", "-q"], posts)
    installed = run([sys.executable, "-m", "pre_commit", "install"], posts, **own)
    assert installed.returncode == 0, installed.stderr
    run(["git", "add", ".pre-commit-config.yaml", ".gitignore", "content/post/true.md"], posts)
    good = run([*git, "commit", "-qm", "a true post"], posts, **own)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "check the numbers of articles" in good.stdout + good.stderr
    run(["git", "add", "content/post/false.md"], posts)
    bad = run([*git, "commit", "-qm", "a false one"], posts, **own)
    assert bad.returncode == 1
    assert "1,215.10" in bad.stdout + bad.stderr
    assert "false one" not in run(["git", "log", "--oneline"], posts).stdout
    (posts / "README.md").write_text(FALSE)  # not of content/
    run(["git", "rm", "-q", "--cached", "content/post/false.md"], posts)
    run(["git", "add", "README.md"], posts)
    assert run([*git, "commit", "-qm", "read me"], posts, **own).returncode == 0


# -- workflows -------------------------------------------------------------------------------


def steps_of(title: str) -> tuple[dict[str, str], list[str]]:
    """Return the environment of a workflow's job, and the commands of its steps."""
    workflow = yaml.safe_load(block(title))
    (job,) = workflow["jobs"].values()
    return job["env"], [step["run"] for step in job["steps"] if "run" in step]


def test_the_workflow_of_a_pull_request_annotates_and_fails(posts: Path, lake: Path):
    env, commands = steps_of("check.yml")
    assert set(env) == {"SPRINGTIDE_LAKE"}
    install, *others = commands
    assert install.startswith("pip install springtide")
    (check,) = others
    done = run(["bash", "-ec", check], posts, SPRINGTIDE_LAKE=str(lake))
    assert done.returncode == 1, done.stdout + done.stderr
    refuted = [one for one in done.stdout.splitlines() if one.startswith("::error")]
    assert len(refuted) == 1
    assert "file=content/post/false.md,line=4" in refuted[0]
    assert "1,215.10" in refuted[0]
    kept = next(s for s in yaml.safe_load(block("check.yml"))["jobs"]["numbers"]["steps"]
                if "upload-artifact" in s.get("uses", ""))  # fmt: skip
    assert (posts / kept["with"]["path"]).is_dir()
    (posts / "content" / "post" / "false.md").unlink()
    done = run(["bash", "-ec", check], posts, SPRINGTIDE_LAKE=str(lake))
    assert done.returncode == 0, done.stdout + done.stderr


# -- a brief every evening -------------------------------------------------------------------

FEED = '''
"""A stand-in for the feed of the script: it answers as the real one does, from a file."""

import polars as pl
from datetime import date, timedelta
from springtide.market.sources import feeds

NAME = "stand-in"


def available():
    return True


def ticker(instrument):
    return instrument.id


def fetch(instrument, first, last, *, pause=1.0):
    days = pl.read_csv({path!r}, try_parse_dates=True)
    return feeds.Fetched(days.filter((pl.col("date") >= first) & (pl.col("date") <= last)))
'''


class _Mailbox(BaseHTTPRequestHandler):
    received: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        type(self).received.append(self.rfile.read(size))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def mailbox() -> Iterator[tuple[str, list[bytes]]]:
    """Where apprise sends to: its own JSON target, on this machine."""
    _Mailbox.received = []
    server = HTTPServer(("127.0.0.1", 0), _Mailbox)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}/", _Mailbox.received
    server.shutdown()


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A package that adds a source: sessions of the S&P 500 after those of the sample."""
    from datetime import date

    from springtide.market import calendars

    sessions = calendars.sessions("XNYS", date(2018, 12, 3), date(2019, 1, 31))
    assert sessions is not None
    rows = "".join(
        f"{day},{2500 + k},{2510 + k},{2490 + k},{2505 + k},3000000000\n"
        for k, day in enumerate(sessions[20:].tolist())
    )
    path = tmp_path / "days.csv"
    path.write_text("date,open,high,low,close,volume\n" + rows)
    package = tmp_path / "feed"
    info = package / "stand_in-1.0.dist-info"
    info.mkdir(parents=True)
    (package / "stand_in.py").write_text(FEED.format(path=str(path)))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stand-in\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[springtide.sources]\nstand-in = stand_in\n")
    return package


@pytest.mark.skipif(find_spec("apprise") is None, reason="apprise is not installed")
@pytest.mark.skipif(find_spec("typst") is None, reason="the extra pdf is not installed")
def test_the_script_of_every_evening_fetches_writes_and_sends(
    lake: Path, feed: Path, mailbox: tuple[str, list[bytes]], tmp_path: Path
):
    """The script as it stands, but for the index and the feed, which are those of the sample."""
    address, received = mailbox
    script = block("evening.sh").replace("HSTECH", "SPX").replace("hstech", "spx")
    script = script.replace("--source yahoo", "--source stand-in")
    (tmp_path / "evening.sh").write_text(script)
    site = tmp_path / "site"
    site.mkdir()
    _, commands = steps_of("evening.yml")
    assert commands[-1] == "bash evening.sh"
    (site / "evening.sh").write_text(script)
    path = os.pathsep.join(filter(None, (str(feed), os.environ.get("PYTHONPATH", ""))))
    env = {"SPRINGTIDE_LAKE": str(lake), "APPRISE_URL": address, "PYTHONPATH": path}
    done = run(["bash", "evening.sh"], site, **env)
    assert done.returncode == 0, done.stdout + done.stderr
    bundle = site / "content" / "post" / "spx"
    assert (bundle / "index.en.md").is_file()
    assert (bundle / "index.zh-hk.md").is_file()
    assert "31 January 2019" in (bundle / "index.en.md").read_text("utf-8")
    assert len(received) == 1
    assert b"brief.en.pdf" in received[0]
    assert b"The brief of today" in received[0]
    again = run(["bash", "evening.sh"], site, **env)  # nothing new, and nothing is an error
    assert again.returncode == 0, again.stdout + again.stderr


def test_the_line_of_cron_is_one():
    (line,) = [one for one in PAGE.read_text("utf-8").splitlines() if "/home/me/evening.sh" in one]
    fields = line.split()
    assert len(fields) == 6
    minute, hour = int(fields[0]), int(fields[1])
    closes = 16 * 60 + 8  # with the closing auction
    assert 0 < 60 * hour + minute - closes <= 30
    assert fields[2:5] == ["*", "*", "1-5"]
