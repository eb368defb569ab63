"""Updates → questions, answers → messages. Handlers translate; thinking is done in `bot.engine`, off the event loop.

on_message     a question, or an edited one, whose answer is edited too
on_press       a button: `‹ 2/7 ›` turns the page in place, every other one is a new question
on_inline      `@bot đinh tiến` in any chat
on_membership  blocked, unblocked
on_error       logged first, apologised for second
"""

from __future__ import annotations

import asyncio
import logging
import re
from html import escape
from typing import Any

from telegram import CallbackQuery, Chat, Update, User
from telegram import Message as TelegramMessage
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.answers.privacy import FORGOTTEN
from bot.telegram_face import Face, Talk
from bot.telegram_group import addressed
from bot.telegram_inline import answer_inline
from bot.telegram_intake import take_in
from bot.telegram_links import said_by
from bot.telegram_media import send_beside
from bot.telegram_profile import present_to_curator
from bot.telegram_send import Place, Sheet
from bot.types import Block, Message

__all__ = ["ALLOWED_UPDATES", "Handlers"]

log = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
_TURNS_PAGE = re.compile(r"[‹›«»]|\d+/\d+|[‹›«»] ?\d+|\d+ ?[‹›«»]")


class Handlers:
    """The handlers of one bot."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self._being_answered: set[tuple[int, int, str]] = set()
        self._greeted: set[int] = set()

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Adds them to the application."""
        said = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
        application.add_handler(MessageHandler(said, self.on_message))
        application.add_handler(CallbackQueryHandler(self.on_press))
        application.add_handler(InlineQueryHandler(self.on_inline))
        application.add_handler(ChatMemberHandler(self.on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_error_handler(self.on_error)

    # -------------------------------------------------------------------------------------------------------- messages

    async def on_message(self, update: Update, context: Context) -> None:
        """Answers a question; an edited question has its answer edited."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None or message.via_bot is not None:      # our own inline card, posted here
            return
        text = self._question(message)
        if text is None:
            return
        if not self.face.settings.may_ask(user.id, message.chat_id):
            await self._refuse(user, message)
            return
        talk = await self.face.talk(user, message.chat)
        self._greet(context, talk)
        place = _place(message)
        if await take_in(self.face, message, talk, place, text):
            return
        answer = await self._answered(said_by(text), talk, place)
        previous = self.face.answered.get((message.chat_id, message.message_id)) if message.edit_date else None
        if previous is not None:
            ids = await self.face.screen.revise(place, previous, answer)
        else:
            ids = await self.face.screen.send(place, answer)
        self.face.answered.put((message.chat_id, message.message_id), ids[-1])
        await self._send_beside(context, update, place, answer, talk)

    async def _send_beside(self, context: Context, update: Update, place: Place, answer: Sheet, talk: Talk) -> None:
        """Picture and file follow by themselves: the next question does not wait for them, a stopping bot does."""
        said = answer.message.answer
        if said is None or not (said.picture or said.attachment):
            return
        if context.application.running:
            context.application.create_task(send_beside(self.face, place, said, talk), update)
        else:
            await send_beside(self.face, place, said, talk)

    def _greet(self, context: Context, talk: Talk) -> None:
        """A curator has the curators' menu from the first word on; Telegram takes none for a chat that is not there."""
        if talk.admin and not talk.group and talk.own_id not in self._greeted and context.application.running:
            self._greeted.add(talk.own_id)
            context.application.create_task(present_to_curator(context.bot, talk.own_id))

    def _question(self, message: TelegramMessage) -> str | None:
        """What a message asks; None where it asks nothing of the bot."""
        text = message.text or message.caption or ""
        if message.chat.type == Chat.PRIVATE:
            return text or ("" if _has_content(message) else None)
        replied = message.reply_to_message
        to_bot = replied is not None and replied.from_user is not None and (
            replied.from_user.username == self.face.username)
        return addressed(text, self.face.username, to_bot)

    async def _answered(self, text: str, talk: Talk, place: Place) -> Sheet:
        """The answer to a text."""
        ready = self.face.ready(text, talk)
        if ready is not None:
            return ready
        before = talk.language
        work = asyncio.ensure_future(self.face.respond(text, talk))
        answer = await self.face.typing(self.face.screen.bot, place.chat_id, place.thread_id, work)
        if talk.language != before:
            await self.face.language_changed(talk.own_id, talk.language)
        if answer.message.answer is not None and answer.message.answer.intent == FORGOTTEN:
            self.face.forget(talk.own_id, place.chat_id)
        return answer

    async def _refuse(self, user: User, message: TelegramMessage) -> None:
        """A polite word to a stranger; in a group none, as the others did not ask for one."""
        if message.chat.type == Chat.PRIVATE:
            say = await self.face.say(user, message.chat)
            await self.face.screen.send(_place(message), _plainly(say("telegram.refused", id=user.id)))

    # --------------------------------------------------------------------------------------------------------- buttons

    async def on_press(self, update: Update, context: Context) -> None:
        """A button says its data, as if the user had typed it."""
        query = update.callback_query
        if query is None:
            return
        message = query.message
        chat = message.chat if message else None
        if not self.face.settings.may_ask(query.from_user.id, chat.id if chat else 0):
            say = await self.face.say(query.from_user)
            await _acknowledge(query, say("telegram.refused_short"))
            return
        pressed = (chat.id if chat else 0, message.message_id if message else 0, query.data or "")
        if pressed in self._being_answered:         # a double tap
            await _acknowledge(query)
            return
        self._being_answered.add(pressed)
        acknowledged = asyncio.ensure_future(_acknowledge(query))
        try:
            if chat is not None:
                await self._pressed(update, context, query, chat)
        finally:
            self._being_answered.discard(pressed)
            await acknowledged

    async def _pressed(self, update: Update, context: Context, query: CallbackQuery, chat: Chat) -> None:
        message = query.message if isinstance(query.message, TelegramMessage) else None     # None: too old to be read
        talk = await self.face.talk(query.from_user, chat)
        thread = message.message_thread_id if message and message.is_topic_message else None
        reply_to = message.message_id if message and talk.group else None
        place = Place(chat.id, thread, reply_to)
        answer = await self._answered(query.data or "", talk, place)
        if message is not None and _turns_page(query, message):
            await self.face.screen.revise(place, message.message_id, answer, message)
        else:
            await self.face.screen.send(place, answer)
            await self._send_beside(context, update, place, answer, talk)

    # ---------------------------------------------------------------------------------------------------------- others

    async def on_inline(self, update: Update, context: Context) -> None:
        """Cards for what is typed after `@bot`."""
        if update.inline_query is not None:
            await answer_inline(self.face, update.inline_query)

    async def on_membership(self, update: Update, context: Context) -> None:
        """A user has blocked or unblocked the bot."""
        change = update.my_chat_member
        if change is None or change.chat.type != Chat.PRIVATE:
            return
        if change.new_chat_member.status == ChatMemberStatus.BANNED:
            self.face.blocked(change.from_user.id)
        else:
            await self.face.in_thread(self.face.state.set_blocked, change.from_user.id, False)

    async def on_error(self, update: object, context: Context) -> None:
        """What no handler expected: into the log first; then a word to the user, without internals."""
        error = context.error
        if isinstance(error, Forbidden):
            log.info("not delivered: %s", error)
            return
        if isinstance(error, InvalidToken):
            log.error("Telegram does not know this token any more: %s", error)
            return
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            log.error("not delivered, after every retry: %s", error)
            return
        log.error("an update failed: %s", type(error).__name__, exc_info=error)
        if isinstance(update, Update) and update.effective_message and update.effective_user:
            message = update.effective_message
            if message.chat.type == Chat.PRIVATE or update.callback_query or self._question(message) is not None:
                await self._apologise(message, update.effective_user)

    async def _apologise(self, message: TelegramMessage, user: User) -> None:
        try:
            say = await self.face.say(user, message.chat)
            await self.face.screen.send(_place(message), _plainly(say("error.inside")))
        except TelegramError as error:
            log.error("the apology was not delivered either: %s", error)    # noqa: TRY400  # its cause is logged above


def _has_content(message: TelegramMessage) -> bool:
    """A sticker, a voice, a picture: something a person sent; not `pinned a message`."""
    return message.effective_attachment is not None


def _place(message: TelegramMessage) -> Place:
    """Where the answer to a message goes: in groups as a reply to it."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat_id, thread, None if message.chat.type == Chat.PRIVATE else message.message_id)


def _turns_page(query: CallbackQuery, message: TelegramMessage) -> bool:
    """Whether the pressed button is one of `‹ 2/7 ›`."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    labels = [button.text for row in rows for button in row if button.callback_data == query.data]
    return any(_TURNS_PAGE.fullmatch(label.strip()) for label in labels)


async def _acknowledge(query: CallbackQuery, text: str | None = None) -> None:
    """Ends the button's progress bar; too late is no misfortune."""
    try:
        await query.answer(text, show_alert=text is not None)
    except BadRequest as error:
        log.info("a press was answered too late: %s", error)


def _plainly(text: str) -> Sheet:
    """One line of the bot's own."""
    return Sheet.of(Message((Block(escape(text, quote=False), text),)))
