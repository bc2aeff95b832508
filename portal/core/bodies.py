"""The bodies that answer for content: those of the province's plan of 2015, and what became of them in 2025.

Only where an installation begins: afterwards they are data, because the province reorganises. Dates that no source
gives to the day are the last day of the year, and the source says so.
"""

from dataclasses import dataclass
from datetime import date

_PLAN = "Kế hoạch 93/KH-UBND năm 2015 của UBND tỉnh Lai Châu"
_NEWS_2025 = "Tin về sắp xếp sở, ngành tỉnh Lai Châu, tháng 11/2025"
_MARCH_2025 = f"{_PLAN}; hợp nhất từ 01/3/2025 theo chủ trương chung, ngày cần đối chiếu với nghị quyết của tỉnh"
_IN_2025 = f"{_PLAN}; sắp xếp trong năm 2025, ngày cần đối chiếu với quyết định của tỉnh"
_END_OF_2025 = date(2025, 12, 31)


@dataclass(frozen=True)
class Body:
    """A body by its code; short names are given where one is in daily use."""

    code: str
    vi: str
    en: str
    zh: str
    source: str = _PLAN
    short: tuple[str, str, str] | None = None  # vi, en, zh-hans
    parent: str | None = None
    until: date | None = None
    successor: str | None = None

    @property
    def titles(self) -> dict[str, str]:
        return {"vi": self.vi, "en": self.en, "zh-hans": self.zh}

    @property
    def short_names(self) -> dict[str, str] | None:
        return dict(zip(("vi", "en", "zh-hans"), self.short, strict=True)) if self.short else None


_PEOPLES_COMMITTEE = "ubnd-tinh"
BODIES = (
    Body(_PEOPLES_COMMITTEE, "Ủy ban nhân dân tỉnh", "Provincial People's Committee", "省人民委员会"),
    Body(
        "van-phong-ubnd",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "Office of the Provincial People's Committee",
        "省人民委员会办公厅",
        parent=_PEOPLES_COMMITTEE,
    ),
    Body("so-ngoai-vu", "Sở Ngoại vụ", "Department of Foreign Affairs", "外事厅", parent=_PEOPLES_COMMITTEE),
    Body(
        "so-vhttdl",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Department of Culture, Sports and Tourism",
        "文化体育旅游厅",
        short=("Sở VHTTDL", "Culture, Sports and Tourism", "文体旅游厅"),
        parent=_PEOPLES_COMMITTEE,
    ),
    Body(
        "so-khcn",
        "Sở Khoa học và Công nghệ",
        "Department of Science and Technology",
        "科学技术厅",
        _NEWS_2025,
        short=("Sở KH&CN", "Science and Technology", "科技厅"),
        parent=_PEOPLES_COMMITTEE,
    ),
    Body("so-tai-chinh", "Sở Tài chính", "Department of Finance", "财政厅", parent=_PEOPLES_COMMITTEE),
    Body("so-cong-thuong", "Sở Công Thương", "Department of Industry and Trade", "工贸厅", parent=_PEOPLES_COMMITTEE),
    Body(
        "so-nnmt",
        "Sở Nông nghiệp và Môi trường",
        "Department of Agriculture and Environment",
        "农业与环境厅",
        _NEWS_2025,
        short=("Sở NN&MT", "Agriculture and Environment", "农业环境厅"),
        parent=_PEOPLES_COMMITTEE,
    ),
    Body("cong-an-tinh", "Công an tỉnh", "Provincial Police", "省公安厅"),
    Body("bch-quan-su", "Bộ Chỉ huy Quân sự tỉnh", "Provincial Military Command", "省军事指挥部", _NEWS_2025),
    Body(
        "bch-bdbp",
        "Ban Chỉ huy Bộ đội Biên phòng tỉnh",
        "Provincial Border Guard Command",
        "省边防部队指挥部",
        _NEWS_2025,
        parent="bch-quan-su",
    ),
    Body(
        "bo-chi-huy-bdbp",
        "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
        "Provincial Border Guard High Command (until 2025)",
        "省边防部队指挥部（至2025年）",
        _IN_2025,
        until=_END_OF_2025,
        successor="bch-bdbp",
    ),
    Body(
        "so-tttt",
        "Sở Thông tin và Truyền thông",
        "Department of Information and Communications",
        "信息传媒厅",
        _MARCH_2025,
        parent=_PEOPLES_COMMITTEE,
        until=date(2025, 2, 28),
        successor="so-khcn",
    ),
    Body(
        "so-khdt",
        "Sở Kế hoạch và Đầu tư",
        "Department of Planning and Investment",
        "计划投资厅",
        _MARCH_2025,
        parent=_PEOPLES_COMMITTEE,
        until=date(2025, 2, 28),
        successor="so-tai-chinh",
    ),
    Body(
        "bao-va-ptth",
        "Cơ quan báo và phát thanh, truyền hình tỉnh",
        "Provincial newspaper, radio and television",
        "省报与广播电视台",
        "Hợp nhất báo và đài năm 2025 theo chủ trương chung; tên gọi chính thức cần đối chiếu với quyết định của tỉnh",
    ),
    Body(
        "bao-lai-chau",
        "Báo Lai Châu",
        "Lai Châu Newspaper",
        "莱州报",
        _IN_2025,
        until=_END_OF_2025,
        successor="bao-va-ptth",
    ),
    Body(
        "dai-ptth",
        "Đài Phát thanh - Truyền hình tỉnh",
        "Provincial Radio and Television",
        "省广播电视台",
        _IN_2025,
        parent=_PEOPLES_COMMITTEE,
        until=_END_OF_2025,
        successor="bao-va-ptth",
    ),
)
