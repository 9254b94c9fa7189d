"""The help texts."""

import textwrap

from absl import flags

_WIDTH = 100


def of_program(verbs):
    """What `tfgan --help` prints: the verbs (dict of name -> what it does) and where to go on."""
    listed = "\n".join(f"  {verb:<10}{does}" for verb, does in verbs.items())
    return (
        "tfgan trains and samples generative adversarial networks.\n\n"
        f"Usage: tfgan COMMAND --flags\n\nCommands:\n{listed}\n\n"
        "`tfgan COMMAND --help` lists a command's flags; `tfgan train` alone trains the default\n"
        "recipe on real digits."
    )


def of_verb(verb, about, values):
    """What `tfgan VERB --help` prints: what the verb does, and its flags in their order."""
    lines = [
        f"tfgan {verb}: {about.strip()}",
        "",
        "Flags (--flagfile=FILE reads them from a file):",
    ]
    for flag in (flag for group in values.flags_by_module_dict().values() for flag in group):
        sign = "--[no]" if flag.boolean else "--"
        default = "" if flag.default in (None, [], "") else f" [{flag.default}]"
        lines.append(f"  {sign}{flag.name}{default}")
        lines += textwrap.wrap(
            flag.help, _WIDTH, initial_indent="      ", subsequent_indent="      "
        )
    return "\n".join(lines)


def no_positionals(positionals):
    """Refuses arguments that are no flags.

    Raises: absl `flags.Error`.
    """
    if positionals:
        raise flags.Error(f"Unexpected argument {positionals[0]!r}: flags start with --.")
