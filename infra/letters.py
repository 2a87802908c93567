"""Writes functions/public_api/picture/letters.npz: python -m infra.letters [FOLDER of DejaVu's fonts].

The letters that link previews are written with, in the sizes that functions/public_api/picture/preview.py
uses. DejaVu Sans may be copied and changed under its licence, which stands beside the file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from infra.local.processes import ROOT

FILE = ROOT / "functions/public_api/picture/letters.npz"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
STYLES = {
    "title": ("DejaVuSans-Bold.ttf", 46),
    "text": ("DejaVuSans.ttf", 30),
    "place": ("DejaVuSans-Bold.ttf", 24),
    "street": ("DejaVuSans.ttf", 20),
}
OVERHANG = 4  # as in functions/public_api/picture/letters.py
# ASCII, Latin-1, Latin Extended-A (Polish and its neighbours), the Cyrillic of Ukrainian and Russian, signs.
RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x401, 0x402), (0x404, 0x405), (0x406, 0x408), (0x410, 0x450))
MORE = "ёєіїґҐ–—‘’‚“”„…•€№"


def characters() -> str:
    return "".join(chr(code) for first, end in RANGES for code in range(first, end)) + MORE


def drawn(folder: Path) -> dict[str, NDArray[np.generic]]:
    told: dict[str, NDArray[np.generic]] = {
        "characters": np.array([ord(one) for one in characters()], dtype=np.uint32)
    }
    for style, (file, size) in STYLES.items():
        font = ImageFont.truetype(str(folder / file), size)
        ascent, descent = font.getmetrics()
        widths = [round(font.getlength(one)) + 2 * OVERHANG for one in characters()]
        starts = np.concatenate([[0], np.cumsum(widths)]).astype(np.int64)
        strip = Image.new("L", (int(starts[-1]), ascent + descent))
        for one, start, width in zip(characters(), starts.tolist(), widths, strict=False):
            cell = Image.new("L", (width, ascent + descent))
            ImageDraw.Draw(cell).text((OVERHANG, 0), one, font=font, fill=255)
            strip.paste(cell, (start, 0))
        told |= {
            f"{style}_ink": np.asarray(strip),
            f"{style}_starts": starts,
            f"{style}_baseline": np.array(ascent),
        }
    return told


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FONTS
    np.savez_compressed(FILE, **drawn(folder))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
