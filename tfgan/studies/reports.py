"""Reports of the studies: HTML pages that refer to nothing outside themselves, and strict JSON."""

import base64
import json
import math


def html(template, **values):
    """A whole page from a file in `templates/` and what it shows, which is escaped: str."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tfgan.studies"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data_uri"] = data_uri
    return environment.get_template(template).render(values)


def data_uri(content, kind):
    """A picture, bytes or SVG text, as the source of an `img` element: str."""
    content = content.encode() if isinstance(content, str) else content
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def strict_json(value):
    """JSON that every parser reads: str. Numbers that JSON lacks are strings ("inf", "nan")."""
    return json.dumps(_finite(value), indent=1, allow_nan=False) + "\n"


def _finite(value):
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
