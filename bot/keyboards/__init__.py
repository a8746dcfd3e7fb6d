"""What people press. Each keyboard stands beside the callback data that it emits."""

from typing import Annotated

from pydantic import Field

# Callback data can be forged; numbers that the database could not hold end at the filter.
RowId = Annotated[int, Field(ge=1, lt=2**63)]
TelegramId = Annotated[int, Field(gt=-(2**63), lt=2**63)]
Page = Annotated[int, Field(ge=0, lt=1000)]
