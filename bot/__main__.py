"""`python -m bot` is `imagine-bot`."""

import gc

# Modules make 300 thousand objects that stay. Python's own 700 would have the collector walk through them a thousand
# times while they load, a fifth of the time of a start; even a single walk in the midst of it is a twelfth.
gc.set_threshold(500_000, 20, 20)

from bot.cli.app import app  # noqa: E402 - it loads with the collector at rest


def main() -> None:
    app()


if __name__ == "__main__":
    main()
