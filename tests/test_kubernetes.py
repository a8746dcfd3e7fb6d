"""deploy/kubernetes.yaml: valid for the schemas of Kubernetes, with settings and commands that the bot has."""

from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from bot.config import Settings

FILE = Path(__file__).parents[1] / "deploy" / "kubernetes.yaml"
OBJECTS = yaml.safe_load(FILE.read_text(encoding="utf-8"))["items"]
VERSIONS = ("1.31", "1.33")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("described", OBJECTS, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}")
def test_each_object_is_valid(described: dict[str, object], version: str) -> None:
    kubernetes_validate.validate(described, version, strict=True)


def test_a_wrong_key_is_found() -> None:
    described = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "dta": {}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(described, VERSIONS[-1], strict=True)


def test_its_settings_exist() -> None:
    (config,) = (one for one in OBJECTS if one["kind"] == "ConfigMap")
    known = {name.upper() for name in Settings.model_fields}
    assert config["data"]
    assert set(config["data"]) <= known


def test_each_pod_has_time_to_stop() -> None:
    pods = [one["spec"]["template"]["spec"] for one in OBJECTS if one["kind"] == "Deployment"]
    assert len(pods) == 2
    for pod in pods:
        assert pod["terminationGracePeriodSeconds"] >= 45
        (container,) = pod["containers"]
        assert container["args"][0] == "imagine-bot"
        assert container["args"][1] in {"run", "worker"}
