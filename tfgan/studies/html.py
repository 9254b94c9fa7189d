"""HTML pages that refer to nothing outside of themselves."""

import base64
import html

STYLE = """
:root { color-scheme: light }
body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 60em; margin: 2em auto;
       padding: 0 1em }
h1, h2 { line-height: 1.2 } h2 { margin-top: 2.5em }
table { border-collapse: collapse; width: 100%; font-size: 14px }
th, td { text-align: left; padding: .3em .6em; border-bottom: 1px solid #ddd; vertical-align: top }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap }
.holds { color: #00664b } .fails { color: #b00020; font-weight: bold }
.small { color: #555; font-size: 13px }
"""


def page(title, body, style=""):
    """A whole page: str.

    Args:
      title: str, plain text.
      body: str, HTML.
      style: str, CSS on top of `STYLE`.
    """
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{html.escape(title)}</title><style>{STYLE}{style}</style></head><body>\n"
        f"{body}\n</body></html>\n"
    )


def element(tag, text, **attributes):
    """Plain text in an element: str, with attributes by name (`class_` for class)."""
    told = "".join(
        f" {name.rstrip('_')}='{html.escape(value)}'" for name, value in attributes.items()
    )
    return f"<{tag}{told}>{html.escape(text)}</{tag}>"


def table(rows):
    """Rows of plain text as a table, the first row and the first column as headings: str."""
    head, *others = rows
    lines = ["".join(element("th", cell) for cell in head)]
    lines += [
        element("th", first) + "".join(element("td", cell) for cell in cells)
        for first, *cells in others
    ]
    return "<table>\n" + "\n".join(f"<tr>{line}</tr>" for line in lines) + "\n</table>"


def image(png, description):
    """A PNG (bytes) in the page itself, with plain text in its place: str."""
    data = base64.b64encode(png).decode()
    return f"<img src='data:image/png;base64,{data}' alt='{html.escape(description)}'>"
