"""Runs one function in its own process as Cloud Run would.

`python -m infra.local.function_server NAME --port P --identity http://127.0.0.1:Q` serves the function with
its concurrency and timeout of infra/functions.yaml, behind the check of the caller's identity (IAM).
K_SERVICE is not set: the settings take it for the real cloud and would refuse the emulators.
"""
