"""The main job of this package on a simulator: the command `demo`."""

import sys
import time

from ..errors import KooPhoneError
from ..testing.simulator import Simulator
from .expectations import UnmetError
from .pair import Pair
from .screen import Screen
from .story import Story


def run(*, instances: int, seed: int, speed: float) -> int:
    """Tell the story on a fresh simulator.

    Returns:
        The exit code: 0, or 1 if something did not come out as it must.
    """
    began = time.monotonic()
    screen = Screen(sys.stdout)
    screen.write(f"A simulated KooPhone: {instances:,} instances, seed {seed}, time {speed:g} times as fast.\n")
    # Waits follow the simulator's time: whatever the speed, five minutes by the clock end a wait that is stuck.
    timeout = min(max(900.0, 300 * speed), 1e9)
    try:
        with Simulator(instances, seed=seed, speed=speed) as cloud, Pair(cloud, timeout) as pair:
            start = cloud.now
            total = Story(cloud, pair, screen).tell()
            virtual = (cloud.now - start).total_seconds()
    except (KooPhoneError, UnmetError) as error:
        sys.stderr.write(f"The demo failed: {error}\n")
        return 1
    screen.heading("Everything came out as it must")
    screen.line(total)
    screen.line(f"{virtual:.0f} simulated seconds, {time.monotonic() - began:.1f} seconds by the clock")
    return 0
