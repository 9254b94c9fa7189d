"""Sources of translations come as image files or as numbers, of any size up to the limit."""

import base64
import io
import types

import numpy as np
import PIL.Image
import pytest
import tensorflow as tf

from tfgan.serving import http_errors, image_inputs

from . import toy_translator

MASK = np.array([[0, 1, 2], [2, 1, 0]], np.uint8)[..., None]


def b64(array, kind="PNG", **settings):
    file = io.BytesIO()
    PIL.Image.fromarray(np.array(array, np.uint8)).save(file, kind, **settings)
    return {"b64": base64.b64encode(file.getvalue()).decode()}


def ask(client, *sources, signature="translate", **columns):
    rows = [{"source": each} | columns for each in sources]
    return client.predict({"signature_name": signature, "instances": rows})


CLOCKWISE = PIL.Image.Exif()
CLOCKWISE[0x0112] = 6  # the file is to be turned

FORMS = {
    "numbers": MASK.tolist(),
    "a gray file of class numbers": b64(MASK[..., 0]),
    "a file in the colors of the palette": b64(np.array(toy_translator.COLORS)[MASK[..., 0]]),
    "a turned file": b64(np.rot90(MASK[..., 0]), exif=CLOCKWISE),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_mask_is_translated_in_whatever_form_it_comes(translator, form):
    status, answer = ask(translator, FORMS[form])
    assert status == 200, answer
    [row] = answer["predictions"]
    expected = toy_translator.result(MASK)
    np.testing.assert_array_equal(row["image"], expected)
    png = tf.io.decode_png(base64.b64decode(row["png_bytes"]["b64"])).numpy()
    np.testing.assert_array_equal(png, expected)


def test_rows_of_one_size_may_have_several_forms(translator):
    status, answer = ask(translator, MASK.tolist(), b64(MASK[..., 0]), seed=5)
    assert status == 200
    images = [row["image"] for row in answer["predictions"]]
    np.testing.assert_array_equal(images, [toy_translator.result(MASK, 5)] * 2)


def test_columns_take_files_too(translator):
    question = {"inputs": {"source": [b64(MASK[..., 0])]}, "output_filter": ["image"]}
    status, answer = translator.predict(question | {"signature_name": "translate"})
    assert status == 200
    np.testing.assert_array_equal(answer["outputs"], toy_translator.result(MASK)[None])


def test_the_way_back_takes_pictures_of_the_other_kind(translator):
    white = [[(255, 255, 255, 255), (0, 0, 0, 0), (100, 100, 100, 255)]]  # one is transparent
    status, answer = ask(translator, b64(white), signature="translate_back")
    assert status == 200
    assert answer["predictions"][0]["mask"] == [[[2], [2], [1]]]


def test_a_sample_takes_a_file_of_its_size(translator):
    question = {"instances": [{"seed": 3, "source": b64(toy_translator.source()[..., 0])}]}
    status, answer = translator.predict(question)
    assert status == 200
    expected = toy_translator.result(toy_translator.source(), 3)
    np.testing.assert_array_equal(answer["predictions"][0]["image"], expected)


_BROKEN = {"b64": base64.b64encode(b"\x89PNG\r\n\x1a\n and no more").decode()}
_SHAPE = "must have the shape [any, any, any, 1]; received "

REFUSED = {
    "no image": ([{"b64": "AAAA"}], "'source' holds an unusable image: it "),
    "a broken image": ([_BROKEN], "'source' holds an unusable image: it "),
    "no base64": ([{"b64": "%"}], "'source' has a b64 that is not base64"),
    "another object": ([{"png": "AAAA"}], 'only as {"b64": "..."}'),
    "text": (["AAAA"], "received a string"),
    "an unknown class in a file": ([b64([[3]])], "it has the class 3; masks have the classes 0 to"),
    "an unknown class": ([[[[3]]]], "The model refuses: source must hold classes, 0 to 2."),
    "three channels": ([[[[0, 0, 0]]]], _SHAPE + "[1, 1, 1, 3]"),
    "three channels beside a file": ([b64([[0]]), [[[0, 0, 0]]]], "received [1, 1, 3]"),
    "no channels": ([[[0, 0]]], _SHAPE),
    "no pixels": ([[[]]], _SHAPE),
    "two sizes": ([b64([[0]]), b64([[0, 0]])], "must have one size; received 1 x 1 and 2 x 1"),
    "two sizes of numbers": ([[[[0]]], [[[0], [0]]]], "'source' is ragged"),
    "a large file": (
        [b64(np.zeros((50, 41)))],
        "it has more pixels than a request may have in all",
    ),
    "large files": ([b64(np.zeros((40, 40)))] * 2, "more pixels than a request may have in all"),
    "many numbers": ([np.zeros((50, 41, 1), int).tolist()], "may have 2,000 pixels in all"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_image_gets_one_sentence(translator, case):
    sources, expected = REFUSED[case]
    status, answer = ask(translator, *sources)
    assert (status, list(answer)) == (400, ["error"])
    assert expected in answer["error"] and len(answer["error"]) < 200
    assert ask(translator, MASK.tolist())[0] == 200


def test_a_sample_of_another_size_is_refused(translator):
    status, answer = translator.predict({"instances": [{"seed": 3, "source": b64([[0]])}]})
    assert status == 400 and "must have the shape [any, 16, 16, 1]; received [1, 1, 1, 1]" in str(
        answer
    )


def test_an_encoder_takes_a_file_and_a_discriminator_does_not():
    spec = tf.TensorSpec([None, 2, 3, 1], tf.uint8)
    metadata = {"modality": {"kind": "images"}, "shape": [2, 3, 1]}

    def inputs(name):
        signature = types.SimpleNamespace(name=name, inputs={"image": spec})
        return image_inputs.of_model(signature, metadata)

    [image] = inputs("encode").values()
    color = np.repeat(MASK * 100, 3, axis=-1)
    np.testing.assert_array_equal(image.from_json([b64(color)], 100), MASK[None] * 100)
    np.testing.assert_array_equal(image.from_json([MASK.tolist()], 100), MASK[None])
    with pytest.raises(http_errors.Rejection, match="'image' must have the shape"):
        image.from_json([b64([[0]])], 100)
    assert not inputs("discriminate")
