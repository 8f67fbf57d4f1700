"""Every learning method, found by walking this folder; torch is not needed to know them."""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from pydantic import ValidationError

from wsl_studio.domain.recipe import Method
from wsl_studio.learn.methods.common import COMPARED, DEEP, FEW, PICTURES


def _find() -> dict[str, Method[Any]]:
    """Methods by name; a module of this folder offers one as ``METHOD``."""
    modules = (import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    found = [module.METHOD for module in modules if hasattr(module, "METHOD")]
    return {method.name: method for method in sorted(found, key=lambda method: method.name)}


METHODS: Final = _find()
DEFAULT: Final = "generalised"
"""Evidence for and against; bare max would do for the score but shifts its map."""


def fitting(
    method: Method[Any], chosen: Mapping[str, Any], *, is_pictures: bool, is_many: bool
) -> dict[str, Any]:
    """Options of a method that suit the project better than its defaults.

    Args:
        method: Any.
        chosen: Options that are set already.
        is_pictures: True where most series are single ultrasound images or grey image files.
        is_many: True where at least ``MANY`` series are labelled.
    """
    if not is_pictures:
        return {}
    fields = method.Options.model_fields
    suits = PICTURES | (COMPARED if is_many else FEW)
    own = {key: value for key, value in suits.items() if key in fields}
    if not is_many or "depth" not in fields:
        return own
    try:
        is_joint = method.recipe({**own, **DEEP, **chosen}).is_joint
    except ValidationError:  # it is said where a recipe is made for the reader
        is_joint = False
    return {**own, **DEEP} if is_joint else own
