"""Numbers, dates, times and addresses of a translation beside its original: what is told, and what is not."""

import pytest

from portal.translation.checks.compare import warnings_of

# Honest translations: no word about any of them. (language, Vietnamese, translation)
HONEST = [
    ("en", "Diện tích 9.068,7 km²", "An area of 9,068.7 km²"),
    ("zh-hans", "Diện tích 9.068,7 km²", "面积9068.7平方公里"),
    ("zh-hans", "Diện tích 9.068,7 km2", "面积 9,068.7 平方公里"),
    ("en", "Ngày 24/11/2026, tỉnh tổ chức hội nghị", "On 24 November 2026 the province held a conference"),
    ("en", "Ngày 24/11/2026", "November 24, 2026"),
    ("en", "Ngày 24-11-2026", "24 Nov. 2026"),
    ("en", "Ngày 24.11.2026", "24/11/2026"),
    ("en", "Ngày 24/11/2026", "11/24/2026"),
    ("en", "Ngày 24/11/2026", "2026-11-24"),
    ("zh-hans", "Ngày 24 tháng 11 năm 2026", "2026年11月24日"),
    ("zh-hans", "Ngày 05/9/2026", "2026年9月5日"),
    ("en", "1,2 triệu lượt khách", "1.2 million visitors"),
    ("zh-hans", "1,2 triệu lượt khách", "120万人次"),
    ("zh-hans", "1,2 triệu lượt khách", "游客达120多万人次"),
    ("zh-hans", "1,2 triệu lượt khách", "一百二十万人次"),
    ("en", "1.200 tỷ đồng", "VND 1,200 billion"),
    ("en", "1.200 tỷ đồng", "VND1.2 trillion"),
    ("zh-hans", "1.200 tỷ đồng", "1.2万亿越盾"),
    ("zh-hans", "1.200 tỷ đồng", "12000亿越盾"),
    ("en", "2,5 nghìn tỷ đồng", "2.5 trillion dong"),
    ("zh-hans", "35.000 người", "3万5千人"),
    ("zh-hans", "5 vạn dân", "5万居民"),
    ("en", "5 vạn dân", "50,000 inhabitants"),
    ("en", "tăng 9,5%", "up 9.5%"),
    ("en", "tăng 9,5 phần trăm", "up 9.5 per cent"),
    ("zh-hans", "tăng 9,5%", "增长9.5%"),
    ("zh-hans", "tăng 9,5%", "增长百分之九点五"),
    ("zh-hans", "tăng 2,3 điểm phần trăm", "提高2.3个百分点"),
    ("en", "tăng 5-7%", "growth of 5% to 7%"),
    ("en", "chiếm 50%", "accounts for half"),
    ("en", "chiếm 25% diện tích", "covers a quarter of the area"),
    ("en", "2 đến 3 triệu đồng", "2 million to 3 million dong"),
    ("en", "giai đoạn 2021-2025", "the 2021–2025 period"),
    ("en", "giai đoạn 2021-2025", "in 2021–25"),
    ("zh-hans", "giai đoạn 2021-2025", "2021至2025年期间"),
    ("en", "3 ngôn ngữ", "three languages"),
    ("zh-hans", "3 ngôn ngữ", "三种语言"),
    ("en", "hai nước", "the 2 countries"),
    ("zh-hans", "hai nước", "两国"),
    ("en", "mười hai dân tộc", "12 ethnic groups"),
    ("en", "hai mươi lăm hộ", "25 households"),
    ("zh-hans", "20 dân tộc", "二十个民族"),
    ("en", "20 dân tộc", "twenty ethnic groups"),
    ("en", "thế kỷ XX", "the 20th century"),
    ("zh-hans", "thế kỷ XX", "20世纪"),
    ("en", "Đại hội lần thứ XIV", "the 14th Congress"),
    ("en", "lần thứ 3", "the third time"),
    ("zh-hans", "những năm 1990", "20世纪90年代"),
    ("en", "những năm 1990", "the 1990s"),
    ("en", "6 tháng đầu năm 2026", "the first half of 2026"),
    ("zh-hans", "6 tháng đầu năm 2026", "2026年上半年"),
    ("zh-hans", "9 tháng đầu năm 2026", "2026年前三季度"),
    ("en", "quý III/2026", "the third quarter of 2026"),
    ("en", "quý 3/2026", "Q3 2026"),
    ("en", "từ 1/7 đến 5/7/2025", "from 1 to 5 July 2025"),
    ("en", "từ ngày 1/7/2025 đến ngày 5/7/2025", "1–5 July 2025"),
    ("en", "từ 1–5/7/2025", "July 1–5, 2025"),
    ("zh-hans", "từ 1-5/7/2025", "2025年7月1日至5日"),
    ("en", "từ 24 đến 26/11", "from 24 to 26 November 2026"),  # a year that the reader needs is no fault
    ("en", "tháng 7 năm 2025", "July 2025"),
    ("zh-hans", "tháng 7/2025", "2025年7月"),
    ("en", "Từ ngày 1/7/2025", "From 1st July, 2025"),
    ("en", "lúc 14h00 ngày 24/11/2026", "at 2 p.m. on 24 November 2026"),
    ("zh-hans", "lúc 14 giờ 30", "下午2时30分"),
    ("zh-hans", "từ 8h30", "上午8点半"),
    ("en", "7h30 sáng", "7.30 a.m."),
    ("en", "mất 8 giờ đi xe", "eight hours by car"),
    ("en", "mất 2 giờ 30 phút", "it takes 2 hours 30 minutes"),
    ("en", "Điện thoại: 0213.3876.501", "Telephone: +84 213 3876 501"),
    ("zh-hans", "Điện thoại: (0213) 3 876 501", "电话：0213.3876501"),
    ("en", "Nghị quyết số 202/2025/QH15", "Resolution No. 202/2025/QH15"),
    ("zh-hans", "Kế hoạch số 93/KH-UBND", "第93/KH-UBND号计划"),
    ("en", "Quốc lộ 4D và QL279", "National Highway 4D and QL279"),
    ("zh-hans", "sau dịch Covid-19", "新冠疫情之后"),
    ("en", "thứ 7 hằng tuần", "every Saturday"),
    ("zh-hans", "thứ 7 hằng tuần", "每周六"),
    ("en", "1 cửa khẩu quốc tế", "an international border gate"),
    ("en", "đỉnh cao 3.049 m", "a 3,049 m peak"),
    ("en", "dài 5 m", "5 m long"),
    ("zh-hans", "265,165 km đường biên giới", "265.165公里边界线"),
    ("en", "phục vụ 24/24 giờ", "open 24/7"),
    ("en", "10 năm qua", "over the past decade"),
    ("en", "38 xã, phường (36 xã, 2 phường)", "38 communes and wards (36 communes, two wards)"),
    ("en", "nhiệt độ 18-22°C", "temperatures of 18–22 °C"),
    ("en", "giá 25.000 đồng", "priced at VND25,000"),
    ("en", "giá 50 triệu USD", "worth USD50 million"),
    ("en", "1 tỷ 200 triệu đồng", "1.2 billion dong"),
    ("en", "24 000 cây", "24,000 trees"),
    ("en", "Thư: a.b@laichau.gov.vn", "E-mail: a.b@laichau.gov.vn"),
    ("en", "Xem https://laichau.gov.vn/a?b=2026.", "See https://laichau.gov.vn/a?b=2026."),
    ("en", "Không có số nào ở đây", "There is nothing to count here"),
    ("en", "3 tháng một lần", "every 3 months"),
    ("en", "các tháng năm 2025", "the months of 2025"),
    ("zh-hans", "mục 1, 2, 3", "第1、2、3项"),
]

# What must be told. (language, Vietnamese, translation, a piece of what is told)
WRONG = [
    ("en", "Diện tích 9.068,7 km²", "An area of 9.068,7 km²", "9.068,7"),  # Vietnamese separators kept
    ("en", "Diện tích 9.068,7 km²", "An area of 9,086.7 km²", "9.068,7"),
    ("en", "1,2 triệu lượt khách", "1.2 billion visitors", "1,2 triệu"),
    ("zh-hans", "1,2 triệu lượt khách", "12万人次", "12万"),
    ("zh-hans", "1.200 tỷ đồng", "1200万越盾", "1200万"),
    ("en", "Ngày 24/11/2026", "On 24 December 2026", "24/11/2026"),
    ("en", "Ngày 12/11/2026", "On 11 December 2026", "12/11/2026"),  # day and month changed places
    ("zh-hans", "Ngày 24/11/2026", "2026年12月24日", "24/11/2026"),
    ("zh-hans", "Ngày 24/11/2026", "2025年11月24日", "24/11/2026"),
    ("en", "Ngày 24/11/2026", "On 24 November", "24/11/2026"),  # a date without its year
    ("en", "tăng 9,5%", "up 9.5 times", "9,5%"),
    ("en", "tăng 9,5%", "it has grown", "9,5%"),
    ("en", "tăng trưởng", "grew by 9.5%", "9.5%"),
    ("en", "38 xã", "36 communes", "38"),
    ("zh-hans", "20 dân tộc", "二十一个民族", "20"),
    ("en", "lúc 14h00", "at 2 a.m.", "14h00"),
    ("en", "Điện thoại: 0213.3876.501", "Telephone: +84 213 3876 510", "0213.3876.501"),
    ("en", "Nghị quyết 202/2025/QH15", "Resolution 220/2025/QH15", "202"),
    ("en", "Thư: a@laichau.gov.vn", "E-mail: b@laichau.gov.vn", "a@laichau.gov.vn"),
    ("en", 'Xem <a id="a1">trang này</a>', "See this page", "a1"),
    ("en", "Xem https://laichau.gov.vn/vi", "See https://laichau.gov.vn/en", "https://laichau.gov.vn/vi"),
    ("en", "2 đến 3 triệu đồng", "2 to 4 million dong", "3 triệu"),
    ("en", "giai đoạn 2021-2025", "in 2021–26", "2025"),
]


@pytest.mark.parametrize(("language", "source", "target"), HONEST, ids=lambda value: value[:40])
def test_no_false_alarm(language, source, target):
    assert [warning.text for warning in warnings_of(source, target, language)] == []


@pytest.mark.parametrize(("language", "source", "target", "told"), WRONG, ids=lambda value: value[:40])
def test_what_differs_is_told(language, source, target, told):
    assert any(told in warning.text for warning in warnings_of(source, target, language))


def test_a_text_without_figures_costs_nothing_and_odd_input_does_not_fail():
    for text in ("", " ", "１２３", "1" * 5000, "1,2,3,4,5", "....,,,,", "9" * 30 + "," + "9" * 30, "٣ ngày", "²³"):
        for language in ("en", "zh-hans"):
            warnings_of(text, text, language)
