"""Image files in memory; gray ones of any depth, written by their specifications."""

import io
import struct
import zlib


def packed(bits, rows):
    """Rows of numbers of 1, 2, 4 or 8 bits, each row filled up to whole bytes: list of bytes."""
    texts = ["".join(f"{number:0{bits}b}" for number in row) for row in rows]
    texts = [text + "0" * (-len(text) % 8) for text in texts]
    return [bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8)) for text in texts]


def gray_png(bits, rows):
    """A PNG file of color type 0, by its specification."""

    def chunk(name, content):
        checksum = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + checksum

    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), bits, 0, 0, 0, 0)
    content = zlib.compress(b"".join(b"\0" + row for row in packed(bits, rows)))
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def gray_tiff(bits, rows, order="<"):
    """A TIFF file without compression, black at 0; order: "<" or ">" for the large end first."""
    if bits == 16:
        content = b"".join(struct.pack(f"{order}{len(row)}H", *row) for row in rows)
    else:
        content = b"".join(packed(bits, rows))
    tags = {256: len(rows[0]), 257: len(rows), 258: bits, 259: 1, 262: 1, 277: 1, 278: len(rows)}
    start = 8 + 2 + 12 * (len(tags) + 2) + 4
    tags = sorted((tags | {273: start, 279: len(content)}).items())
    entries = b"".join(struct.pack(f"{order}HHIHH", tag, 3, 1, value, 0) for tag, value in tags)
    begin = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}I", 8)
    return begin + struct.pack(f"{order}H", len(tags)) + entries + b"\0\0\0\0" + content


def saved(image, kind, **settings):
    """The bytes of a Pillow image as a file."""
    file = io.BytesIO()
    image.save(file, kind, **settings)
    return file.getvalue()
