"""One family of line icons: paths on a 16-pixel grid, stroked 1.5 px with round ends."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from wsl_studio.ui.theme import Inks, ink, role_of, scaled

PATHS: Final[dict[str, str]] = {
    "accept": "M3 8.5 6.5 12 13 4.5",
    "box": "M3 4h10v8H3z",
    "chevron-down": "M4 6.5 8 10.5 12 6.5",
    "chevron-up": "M4 9.5 8 5.5 12 9.5",
    "close": "M4 4l8 8M12 4l-8 8",
    "defer": "M6 4v8M10 4v8",
    "eye": "M1.5 8C3.5 4.7 5.6 3.5 8 3.5s4.5 1.2 6.5 4.5c-2 3.3-4.1 4.5-6.5 4.5S3.5 11.3 1.5 8z"
    "M8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
    "eye-off": "M2.5 13.5l11-11M4.8 11.6C3.5 10.8 2.4 9.6 1.5 8 3.5 4.7 5.6 3.5 8 3.5"
    "c.8 0 1.6.1 2.3.4M12.4 5.5c.8.7 1.5 1.5 2.1 2.5-2 3.3-4.1 4.5-6.5 4.5"
    "-.5 0-1 0-1.4-.1",
    "folder": "M2 12.5v-9h4l1.5 2H14v7z",
    "import": "M8 2v7.5M5 6.8 8 9.8l3-3M2.5 10.5v3h11v-3",
    "info": "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.3v3.7M8 4.9v.2",
    "keys": "M1.5 4h13v8h-13zM4 6.5h.1M6.7 6.5h.1M9.3 6.5h.1M12 6.5h.1M5 9.5h6",
    "list": "M5.5 4H14M5.5 8H14M5.5 12H14M2.3 4h.1M2.3 8h.1M2.3 12h.1",
    "next": "M3 8h9.5M9 4.5 12.5 8 9 11.5",
    "note": "M3 3h10v7l-3 3H3zM10 13v-3h3M5.5 6h5M5.5 8.5h3",
    "history": "M2.5 8a5.5 5.5 0 1 0 1.8-4.1M2.5 2.5v2.6h2.6M8 5v3.2l2 1.3",
    "point": "M8 3v3M8 10v3M3 8h3M10 8h3M8 7.9v.2",
    "print": "M4.5 6V2.5h7V6M4.5 11h-2V6h11v5h-2M4.5 9.5h7v4h-7z",
    "scribble": "M2.5 11c2-5 3.5-5 4-2s1.500 3 3-1 2.500-4 4-2",
    "person": "M8 2.5a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM2.8 13.5c.5-2.6 2.4-4 5.2-4"
    "s4.7 1.4 5.2 4",
    "phantom": "M8 2.5c-3.3 0-5.5 2.3-5.5 5.5S4.7 13.5 8 13.5s5.5-2.3 5.5-5.5S11.3 2.5 8 2.5z"
    "M6.3 6v4M9.7 6v4",
    "play": "M5 3.5v9L12.5 8z",
    "plus": "M8 3v10M3 8h10",
    "previous": "M13 8H3.5M7 4.5 3.5 8 7 11.5",
    "question": "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM6.2 6.5c.1-1.2.8-1.8 1.8-1.8s1.8.7 1.8 1.6"
    "c0 1.3-1.8 1.4-1.8 2.7M8 11.2v.1",
    "range": "M3 3v10M13 3v10M5 8h6M6.5 6.5 5 8l1.5 1.5M9.5 6.5 11 8 9.5 9.5",
    "redo": "M13 6H6a3.5 3.5 0 0 0 0 7h4M10.2 3.2 13 6l-2.8 2.8",
    "remove": "M3 8h10",
    "search": "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3 13.5 13.5",
    "settings": "M2 4.5h6M11.5 4.5H14M2 11.5h2.5M8 11.5h6M9.7 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0"
    " 0 0-3.4zM6.3 9.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z",
    "skip": "M3 4.5 7 8l-4 3.5zM9 4.5 13 8l-4 3.5z",
    "stop": "M4 4h8v8H4z",
    "trouble": "M8 2.5 14.5 13.5h-13zM8 6.8v3.2M8 11.7v.1",
    "undo": "M3 6h7a3.5 3.5 0 0 1 0 7H6M5.8 3.2 3 6l2.8 2.8",
}


def pixmap(name: str, colour: str = "", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """One icon at a size in logical pixels, for a screen with ``ratio`` device pixels each."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<path d="{PATHS[name]}" fill="none" stroke="{colour or ink().text}" stroke-width="1.5" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    side = round(size * ratio)
    out = QPixmap(QSize(side, side))
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    out.setDevicePixelRatio(ratio)
    return out


def icon(name: str, colour: str = "") -> QIcon:
    """One icon for buttons and menus, sharp at 1x, 2x and 3x.

    Args:
        name: Key of ``PATHS``.
        colour: ``#rrggbb``, that of words if empty; the disabled state is always faint.

    Raises:
        KeyError: There is no such icon.
    """
    return _icon(name, colour or ink().text, ink().faint, scaled(16))


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, faint: str, size: int) -> QIcon:
    out = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        out.addPixmap(pixmap(name, colour, size, ratio))
        out.addPixmap(pixmap(name, faint, size, ratio), QIcon.Mode.Disabled)
    _MADE[out.cacheKey()] = name, colour
    return out


_MADE: Final[dict[int, tuple[str, str]]] = {}
"""What each icon shows, by Qt's key of it."""


def retinted(old: QIcon, look: Inks) -> QIcon | None:
    """The same icon in the colours of now; None for one that was not made here.

    Args:
        old: An icon in the colours of another look.
        look: That look.
    """
    name, colour = _MADE.get(old.cacheKey(), ("", ""))
    role = role_of(colour, look)
    return icon(name, getattr(ink(), role)) if name and role else None
