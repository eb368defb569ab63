"""News to those who watch: looks at the corpus every few seconds and sends what `bot.watch` finds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from functools import partial

from telegram.error import BadRequest, Forbidden

from bot import watch
from bot.telegram_face import Face
from bot.telegram_send import Place
from bot.types import Message
from store.errors import HoitinError
from store.queries_watch import latest_run

__all__ = ["follow"]

log = logging.getLogger(__name__)
EVERY = 5.0                         # seconds; an ingest takes longer, and a look costs a millisecond
_NEVER = ("chat not found", "have no rights to send", "not enough rights", "bot was kicked", "user is deactivated")


async def follow(face: Face, stop: asyncio.Event) -> None:
    """Tells the news until the bot stops; a message on its way is finished and noted."""
    seen = -1
    while not stop.is_set():
        try:
            latest = await face.in_thread(_latest, face)
            if latest != seen:
                seen = latest
                new = await face.in_thread(watch.look, face.state, face.engine.library)
                log.info("run %d of the corpus: %d pieces of news for those who watch", latest, new)
            await watch.tell(face.state, face.engine.library, partial(_send, face), face.in_thread,
                             stopping=stop.is_set)
        except HoitinError as error:            # the store is being replaced; the next round finds it
            log.warning("no look at the news this time: %s", error)
        except Exception:                       # news must never end the bot, nor end for good
            log.exception("no look at the news this time")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY)


def _latest(face: Face) -> int:
    face.engine.library.refresh()
    return latest_run(face.engine.library.connection)


async def _send(face: Face, chat_id: int, message: Message) -> bool:
    """Whether it arrived; False where it never can. A network that is down raises."""
    if not face.settings.may_ask(chat_id, chat_id):     # no longer among those whom the bot serves
        return False
    try:
        await face.screen.send(Place(chat_id), message)
    except Forbidden:
        return False
    except BadRequest as error:
        if not any(reason in str(error).lower() for reason in _NEVER):
            raise
        return False
    return True
