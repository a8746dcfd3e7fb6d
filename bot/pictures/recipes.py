"""What a picture file that somebody sends says of how it was made.

Apart from `bot.pictures.metadata`, which every picture worker loads: the grammar of prompts takes 20 MB.
"""

import struct
import zlib

from bot.pictures.metadata import LeaveItError, texts_of
from bot.prompt.recipe import Recipe, recipe_of


def read_recipe(data: bytes) -> Recipe:
    """What a stranger's file says of how it was made; empty where it says nothing that is known. Raises nothing."""
    try:
        return recipe_of(texts_of(data))
    except (LeaveItError, struct.error, IndexError, zlib.error):
        return Recipe()
