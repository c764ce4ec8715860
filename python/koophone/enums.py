"""The service's numbers, by name. Every enum is open: a number that is not listed here is a member all the same."""

from __future__ import annotations

from enum import IntEnum

TYPE_CHECKING = False  # importing `typing` for it would cost more than all the rest
if TYPE_CHECKING:
    from typing import Self


class OpenIntEnum(IntEnum):
    """An `IntEnum` that keeps numbers it does not know.

    Example:
        >>> from koophone import RunningStatus
        >>> RunningStatus(2)
        <RunningStatus.RUNNING: 2>
        >>> RunningStatus(42)
        <RunningStatus.UNKNOWN_42: 42>
        >>> RunningStatus(42) == 42
        True
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int):
            return None
        member = int.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}".replace("-", "MINUS_")
        member._value_ = value
        # One object a number, so that unknown members too are compared by identity and pickled by value.
        known: Self = cls._value2member_map_.setdefault(value, member)  # type: ignore[assignment] # its values are members
        return known


class RunningStatus(OpenIntEnum):
    """State of a cloud phone.

    Example:
        >>> koophone.RunningStatus(2)
        <RunningStatus.RUNNING: 2>
        >>> koophone.RunningStatus(42), koophone.RunningStatus(42) == 42
        (<RunningStatus.UNKNOWN_42: 42>, True)
    """

    UNKNOWN = 0
    STOPPED = 1
    RUNNING = 2
    GOING_OFFLINE = 3
    STARTING = 4
    SHUT_DOWN = 5


class FrozenStatus(OpenIntEnum):
    """Whether an instance is frozen, for example because the account is in arrears.

    Example:
        >>> koophone.FrozenStatus(1)
        <FrozenStatus.FROZEN: 1>
    """

    NORMAL = 0
    FROZEN = 1


class LoginStatus(OpenIntEnum):
    """Whether somebody is logged in to an instance.

    Example:
        >>> koophone.LoginStatus(1)
        <LoginStatus.LOGGED_IN: 1>
    """

    NOT_LOGGED_IN = 0
    LOGGED_IN = 1


class AssignStatus(OpenIntEnum):
    """Whether an instance is assigned to a user.

    Example:
        >>> koophone.AssignStatus(1)
        <AssignStatus.ASSIGNED: 1>
    """

    UNASSIGNED = 0
    ASSIGNED = 1


class TransferStatus(OpenIntEnum):
    """State of a backup or a restoration.

    Example:
        >>> koophone.TransferStatus(2)
        <TransferStatus.SUCCEEDED: 2>
    """

    PREPARING = 0
    RUNNING = 1
    SUCCEEDED = 2
    FAILED = 3
    OTHER = 4


class PrepareStatus(OpenIntEnum):
    """What `prepare_instances` answers for one instance.

    Example:
        >>> koophone.PrepareStatus(1)
        <PrepareStatus.TO_BE_RESTORED: 1>
    """

    READY = 0
    TO_BE_RESTORED = 1
    TO_BE_ASSIGNED = 2
    BACKING_UP = 3
    RESETTING = 4
    RESTARTING = 5
    OFFLINE = 6
    REPLACING = 7
    EXPIRY_BACKUP_RESTORING = 8
    EXPIRY_BACKUP_RESTORE_FAILED = 9
    MAINTAINING = 10


class ProgressStatus(OpenIntEnum):
    """How far the preparation of an instance is.

    Example:
        >>> koophone.ProgressStatus(-1)
        <ProgressStatus.FAILED: -1>
    """

    NORMAL = 0
    QUEUING = 1
    RESTORING_OR_OFFLINE = 2
    BACKING_UP = 3
    FAILED = -1
