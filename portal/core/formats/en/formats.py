"""English here is read by people of every country, beside Vietnamese: the day first there too, never the month."""

from portal.core.formats.vi.formats import DATE_INPUT_FORMATS as DAY_FIRST
from portal.core.formats.vi.formats import DATETIME_INPUT_FORMATS as DAY_FIRST_WITH_TIME

SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
DATE_INPUT_FORMATS = [*DAY_FIRST, "%d %B %Y", "%d %b %Y"]
DATETIME_INPUT_FORMATS = [*DAY_FIRST_WITH_TIME, "%d %B %Y %H:%M"]
