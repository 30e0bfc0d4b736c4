"""Refusals: the Bot API's, in Telegram's own words, and those that a person's own client would show."""

from bot.sandbox.schema import Json


class ApiError(Exception):
    """A Bot API refusal: `code` as in HTTP, `description` in Telegram's words, `parameters` such as retry_after."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The JSON body of the reply."""
        extra = {"parameters": self.parameters} if self.parameters else {}
        return {"ok": False, "error_code": self.code, "description": self.description, **extra}


class Impossible(Exception):
    """A person cannot do this in the chat now (a button that is not there, a bot they blocked)."""


def bad_request(words: str) -> ApiError:
    """400: the request itself is refused."""
    return ApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> ApiError:
    """403: the other side does not want to hear from the bot."""
    return ApiError(403, f"Forbidden: {words}")


def conflict(words: str) -> ApiError:
    """409: two ways of receiving updates at once."""
    return ApiError(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> ApiError:
    """429: `retry_after` in whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
