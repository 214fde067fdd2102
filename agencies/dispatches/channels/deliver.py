"""Give a text to the gateway of its channel."""

from django.conf import settings

from agencies.dispatches.channels.mail import MailServer
from agencies.dispatches.channels.outgoing import ChannelMissing, Gateway, Outgoing
from agencies.dispatches.channels.sms import HttpSmsGateway

SMS, EMAIL = "sms", "email"


def deliver(outgoing: Outgoing) -> str:
    """Send it and return the gateway's number for it.

    Raises ChannelMissing, ChannelRefused, ChannelUnreachable or OutcomeUnknown.
    """
    gateway = gateway_of(outgoing.channel)
    if gateway is None:
        raise ChannelMissing
    return gateway.send(outgoing)


def gateway_of(channel: str) -> Gateway | None:
    """The configured gateway of the channel, if there is one."""
    if channel == EMAIL:
        return MailServer() if settings.EMAIL_URL else None
    if not settings.SMS_URL:
        return None
    return HttpSmsGateway(
        url=settings.SMS_URL,
        user=settings.SMS_USER,
        password=settings.SMS_PASSWORD,
        sender=settings.SMS_FROM,
        honours_key=settings.SMS_HONOURS_KEY,
    )


def may_repeat(channel: str) -> bool:
    """Whether what may have been sent can be sent again without harm."""
    return channel == SMS and bool(settings.SMS_HONOURS_KEY)


def missing_channels() -> list[str]:
    """The channels by which nothing can leave, because the installation has no gateway for them."""
    return [channel for channel in (SMS, EMAIL) if gateway_of(channel) is None]
