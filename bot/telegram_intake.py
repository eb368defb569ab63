"""Files and links that curators send: fetched from Telegram, ingested in a thread, reported."""

from __future__ import annotations

import asyncio
import logging

from telegram import Document
from telegram import Message as TelegramMessage
from telegram.constants import ChatAction

from bot import intake
from bot.phrases import Phrases, phrases
from bot.render import render
from bot.telegram_face import Face, Talk
from bot.telegram_send import Place
from bot.types import Answer, Intent

__all__ = ["take_in"]

log = logging.getLogger(__name__)


async def take_in(face: Face, message: TelegramMessage, talk: Talk, place: Place, text: str) -> bool:
    """Deals with a message that is a file or nothing but a link; False for every other one."""
    url = intake.only_link(text)
    if message.document is None and url is None:
        return False
    say = phrases(talk.language)
    if not talk.admin:
        answer = _said(say("error.admin"))
    else:
        log.info("a curator sent %s", "a link" if message.document is None else "a file")
        work = asyncio.ensure_future(_taken(face, message.document, url or "", say))
        answer = await face.typing(face.screen.bot, place.chat_id, place.thread_id, work, ChatAction.TYPING)
    await face.screen.send(place, render(answer, talk.language))
    return True


async def _taken(face: Face, document: Document | None, url: str, say: Phrases) -> Answer:
    if document is None:
        return await face.in_thread(intake.link, face.engine, face.state, url, say)
    name = document.file_name or "tep"
    if (document.file_size or 0) > intake.FILE_LIMIT:
        return _said(say("intake.large", name=name, size=intake.FILE_LIMIT >> 20))
    file = await document.get_file()
    content = bytes(await file.download_as_bytearray())
    return await face.in_thread(intake.file, face.engine, face.state, name, content, say)


def _said(text: str) -> Answer:
    return Answer(Intent("intake"), found=False, headline=text)
