"""Stability: a series seen twice should be answered alike, by whoever is the teacher.

Features of a frozen backbone are perturbed where they are (channels dropped, noise); where a part
of it is trained, pictures are (brightness, contrast, noise).
"""

import copy
import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from wsl_studio.domain.recipe import Pool, Recipe, Semi
from wsl_studio.learn.augment import moved
from wsl_studio.learn.backbone import IMAGE
from wsl_studio.learn.bags import Labelled, by_bag
from wsl_studio.learn.model import LevelHead, Model
from wsl_studio.learn.pool import pool_score
from wsl_studio.learn.rules import Rule
from wsl_studio.learn.unlabelled import MAKERS, Step, Term


def make_agree(recipe: Recipe, model: Model, bags: Sequence[Labelled]) -> Term | None:
    """The term of a recipe that asks for agreement."""
    if recipe.semi.kind != "agree" or not any(is_guessed(bag) for bag in bags):
        return None
    return Agree(recipe, model, bags).to(next(model.heads.parameters()).device)


def is_guessed(bag: Labelled) -> bool:
    """True for a bag whose answers training may guess."""
    return bag.is_open is not None and bool(bag.is_open.any()) and not bool((bag.weight > 0).any())


class Agree(Term):
    """Agreement of the answers to two or more views of an unlabelled series.

    Args:
        recipe: Says who the teacher is, and which answers count.
        model: New; a teacher of weights begins as its copy.
        bags: All of training; the unlabelled have a place each in an average over epochs.

    Source:
        Sajjadi et al. 2016 (NeurIPS), transformation stability; Laine & Aila 2017 (ICLR), Pi-model
        and temporal ensembling with its start-up bias corrected; Tarvainen & Valpola 2017
        (NeurIPS), Mean Teacher. Squared distance of probabilities, as there.
    """

    def __init__(self, recipe: Recipe, model: Model, bags: Sequence[Labelled]) -> None:
        super().__init__()
        self.semi: Semi = recipe.semi
        self._pool: Pool = recipe.pool
        known = [bag for bag in bags if is_guessed(bag)]
        self._place = {bag.uid: i for i, bag in enumerate(known)}
        findings = model.heads[model.levels[0]].findings
        assert isinstance(findings, int)
        # Laine & Aila scale the height by the labelled share, so that few labels are not drowned.
        self.height = self.semi.weight
        if self.semi.teacher in ("view", "average"):
            self.height *= 1 - len(known) / max(1, len(bags))
        self.sums: Tensor
        self.times: Tensor
        self.steps: Tensor
        self.register_buffer("sums", torch.zeros(len(known), findings))
        self.register_buffer("times", torch.zeros(len(known)))
        self.register_buffer("steps", torch.zeros(()))
        self.rule = Rule(self.semi, findings, 2, len(known))
        self.copy: nn.Module | None = None
        if self.semi.teacher == "weights":
            self.copy = copy.deepcopy(model).requires_grad_(False).eval()

    def loss(self, model: Model, step: Step) -> Tensor:
        """Weighted disagreement of the unlabelled bags of a step; 0 without any."""
        bags = step.unlabelled
        if not bags:
            return torch.zeros(())
        count = self.semi.views if self.semi.teacher == "views" else 1
        answers = [self._answer(model, step.others, len(bags)) for _ in range(count)]
        if self.semi.teacher == "views":
            pairs = [(a, b) for i, a in enumerate(answers) for b in answers[i + 1 :]]
        else:
            pairs = [(answers[0], self._target(model, step, answers[0]))]
        is_open = torch.stack([b.is_open for b in bags if b.is_open is not None]).to(answers[0])
        at = torch.tensor([self._place[b.uid] for b in bags], device=is_open.device)
        total = sum((self._distance(a, b, is_open, at) for a, b in pairs), torch.zeros(()))
        return self.height * ramp(step.epoch / step.epochs, self.semi.ramp) * total

    def _answer(self, model: Model, maps: Mapping[str, Tensor], n: int) -> Tensor:
        """(B, K) scores of one perturbed view."""
        seen = perturbed(model, maps, n, noise=self.semi.noise, drop=self.semi.drop)
        flat = by_bag(model(seen, n_bags=n).float(), n)
        return pool_score(flat, self._pool, sharpness=model.sharpness)

    def _target(self, model: Model, step: Step, score: Tensor) -> Tensor:
        """(B, K) scores to agree with; no gradient but through a second view."""
        n = len(step.unlabelled)
        if self.semi.teacher == "view":
            return self._answer(model, step.others, n)
        with torch.no_grad():
            found: Tensor
            if self.copy is not None:
                teacher = self.copy
                assert isinstance(teacher, Model)
                flat = by_bag(teacher(step.others, n_bags=n).float(), n)
                found = pool_score(flat, self._pool, sharpness=teacher.sharpness)
                return found
            at = torch.tensor([self._place[b.uid] for b in step.unlabelled], device=score.device)
            sums, times = averaged(
                self.sums[at], self.times[at], torch.sigmoid(score), self.semi.decay
            )
            self.sums.index_copy_(0, at, sums)
            self.times.index_copy_(0, at, times)
            found = corrected(sums, times, self.semi.decay)
        return torch.logit(found, eps=1e-6)

    def _distance(self, score: Tensor, target: Tensor, is_open: Tensor, at: Tensor) -> Tensor:
        p, q = torch.sigmoid(score), torch.sigmoid(target)
        if self.semi.rule == "all":
            each = (p - q).square() * is_open
            return each.sum() / is_open.sum().clamp_min(1)
        q = q.detach()
        mask = self.rule(torch.stack([q, 1 - q], -1), at) * is_open
        each = F.binary_cross_entropy_with_logits(score, (q > 0.5).to(score), reduction="none")
        found: Tensor = (each * mask).sum() / is_open.sum().clamp_min(1)
        return found

    def after_step(self, model: Model) -> None:
        """The teacher of weights follows the model."""
        self.steps += 1
        if self.copy is not None:
            follow(self.copy, model, rate(int(self.steps), self.semi.decay))

    def teacher(self, model: Model) -> Model | None:  # noqa: ARG002
        """The averaged weights, where they are the teacher."""
        return self.copy if isinstance(self.copy, Model) else None


def ramp(done: float, share: float) -> float:
    """exp(-5 (1 - t)^2) with t from 0 to 1 over the first ``share`` of training, then 1.

    Source:
        Laine & Aila 2017, section 3.3.
    """
    t = min(1.0, done / share) if share > 0 else 1.0
    return math.exp(-5 * (1 - t) ** 2)


def rate(steps: int, decay: float) -> float:
    """Of a teacher after so many steps: min(1 - 1 / (t + 1), decay), the mean of few at first."""
    return min(1 - 1 / (steps + 1), decay)


def follow(teacher: nn.Module, model: nn.Module, decay: float) -> None:
    """Weights of the teacher become decay x its own + (1 - decay) x the model's.

    Buffers (means, deviations, gates; counts of batch norms) are copied.
    """
    own, buffers = dict(model.named_parameters()), dict(model.named_buffers())
    with torch.no_grad():
        for name, weight in teacher.named_parameters():
            weight.mul_(decay).add_(own[name], alpha=1 - decay)
        for name, x in teacher.named_buffers():
            x.copy_(buffers[name])


def averaged(sums: Tensor, times: Tensor, p: Tensor, decay: float) -> tuple[Tensor, Tensor]:
    """Z <- decay Z + (1 - decay) p, and how often; (B, K), (B,) and (B, K)."""
    return decay * sums + (1 - decay) * p, times + 1


def corrected(sums: Tensor, times: Tensor, decay: float) -> Tensor:
    """Z / (1 - decay^t): without it the first targets would lie near 0 (temporal ensembling)."""
    return sums / (1 - decay ** times[:, None])


def perturbed(
    model: Model, maps: Mapping[str, Tensor], n: int, *, noise: float, drop: float
) -> dict[str, Tensor]:
    """Another view of bags: channels dropped to their mean, noise in deviations of each channel.

    Args:
        model: Knows mean and deviation of every level.
        maps: (B S, C, h, w) by level; pictures (B S, H, W, 3) uint8 are changed in brightness
            (up to a tenth of the range), contrast (a fifth) and noise instead, as windows differ.
        n: B; a channel is dropped in all slices of a bag.
        noise: In deviations; a tenth of it, of the range, for pictures.
        drop: Share of channels.
    """
    out = {}
    for name, x in maps.items():
        if name == IMAGE:
            gain = 0.8 + 0.4 * torch.rand(n, 1, 1, 1, device=x.device)
            shift = 25.5 * (2 * torch.rand(n, 1, 1, 1, device=x.device) - 1)
            per = x.shape[0] // n
            gain, shift = gain.repeat_interleave(per, 0), shift.repeat_interleave(per, 0)
            y = (x.float() - 127.5) * gain + 127.5 + shift
            y = y + 25.5 * noise * torch.randn_like(y)
            out[name] = y.round().clamp(0, 255).to(torch.uint8)
            continue
        if name in model.heads:
            head = model.heads[name]
            assert isinstance(head, LevelHead)
            mean, deviation = head.neutral[:, None, None], head.deviation[:, None, None]
            if head.views is not None:  # small pictures: their head sees another window by itself
                out[name] = moved(x, head.views)
                continue
        else:  # the trunk of a backbone that is trained: its statistics are those of these bags
            mean = x.mean((0, 2, 3), keepdim=True)[0]
            deviation = x.std((0, 2, 3), keepdim=True)[0]
        y = x + noise * deviation * torch.randn_like(x)
        gone = torch.rand(n, x.shape[1], 1, 1, device=x.device) < drop
        out[name] = torch.where(gone.repeat_interleave(x.shape[0] // n, 0), mean, y)
    return out


MAKERS["agree"] = make_agree
