"""What an operator may tune about drawing, as the rest of `bot/jobs/` sees it."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.prompt.blocklist import BlockedWords


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
    request_ttl: timedelta = timedelta(hours=1)
    picture_ttl: timedelta = timedelta(days=7)
    history: timedelta | None = timedelta(days=90)  # what ended longer ago is purged; None: nothing is
    draws_here: int = 100  # where many processes share the drawing: so many at once in this one; 0: none
    progress_private: float = 3.0
    progress_group: float = 10.0
    grace: float = 25.0
    blocked_words: BlockedWords = field(default_factory=BlockedWords)
