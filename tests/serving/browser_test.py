"""The page in a real browser: pytest -m browser -n 0 (needs Chromium and playwright)."""

import json

import numpy as np
import pytest
import tensorflow as tf

from .browser import pixels, until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def roomy(conditional_model, serving):
    with serving(conditional_model, batch=64) as client:
        yield client


def drawing(page):
    """Waits for the samples, and gives their pictures as arrays."""
    until(page, "document.querySelectorAll('#grid img').length > 0")
    return [pixels(image.get_attribute("src")) for image in page.query_selector_all("#grid img")]


def images(client, **columns):
    answer = client.predict({"inputs": columns, "output_filter": ["image"]})[1]
    return np.array(answer["outputs"])


def test_the_first_look_shows_every_class_of_every_seed(roomy, open_page):
    page = open_page(roomy)
    pictures = drawing(page)
    count = len(pictures)
    assert count == int(page.input_value("#count")) == 36
    seeds, labels = [index // 3 for index in range(count)], [index % 3 for index in range(count)]
    np.testing.assert_array_equal(pictures, images(roomy, seed=seeds, label=labels))
    assert page.inner_text("#title") == "toy"
    assert "classes 3" in page.inner_text("#facts")
    # Pixels stay pixels, and each class has its own columns: nine of them.
    grid = page.query_selector("#grid")
    style = "element => getComputedStyle(element)"
    assert page.evaluate(f"{style}.imageRendering", grid.query_selector("img")) == "pixelated"
    assert len(page.evaluate(f"{style}.gridTemplateColumns", grid).split()) == 9


def test_seed_count_class_and_truncation_are_obeyed_from_the_keyboard(roomy, open_page):
    page = open_page(roomy)
    drawing(page)
    page.focus("#seed")
    page.keyboard.press("Control+a")
    page.keyboard.type("70")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.keyboard.type("class 2")
    page.keyboard.press("Tab")
    for _ in range(50):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    with page.expect_response(lambda answer: answer.url.endswith(":predict")):
        page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#grid img').length === 4")
    until(page, "document.querySelector('#truncation-is').textContent === '1.06'")
    page.wait_for_load_state("networkidle")
    threshold = 0.125 + 0.5 * (2.0 - 0.125)
    expected = images(roomy, seed=list(range(70, 74)), label=[2] * 4, truncation=[threshold] * 4)
    np.testing.assert_array_equal(drawing(page), expected)


def test_a_chosen_sample_is_shown_large_and_saved(roomy, open_page):
    page = open_page(roomy)
    drawing(page)
    page.click("#grid button:nth-child(5)")
    assert page.inner_text("#chosen-is") == "seed 1, class 1"
    assert page.get_attribute("#grid button:nth-child(5)", "aria-pressed") == "true"
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "toy-seed-1-label-1.png"
    saved = tf.io.decode_png(tf.io.read_file(str(download.value.path()))).numpy()
    np.testing.assert_array_equal(saved, images(roomy, seed=[1], label=[1])[0])
    with page.expect_download() as download:
        page.click("#save-all")
    whole = tf.io.decode_png(tf.io.read_file(str(download.value.path())), channels=3).numpy()
    assert whole.shape == (6 * 5, 6 * 4, 3)
    np.testing.assert_array_equal(whole[5:10, 4:8], images(roomy, seed=[2], label=[1])[0])


def blend(client, page):
    """The pictures of the strip from seed 1 to seed 9, of class 1, and the latents of both."""
    drawing(page)
    page.click("#grid button:nth-child(5)")  # seed 1, class 1
    page.fill("#to", "9")
    page.click("#from-here")
    until(page, "document.querySelector('#blend-class').textContent === ', class 1'")
    page.wait_for_load_state("networkidle")
    strip = [pixels(image.get_attribute("src")) for image in page.query_selector_all("#strip img")]
    latents = client.predict({"signature_name": "latent", "inputs": {"seed": [1, 9]}})[1]
    return strip, np.array(latents["outputs"]["latent"])


def generated(client, latent):
    inputs = {"latent": [latent.tolist()], "label": [1]}
    request = {"signature_name": "generate", "inputs": inputs, "output_filter": ["image"]}
    return np.array(client.predict(request)[1]["outputs"])


@pytest.mark.parametrize("mode", [None, "linear", "spherical"])
def test_a_blend_runs_along_the_path_of_the_metadata_and_else_the_line(
    export_toy, tmp_path, serving, open_page, mode
):
    export_toy(tmp_path, classes=3)
    if mode:
        path = tmp_path / "1" / "assets.extra" / "tfgan.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"paths": {"latent": mode}}))
    with serving(tmp_path, batch=64) as client:
        strip, (one, other) = blend(client, open_page(client))
        middle = (one + other) / 2
        if mode == "spherical":
            lengths = [np.linalg.norm(end) for end in (one, other)]
            middle = one / lengths[0] + other / lengths[1]
            middle *= np.mean(lengths) / np.linalg.norm(middle)
        expected = generated(client, middle)
        assert np.abs(strip[4].astype(int) - expected).max() <= 1  # float64 here, rounding there


def test_a_blend_begins_and_ends_with_its_samples_and_plays(roomy, open_page):
    page = open_page(roomy)
    strip, _ = blend(roomy, page)
    ends = images(roomy, seed=[1, 9], label=[1, 1])
    np.testing.assert_array_equal([strip[0], strip[-1]], ends)
    page.focus("#path-at")
    page.keyboard.press("End")
    np.testing.assert_array_equal(pixels(page.get_attribute("#path-image", "src")), ends[1])
    page.click("#strip button:nth-child(1)")
    assert page.input_value("#path-at") == "0"
    page.click("#play")
    until(page, "Number(document.querySelector('#path-at').value) > 3")
    page.click("#play")


def test_an_unconditional_model_has_no_class(toy_model, serving, open_page):
    with serving(toy_model, batch=64) as client:
        page = open_page(client, color_scheme="dark")
        pictures = drawing(page)
        np.testing.assert_array_equal(pictures, images(client, seed=list(range(32))))
        assert not page.is_visible("#label")
        assert page.is_visible("#truncation") and page.is_visible("#strip")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(map(int, ground[4:-1].split(","))) < 40


def test_points_are_shown_in_the_plane(tmp_path, serving, open_page):
    @tf.function(input_signature=[tf.TensorSpec((None,), tf.int64, "seed")])
    def sample(seed):
        return {
            "point": tf.stack(
                [tf.cast(seed, tf.float32) / 512.0, tf.ones_like(seed, tf.float32)], 1
            )
        }

    tf.saved_model.save(tf.Module(), str(tmp_path / "1"), {"serving_default": sample})
    (tmp_path / "1" / "assets.extra").mkdir()
    (tmp_path / "1" / "assets.extra" / "tfgan.json").write_text('{"format": 1, "recipe": "line"}')
    with serving(tmp_path, batch=600) as client:
        page = open_page(client)
        until(page, "document.querySelectorAll('#plot circle').length === 512")
        third = page.query_selector("#plot circle:nth-of-type(3)")
        assert (float(third.get_attribute("cx")), float(third.get_attribute("cy"))) == (2 / 512, -1)
        assert not page.is_visible("#images") and not page.is_visible("#blend")


def test_the_strips_of_videos_are_saved_whole(tmp_path, serving, open_page):
    @tf.function(input_signature=[tf.TensorSpec((None,), tf.int64, "seed")])
    def sample(seed):
        shade = tf.cast(seed, tf.uint8)[:, None, None, None]
        strips = tf.tile(shade, [1, 2, 6, 1])  # three frames of 2 x 2
        return {"png_bytes": tf.map_fn(tf.io.encode_png, strips, fn_output_signature=tf.string)}

    tf.saved_model.save(tf.Module(), str(tmp_path / "1"), {"serving_default": sample})
    (tmp_path / "1" / "assets.extra").mkdir()
    (tmp_path / "1" / "assets.extra" / "tfgan.json").write_text(
        '{"format": 1, "recipe": "strips", "shape": [3, 2, 2, 1]}'
    )
    with serving(tmp_path, batch=600) as client:
        page = open_page(client)
        until(page, "document.querySelectorAll('#grid img').length === 32")
        page.wait_for_load_state("networkidle")
        with page.expect_download() as download:
            page.click("#save-all")
        whole = tf.io.decode_png(tf.io.read_file(str(download.value.path())), channels=1).numpy()
    assert whole.shape == (6 * 2, 6 * 6, 1)
    np.testing.assert_array_equal(whole[2:4, 6:12], np.full((2, 6, 1), 7))  # second row and column


def test_texts_are_shown_line_by_line(tmp_path, serving, open_page):
    @tf.function(input_signature=[tf.TensorSpec((None,), tf.int64, "seed")])
    def sample(seed):
        return {"text": tf.strings.join(["seed <", tf.strings.as_string(seed), ">"])}

    tf.saved_model.save(tf.Module(), str(tmp_path / "1"), {"serving_default": sample})
    (tmp_path / "1" / "assets.extra").mkdir()
    (tmp_path / "1" / "assets.extra" / "tfgan.json").write_text('{"format": 1, "recipe": "line"}')
    with serving(tmp_path, batch=600) as client:
        page = open_page(client)
        until(page, "document.querySelector('#lines').textContent !== ''")
        lines = page.inner_text("#lines").split("\n")
        assert lines == [f"seed <{seed}>" for seed in range(32)]
        assert not page.is_visible("#images") and not page.is_visible("#points")


def test_another_savedmodel_shows_its_signatures(tmp_path, serving, open_page):
    @tf.function(input_signature=[tf.TensorSpec((None, 2), tf.float32, "x")])
    def double(x):
        return {"y": 2.0 * x}

    tf.saved_model.save(tf.Module(), str(tmp_path / "1"), {"serving_default": double})
    with serving(tmp_path) as client:
        page = open_page(client)
        assert "x: float32 [any, 2]" in page.inner_text("#signatures")
        assert not page.is_visible("#controls")


def test_a_refusal_is_shown(roomy, open_page):
    page = open_page(roomy)
    drawing(page)
    page.evaluate(
        'window.fetch = async () => new Response(\'{"error": "Not now."}\', {status: 503})'
    )
    page.click("#draw")
    until(page, "document.querySelector('#status').textContent === 'Not now.'")
    assert page.get_attribute("#status", "class") == "error"


def test_a_name_that_was_rebound_to_this_machine_reads_nothing(roomy, chromium):
    page = chromium.new_page()
    answer = page.goto(f"http://evil.example:{roomy.port}/v1/models/toy/metadata")
    assert answer.status == 421 and "evil.example" in answer.json()["error"]
    page.close()
