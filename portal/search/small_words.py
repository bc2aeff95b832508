"""Words of questions that say nothing about what is looked for: they only count for the order."""

import re

from portal.search.text import fold, marked

# Typed without marks, a word may be many; only those that are hardly anything else.
_UNMARKED = {
    "vi": (
        "la va cua cho o tai voi nhu the nao gi dau khi co cac nhung thi ma de duoc ve tu den nay do mot khong hay ra"
    ).split(),
    "en": (
        "a an the of in on at to for from by with and or is are was were be been am how what where when which who whom "
        "why do does did can could should would will shall must may might i me my you your we our us it its they them "
        "their he she his her this that these those there here about into as if any some have has had get need want "
        "much many please tell show find give see know possible someone anyone not no also just very"
    ).split(),
}
# Typed with marks it is the small word itself: «đò» and «cô» are not «đó» and «có».
_MARKED = frozenset(
    marked(word)
    for word in (
        "là và của ở tại với như thế nào gì đâu có các những thì mà để được về từ đến này đó một không bị phải cần "
        "muốn tôi bạn làm sao nên sẽ đang đã rồi bằng cái chiếc hoặc trên hãy giúp mấy nhiêu đấy nữa cũng vẫn còn "
        "chúng thể vì thế đi"
    ).split()
) - {""}
_CHINESE = re.compile(
    "什么时候|怎么样|怎么去|怎么办|为什么|有没有|是不是|能不能|可不可以|多长时间|怎么|怎样|如何|什么|在哪里|在哪儿|哪里|哪儿|哪些|哪个|在哪|"
    "多少|多久|几点|何时|何地|请问|可以|可否|能否|是否|需要|应该|关于|我想|我要|的|了|吗|呢|和|与|及"
)

# What a question asks for without naming it: how it is asked, folded, and words that answers have.
_ANSWERS = {
    "vi": (
        (
            r"lam sao (?:de )?(?:di|len|den|toi)\b|\b(?:di|len|den) .*(?:the nao|bang (?:xe )?gi)|cach di|duong di",
            "khoảng cách, xe khách, đường bộ, đường lên, km",
        ),
        (r"bao xa", "khoảng cách, km"),
        (r"o dau|cho nao|noi nao", "địa chỉ, vị trí, địa điểm"),
        (r"bao nhieu tien|gia bao nhieu|mat bao nhieu", "giá, phí, lệ phí, vé, đồng"),
        (r"may gio|khi nao|bao gio|luc nao", "giờ, thời gian, lịch"),
        (r"bao lau|may ngay", "thời hạn, ngày, giờ"),
        (
            # «thang máy» is a lift.
            r"thang may .*(?:di|den|du lich)\b|(?:di|den|du lich)\b.* thang may\b|"
            r"mua nao|nen di|(?:khi nao|bao gio|luc nao) .*(?:di|den|du lich)\b",
            "khí hậu, thời tiết, mùa, tháng",
        ),
    ),
    "en": (
        (
            r"how .*\b(?:get|go|travel|come|drive)\b.* to|getting to|way to get|directions to|how .*\breach",
            "reach, distance, road, coach, transport, km",
        ),
        (r"how far", "distance, km"),
        (r"where (?:is|are|can|do|does|s)\b", "location, address, located"),
        (r"how much (?:is|are|does|do|for)|what .*\bcosts?\b|how expensive", "price, fee, ticket, dong"),
        (r"\bwhen\b|what time|which day", "hours, date, time, open"),
        (r"how long", "days, hours"),
        (
            r"\bwhen\b.*\b(?:visit|travel)\b|\bwhen should\b.*\b(?:go|come)\b|(?:best|good) (?:time|season|months?)\b",
            "climate, season, weather, months, dry, rainy",
        ),
    ),
    "zh-hans": (
        ("怎么去|怎么走|怎么到|如何去|如何到|如何前往|路线", "前往,交通,乘车,距离,客车,公里"),
        ("多远", "距离,公里"),
        ("在哪里|在哪儿|在哪|哪里|何地", "位置,地址,地点"),
        ("多少钱|几块钱|贵吗", "票价,费用,价格,收费"),
        ("几点|什么时候|何时|哪天", "时间,开放,日期"),
        ("多久|多长时间|几天", "小时,工作日,时限"),
        ("什么季节|哪个季节|几月|哪个月|什么时候(?:去|来)|最佳(?:时间|季节)", "气候,季节,月份,天气"),
        ("怎么办理|怎么办|如何办理|如何申请|怎么申请", "办理,手续,申请,步骤"),
    ),
}


def asked_for(text: str, language: str) -> list[list[str]]:
    """What the questions in a text ask for, each as words of which an answer may have one."""
    folded = " ".join(fold(text).split())
    found = [words for asked, words in _ANSWERS.get(language, ()) if re.search(asked, folded)]
    return [[word.strip() for word in words.split(",")] for words in found]


def is_small(token: str, exact: str, language: str) -> bool:
    """Whether a word, folded and (if it was typed with marks) marked, is one of them."""
    if language == "vi" and exact:
        return exact in _MARKED
    return token in _UNMARKED.get(language, ())


def without_asking(run: str) -> list[str]:
    """What is left of a Han run between its question words; [] if it is nothing else."""
    return [piece for piece in _CHINESE.split(run) if piece]
