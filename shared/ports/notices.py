"""Whether what Amazon seems to tell us is Amazon's."""

from __future__ import annotations

from typing import Protocol

from shared.domain.mail_notice import Notice


class NoticeVerifier(Protocol):
    def verify(self, notice: Notice) -> None:
        """Raises Forbidden when it is not Amazon's, or not of our topic; Unavailable while that cannot be
        known."""

    def confirm(self, notice: Notice) -> None:
        """That we want to hear of the topic. Raises Forbidden, Unavailable."""
