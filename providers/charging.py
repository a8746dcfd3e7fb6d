"""When a back-end charges for a job: each provider declares it, and whoever keeps count of money goes by it."""

from enum import Enum


class Charged(Enum):
    """The moment from which a job has cost what it costs.

    A cancellation, a failure or a second try does not give back what was charged. Where it is not known, it is
    ON_HANDOVER: then nothing is ever drawn that was not counted.
    """

    ON_HANDOVER = "on hand-over"  # once the back-end has the job, also when it fails or is cancelled
    ON_SUCCESS = "on success"  # its terms say that a job which fails or is refused costs nothing
    NEVER = "never"  # nobody sends a bill; a `cost` in the catalogue counts pictures that were drawn
