"""Reads a prompt: the things that the painter knows, colours, and what it cannot draw, in English and Russian."""

import re
from dataclasses import dataclass, field

from providers.sketch.palette import color_name
from providers.sketch.phrases import MOST, Phrase, head, phrases

# Whole words; endings are spelt out where a bare stem would catch strangers (кот, который).
THINGS: dict[str, str] = {
    # creatures
    "fox": r"fox(es)?|vixen|лис(а|ы|е|у|ой|ица|ицы|ицу|енок|ята|ичка|ичку|ички)?",
    "wolf": r"wol(f|ves)|husk(y|ies)|волк\w*|волч\w+|хаски",
    "cat": r"cats?|kitt(en|ens|y)|кот(а|у|ом|е|ы|ов|ик|ика|ики|енок|енка|ята)?|кошк\w*|кошеч\w*|котик\w*",
    "dog": r"dogs?|pupp(y|ies)|corgi|retriever|собак\w*|собач\w*|щен(ок|ка|ки|ята)|пес|пса|корги",
    "bear": r"bears?|медвед\w*|медвеж\w*|мишк\w*",
    "panda": r"pandas?|панд(а|ы|у|е|ой)",
    "rabbit": r"rabbits?|bunn(y|ies)|hares?|кролик\w*|за(яц|йца|йцы|йчик\w*|йку|йка)",
    "owl": r"owls?|сов(а|ы|у|е|ой|енок|ушка)|филин\w*",
    "penguin": r"penguins?|пингвин\w*",
    "bird": r"birds?|gulls?|seagulls?|crows?|птиц\w*|птич\w*|чайк\w*|ворон\w*",
    "fish": r"fish(es)?|рыб\w*",
    "whale": r"whales?|кит(а|ы|ов|у)?",
    # things
    "house": r"houses?|cottages?|cabins?|huts?|home|дом(а|у|е|ов|ик|ика|ики|ом)?|изб\w*|хижин\w*|коттедж\w*",
    "castle": r"castles?|palaces?|fortress|замок|замк\w+|двор(ец|ца|цы)|крепост\w*",
    "city": r"cit(y|ies)|cityscape|skyline|towns?|skyscrapers?|metropolis|cyberpunk|город\w*|небоскреб\w*",
    "lighthouse": r"lighthouses?|маяк\w*",
    "boat": r"boats?|ships?|sail(boat|boats|ing|s)?|yachts?|лодк\w*|лодоч\w*|корабл\w*|парус\w*|яхт\w*",
    "rocket": r"rockets?|spaceships?|starships?|ракет\w*|звездолет\w*",
    "balloon": r"balloons?|airships?|шар(ы|ик|ики|ов)?|воздушн\w+",
    "flower": r"flowers?|roses?|tulips?|poppy|poppies|daisies|daisy|blossoms?|цвет(ок|ка|ы|очки|ов|ами|ах)"
    r"|роз(а|ы|у)|тюльпан\w*|мак(и|ов)|ромашк\w*",
    "mushroom": r"mushrooms?|гриб\w*",
    "person": r"girls?|boys?|m[ae]n|wom[ae]n|person|people|child(ren)?|travell?er|wizards?|knights?|princess"
    r"|девочк\w*|девушк\w*|мальчик\w*|человек\w*|женщин\w*|мужчин\w*|люд\w*|путник\w*|волшебник\w*|рыцар\w*",
    "astronaut": r"astronauts?|cosmonauts?|космонавт\w*|астронавт\w*",
    "robot": r"robots?|androids?|робот\w*",
    # trees
    "forest": r"forests?|woods?|woodland|jungle|taiga|лес(а|у|ом|ах|ной|ная|ное|ные|ную|ок)?|тайг\w*|джунгл\w*",
    "conifer": r"pines?|firs?|spruces?|christmas|сосн\w*|ел(ь|и|ка|ки|ок|ей)|елк\w*|новогодн\w*|рождеств\w*",
    "tree": r"trees?|oaks?|birch(es)?|maples?|дерев\w*|дуб\w*|берез\w*|клен\w*",
    "sakura": r"sakura|cherry|сакур\w*|вишн\w*",
    "palm": r"palms?|tropical|пальм\w*|тропи\w*",
    "cactus": r"cact(us|i|uses)|кактус\w*",
    "autumn": r"autumn|fall|october|осен\w*|октябр\w*|листопад\w*",
    # lands
    "snow": r"snow\w*|winter\w*|ice|icy|frost\w*|arctic|antarctica?|blizzard|снег\w*|снеж\w*|зим\w*|лед|льд\w*"
    r"|мороз\w*|метел\w*|антарктид\w*|арктик\w*",
    "mountain": r"mountains?|alps|alpine|peaks?|hills?|himalayas?|volcano|гор(а|ы|е|у|ой|ах|ами|ный|ная|ное|ные)"
    r"|вершин\w*|альп\w*|холм\w*",
    "sea": r"sea|seas|seaside|oceans?|waves?|lakes?|rivers?|water|bay|coast|harbou?r|underwater|мор(е|я|ю|ем|ская"
    r"|ской|ские|ское)|океан\w*|озер\w*|рек(а|и|у|е|ой)|волн\w*|вод(а|ы|е|ой|у)|берег\w*|залив\w*|гаван\w*",
    "beach": r"beach(es)?|island|shore|пляж\w*|остров\w*",
    "desert": r"deserts?|dunes?|sahara|sand|sands|sandy|пустын\w*|дюн\w*|песк\w*|песч\w*|песок|сахар(а|е|у|ы)",
    "meadow": r"meadows?|fields?|grass\w*|prairie|garden|park|spring|summer|луг\w*|пол(е|я|ях|ю|ем)|трав\w*"
    r"|сад(у|а|ы|ом|ах)?|парк\w*|весн\w*|лет(о|ом|ний|няя|нее)",
    # skies
    "space": r"space|galax(y|ies)|nebulae?|cosmos|cosmic|universe|mars|космос\w*|косми\w*|галактик\w*|туманност\w*"
    r"|вселенн\w*|марс\w*",
    "planet": r"planets?|saturn|jupiter|планет\w*|сатурн\w*|юпитер\w*",
    "night": r"night\w*|midnight|dark|ноч\w*|полноч\w*|темн\w+",
    "moon": r"moon\w*|lunar|лун(а|ы|е|у|ой|ная|ный|ное|ные)|месяц\w*",
    "star": r"stars?|starry|constellations?|звезд\w*|созвезд\w*",
    "aurora": r"aurora|borealis|полярн\w+|северное",
    "sun": r"sun|suns|sunny|sunlight|sunshine|солнц\w*|солнеч\w*",
    "sunset": r"sunsets?|evening|golden hour|закат\w*|вечер\w*",
    "sunrise": r"sunrise|dawn|morning|рассвет\w*|утр\w+|восход\w*",
    "dusk": r"dusk|twilight|сумер\w*",
    "rain": r"rain(s|y|ing|ed|fall|drops?|storms?)?|storm\w*|thunder\w*|дожд\w*"
    r"|гроз(а|ы|у|ой)|ливень|ливн\w*|шторм\w*|бур(я|и|ю)",
    "fog": r"fog\w*|mist\w*|haze|туман(е|а|ом|ный|ная|ное)?|дымк\w*",
    "cloud": r"clouds?|cloudy|sky|облак\w*|облач\w*|туч\w*|неб(о|е|а|еса)",
    "rainbow": r"rainbows?|радуг\w*",
}
_PATTERNS = [(thing, re.compile(pattern)) for thing, pattern in THINGS.items()]


# What a picture can be of; everything else in THINGS is its surroundings.
SUBJECTS = frozenset(
    [
        "fox",
        "wolf",
        "cat",
        "dog",
        "bear",
        "panda",
        "rabbit",
        "owl",
        "penguin",
        "bird",
        "fish",
        "whale",
        "house",
        "castle",
        "city",
        "lighthouse",
        "boat",
        "rocket",
        "balloon",
        "flower",
        "mushroom",
        "person",
        "astronaut",
        "robot",
        "planet",
    ]
)
SOMETHING = "something"  # stands for a subject that the painter cannot draw


@dataclass(frozen=True, slots=True)
class Reading:
    """What a prompt asks for.

    - `things` and `colors`: what the painter knows, in the order of the prompt.
    - `tinted`: the colour that stands before a thing, by thing.
    - `missed`: nouns that the painter cannot draw, at most three.
    - `stand_in`: the subject is among those, so `SOMETHING` stands in its place, in its colour.
    """

    things: tuple[str, ...]
    colors: tuple[str, ...]
    tinted: dict[str, str] = field(default_factory=dict)
    missed: tuple[str, ...] = ()
    stand_in: bool = False

    def has(self, *things: str) -> bool:
        return any(thing in self.things for thing in things)


def read(prompt: str) -> Reading:
    """What a prompt asks for; of words that mean nothing to the painter there is only `missed`."""
    things: dict[str, None] = {}
    colors: dict[str, None] = {}
    tinted: dict[str, str] = {}
    before: str | None = None
    for word in re.findall(r"[^\W\d_]+", prompt.lower().replace("ё", "е")):
        if (color := color_name(word)) is not None:
            colors[color] = None
        elif (thing := _thing(word)) is not None:
            things[thing] = None
            if before is not None:
                tinted.setdefault(thing, before)
        before = color
    missed = {noun: phrase for phrase in phrases(prompt) if (noun := _missed(phrase)) is not None}
    stand_in = bool(missed) and not SUBJECTS & things.keys()
    if stand_in:
        first = next(iter(missed.values()))
        if (own := next((name for word in first.words if (name := color_name(word))), None)) is not None:
            tinted[SOMETHING] = own
            colors.pop(own)
    return Reading(tuple(things), tuple(colors), tinted, tuple(missed)[:MOST], stand_in)


def _thing(word: str) -> str | None:
    return next((thing for thing, pattern in _PATTERNS if pattern.fullmatch(word)), None)


def _missed(phrase: Phrase) -> str | None:
    """The noun of a phrase that names a thing, when the painter knows none of its words but colours."""
    if not phrase.names_a_thing or any(_thing(word) for word in phrase.words):
        return None
    return head(tuple(word for word in phrase.words if color_name(word) is None))
