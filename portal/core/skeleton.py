"""The portal before its first article: languages, the plan's seven sections, topics, departments, particulars.

Names of the sections are the plan's (Plan 93/KH-UBND of 23 January 2015, II.5.1); departments as dated data follow the
plan's list and the mergers of 2025.
"""

TITLES = dict[str, str]  # language code → text

# (page type, slug, titles, summaries)
SECTIONS: list[tuple[str, str, TITLES, TITLES]] = [
    (
        "home.InformationIndexPage",
        "thong-tin-chung",
        {"vi": "Thông tin chung", "en": "General information", "zh-hans": "综合信息"},
        {
            "vi": "Lai Châu ở đâu, gồm những gì, do ai quản lý và cổng này hoạt động như thế nào.",
            "en": "Where Lai Châu is, what it consists of, who runs it and how this portal works.",
            "zh-hans": "越南莱州省的位置、概况、管理机构以及本门户的运作方式。",
        },
    ),
    (
        "news.NewsIndexPage",
        "tin-tuc-su-kien",
        {"vi": "Tin tức - Sự kiện", "en": "News and events", "zh-hans": "新闻与活动"},
        {
            "vi": "Tin tức, thông báo và bài viết chuyên đề của tỉnh dành cho bạn đọc ở nước ngoài.",
            "en": "News, announcements and features from the province for readers abroad.",
            "zh-hans": "本省面向海外读者的新闻、公告与专题。",
        },
    ),
    (
        "investment.PotentialIndexPage",
        "tiem-nang-va-phat-trien",
        {"vi": "Lai Châu tiềm năng và phát triển", "en": "Potential and development", "zh-hans": "莱州的潜力与发展"},
        {
            "vi": "Đầu tư, du lịch và văn hóa: điều Lai Châu có và điều Lai Châu mong cùng làm.",
            "en": "Investment, tourism and culture: what Lai Châu has and what it hopes to do together.",
            "zh-hans": "投资、旅游与文化：莱州的优势与合作愿景。",
        },
    ),
    (
        "diplomacy.CooperationIndexPage",
        "hop-tac-quoc-te",
        {"vi": "Hợp tác quốc tế", "en": "International cooperation", "zh-hans": "国际合作"},
        {
            "vi": "Đối tác, thỏa thuận và trao đổi của tỉnh với các địa phương nước ngoài.",
            "en": "Partners, agreements and exchanges of the province with places abroad.",
            "zh-hans": "本省与国外地方的合作伙伴、协议与交流。",
        },
    ),
    (
        "diplomacy.PolicyIndexPage",
        "chinh-sach-doi-ngoai",
        {"vi": "Chính sách đối ngoại", "en": "Foreign policy", "zh-hans": "对外政策"},
        {
            "vi": "Chủ trương, văn bản và quy định về đối ngoại và thông tin đối ngoại.",
            "en": "Policies, documents and rules on foreign affairs and foreign information.",
            "zh-hans": "有关对外事务与对外信息的政策、文件与规定。",
        },
    ),
    (
        "borders.BordersIndexPage",
        "bien-dao-bien-gioi",
        {"vi": "Biển đảo - Biên giới", "en": "Seas, islands and borders", "zh-hans": "海岛与边界"},
        {
            "vi": "Đường biên giới hòa bình, hữu nghị và tình cảm của người Lai Châu với biển đảo.",
            "en": "A border of peace and friendship, and what the sea means to an upland province.",
            "zh-hans": "和平友好的边界，以及山区省份的海洋情怀。",
        },
    ),
    (
        "diaspora.DiasporaIndexPage",
        "nguoi-viet-nam-o-nuoc-ngoai",
        {"vi": "Người Việt Nam ở nước ngoài", "en": "Overseas Vietnamese", "zh-hans": "海外越南人"},
        {
            "vi": "Thông tin cho kiều bào: về thăm quê, tìm địa danh cũ, giữ liên hệ với tỉnh.",
            "en": "For Vietnamese abroad: visiting home, finding former place names, keeping in touch.",
            "zh-hans": "面向海外越南人：回乡探访、查找旧地名、与本省保持联系。",
        },
    ),
]

HOME_TITLES: TITLES = {"vi": "Chào mừng đến với Lai Châu", "en": "Welcome to Lai Châu", "zh-hans": "欢迎来到越南莱州"}
HOME_SUMMARIES: TITLES = {
    "vi": "Cổng thông tin đối ngoại tỉnh Lai Châu: thông tin chính thức bằng tiếng Việt, tiếng Trung và tiếng Anh.",
    "en": (
        "The foreign-information portal of Lai Châu Province, Việt Nam: "
        "official information in Vietnamese, Chinese and English."
    ),
    "zh-hans": "越南莱州省对外信息门户：以越、中、英三种语言发布的官方信息。",
}

# Contacts stay empty until the province enters its own: an invented telephone number would be worse than none.
INFORMATION: dict[str, TITLES] = {
    "portal_name": {
        "vi": "Cổng thông tin đối ngoại tỉnh Lai Châu",
        "en": "Lai Châu Foreign Information Portal",
        "zh-hans": "越南莱州省对外信息门户",
    },
    "tagline": {
        "vi": "Tiếng Việt, 中文, English: một nguồn đáng tin cậy",
        "en": "One trustworthy source in Vietnamese, Chinese and English",
        "zh-hans": "越、中、英三语权威信息",
    },
    "managing_body": {
        "vi": "Ủy ban nhân dân tỉnh Lai Châu",
        "en": "People's Committee of Lai Châu Province",
        "zh-hans": "越南莱州省人民委员会",
    },
    "licence_note": {
        "vi": "Khi sử dụng lại thông tin, đề nghị ghi rõ nguồn.",
        "en": "Please name the source when you re-use this information.",
        "zh-hans": "转载请注明来源。",
    },
}

TOPICS: dict[str, TITLES] = {
    "administration": {"vi": "Tổ chức hành chính", "en": "Administration", "zh-hans": "行政区划"},
    "law": {"vi": "Pháp luật", "en": "Law", "zh-hans": "法律"},
    "economy": {"vi": "Kinh tế", "en": "Economy", "zh-hans": "经济"},
    "investment": {"vi": "Đầu tư", "en": "Investment", "zh-hans": "投资"},
    "agriculture": {"vi": "Nông nghiệp", "en": "Agriculture", "zh-hans": "农业"},
    "border-trade": {"vi": "Thương mại biên giới", "en": "Border trade", "zh-hans": "边境贸易"},
    "tourism": {"vi": "Du lịch", "en": "Tourism", "zh-hans": "旅游"},
    "culture": {"vi": "Văn hóa", "en": "Culture", "zh-hans": "文化"},
    "cooperation": {"vi": "Hợp tác quốc tế", "en": "International cooperation", "zh-hans": "国际合作"},
    "border": {"vi": "Biên giới", "en": "Border", "zh-hans": "边界"},
    "seas-islands": {"vi": "Biển đảo", "en": "Seas and islands", "zh-hans": "海岛"},
    "diaspora": {"vi": "Người Việt Nam ở nước ngoài", "en": "Overseas Vietnamese", "zh-hans": "海外越南人"},
    "education": {"vi": "Giáo dục", "en": "Education", "zh-hans": "教育"},
    "environment": {"vi": "Môi trường", "en": "Environment", "zh-hans": "环境"},
}
