"""Words around names of places: how general ones are shortened, what marks a place, what looks like one and is none.

No name of a city's own stands here; those are in the reference pack.
"""

from __future__ import annotations

from typing import Final


def _written(text: str) -> frozenset[str]:
    return frozenset(text.split())


GENERAL: Final = {
    "nagar": "nagar nagr nager naagar ngr ngar nagara नगर",
    "ganj": "ganj gunj gnj गंज",
    "road": "road rd raod rode रोड",
    "block": "block blok blk blck bloc ब्लॉक ब्लाक ब्लौक ब्लोक",
    "sector": "sector sec sectr सेक्टर",
    "phase": "phase fase फेज",
    "colony": "colony coloni colny kalony kaloni col clny कॉलोनी कालोनी कोलोनी",
    "market": "market markit mkt मार्केट मार्किट",
    "bazar": "bazar bazaar bajar bajaar बाजार",
    "purwa": "purwa purva porwa porva purua पुरवा",
    "gaon": "gaon gaanv gav gaav village गांव गाव",
    "chauraha": "chauraha choraha churaha crossing xing चौराहा चौराहे",
    "apartment": "apartment apartments appartment apt apts अपार्टमेंट",
    "line": "line लाइन",
    "lines": "lines लाइंस",
    "main": "main मेन",
    "new": "new nyu न्यू",
    "old": "old ओल्ड",
    "purana": "purana purane purani पुराना पुराने पुरानी",
    "gali": "gali galli गली",
    "feeder": "feeder feedar fidar fdr फीडर",
}
"""A general word and how it is written. A name of general words alone counts only where a feeder is spoken of."""

LETTERS: Final = {
    "a": "ए",
    "b": "बी bee",
    "c": "सी see",
    "d": "डी dee",
    "e": "ई",
    "f": "एफ",
    "g": "जी",
    "h": "एच",
    "i": "आई",
    "j": "जे",
    "k": "के ke",
    "l": "एल",
    "m": "एम",
    "n": "एन",
    "o": "ओ",
    "p": "पी pee",
    "q": "क्यू",
    "r": "आर",
    "s": "एस",
    "t": "टी tee",
    "u": "यू",
    "v": "वी",
    "w": "डब्ल्यू",
    "x": "एक्स",
    "y": "वाई",
    "z": "जेड",
}
"""A letter and how it is written beside `block`."""

BETWEEN: Final = _written("ka ki ke kay me mein men का की के में")
"""May stand between a place and its block: `Gujaini ke E block`."""

LOCATIVE: Final = _written(
    "me mein main mai men m mei ma se sey par pe pr area side ilaka ilake mohalla mohalle gaon village wale waale "
    "wali wala ke chauraha में मे मा से पर पे एरिया इलाका इलाके साइड मोहल्ला मोहल्ले वाले वाली वाला गांव के"
)
"""After a doubtful name: the speaker means a place."""

NETWORK: Final = _written("feeder feedar fidar fdr substation upkendra powerhouse ss फीडर उपकेंद्र सबस्टेशन")
"""After a feeder's or substation's name: the speaker means the network."""

PERSON_AFTER: Final = _written(
    "ji jee beti beta bitiya didi bhai devi singh kumar kumari sharma verma gupta yadav mishra khan "
    "जी बेटी बेटा दीदी भाई देवी सिंह कुमार कुमारी शर्मा वर्मा गुप्ता यादव मिश्रा खान"
)
"""After a name of one word: it is a person's."""

PERSON_BEFORE: Final = _written("naam nam name mr mrs ms shri shrimati smt नाम श्री श्रीमती")
"""Before a name: it is a person's."""

TIME_UNITS: Final = _written(
    "ghanta ghante ghanto ghnte ghnta ghantey gante hour hours hr hrs h minute minutes minat min mins din dino day "
    "days baje bje bajey bj week hafte hafte mahine mahina month months bar baar times ghar gharo makan house houses "
    "dukan dukane phase fase fej pole khambe khambhe am pm kw kv "
    "घंटे घंटा घंटों घण्टे मिनट दिन बजे हफ्ते महीने बार घर घरों मकान दुकान फेज खंभे"
)
"""After a number: it counts these and is no part of a place's name."""

NOTHING: Final = _written("null none nil na nan unknown undefined other notknown")
"""What systems and hurried people write into a field for nothing."""

VERB_ENDINGS: Final = _written("raha rahi rahe rha rhi rhe ra ri re रहा रही रहे")
"""A name of several words does not end with these: `kar rahi` is a verb."""

DOUBTFUL: Final = frozenset(
    [
        "fire brigade",
        "फायर ब्रिगेड",
        "hanuman mandir",
        "हनुमान मंदिर",
        "fish market",
        "फिश मार्केट",
        "military camp",
        "मिलिट्री कैंप",
        "main road",
        "main road 2",
        "bada park",
        "बड़ा पार्क",
        "bhagat singh",
        "भगत सिंह",
        "ganga devi",
        "गंगा देवी",
        "dada miyan",
        "दादा मियां",
        "world bank",
        "वर्ल्ड बैंक",
        "cold storage",
        "10 dukan",
        "das dukan",
        "10 दुकान",
        "दस दुकान",
        "40 dukan",
        "chalis dukan",
        "pankhi",
        "पंखी",
        "karahi",
        "कड़ाही",
        "burra",
        "simra",
        "pared",
        "परेड",
        "सिमरा",
        "hal",
        "हल",
        "spare",
        "estate",
        "goldie",
        "polymer",
        "पॉलिमर",
    ]
)
"""What is also said without meaning the place of that name: it counts before a locative or network word only."""
