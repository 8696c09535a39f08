"""A page as a picture that the Dagster UI shows: only for members whose entry in members.toml has `preview = true`.

Dagster's UI strips HTML from Markdown but shows images, and an SVG may hold a page. What is shown here stays in Dagster's event log,
with the names on it, for as long as the run is kept: that is why it is off until somebody asks for it.
"""

from __future__ import annotations

import base64
import re

import dagster as dg

_WIDTH, _HEIGHT = 760, 2600
_SVG = 'xmlns="http://www.w3.org/2000/svg"'
_XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
# HTML leaves these open, XML does not. Attributes hold no ">": Jinja escapes it.
_VOID = re.compile(r"<(br|col|hr|img|input|link|meta|wbr)\b([^>]*?)\s*/?>")
_BODY = re.compile(r"<body[^>]*>.*</body>", re.DOTALL)
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


def preview(html: str) -> dg.MarkdownMetadataValue:
    """Return the top of a page as a Markdown image of some 1.4 times its size."""
    [body] = _BODY.findall(_VOID.sub(r"<\1\2/>", html))
    body = body.replace("<body", f"<body {_XHTML}", 1).replace("<svg", f"<svg {_SVG}")
    styles = "".join(_STYLE.findall(html)).replace("<style", f"<style {_XHTML}")
    svg = (
        f'<svg {_SVG} width="{_WIDTH}" height="{_HEIGHT}">{styles}'
        f'<foreignObject width="100%" height="100%">{body}</foreignObject></svg>'
    )
    return dg.MetadataValue.md(f"![page](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})")
