"""Where files lie is sealed in project.db: only a computer that imported them can read it.

A path may name a patient, and project folders are handed on. Each computer seals with a key of
its own, which never leaves it, so several of them can know the same project's images at different
places, side by side.
"""

import hashlib
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final

import platformdirs

from wsl_studio.domain.errors import KnownError

_BYTES: Final = 64


class Seal:
    """Turns texts to bytes that only this computer can turn back; equal texts, equal bytes.

    Args:
        key: 64 random bytes of this computer.
        salt: Of the project: one path has another seal in every project.

    Source:
        RFC 5297 (AES-SIV: deterministic, authenticated).
    """

    def __init__(self, key: bytes, salt: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV

        self._cipher = AESSIV(key)
        self._salt = salt
        self.name = hashlib.sha256(salt + key).hexdigest()[:16]
        """Tells this computer's rows of a project from those of others."""

    def close(self, text: str) -> bytes:
        """The text, sealed."""
        # AESSIV takes no empty text; a path or a list is never empty.
        return self._cipher.encrypt(text.encode("utf-8", "surrogatepass"), [self._salt])

    def open(self, sealed: bytes) -> str:
        """The text; ``cryptography.exceptions.InvalidTag`` if it was sealed elsewhere or hurt."""
        return self._cipher.decrypt(sealed, [self._salt]).decode("utf-8", "surrogatepass")


@lru_cache(8)
def seal_of(salt: bytes) -> Seal:
    """The seal of this computer for a project.

    Raises:
        KnownError: If the key can be neither read nor made.
    """
    return Seal(_key(), salt)


def _key() -> bytes:
    """The key of this computer, made when it is first needed; only its owner may read it."""
    folder = Path(platformdirs.user_data_dir("wsl-studio", appauthor=False))
    path = folder / "places.key"
    try:
        if path.exists():
            return _read(path)
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"places.{secrets.token_hex(8)}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)  # whole or not at all; another process may have been first
        except FileExistsError:
            pass
        except OSError:  # a drive without links
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return _read(path)
    except OSError as error:
        raise KnownError(
            f"The key that keeps the places of images private can't be kept in {folder}.",
            "Make the folder writable, then do this again.",
        ) from error


def _read(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != _BYTES:
        raise KnownError(
            f"{path} is damaged.",
            "Put back a copy of it, or move it away and import the folders of your projects again.",
        )
    return key
