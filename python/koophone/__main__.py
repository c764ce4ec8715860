"""The command line: `python -m koophone`."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from . import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code: 0; 1 when the command failed; 2 when there is none; 130 after Ctrl-C.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return 130
    except BrokenPipeError:
        # The reader has left: the interpreter must not fail once more when it flushes the stream at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m koophone", description="A client for KooPhone cloud phones.")
    parser.add_argument("--version", action="version", version=f"koophone {__version__}")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_demo(commands)
    return parser


def _add_demo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = commands.add_parser(
        "demo",
        help="run the main job of this package on a simulator, without an account",
        description="Starts a simulated KooPhone and does the main job of this package on it: lists all instances, "
        "prepares three quarters of them and follows that until they are ready, shows what a failure looks like, "
        "resets some, deletes some, and shows what has changed. Client does it with one half of the fleet, "
        "AsyncClient with the other, side by side. No account and no network is needed. "
        "Ends with 0 if everything came out as it must, otherwise with 1.",
    )
    demo.add_argument(
        "--instances",
        type=_number(int, 12, 1_000_000),
        default=200,
        metavar="N",
        help="how many instances there are, 12 to 1,000,000 (default: %(default)s)",
    )
    demo.add_argument(
        "--seed",
        type=_number(int, 0, 2**64 - 1),
        default=7,
        metavar="N",
        help="which fleet: the same seed gives the same instances, durations and failures (default: %(default)s)",
    )
    demo.add_argument(
        "--speed",
        type=_number(float, 0.1, 1_000_000),
        default=15.0,
        metavar="X",
        help="how many simulated seconds pass in a second, 0.1 to 1,000,000 (default: %(default)g, "
        "at which the demo takes about 10 seconds)",
    )
    demo.set_defaults(run=_demo)


def _demo(options: argparse.Namespace) -> int:
    from .demo import run  # noqa: PLC0415 - a command loads only what it needs

    return run(instances=options.instances, seed=options.seed, speed=options.speed)


def _number(kind: Callable[[str], float], least: float, most: float) -> Callable[[str], float]:
    """Make a check of an argument; argparse shows its message."""

    def check(text: str) -> float:
        try:
            number = kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is no number") from None
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"must be {least:,} to {most:,}, not {text}")
        return number

    return check


if __name__ == "__main__":
    sys.exit(main())
