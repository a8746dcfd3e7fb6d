"""The base address of a server in OpenAI's shape, as people write it."""

from yarl import URL


def api_base(url: str | None, route: str) -> str | None:
    """Without `route` at its end, and with `/v1` where it has no path. What is no address is left as it is: it is
    refused where it is used."""
    if url is None:
        return None
    base = url.rstrip("/").removesuffix(route)
    try:
        return base if URL(base).path.strip("/") else f"{base}/v1"
    except ValueError:
        return base
