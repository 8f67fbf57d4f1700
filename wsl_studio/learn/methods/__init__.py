"""Every learning method, found by walking this folder; torch is not needed to know them."""

import pkgutil
from importlib import import_module
from typing import Any, Final

from wsl_studio.domain.recipe import Method
from wsl_studio.learn.methods.common import PICTURES


def _find() -> dict[str, Method[Any]]:
    """Methods by name; a module of this folder offers one as ``METHOD``."""
    modules = (import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    found = [module.METHOD for module in modules if hasattr(module, "METHOD")]
    return {method.name: method for method in sorted(found, key=lambda method: method.name)}


METHODS: Final = _find()
DEFAULT: Final = "generalised"
"""Evidence for and against; bare max would do for the score but shifts its map."""


def fitting(method: Method[Any], *, is_pictures: bool) -> dict[str, Any]:
    """Options of a method that suit the project better than its defaults.

    Args:
        method: Any.
        is_pictures: True where most series are single ultrasound images or grey image files.
    """
    if not is_pictures:
        return {}
    return {key: value for key, value in PICTURES.items() if key in method.Options.model_fields}
