"""A reason to stop that the operator can act on."""


class Failure(Exception):  # noqa: N818 - what happened
    """The program cannot go on; the text is one sentence that says why and what to do."""
