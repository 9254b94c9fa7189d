"""The names of augmentations, as users write them; nothing here needs TensorFlow.

>>> parse("ada:bgc,p=0.2")
('ada', ('blit', 'geometry', 'color'), {'p': 0.2})
"""

from tfgan import words

GROUPS = {  # the transforms of each kind, in the order in which they are applied
    "diffaugment": ("color", "translation", "cutout"),
    "ada": ("blit", "geometry", "color", "filter", "noise", "cutout"),
    "apa": (),
}
_LETTERS = "bgcfnc"  # of the groups of ADA, as its paper writes them: bg, bgc, ...
NONE = "none"
SYNTAX = (
    "none, diffaugment, ada or apa; with groups of transforms, such as "
    "diffaugment:translation,cutout, ada:blit,geometry or ada:bgcfnc; and with the probability of "
    "each transform: ada:p=0.2, ada:p=adaptive,target=0.6,kimg=500, or ada:p=0.3,warmup=5000, "
    "which rises from 0 over these steps"
)
_OPTIONS = ("p", "target", "kimg", "warmup")


def parse(text: str) -> tuple[str, tuple[str, ...], dict[str, float | str]]:
    """The parts of a name other than "none".

    Args:
      text: str, see `SYNTAX`; groups may come in any order.
    Returns: (kind; groups, () for those of the kind by default; options by name).
    Raises: ValueError for another text.
    """
    kind, colon, rest = text.partition(":")
    if kind not in GROUPS or (colon and not rest):
        raise _refusal(text)
    parts = rest.split(",") if rest else []
    options = dict(_option(part, text) for part in parts if "=" in part)
    groups = [part for part in parts if "=" not in part]
    if kind == "ada" and len(groups) == 1 and groups[0] and _LETTERS.startswith(groups[0]):
        groups = list(GROUPS[kind][: len(groups[0])])
    for group in groups:
        if group not in GROUPS[kind]:
            known = GROUPS[kind]
            if not known:
                raise ValueError(f"{kind} has no groups of transforms; received {group!r}.")
            raise words.unknown(f"A group of transforms of {kind}", group, known)
    _check(options, text)
    return kind, tuple(each for each in GROUPS[kind] if each in groups), options


def _option(part, text):
    name, _, value = part.partition("=")
    if name not in _OPTIONS:
        raise _refusal(text)
    if name == "p" and value == "adaptive":
        return name, value
    try:
        return name, float(value)
    except ValueError:
        raise _refusal(text) from None


def _check(options, text):
    """Raises ValueError for options that are out of range, or do not go together."""
    p = options.get("p", "adaptive")
    is_adaptive = p == "adaptive"
    ranges = {
        "p": is_adaptive or 0.0 <= p <= 1.0,
        "target": is_adaptive and -1.0 < options.get("target", 0.0) < 1.0,
        "kimg": is_adaptive and 0.0 < options.get("kimg", 1.0) < float("inf"),
        "warmup": not is_adaptive and 1.0 <= options.get("warmup", 1.0) < float("inf"),
    }
    if not all(ranges[name] for name in options):
        raise _refusal(text)


def _refusal(text):
    return ValueError(f"augment must be {SYNTAX}; received {text!r}.")
