"""``{% bundle %}``: links to the styles and the script that ``frontend/`` was built into."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

FOLDER = "junheng/dist"
ENTRY = "src/main.ts"


@register.simple_tag
def bundle() -> SafeString:
    """Style sheets and the entry script; everything else is loaded by the script."""
    styles, script = _files()
    links = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(file),) for file in styles))
    return format_html('{}\n<script type="module" src="{}"></script>', links, static(script))


@cache
def _files() -> tuple[list[str], str]:
    """Addresses below the folder of static files. The names hold a hash of the content, so they are read once.

    Raises:
        ImproperlyConfigured: the front end was not built.
    """
    found = finders.find(f"{FOLDER}/manifest.json")
    if not found:
        raise ImproperlyConfigured("The front end is not built: run `make setup`.")
    entry = json.loads(Path(found).read_text(encoding="utf-8"))[ENTRY]
    return [f"{FOLDER}/{name}" for name in entry.get("css", ())], f"{FOLDER}/{entry['file']}"
