"""`/healthz`: the process lives and its loop turns."""

from aiohttp import web


def health_app() -> web.Application:
    app = web.Application()
    app.router.add_get("/healthz", _healthz)
    return app


async def _healthz(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})
