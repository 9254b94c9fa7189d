"""The page for trying a model by eye: `page.html` with a description of the model in it.

For a model that translates images it holds `translation.html`, to draw sources and see results; for
a model with latents `latent_space.html`, to change and add samples and to encode images.
"""

import base64
import hashlib
import importlib.resources
import json
import re

from tfgan.serving import json_arrays


def _read(name):
    return importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


_HTML = _read("page.html")
_TRANSLATION, _LATENT_SPACE = _read("translation.html"), _read("latent_space.html")
_PLACEHOLDER = "{}</script><!-- the model -->"
_PLACE_OF_TRANSLATION, _PLACE_OF_LATENT_SPACE = "<!-- translation -->", "<!-- latent space -->"


def _hashes(tag):
    """The hashes of the inline scripts or styles, as a content security policy names them."""
    whole = _HTML + _TRANSLATION + _LATENT_SPACE
    contents = re.findall(rf"<{tag}>(.*?)</{tag}>", whole, re.DOTALL)
    digests = [hashlib.sha256(text.encode()).digest() for text in contents]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


POLICY = (
    f"default-src 'none'; script-src {_hashes('script')}; style-src {_hashes('style')}; "
    "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def text(model, name, max_batch, max_pixels=0):
    """The page of a model: str.

    Args:
      model: `served_model.Model`.
      name: str, in addresses.
      max_batch, max_pixels: int, rows and pixels of a request at most.
    """
    description = {
        "translates": model.translates,
        "sources": [base64.b64encode(png).decode() for png in model.sources],
        "max_pixels": max_pixels,
        "name": name,
        "version": model.version,
        "max_batch": max_batch,
        "metadata": model.metadata,
        "signatures": {
            each.name: {"inputs": _in_words(each.inputs), "outputs": _in_words(each.outputs)}
            for each in model.signatures.values()
        },
    }
    # In a script only "<" can end or nest it.
    content = json.dumps(description).replace("<", "\\u003c")
    has_latents = not model.translates and {"latent", "generate"} <= set(model.signatures)
    html = _HTML.replace(_PLACE_OF_TRANSLATION, _TRANSLATION if model.translates else "", 1)
    html = html.replace(_PLACE_OF_LATENT_SPACE, _LATENT_SPACE if has_latents else "", 1)
    return html.replace(_PLACEHOLDER, content + _PLACEHOLDER[2:], 1)


def _in_words(specs):
    shape = json_arrays.shape_in_words
    return {name: f"{spec.dtype.name} {shape(spec)}" for name, spec in specs.items()}
