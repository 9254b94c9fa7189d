"""Image files of every kind that people have, made by Pillow, and what Pillow sees in them."""

import io
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

HEIGHT, WIDTH = 12, 18


def noise(channels=3, seed=0, high=256, dtype=np.uint8):
    return np.random.default_rng(seed).integers(0, high, (HEIGHT, WIDTH, channels)).astype(dtype)


def smooth(seed=0):
    """RGB without fine detail, which lossy formats keep."""
    small = Image.fromarray(noise(seed=seed)[:4, :6])
    return small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def with_orientation(number):
    exif = Image.Exif()
    exif[0x0112] = number
    return exif


def png(width, height, bits, color, rows, *chunks, interlace=0, behind=()):
    """A PNG file by hand.

    Args:
      bits, color, interlace: int, as of its header.
      rows: bytes, each row behind the number of its filter.
      *chunks, behind: (name, content) before and behind the pixels.
    """
    header = struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, interlace)
    named = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(rows)), *behind, (b"IEND", b"")]
    parts = (
        struct.pack(">I", len(content)) + name + content
        + struct.pack(">I", zlib.crc32(name + content))
        for name, content in named
    )  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def interlaced(pixels):
    """An RGB PNG file in seven passes, which Pillow does not write."""
    height, width, _ = pixels.shape
    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2))
    parts = [pixels[top::down, left::right] for top, left, down, right in (*passes, (1, 0, 2, 1))]
    rows = b"".join(b"\0" + row.tobytes() for part in parts for row in part)
    return png(width, height, 8, 2, rows, interlace=1)


def all_kinds():
    """dict of file name -> content."""
    color, gray = smooth(), smooth(1).convert("L")
    alpha = Image.fromarray(noise(4, 2))
    palette = color.quantize(16)
    gray_alpha = Image.merge("LA", [gray, gray.rotate(180)])
    frames = {"save_all": True, "append_images": [smooth(3)], "duration": 50, "loop": 0}
    return {
        "plain.jpg": saved(color, "JPEG", quality=95),
        "gray.jpeg": saved(gray, "JPEG"),
        "progressive.jfif": saved(color, "JPEG", progressive=True, subsampling=2),
        "cmyk.jpg": saved(color.convert("CMYK"), "JPEG"),
        "turned.jpg": saved(color, "JPEG", exif=with_orientation(6)),
        "xmp.jpg": saved(color, "JPEG", xmp=b'<x tiff:Orientation="8"/>'),
        "plain.png": saved(color, "PNG"),
        "interlaced.png": interlaced(np.asarray(color)),
        "alpha.png": saved(alpha, "PNG"),
        "gray_alpha.png": saved(gray_alpha, "PNG"),
        "palette.png": saved(palette, "PNG"),
        "clear_palette.png": saved(palette, "PNG", transparency=bytes(range(0, 160, 10))),
        "keyed.png": saved(color, "PNG", transparency=color.getpixel((0, 0))),
        "gray_keyed.png": saved(gray, "PNG", transparency=gray.getpixel((0, 0))),
        "bits.png": saved(gray.convert("1"), "PNG"),
        "turned.png": saved(color, "PNG", exif=with_orientation(5)),
        "plain.gif": saved(palette, "GIF"),
        "clear.gif": saved(palette, "GIF", transparency=3),
        "animated.gif": saved(palette, "GIF", **frames),
        "plain.bmp": saved(color, "BMP"),
        "palette.bmp": saved(palette, "BMP"),
        "plain.webp": saved(color, "WEBP", quality=90),
        "alpha.webp": saved(alpha, "WEBP", lossless=True, exact=True),
        "turned.webp": saved(color, "WEBP", exif=with_orientation(3)),
        "animated.webp": saved(color, "WEBP", **frames),
        "plain.tif": saved(color, "TIFF"),
        "squeezed.tiff": saved(color, "TIFF", compression="tiff_lzw"),
        "alpha.tiff": saved(alpha, "TIFF"),
        "turned.tif": saved(color, "TIFF", exif=with_orientation(7)),
        "pages.tif": saved(color, "TIFF", save_all=True, append_images=[smooth(3)]),
        "plain.ppm": saved(color, "PPM"),
        "gray.pgm": saved(gray, "PPM"),
        "bits.pbm": saved(gray.convert("1"), "PPM"),
    }


def seen(content, background=(255, 255, 255)):
    """What Pillow shows of a file: uint8 `[height, width, 1 or 3]`, the right way up."""
    image = Image.open(io.BytesIO(content))
    image = ImageOps.exif_transpose(image)
    is_gray = image.mode in ("1", "L", "LA") and image.format != "GIF"
    if image.has_transparency_data:
        image = image.convert("RGBA")
        behind = Image.new("RGB", image.size, background)
        behind.paste(image, mask=image.getchannel("A"))
        image = behind
    image = image.convert("L" if is_gray else "RGB")
    pixels = np.asarray(image)
    return pixels[..., None] if is_gray else pixels
