"""Latents on the page, in a browser: pytest -m browser -n 0 (needs Chromium and playwright)."""

import json

import numpy as np
import PIL.Image
import pytest
import tensorflow as tf

from ..toy_models import LATENT, SHAPE, Toy
from .browser import pixels, until

pytestmark = pytest.mark.browser

VECTOR = [0.6, 0.8] + [0.0] * (LATENT - 2)


@pytest.fixture
def opened(export_toy, tmp_path, serving, open_page):
    """Function: a Client and the page of a toy with further metadata, when it shows its samples."""
    clients = []

    def open_(classes=None, **metadata):
        export_toy(tmp_path, classes=classes)
        return serve(tmp_path, **metadata)

    def serve(folder, **metadata):
        path = folder / "1" / "assets.extra" / "tfgan.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | metadata))
        context = serving(folder, batch=64)
        clients.append(context)
        client = context.__enter__()
        page = open_page(client)
        until(page, "document.querySelector('#changed-is').textContent !== ''")
        return client, page

    open_.serve = serve
    yield open_
    for context in clients:
        context.__exit__(None, None, None)


def latents_of(client, *seeds):
    request = {"signature_name": "latent", "inputs": {"seed": seeds}, "output_filter": ["latent"]}
    return np.array(client.predict(request)[1]["outputs"])


def shows(page, client, image, latent, **label):
    """Whether an image becomes that of a latent, but for rounding."""
    inputs = {"latent": [np.asarray(latent).tolist()], **label}
    request = {"signature_name": "generate", "inputs": inputs, "output_filter": ["image"]}
    expected = np.array(client.predict(request)[1]["outputs"])[0]
    for _ in range(100):
        source = page.get_attribute(image, "src")
        if source and np.abs(pixels(source).astype(int) - expected).max() <= 1:
            return True
        page.wait_for_timeout(50)
    return False


def drag(page, sample, slot):
    start = page.query_selector(f"#grid button:nth-child({sample})").bounding_box()
    end = page.query_selector(f".slot:nth-child({slot})").bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 60, steps=3)
    assert page.is_visible("#carried")
    page.mouse.move(end["x"] + 20, end["y"] + 20, steps=3)
    assert page.get_attribute(f".slot:nth-child({slot})", "class") == "slot over"
    page.mouse.up()
    assert page.query_selector("#carried") is None


def scaled_sum(one, two, three):
    """mean(one, two) - three, with the mean length of the three."""
    total = (one + two) / 2 - three
    length = np.mean([np.linalg.norm(row) for row in (one, two, three)])
    return total * length / np.linalg.norm(total)


def test_samples_are_added_by_dragging_and_keep_the_length(opened):
    client, page = opened(parts={"latent": {"kind": "normal"}})
    page.set_viewport_size({"width": 1100, "height": 1500})  # the groups are in view
    rows = latents_of(client, 4, 5, 7)
    for sample, slot in ((5, 1), (6, 1), (8, 2)):
        drag(page, sample, slot)
    assert shows(page, client, "#sum", scaled_sum(*rows))
    assert page.inner_text("#sum-is") == "the sum"
    page.click(".slot:nth-child(2) .members button")  # taken out
    mean = rows[:2].mean(axis=0)
    length = np.linalg.norm(rows[:2], axis=1).mean()
    assert shows(page, client, "#sum", mean * length / np.linalg.norm(mean))


def test_samples_are_added_from_the_keyboard_within_their_range(opened):
    client, page = opened(parts={"latent": {"kind": "range", "low": -1.0, "high": 1.0}})
    for sample, slot in ((2, 1), (3, 2), (9, 3)):
        page.focus(f"#grid button:nth-child({sample})")
        page.keyboard.press("Enter")
        page.focus(f".slot:nth-child({slot}) > button")
        assert page.inner_text(f".slot:nth-child({slot}) > button") == f"Put seed {sample - 1} here"
        page.keyboard.press("Enter")
    one, two, three = latents_of(client, 1, 2, 8)
    total = np.clip(one - two + three, -1, 1)
    assert shows(page, client, "#sum", total)
    page.click("#change-sum")
    assert shows(page, client, "#changed", total)
    assert page.inner_text("#changed-is") == "the sum"
    page.click("#empty")
    until(page, "document.querySelector('#sum-is').textContent === 'A is empty'")
    assert not page.is_visible("#sum")


def test_a_drag_that_ends_elsewhere_or_by_escape_adds_nothing(opened):
    _, page = opened()
    button = page.query_selector("#grid button:nth-child(2)").bounding_box()
    slot = page.query_selector(".slot").bounding_box()
    for end in ((5, 5), (slot["x"] + 9, slot["y"] + 9)):
        page.mouse.move(button["x"] + 20, button["y"] + 20)
        page.mouse.down()
        page.mouse.move(*end, steps=4)
        page.keyboard.press("Escape")
        page.mouse.up()
    assert page.query_selector(".members button") is None


def test_a_drag_to_the_edge_scrolls(opened):
    _, page = opened()
    page.set_viewport_size({"width": 1100, "height": 400})
    button = page.query_selector("#grid button").bounding_box()
    page.mouse.move(button["x"] + 20, button["y"] + 20)
    page.mouse.down()
    page.mouse.move(200, 390, steps=4)
    until(page, "scrollY > 100")
    page.mouse.move(200, 10, steps=2)
    until(page, "scrollY === 0")
    page.mouse.up()


def test_a_slider_moves_along_its_direction(opened):
    directions = {"part": "latent", "vectors": [VECTOR]}
    client, page = opened(parts={"latent": {"kind": "normal"}}, directions=directions)
    [point] = latents_of(client, 0)
    page.focus("#sliders input")
    page.keyboard.press("End")
    moved = point + 0.5 * np.linalg.norm(point) * np.array(VECTOR)
    assert shows(page, client, "#changed", moved)
    page.click("#reset")
    assert shows(page, client, "#changed", point)


def test_the_numbers_of_a_code_have_sliders_and_the_class_is_a_choice(opened):
    client, page = opened(classes=3, parts={"latent": {"kind": "range", "low": -1, "high": 2}})
    labels = [
        label.inner_text().split("\n")[0] for label in page.query_selector_all("#sliders label")
    ]
    assert labels == ["Class"] + [f"latent {i + 1}" for i in range(LATENT)]
    page.click("#grid button:nth-child(5)")  # seed 1, class 1
    until(page, "document.querySelector('#changed-is').textContent === 'seed 1, class 1'")
    [point] = latents_of(client, 1)
    page.focus("#sliders label:nth-child(3) input")
    page.keyboard.press("End")
    page.select_option("#sliders select", "2")
    point = np.clip(point, -1, 2)
    point[1] = 2
    assert shows(page, client, "#changed", point, label=[2])


def test_a_categorical_code_is_a_choice(opened):
    client, page = opened(parts={"latent": {"kind": "class"}})
    page.select_option("#sliders select", "4")
    assert shows(page, client, "#changed", np.eye(LATENT)[4])


def test_without_an_encoder_the_page_names_the_command(opened):
    _, page = opened()
    assert "tfgan project" in page.inner_text("#projection")
    assert not page.is_visible("#with-encoder")


class ToyEncoder(Toy):
    """The numbers of an image's first two pixels are its code."""

    def signatures(self):
        @tf.function(input_signature=[tf.TensorSpec((None, *SHAPE), tf.uint8, "image")])
        def encode(image):
            levels = tf.cast(tf.reshape(image[:, 0, :2], (-1, LATENT)), tf.float32)
            return {"latent": levels / 64.0 - 2.0}

        return super().signatures() | {"encode": encode.get_concrete_function()}


def test_an_image_is_encoded_from_a_file_or_a_drawing(opened, tmp_path):
    toy = ToyEncoder()
    tf.saved_model.save(toy, str(tmp_path / "1"), toy.signatures())
    (tmp_path / "1" / "assets.extra").mkdir()
    (tmp_path / "1" / "assets.extra" / "tfgan.json").write_text(json.dumps(toy.metadata(0)))
    client, page = opened.serve(tmp_path)
    assert not page.is_visible("#no-encoder")
    image = np.random.default_rng(0).integers(0, 256, SHAPE, np.uint8)
    PIL.Image.fromarray(image).save(tmp_path / "image.png")
    page.set_input_files("#file", str(tmp_path / "image.png"))
    assert shows(page, client, "#decoded", image[0, :2].reshape(-1) / 64.0 - 2.0)
    np.testing.assert_array_equal(pixels(page.get_attribute("#target", "src"))[..., :3], image)
    (tmp_path / "text.png").write_text("text")
    page.set_input_files("#file", str(tmp_path / "text.png"))
    until(page, "document.querySelector('#status').className === 'error'")
    assert page.inner_text("#status") == "text.png is not an image that this browser reads."
    pad = page.query_selector("#pad canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 130)
    page.mouse.up()
    assert shows(page, client, "#decoded", np.full(LATENT, -2.0))  # black in the corner
    assert pixels(page.get_attribute("#target", "src"))[..., :3].max() > 0
