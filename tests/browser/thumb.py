"""A person with one thumb: every tap, entry and swipe is done on the screen and counted."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

TAP, CHOICE, HOLD = 1.0, 3.0, 1.5  # seconds; to choose among several is more than to tap
CHARACTER = 60 / 200  # seconds; two hundred a minute
SWIPE = 420  # pixels that a thumb moves
MOST_SWIPES = 8


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
            self._swipe_up()
        raise AssertionError(f"no swipe leads to {goal}")

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

    def _swipe_up(self) -> None:
        x, y = 300, 600
        self._touch("touchStart", {"x": x, "y": y})
        for step in range(1, 11):
            self._touch("touchMove", {"x": x, "y": y - SWIPE * step // 10})
        self._touch("touchEnd")
        before = -1.0
        while (now := self.page.evaluate("scrollY")) != before:  # it glides on by itself
            before = now
            self.page.wait_for_timeout(250)
        self._count(TAP)

    def _touch(self, kind: str, at: dict[str, float] | None = None) -> None:
        self._finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at] if at else []})

    def __post_init__(self) -> None:
        self._finger = self.page.context.new_cdp_session(self.page)

    def _count(self, seconds: float) -> None:
        self.actions += 1
        self.seconds += seconds
