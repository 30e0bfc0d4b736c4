"""The time zone in the settings: the present choice, and the list to choose from."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.buttons import To, command
from bot.render.message import Button, Message, bold, button, chosen, esc, in_rows
from qualify.storage.people import Who
from qualify.texts import say

COMPANY = "company"
ZONES = (
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Europe/Moscow",
    "Africa/Nairobi",
    "Europe/Berlin",
    "Europe/London",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
)


def word(zone: str) -> str:
    """The word for a zone in a button's data and in the texts: its city in small letters."""
    return zone.rpartition("/")[2].replace("_", "-").lower()


BY_WORD = {word(zone): zone for zone in ZONES}


def zone_button(who: Who, company: ZoneInfo) -> Button:
    """The button in the settings that shows the chosen zone and leads to the list."""
    zone = _city(who.timezone, who.language) if who.timezone else _companys(company, who.language)
    return button(say(who.language, "zone-row", zone=zone), command(To.ZONE))


def zones_message(who: Who, company: ZoneInfo, now: datetime) -> Message:
    """The list: the company's zone first, then the others, each with the time that its clocks show now."""
    language = who.language
    first = _option(_companys(company, language), company, now, language)
    buttons = [button(chosen(who.timezone in (None, company.key)) + first, command(To.ZONE, word=COMPANY))]
    for name in ZONES:
        if name != company.key:
            option = _option(_city(name, language), ZoneInfo(name), now, language)
            buttons.append(button(chosen(name == who.timezone) + option, command(To.ZONE, word=word(name))))
    text = f"{bold(say(language, 'zone-title'))}\n{esc(say(language, 'zone-hint'))}"
    return Message(text, [buttons[:1], *in_rows(buttons[1:], 2)])


def _option(city: str, zone: ZoneInfo, now: datetime, language: str) -> str:
    return say(language, "zone-option", city=city, time=f"{now.astimezone(zone):%H:%M}")


def _companys(company: ZoneInfo, language: str) -> str:
    return say(language, "zone-company", zone=_city(company.key, language))


def _city(zone: str, language: str) -> str:
    """The city's name in the language; for a zone that isn't in the list, the zone's own name."""
    return say(language, "zone-city", city=word(zone), name=zone)
