"""Every letter of Vietnamese, for pages that must carry them all."""

from __future__ import annotations

import itertools
import unicodedata

#: Every letter of Vietnamese, with every tone.
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = "đĐ" + "".join(
    unicodedata.normalize("NFC", letter + tone) for letter, tone in itertools.product("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", TONES)
)
