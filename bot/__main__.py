"""`python -m bot` is `imagine-bot`."""

from bot.cli import app


def main() -> None:
    app()


if __name__ == "__main__":
    main()
