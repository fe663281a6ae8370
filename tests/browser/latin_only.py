"""A font that has ASCII alone, the only one on the machine of without_fonts_test.ts.

    pip install fonttools==4.60.1 brotli==1.1.0
    python tests/browser/latin_only.py

Cut out of data/fonts/latin.woff2 (licence: data/fonts/OFL.txt) and named otherwise, so that it is known in a PDF.
"""
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

font = TTFont("data/fonts/latin.woff2", recalcTimestamp=False)
subsetter = Subsetter(Options(layout_features=[], notdef_outline=True))
subsetter.populate(unicodes=range(0x20, 0x7F))
subsetter.subset(font)
font["name"].names = []
for number, value in {1: "Latin Only", 2: "Regular", 4: "Latin Only Regular", 6: "LatinOnly-Regular"}.items():
    font["name"].setName(value, number, 3, 1, 0x409)
font.flavor = None
font.save("tests/browser/latin_only.ttf")
