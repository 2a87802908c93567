"""A second channel: a letter to every resident of an entry, whether or not they have a phone.

In one process its letters are a list; with STUB_LETTERS set (the local stack) they are lines of that file.
"""

from __future__ import annotations

import os

from shared.channels.parts import Parts
from tests.channels.stub.channel import StubChannel
from tests.channels.stub.post import FilePost


def build(parts: Parts) -> StubChannel:
    return StubChannel(FilePost(os.environ["STUB_LETTERS"]), parts.clock, parts.pace)
