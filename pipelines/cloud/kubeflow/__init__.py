"""The Kubeflow pipeline: prepare, train, evaluate, a gate on the score, export.

`components` are the steps as Kubeflow components, `steps` what each does, `definition` connects
them, `settings` checks the parameters before any step runs, and `local` runs the pipeline here.
"""
