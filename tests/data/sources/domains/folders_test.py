import zipfile

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from tfgan.data import open_source
from tfgan.data.decoding import preprocessing

from .pair_files import MASKS, PHOTOS, all_of, assert_pairs, every, pairs_of, png, saved, write

GRAY = PHOTOS[::-1, ..., :1]
SIDE_BY_SIDE = np.concatenate([PHOTOS, PHOTOS[::-1]], axis=2)


@pytest.fixture
def folder(tmp_path):
    """Twelve pairs of a gray image in A and a color image in B."""
    pairs_of(tmp_path, map(png, GRAY), map(png, PHOTOS))
    return tmp_path


def with_side_by_side(folder, images=SIDE_BY_SIDE):
    for number, image in enumerate(images):
        write(folder, f"{number}.png", png(image))
    return folder


def test_two_folders_of_equal_names_are_pairs(folder):
    source = open_source(f"pairs:{folder}")
    assert (source.count, source.held_out.count) == (11, 1)
    assert source.spec.shape == (6, 8, 3) and source.spec.conditions["source"].shape == (6, 8, 1)
    assert_pairs(every(source), PHOTOS, GRAY)


def test_the_left_half_of_a_file_is_the_source(tmp_path):
    source = open_source(f"pairs:{with_side_by_side(tmp_path)}")
    assert source.spec.shape == source.spec.conditions["source"].shape == (6, 8, 3)
    assert_pairs(every(source), PHOTOS[::-1], PHOTOS)


def test_both_layouts_of_the_same_pairs_give_the_same_batches(tmp_path):
    with_side_by_side(tmp_path / "one")
    pairs_of(tmp_path / "two", map(png, PHOTOS), map(png, PHOTOS[::-1]))
    one, two = (
        open_source(f"pairs:{tmp_path}/{name}").batches(4, seed=3).take(5)
        for name in ("one", "two")
    )
    for first, second in zip(one, two, strict=True):
        for name in ("data", "source"):
            np.testing.assert_array_equal(first[name], second[name])


def test_the_other_direction_makes_a_of_b(folder):
    source = open_source(f"pairs:{folder}", direction="BtoA")
    assert source.spec.shape == (6, 8, 1)
    assert_pairs(every(source), GRAY, PHOTOS)


def test_the_test_pairs_are_held_out(tmp_path):
    for split, rows in (("train", slice(0, 8)), ("test", slice(8, 12))):
        domains = (f"{split}A", f"{split}B")
        pairs_of(tmp_path, map(png, GRAY[rows]), map(png, PHOTOS[rows]), domains=domains)
    source = open_source(f"pairs:{tmp_path}")
    assert_pairs(all_of(source), PHOTOS[:8], GRAY[:8])
    assert_pairs(all_of(source.held_out), PHOTOS[8:], GRAY[8:])
    assert source.decisions == {"domains": "A, B", "held_out": "test"}
    assert source.fingerprint != source.held_out.fingerprint


def test_pairs_in_a_zip_file_are_those_of_its_folder(folder, tmp_path):
    path = tmp_path.parent / "pairs.zip"
    with zipfile.ZipFile(path, "w") as file:
        for each in sorted(folder.rglob("*.png")):
            file.write(each, f"set/{each.relative_to(folder)}")
    assert_pairs(every(open_source(f"pairs:{path}")), PHOTOS, GRAY)


@pytest.mark.parametrize("is_side_by_side", [False, True])
def test_each_image_is_preprocessed_as_one_of_a_folder(folder, tmp_path, is_side_by_side):
    if is_side_by_side:
        folder = with_side_by_side(tmp_path / "joined")
    options = {"image_size": (4, 4), "channels": 3}
    source = open_source(f"pairs:{folder}", **options)
    preprocess = preprocessing.ImagePreprocessing((4, 4), channels=3)
    data, condition = (PHOTOS[::-1], PHOTOS) if is_side_by_side else (PHOTOS, GRAY)
    expected = [preprocess(images).numpy() for images in (data, condition)]
    assert_pairs(every(source), *expected)


def test_images_are_turned_by_exif_and_laid_on_the_background(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = [saved(Image.fromarray(photo), "PNG", exif=exif) for photo in PHOTOS[:2]]
    clear = [png(np.concatenate([photo, 0 * photo[..., :1]], -1)) for photo in PHOTOS[:2]]
    pairs_of(tmp_path, turned, [png(np.rot90(photo, -1)) for photo in PHOTOS[:2]])
    assert_pairs(
        all_of(open_source(f"pairs:{tmp_path}")),
        *(np.ascontiguousarray(np.rot90(PHOTOS[:2], -1, (1, 2))) for _ in range(2)),
    )
    pairs_of(tmp_path / "clear", clear, map(png, PHOTOS[:2]))
    source = open_source(f"pairs:{tmp_path}/clear", background=(1, 2, 3))
    assert (all_of(source)["source"] == (1, 2, 3)).all()
    assert "alpha of A" in source.decisions


def test_numbers_of_16_bits_are_scaled_by_the_range_of_their_domain(tmp_path):
    deep = [tf.io.encode_png(photo[..., :1].astype(np.uint16) * 16).numpy() for photo in PHOTOS]
    pairs_of(tmp_path, deep, map(png, PHOTOS))  # of a sensor of 12 bits
    source = open_source(f"pairs:{tmp_path}")
    expected = np.round(PHOTOS[..., :1].astype(float) * 16 * 255 / 4095).astype(np.uint8)
    assert_pairs(every(source), PHOTOS, expected)
    assert "4,095 as white" in source.decisions["depth of A"]


def test_remote_pairs_are_those_of_a_local_folder(folder, tmp_path):
    write(folder, "A/classes.txt", "\n".join(map(str, range(256))))
    remote = f"ram://{tmp_path.name}/pairs"
    for path in [*folder.rglob("*.png"), *folder.rglob("*.txt")]:
        target = f"{remote}/{path.relative_to(folder)}"
        tf.io.gfile.makedirs(target.rpartition("/")[0])
        tf.io.gfile.copy(path, target)
    local, other = open_source(f"pairs:{folder}"), open_source(f"pairs:{remote}")
    assert local.fingerprint == other.fingerprint and local.spec == other.spec
    assert_pairs(every(other), PHOTOS, GRAY)


def test_jitter_and_flip_move_both_images_of_a_pair(folder):
    write_gray = [np.repeat(image[..., :1], 3, -1) for image in PHOTOS]
    pairs_of(folder, map(png, write_gray), map(png, [image[..., :1] for image in PHOTOS]))
    batches = open_source(f"pairs:{folder}").batches(6, seed=0, flip=True, jitter=True).take(4)
    for batch in batches:
        np.testing.assert_array_equal(batch["source"][..., :1], batch["data"])


@pytest.mark.parametrize(
    ("names", "sizes", "sentence"),
    [
        (("A/1.png", "B/2.png"), ((4, 6), (4, 6)), "A/1.png must have a partner .* in B"),
        (
            ("A/1.png", "B/1.png"),
            ((4, 6), (4, 8)),
            r"must have one size; received 4 x 6 \(A/1.png\) and 4 x 8 \(B/1.png\)",
        ),
        (
            ("1.png",),
            ((4, 7),),
            "1.png must have an even width, with A and B side by side; .*4 x 7",
        ),
        (("A/1.png",), ((4, 6),), "images in both A and B; received 1 and 0"),
    ],
)
def test_folders_without_pairs_are_refused_with_both_names(tmp_path, names, sizes, sentence):
    for name, size in zip(names, sizes, strict=True):
        write(tmp_path, name, png(np.zeros((*size, 3), np.uint8)))
    with pytest.raises(ValueError, match=sentence):
        open_source(f"pairs:{tmp_path}")


def test_sizes_of_one_aspect_ratio_are_made_equal(tmp_path):
    pairs_of(tmp_path, [png(PHOTOS[0][::2, ::2])], [png(PHOTOS[0])])
    source = open_source(f"pairs:{tmp_path}", image_size=(3, 4))
    np.testing.assert_array_equal(all_of(source)["source"][0], PHOTOS[0][::2, ::2])
    with pytest.raises(ValueError, match=r"3 x 4 \(A/0.png\) and 6 x 8 \(B/0.png\)"):
        open_source(f"pairs:{tmp_path}")


def test_a_broken_file_is_refused_by_its_name(folder):
    write(folder, "A/3.png", png(GRAY[3])[:-20])
    with pytest.raises(
        ValueError, match=r"pairs:.*1 of 12 files cannot be .*A/3.png .*; remove it\.$"
    ):
        open_source(f"pairs:{folder}")


@pytest.mark.parametrize("option", [{"skip_broken": True}, {"labels": "none"}])
def test_options_of_single_images_are_refused(folder, option):
    with pytest.raises(ValueError, match="is for images:FOLDER"):
        open_source(f"pairs:{folder}", **option)


def test_the_fingerprint_covers_what_is_paired_with_what(folder, tmp_path):
    before = open_source(f"pairs:{folder}").fingerprint
    for name in ("1.png", "2.png"):
        (folder / "A" / name).rename(folder / "A" / f"old{name}")
    (folder / "A/old1.png").rename(folder / "A/2.png")
    (folder / "A/old2.png").rename(folder / "A/1.png")
    assert open_source(f"pairs:{folder}").fingerprint != before


def test_unpaired_domains_may_have_any_counts_and_names(tmp_path):
    pairs_of(tmp_path, map(png, GRAY), map(png, PHOTOS[:5]), domains=("apples", "pears"))
    source = open_source(f"unpaired:{tmp_path}")
    assert not source.spec.is_paired and source.count == 11  # of the apples one is held out
    assert source.held_out is None  # of fewer than ten pears none is
    batch = next(iter(source.batches(5, seed=0)))
    assert {row.tobytes() for row in batch["data"].numpy()} == {row.tobytes() for row in PHOTOS[:5]}
    assert {row.tobytes() for row in batch["source"].numpy()} < {row.tobytes() for row in GRAY}


def test_unpaired_test_folders_are_held_out(tmp_path):
    for split, first, second in (("train", GRAY[:7], PHOTOS[:5]), ("test", GRAY[7:], PHOTOS[5:8])):
        domains = (f"{split}A", f"{split}B")
        pairs_of(tmp_path, map(png, first), map(png, second), domains=domains)
    source = open_source(f"unpaired:{tmp_path}")
    assert (source.count, source.held_out.count) == (7, 5)
    examples = all_of(source.held_out)
    assert {row.tobytes() for row in examples["data"]} == {row.tobytes() for row in PHOTOS[5:8]}
    assert {row.tobytes() for row in examples["source"]} == {row.tobytes() for row in GRAY[7:]}
    swapped = open_source(f"unpaired:{tmp_path}", direction="BtoA")
    assert swapped.spec.shape == (6, 8, 1) and swapped.held_out.count == 5


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["trainA/1.png"], "must hold images in both A and B in train; received 1 and 0"),
        (["1.png", "2.png"], "must hold two folders of images, such as trainA and trainB; .*1.png"),
        (["a/1.png", "b/1.png", "c/1.png"], "must hold all images in two folders, or .*3 folders"),
    ],
)
def test_other_than_two_domains_are_refused(tmp_path, names, sentence):
    for name in names:
        write(tmp_path, name, png(PHOTOS[0]))
    with pytest.raises(ValueError, match=f"unpaired:.* {sentence}"):
        open_source(f"unpaired:{tmp_path}")


def test_a_domain_of_masks_has_the_names_of_its_classes(tmp_path):
    pairs_of(tmp_path, map(png, MASKS), map(png, PHOTOS))
    write(tmp_path, "classes.txt", "ground\nsky\nsea\n")
    source = open_source(f"pairs:{tmp_path}", image_size=(3, 4))
    condition = source.spec.conditions["source"]
    assert condition.modality.class_names == ("ground", "sky", "sea")
    assert condition.shape == (3, 4, 3) and condition.raw_shape == (3, 4, 1)
    nearest = tf.image.resize(MASKS, (3, 4), "nearest").numpy()
    photos = preprocessing.ImagePreprocessing((3, 4))(PHOTOS).numpy()
    assert_pairs(every(source), photos, nearest)


@pytest.mark.parametrize(
    ("file", "content", "domain"),
    [
        ("A/classes.txt", "a\nb\nc", "A"),
        ("B/classes.txt", "a\nb\nc", "B"),
        ("classes.json", '{"class_names": ["a", "b", "c"], "masks": "B"}', "B"),
    ],
)
def test_the_file_of_classes_says_which_domain_it_means(tmp_path, file, content, domain):
    pairs_of(tmp_path, map(png, MASKS), map(png, MASKS[::-1]))  # either could be masks
    write(tmp_path, file, content)
    spec = open_source(f"pairs:{tmp_path}").spec
    kinds = (spec.conditions["source"].modality.kind, spec.modality.kind)
    assert kinds == (("masks", "images") if domain == "A" else ("images", "masks"))


@pytest.mark.parametrize(
    ("second", "content", "sentence"),
    [
        (MASKS, '{"class_names": ["a", "b"]}', 'must say .* as in "masks": "B", .*A/0.png and B/0'),
        (PHOTOS, '{"class_names": ["a"], "masks": "C"}', "must be A or B; received 'C'"),
    ],
)
def test_masks_in_an_unknown_domain_are_refused(tmp_path, second, content, sentence):
    pairs_of(tmp_path, map(png, MASKS), map(png, second))
    write(tmp_path, "classes.json", content)
    with pytest.raises(ValueError, match=sentence):
        open_source(f"pairs:{tmp_path}")


def test_masks_beside_their_photos_have_the_nearest_color(tmp_path):
    colors = np.array([(0, 0, 0), (250, 10, 10), (10, 10, 250)], np.uint8)
    large = np.repeat(np.repeat(MASKS[..., 0], 8, 1), 8, 2)  # blocks, as JPEG keeps them
    for number, mask in enumerate(large):
        noise = np.repeat(np.repeat(PHOTOS[number], 8, 0), 8, 1)
        joined = np.concatenate([noise, colors[mask]], axis=1)
        content = saved(Image.fromarray(joined), "JPEG", quality=90, subsampling=0)
        write(tmp_path, f"{number}.jpg", content)
    names = '{"class_names": ["a", "b", "c"], "palette": [[0,0,0], [250,10,10], [10,10,250]]'
    write(tmp_path, "classes.json", names + ', "masks": "B"}')
    source = open_source(f"pairs:{tmp_path}", direction="BtoA")
    masks = every(source)["source"]
    expected = {mask.tobytes() for mask in large.astype(np.uint8)}
    assert {mask.tobytes() for mask in masks} == expected
