"""Every file of pydicom's bundled test data: read, or passed over with its reason."""

import tempfile
import time
from pathlib import Path
from typing import Any

from wsl_studio.bench import Ask
from wsl_studio.dicom.index import index_folder
from wsl_studio.dicom.pixels import read_volume
from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import drain


def run(ask: Ask) -> dict[str, Any]:
    """Indexes ``data`` (pydicom's own files if none) and reads every series in full."""
    data = ask.data
    if data is None:
        import pydicom.data

        data = Path(pydicom.data.__file__).parent / "test_files"
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        cache = Path(temporary) / "headers.jsonl"
        index = drain(index_folder(data, salt=b"bench", cache=cache))
    rows: list[dict[str, Any]] = []
    for series in index.series:
        name = Path(series.slices[0].path).name
        try:
            volume = drain(read_volume(series))
            shape = " x ".join(str(k) for k in volume.array.shape)
            rows.append({"file": name, "result": "read", "what": f"{series.modality} {shape}",
                         "notes": " ".join(volume.notes)})  # fmt: skip
        except KnownError as trouble:
            rows.append({"file": name, "result": "refused", "what": series.modality,
                         "notes": str(trouble)})  # fmt: skip
    rows += [
        {"file": Path(item.path).name, "result": "passed over", "what": "", "notes": item.reason}
        for item in index.passed_over
    ]
    return {"rows": rows, "seconds": round(time.monotonic() - begun, 1)}
