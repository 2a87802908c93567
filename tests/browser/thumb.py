"""A person with one thumb: every tap, entry and swipe is done on the screen and counted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

TAP, CHOICE, HOLD = 1.0, 3.0, 1.5  # seconds; to choose among several is more than to tap
CHARACTER = 60 / 200  # seconds; two hundred a minute
SWIPE = 420  # pixels that a thumb moves
STILL = 0.3  # seconds that a finger rests, after which nothing glides on
GLIDE = 1100  # pixels that a flick of that moves the page
MOST_SWIPES = 8
STEPS, FRAME = 10, 0.016  # of a swipe; seconds between two
# Frames, not seconds: a busy machine draws them later. A swipe that moves nothing has come to the end.
GLIDES = """before => new Promise(done => {
  let last = before, still = 0, moved = false;
  const look = () => {
    moved ||= scrollY !== before;
    still = scrollY === last ? still + 1 : 0;
    last = scrollY;
    if (still > (moved ? 15 : 60)) done();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


@dataclass
class Thumb:
    """What it did so far; what is not in view is swiped to first."""

    page: Page
    actions: int = 0
    seconds: float = 0.0

    def opened(self) -> None:
        """The page itself: by its icon, a notification or a link."""
        self._count(TAP)

    def tap(self, goal: Locator) -> None:
        self._reach(goal)
        goal.tap()
        self._count(TAP)

    def choose(self, goal: Locator) -> None:
        self._reach(goal)
        goal.tap()
        self._count(TAP + CHOICE)

    def write(self, goal: Locator, text: str) -> None:
        """Where the cursor stands already, without a tap."""
        expect(goal).to_be_focused()
        self.page.keyboard.type(text)
        self._count(len(text) * CHARACTER)

    def hold(self, goal: Locator) -> None:
        self._reach(goal)
        box = goal.bounding_box()
        assert box
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        self._touch("touchStart", at)
        self.page.wait_for_timeout(HOLD * 1000 + 300)
        self._touch("touchEnd")
        self._count(HOLD)

    def _reach(self, goal: Locator) -> None:
        expect(goal).to_be_visible()
        for _ in range(MOST_SWIPES):
            if self._in_view(goal):
                return
            self._swipe(self._way_to(goal))
        raise AssertionError(f"no swipe leads to {goal}")

    def _way_to(self, goal: Locator) -> int:
        """Pixels to the middle of the screen; less than none: it was swiped past."""
        box = goal.bounding_box()
        assert box
        return round(box["y"] + box["height"] / 2 - self.page.evaluate("innerHeight") / 2)

    def _in_view(self, goal: Locator) -> bool:
        """Not beneath anything else, either."""
        found: bool = goal.evaluate(
            """element => {
              const {left, top, width, height} = element.getBoundingClientRect();
              const at = document.elementFromPoint(left + width / 2, top + height / 2);
              return element.contains(at) || Boolean(at?.contains(element) && at.matches('label'));
            }"""
        )
        return found

    def _swipe(self, way: int) -> None:
        """With a flick, which glides on; where it would glide past, the page is drawn along by the finger."""
        near = abs(way) <= GLIDE
        far = max(-SWIPE, min(SWIPE, way))
        x, y = 300, 600 if far > 0 else 600 - SWIPE
        begun = time.time()
        before = self.page.evaluate("scrollY")
        self._touch("touchStart", {"x": x, "y": y}, begun)
        for step in range(1, STEPS + 1):
            self._touch("touchMove", {"x": x, "y": y - far * step // STEPS}, begun + step * FRAME)
        stopped = begun + (STEPS + 1) * FRAME
        if near:
            stopped += STILL
            self._touch("touchMove", {"x": x, "y": y - far + 1}, stopped)
        self._touch("touchEnd", None, stopped + FRAME)
        self.page.evaluate(GLIDES, before)
        self._count(TAP)

    def _touch(self, kind: str, at: dict[str, float] | None = None, moment: float | None = None) -> None:
        """At its moment, so that a swipe is as fast and glides as far on a busy machine."""
        event: dict[str, Any] = {"type": kind, "touchPoints": [at] if at else []}
        self._finger.send(
            "Input.dispatchTouchEvent", event | ({} if moment is None else {"timestamp": moment})
        )

    def __post_init__(self) -> None:
        self._finger = self.page.context.new_cdp_session(self.page)

    def _count(self, seconds: float) -> None:
        self.actions += 1
        self.seconds += seconds
