"""The page to try a model by eye: `page.html` with what it must know of the model in it."""

import base64
import hashlib
import importlib.resources
import json
import re

_HTML = importlib.resources.files(__package__).joinpath("page.html").read_text(encoding="utf-8")
_PLACE = "{}</script><!-- the model -->"


def _hashes(tag):
    """The inline scripts or styles by their hashes, as a content security policy names them."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", _HTML, re.DOTALL)
    digests = [hashlib.sha256(text.encode()).digest() for text in found]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


POLICY = (
    f"default-src 'none'; script-src {_hashes('script')}; style-src {_hashes('style')}; "
    "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def text(model, name, max_batch):
    """The page: str.

    Args:
      model: `served_model.Model`.
      name: str, of the model in the addresses.
      max_batch: int, the most rows of a request.
    """
    signatures = {
        each.name: {"inputs": _told(each.inputs), "outputs": _told(each.outputs)}
        for each in model.signatures.values()
    }
    told = {
        "name": name,
        "version": model.version,
        "max_batch": max_batch,
        "facts": model.facts,
        "signatures": signatures,
    }
    # In a script, nothing but "<" can end or nest it.
    return _HTML.replace(_PLACE, json.dumps(told).replace("<", "\\u003c") + _PLACE[2:], 1)


def _told(specs):
    return {name: f"{spec.dtype.name} {_shape_told(spec.shape)}" for name, spec in specs.items()}


def _shape_told(shape):
    if shape.rank is None:
        return "of any shape"
    return "[" + ", ".join("any" if size is None else str(size) for size in shape) + "]"
