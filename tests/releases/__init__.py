"""Samples of every stored document as each release wrote it, frozen: what later releases have to read.

`python -m tests.releases add VERSION` writes those of the present release, once, when it is released.
"""
