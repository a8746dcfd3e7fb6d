"""What an operator may tune about drawing, and the waits and bounds that nobody has to tune."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.credit_plan import CreditPlan
from bot.jobs.retry import RetryPolicy
from bot.pictures.metadata import PictureMetadata
from bot.prompt.blocklist import BlockedWords


@dataclass(frozen=True, slots=True)
class Policies:
    """All in seconds unless it says otherwise. Handed to the parts, so that a test hands in others."""

    # A back-end's run, when its failure may be mended by the same again; and fetching one of its pictures.
    run: RetryPolicy = field(default=RetryPolicy(attempts=3, first=1.0, longest=15.0))
    fetch: RetryPolicy = field(default=RetryPolicy(attempts=3, first=0.5, longest=5.0))
    # Storing what was drawn while the database is away. What cannot be stored by then is drawn again.
    store: RetryPolicy = field(default=RetryPolicy(seconds=600.0, first=0.2, longest=10.0))
    # Storing what became of a placeholder, and taking one back that came too late.
    note: RetryPolicy = field(default=RetryPolicy(seconds=3600.0, first=0.2, longest=5.0))
    take_back: RetryPolicy = field(default=RetryPolicy(attempts=8, first=0.5, longest=30.0))
    # The end of a request: about a day; then its row says `failed` whether anybody could be told or not.
    end: RetryPolicy = field(default=RetryPolicy(attempts=300, first=5.0, longest=300.0))

    pictures_in_memory: int = 8  # draws that store their pictures
    fetches_of_a_model: int = 8  # draws of one model that fetch and hold pictures
    fetch_seconds: float = 90.0  # for all pictures of a draw
    input_pictures_at_once: int = 4  # of one model: fetched from Telegram and prepared, 20 MB each at most
    videos_in_memory: int = 2  # draws that fetch and store one, of 50 MB at most; as many again that are delivered
    deliveries_in_memory: int = 32  # requests; as many again for groups, which wait longer for Telegram
    admitted_at_once: int = 12  # draws: a thousand begin one after the other, not all before the first is done
    admission_every: float = 5.0  # for what was missed
    crowded_pause: float = 0.05  # before more are admitted while finished pictures wait

    # A process that stops: for placeholders, for deliveries, and for draws to be handed back.
    placeholders_settle: float = 5.0
    deliveries_settle: float = 10.0
    letting_go: float = 10.0

    # Many processes.
    sent_by_others: float = 3.0  # in which whoever accepted a request has begun to send its placeholder
    answer_of_end: float = 20.0  # for the answer to an end that was sent, once another process takes it over
    answered_at_the_end: float = 5.0  # for a placeholder that is being sent elsewhere, once the end is there
    stranded_after: float = 20.0  # without anybody who has it, work is enqueued again


@dataclass(frozen=True)
class JobSettings:
    """Limits count draws (`max_jobs*`) or requests (all others); 0 means no limit for `daily_*`. `daily_cost*` are
    in the unit of the catalogue's `cost`.

    `progress_*` and `grace` are in seconds: between two edits of one placeholder, and given to running draws at
    shutdown.
    """

    max_jobs: int = 1000
    max_jobs_per_user: int = 2
    max_queued_per_user: int = 5
    daily_limit: int = 0
    daily_cost_per_user: float = 0
    daily_cost: float = 0
    credits: CreditPlan | None = None  # None: nobody needs any
    request_ttl: timedelta = timedelta(hours=1)
    picture_ttl: timedelta = timedelta(days=7)
    history: timedelta | None = timedelta(days=90)  # what ended longer ago is purged; None: nothing is
    draws_here: int = 100  # where many processes share the drawing: so many at once in this one; 0: none
    progress_private: float = 3.0
    progress_group: float = 10.0
    grace: float = 25.0
    operators: frozenset[int] = frozenset()
    output_check_url: str | None = None
    picture_metadata: PictureMetadata = "full"
    output_check_closed: bool = True  # what cannot be checked is not shown
    blocked_words: BlockedWords = field(default_factory=BlockedWords)
    policies: Policies = field(default_factory=Policies)
