"""Words of questions that say nothing about what is looked for: they only count for the order."""

import re

from portal.search.text import marked

# Typed without marks, a word may be many; only those that are hardly anything else.
_UNMARKED = {
    "vi": (
        "la va cua cho o tai voi nhu the nao gi dau khi co cac nhung thi ma de duoc ve tu den nay do mot khong hay ra"
    ).split(),
    "en": (
        "a an the of in on at to for from by with and or is are was were be been am how what where when which who whom "
        "why do does did can could should would will shall must may might i me my you your we our us it its they them "
        "their he she his her this that these those there here about into as if any some have has had get need want "
        "much many please tell show find give"
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
    "什么时候|怎么样|怎么去|怎么办|为什么|有没有|是不是|能不能|可不可以|多长时间|怎么|怎样|如何|什么|哪里|哪儿|哪些|哪个|在哪|"
    "多少|多久|几点|何时|何地|请问|可以|可否|能否|是否|需要|应该|关于|我想|我要|的|了|吗|呢|和|与|及"
)


def is_small(token: str, exact: str, language: str) -> bool:
    """Whether a word, folded and (if it was typed with marks) marked, is one of them."""
    if language == "vi" and exact:
        return exact in _MARKED
    return token in _UNMARKED.get(language, ())


def without_asking(run: str) -> list[str]:
    """What is left of a Han run between its question words; [] if it is nothing else."""
    return [piece for piece in _CHINESE.split(run) if piece]
