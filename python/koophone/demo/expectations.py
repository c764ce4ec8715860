"""What must hold for the demo to succeed."""

from reprlib import Repr

_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 100


class UnmetError(Exception):
    """Something did not come out as it must."""


def expect(what: str, found: object, *, expected: object) -> None:
    """Check that two things are equal.

    Raises:
        UnmetError: They are not; the text says what.
    """
    if found != expected:
        raise UnmetError(f"{what}: expected {_SHORT.repr(expected)}, found {_SHORT.repr(found)}")
