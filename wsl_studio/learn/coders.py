"""The encoder and the decoder that a recipe asks for."""

from wsl_studio.domain.code import Code
from wsl_studio.learn.encode import Coder, Linear, Plain
from wsl_studio.learn.factors import Painted
from wsl_studio.learn.ladder import LadderEncoder
from wsl_studio.learn.rebuild import AutoEncoder, Branches, Ladder, Rebuilder
from wsl_studio.learn.unet import MAPS, UNet


def make_coder(code: Code, channels: int) -> Coder | None:
    """The encoder for a map of so many channels; None without one."""
    if code.encoder == "linear":
        return Linear(channels, code.channels[-1])
    if code.encoder == "plain":
        return Plain(channels, code.channels, code.noise, code.kernel)
    if code.encoder == "ladder":
        return LadderEncoder(channels, code.channels, code.noise, code.kernel)
    if code.encoder in ("unet", "anatomy"):
        return UNet(channels, code.channels, is_binary=code.encoder == "anatomy")
    return None


def make_rebuilder(
    code: Code, channels: int, coder: Coder | None, findings: int = 0
) -> Rebuilder | None:
    """What gives the input back, where it may see so many findings; None without a decoder."""
    if coder is None or code.decoder == "none":
        return None
    if code.decoder in ("upsample", "switches"):
        return AutoEncoder(code, channels)
    if code.decoder == "branches":
        return Branches(code, channels)
    if code.decoder == "lateral":
        return Ladder(code, channels)
    return Painted(channels, code.factors, MAPS + findings * code.paints_findings)
