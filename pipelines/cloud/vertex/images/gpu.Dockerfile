# tfgan for NVIDIA GPUs and CPUs: CUDA comes with TensorFlow, the driver is the machine's.
#
#     docker build -f pipelines/cloud/vertex/images/gpu.Dockerfile -t IMAGE .
#     docker run --gpus=all IMAGE train --recipe=dcgan
FROM python:3.12.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1

WORKDIR /opt/tfgan
COPY setup.py pyproject.toml README.md ./
COPY tfgan tfgan
COPY pipelines pipelines
RUN pip install '.[gpu,digits,tfds,vertex,kfp]'

# Vertex AI has trials write their metric to /var/hypertune.
RUN useradd --create-home --uid 1000 tfgan && install -d -o tfgan /var/hypertune
USER tfgan
WORKDIR /home/tfgan

ENTRYPOINT ["python", "-m", "tfgan.pipelines"]
CMD ["--help"]
