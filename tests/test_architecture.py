"""The floor plan as a test: who may import whom, which packages live where, and how long."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "wsl_studio"
FILES = sorted(ROOT.rglob("*.py"))
MAX_LINES = 400

FLOORS = {
    "domain": 0,
    "dicom": 1,
    "store": 1,
    "learn": 1,
    "jobs": 2,
    "ui": 3,
    "cli": 4,
    "bench": 4,
    "worker": 4,
    "questions": 4,
    "reader": 4,
    "decoder": 4,
    "__main__": 4,
}
COMMON = {"numpy", "pydantic", "pydantic_core"}
PACKAGES = {
    "domain": set(),
    "dicom": {"pydicom", "imagecodecs", "pylibjpeg", "openjpeg", "rle", "PIL", "cv2"},
    "store": {"sqlalchemy", "alembic", "safetensors", "cryptography", "platformdirs"},
    "learn": {"torch", "torchvision", "safetensors", "sklearn", "scipy", "cv2"},
    "jobs": {"PySide6", "platformdirs"},
    "ui": {"PySide6", "pyqtgraph", "cv2"},
}
WINDOW_FORBIDDEN = {"torch", "torchvision", "pydicom", "sklearn"}


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, lazily or not."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if (node.module or "").startswith("wsl_studio"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0].removesuffix(".py")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_lower_floors_and_its_own_packages(path: Path) -> None:
    import sys

    here = floor(path)
    if here == "__init__":
        return
    for module in imports(path):
        top = module.split(".")[0]
        if top == "wsl_studio":
            there = [*module.split("."), "__init__"][1]
            if there == "__init__" or there not in FLOORS or there == here:
                continue
            assert FLOORS[there] < FLOORS[here] or FLOORS[here] == 4, f"{path}: {module}"
        elif here in PACKAGES and top not in sys.stdlib_module_names:
            assert top in PACKAGES[here] | COMMON, f"{path}: {module} is not for {here}"
        if here == "jobs" and top == "PySide6":
            assert module.startswith("PySide6.QtCore") or module == "PySide6", f"{path}: {module}"
        if here == "ui" and top == "wsl_studio":
            assert module.split(".")[1] in ("ui", "jobs", "domain"), f"{path}: {module}"


def test_no_circle_among_rooms() -> None:
    known = {name_of(path): path for path in FILES}
    graph = {
        name: {m for m in imports(path) if m in known and m != name} for name, path in known.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for other in graph[name]:
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize(
    "path", [*FILES, *sorted(Path(__file__).parent.rglob("*.py"))], ids=lambda p: p.name
)
def test_no_file_is_over_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_every_room_says_in_one_sentence_what_it_is() -> None:
    for path in FILES:
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert text, f"{path} has no docstring"


def test_the_window_needs_neither_torch_nor_pydicom() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import wsl_studio.ui.app, wsl_studio.ui.window, wsl_studio.jobs.session;"
        "import wsl_studio.jobs.desk, wsl_studio.learn.methods;"
        f"bad = {WINDOW_FORBIDDEN!r} & set(sys.modules); print(sorted(bad)); sys.exit(bool(bad))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_image_of_a_clinic_is_tracked() -> None:
    for path in (ROOT.parent / "resources").rglob("*"):
        if path.is_file():
            assert path.read_bytes()[128:132] != b"DICM", path
