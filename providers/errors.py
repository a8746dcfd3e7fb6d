"""What can go wrong at a back-end, translated once, at the boundary.

```
ProviderError                      root; the ones between are never raised themselves
+-- ResponseError                  the back-end answered, and refused
|   +-- QuotaExceeded              no more for now (`retry_after` in seconds, if it said)
|   |   +-- PaymentRequired        the account behind the key has no credit left
|   +-- ContentRejected            the prompt or the picture broke its rules
|   +-- InvalidParameter           a value, a model name or a size that it (or we) cannot take
|   |   +-- OutOfMemory            too large for the back-end's memory: fewer pixels or steps would do
|   |   +-- RequestFailed          it broke on this very request, as a model does on some numbers
|   |   +-- TooLarge               upscaled, the picture would be larger than anybody could take
|   +-- ModelNotFound              the back-end has no model of the name that the catalogue gives it
|   +-- Unauthorized               a key is missing, wrong or has no rights
|   +-- Cancelled                  the job was cancelled at the back-end
|   +-- NoWorkers                  a network of volunteers has nobody at the moment who could draw this
+-- Unavailable                    5xx, asleep, queue full, a stream cut short
|   +-- Unreachable                no connection came about, so nothing was handed over
+-- BadAnswer                      not the protocol: HTML for JSON, a picture that is none
|   +-- BadPicture                 a picture that is none, is broken, or costs too much to decode
|   |   +-- BadVideo               a video that is none, or is cut short or packed
|   |   +-- VideoTooLong           it plays for longer than anybody may ask for
|   |   +-- VideoTooLarge          Telegram takes no file of so many bytes, or no player so many pixels
|   +-- NoPicture                  a sound answer, but with no picture in it
|   |   +-- NoVideo                a video was asked for, and a picture came
|   +-- NotThisServer              whatever answers at that address is another program
+-- DeadlineExceeded               it took longer than `timeout`
|   +-- QueueDeadlineExceeded      it was not its turn within `queue_timeout`, so nothing was drawn
```

What follows from an error, nobody reads from its text:
`retryable` - the same back-end may be asked the same again (of the class; `repeatable` looks at the phase as well);
`failover` - another model may take over; `phase` - how far the job had come at the back-end when it failed.
"""

# ruff: noqa: N818  (these read as what happened; the package's interface names them so)
from enum import IntEnum
from typing import ClassVar


class Phase(IntEnum):
    """How far a job had come at the back-end."""

    NOT_HANDED_OVER = 0  # it does not have the job: it was not reached, or refused
    HANDED_OVER = 1  # it has the job, or may have it: the answer to the hand-over was lost
    DRAWN = 2  # it has drawn; only the pictures were not had


class ProviderError(Exception):
    """Root of all errors that `providers` raises.

    `str(error)` is for operators; it never holds a key. What a user reads follows from the class (`code`).
    """

    code: ClassVar[str] = "provider-error"
    retryable: ClassVar[bool] = False
    failover: ClassVar[bool] = False
    phase: Phase = Phase.NOT_HANDED_OVER

    @property
    def repeatable(self) -> bool:
        """Whether the whole draw may be asked for again. After the back-end has drawn it may not: that would be drawn,
        and perhaps paid, a second time, and end as before."""
        return self.retryable and self.phase is not Phase.DRAWN


class at_phase:  # noqa: N801  (like contextlib's own)
    """What fails within the block fails at `phase`, or where it says itself that the job had come further."""

    __slots__ = ("_phase",)

    def __init__(self, phase: Phase) -> None:
        self._phase = phase

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, ProviderError):
            error.phase = max(error.phase, self._phase)


class handing_over:  # noqa: N801  (likewise)
    """The block hands a job over. What fails there leaves it with the back-end, unless that refused the job or was not
    reached at all."""

    __slots__ = ()

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, ProviderError) and not isinstance(error, ResponseError | Unreachable | NotThisServer):
            error.phase = max(error.phase, Phase.HANDED_OVER)


class ResponseError(ProviderError):
    """The back-end answered and refused; its own words, cleaned of markup, are the message."""

    code = "refused"
    failover = True


class QuotaExceeded(ResponseError):
    """No more for now. `retry_after` is in seconds, None where the back-end did not say."""

    code = "quota"

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PaymentRequired(QuotaExceeded):
    """The account behind the key has no credit left: only its owner can change that, waiting does not."""

    code = "payment"


class ContentRejected(ResponseError):
    """The prompt or the picture broke the back-end's rules; another model is not tried behind its back."""

    code = "content"
    failover = False


class InvalidParameter(ResponseError):
    """A value that cannot be taken: the message names it and what would do."""

    code = "parameter"
    failover = False


class OutOfMemory(InvalidParameter):
    """The request needs more memory than the back-end has: it fails there each time, and a smaller one does not."""

    code = "out-of-memory"


class RequestFailed(InvalidParameter):
    """The model broke on this very request (NaN in its numbers, a failed assertion); others are drawn all the same."""

    code = "request-failed"


class TooLarge(InvalidParameter):
    """Upscaled, the picture would be larger than anybody could take; it is not sent at all."""

    code = "too-large"


class ModelNotFound(ResponseError):
    """The back-end has no model of this name (any more). The operator's to mend, so another model may take over."""

    code = "model-not-found"


class Unauthorized(ResponseError):
    """The key is missing, wrong, or has no rights to this model."""

    code = "unauthorized"


class Cancelled(ResponseError):
    """The job was cancelled at the back-end, by us or by its operator."""

    code = "cancelled"
    failover = False


class NoWorkers(ResponseError):
    """A network of volunteers has nobody at the moment who could draw this; another model may."""

    code = "no-workers"


class Unavailable(ProviderError):
    """Down, asleep, full, unreachable, or gone in the middle of its answer."""

    code = "unavailable"
    retryable = True
    failover = True


class Unreachable(Unavailable):
    """No connection came about, so the back-end has not seen the request."""


class BadAnswer(ProviderError):
    """It answered, but not in its protocol, or with something that is no picture."""

    code = "bad-answer"
    retryable = True
    failover = True


class BadPicture(BadAnswer):
    """It is no picture of a known format, is broken, or would cost more to decode than anybody may ask for. Not asked
    for again by itself: it was drawn, and the same request may well give the same bytes."""

    retryable = False


class NoPicture(BadAnswer):
    """It says that it is done, and there is no picture. Not asked again by itself: it may have been paid for."""

    code = "no-picture"
    retryable = False


class BadVideo(BadPicture):
    """It is no video of a known format, is cut short, or is packed in a way that is not read here."""

    code = "bad-video"


class VideoTooLong(BadPicture):
    """It says of itself that it plays for longer than `providers.pictures.video` lets through."""

    code = "video-too-long"


class VideoTooLarge(BadPicture):
    """It has more bytes than a bot can send, or more pixels than players take."""

    code = "video-too-large"


class NoVideo(NoPicture):
    """A video was asked for, and the model gave a picture that stands still: it is no model for that."""

    code = "no-video"


class NotThisServer(BadAnswer):
    """Another program than the configured one answers at this address."""

    code = "other-server"
    retryable = False


class DeadlineExceeded(ProviderError):
    """It did not finish within `timeout`. Whoever waited so long is asked before another model starts from scratch."""

    code = "deadline"


class QueueDeadlineExceeded(DeadlineExceeded):
    """It waited in the back-end's queue for `queue_timeout`, and nothing was drawn yet."""

    code = "queue-deadline"
    failover = True
