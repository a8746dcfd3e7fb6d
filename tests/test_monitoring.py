"""The dashboard and the alert rules ask for metrics, labels and outcomes that /metrics has."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.operations import metrics
from providers import errors
from storage.records import RequestState
from storage.repositories.stats import QueueStats
from tests.clock import FakeClock

DEPLOY = Path(__file__).parent.parent / "deploy"
DASHBOARD: dict[str, Any] = json.loads((DEPLOY / "grafana-dashboard.json").read_text(encoding="utf-8"))
RULES: dict[str, Any] = yaml.safe_load((DEPLOY / "prometheus-rules.yml").read_text(encoding="utf-8"))


def expressions() -> Iterator[str]:
    for panel in DASHBOARD["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    for group in RULES["groups"]:
        yield from (rule["expr"] for rule in group["rules"])


@pytest.fixture
async def names() -> set[str]:
    """What a running process serves, as Prometheus stores it."""

    async def queue() -> QueueStats:
        return QueueStats(waiting=0, oldest=None, drawing=0)

    with metrics.collecting() as collected:
        collected.watch("updates_in_flight", "As bot.app does.", lambda: 0)
        collected.watch_model("sketch", lambda: 1.0)
        body, _ = await collected.text(queue, FakeClock().now())
    found = set()
    for family in text_string_to_metric_families(body.decode()):
        found |= {family.name, f"{family.name}_total", f"{family.name}_bucket", f"{family.name}_count"}
        found |= {sample.name for sample in family.samples}
    return found


async def test_every_metric_that_is_asked_for_is_served(names: set[str]) -> None:
    asked = {name for text in expressions() for name in re.findall(r"\b(?:imagine|process)_[a-z_]+\b", text)}
    assert len(asked) > 10
    assert asked - names == set()


async def test_nothing_that_is_served_is_missing_from_the_page(names: set[str]) -> None:
    page = (DEPLOY.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    told = set(re.findall(r"imagine_[a-z_]+", page))
    samples = {name for name in names if name.startswith("imagine_") and not re.search(r"_created|_sum$", name)}
    assert {name for name in told if name not in samples and name != "imagine_bot"} == set()
    bases = {re.sub(r"(_total|_bucket|_count)+$", "", name) for name in samples}
    assert bases - {re.sub(r"_total$", "", name) for name in told} == set()


def test_values_of_labels_exist() -> None:
    text = "\n".join(expressions())
    outcomes = {word for part in re.findall(r'outcome=~?"([^"]+)"', text) for word in part.split("|")}
    assert outcomes <= {state.value for state in RequestState}
    classes = {word for part in re.findall(r'error=~?"([^"]+)"', text) for word in part.split("|")}
    assert classes
    assert all(issubclass(getattr(errors, name), errors.ProviderError) for name in classes)


def test_rules_say_what_to_do() -> None:
    rules = [rule for group in RULES["groups"] for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules)
    assert all(rule["annotations"]["summary"] and rule["annotations"]["description"] for rule in rules)
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
