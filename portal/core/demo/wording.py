"""What every demo page says of itself at its end, and what outdated ones said before: the loader's own words."""

DEMO_TITLE = {"vi": "Nội dung minh họa", "en": "Demonstration content", "zh-hans": "示范内容"}
DEMO_TEXT = {
    "vi": "Trang này được soạn để chạy thử cổng thông tin, chưa phải thông tin chính thức của tỉnh.",
    "en": "This page was written to try out the portal. It is not yet official information of the province.",
    "zh-hans": "本页为门户试运行而编写，尚不是本省的正式信息。",
}
DEMO_SOURCE = {"vi": "Nguồn: ", "en": "Source: ", "zh-hans": "来源："}

# Stood at the end of the summary in the first version of a page whose translation the demo shows as out of date.
FIRST_VERSION = " Trang đang được bổ sung."

DOCUMENT_CREDIT = "Văn bản minh họa của cổng"
DOCUMENT_NOTE = "Bản tóm tắt do cổng soạn để chạy thử, không phải toàn văn và không thay cho văn bản gốc."
