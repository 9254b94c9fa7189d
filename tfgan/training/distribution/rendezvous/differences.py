"""What workers say of themselves: whether it is equal, and how a sentence names what is not."""

_SHOWN = 4  # items that a sentence names


def differences(facts):
    """What workers have said that is not equal.

    Args:
      facts: dict of dicts of str, what each said, by the worker's name; the chief's first.
    Returns: list of str, such as "--steps (worker 0 has 100, worker 1 has 200)".
    """
    chief, *others = facts
    found = []
    for name in dict.fromkeys(name for each in facts.values() for name in each):
        values = {worker: said.get(name, "none") for worker, said in facts.items()}
        other = next((worker for worker in others if values[worker] != values[chief]), None)
        if other:
            found.append(
                f"{name} ({chief} has {_short(values[chief])}, {other} has {_short(values[other])})"
            )
    return found


def listed(items):
    """Items as a sentence names them; "" for none."""
    if not items:
        return ""
    shown = items if len(items) <= _SHOWN else [*items[:_SHOWN], f"{len(items) - _SHOWN} more"]
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def _short(text):
    return text if len(text) <= 60 else f"{text[:40]}..."
