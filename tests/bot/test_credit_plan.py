"""What an operator types as packs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import SettingsError, fixed_settings
from bot.credit_plan import MOST_STARS, Pack, read_packs, read_subscription


def test_packs_are_stars_and_credits() -> None:
    assert read_packs("50:0.5, 250:3,") == (Pack(50, 500_000), Pack(250, 3_000_000))
    assert read_packs("") == ()
    assert read_subscription(" 100:1.000001 ") == Pack(100, 1_000_001)


@given(st.integers(1, MOST_STARS), st.integers(1, 10**15))
def test_a_pack_is_read_as_it_is_written(stars: int, amount: int) -> None:
    pack = Pack(stars, amount)
    assert read_packs(str(pack)) == (pack,)


@pytest.mark.parametrize(
    "text", ["50", "50:", ":1", "0:1", "50:0", "-5:1", "50:1.1234567", "50:1e3", "100001:1", "50:1,50:1.0", "٥:1", "x"]
)
def test_what_is_no_pack_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"give|price|pack"):
        read_packs(text)


def test_a_subscription_costs_what_telegram_takes() -> None:
    with pytest.raises(ValueError, match="10000"):
        read_subscription("10001:1")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"credits": "50:1"}, "ADMIN_IDS"),
        ({"credit_subscription": "50:1"}, "CREDIT_SUBSCRIPTION: set CREDITS"),
        ({"credits_free_daily": 1}, "CREDITS_FREE_DAILY: set CREDITS"),
        ({"credits": "50", "admin_ids": "1"}, "CREDITS: give Stars and credits"),
        ({"credits": "50:1", "admin_ids": "1", "credits_terms_url": "terms"}, "CREDITS_TERMS_URL"),
    ],
)
def test_what_cannot_be_sold_so_is_named(values: dict[str, object], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        fixed_settings(**values)


def test_without_packs_there_are_no_credits() -> None:
    assert fixed_settings().credit_plan is None
    plan = fixed_settings(credits="50:1", admin_ids="1", credits_free_daily=0.25, credit_subscription="9:2").credit_plan
    assert plan is not None
    assert (plan.packs, plan.subscription, plan.free) == ((Pack(50, 1_000_000),), Pack(9, 2_000_000), 250_000)
