"""Arrays and records as people have them: each function writes a file and names the `--data`."""

import io
import struct
import zipfile

import numpy as np
import tensorflow as tf

COUNT = 30


def images(dtype=np.uint8, shape=(COUNT, 8, 8, 3)):
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8).astype(dtype)


def labels(first=0):
    return np.arange(COUNT) % 3 + first


def save(folder, **arrays):
    np.savez(folder / "set.npz", **arrays)
    return f"arrays:{folder / 'set.npz'}"


def keras_names(folder):
    return save(
        folder, x_train=images(), y_train=labels(), x_test=images()[:9], y_test=labels()[:9]
    )


def from_zero_to_one(folder):
    return save(folder, images=images(np.float32) / 255)


def from_minus_one_to_one(folder):
    return save(folder, images=images(np.float32) / 127.5 - 1)


def channels_first(folder):
    return save(folder, arr_0=images().transpose(0, 3, 1, 2))


def float64(folder):
    return save(folder, data=images(np.float64) / 255, labels=labels())


def booleans(folder):
    return save(folder, data=images(shape=(COUNT, 8, 8)) > 127)


def gray_without_channels(folder):
    return save(folder, data=images(shape=(COUNT, 8, 8)))


def one_array(folder):
    np.save(folder / "set.npy", images())
    return f"arrays:{folder / 'set.npy'}"


def points_in_space(folder):
    points = np.random.default_rng(0).normal(size=(200, 3)).astype(np.float32)
    return save(folder, data=points)


def points_with_nan(folder):
    points = np.zeros((200, 2), np.float32)
    points[7] = np.nan
    return save(folder, data=points)


def objects(folder):
    np.savez(folder / "set.npz", data=np.array([{"a": 1}], object))
    return f"arrays:{folder / 'set.npz'}"


def cut(folder):
    data = keras_names(folder)
    path = folder / "set.npz"
    path.write_bytes(path.read_bytes()[:2000])
    return data


def declared(folder):
    """An array whose header declares 10^12 images."""
    header = {"descr": "|u1", "fortran_order": False, "shape": (10**12, 8, 8, 3)}
    content = io.BytesIO()
    np.lib.format.write_array_header_1_0(content, header)
    with zipfile.ZipFile(folder / "set.npz", "w") as archive:
        archive.writestr("data.npy", content.getvalue() + bytes(100))
    return f"arrays:{folder / 'set.npz'}"


def labels_from_one(folder):
    return save(folder, data=images(), labels=labels(first=1))


def two_candidates(folder):
    return save(folder, photos=images(), paintings=images())


def _records(folder, features, options=None):
    path = str(folder / "set.tfrecord")
    with tf.io.TFRecordWriter(path, options) as writer:
        for number in range(COUNT):
            example = tf.train.Example(features=tf.train.Features(feature=features(number)))
            writer.write(example.SerializeToString())
    return f"tfrecord:{path}"


def _bytes(value):
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))


def _integers(*values):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=values))


def _encoded(number):
    return tf.io.encode_png(images()[number]).numpy()


def stylegan_records(folder):
    def features(number):
        pixels = images()[number].transpose(2, 0, 1)
        return {"data": _bytes(pixels.tobytes()), "shape": _integers(3, 8, 8)}

    return _records(folder, features)


def compressed_records(folder):
    return _records(folder, lambda number: {"image": _bytes(_encoded(number))}, "GZIP")


def raw_image_records(folder):
    def features(number):
        sides = {"height": _integers(8), "width": _integers(8), "depth": _integers(3)}
        return {"image_raw": _bytes(images()[number].tobytes()), **sides}

    return _records(folder, features)


def damaged_record(folder):
    data = _records(folder, lambda number: {"image": _bytes(_encoded(number))})
    path = folder / "set.tfrecord"
    content = bytearray(path.read_bytes())
    (length,) = struct.unpack("<Q", content[:8])
    content[3 * (length + 16) + 40] ^= 255  # in the fourth record, if all are equally long
    path.write_bytes(bytes(content))
    return data
