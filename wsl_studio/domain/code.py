"""A small network of our own before the findings, and what it learns without labels, as data."""

from typing import Literal

from wsl_studio.domain.series import Value

Decoder = Literal["none", "upsample", "switches", "lateral", "branches", "factors"]
Pretext = Literal["none", "rotation", "position", "restore", "colour", "adversarial", "order"]

ViewsOf = Literal["any", "CT", "MR", "X-ray", "ultrasound", "colour", "microscopy"]


class Code(Value):
    """An encoder between a deep level's map and its head, trained with the head from scratch.

    It reads whatever the level holds: the pixels of a slice (backbone ``pixels``, 64-128 px,
    which a CPU trains in seconds), or the cached maps of a frozen backbone.

    Args:
        encoder: ``linear``: one 1x1 layer. ``plain``: 3x3 layers, halved before each but the
            first. ``ladder``: the same with noise at every layer in training. ``unet``: down
            and up again, on the grid of its input. ``anatomy``: a U-Net that ends in binary maps.
        channels: Of each layer, from the finest.
        kernel: Cells a side that the first layer of ``plain`` and ``ladder`` sees, odd; 1 where the
            input has seen its surroundings already.
        noise: Standard deviation of what is added in training: to the input, or at every layer of
            ``ladder``. The input has mean 0 and deviation 1.
        decoder: What gives the input back. ``upsample``: a mirror of the encoder. ``switches``:
            one that puts each value back where pooling took it from. ``lateral``: of the ladder.
            ``branches``: one of the first kind, and a second encoder with one of the second, whose
            outputs are added. ``factors``: from binary maps (what is where) and a short vector
            (how it looks).
        rebuild: Weight of the reconstruction.
        layers: Weight of the reconstruction of the layers between; of ``lateral``, each.
        is_balanced: Of ``branches``: only the branch that is worse alone learns from a sample.
        adversary: Weight of a discriminator of masks, of ``factors``.
        masks: Weight of boxes and scribbles as masks (Dice), of ``factors``.
        factors: Length of the vector, of ``factors``.
        paints_findings: The painter of ``factors`` sees the findings beside the anatomy: where a
            reader drew them, elsewhere where the model itself has them.
        pretrain: Epochs without labels before those with them; 0 for none.
        is_layerwise: Those epochs teach one layer after the other.
        is_hybrid: Reconstruction stays on beside the labels; otherwise it ends with ``pretrain``.
        pretext: A question that needs no label, taught in ``pretrain``.
        views: Kind of picture whose views training sees (``learn.augment``); None leaves the input
            as it is.
    """

    encoder: Literal["none", "linear", "plain", "ladder", "unet", "anatomy"] = "none"
    channels: tuple[int, ...] = (16, 32, 32)
    kernel: int = 3
    noise: float = 0.0
    decoder: Decoder = "none"
    rebuild: float = 0.0
    layers: float = 0.0
    is_balanced: bool = False
    adversary: float = 0.0
    masks: float = 0.0
    factors: int = 8
    paints_findings: bool = False
    pretrain: int = 0
    is_layerwise: bool = False
    is_hybrid: bool = True
    pretext: Pretext = "none"
    views: ViewsOf | None = None

    @property
    def has_encoder(self) -> bool:
        """True if there is one at all."""
        return self.encoder != "none"

    @property
    def uses_unlabelled(self) -> bool:
        """True if series without labels teach it something."""
        return self.decoder != "none" or self.pretext != "none" or self.adversary > 0

    @property
    def alone(self) -> "Code":
        """The same encoder with nothing that series without labels teach."""
        nothing = {"decoder": "none", "pretext": "none", "pretrain": 0, "adversary": 0.0}
        return self.model_copy(update=nothing)
