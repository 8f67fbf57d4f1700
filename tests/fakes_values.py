"""Values that the fake Session hands out: a form, a series, phantoms, curves, metrics."""

import numpy as np

from wsl_studio.domain.geometry import Geometry, Vector
from wsl_studio.domain.round import Epoch, FindingMetrics, Interval, Metrics
from wsl_studio.domain.series import Series, SliceRef

SCHEMA = {
    "properties": {
        "epochs": {
            "type": "integer", "minimum": 1, "maximum": 500, "default": 40, "title": "Passes",
            "description": "How often training goes over all bags.",
        },
        "beta": {
            "type": "number", "minimum": 0.0, "maximum": 100.0, "default": 8.0,
            "title": "Sharpness b+", "description": "0 is the mean, large is the maximum.",
            "unit": "1/logit",
        },
        "rate": {
            "type": "number", "exclusiveMinimum": 0, "maximum": 1, "default": 0.001,
            "title": "Learning rate", "description": "Size of one step.",
        },
        "depth": {
            "enum": ["none", "last", "all"], "default": "none", "title": "Train the backbone",
            "description": "Which part of the backbone is trained; none keeps rounds quick.",
        },
        "augment": {
            "type": "boolean", "default": True, "title": "Flip and shift",
            "description": "Shows each slice a little different in every pass.",
        },
    },
}  # fmt: skip


def phantom(n: int = 12, side: int = 128, seed: int = 0) -> np.ndarray:
    """(S, H, W) int16 that looks like a chest: body, two lungs, noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    out = np.full((n, side, side), -1000.0)
    for s in range(n):
        body = (x / 0.92) ** 2 + (y / 0.68) ** 2 < 1
        grow = 0.75 + 0.25 * np.sin(np.pi * (s + 1) / (n + 1))
        lungs = ((np.abs(x) - 0.42) / (0.33 * grow)) ** 2 + (y / (0.48 * grow)) ** 2 < 1
        out[s][body] = 40
        out[s][lungs & body] = -820
        spot = (x - 0.4) ** 2 + (y + 0.1) ** 2 < 0.006
        if 4 <= s <= 7 and seed % 2 == 0:
            out[s][spot] = 20
        out[s] += rng.normal(0, 25, (side, side))
    return out.astype(np.int16)


def make_series(
    n_slices: int = 12, side: int = 256, spacing_mm: Vector | None = (1.0, 1.0, 1.0)
) -> Series:
    """A CT of square slices; without a geometry where there is no spacing."""
    grid = Geometry(spacing_mm, (1, 0, 0), (0, 1, 0), (0, 0, 0)) if spacing_mm else None
    slices = tuple(SliceRef(path="/x/y.dcm", frame=k) for k in range(n_slices))
    return Series(uid="uid.1", stem="uid.1", patient_key="p", modality="CT", rows=side,
                  columns=side, slices=slices, geometry=grid)  # fmt: skip


def make_metrics(findings: tuple[str, ...], auc: float) -> Metrics:
    """Metrics with intervals around an AUC."""
    one = FindingMetrics(
        auc=Interval(value=auc, low=auc - 0.07, high=min(1.0, auc + 0.04)),
        ap=Interval(value=auc - 0.02, low=auc - 0.11, high=min(1.0, auc + 0.03)),
        n=15, n_positive=6, pointing=Interval(value=0.83, low=0.5, high=1.0), n_pointing=6,
    )  # fmt: skip
    return Metrics(test=dict.fromkeys(findings, one), seconds=41.0)


def make_epochs(n: int, of: int, findings: tuple[str, ...]) -> tuple[Epoch, ...]:
    """Curves that fall and rise as curves do."""
    return tuple(
        Epoch(
            epoch=i, epochs=of, train_loss=0.68 * 0.93**i + 0.05,
            validation_loss=0.66 * 0.95**i + 0.12 + 0.01 * np.sin(i),
            validation_auc={
                f: min(0.99, 0.55 + 0.42 * (1 - 0.9**i) - 0.05 * k)
                for k, f in enumerate(findings)
            },
            is_best=i == n,
        )
        for i in range(1, n + 1)
    )  # fmt: skip
