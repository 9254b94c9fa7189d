"""`text:FILE`: one text per line, in UTF-8; a long line is a paragraph."""

from tfgan import files, memory, modalities, text
from tfgan.data import held_out
from tfgan.data.sources.array_source import ArraySource

_LONGEST = 1024
_MOST_SYMBOLS = 512
_SYMBOL_BYTES = 4


def open_text(path):
    """The lines of a file, character by character.

    All texts have the length of the longest line, at most 1,024 characters; shorter ones are padded
    (see `tfgan.text`). Blank lines are left out, and white space at both ends of a line.

    Returns: `ArraySource` of int32 `[n, t]`; one in ten is held out, by the hash of its content.
    Raises: ValueError for no text, a line that is too long, more than 511 different characters,
      and texts that do not fit in memory.
    """
    name = f"text:{path}"
    texts = _lines(name, path)
    symbols = text.alphabet(texts)
    if len(symbols) > _MOST_SYMBOLS:
        raise ValueError(
            f"{name} must hold at most {_MOST_SYMBOLS - 1} different characters; received "
            f"{len(symbols) - 1:,}."
        )
    longest = max(map(len, texts))
    memory.require(
        _SYMBOL_BYTES * len(texts) * longest,
        f"{name}: {len(texts):,} texts, each as long as the longest, {longest:,} characters,",
        memory.budget(),
        "leave out or break up the longest lines",
    )
    data = text.encode(texts, symbols, longest)
    return held_out.split(ArraySource(name, data, modality=modalities.Texts(symbols)))


def _lines(name, path):
    content = files.read_bytes(path, name)
    try:
        numbered = enumerate(content.decode().splitlines(), 1)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{name} must be text in UTF-8; byte {error.start:,} is {content[error.start]:#04x}."
        ) from error
    lines = [(number, line.strip()) for number, line in numbered if line.strip()]
    if not lines:
        raise ValueError(f"{name} holds no text.")
    number, longest = max(lines, key=lambda line: len(line[1]))
    if len(longest) > _LONGEST:
        raise ValueError(
            f"{name}: line {number:,} must have at most {_LONGEST:,} characters; received "
            f"{len(longest):,}. Put one sentence or paragraph on a line."
        )
    return [line for _, line in lines]
