"""Social cards: the picture that messengers and networks show beside a link to a page.

One JPEG a page, 1200 × 630, made by a task when the page is published and never by a reader's request. Until it is
there, or where the server has no font for the script, the card is the portal's own without words.
"""
