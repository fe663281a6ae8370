"""Golden ids of tokenizers built as SmolLM2's and XLM-R's are, for tokenizers_golden_test.ts.

    pip install tokenizers==0.23.3
    python tests/model/tokenizers_golden.py > tests/model/tokenizers_golden.json
"""
import json

from tokenizer_kinds import bpe, unigram

TEXTS = [
    "Ann has 24 apples and buys 125 more.", "How many apples does Ann have now? 24+125=149",
    "Anna hat 1.024 Äpfel; wie viele sind übrig?", "Ana tiene 36 años y su hermano 18.",
    "Combien de pommes reste-t-il ? L’école a 3 800 élèves.", "У Анны 24 яблока, у Бориса — 12.",
    "آنا لديها ٢٤ تفاحة و ١٢ برتقالة.", "अन्ना के पास 24 सेब हैं, बेन के पास १२।", "আনার কাছে ২৪টি আপেল আছে।",
    "அன்னாவிடம் 24 ஆப்பிள்கள் உள்ளன.", "అన్నా వద్ద 24 ఆపిల్స్ ఉన్నాయి.", "แอนมีแอปเปิล 24 ลูก", "安娜有２４个苹果，又买了12个。",
    "アンナはりんごを24個持っています。", "안나는 사과 24개를 가지고 있습니다.", "Anna ana maapulo 24.", "Anna tana da tuffa 24.",
    "Η Άννα έχει 24 μήλα.", "לאנה יש 24 תפוחים.", "Աննան ունի 24 խնձոր։", "ანას აქვს 24 ვაშლი.", "අන්නාට ඇපල් 24ක් ඇත.",
    "ଆନାଙ୍କ ପାଖରେ ୨୪ଟି ସେଓ ଅଛି।", "আনাৰ ২৪টা আপেল আছে।", "Anna có 24 quả táo.", "  two  spaces\tand a tab\nand a line ",
    "½ of ①②③ ﬁgures, ™ and …", "👩‍🌾 has 3 🍎s", "x=3.50*7; f(x)->y_1", "", " ", "7", "007 0x1F 1e-5 ४५६",
]


print(json.dumps({
    "texts": TEXTS,
    "tokenizers": {
        name: {"tokenizer": json.loads(made.to_str()), "ids": [made.encode(text).ids for text in TEXTS]}
        for name, made in [("SmolLM2", bpe(TEXTS * 3, 420)), ("XLM-R", unigram(TEXTS * 3, 420))]
    },
}, ensure_ascii=False))
