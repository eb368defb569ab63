"""Between handlers and engine: who is asking, answers from threads, typing meanwhile, answers asked before.

Nothing here blocks the event loop: the engine, the state file and the drawing of pictures run in threads, each with a
read-only connection of its own to the corpus.
"""

from __future__ import annotations

import asyncio
import datetime
import gc
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from telegram import Bot, Chat, User
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.engine import Engine, is_gone_on_from
from bot.inbox import Inbox
from bot.phrases import LANGUAGES, Phrases, phrases
from bot.settings import Settings
from bot.telegram_links import kind_of, share_row
from bot.telegram_send import Recent, Screen, Sheet
from bot.types import Answer, Conversation
from store.state import State

__all__ = ["Face", "Talk"]

log = logging.getLogger(__name__)
T = TypeVar("T")
# Threads that answer. More than the cores, as SQLite and rapidfuzz let go of the interpreter; few enough that the
# event loop gets its turns.
THREADS = 4
TYPING_AFTER = 0.5                  # seconds; an indicator for what is faster only flickers
_TYPING_LASTS = 4.5                 # Telegram shows one for five seconds
_TALKS = 5_000                      # conversations whose last answer is remembered
_ANSWERS = 3_000                    # messages kept ready, about 5 kB each
_WARMING = ("/who a", "/org a", "/doc 1", "/find a", "ai là chủ tịch a?")
_ANY = "any"                        # in a key, in the place of the answer before: whatever it was
_FRESH = 1.0                        # seconds after an ingest in which an old answer may still be given


class Talk(Conversation):
    """A conversation that notices whether an answer looked at who asks: if not, it is everybody's answer.

    `personal`: it looked at the user or the chat; `looked_back`: at the answer before, so it is the answer of all who
    got that one.
    """

    __slots__ = ("_chat_id", "_last", "_user_id", "before", "looked_back", "personal")

    def __init__(self, user_id: int, chat_id: int, language: str, admin: bool, group: bool) -> None:
        self.personal = self.looked_back = False
        self.before = 0             # the number of the sheet that was shown last
        super().__init__(user_id, chat_id, language, admin, group)

    @property
    def user_id(self) -> int:  # a field of the base, watched here
        """Whose conversation it is."""
        self.personal = True
        return self._user_id

    @user_id.setter
    def user_id(self, value: int) -> None:
        self._user_id = value

    @property
    def own_id(self) -> int:
        """Whose conversation it is, for the face itself, whose looking does not count."""
        return self._user_id

    @property
    def chat_id(self) -> int:  # as above
        """Where it takes place."""
        self.personal = True
        return self._chat_id

    @chat_id.setter
    def chat_id(self, value: int) -> None:
        self._chat_id = value

    @property
    def last(self) -> Answer | None:  # as above
        """The answer before."""
        self.looked_back = True
        return self._last

    @last.setter
    def last(self, value: Answer | None) -> None:
        self._last = value


class Face:
    """What all handlers share."""

    def __init__(self, settings: Settings, engine: Engine, state: State) -> None:
        self.settings = settings
        self.engine = engine
        self.state = state
        self.inbox = Inbox(_beside(state.path))
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")
        self.drawing = ThreadPoolExecutor(1, thread_name_prefix="draw")    # pictures must not keep answers waiting
        self._talks: Recent[tuple[int, int], Talk] = Recent(_TALKS)
        self._answers: Recent[tuple[object, ...], Sheet] = Recent(_ANSWERS)
        self._saying: Recent[tuple[str, Answer | None], Sheet] = Recent(_ANSWERS)
        self.answered: Recent[tuple[int, int], int] = Recent(_TALKS)      # question → last message of its answer
        self._screen: Screen | None = None
        self._version, self._looked = 0, 0.0
        self._warming: asyncio.Future[None] | None = None
        self.username = ""

    def connect(self, bot: Bot) -> None:
        """Tells it the bot, once it is known."""
        self._screen = Screen(bot)
        self.username = bot.username

    @property
    def screen(self) -> Screen:
        """Where answers are shown."""
        if self._screen is None:
            raise RuntimeError("the bot is not connected yet")
        return self._screen

    def close(self) -> None:
        """Ends threads and files; what they do is finished first."""
        self.threads.shutdown()
        self.drawing.shutdown()
        self.engine.close()
        self.state.close()
        self.inbox.close()

    # --------------------------------------------------------------------------------------------------- who is asking

    async def talk(self, user: User, chat: Chat | None) -> Talk:
        """The conversation with this user in this chat; in an inline query there is no chat."""
        key = (user.id, chat.id if chat else 0)
        known = self._talks.get(key)
        if known is not None:
            return known
        language = await self.in_thread(self._language, user)
        group = chat is not None and chat.type != Chat.PRIVATE
        made = Talk(user.id, key[1], language, user.id in self.settings.admins, group)
        self._talks.put(key, made)
        return made

    def _language(self, user: User) -> str:
        """What the user chose; else that of their Telegram; else the operator's."""
        chosen = self.state.language(user.id)
        if self.state.blocked(user.id):
            self.state.set_blocked(user.id, False)      # whoever writes has unblocked
        spoken = (user.language_code or "")[:2].lower()
        return chosen or (spoken if spoken in LANGUAGES else self.settings.language)

    async def say(self, user: User, chat: Chat | None = None) -> Phrases:
        """The bot's own words in the user's language."""
        return phrases((await self.talk(user, chat)).language)

    async def language_changed(self, user_id: int, language: str) -> None:
        """Keeps a choice, for this user's other chats too."""
        await self.in_thread(self.state.set_language, user_id, language)
        self._talks.drop_if(lambda key: key[0] == user_id)

    def blocked(self, user_id: int) -> None:
        """The user has blocked the bot."""
        log.info("a user has blocked the bot")      # ids stay out of logs, which /forget cannot reach
        self.drawing.submit(self.state.set_blocked, user_id, True)
        self._talks.drop_if(lambda key: key[0] == user_id)

    def forget(self, user_id: int, chat_id: int) -> None:
        """What is remembered of a user outside the state file."""
        self._talks.drop_if(lambda key: key[0] == user_id)
        self.answered.drop_if(lambda key: key[0] == chat_id)
        self.screen.forget(chat_id)

    # --------------------------------------------------------------------------------------------------------- answers

    async def in_thread(self, function: Callable[..., T], *args: object) -> T:
        """A blocking call, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, function, *args)

    def ready(self, text: str, talk: Talk) -> Sheet | None:
        """The same answer as was given before, where the corpus is the same and nothing about the asker matters."""
        if time.monotonic() - self._looked > _FRESH:
            return None
        key = self._key(text, talk)
        found = self._answers.get((*key, _ANY)) or self._answers.get((*key, talk.before))
        if found is not None:
            self._remember(talk, found)
        return found

    @staticmethod
    def _remember(talk: Talk, sheet: Sheet) -> None:
        """What the next message may refer to; not help or a list of watches, after which the answer before still stands."""
        answer = sheet.message.answer
        if answer is not None and is_gone_on_from(answer):
            talk.last, talk.before = answer, sheet.number

    async def respond(self, text: str, talk: Talk) -> Sheet:
        """The engine's answer."""
        await self.version()
        found = self.ready(text, talk)
        if found is not None:
            return found
        key, before, language = self._key(text, talk), talk.before, talk.language
        talk.personal = talk.looked_back = False
        sheet = await self.in_thread(self._sheet, text, talk)
        sheet = self._alike(sheet, talk.language)
        if not talk.personal and talk.language == language:
            self._answers.put((*key, before if talk.looked_back else _ANY), sheet)
        self._remember(talk, sheet)
        return sheet

    def _alike(self, sheet: Sheet, language: str) -> Sheet:
        """The sheet that says the same, if there is one: what follows an answer is looked up by its sheet's number."""
        known = self._saying.get((language, sheet.message.answer))
        if known is None:
            self._saying.put((language, sheet.message.answer), sheet)
        return known or sheet

    def _key(self, text: str, talk: Talk) -> tuple[object, ...]:
        return text, talk.language, talk.admin, talk.group, self._version, datetime.date.today()

    def _sheet(self, text: str, talk: Talk) -> Sheet:
        message = self.engine.respond(text, talk)
        subject = message.answer.subject if message.answer else None
        kind = kind_of(self.engine.library.connection, subject)
        return Sheet.of(message, *share_row(message, kind, self.username, phrases(talk.language)))

    async def warm(self) -> None:
        """Makes what is derived from the whole corpus, seconds of work with 5,000 articles, before a user needs it."""
        try:
            await asyncio.get_running_loop().run_in_executor(self.drawing, self._warm)
        except Exception:           # the first who asks will see it too, and be told
            log.exception("not everything could be prepared")
        gc.collect()
        gc.freeze()                 # a full collection over that would halt everything for 0.08 s, again and again

    def _warm(self) -> None:
        self.engine.library.warm()
        for text in _WARMING:
            self.engine.respond(text, Conversation())

    async def version(self) -> int:
        """A number that changes with the corpus; looked up once a second, in a thread, as it may have to wait there."""
        if time.monotonic() - self._looked > _FRESH:
            self._looked = time.monotonic()
            before, self._version = self._version, await self.in_thread(self.engine.library.refresh)
            if before not in (0, self._version):
                self._warming = asyncio.ensure_future(self.warm())      # kept, or it might be collected half done
        return self._version

    async def typing(self, bot: Bot, chat_id: int, thread_id: int | None, work: asyncio.Future[T],
                     action: str = ChatAction.TYPING) -> T:
        """The result of some work, with an indicator in the chat once it takes long."""
        pause = TYPING_AFTER
        while not (await asyncio.wait({work}, timeout=pause))[0]:
            try:
                await bot.send_chat_action(chat_id, action, message_thread_id=thread_id)
            except TelegramError as error:
                log.debug("no typing indicator: %s", error)
            pause = _TYPING_LASTS
        return work.result()


def _beside(state: Path) -> Path | None:
    """`hoitin-state.db-inbox`; a state in memory has none."""
    return None if state.name == ":memory:" else state.with_name(state.name + "-inbox")
