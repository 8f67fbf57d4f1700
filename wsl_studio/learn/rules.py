"""Which answers of a teacher count: fixed, flexible, self-adaptive and soft thresholds."""

import torch
from torch import Tensor, nn

from wsl_studio.domain.recipe import Semi

EMA = 0.999
"""Of the statistics of FreeMatch and SoftMatch."""
WIDTH = 2.0
"""Of SoftMatch: the Gaussian's deviation is so many times narrower than that of confidence."""


class Rule(nn.Module):
    """Weights in [0, 1] of a teacher's answers, by confidence.

    Findings stand side by side, each a choice among C answers (present, absent) with statistics
    of its own; with one finding it is the rule of the paper for C classes.

    - ``all``: 1. ``fix``: 1 where the highest probability reaches the threshold (FixMatch).
    - ``flex``: the threshold of an answer is lowered by beta / (2 - beta), with beta the number of
      unlabelled bags that were sure of it over the most (or those still unsure, whichever is
      more) (FlexMatch, equations 5-10 with warm-up).
    - ``free``: the threshold is the running mean of confidence, lowered for answers that are
      given less (FreeMatch, equations 4-7).
    - ``soft``: a Gaussian below the running mean of confidence (SoftMatch, equations 5-7).

    Args:
        semi: Rule and threshold.
        findings: K.
        answers: C.
        bags: N unlabelled, for ``flex``.
        decay: Of running means.

    Source:
        Sohn et al. 2020, Zhang et al. 2021 (NeurIPS), Wang et al. 2023, Chen et al. 2023 (ICLR).
    """

    def __init__(
        self, semi: Semi, findings: int, answers: int, bags: int, decay: float = EMA
    ) -> None:
        super().__init__()
        self.kind, self.threshold, self.decay = semi.rule, semi.threshold, decay
        share = 1.0 / answers
        self.sure: Tensor
        self.confidence: Tensor
        self.variance: Tensor
        self.share: Tensor
        self.register_buffer("sure", torch.full((bags, findings), -1, dtype=torch.long))
        self.register_buffer("confidence", torch.full((findings,), share))
        self.register_buffer("variance", torch.ones(findings))
        self.register_buffer("share", torch.full((findings, answers), share))

    def forward(self, p: Tensor, at: Tensor) -> Tensor:
        """(B, K) weights of (B, K, C) probabilities of the unlabelled bags ``at`` (B,)."""
        p = p.detach()
        top, answer = p.max(-1)
        if self.kind == "fix":
            return (top >= self.threshold).to(p)
        if self.kind == "flex":
            return self._flex(top, answer, at, p.shape[-1])
        if self.kind == "free":
            self.confidence.lerp_(top.mean(0).to(self.confidence), 1 - self.decay)
            self.share.lerp_(p.mean(0).to(self.share), 1 - self.decay)
            own = self.share / self.share.amax(-1, keepdim=True)
            limit = self.confidence * own.gather(-1, answer.T).T
            return (top >= limit).to(p)
        if self.kind == "soft":
            self.confidence.lerp_(top.mean(0).to(self.confidence), 1 - self.decay)
            if len(top) > 1:
                self.variance.lerp_(top.var(0).to(self.variance), 1 - self.decay)
            below = (top - self.confidence).clamp_max(0)
            return torch.exp(-below.square() / (2 * self.variance / WIDTH**2))
        return torch.ones_like(top)

    def _flex(self, top: Tensor, answer: Tensor, at: Tensor, answers: int) -> Tensor:
        counts = torch.stack([(self.sure == c).sum(0) for c in range(answers)], -1)  # (K, C)
        unsure = (self.sure < 0).sum(0)
        most = torch.maximum(counts.amax(-1), unsure).clamp_min(1)
        beta = counts / most[:, None]
        limit = self.threshold * (beta / (2 - beta)).gather(-1, answer.T).T
        chosen = self.sure[at]
        self.sure[at] = torch.where(top >= self.threshold, answer, chosen)
        return (top >= limit).to(top)
