"""The errors a person may see: one line that names the cause and the mend."""


class ImuRepsError(Exception):
    """The work cannot be done; the text says why and what to do about it."""


class BadInput(ImuRepsError):
    """A file, a port or a stream does not hold what it should."""


class BadUsage(ImuRepsError):
    """The words of a call are wrong: an unknown name, or two that do not go together."""
