"""The head of a support vector machine with a Gaussian kernel: its support vectors."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from wsl_studio.learn.svm import Machine

CHUNK: Final = 8192
"""Regions against all support vectors at once: 8192 x 2000 float32 are 64 MB."""


class KernelHead(nn.Module):
    """Region scores sum_v coefficient_v exp(-gamma |x - x_v|^2) + bias; findings share vectors.

    Args:
        channels: D.
        findings: K.
    """

    def __init__(self, channels: int, findings: int) -> None:
        super().__init__()
        self.vectors: Tensor
        self.register_buffer("vectors", torch.zeros(0, channels))
        self.coefficients: Tensor
        self.register_buffer("coefficients", torch.zeros(findings, 0))
        self.bias: Tensor
        self.register_buffer("bias", torch.zeros(findings))
        self.gamma: Tensor
        self.register_buffer("gamma", torch.ones(()))

    def forward(self, x: Tensor) -> Tensor:
        """(N, D, h, w) standardised regions to (N, K, h, w)."""
        n, d, h, w = x.shape
        flat = x.permute(0, 2, 3, 1).reshape(-1, d)
        norms = self.vectors.square().sum(1)
        out = []
        for part in torch.split(flat, CHUNK):
            square = part.square().sum(1, keepdim=True) + norms - 2 * part @ self.vectors.T
            near = torch.exp(-self.gamma * square.clamp_min(0))
            out.append(near @ self.coefficients.T + self.bias)
        return torch.cat(out).view(n, h, w, -1).permute(0, 3, 1, 2)

    def take(self, machines: Sequence[Machine | None]) -> None:
        """Holds one machine a finding; None scores 0."""
        here = [m or Machine("rbf", 1.0, np.zeros((0, 0)), np.zeros(0), 0.0) for m in machines]
        vectors = [m.vectors for m in here if len(m.vectors)]
        found = np.concatenate(vectors) if vectors else np.zeros((0, self.vectors.shape[1]))
        self.vectors = torch.from_numpy(found).to(self.bias)
        ends = np.cumsum([0, *(len(m.coefficients) for m in here)])
        self.coefficients = torch.zeros(len(here), int(ends[-1])).to(self.bias)
        for k, m in enumerate(here):
            self.coefficients[k, ends[k] : ends[k + 1]] = torch.from_numpy(m.coefficients)
        self.bias = torch.tensor([m.bias for m in here]).to(self.bias)
        self.gamma = torch.tensor(max(m.gamma for m in here)).to(self.bias)

    def give(self, k: int) -> Machine:
        """The machine of a finding."""
        own = self.coefficients[k] != 0
        vectors = self.vectors[own].double().cpu().numpy()
        coefficients = self.coefficients[k][own].double().cpu().numpy()
        return Machine("rbf", float(self.gamma), vectors, coefficients, float(self.bias[k]))

    def _load_from_state_dict(self, state_dict: Any, prefix: str, *rest: Any) -> None:
        """Takes as many support vectors as the file has."""
        for name in ("vectors", "coefficients"):
            stored = state_dict.get(prefix + name)
            if stored is not None:
                setattr(self, name, torch.empty_like(stored, device=self.bias.device))
        super()._load_from_state_dict(state_dict, prefix, *rest)
