"""What is sent beside an answer: a picture, drawn off the event loop, and a file."""

from __future__ import annotations

import asyncio
import logging

from telegram.constants import ChatAction
from telegram.error import BadRequest

from bot import charts
from bot.phrases import phrases
from bot.telegram_face import Face, Talk
from bot.telegram_send import Place, Recent
from bot.types import Answer, Picture
from store.errors import HoitinError

__all__ = ["send_beside"]

log = logging.getLogger(__name__)
_known: Recent[tuple[object, ...], str] = Recent(2_000)     # pictures that Telegram has, by what they show


async def send_beside(face: Face, place: Place, answer: Answer, talk: Talk) -> None:
    """Sends the picture and the file of an answer, if it has any."""
    beside = Place(place.chat_id, place.thread_id)
    if answer.picture is not None:
        await _send_picture(face, beside, answer.picture, talk.language)
    if answer.attachment is not None:
        await face.screen.send_file(beside, answer.attachment)


async def _send_picture(face: Face, place: Place, picture: Picture, language: str) -> None:
    version = await face.version()
    key = (face.username, version, picture.kind, picture.subject, language)
    known = _known.get(key)
    if known is not None:
        try:
            await face.screen.send_photo(place, known, picture.caption)
        except BadRequest as error:             # Telegram has dropped it
            log.info("a known picture is gone: %s", error)
        else:
            return
    work = asyncio.ensure_future(asyncio.get_running_loop().run_in_executor(
        face.drawing, _drawn, face, picture, language, version))
    try:
        png = await face.typing(face.screen.bot, place.chat_id, place.thread_id, work, ChatAction.UPLOAD_PHOTO)
    except HoitinError as error:                # the answer is there without it
        log.info("no picture: %s", error)
        return
    identifier = await face.screen.send_photo(place, png, picture.caption)
    if identifier is not None:
        _known.put(key, identifier)


def _drawn(face: Face, picture: Picture, language: str, version: int) -> bytes:
    """Runs in the drawing thread."""
    library = face.engine.library
    return charts.draw(picture, library.connection, phrases(language), (str(library.path), version))
