"""What keeps other web sites away from a server on loopback: checked Host and Origin, strict headers."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; "
        "font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """403 for names that could have been rebound to this machine, and for what other origins send."""
    if not _is_address(request.host) or not _same_origin(request):
        return web.json_response({"error": "This server answers its own page only."}, status=403)
    try:
        return await handler(request)
    except ConnectionResetError:
        return web.Response(status=499)  # a bot was killed in the middle of a call: there is nobody to answer


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Headers of every answer but the Bot API's."""
    if request.path.startswith(("/bot", "/file/")):
        return
    for name, value in _HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")


def _is_address(host: str) -> bool:
    """A numeric address or localhost: no name that somebody else's DNS could point here."""
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _same_origin(request: web.Request) -> bool:
    """Bots send no Origin; the page's own is this host."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none") or (
        request.method == "GET" and request.path == "/"
    )
