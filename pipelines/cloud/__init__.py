"""Jobs and pipelines in the cloud: Vertex AI, Kubeflow Pipelines, Kubernetes."""
