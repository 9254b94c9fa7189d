"""The Kubeflow pipeline: prepare, train, evaluate, a gate on the figure, export.

`commands` runs the programs inside a step, `components` are the steps, `definition` joins them,
`settings` checks what is asked for before any step runs, and `local` runs all of it here.
"""
