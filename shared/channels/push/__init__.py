"""Push notifications through Firebase Cloud Messaging: the first channel."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shared.channels.parts import Parts

if TYPE_CHECKING:
    from shared.channels.push.channel import PushChannel
    from shared.channels.push.sender import FcmSender


def build(parts: Parts) -> PushChannel:
    from shared.channels.push.channel import PushChannel

    @cache
    def sender() -> FcmSender:
        return build_sender(parts)

    return PushChannel(sender, parts.residents, parts.clock, parts.settings.public_url, parts.pace)


def build_sender(parts: Parts) -> FcmSender:
    from shared.channels.push.access_token import AccessToken
    from shared.channels.push.rate import PushRate
    from shared.channels.push.sender import FcmSender

    env = parts.settings
    token = AccessToken()
    rate = PushRate(env.pushes_per_second, env.push_burst)
    return FcmSender(env.fcm_endpoint, env.project, token, token.forget, env.fcm_ca_file, rate)
