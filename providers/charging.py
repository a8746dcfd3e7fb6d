"""When a back-end charges for a job: each provider declares it, and whoever keeps count of money goes by it."""

from enum import Enum

from providers.errors import (
    ContentRejected,
    InvalidParameter,
    NotThisServer,
    NoWorkers,
    Phase,
    ProviderError,
    ResponseError,
    Unreachable,
)

_OF_THE_JOB = (ContentRejected, InvalidParameter, NoWorkers)  # what a back-end says of a job that came to nothing


class Charged(Enum):
    """The moment from which a job has cost what it costs.

    A cancellation, a failure or a second try does not give back what was charged. Where it is not known, it is
    ON_HANDOVER: then nothing is ever drawn that was not counted.
    """

    ON_HANDOVER = "on hand-over"  # once the back-end has the job, also when it fails or is cancelled
    ON_SUCCESS = "on success"  # its terms say that a job which fails or is refused costs nothing
    NEVER = "never"  # nobody sends a bill; a `cost` in the catalogue counts pictures that were drawn

    def counts(self, error: ProviderError) -> bool:
        """Whether a job that was to be handed over, and came to this error, may have been charged. What is not known
        to be free counts: a connection that was cut, an answer that nobody understands."""
        if self is Charged.NEVER:
            return False
        if error.phase is Phase.DRAWN:
            return True
        if error.phase is Phase.NOT_HANDED_OVER:
            return not isinstance(error, ResponseError | Unreachable | NotThisServer)
        # Somebody asked for a job that is there, and was not let in, or nobody answered: it may have been drawn.
        return self is Charged.ON_HANDOVER or not isinstance(error, _OF_THE_JOB)
