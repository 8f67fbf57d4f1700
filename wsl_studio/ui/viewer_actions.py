"""What keys can do in the viewer: the table that the window's key table takes over."""

from typing import Final, NamedTuple

from wsl_studio.domain.words import say


class ViewerAction(NamedTuple):
    """One thing a key can do in the viewer: what the window's key table registers.

    ``keys`` are as Qt writes them; ``method`` is a method of ``Viewer`` (or, with a dot, of one of
    its parts) without arguments;
    ``repeats`` if holding the key does it again and again (a held switch would flicker);
    ``group`` is its heading in the key help.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    method: str
    repeats: bool = False
    group: str = "Image"


A = ViewerAction
_IMAGE: Final = (
    A("slice_back", "previous slice", ("Up",), "slice_back", True),
    A("slice_on", "next slice", ("Down",), "slice_on", True),
    A("page_back", "10 slices back", ("PgUp",), "page_back", True),
    A("page_on", "10 slices on", ("PgDown",), "page_on", True),
    A("first_slice", "first slice", ("Home",), "first_slice"),
    A("last_slice", "last slice", ("End",), "last_slice"),
    A("cine", "cine: start, stop", ("Shift+Space",), "cine.toggle"),
    A("faster", "cine faster", (".",), "cine.faster", True),
    A("slower", "cine slower", (",",), "cine.slower", True),
    A("box", "box: drag it while held", ("B",), "start_box"),
    A("range_first", "first slice of a range", ("[",), "mark_first"),
    A("range_last", "last slice of a range", ("]",), "mark_last"),
    A("leave_tool", "leave the tool, the range or the layout", ("Esc",), "leave_tool"),
    A("next_window", "next window", ("W",), "next_window"),
    *(A(f"window_{k}", say("window {k}", k=k), (f"F{k}",), f"window_{k}") for k in range(1, 10)),
    A("auto_window", "window of this slice's histogram", ("Shift+W",), "auto_window"),
    A("keep_window", "keep this window as a preset", ("Ctrl+Shift+W",), "keep_window"),
    A("invert", "invert the grey scale", ("I",), "invert"),
    A("reset", "reset zoom, window and turns", ("R",), "reset"),
    A("zoom_in", "larger", ("+", "="), "zoom_in", True),
    A("zoom_out", "smaller", ("-",), "zoom_out", True),
    A("fit", "fit the image", ("F",), "zoom_fit"),
    A("one_to_one", "one pixel on one pixel", ("Shift+F",), "zoom_one"),
    A("region", "enlarge a region: drag it", ("Z",), "zoom_region"),
    A("headers", "header of this slice", ("Shift+I",), "header_lines.look"),
    A("drawings", "drawings of the file: on, off", ("Ctrl+D",), "toggle_drawings"),
    A("lens", "magnifier: on, off", ("Shift+Z",), "toggle_lens"),
    A("rotate", "rotate by 90\N{DEGREE SIGN}", ("Ctrl+Right",), "rotate"),
    A("rotate_back", "rotate back by 90\N{DEGREE SIGN}", ("Ctrl+Left",), "rotate_back"),
    A("flip_across", "flip left and right", ("Ctrl+Up",), "flip_across"),
    A("flip_down", "flip top and bottom", ("Ctrl+Down",), "flip_down"),
    A("distance", "measure a distance", ("M",), "measure_distance"),
    A("angle", "measure an angle", ("Shift+M",), "measure_angle"),
    A("rectangle", "values in a rectangle", ("Shift+B",), "measure_rectangle"),
    A("ellipse", "values in an ellipse", ("Ctrl+B",), "measure_ellipse"),
    A("remove_measure", "remove the chosen or last measure", ("Del",), "remove_measure"),
)
_EVIDENCE: Final = (
    A("next_decisive", "next decisive slice", ("D",), "next_decisive", True),
    A("back_decisive", "previous decisive slice", ("Shift+D",), "back_decisive", True),
    A("overlay", "evidence on the image: on, off", ("Space",), "toggle_overlay"),
    A("hold_hidden", "evidence hidden while held", ("Q",), "hold_hidden"),
    A("fill", "evidence as area, contours, both", ("L",), "next_fill"),
    A("all_findings", "evidence on every finding: on, off", ("Shift+L",), "toggle_findings"),
    A("peaks", "regions h+ and h\N{MINUS SIGN}: on, off", ("Ctrl+Shift+J",), "toggle_peaks"),
    A("next_peak", "fly to the next region h+, h\N{MINUS SIGN}", ("J",), "stage.next_peak", True),
    A("back_peak", "fly to the region before", ("Shift+J",), "stage.back_peak", True),
    A("more_opacity", "evidence stronger", ("O",), "more_opacity", True),
    A("less_opacity", "evidence fainter", ("Shift+O",), "less_opacity", True),
    A("faithful", "is it faithful: only, and without, this tissue", ("Shift+E",), "keep_remove"),
)
_LAYOUT: Final = (
    A("planes", "three planes", ("V",), "layouts.planes"),
    A("compare", "second series beside", ("K",), "layouts.compare"),
    A("next_compared", "another second series", ("Shift+K",), "layouts.next_compared"),
    A("beside", "plain beside evidence", ("U",), "layouts.beside"),
    A("rounds_beside", "before and after a round", ("Shift+U",), "layouts.rounds"),
    A(
        "spread_beside",
        "repeatability beside evidence: on, off",
        ("Ctrl+Shift+E",),
        "layouts.toggle_spread",
    ),
    A("tiles", "all slices", ("Shift+V",), "layouts.tiles"),
    A("next_picture", "keys turn the next picture", ("Right",), "layouts.next_picture"),
    A("link", "scroll two series together: on, off", ("Ctrl+Shift+L",), "layouts.toggle_link"),
    A("keep_hanging", "show such series like this", ("Ctrl+Shift+K",), "hanging.keep"),
    A("lines", "crosshair and reference lines: on, off", ("Shift+R",), "layouts.toggle_lines"),
    A("thicker", "thicker slab", ("Shift+PgUp",), "layouts.thicker", True),
    A("thinner", "thinner slab", ("Shift+PgDown",), "layouts.thinner", True),
    A("through", "slab as mean, MIP, MinIP", ("Shift+T",), "layouts.next_through"),
)
VIEWER_ACTIONS: Final[tuple[ViewerAction, ...]] = (
    *_IMAGE,
    *(action._replace(group="Evidence") for action in _EVIDENCE),
    *(action._replace(group="Layout") for action in _LAYOUT),
)
