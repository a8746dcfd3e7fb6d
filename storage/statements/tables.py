"""The tables. Telegram's ids are BigInteger, times are UTC, pictures' bytes are in a table of their own, `blobs`.

Partial indexes hold only open rows, so they stay small however long the history is. Queries must repeat their
conditions literally: SQLite uses such an index only then.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Double,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    case,
    func,
    literal_column,
    text,
)

from storage.records import (
    BroadcastState,
    ChargeState,
    CreditAccount,
    DrawState,
    OfferKind,
    PaymentState,
    PlaceholderState,
    RequestState,
    Who,
)
from storage.statements.columns import (
    DetoursColumn,
    DrawnWordsColumn,
    Id,
    NamesColumn,
    ParametersColumn,
    PickedColumn,
    PlainText,
    UTCDateTime,
    VariantColumn,
    state_of,
)

# The condition of a partial index stands in its `info`: as a keyword of SQLAlchemy's it would load PostgreSQL's dialect
# into a bot on SQLite, 3 MB. `with_conditions` makes it that keyword.
WHERE = "where"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Marks tables that storage/transfer.py does not copy: they mean nothing in another database.
TRANSIENT = {"transient": True}

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", BigInteger, nullable=False),
    Column("body", PlainText, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("received_at", UTCDateTime, nullable=False),
    Column("owner", BigInteger),  # which of the processes handles it; NULL where there is only one
    Column("crashes", Integer, nullable=False, server_default="0"),  # how often its process ended before it was handled
)

# Long texts that were handled, of which an app may have cut off a part that has not come yet. No words of them.
long_texts = Table(
    "long_texts",
    metadata,
    Column("lane", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
    Column("sent_at", UTCDateTime, nullable=False, index=True),
    Column("reply_to", BigInteger),
    info=TRANSIENT,
)

# Processes that share the database (PostgreSQL), with their last heartbeats.
processes = Table(
    "processes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("label", PlainText, nullable=False),
    Column("beat_at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
    info=TRANSIENT,
)

# Workers among them, with their concurrency; times by the database's clock.
workers = Table(
    "workers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("capacity", Integer, nullable=False),
    Column("seen_at", UTCDateTime, nullable=False),
    info=TRANSIENT,
)

# Secrets that one of them generated for all.
shared_secrets = Table(
    "shared_secrets",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", PlainText, nullable=False),
    info=TRANSIENT,
)

# Their shared rate limit (storage/postgres/rate_limit.py). Times are seconds since 1970 by the database's clock.
flood = Table(
    "flood",
    metadata,
    Column("key", PlainText, primary_key=True),
    Column("due", Double, nullable=False),
    Column("paused_until", Double, nullable=False, server_default="0"),
    Column("refused_at", Double, nullable=False, server_default="0"),
    Column("since", Double, nullable=False, server_default="0"),
    info=TRANSIENT,
)

users = Table(
    "users",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(16)),
    Column("model", PlainText),
    Column("aspect_ratio", PlainText),
    Column("steps", Integer),
    Column("guidance_scale", Float),
    Column("negative_prompt", PlainText),
    Column("seed", BigInteger),
    Column("count", Integer, nullable=False, server_default="1"),
    Column("as_document", Boolean, nullable=False, server_default=text("false")),
    Column("spoiler", Boolean, nullable=False, server_default=text("false")),
    Column("translate", Boolean, nullable=False, server_default=text("true")),
    Column("enhance", Boolean, nullable=False, server_default=text("false")),
    Column("strength", Float),
    Column("follow_up", String(16)),  # what words without a reply mean; NULL: automatic
    # When admission last served this requester; the longest ago goes first.
    Column("last_served", UTCDateTime),
    Column("styles", NamesColumn),
    Column("picked", PickedColumn),
)

# Presets that people keep for themselves.
presets = Table(
    "presets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    Column("name", PlainText, nullable=False),
    Column("folded", PlainText, nullable=False),  # the name without its case: each person has it once
    Column("prompt", PlainText, nullable=False),
    Column("model", PlainText),
    Column("parameters", ParametersColumn, nullable=False),
    Index("ix_presets_user_id_folded", "user_id", "folded", unique=True),
    sqlite_autoincrement=True,  # buttons carry ids
)

# Keys that people bring for themselves: ciphertext, bound to its person, provider and address.
own_keys = Table(
    "own_keys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    Column("provider", PlainText, nullable=False),
    Column("origin", PlainText, nullable=False),  # scheme, host and port: it goes nowhere else
    Column("sealed", PlainText, nullable=False),
    Column("added_at", UTCDateTime, nullable=False),
    Column("refused_at", UTCDateTime),  # when the back-end said that it is no good
    Index("ix_own_keys_user_id_provider_origin", "user_id", "provider", "origin", unique=True),
    sqlite_autoincrement=True,
)

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("title", PlainText),
    Column("dead_reason", PlainText),
)

# The settings of a group; a group without a row has the defaults.
groups = Table(
    "groups",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(16)),
    Column("default_model", PlainText),
    Column("allowed_models", NamesColumn),
    Column("cooldown", Integer, nullable=False, server_default="0"),
    Column("who", state_of(Who), nullable=False, server_default="everyone"),
    Column("spoiler", Boolean, nullable=False, server_default=text("false")),
    Column("posts", Boolean, nullable=False, server_default=text("false")),
)

requests = Table(
    "requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", PlainText, nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("chat_kind", String(16), nullable=False),
    Column("topic_id", BigInteger),
    Column("reply_to", BigInteger),
    Column("requester_id", BigInteger, nullable=False),
    Column("parent_id", Id, ForeignKey("requests.id", ondelete="SET NULL"), index=True),
    Column("prompt", PlainText, nullable=False),
    Column("full_prompt", PlainText, nullable=False),
    Column("model", PlainText, nullable=False),
    Column("language", String(16), nullable=False),
    Column("parameters", ParametersColumn, nullable=False),
    Column("placeholder", state_of(PlaceholderState), nullable=False),
    Column("message_id", BigInteger),
    Column("message_kind", String(16)),
    Column("state", state_of(RequestState), nullable=False),
    Column("reason", PlainText),
    Column("attempt", Integer, nullable=False),
    Column("asked_at", UTCDateTime, nullable=False),
    Column("accepted_at", UTCDateTime, nullable=False),
    Column("finished_at", UTCDateTime),
    Column("detail", PlainText),  # what the log says beside the reason
    Column("inline_message_id", PlainText),  # set: a message in a chat that the bot does not know
    Index("ix_requests_chat_id_message_id", "chat_id", "message_id"),
    Index(
        "ix_requests_inline_message_id",
        "inline_message_id",
        info={WHERE: "inline_message_id IS NOT NULL"},
    ),
    Index("ix_requests_requester_id_accepted_at", "requester_id", "accepted_at"),
    Index("ix_requests_requester_id_id", "requester_id", "id"),
    Index(
        "ix_requests_open",
        "requester_id",
        "id",
        info={WHERE: "finished_at IS NULL"},
    ),
    Index(
        "ix_requests_finished_at",
        "finished_at",
        info={WHERE: "finished_at IS NOT NULL"},
    ),
    sqlite_autoincrement=True,  # buttons carry ids, so the id of a purged request is never given again
)

draws = Table(
    "draws",
    metadata,
    Column("id", Id, primary_key=True),
    Column("request_id", Id, ForeignKey("requests.id", ondelete="CASCADE"), nullable=False),
    Column("requester_id", BigInteger, nullable=False),  # the request's account, here for admission's indexes
    Column("ordinal", Integer, nullable=False),
    Column("model", PlainText, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("state", state_of(DrawState), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("ticket", PlainText),
    Column("error", PlainText),
    Column("started_at", UTCDateTime),
    Column("finished_at", UTCDateTime),
    Column("detours", DetoursColumn),
    Column("detail", PlainText),  # the error in words
    Column("retry_after", Double),
    Column("variant", VariantColumn),
    Column("count", Integer, nullable=False, server_default="1"),  # pictures that its run is asked for
    Column("words", DrawnWordsColumn),
    # What it will cost, in millionths of the operator's unit, and since when that counts. Nothing once a job that is
    # paid for was handed over: from then on its charges count.
    Column("cost", BigInteger, nullable=False, server_default="0"),
    Column("reserved_at", UTCDateTime),
    Column("own_key", Boolean, nullable=False, server_default=text("false")),  # it is drawn with its person's own key
    Index("ix_draws_request_id_ordinal", "request_id", "ordinal", unique=True),
    Index(
        "ix_draws_waiting",
        "model",
        "requester_id",
        "id",
        info={WHERE: "state = 'waiting'"},
    ),
    Index(
        "ix_draws_drawing",
        "requester_id",
        "model",
        info={WHERE: "state = 'drawing'"},
    ),
    # All columns that the sum of a day needs, so that it reads only the index.
    Index(
        "ix_draws_paid",
        "reserved_at",
        "requester_id",
        "state",
        "cost",
        "id",
        info={WHERE: "cost > 0"},
    ),
    sqlite_autoincrement=True,
)

# Messages that the bot has answered with buttons: what they asked for, as far as the messages do not show it again.
kept_inputs = Table(
    "kept_inputs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", PlainText, nullable=False, unique=True),  # names the message, as in `requests`
    Column("chat_id", BigInteger, nullable=False),
    Column("requester_id", BigInteger, nullable=False, index=True),
    Column("content", PlainText, nullable=False),  # JSON
    Column("kept_at", UTCDateTime, nullable=False, index=True),
    sqlite_autoincrement=True,  # questions carry ids
)

# Jobs that were handed to back-ends that charge for them. They outlive their draws: what was spent stays spent.
charges = Table(
    "charges",
    metadata,
    Column("id", Id, primary_key=True),
    Column("draw_id", BigInteger, nullable=False),
    Column("attempt", Integer, nullable=False),  # the draw's
    Column("try", Integer, nullable=False),  # within that attempt, from 1
    Column("account", BigInteger, nullable=False),  # whose limits it counts towards
    Column("model", PlainText),  # NULL once its person wished to be forgotten
    Column("amount", BigInteger, nullable=False),  # in millionths of the operator's unit
    Column("state", state_of(ChargeState), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Index("ix_charges_draw_id_attempt_try", "draw_id", "attempt", "try", unique=True),
    Index(
        "ix_charges_counted",
        "at",
        "account",
        "amount",
        "state",
        info={WHERE: "state <> 'free'"},
    ),
    sqlite_autoincrement=True,
)

pictures = Table(
    "pictures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("request_id", Id, ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("draw_id", Id, ForeignKey("draws.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),  # within its draw
    Column("mime", String(64), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("file_id", PlainText),
    Column("thumbnail", LargeBinary),
    Column("adult", Boolean, nullable=False, server_default=text("false")),
    Column("favourite", Boolean, nullable=False, server_default=text("false")),
    Column("seed", BigInteger),  # its own, of a run of several; NULL: that of its draw
    # The newest message that shows only this picture; the request's own message shows the whole sheet.
    Column("full_chat_id", BigInteger),
    Column("full_message_id", BigInteger),
    Index("ix_pictures_full_chat_id_full_message_id", "full_chat_id", "full_message_id"),
    Index("ix_pictures_draw_id_ordinal", "draw_id", "ordinal", unique=True),
    Index(
        "ix_pictures_favourite",
        "request_id",
        info={WHERE: "favourite"},
    ),
    sqlite_autoincrement=True,
)

blobs = Table(
    "blobs",
    metadata,
    Column(
        "picture_id",
        Id,
        ForeignKey("pictures.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("data", LargeBinary, nullable=False),
    Column("expires_at", UTCDateTime),
    Index(
        "ix_blobs_expires_at",
        "expires_at",
        info={WHERE: "expires_at IS NOT NULL"},
    ),
)

# The sheets beyond the first of a request with many pictures, each a message of its own; the first is the request's.
sheets = Table(
    "sheets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("request_id", Id, ForeignKey("requests.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),  # from 2
    Column("first", Integer, nullable=False),  # the ordinal of its first picture within the request
    Column("count", Integer, nullable=False),  # of its pictures
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Index("ix_sheets_request_id_number", "request_id", "number", unique=True),
    Index("ix_sheets_chat_id_message_id", "chat_id", "message_id"),
    sqlite_autoincrement=True,
)

# What operators decide. Of people there are only ids, but for `usernames`, by which operators find them.
bans = Table(
    "bans",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),  # or the chat that speaks
    Column("reason", PlainText),
    Column("until", UTCDateTime),  # NULL: for good
    Column("at", UTCDateTime, nullable=False),
)

# A person's own limits; NULL: those of everybody.
allowances = Table(
    "allowances",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("exempt", Boolean, nullable=False, server_default=text("false")),
    Column("daily_limit", Integer),
    Column("daily_cost", BigInteger),  # in millionths of the operator's unit
)

usernames = Table(
    "usernames",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(32), nullable=False, index=True),  # in lower case, without the @
)

model_switches = Table(
    "model_switches",
    metadata,
    Column("model", PlainText, primary_key=True),  # a catalogue id; a row: it is switched off
    Column("sentence", PlainText, nullable=False),
)

maintenance = Table(
    "maintenance",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1; a row: the bot accepts no requests
    Column("sentence", PlainText, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("act", String(32), nullable=False),
    Column("subject", BigInteger),  # the person that it was done to
    Column("detail", PlainText),
    sqlite_autoincrement=True,
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("request_id", Id, ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("by", BigInteger, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("outcome", String(16)),  # NULL: nobody has decided yet
    Index("ix_reports_by_at", "by", "at"),
    sqlite_autoincrement=True,
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("by", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),  # of the message that is copied, in the operator's private chat
    Column("card_id", BigInteger),  # of the message that shows its progress there
    Column("since", UTCDateTime, nullable=False),  # people who asked for something after this get it
    Column("state", state_of(BroadcastState), nullable=False),
    Column("cursor", BigInteger, nullable=False),  # the last person whose turn it was
    Column("sent", Integer, nullable=False),
    Column("gone", Integer, nullable=False),  # have blocked the bot
    Column("failed", Integer, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Index(
        "ix_broadcasts_running",
        "id",
        info={WHERE: "state = 'running'"},
    ),
    sqlite_autoincrement=True,
)

broadcast_refusals = Table(
    "broadcast_refusals",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
)

# What operators were alerted to and is not over yet.
alerts = Table(
    "alerts",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("since", UTCDateTime, nullable=False),
    Column("told_at", UTCDateTime),
    info=TRANSIENT,
)


# Credits: every movement is some rows of one `entry` that sum to zero. Rows are only added. Like payments they stay
# when somebody wishes to be forgotten: they are the books.
credit_ledger = Table(
    "credit_ledger",
    metadata,
    Column("id", Id, primary_key=True),
    Column("entry", PlainText, nullable=False),  # names the movement, which is made once
    Column("account", state_of(CreditAccount), nullable=False),
    Column("person", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),  # in millionths of a credit
    Column("at", UTCDateTime, nullable=False),
    Index("ix_credit_ledger_entry_account", "entry", "account", unique=True),
    Index("ix_credit_ledger_person_account_at_amount", "person", "account", "at", "amount"),
    sqlite_autoincrement=True,
)

# The sums of a person's rows in the ledger, kept with each movement: a request costs the same whether it is somebody's
# first or 10,000th. `free` is what was moved on the day (UTC) of `day`.
credit_balances = Table(
    "credit_balances",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("paid", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("free", BigInteger, nullable=False),
    Column("day", UTCDateTime, nullable=False),
)

# Credits that are reserved for draws of requests that have not ended.
credit_holds = Table(
    "credit_holds",
    metadata,
    Column("draw_id", BigInteger, primary_key=True, autoincrement=False),
    Column("request_id", BigInteger, nullable=False, index=True),
    Column("person", BigInteger, nullable=False),
    Column("free", BigInteger, nullable=False),
    Column("paid", BigInteger, nullable=False),
)

# What people were offered for Stars. An invoice carries the id, and stays payable as it was.
credit_offers = Table(
    "credit_offers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("kind", state_of(OfferKind), nullable=False),
    Column("stars", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Index("ix_credit_offers_person_kind_stars_amount", "person", "kind", "stars", "amount", unique=True),
    sqlite_autoincrement=True,
)

payments = Table(
    "payments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("charge_id", PlainText, nullable=False, unique=True),  # Telegram's, by which it is credited once
    Column("person", BigInteger, nullable=False),
    Column("stars", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("offer_id", BigInteger),
    Column("recurring", Boolean, nullable=False),
    Column("until", UTCDateTime),
    Column("at", UTCDateTime, nullable=False),
    Column("state", state_of(PaymentState), nullable=False),
    Column("refunds", Integer, nullable=False),
    Column("refunded_by", BigInteger),
    Column("refund_error", PlainText),
    Index("ix_payments_person_id", "person", "id"),
    Index(
        "ix_payments_refunding",
        "id",
        info={WHERE: "state = 'refunding'"},
    ),
    sqlite_autoincrement=True,
)

# How many of the bot's Star transactions have been compared with `payments`.
star_books = Table(
    "star_books",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1
    Column("read", BigInteger, nullable=False),
)


def with_conditions() -> MetaData:
    """The metadata with the conditions of partial indexes, for those who create or compare them."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if (where := index.info.get(WHERE)) is not None:
                for dialect in ("sqlite", "postgresql"):
                    index.dialect_options[dialect]["where"] = text(where)
    return metadata


def draw_is(state: DrawState) -> ColumnElement[bool]:
    """The condition `state = '...'` with a literal, so that a partial index applies."""
    return draws.c.state == literal_column(f"'{state.value}'")


draw_is_paid: ColumnElement[bool] = draws.c.cost > literal_column("0")
charge_counts: ColumnElement[bool] = charges.c.state != literal_column("'free'")
picture_is_favourite: ColumnElement[bool] = literal_column("pictures.favourite", Boolean)
request_is_open: ColumnElement[bool] = requests.c.finished_at.is_(None)
inline_message_is_known: ColumnElement[bool] = requests.c.inline_message_id.is_not(None)

# The seed that gives a picture again, and of how many pictures of one run it is: 1 where it has a seed of its own.
seed_of_picture = func.coalesce(pictures.c.seed, draws.c.seed)
size_of_run = case((pictures.c.seed.is_not(None), 1), else_=draws.c["count"])
