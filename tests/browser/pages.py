"""Every kind of page that the public meets, by name, with its address below the prefix in each language."""

LANGUAGES = {"vi": "vi", "en": "en", "zh-hans": "zh-Hans"}  # code in addresses: value of `lang`
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
TABLET, WIDE = {"width": 768, "height": 1024}, {"width": 1600, "height": 1000}

NEWS = "tin-tuc-su-kien"
ARTICLE = f"{NEWS}/tu-ngay-1-7-2025-lai-chau-co-38-xa-phuong"  # in three languages, with a table
UNTRANSLATED = f"{NEWS}/180-luu-hoc-sinh-va-nhip-cau-voi-bac-lao"  # Vietnamese only
WORDS = {"vi": "chè", "en": "tea", "zh-hans": "茶"}


def addresses(language: str) -> dict[str, str]:
    """Name of the kind of page: its address."""
    paths = {
        "front": "",
        "section": "tiem-nang-va-phat-trien/du-lich/",
        "information": "thong-tin-chung/don-vi-hanh-chinh-tu-2025/",
        "figures": "thong-tin-chung/tong-quan-kinh-te/",
        "contact": "thong-tin-chung/lien-he-va-dat-cau-hoi/",
        "news": f"{NEWS}/",
        "news of a kind": f"{NEWS}/?kind=feature",
        "news of a month": f"{NEWS}/2026/1/",
        "article": f"{ARTICLE}/",
        "stub": f"{UNTRANSLATED}/",
        "search": "search/",
        "results": f"search/?q={WORDS[language]}",
        "nothing found": "search/?q=zzqqxx",
        "names": "names/",
        "site map": "site-map/",
        "not found": "khong-co-trang-nay/",
        "restricted": "bien-dao-bien-gioi/ghi-chu-bien-tap-noi-dung-bien-gioi/",
    }
    return {name: f"/{language}/{path}" for name, path in paths.items()}
