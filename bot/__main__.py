"""`python -m bot` is `imagine-bot`."""

import gc

# Modules make 300 thousand objects that stay. Python's own 700 would have the collector walk through them a thousand
# times while they load, a fifth of the time of a start; even a single walk in the midst of it is a twelfth.
gc.set_threshold(500_000, 20, 20)

from bot.cli.app import app  # noqa: E402 - they load with the collector at rest
from bot.cli.exits import output_to_its_end  # noqa: E402


def main() -> None:
    with output_to_its_end():
        app()


if __name__ == "__main__":
    main()
