"""What can go wrong at a back-end, translated once, at the boundary.

```
ProviderError                      root; the ones between are never raised themselves
+-- ResponseError                  the back-end answered, and refused
|   +-- QuotaExceeded              no more for now (`retry_after` in seconds, if it said)
|   |   +-- PaymentRequired        the account behind the key has no credit left
|   +-- ContentRejected            the prompt or the picture broke its rules
|   +-- InvalidParameter           a value, a model name or a size that it (or we) cannot take
|   +-- ModelNotFound              the back-end has no model of the name that the catalogue gives it
|   +-- Unauthorized               a key is missing, wrong or has no rights
|   +-- Cancelled                  the job was cancelled at the back-end
+-- Unavailable                    5xx, asleep, queue full, no connection, a stream cut short
+-- BadAnswer                      not the protocol: HTML for JSON, a picture that is none
|   +-- BadPicture                 a picture that is none, is broken, or costs too much to decode
|   +-- NoPicture                  a sound answer, but with no picture in it
|   +-- NotThisServer              whatever answers at that address is another program
+-- DeadlineExceeded               it took longer than `timeout`
|   +-- QueueDeadlineExceeded      it was not its turn within `queue_timeout`, so nothing was drawn
```

Two properties of the class steer everything above this package, so nobody parses a text:
`retryable` - the same back-end may be asked the same again; `failover` - another model may take over.
"""

# ruff: noqa: N818  (these read as what happened; the package's interface names them so)
from typing import ClassVar


class ProviderError(Exception):
    """Root of all errors that `providers` raises.

    `str(error)` is for operators; it never holds a key. What a user reads follows from the class (`code`).
    """

    code: ClassVar[str] = "provider-error"
    retryable: ClassVar[bool] = False
    failover: ClassVar[bool] = False


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


class Unavailable(ProviderError):
    """Down, asleep, full, unreachable, or gone in the middle of its answer."""

    code = "unavailable"
    retryable = True
    failover = True


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
