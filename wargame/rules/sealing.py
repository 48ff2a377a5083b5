"""Sealing: a digest commits a capital to its sheet before the reveal; salt keeps others from guessing it."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

import msgspec

from wargame.rules.orders import Sheet

_ENCODER = msgspec.json.Encoder(order="deterministic")


def digest(capital: str, turn: int, sheet: Sheet, salt: str) -> str:
    """Return the SHA-256 digest, in hexadecimal, of a sheet of this capital and turn with its salt."""
    return sha256(_ENCODER.encode((capital, turn, salt, sheet))).hexdigest()


def receipt(sealed: str) -> str:
    """Return the short form of a digest that is said aloud: four words for its first four bytes, ``acorn-maple-...``."""
    return "-".join(WORDS[byte] for byte in bytes.fromhex(sealed[:8]))


_SPOKEN: Final = """
acorn alder almond amber anchor apple apron arbor arch aspen atlas attic autumn badge bakery balcony bamboo banner
barley barn basil basin basket bay beacon beech bell bench berry birch blanket bonnet bottle boulder bowl bramble
branch brass bread brick bridge brook broom bucket button cabin cable candle canoe canvas canyon carpet castle cedar
cellar chair chalk chapel cherry chess chestnut chimney cider circle citrus clay cliff clock clover coast cobalt
coffee comet compass copper coral corner cotton cradle crane crayon creek crown crystal cup curtain cypress daisy dawn
delta desk dinner dolphin door dove drawer drum dune eagle easel ebony echo elbow elm ember engine evening fabric
falcon feather fence fern ferry fiddle field fig finch flannel flask flint flour flute forest fossil fountain fox
frost garden garlic gate ginger glacier glass globe glove granite grape gravel grove guitar hammer harbor harp harvest
hazel heather hedge heron hill honey horizon ink iris island ivory ivy jacket jade jasmine jigsaw juniper kettle
kitchen kite ladle lagoon lamp lantern lark laurel lavender leaf ledger lemon lentil letter library lilac lily linen
lobby locket loom lotus lumber lute magnet mango maple marble marsh meadow melon mill mint mirror mitten morning moss
mulberry mural museum mustard nectar needle nest nickel notebook oak oasis ocean olive onyx opal orange orbit orchard
orchid otter oval oven paddle pagoda paint palette paper parade park parsley pasture peach pear pebble pencil pepper
piano picnic pigeon pillow pine planet plaster plum pocket pond poplar porch prairie quarry quartz quill quilt rabbit
raven ribbon river
"""

WORDS: Final = tuple(_SPOKEN.split())
"""A word for each byte, in alphabetical order: short, common, and unlike each other when spoken."""
