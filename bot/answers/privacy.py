"""/privacy and /forget: what the bot keeps of whoever talks to it, and how to end that."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.common import nothing
from bot.ask import Ask
from bot.types import Answer, Intent
from store.state import State
from store.state_judgements import forget_curator

__all__ = ["FORGOTTEN", "forget", "privacy"]

FORGOTTEN = Intent("forget", "done")
"""The intent of the answer after which the face forgets its own part: the conversation, what stands on the screen."""

_YES = "#yes"


def privacy(ask: Ask) -> Answer:
    """What is kept, for how long, by whom."""
    lines = [ask.say(f"privacy.{key}") for key in ("kept", "not_kept", "corpus", "curators")]
    button = ask.button(ask.say("privacy.forget"), "forget")
    return nothing(ask, ask.say("privacy.headline"), lines, ((button,),))


def forget(ask: Ask) -> Answer:
    """Asks once, then deletes every row of this user."""
    state, user = ask.state, ask.conversation.user_id
    if not isinstance(state, State) or not user:
        return nothing(ask, ask.say("privacy.console"))
    if ask.intent.argument != _YES:
        yes, no = ask.button(ask.say("privacy.yes"), "forget", _YES), ask.button(ask.say("curate.no"), "cancel")
        return nothing(ask, ask.say("privacy.sure"), buttons=((yes, no),))
    state.forget(user)
    forget_curator(state, user)
    return replace(nothing(ask, ask.say("privacy.forgotten")), intent=FORGOTTEN)
