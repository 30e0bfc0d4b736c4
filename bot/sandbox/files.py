"""Files on the sandbox's side: uploads with their identifiers, and how messages describe them."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

from bot.sandbox.errors import bad_request
from bot.sandbox.schema import Json

MOST_PHOTO_BYTES = 10 << 20
MOST_DOCUMENT_BYTES = 50 << 20
MOST_DOWNLOAD_BYTES = 20 << 20
_SIDES = (90, 320, 800, 1280)  # Telegram keeps a photo in several sizes


class Upload(NamedTuple):
    """A file as it is sent: by the bot in a multipart request, or by a person."""

    name: str
    content: bytes
    mime_type: str = ""


@dataclass(frozen=True)
class StoredFile:
    """A file the sandbox keeps; `kind` is photo, document, audio, video, voice or video_note."""

    file_id: str
    kind: str
    path: str
    name: str
    mime_type: str
    content: bytes
    size: tuple[int, int] | None = None

    @property
    def described(self) -> Json:
        """The part every description of a file has."""
        unique = self.file_id.rpartition("-")[2]
        return {"file_id": self.file_id, "file_unique_id": f"u{unique}", "file_size": len(self.content)}

    def media(self) -> Json:
        """The fields this file gives to a message, such as `{"photo": [PhotoSize, …]}`."""
        if self.kind == "photo":
            return {"photo": self._photo_sizes()}
        seconds = max(1, len(self.content) // 4000)
        mime, named = {"mime_type": self.mime_type}, {"file_name": self.name}
        own: dict[str, Json] = {
            "document": {**mime, **named},
            "audio": {**mime, **named, "duration": seconds},
            "video": {**mime, **named, "duration": seconds, "width": 640, "height": 360},
            "voice": {**mime, "duration": seconds},
            "video_note": {"duration": seconds, "length": 240},
        }
        return {self.kind: {**self.described, **own[self.kind]}}

    def _photo_sizes(self) -> list[Json]:
        width, height = self.size or (1, 1)
        sides = [side for side in _SIDES if side < max(width, height)] + [max(width, height)]
        scales = [side / max(width, height) for side in sides[-4:]]
        return [
            {**self.described, "width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
            for scale in scales
        ]


class FileStore:
    """All files by their identifier. Nothing is written to disk."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._numbers = count(1)

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keep a file. Raises ApiError when Telegram would refuse it."""
        size = _check_photo(upload) if kind == "photo" else None
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > MOST_DOCUMENT_BYTES:
            raise bad_request("file is too big")
        number = next(self._numbers)
        suffix = "." + upload.name.rpartition(".")[2] if "." in upload.name else ""
        mime_type = upload.mime_type or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
        path = f"{kind}s/file_{number}{suffix}"
        stored = StoredFile(f"sandbox-{kind}-{number}", kind, path, upload.name, mime_type, upload.content, size)
        self._files[stored.file_id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """The file with this identifier. Raises ApiError for an unknown one."""
        if file_id not in self._files:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self._files[file_id]

    def at(self, path: str) -> StoredFile | None:
        """The file that `getFile` gave this path."""
        number = path.rpartition("/file_")[2].partition(".")[0]
        found = self._files.get(f"sandbox-{path.partition('/')[0].removesuffix('s')}-{number}")
        return found if found and found.path == path else None

    def resolve(self, kind: str, wanted: object, uploads: Mapping[str, Upload]) -> StoredFile:
        """The file a request means: bytes, an upload ("attach://name"), or the identifier of a file sent before."""
        if isinstance(wanted, bytes):
            return self.add(kind, Upload(kind, wanted))
        name = str(wanted)
        if name.startswith("attach://"):
            upload = uploads.get(name.removeprefix("attach://"))
            if upload is None:
                raise bad_request("wrong file identifier/HTTP URL specified")
            return self.add(kind, upload)
        if name not in self._files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        stored = self._files[name]
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored


def _check_photo(upload: Upload) -> tuple[int, int]:
    if len(upload.content) > MOST_PHOTO_BYTES:
        raise bad_request("file is too big")
    try:
        with Image.open(BytesIO(upload.content)) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
