"""The command that serves the web app."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from springtide.cli.options import LakeAddress, open_lake
from springtide.language.types import Language


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8018,
    token: Annotated[str | None, Parameter(show_default=False)] = None,
    allow_host: Annotated[list[str] | None, Parameter(negative=(), show_default=False)] = None,
    lang: Language = "en",
    lake: LakeAddress = None,
) -> None:
    """Serve the lake as pages for a browser on this machine.

    A watch list, every instrument with its chart and evidence as of any day, a desk to check
    articles, calls, the last scan, and what the lake holds. Nothing is loaded from elsewhere and
    nothing leaves the machine. The address that is printed opens the pages once, for one browser.
    It needs the extra web: `pip install "springtide[web]"`.

    For example:

    ```console
    springtide serve --lake springtide-demo/lake
    ```

    Parameters
    ----------
    host
        Where to listen; any but this machine alone needs --token.
    port
        The port, from 1 to 65535.
    token
        A secret of at least 16 characters that opens the pages as often as one likes, also for
        programs (`Authorization: Bearer ...`).
    allow_host
        Further names under which browsers may ask for it, behind a proxy say.
    lang
        The language of pages for browsers that prefer none of en, zh-cn and zh-hk.
    """
    from springtide.errors import UsageError

    try:
        import jinja2  # noqa: F401
        import python_multipart  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise UsageError(
            "The packages of the web app are not installed", hint='pip install "springtide[web]"'
        ) from error
    from springtide.web.app import build, warm
    from springtide.web.guard import Keys, hosts_of, is_loopback

    if not 0 < port < 65536:
        raise UsageError("There is no such port", given=str(port), allowed="1 to 65535")
    if token is not None and len(token) < 16:
        raise UsageError("The token is too short", allowed="16 characters and more")
    if token is None and not is_loopback(host):
        raise UsageError(
            "Other machines could read the lake", given=f"--host {host}",
            allowed="127.0.0.1, or any host with --token",
        )  # fmt: skip
    keys = Keys(token=token)
    app = build(open_lake(lake), keys, hosts_of(host, port, allow_host or ()), lang)
    warm(app)
    named = f"[{host}]" if ":" in host else host
    print(f"Open http://{named}:{port}/?token={keys.once}", flush=True)
    print("It opens once. Stop with Ctrl+C.", flush=True)
    uvicorn.run(
        app, host=host, port=port, log_level="warning", server_header=False, access_log=False
    )
