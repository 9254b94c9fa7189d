import pytest

from tfgan.data import reading_rules
from tfgan.data.sources.domains import layout


def rows(files, part=None):
    """The names of the pairs of the training part, or of another: list of (A, B)."""
    files = files.split()
    read = layout.of("pairs:f", files)
    first, second, _ = layout.rows_of_pairs("pairs:f", files, read, part or read.training)
    return [(files[a], files[b]) for a, b in zip(first, second, strict=True)]


def held_out(files):
    return rows(files, layout.of("pairs:f", files.split()).held_out)


def test_files_without_folders_hold_both_domains():
    read = layout.of("f", ["1.png", "2.png"])
    assert read.is_side_by_side and read.domains == ("A", "B") and read.held_out is None
    assert rows("1.png 2.png") == [("1.png", "1.png"), ("2.png", "2.png")]


@pytest.mark.parametrize(
    "files",
    [
        "A/1.jpg A/2.jpg B/1.png B/2.png",
        "a/1.jpg a/2.jpg b/1.png b/2.png",
        "images/1.jpg images/2.jpg masks/1.png masks/2.png",
        "a/1.jpg a/2.jpg B/1.png B/2.png",
        "photos/1.jpg photos/2.jpg Sketches/1.png Sketches/2.png",
        "set/A/1.jpg set/A/2.jpg set/B/1.png set/B/2.png",
        "A/x/1.jpg A/y/1.jpg B/x/1.png B/y/1.png",
    ],
)
def test_two_folders_are_the_domains_in_the_order_of_their_names(files):
    first, second, third, fourth = files.split()
    assert rows(files) == [(first, third), (second, fourth)]
    assert not layout.of("f", files.split()).is_side_by_side


@pytest.mark.parametrize(
    "files",
    [
        "trainA/1.png trainB/1.png testA/2.png testB/2.png valA/3.png valB/3.png",
        "train/A/1.png train/B/1.png test/A/2.png test/B/2.png val/A/3.png val/B/3.png",
        "A/train/1.png B/train/1.png A/test/2.png B/test/2.png A/val/3.png B/val/3.png",
        "maps/train_A/1.png maps/train_B/1.png maps/test_A/2.png maps/test_B/2.png",
    ],
)
def test_train_is_read_and_test_is_held_out(files):
    files_by_place = files.split()
    assert rows(files) == [tuple(files_by_place[:2])]
    assert held_out(files) == [tuple(files_by_place[2:4])]


def test_val_is_held_out_where_there_is_no_test():
    assert held_out("train/1.png val/2.png") == [("val/2.png", "val/2.png")]
    assert held_out("train/1.png val/2.png test/3.png") == [("test/3.png", "test/3.png")]


def test_earlier_runs_keep_folders_with_capitals_first():
    files = ["a/1.png", "B/1.png"]
    assert layout.of("f", files).domains == ("a", "B")
    before = layout.of("f", files, reading_rules.CAPITALS_FIRST)
    assert before.domains == ("B", "a") and before.decisions == {"domains": "B, a"}


def test_splits_mean_nothing_without_train():
    read = layout.of("f", ["test/1.png", "val/1.png"])
    assert read.held_out is None and len(read.training[0]) == 2


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ("s/A/1.png s/B/1.png s/C/1.png", r"received images in 3 folders \(A, B, C\)\."),
        ("A/1.png B/1.png p.png", r"in 2 folders \(A, B\) and outside, such as p.png\."),
        ("s/in/1.png s/out/1.png s/p.png", r"2 folders \(in, out\) and outside, such as s/p.png"),
        ("train/A/1.png train/B/1.png val/C/1.png", r"in 3 folders \(A, B, C\)"),
        ("train/p/1.png train/sk/1.png test/p/2.png test/sketch/2.png", r"\(p, sk, sketch\)"),
        ("1.png more/2.png", r"in 1 folder \(more\) and outside, such as 1.png"),
        ("train/1.png test/2.png more/3.png", r"1 folder \(more\) and outside, such as train/1"),
    ],
)
def test_images_in_other_than_two_folders_or_one_are_refused(files, sentence):
    with pytest.raises(ValueError, match="f must hold all images in two folders, or .*" + sentence):
        layout.of("f", files.split())


@pytest.mark.parametrize(
    "files", ["s/1.png s/2.png", "train/1.png val/2.png test/3.png", "s/t/1.png s/t/2.png"]
)
def test_images_of_one_folder_or_of_splits_alone_are_side_by_side(files):
    assert layout.of("f", files.split()).is_side_by_side


def test_the_decisions_say_what_was_read():
    assert layout.of("f", ["1.png"]).decisions == {"domains": "side by side"}
    files = ["trainA/1.png", "trainB/1.png", "testA/2.png", "testB/2.png"]
    assert layout.of("f", files).decisions == {"domains": "A, B", "held_out": "test"}


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            "A/1.png A/2.png B/1.png",
            "pairs:f: A/2.png must have a partner of the same name in B; 1 image of A and B lack",
        ),
        ("in/1.png out/1.png out/7.png", "out/7.png must have a partner of the same name in in;"),
        ("A/1.png A/1.jpg B/1.png", "one image of a name in each domain; rec.*A/1.png and A/1.jpg"),
        ("A/1.png", "must hold images in both A and B; received 1 and 0"),
        ("b/1.png", "must hold images in both A and b; received 0 and 1"),
        ("trainB/1.png trainB/2.png", "must hold images in both A and B in train; rec.* 0 and 2"),
        ("trainA/1.png trainB/1.png testA/1.png", "both A and B in test; received 1 and 0"),
        ("trainA/1.png trainB/1.png 7.png", "in folders such as trainA and trainB; 1 image such"),
    ],
)
def test_domains_that_do_not_fit_are_refused_with_both_names(files, sentence):
    with pytest.raises(ValueError, match=sentence):
        rows(files)


def test_a_file_lies_in_a_domain_or_in_none():
    read = layout.of("f", ["images/1.png", "masks/1.png"])
    places = [layout.domain_of(read, name) for name in ("images/c", "masks/c", "c")]
    assert places == [0, 1, None]
