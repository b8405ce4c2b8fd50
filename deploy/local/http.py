"""Whether something on this machine answers HTTP."""

import http.client
import urllib.request

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Without any proxy of the environment: what is asked is on the loopback address."""


def answers(url: str) -> bool:
    """Say whether a GET of `url` is answered with status 200 within a second."""
    try:
        with _OPENER.open(url, timeout=1.0) as response:
            return bool(response.status == 200)
    except (OSError, http.client.HTTPException):
        return False
