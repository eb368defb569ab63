"""Message text in, Message out: what the console and Telegram share."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from bot.answers import about
from bot.ask import Ask, LongTexts
from bot.commands import COMMAND_OF, COMMANDS
from bot.context import understood
from bot.intents import parse
from bot.library import Library
from bot.phrases import phrases
from bot.render import ONE_SCREEN, render
from bot.titles import with_titles
from bot.types import Answer, Conversation, Intent, Message
from store.errors import QueryTimeout
from store.text import storable

__all__ = ["Engine", "is_gone_on_from"]

KEPT_ANSWERS = 2048                 # of a few kilobytes each
ANSWER_SECONDS = 8.0                # generous: p99 is under a tenth of a second; guards against a pathological query


class _Memory:
    """Long texts of buttons where no state file keeps them: the console."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def remember_text(self, key: str, text: str) -> None:
        self.texts[key] = text

    def recall_text(self, key: str) -> str | None:
        return self.texts.get(key)


class Engine:
    """Answers messages from a store; may be called from any thread. `screen`: characters of a message on one screen."""

    def __init__(self, db_path: str | Path, state: object | None = None, screen: int = ONE_SCREEN) -> None:
        self.library = Library(db_path)
        self.state = state
        self.screen = screen
        self._lock = threading.Lock()
        self._answers: OrderedDict[tuple[int, Intent, str], Answer] = OrderedDict()
        self.texts: LongTexts = state if isinstance(state, LongTexts) else _Memory()

    def respond(self, text: str, conversation: Conversation) -> Message:
        """The answer to a message, ready to send; the conversation remembers it."""
        answer = self.answer(text, conversation)
        return render(answer, conversation.language, self.screen)

    def answer(self, text: str, conversation: Conversation) -> Answer:
        """The answer before rendering; the same as before where the store has not changed since."""
        text, version = storable(text), self.library.refresh()
        ask = self._ask(Intent("ask", text), conversation)
        try:
            with self.library.limit(ANSWER_SECONDS):
                intent = self._expanded(parse(understood(text, conversation, self.library)))
                ask = self._ask(intent, conversation)
                answer = self._kept(ask, version)
        except QueryTimeout:
            answer = Answer(ask.intent, found=False, headline=ask.say("error.timeout"))
        if is_gone_on_from(answer):
            conversation.last = answer
        return answer

    def _kept(self, ask: Ask, version: int) -> Answer:
        """An answer about the corpus is the same for everybody; others are made anew."""
        row = COMMAND_OF.get(ask.intent.command)
        if row is None or not row.of_corpus:
            return _answering(ask)
        key = (version, ask.intent, ask.language)
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
        if answer is None:
            answer = _answering(ask)
            with self._lock:
                self._answers[key] = answer
                if len(self._answers) > KEPT_ANSWERS:
                    self._answers.popitem(last=False)
        return answer

    def ask(self, intent: Intent, conversation: Conversation) -> Ask:
        """What an answering function is given; for inline mode, which offers several answers at once."""
        return self._ask(intent, conversation)

    def _ask(self, intent: Intent, conversation: Conversation) -> Ask:
        table = {row.name: row for row in COMMANDS}
        return Ask(intent, self.library, conversation, phrases(conversation.language), self.texts, table, self.state)

    def _expanded(self, intent: Intent) -> Intent:
        """The intent with the long text that its button kept under a hash."""
        if not intent.argument.startswith("~"):
            return intent
        kept = self.texts.recall_text(intent.argument[1:])
        if kept is None:
            return Intent("forgotten")
        return Intent(intent.command, kept, intent.page, intent.slots)

    def close(self) -> None:
        """Closes the store."""
        self.library.close()


def is_gone_on_from(answer: Answer) -> bool:
    """Help, a language or a list of watches is no answer to go on from: `ai nữa?` and `/export` mean the one before."""
    row = COMMAND_OF.get(answer.intent.command)
    return answer.intent.command == "export" or (row is not None and row.of_corpus)


def _answering(ask: Ask) -> Answer:
    if ask.intent.command == "forgotten":
        return Answer(ask.intent, found=False, headline=ask.say("error.forgotten"))
    row = COMMAND_OF.get(ask.intent.command)
    if row is None:
        return about.unknown(ask)
    if row.admin and not ask.conversation.admin:
        return Answer(ask.intent, found=False, headline=ask.say("error.admin"))
    return with_titles(row.answer(ask), ask.connection)
