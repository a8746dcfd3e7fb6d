"""The page's files hang together without a build step."""

import re
from importlib.resources import files

PAGE = files("bot.sandbox").joinpath("page")
NAMES = {each.name for each in PAGE.iterdir()}


def test_every_module_and_style_is_named_in_the_index() -> None:
    """Modules are preloaded, else the browser would find them one import after the other."""
    index = PAGE.joinpath("index.html").read_text()
    assert set(re.findall(r'"/page/([^"]+)"', index)) == NAMES - {"index.html", "wallpaper.svg"}


def test_every_import_leads_to_a_module() -> None:
    for name in NAMES:
        if name.endswith(".js"):
            imported = re.findall(r' from "\./([^"]+)"', PAGE.joinpath(name).read_text())
            assert set(imported) <= NAMES, name


def test_nothing_is_inline_and_nothing_comes_from_elsewhere() -> None:
    index = PAGE.joinpath("index.html").read_text()
    assert not re.search(r"<style|<script[^>]*>[^<]|\son\w+=|\sstyle=|//", index)
    for name in NAMES:
        if name.endswith(".css"):
            assert set(re.findall(r"url\(([^)]*)\)", PAGE.joinpath(name).read_text())) <= {'"/page/wallpaper.svg"'}, (
                name
            )
