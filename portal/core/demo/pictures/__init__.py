"""Pictures for the demo content, drawn by code: ``draw("terraces")`` returns a file name and its content.

Nothing here needs Django; a picture is the same every time it is drawn. None of them is a map and none shows a
flag, an emblem or writing: they are captioned as illustrations of the portal.
"""

from collections.abc import Callable

from portal.core.demo.pictures.bridges import border_gate, glass_bridge
from portal.core.demo.pictures.brocade import brocade_dao, brocade_mong, brocade_thai
from portal.core.demo.pictures.gatherings import market, xoe_dance
from portal.core.demo.pictures.highlands import cloud_sea, peaks, town
from portal.core.demo.pictures.landscapes import terraces
from portal.core.demo.pictures.nature import cave, sea_islands
from portal.core.demo.pictures.places import reservoir, stilt_house
from portal.core.demo.pictures.plants import ginseng, rhododendron
from portal.core.demo.pictures.scenes import documents, meeting
from portal.core.demo.pictures.tea import tea_hills
from portal.core.demo.pictures.waters import river, waterfall

__all__ = ["PICTURES", "draw"]

PICTURES: dict[str, Callable[[], bytes]] = {
    "terraces": terraces,
    "tea-hills": tea_hills,
    "peaks": peaks,
    "cloud-sea": cloud_sea,
    "brocade-mong": brocade_mong,
    "brocade-thai": brocade_thai,
    "brocade-dao": brocade_dao,
    "rhododendron": rhododendron,
    "ginseng": ginseng,
    "border-gate": border_gate,
    "river": river,
    "market": market,
    "cave": cave,
    "waterfall": waterfall,
    "stilt-house": stilt_house,
    "reservoir": reservoir,
    "glass-bridge": glass_bridge,
    "xoe-dance": xoe_dance,
    "meeting": meeting,
    "documents": documents,
    "sea-islands": sea_islands,
    "town": town,
}


def draw(name: str) -> tuple[str, bytes]:
    """Draw a picture by its name; return its file name and content (SVG or JPEG)."""
    content = PICTURES[name]()
    extension = "svg" if content.startswith(b"<svg") else "jpg"
    return f"{name}.{extension}", content
