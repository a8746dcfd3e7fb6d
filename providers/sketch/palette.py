"""Colours: how they mix, what skies they make, and the names that people give them in two languages."""

import re

Color = tuple[int, int, int]

WHITE: Color = (255, 255, 255)
INK: Color = (34, 28, 40)


def mix(one: Color, other: Color, share: float) -> Color:
    """`share` of the other colour, from 0 to 1, in the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lighter(color: Color, share: float) -> Color:
    return mix(color, WHITE, share)


def darker(color: Color, share: float) -> Color:
    return mix(color, (8, 6, 24), share)


# Top, middle and horizon of the sky; the horizon is also the colour of distance.
Sky = tuple[Color, Color, Color]
SKIES: dict[str, Sky] = {
    "day": ((78, 150, 214), (146, 200, 236), (228, 241, 240)),
    "morning": ((126, 172, 220), (244, 206, 200), (255, 234, 208)),
    "golden": ((92, 122, 184), (244, 180, 134), (255, 224, 164)),
    "sunset": ((62, 46, 110), (208, 84, 108), (255, 178, 106)),
    "dusk": ((40, 44, 98), (118, 88, 152), (240, 166, 168)),
    "night": ((9, 13, 38), (24, 38, 84), (70, 96, 150)),
    "rain": ((82, 97, 116), (128, 143, 158), (188, 197, 203)),
    "winter": ((118, 154, 204), (190, 209, 234), (253, 228, 222)),
    "space": ((6, 6, 22), (20, 14, 54), (64, 28, 96)),
}

# What the light of each hour does to a thing: mixed in, and how much of it.
LIGHT: dict[str, tuple[Color, float]] = {
    "day": ((255, 250, 230), 0.04),
    "morning": ((255, 214, 190), 0.12),
    "golden": ((250, 166, 96), 0.2),
    "sunset": ((104, 40, 88), 0.4),
    "dusk": ((58, 48, 104), 0.48),
    "night": ((14, 22, 58), 0.64),
    "rain": ((96, 108, 122), 0.4),
    "winter": ((170, 190, 226), 0.16),
    "space": ((24, 14, 60), 0.5),
}

# Close to what everybody calls by that name, a little off so that a sky of it is bearable.
NAMED: dict[str, tuple[Color, str]] = {
    "red": ((222, 36, 40), r"reds?|reddish|crimson|scarlet|ruby|красн\w*|ал(ый|ая|ое|ые|ого|ой|ым)|багров\w*"),
    "orange": ((248, 146, 30), r"orange|оранжев\w*|рыж\w+|апельсинов\w*"),
    "yellow": ((250, 220, 44), r"yellow\w*|желт\w+|лимонн\w*"),
    "gold": ((236, 184, 44), r"gold|golden|золот\w*"),
    "green": ((38, 138, 54), r"green\w*|emerald|зелен\w*|изумрудн\w*"),
    "turquoise": ((32, 198, 204), r"turquoise|teal|cyan|aqua|aquamarine|бирюзов\w*|циан\w*"),
    "azure": ((96, 186, 242), r"azure|cerulean|голуб(ой|ая|ое|ые|ого|ым|ом|ую|ых)"),
    "blue": ((28, 62, 214), r"blue\w*|navy|cobalt|син(ий|яя|ее|ие|его|ей|им|ем|юю|их)|сине\w*"),
    "purple": ((132, 36, 156), r"purple|violet|indigo|magenta|фиолетов\w*|пурпурн\w*|лилов\w*|сиренев\w*"),
    "pink": ((250, 160, 188), r"pink\w*|rosy|розов\w*"),
    "brown": ((138, 76, 42), r"brown|коричнев\w*|бур(ый|ая|ое|ые|ого)"),
    "black": ((12, 12, 16), r"black|черн(ый|ая|ое|ые|ого|ой|ым|ом|ую|ых)"),
    "white": ((246, 247, 250), r"white|бел(ый|ая|ое|ые|ого|ой|ым|ом|ую|ых)|белоснежн\w*"),
    "grey": ((132, 134, 138), r"gr[ae]y|сер(ый|ая|ое|ые|ого|ой|ым|ом|ую|ых)"),
    "silver": ((192, 198, 206), r"silver|серебр\w*"),
}

# These belong on such land rather than in the sky.
EARTHLY = {"grass": {"green", "brown"}, "snow": {"white"}, "sand": {"brown", "gold"}}

_NAMES = [(name, re.compile(pattern)) for name, (_, pattern) in NAMED.items()]


def color_name(word: str) -> str | None:
    """The name in `NAMED` of a colour word, in lower case and with е for ё; None for any other word."""
    return next((name for name, pattern in _NAMES if pattern.fullmatch(word)), None)
