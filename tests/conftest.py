"""What every test run says first."""

from tests.interpreters import find_interpreters


def pytest_report_header() -> str:
    """Names the interpreters that test_wheel.py runs on, so that the log of a run shows what it proved."""
    return "wheel tested on: " + ", ".join(f"Python {each.version}" for each in find_interpreters())
