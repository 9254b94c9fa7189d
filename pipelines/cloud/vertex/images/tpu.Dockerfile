# tfgan for Cloud TPUs, of the kinds that TensorFlow supports.
#
#     docker build -f pipelines/cloud/vertex/images/tpu.Dockerfile -t IMAGE .
FROM python:3.12.11-slim-bookworm

# TensorFlow looks for the TPU's driver when it is imported.
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 \
    PJRT_DEVICE=TPU NEXT_PLUGGABLE_DEVICE_USE_C_API=true TPU_NAME=local \
    TF_PLUGGABLE_DEVICE_LIBRARY_PATH=/usr/local/lib/python3.12/site-packages/libtpu/libtpu.so

WORKDIR /opt/tfgan
COPY setup.py pyproject.toml README.md ./
COPY tfgan tfgan
COPY pipelines pipelines
RUN pip install '.[tpu,digits,tfds,vertex,kfp]' && test \
    "$(python -c 'import libtpu; print(libtpu.get_library_path())')" = \
    "$TF_PLUGGABLE_DEVICE_LIBRARY_PATH"

# Root: the TPU's device files are root's.
WORKDIR /root

ENTRYPOINT ["python", "-m", "tfgan.pipelines"]
CMD ["--help"]
