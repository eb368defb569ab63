"""The Telegram bot: python-telegram-bot put together, started, and stopped so that what it began is finished.

    asyncio.run(serve(settings, engine, state))

`build` makes the application; `serve` runs it until SIGTERM or SIGINT. What cannot work says so in one line
(SettingsError); a network that is down is waited for.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from bot.engine import Engine
from bot.handlers import ALLOWED_UPDATES, Handlers
from bot.settings import TOKEN_HELP, Settings
from bot.telegram_delivery import Delivery
from bot.telegram_face import Face
from bot.telegram_news import follow
from bot.telegram_profile import present
from bot.telegram_updates import Incoming, InOrder, Polling
from bot.transport import AiohttpRequest
from store.errors import SettingsError
from store.state import State

__all__ = ["build", "serve"]

log = logging.getLogger(__name__)
App = Application[Any, Any, Any, Any, Any, Any]
AT_ONCE = 256                       # updates side by side; they wait for the network, not for each other
_POLL = 25                          # seconds a getUpdates waits for news
_WARM = 20.0                        # seconds in which it prepares before it listens; questions wait at Telegram meanwhile
_FINISH = 10.0                      # seconds in which a stopping bot finishes what it began
_POLL_STOP = 3.0                    # seconds in which it tells Telegram up to where it has read
Transport = Callable[[float], BaseRequest]


def build(settings: Settings, face: Face, transport: Transport = AiohttpRequest) -> App:
    """The application with its handlers; nothing is sent yet."""
    builder = (
        ApplicationBuilder()
        .token(settings.require_token())
        .request(transport(7.0))
        .get_updates_request(Polling(transport(10.0), face.inbox))      # on top of the time it waits for news
        .update_queue(Incoming(face.inbox))
        .rate_limiter(Delivery(face.blocked))
        .concurrent_updates(InOrder(AT_ONCE, face.inbox))
    )
    if settings.base_url:
        builder = builder.base_url(settings.base_url)
    if settings.base_file_url:
        builder = builder.base_file_url(settings.base_file_url)
    application: App = builder.build()
    Handlers(face).register(application)
    return application


async def serve(settings: Settings, engine: Engine, state: State, transport: Transport = AiohttpRequest) -> None:
    """Runs the bot until it is told to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    face = Face(settings, engine, state)
    application = build(settings, face, transport)
    try:
        await _unless(stop, _reach(application.initialize, settings))
        if not stop.is_set():
            face.connect(application.bot)
            await _run(application, face, stop)
    finally:
        if application.running:
            await _within(_FINISH, application.stop(), "some answers were not finished")
        await application.shutdown()
        await application.bot.shutdown()        # its connections, where the start did not get that far
        face.close()


async def _unless(stop: asyncio.Event, work: Awaitable[Any]) -> None:
    """Does the work, or gives it up when the bot is told to stop."""
    task, told = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not task.done():
        task.cancel()
        return
    task.result()


async def _reach(step: Callable[[], Awaitable[Any]], settings: Settings) -> None:
    """A first call to Telegram, repeated while the network is down; a token Telegram refuses is one clear line."""
    pause = 1.0
    while True:
        try:
            await step()
        except InvalidToken:
            where = f"the Bot API server at {urlsplit(settings.base_url).netloc}" if settings.base_url else "Telegram"
            raise SettingsError(f"TELEGRAM_BOT_TOKEN: {where} does not know this token (revoked or mistyped): "
                                f"{TOKEN_HELP}") from None
        except BadRequest as error:
            raise SettingsError(f"Telegram refuses to start the bot: {error}") from None
        except (NetworkError, RetryAfter) as error:
            log.warning("Telegram cannot be reached: %s; trying again in %g s", error, pause)
            await asyncio.sleep(pause)
            pause = min(30.0, pause * 2)
        else:
            return


async def _run(application: App, face: Face, stop: asyncio.Event) -> None:
    """From the first update to the last answer."""
    updater = application.updater
    if updater is None:
        raise RuntimeError("an application without updater")
    settings = face.settings
    warm = asyncio.ensure_future(face.warm())
    await _unless(stop, asyncio.wait({warm}, timeout=_WARM))
    await application.start()
    await _resume(application, face)
    await _unless(stop, _reach(lambda: _listen(application, settings), settings))
    profile = asyncio.ensure_future(present(application.bot, settings.language))
    news = asyncio.ensure_future(follow(face, stop))
    log.info("@%s is listening (%s)", face.username, "webhook" if settings.webhook else "long polling")
    await stop.wait()
    log.info("stopping: finishing what was begun")
    for task in (profile, warm):
        task.cancel()
    if isinstance(application.bot.rate_limiter, Delivery):
        application.bot.rate_limiter.close()
    await _within(_FINISH, news, "a piece of news was not finished")
    if updater.running:
        await _within(_POLL_STOP, updater.stop(), "Telegram was not told up to where updates were read")
    await _within(_FINISH, application.stop(), "some answers were not finished")


async def _resume(application: App, face: Face) -> None:
    """What a bot that was killed had fetched and not answered; a typed inline query is long dead."""
    queue = application.update_queue
    if isinstance(queue, Incoming):
        queue.noting = face.settings.webhook is not None
    left = face.inbox.left()
    for raw in left:
        if "inline_query" in raw:
            face.inbox.done(raw["update_id"])
        else:
            queue.put_nowait(Update.de_json(raw, application.bot))
    if left:
        log.info("%d updates were not answered before: answering them now", len(left))


async def _within(seconds: float, work: Awaitable[None], complaint: str) -> None:
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        log.warning("%s within %g s", complaint, seconds)


async def _listen(application: App, settings: Settings) -> None:
    """Long polling, or a webhook."""
    updater, hook = application.updater, settings.webhook
    if updater is None or updater.running:
        return
    if hook is None:
        await updater.start_polling(timeout=_POLL, allowed_updates=ALLOWED_UPDATES, error_callback=_polling_failed)
        return
    door = _door(hook.host, hook.port)
    try:
        await updater.start_webhook(
            unix=door, webhook_url=hook.url, url_path=urlsplit(hook.url).path.lstrip("/"),
            cert=hook.cert, key=hook.key, secret_token=hook.secret, allowed_updates=ALLOWED_UPDATES,
            max_connections=100)
    except BaseException:
        door.close()
        raise


def _door(host: str, port: int) -> socket.socket:
    """Open before Telegram is told the address: what it delivers at once waits there instead of being turned away."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        door = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise SettingsError(f"HOITIN_WEBHOOK_LISTEN: cannot listen on {host}:{port}: "
                            f"{error.strerror or error}; choose another port") from None
    door.setblocking(False)
    return door


def _polling_failed(error: TelegramError) -> None:
    """One line an event; the library goes on by itself."""
    if isinstance(error, Conflict):
        log.error("another process is reading this bot's updates (409 Conflict): stop it, or give this one "
                  "a token of its own from @BotFather; trying again meanwhile")
    elif isinstance(error, InvalidToken):
        log.error("Telegram no longer knows this token: %s", TOKEN_HELP)
    else:
        log.warning("no updates from Telegram: %s; trying again", error)
