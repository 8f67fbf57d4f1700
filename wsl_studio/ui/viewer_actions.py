"""What keys can do in the viewer: the table that the window's key table takes over."""

from typing import Final, NamedTuple


class ViewerAction(NamedTuple):
    """One thing a key can do in the viewer: what the window's key table registers.

    ``keys`` are as Qt writes them; ``method`` is a method of ``Viewer`` without arguments;
    ``repeats`` if holding the key does it again and again (a held switch would flicker).
    """

    name: str
    title: str
    keys: tuple[str, ...]
    method: str
    repeats: bool = False


VIEWER_ACTIONS: Final[tuple[ViewerAction, ...]] = (
    ViewerAction("slice_back", "previous slice", ("Up",), "slice_back", True),
    ViewerAction("slice_on", "next slice", ("Down",), "slice_on", True),
    ViewerAction("page_back", "10 slices back", ("PgUp",), "page_back", True),
    ViewerAction("page_on", "10 slices on", ("PgDown",), "page_on", True),
    ViewerAction("first_slice", "first slice", ("Home",), "first_slice"),
    ViewerAction("last_slice", "last slice", ("End",), "last_slice"),
    ViewerAction("next_decisive", "next decisive slice", ("D",), "next_decisive", True),
    ViewerAction("back_decisive", "previous decisive slice", ("Shift+D",), "back_decisive", True),
    ViewerAction("overlay", "evidence on the image: on, off", ("Space",), "toggle_overlay"),
    ViewerAction("drawings", "drawings of the file: on, off", ("Shift+D",), "toggle_drawings"),
    ViewerAction("more_opacity", "evidence stronger", ("O",), "more_opacity", True),
    ViewerAction("less_opacity", "evidence fainter", ("Shift+O",), "less_opacity", True),
    ViewerAction("box", "box: drag it while held", ("B",), "start_box"),
    ViewerAction("range_first", "first slice of a range", ("[",), "mark_first"),
    ViewerAction("range_last", "last slice of a range", ("]",), "mark_last"),
    ViewerAction("leave_tool", "leave the box or range", ("Esc",), "leave_tool"),
    ViewerAction("next_window", "next window", ("W",), "next_window"),
    *(ViewerAction(f"window_{k}", f"window {k}", (f"F{k}",), f"window_{k}") for k in range(1, 10)),
    ViewerAction("invert", "invert the grey scale", ("I",), "invert"),
    ViewerAction("reset", "reset zoom and window", ("R",), "reset"),
    ViewerAction("zoom_in", "larger", ("+", "="), "zoom_in", True),
    ViewerAction("zoom_out", "smaller", ("-",), "zoom_out", True),
)
