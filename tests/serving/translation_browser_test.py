"""A person draws a source and sees its translation: pytest -m browser -n 0, see `browser_test`."""

import base64

import numpy as np
import pytest
import tensorflow as tf

from . import toy_translator
from .browser import pixels, until

pytestmark = pytest.mark.browser

COLORS = np.array(toy_translator.COLORS)
LARGE = 125  # pixels of a side of a file with more than the server takes


def open_at_rest(translator, open_page, **settings):
    page = open_page(translator, **settings)
    at_rest(page)
    return page


def at_rest(page):
    """Waits until the result is that of the source."""
    page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")
    until(page, "!document.querySelector('#result').hidden")
    page.wait_for_timeout(50)


def source(page):
    """The drawing as class numbers `[height, width, 1]`; every pixel has the color of a class."""
    url = page.evaluate("document.querySelector('#paper').toDataURL('image/png')")
    same = (pixels(url)[..., None, :3] == COLORS).all(-1)
    assert same.any(-1).all()
    return same.argmax(-1)[..., None].astype(np.uint8)


def result(page):
    return pixels(page.get_attribute("#result", "src"))


def at(page, x, y):
    """The place of a pixel of the drawing in the window."""
    box = page.query_selector("#paper").bounding_box()
    scale = box["width"] / page.evaluate("document.querySelector('#paper').width")
    return box["x"] + (x + 0.5) * scale, box["y"] + (y + 0.5) * scale


def choose(page, text):
    page.locator(".chip", has_text=text).click()


def draw(page, *places):
    page.mouse.move(*at(page, *places[0]))
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*at(page, *place))
    page.mouse.up()
    at_rest(page)


def drop(page, content):
    """Drops a file on the source, as a person does with a mouse."""
    page.evaluate(
        """([text]) => {
          const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([bytes], "dropped.png", {type: "image/png"}));
          document.querySelector("#sheet").dispatchEvent(
            new DragEvent("drop", {dataTransfer, bubbles: true, cancelable: true}));
        }""",
        [base64.b64encode(content).decode()],
    )
    at_rest(page)


def png(array):
    return tf.io.encode_png(np.asarray(array, np.uint8)).numpy()


def test_the_page_begins_with_a_source_and_its_result(translator, open_page):
    page = open_at_rest(translator, open_page)
    np.testing.assert_array_equal(source(page), toy_translator.source())
    np.testing.assert_array_equal(result(page), toy_translator.result(toy_translator.source()))
    assert page.inner_text("#source-is") == "Source: mask of 3 classes"
    assert page.inner_text("#result-is") == "Result: gray image"
    names = [each.inner_text() for each in page.query_selector_all("#colors .chip")]
    assert names == toy_translator.NAMES
    assert page.is_hidden("#controls") and page.is_hidden("#images")


def test_a_stroke_in_the_color_of_a_class_changes_the_result(translator, open_page):
    page = open_at_rest(translator, open_page)
    choose(page, "door")
    draw(page, (3, 12), (12, 12))
    drawn = source(page)
    assert set(drawn[12, 3:12, 0]) == {2} and drawn[0, 0, 0] == 0
    np.testing.assert_array_equal(drawn[4:8], toy_translator.source()[4:8])
    np.testing.assert_array_equal(result(page), toy_translator.result(drawn))
    page.click("#undo")
    at_rest(page)
    np.testing.assert_array_equal(result(page), toy_translator.result(toy_translator.source()))
    page.click("#clear")
    at_rest(page)
    assert not result(page).any()


def test_the_fill_stays_within_an_area(translator, open_page):
    page = open_at_rest(translator, open_page)
    choose(page, "door")
    choose(page, "Fill")
    draw(page, (8, 6))
    np.testing.assert_array_equal(source(page), 2 * toy_translator.source())
    np.testing.assert_array_equal(result(page), 160 * toy_translator.source())


def test_a_source_is_drawn_by_keys_alone(translator, open_page):
    page = open_at_rest(translator, open_page)
    page.click("#clear")
    page.focus("[name=ink]:checked")
    page.keyboard.press("ArrowRight")  # from wall to door
    page.focus("#brush")
    page.keyboard.press("Home")  # one pixel
    page.focus("#paper")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Space")
    at_rest(page)
    expected = np.zeros((16, 16, 1), np.uint8)
    expected[8, 8] = expected[9, 9] = 2
    np.testing.assert_array_equal(source(page), expected)
    np.testing.assert_array_equal(result(page), 80 * expected)
    page.keyboard.press("Control+z")
    at_rest(page)
    assert np.count_nonzero(source(page)) == 1


@pytest.mark.parametrize("in_colors", [True, False])
def test_a_dropped_mask_of_another_size_is_translated(translator, open_page, in_colors):
    page = open_at_rest(translator, open_page)
    mask = np.random.default_rng(0).integers(0, 3, (9, 21, 1), np.uint8)
    drop(page, png(COLORS[mask[..., 0]] if in_colors else mask))
    np.testing.assert_array_equal(source(page), mask)
    np.testing.assert_array_equal(result(page), toy_translator.result(mask))
    assert (page.input_value("#wide"), page.input_value("#high")) == ("21", "9")


def test_a_chosen_file_that_is_too_large_is_reduced(translator, open_page, tmp_path):
    page = open_at_rest(translator, open_page)
    (tmp_path / "large.png").write_bytes(png(np.full((LARGE, LARGE, 1), 2)))
    page.set_input_files("#file", tmp_path / "large.png")
    until(page, "document.querySelector('#wide').value === '44'")  # 44 x 44 < 2,000 < 45 x 45
    at_rest(page)
    np.testing.assert_array_equal(result(page), np.full((44, 44, 1), 160))


def test_a_file_that_is_no_image_is_refused_and_the_drawing_stays(translator, open_page):
    page = open_at_rest(translator, open_page)
    drop(page, b"no image")
    until(page, "document.querySelector('#said').className === 'error'")
    assert page.inner_text("#said") == "dropped.png cannot be read as an image."
    np.testing.assert_array_equal(source(page), toy_translator.source())


def test_size_and_seed_are_obeyed_and_the_result_is_saved(translator, open_page):
    page = open_at_rest(translator, open_page)
    page.fill("#wide", "30")
    page.press("#wide", "Tab")
    page.fill("#draw-seed", "7")
    page.press("#draw-seed", "Tab")
    at_rest(page)
    expected = np.pad(toy_translator.source(), ((0, 0), (0, 14), (0, 0)))
    np.testing.assert_array_equal(source(page), expected)
    with page.expect_download() as download:
        page.click("#save-result")
    assert download.value.suggested_filename == "toy-result.png"
    saved = tf.io.decode_png(tf.io.read_file(str(download.value.path()))).numpy()
    np.testing.assert_array_equal(saved, toy_translator.result(expected, 7))


def test_the_way_back_begins_with_the_result(translator, open_page):
    page = open_at_rest(translator, open_page, color_scheme="dark")
    page.select_option("#direction", "translate_back")
    at_rest(page)
    shown = pixels(page.evaluate("document.querySelector('#paper').toDataURL()"))[..., :1]
    np.testing.assert_array_equal(shown, 80 * toy_translator.source())
    np.testing.assert_array_equal(result(page), COLORS[toy_translator.source()[..., 0]])
    legend = [each.inner_text() for each in page.query_selector_all("#legend li")]
    assert legend == toy_translator.NAMES
    names = [each.inner_text() for each in page.query_selector_all("#colors .chip")]
    assert names == ["black", "gray", "white"]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, ground[4:-1].split(","))) < 40


def test_a_refusal_is_shown(translator, open_page):
    page = open_at_rest(translator, open_page)
    page.evaluate(
        'window.fetch = async () => new Response(\'{"error": "Not now."}\', {status: 503})'
    )
    page.click("#clear")
    until(page, "document.querySelector('#said').textContent === 'Not now.'")
    assert page.get_attribute("#said", "class") == "error"


def test_every_control_has_a_name(translator, open_page):
    page = open_at_rest(translator, open_page)
    for each in page.query_selector_all("#translation :is(input, button, select, a, canvas)"):
        named = "e => (e.ariaLabel || e.labels?.[0]?.innerText || e.textContent).trim()"
        assert each.evaluate(named), each.evaluate("e => e.outerHTML")
