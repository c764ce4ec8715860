"""The command line's demo, as people start it: in a process of its own, on a terminal and without one."""

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

QUICK = ("--instances", "20", "--speed", "200")


def koophone(*arguments: str, program: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs `python -m koophone`, or another program in its place, with its output in pipes."""
    command = ["-c", program] if program else ["-m", "koophone"]
    return subprocess.run([sys.executable, *command, *arguments], capture_output=True, text=True, check=False)


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What a run writes to a terminal."""
    terminal, its_end = pty.openpty()
    command = [sys.executable, "-m", "koophone", *arguments]
    with subprocess.Popen(command, stdin=its_end, stdout=its_end, stderr=its_end, env=os.environ | environment) as run:
        os.close(its_end)
        written = b"".join(iter(lambda: read(terminal), b""))
    os.close(terminal)
    assert run.returncode == 0
    return written.decode().replace("\r\n", "\n")


def read(terminal: int) -> bytes:
    """Reads on; nothing when nobody has the other end any more, which Linux reports as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@pytest.fixture(scope="module")
def done() -> subprocess.CompletedProcess[str]:
    """A run with 200 instances, at more speed."""
    return koophone("demo", "--speed", "200")


def test_the_demo_does_the_main_job_on_200_instances_and_ends_with_0(done: subprocess.CompletedProcess[str]) -> None:
    assert (done.returncode, done.stderr) == (0, "")
    assert "... and 195 more" in done.stdout
    assert re.search(r"^ +instances +200$", done.stdout, re.MULTILINE)
    assert re.search(r"^2\. Prepare 150 instances for user \d{19} ", done.stdout, re.MULTILINE)
    assert re.search(r"^ +\d+ s: Client \d+/75, AsyncClient \d+/75 ready", done.stdout, re.MULTILINE)
    assert re.search(r"^ +instances +200 +190 +-10$", done.stdout, re.MULTILINE)
    assert "200 listed, 150 prepared, 2 failures mended, 10 reset, 10 deleted" in done.stdout


@pytest.mark.parametrize("client", ["Client", "AsyncClient"])
def test_each_client_does_its_half_and_reports_what_failed(client: str, done: subprocess.CompletedProcess[str]) -> None:
    said = done.stdout

    assert re.search(rf"^ +{client} +75 of 75 ready after \d+ s$", said, re.MULTILINE)
    assert re.search(rf"^ +{client} +PrepareFailedError: .*1 of 3 instances failed", said, re.MULTILINE)
    assert re.search(rf"^ +{client} +1 of 1 ready after \d+ s$", said, re.MULTILINE)
    assert len(re.findall(rf"^ +{client} +5 succeeded: (?:\w{{8}}(?:, |$)){{5}}", said, re.MULTILINE)) == 2


@pytest.mark.parametrize("instances", ["12", "13", "21"])
def test_a_small_fleet_is_enough(instances: str) -> None:
    done = koophone("demo", "--instances", instances, "--speed", "1000")

    assert (done.returncode, done.stderr) == (0, "")
    assert f"{instances} listed" in done.stdout


def test_a_pipe_gets_whole_lines_without_escape_codes(done: subprocess.CompletedProcess[str]) -> None:
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout


def test_a_terminal_gets_a_progress_line_that_is_written_over() -> None:
    shown = on_a_terminal("demo", "--instances", "40", "--speed", "60", TERM="xterm")

    (line,) = [line for line in shown.split("\n") if "\r" in line]
    states = line.split("\r")[1:]
    assert len(states) > 1
    assert all(re.match(r" +\d+ s: Client \d+/15, AsyncClient \d+/15 ready", state) for state in states)
    assert states[-1].rstrip().endswith("Client 15/15, AsyncClient 15/15 ready")
    assert "\x1b" not in shown


def test_the_progress_line_fits_into_a_narrow_terminal() -> None:
    shown = on_a_terminal("demo", *QUICK, TERM="xterm", COLUMNS="30")

    (line,) = [line for line in shown.split("\n") if "\r" in line]
    assert {len(state) for state in line.split("\r")[1:]} == {29}


def test_a_terminal_that_cannot_go_back_gets_whole_lines() -> None:
    assert "\r" not in on_a_terminal("demo", *QUICK, TERM="dumb")


def test_a_seed_always_gives_the_same_fleet() -> None:
    one, two, other = (fleet(koophone("demo", *QUICK, "--seed", seed).stdout) for seed in ("3", "3", "4"))

    assert len(one) > 8
    assert one == two
    assert one != other


def fleet(said: str) -> list[str]:
    """Everything that a run tells of single instances."""
    return re.findall(r"^ +(\w{8} +demo-\d+ .*|.* succeeded: .*|.*\.report\.failed.*)$", said, re.MULTILINE)


def test_the_fleet_has_nothing_to_do_with_an_account_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOOPHONE_AUTH_TOKEN", "of-a-real-account")
    monkeypatch.setenv("KOOPHONE_ENDPOINT", "http://127.0.0.1:9")

    assert koophone("demo", *QUICK).returncode == 0


@pytest.mark.parametrize("speed", ["1", "1000"])
def test_ctrl_c_ends_it_with_130_and_one_word(speed: str) -> None:
    command = [sys.executable, "-m", "koophone", "demo", "--instances", "5000", "--speed", speed]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        next(line for line in run.stdout if line.startswith("2. Prepare"))
        run.send_signal(signal.SIGINT)
        said, complained = run.communicate()

    assert run.returncode == 130
    assert complained == "interrupted\n"
    assert "Everything" not in said


def test_a_reader_that_leaves_early_ends_it_without_a_traceback() -> None:
    command = [sys.executable, "-m", "koophone", "demo", *QUICK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith("A simulated KooPhone")
        run.stdout.close()
        complained = run.stderr.read() if run.stderr else None

    assert (run.returncode, complained) == (1, "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "BlockingHalf.list_all = lambda half: half._client.list_instances().collect()[1:]",
            "the IDs that were listed",
        ),
        ("BlockingHalf.delete = BlockingHalf.reset", "the instances that are left"),
        ("BlockingHalf.reset = lambda half, ids: half._client.reset_instances(['nobody'])", "KOOPHONE.API.1001"),
    ],
)
def test_what_does_not_come_out_as_it_must_is_told_and_ends_with_1(change: str, message: str) -> None:
    program = f"import koophone.__main__; from koophone.demo.halves import *; {change}; exit(koophone.__main__.main())"

    done = koophone("demo", *QUICK, program=program)

    assert done.returncode == 1
    assert re.fullmatch(f"The demo failed: .*{re.escape(message)}.*\n", done.stderr)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--instances", "11"), "argument --instances: must be 12 to 1,000,000, not 11"),
        (("--instances", "2.5"), "argument --instances: '2.5' is no number"),
        (("--speed", "0"), "argument --speed: must be 0.1 to 1,000,000, not 0"),
        (("--speed", "nan"), "argument --speed: must be 0.1 to 1,000,000, not nan"),
        (("--seed", "-1"), "argument --seed: must be 0 to 18,446,744,073,709,551,615, not -1"),
        (("--fast",), "unrecognized arguments: --fast"),
    ],
)
def test_an_argument_that_cannot_be_is_named(arguments: tuple[str, ...], message: str) -> None:
    done = koophone("demo", *arguments)

    assert done.returncode == 2
    assert message in done.stderr


def test_the_help_explains_every_option() -> None:
    done = koophone("demo", "--help")

    assert done.returncode == 0
    for option in ("--instances", "--seed", "--speed"):
        assert re.search(rf"^  {option} [NX] +\w.*$", done.stdout, re.MULTILINE)


def test_without_a_command_the_help_is_shown_and_the_exit_code_is_2() -> None:
    done = koophone()

    assert (done.returncode, done.stdout) == (2, "")
    assert "demo" in done.stderr


def test_the_version_is_that_of_the_package() -> None:
    manifest = (Path(__file__).parent.parent / "Cargo.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', manifest, re.MULTILINE)

    assert version
    assert koophone("--version").stdout == f"koophone {version[1]}\n"
