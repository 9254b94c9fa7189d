"""Folders of images as people have them: each function fills a folder and names the `--data`."""

import json
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image

SIDE = 8
COUNT = 24


def pixels(seed=0, channels=3, side=SIDE):
    """uint8 `[side, side, channels]`, or `[side, side]` for one channel."""
    shape = (side, side, channels) if channels > 1 else (side, side)
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def save_many(folder, suffix=".png", count=COUNT, channels=3, mode=None, **options):
    """Numbered images in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        image = Image.fromarray(pixels(number, channels))
        image = image.convert(mode) if mode else image
        image.save(folder / f"{number:03d}{suffix}", **options)
    return f"images:{folder}"


def png(folder):
    return save_many(folder / "photos")


def rgba(folder):
    return save_many(folder / "photos", channels=4)


def gray_and_alpha(folder):
    return save_many(folder / "photos", channels=2, mode="LA")


def sixteen_bits(folder):
    (folder / "photos").mkdir()
    for number in range(COUNT):
        values = np.random.default_rng(number).integers(0, 65536, (SIDE, SIDE), np.uint16)
        Image.fromarray(values).save(folder / "photos" / f"{number}.png")
    return f"images:{folder / 'photos'}"


def rotated(folder):
    exif = Image.Exif()
    exif[0x0112] = 6
    return save_many(folder / "photos", ".jpg", exif=exif)


def webp(folder):
    return save_many(folder / "photos", ".webp")


def tiff(folder):
    return save_many(folder / "photos", ".tif")


def jfif(folder):
    data = save_many(folder / "photos", ".jpg")
    for path in (folder / "photos").iterdir():
        path.rename(path.with_suffix(".JFIF"))
    return data


def ppm(folder):
    return save_many(folder / "photos", ".ppm")


def bmp(folder):
    return save_many(folder / "photos", ".bmp")


def gif(folder):
    (folder / "photos").mkdir()
    for number in range(COUNT):
        frames = [Image.fromarray(pixels(number + frame)) for frame in range(3)]
        path = folder / "photos" / f"{number}.gif"
        frames[0].save(path, save_all=True, append_images=frames[1:])
    return f"images:{folder / 'photos'}"


def cmyk(folder):
    return save_many(folder / "photos", ".jpg", mode="CMYK")


def palette(folder):
    return save_many(folder / "photos", mode="P", transparency=0)


def one_truncated(folder):
    data = png(folder)
    path = folder / "photos" / "003.png"
    path.write_bytes(path.read_bytes()[:60])
    return data


def gray_and_color(folder):
    save_many(folder / "photos", channels=1)
    Image.fromarray(pixels()).save(folder / "photos" / "color.png")
    return f"images:{folder / 'photos'}"


def several_sizes(folder):
    data = png(folder)
    Image.fromarray(pixels(side=12)).save(folder / "photos" / "large.png")
    return data


def very_large(folder):
    data = png(folder)
    Image.new("RGB", (9000, 9000), "teal").save(folder / "photos" / "large.png")
    return data


def declared_size(folder):
    """A PNG whose header declares 50,000 x 50,000 pixels."""
    data = png(folder)
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    content = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    (folder / "photos" / "huge.png").write_bytes(content)
    return data


def text_named_jpg(folder):
    data = png(folder)
    (folder / "photos" / "note.jpg").write_text("not an image")
    return data


def empty(folder):
    (folder / "photos").mkdir()
    return f"images:{folder / 'photos'}"


def seventy(folder):
    return save_many(folder / "photos", count=70)


def classes(folder):
    for name in ("cat", "dog"):
        save_many(folder / "photos" / name, count=COUNT // 2)
    return f"images:{folder / 'photos'}"


def stray_beside_classes(folder):
    data = classes(folder)
    Image.fromarray(pixels()).save(folder / "photos" / "stray.png")
    return data


def splits(folder):
    for split in ("train", "val"):
        for name in ("cat", "dog"):
            save_many(folder / "photos" / split / name, count=COUNT // 2)
    return f"images:{folder / 'photos'}"


def numbered_classes(folder):
    for number in range(12):
        save_many(folder / "photos" / str(number), count=3)
    return f"images:{folder / 'photos'}"


def class_of_one(folder):
    data = classes(folder)
    save_many(folder / "photos" / "bird", count=1)
    return data


def _labels():
    return {f"{number:03d}.png": number % 3 for number in range(COUNT)}


def dataset_json(folder):
    data = png(folder)
    listed = {"labels": [list(pair) for pair in _labels().items()]}
    (folder / "photos" / "dataset.json").write_text(json.dumps(listed))
    return data


def labels_csv(folder):
    data = png(folder)
    lines = ["file,label", *(f"{name},{label}" for name, label in _labels().items())]
    (folder / "labels.csv").write_text("\n".join(lines) + "\n")
    return data


def labels_jsonl(folder):
    data = png(folder)
    lines = [json.dumps({"file": name, "label": label}) for name, label in _labels().items()]
    (folder / "labels.jsonl").write_text("\n".join(lines) + "\n")
    return data


def zipped(folder):
    png(folder)
    with zipfile.ZipFile(folder / "photos.zip", "w") as archive:
        for path in sorted((folder / "photos").iterdir()):
            archive.write(path, path.name)
    return f"images:{folder / 'photos.zip'}"


def link_in_a_circle(folder):
    data = png(folder)
    (folder / "photos" / "again").symlink_to(folder / "photos")
    return data


def dangling_link(folder):
    data = png(folder)
    (folder / "photos" / "gone.png").symlink_to(folder / "nothing.png")
    return data
