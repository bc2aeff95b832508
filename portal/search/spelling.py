"""How people type Vietnamese, English and Chinese: pure functions from one spelling to others. No database here."""

import re
import unicodedata
from functools import cache, lru_cache

import snowballstemmer

from portal.search.text import fold_word

_ONSET = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x"
_RIME = (
    "(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|"
    "ieu|oai|oay|oeo|uay|uoi|uou|uya|uye|uyu|yeu|uao)(?:ch|ng|nh|c|m|n|p|t)?"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?{_RIME}")
_SYLLABLES = re.compile(f"(?:{_ONSET})?{_RIME}(?:(?:{_ONSET}){_RIME})+")

_STEMMER = snowballstemmer.stemmer("english")
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_MARKS = {"6": ("aeo", _CIRCUMFLEX), "7": ("ou", _HORN), "8": ("a", _BREVE)}
_SLIPS = ({"l", "n"}, {"ch", "tr"}, {"s", "x"}, {"d", "gi", "r"}, {"g", "r"})
_I_OR_Y = re.compile("(?P<onset>(?:h|k|l|m|s|t|v|qu|b|d|n|p|r|x)?)[iy]")
_SHORTEST_STEMMED = 4
# Words that have relatives with these endings. Named, because others only look so: «flower», «corner», «socialist».
_WITH_RELATIVES = (
    "invest tour travel visit export import transport produce manufacture trade farm grow breed weave bake brew "
    "process paraglide hike climb cycle drive ride sail hunt garden fish sing dance perform paint photograph write "
    "report publish translate interpret speak read teach learn research employ work own manage organise organize "
    "operate govern elect vote inspect contract supervise build design develop sell buy lend borrow consume support "
    "help smuggle foreign island village settle keep collect create educate exhibit generate explore"
).split()
_FAMILY = ("er", "or", "ist", "ism")
# Relatives that the stemmer keeps apart without such an ending.
_RELATIVES = tuple(
    map(
        str.split,
        (
            "pay payment", "apply application applicant", "enter entry entrance", "marry marriage", "agree agreement",
            "treat treatment", "settle settlement", "move movement", "equip equipment", "arrive arrival",
            "depart departure", "approve approval", "renew renewal", "permit permission", "admit admission",
            "decide decision", "choose choice", "receive receipt reception", "sign signature", "sell sale",
            "fly flight", "die death", "grow growth", "lose loss", "know knowledge", "describe description",
            "inquire inquiry", "respond response", "succeed success", "produce production", "introduce introduction",
            "reduce reduction", "expand expansion", "extend extension", "divide division", "destroy destruction",
        ),
    )
)  # fmt: skip
_IRREGULAR = {
    "buses": "bus", "gases": "gas",
    "children": "child", "people": "person", "feet": "foot", "teeth": "tooth", "geese": "goose", "mice": "mouse",
    "leaves": "leaf", "wolves": "wolf", "calves": "calf", "knives": "knife", "wives": "wife", "lives": "life",
    "thieves": "thief", "loaves": "loaf", "oxen": "ox", "bought": "buy", "built": "build", "grown": "grow",
    "grew": "grow", "held": "hold", "given": "give", "taken": "take", "written": "write", "taught": "teach",
    "sold": "sell", "paid": "pay", "spoken": "speak", "began": "begin", "begun": "begin", "drawn": "draw",
    "drank": "drink", "drunk": "drink", "driven": "drive", "drove": "drive", "flew": "fly", "flown": "fly",
    "went": "go", "gone": "go", "lost": "lose", "made": "make", "sent": "send", "spent": "spend", "stolen": "steal",
    "woven": "weave", "wove": "weave", "wore": "wear", "worn": "wear", "caught": "catch", "fought": "fight",
    "ate": "eat", "eaten": "eat", "kept": "keep", "met": "meet", "ridden": "ride", "rode": "ride", "ran": "run",
    "brought": "bring", "became": "become", "came": "come", "broke": "break", "broken": "break", "chose": "choose",
    "chosen": "choose", "fallen": "fall", "forgot": "forget", "forgotten": "forget", "knew": "know", "known": "know",
    "risen": "rise", "seen": "see", "shown": "show", "slept": "sleep", "sang": "sing", "sung": "sing", "swam": "swim",
    "swum": "swim", "told": "tell", "stood": "stand", "understood": "understand", "won": "win", "lent": "lend",
    "threw": "throw", "thrown": "throw", "tore": "tear", "torn": "tear", "bitten": "bite", "frozen": "freeze",
    "fed": "feed", "bred": "breed", "fled": "flee", "swept": "sweep", "struck": "strike", "dug": "dig",
    "hidden": "hide", "shaken": "shake", "sought": "seek", "dealt": "deal", "drew": "draw", "gave": "give",
    "took": "take", "wrote": "write", "spoke": "speak", "stole": "steal", "sank": "sink", "sunk": "sink",
}  # fmt: skip
# Not «specimen» and «regimen».
_MEN = re.compile(
    r"^(\w*wo|\w+s|fisher|water|chair|police|fire|work|gentle|fore|country|camera|service|clergy|horse|post|sea|boat|lay)men$"
)
# Where in a word, how British, how American.
_BRITISH_AMERICAN = (
    (r"(\w{{3}}){}(?=e|i|a)", "is", "iz"),
    (r"(\w{{3}}){}(?=e|i)", "ys", "yz"),
    (r"(\w{{3}}){}(?=s?$|ed$|ing$|able$|al$|hood$|ly$)", "our", "or"),
    (r"(\w{{3}}){}(?=s?$|d$)", "tre", "ter"),
    (r"(\w{{3}}){}(?=ed$|ing$|er$|ers$)", "ll", "l"),
    (r"(\w{{3}}){}(?=s?$)", "ence", "ense"),
    (r"(\w{{3}}){}(?=s?$)", "mme", "m"),
    (r"(\w{{3}}){}(?=s?$)", "ogue", "og"),
)


def is_syllable(folded: str) -> bool:
    """Whether a folded word could be a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None


def may_be_syllables(folded: str) -> bool:
    """Whether letters could be several syllables without spaces: «poto», but not «chaau»."""
    return _SYLLABLES.fullmatch(folded) is not None


def ends_as_telex(keys: str) -> bool:
    """Whether only the last letter speaks for Telex: «chair» and «poto», but not «chaau» and not «cha3»."""
    return keys[-1:].isalpha() and is_syllable(keys[:-1])


@lru_cache(maxsize=20_000)
def typed_out(word: str) -> str:
    """What raw Telex or VNI keys were meant to become: «chaau» and «cha6u» → «châu»; "" if they are neither."""
    keys = word.lower()
    if not keys.isascii() or len(keys) < 2 or not keys[0].isalpha():
        return ""
    letters = _vni(keys) if any(key.isdigit() for key in keys) else _telex(keys)
    text = unicodedata.normalize("NFC", letters)
    plain = "".join(key for key in unicodedata.normalize("NFD", letters) if key.isalpha()).replace("đ", "d")
    return text if text != keys and is_syllable(plain) else ""


def _telex(keys: str) -> str:
    tone, letters = "", []
    for position, key in enumerate(keys):
        last = letters[-1] if letters else ""
        if key in _TONES and any(_is_vowel(letter) for letter in letters):
            if tone:
                return ""
            tone = _TONES[key]
        elif key == "w" and any(letter in "aou" for letter in letters):
            _put_hook(letters)
        elif key == "d" and "d" in letters[:1] and position:
            letters[0] = "đ"
        elif key in "aeo" and last == key:
            letters[-1] = key + _CIRCUMFLEX
        elif key in "aeo" and key in letters and position == len(keys) - 1:  # the mark typed last: «chaua»
            letters[letters.index(key)] += _CIRCUMFLEX
        elif key in "wfjz":
            return ""
        else:
            letters.append(key)
    return _with_tone(letters, tone)


def _put_hook(letters: list[str]) -> None:
    """«w» after a, o, u: ă, ơ, ư; after «uo» both."""
    places = [place for place, letter in enumerate(letters) if letter in "aou"]
    if len(places) > 1 and letters[places[-2]] + letters[places[-1]] == "uo":
        letters[places[-2]] += _HORN
    place = places[-1] if letters[places[-1]] != "a" or len(places) == 1 or letters[places[-2]] != "u" else places[-2]
    letters[place] += _BREVE if letters[place] == "a" else _HORN


def _vni(keys: str) -> str:
    tone, letters = "", []
    for key in keys:
        if key in _VNI_TONES:
            if tone:
                return ""
            tone = _VNI_TONES[key]
        elif key == "9" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key in _VNI_MARKS:
            carriers, mark = _VNI_MARKS[key]
            places = [place for place, letter in enumerate(letters) if letter in carriers]
            if not places:
                return ""
            if key == "7" and len(places) > 1 and letters[places[-2]] == "u":
                letters[places[-2]] += mark
            letters[places[-1]] += mark
        elif key.isdigit():
            return ""
        else:
            letters.append(key)
    return _with_tone(letters, tone)


def _with_tone(letters: list[str], tone: str) -> str:
    """The tone on the last vowel; where exactly does not matter, words are compared with the tone at their end."""
    places = [place for place, letter in enumerate(letters) if _is_vowel(letter)]
    if tone and not places:
        return ""
    if tone:
        letters[places[-1]] += tone
    return "".join(letters)


def _is_vowel(letter: str) -> bool:
    return letter[0] in "aeiouy"


def other_english(folded: str) -> set[str]:
    """The British spelling of an American word and the other way round: «centre» and «center». May be no words."""
    found = set()
    for pattern, british, american in _BRITISH_AMERICAN:
        for one, other in ((british, american), (american, british)):
            word = re.sub(pattern.format(one), lambda match, other=other: match[1] + other, folded)
            found |= {word} - {folded}
    return found


def i_or_y(folded: str) -> str:
    """A syllable that ends its onset with i or y, with i: lý and lí, kỹ and kĩ, Mỹ and Mĩ are the same words."""
    match = _I_OR_Y.fullmatch(folded)
    return f"{match['onset']}i" if match else folded


def other_i_or_y(word: str) -> str:
    """lý → lí and back, for folded and for marked words; "" where it makes no difference."""
    folded = fold_word(word)
    if not word or i_or_y(folded)[-1:] != "i" or len(folded) < 2 or i_or_y(folded)[:-1] != folded[:-1]:
        return ""
    if folded[-1] not in "iy" or folded[-2] in "aeou" and not folded.startswith("qu"):
        return ""
    return word.replace("i", "y") if folded[-1] == "i" else word.replace("y", "i")


@lru_cache(maxsize=20_000)
def root(folded: str, language: str) -> str:
    """What inflections of a word (English) or its equal spellings (Vietnamese) share."""
    if language == "en" and folded in _IRREGULAR:
        return _STEMMER.stemWord(_IRREGULAR[folded])
    if language == "en" and len(folded) >= _SHORTEST_STEMMED and folded.isascii() and folded.isalpha():
        return _STEMMER.stemWord(_MEN.sub(r"\1man", folded))
    return i_or_y(folded)


def same_word(one: str, other: str) -> bool:
    """Whether two English words with the same root are one in two inflections, rather than one made of the other:
    «permits» and «permit», but not «people» and «personal»."""
    return not _uninflected(one).isdisjoint(_uninflected(other))


@lru_cache(maxsize=20_000)
def _uninflected(word: str) -> frozenset[str]:
    """What it may be an inflection of, itself among them; most of that are no words."""
    found = {word, _IRREGULAR.get(word, word), _MEN.sub(r"\1man", word)}
    if word.endswith("s") and not word.endswith("ss"):
        found |= {word[:-1], *([word[:-2]] if word.endswith("es") else []), re.sub("ies$", "y", word)}
    for each in list(found):
        for ending in ("ed", "ing"):
            if (stem := each.removesuffix(ending)) != each and len(stem) > 1:
                single = stem[:-1] if stem[-1] == stem[-2] else stem
                found |= {stem, f"{stem}e", single, re.sub("i$", "y", stem)}
    return frozenset(found)


def is_inflected(folded: str, longer: str) -> bool:
    """Whether a word that begins with another one is an inflection or a relative of it: «invests» and «investor» are of
    «invest», but not «teams» of «tea». Vietnamese words do not change, so it goes by English alone."""
    stem = root(longer, "en")
    return stem == root(folded, "en") or stem in same_family(folded)


def same_family(folded: str) -> frozenset[str]:
    """Roots of English words made of the same one: of «investor» that of «invest», of «tour» that of «tourist».

    The stemmer keeps them apart. May have roots of no words.
    """
    stem = root(folded, "en")
    return _families().get(stem, frozenset()) - {stem}


@cache
def _families() -> dict[str, frozenset[str]]:
    """By each root of a family all of them."""
    found: dict[str, frozenset[str]] = {}
    made = ((base, *(base.removesuffix("e") + ending for ending in _FAMILY)) for base in _WITH_RELATIVES)
    for words in (*made, *_RELATIVES):
        roots = frozenset(root(word, "en") for word in words)
        roots = roots.union(*(found.get(one, ()) for one in roots))
        found |= dict.fromkeys(roots, roots)
    return found


def slips(folded: str) -> set[str]:
    """The same syllable with an initial that is often mistaken: l/n, ch/tr, s/x, d/gi/r, g/r."""
    if not is_syllable(folded):
        return set()
    found = set()
    for onset in sorted(set().union(*_SLIPS), key=len, reverse=True):
        rime = folded[len(onset) :]
        if folded.startswith(onset) and rime and rime[0] in "aeiouy":
            others = set().union(*(group for group in _SLIPS if onset in group)) - {onset}
            found |= {other + rime for other in others if is_syllable(other + rime)}
            break
    return found


_CONFUSED = (
    ("ngh", "ng"), ("gh", "g"), ("tr", "c"), ("ch", "c"), ("gi", "d"), ("ph", "f"), ("qu", "c"),
    ("k", "c"), ("q", "c"), ("n", "l"), ("x", "s"), ("r", "d"), ("đ", "d"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def vietnamese_sound(folded: str) -> str:
    """A syllable with what is often mistaken made equal: «nai» and «lai», «xuoi» and «suoi» sound the same here."""
    rest = i_or_y(folded)
    for written, heard in _CONFUSED:
        if rest.startswith(written) and len(rest) > len(written):
            return heard + rest[len(written) :]
    return rest


def english_sound(folded: str) -> str:
    """Consonants as they are heard, vowels left out but for the first letter: «turizm» and «tourism» sound the same."""
    word = folded
    for written, heard in (
        ("ph", "f"),
        ("ck", "k"),
        ("gh", "g"),
        ("qu", "k"),
        ("tio", "sho"),
        ("ce", "se"),
        ("ci", "si"),
    ):
        word = word.replace(written, heard)
    word = word.translate(str.maketrans({"c": "k", "z": "s", "q": "k", "x": "s"}))
    word = word[:1] + re.sub("[aeiouyhw]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", word)


def chinese_sound(run: str) -> str:
    """The pinyin of characters without tones."""
    from pypinyin import lazy_pinyin  # 0.1 s and 20 MB: not for processes that never meet Chinese

    return " ".join(lazy_pinyin(run))[:64]


def neighbours(word: str) -> set[str]:
    """Every word that is one letter away: left out, doubled, mistaken or swapped. About 55 for each letter."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in halves if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in halves if right for letter in letters}
    found |= {left + letter + right for left, right in halves for letter in letters}
    return found - {word}


def distance(one: str, other: str) -> int:
    """How many letters have to be changed, swapped, added or left out to get from one word to another."""
    before, row = [], list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
