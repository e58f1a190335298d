"""Every page of the story is watched: nothing may go wrong that only the browser would have told."""

from __future__ import annotations

import pytest

# The policy's refusals, also of what happens before a listener of the page could be there.
REFUSALS = """
document.addEventListener("securitypolicyviolation", (event) =>
    console.error("refused by the policy:", event.violatedDirective, event.blockedURI));
"""


@pytest.fixture
def watch(live_server):
    """No error in the console, nothing refused by the policy, no request to anybody else, no page that fails."""
    wrong = []

    def watched(context):
        context.add_init_script(REFUSALS)
        context.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
        context.on("weberror", lambda failed: wrong.append(str(failed.error)))
        context.on("request", lambda asked: asked.url.startswith(live_server.url) or wrong.append(asked.url))
        context.on("response", lambda got: got.status >= 400 and wrong.append(f"{got.status} {got.url}"))

    yield watched
    assert wrong == []
