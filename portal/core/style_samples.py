"""What the style page fills blocks with, in the language of the page: what editors see when choosing is Vietnamese."""

from datetime import date
from decimal import Decimal

# Signs that show whether a script is set well: stacked marks, punctuation, names, numbers.
SCRIPTS = {
    "vi": "Ruộng bậc thang Ẩm thực Xoè Thái: Ỹ ề ễ ự ẳ Ẵ ỗ, 9.068,7 km², Ma Lù Thàng – Sì Lở Lầu",
    "zh-hans": "越南莱州省：马鹿塘口岸（Ma Lù Thàng）、“梯田”与茶园，2026年11月24日，9,068.7平方公里。",
    "en": "Terraced fields of Lai Châu: “Shan tuyết” tea, 24 November 2026, 9,068.7 km², VND 1,250,000",
}

_WORDS = {
    "vi": {
        "heading": "Chè Shan Tuyết cổ thụ",
        "headings": ["Vùng chè", "Cây cổ thụ", "Thu hái và chế biến", "Đường đến nơi"],
        "text": "Lai Châu có <b>38 đơn vị hành chính cấp xã</b> từ ngày 1 tháng 7 năm 2025.",
        "list": "Xã: 36 đơn vị|Phường: 2 đơn vị",
        "terraces": "Ruộng bậc thang",
        "tea": "Đồi chè",
        "credit": "Hình minh họa",
        "gallery": "Mùa nước đổ",
        "quote": "Chính xác, kịp thời.",
        "attribution": "Nghị định 72/2015/NĐ-CP",
        "table": "Đơn vị hành chính cấp xã",
        "rows": [["Loại", "Số lượng"], ["Xã", "36"], ["Phường", "2"]],
        "area": "Diện tích tự nhiên",
        "km2": "km²",
        "units": "Đơn vị hành chính cấp xã",
        "source": "Cổng thông tin điện tử tỉnh",
        "note": "Múi giờ",
        "note_text": "Hà Nội: UTC+7, Bắc Kinh: UTC+8.",
        "warning": "Trước khi đi",
        "warning_text": "Hỏi lại giờ làm việc của cửa khẩu.",
        "document": "Kế hoạch 93/KH-UBND",
        "latest": "Tin mới",
        "chosen": "Nên đọc",
        "tasks": "Bạn cần gì?",
        "visitors": ["Nhà đầu tư", "Du khách"],
        "notice": "Cửa khẩu Ma Lù Thàng đóng cửa trong ngày 1/1.",
        "found": "Vùng <mark>chè</mark> Lai Châu",
        "snippet": "Diện tích, sản lượng và thị trường của <mark>chè</mark>.",
    },
    "zh-hans": {
        "heading": "古树茶",
        "headings": ["茶区", "古茶树", "采摘与加工", "交通"],
        "text": "自2025年7月1日起，越南莱州省设<b>38个乡级行政单位</b>。",
        "list": "乡：36个|坊：2个",
        "terraces": "梯田",
        "tea": "茶山",
        "credit": "示意图",
        "gallery": "灌水季节",
        "quote": "准确、及时。",
        "attribution": "第72/2015/NĐ-CP号议定",
        "table": "乡级行政单位",
        "rows": [["类别", "数量"], ["乡", "36"], ["坊", "2"]],
        "area": "自然面积",
        "km2": "平方公里",
        "units": "乡级行政单位",
        "source": "越南莱州省电子信息门户",
        "note": "时区",
        "note_text": "河内：UTC+7，北京：UTC+8。",
        "warning": "出发之前",
        "warning_text": "请再次确认口岸的工作时间。",
        "document": "第93/KH-UBND号计划",
        "latest": "最新动态",
        "chosen": "推荐阅读",
        "tasks": "您需要什么？",
        "visitors": ["投资者", "旅行者"],
        "notice": "马鹿塘口岸1月1日关闭。",
        "found": "越南莱州省的<mark>茶</mark>区",
        "snippet": "<mark>茶</mark>叶的面积、产量和市场。",
    },
    "en": {
        "heading": "Old tea trees",
        "headings": ["Where tea grows", "Old trees", "Picking and making", "How to get there"],
        "text": "Lai Châu has had <b>38 commune-level units</b> since 1 July 2025.",
        "list": "Communes: 36|Wards: 2",
        "terraces": "Terraced fields",
        "tea": "A hill of tea",
        "credit": "Illustration",
        "gallery": "When the fields are under water",
        "quote": "Accurate and in time.",
        "attribution": "Decree 72/2015/ND-CP",
        "table": "Commune-level units",
        "rows": [["Kind", "Number"], ["Communes", "36"], ["Wards", "2"]],
        "area": "Natural area",
        "km2": "km²",
        "units": "Commune-level units",
        "source": "Web portal of the province",
        "note": "Time zones",
        "note_text": "Hanoi: UTC+7, Beijing: UTC+8.",
        "warning": "Before you set out",
        "warning_text": "Ask again when the border gate is open.",
        "document": "Plan 93/KH-UBND",
        "latest": "Latest news",
        "chosen": "Worth reading",
        "tasks": "What do you need?",
        "visitors": ["Investors", "Travellers"],
        "notice": "The Ma Lu Thang border gate is closed on 1 January.",
        "found": "Where <mark>tea</mark> grows in the province",
        "snippet": "Area, harvest and markets of <mark>tea</mark>.",
    },
}


def words(language: str) -> dict:
    return _WORDS[language]


def block_values(language: str, picture, document, pages: list) -> dict[str, list]:
    """By name of the block: one value, or one for each of its kinds."""
    said = _WORDS[language]
    pictures = [
        {"picture": picture, "alt": said[name], "caption": said[name], "credit": said["credit"]}
        for name in ("terraces", "tea")
    ]
    items = "".join(f"<li>{item}</li>" for item in said["list"].split("|"))
    notes = (("note", "note"), ("important", "warning"))
    return {
        "heading": [{"text": said["heading"], "level": level} for level in "23"],
        "text": [f"<p>{said['text']}</p><ul>{items}</ul>"],
        "picture": pictures[:1],
        "gallery": [{"title": said["gallery"], "pictures": pictures}],
        "quote": [{"text": said["quote"], "attribution": said["attribution"]}],
        "table": [
            {
                "first_row_is_table_header": True,
                "first_col_is_header": False,
                "table_caption": said["table"],
                "data": said["rows"],
            }
        ],
        "figures": [
            {
                "figures": [
                    _figure(said["area"], Decimal("9068.7"), said["km2"], said["source"]),
                    _figure(said["units"], Decimal(38), "", said["source"]),
                ]
            }
        ],
        "callout": [
            {"kind": kind, "title": said[name], "text": f"<p>{said[f'{name}_text']}</p>"} for kind, name in notes
        ],
        "download": [{"document": document, "title": said["document"]}],
        "lead_story": [{"page": pages[0]}],
        "latest": [{"title": said["latest"], "section": pages[0], "number": 3}],
        "chosen_pages": [{"title": said["chosen"], "pages": pages}],
        "quick_tasks": [{"title": said["tasks"], "visitors": [_visitor(name, pages) for name in said["visitors"]]}],
    }


def _figure(label: str, value: Decimal, unit: str, source: str) -> dict:
    return {"label": label, "value": value, "unit": unit, "as_of": date(2025, 7, 1), "source": source}


def _visitor(name: str, pages: list) -> dict:
    return {"visitor": name, "tasks": [{"label": page.title, "page": page} for page in pages[:3]]}
