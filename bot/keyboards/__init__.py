"""Inline keyboards, each beside the callback data of its buttons."""

from typing import Annotated

from pydantic import Field

# Callback data can be forged; the filter rejects numbers that the database could not store.
RowId = Annotated[int, Field(ge=1, lt=2**63)]
TelegramId = Annotated[int, Field(gt=-(2**63), lt=2**63)]
Page = Annotated[int, Field(ge=0, lt=1000)]
