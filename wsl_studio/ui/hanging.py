"""Hangs a series by the reader's rules as it comes on screen, and makes rules of what is seen."""

from typing import TYPE_CHECKING, Any, Final

from wsl_studio.domain.hanging import HangingRule, choose, keep, read_rules
from wsl_studio.domain.reslice import UPRIGHT, Orientation
from wsl_studio.domain.words import say
from wsl_studio.jobs.values import Notice
from wsl_studio.ui.layout import Kind

if TYPE_CHECKING:
    from wsl_studio.jobs.session import Session
    from wsl_studio.ui.layouts import Layouts
    from wsl_studio.ui.looks import Looks

LAYOUTS: Final = {"planes": Kind.PLANES, "beside": Kind.BESIDE, "tiles": Kind.TILES}


class Hanging:
    """Applies a rule once a series, when its pixels and its description are there.

    Args:
        session: What is open, and the settings that hold the rules.
        viewer: How its pictures look.
        layouts: How they are arranged.
    """

    def __init__(self, session: "Session", viewer: "Looks", layouts: "Layouts") -> None:
        self._session, self._viewer, self._layouts = session, viewer, layouts
        self._done = ""

    @property
    def rules(self) -> tuple[HangingRule, ...]:
        """As they stand in the settings file (``"hanging": [...]``)."""
        settings = self._session.settings
        return () if settings is None else read_rules(settings.get("hanging"))

    def hang(self) -> None:
        """Hangs the series on screen, unless it was hung or the reader has begun to look."""
        session = self._session
        volume = session.volume
        if volume is None or self._done == volume.series_uid or not self.rules:
            return
        words = _description(session)
        rule = choose(self.rules, volume.modality, words)
        # The description is read a moment after the pixels; a rule that needs it waits for it.
        if not words and any(r.description for r in self.rules) and not session.banner:
            rule = None
        elif rule is not None:
            self._done = volume.series_uid
        if rule is not None:
            self._apply(rule)

    def _apply(self, rule: HangingRule) -> None:
        viewer = self._viewer
        for _ in range(rule.quarter_turns):
            viewer.rotate()
        if rule.is_mirrored:
            viewer.flip_across()
        names = [window.name for window in viewer.presets.all]
        if rule.window in names:
            viewer.canvas.set_window(viewer.presets.all[names.index(rule.window)])
        view = viewer.canvas.view
        if view is not None and view.is_inverted != rule.is_inverted:
            viewer.canvas.invert()
        kind = LAYOUTS.get(rule.layout)
        if kind is not None and self._layouts.now.kind is not kind:
            self._layouts.try_show(kind)

    def keep(self) -> None:
        """Makes a rule of what is seen, for series of this modality and description."""
        session, viewer = self._session, self._viewer
        volume, view = session.volume, viewer.canvas.view
        if volume is None or view is None or session.settings is None:
            return
        turns, is_mirrored = _as_turns(viewer.canvas.orientation)
        name = next((n for n, k in LAYOUTS.items() if k is self._layouts.now.kind), "")
        rule = HangingRule(
            modality=volume.modality,
            description=_description(session),
            layout=name,
            window=view.window.name,
            quarter_turns=turns,
            is_mirrored=is_mirrored,
            is_inverted=view.is_inverted,
        )
        kept: list[dict[str, Any]] = [r.model_dump() for r in keep(self.rules, rule)]
        session.settings.set("hanging", kept)
        of = " ".join(text for text in (rule.modality, f"“{rule.description}”"
                                        if rule.description else "") if text)  # fmt: skip
        session.notice.emit(
            Notice(
                say("Such series ({of}) will be shown like this from now on.", of=of)
                if of
                else "Such series will be shown like this from now on."
            )
        )


def _description(session: Any) -> str:
    return str(session.banner.get("Series", ""))


def _as_turns(orientation: Orientation) -> tuple[int, bool]:
    """Quarter turns, then a mirror or not, that lead from the stored picture to this one."""
    for is_mirrored in (False, True):
        lies = UPRIGHT
        for turns in range(4):
            if (lies.mirrored() if is_mirrored else lies) == orientation:
                return turns, is_mirrored
            lies = lies.turned()
    return 0, False
