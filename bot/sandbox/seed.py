"""The people and chats that a fresh sandbox has: one's own private chat, a group, one with topics, and a channel that
is discussed in the first group."""

from bot.sandbox.state import BotAccount, Chat, Person, Status, Topic, World

# Beyond 32 bits, as today's ids are, so that nothing that stores them too small goes unnoticed.
BOT_ID = 7_700_000_001
YOU = 5_300_000_001
ALICE = 5_300_000_002
BORIS = 5_300_000_003
MEI = 5_300_000_004
PARISA = 5_300_000_005
GROUP = -1_002_300_000_001
FORUM = -1_002_300_000_002
CHANNEL = -1_002_300_000_003

COLORS = ("#3e8ed0", "#c0567b", "#3f9a63", "#b8791f", "#7a62c9", "#2a93a8", "#c2553d")


def fresh_world(*, username: str = "imagine_sandbox_bot", name: str = "Imagine") -> World:
    world = World(bot=BotAccount(BOT_ID, name, username))
    for person in (
        Person(YOU, "You", "you", "en"),
        Person(ALICE, "Alice", "alice_draws", "en", "Moreau"),
        Person(BORIS, "Борис", "boris_k", "ru", "Котов"),
        Person(MEI, "Mei", None, "zh-hans"),
        Person(PARISA, "پریسا", "parisa_r", "fa"),
    ):
        add_person(world, person)
    world.chats[GROUP] = Chat(
        GROUP,
        "supergroup",
        "Drawing circle",
        members={YOU: Status.CREATOR, ALICE: Status.ADMINISTRATOR, BORIS: Status.MEMBER, MEI: Status.MEMBER},
        bot_status=Status.MEMBER,
    )
    world.chats[FORUM] = Chat(
        FORUM,
        "supergroup",
        "Studio with topics",
        members={ALICE: Status.CREATOR, YOU: Status.MEMBER, BORIS: Status.MEMBER},
        is_forum=True,
        topics={1: Topic(1, "General"), 2: Topic(2, "Foxes"), 3: Topic(3, "Landscapes")},
        next_id=4,
        bot_status=Status.MEMBER,
    )
    world.chats[CHANNEL] = Chat(
        CHANNEL,
        "channel",
        "Foxes daily",
        members={YOU: Status.CREATOR, ALICE: Status.ADMINISTRATOR, BORIS: Status.MEMBER},
        bot_status=Status.ADMINISTRATOR,
        discussion_id=GROUP,
    )
    return world


def add_person(world: World, person: Person) -> Chat:
    """The person, with a colour of their own and a private chat that they have not started yet."""
    person.color = COLORS[len(world.people) % len(COLORS)]
    world.people[person.id] = person
    chat = Chat(person.id, "private", person_id=person.id, bot_status=Status.MEMBER)
    world.chats[chat.id] = chat
    return chat
