"""A small Telegram on this machine: the Bot API over HTTP, the people who use it, and a page to watch them.

It knows nothing of our bot. Everything outside imports from here alone:

    from bot.sandbox import Fault, Hands, Limits, NO_LIMITS, Sandbox, serve

    sandbox = Sandbox(clock=…, seed=1, limits=NO_LIMITS)       # every argument may be left out
    bot = sandbox.new_bot("1000:token", "Tổ Covid", "to_covid_bot")      # BotAccount: .id .token
    pao = sandbox.new_person("Páo", "Giàng A", role="Tổ viên")           # Person: .id .name
    group = sandbox.new_group("Bản Hon", owner=pao.id, members=[…], supergroup=False)  # Room: .id .title

    async with serve(sandbox, port=0) as url:                  # http://127.0.0.1:PORT
        …              # python-telegram-bot: base_url=f"{url}/bot", base_file_url=f"{url}/file/bot"

    hands = Hands(sandbox)                     # what people do; CannotDo says why something is impossible
    hands.start(pao.id, bot.id, "payload")     # a private chat is called by the bot's id, a group by its own
    number = hands.say(pao.id, bot.id, "Nhà cháu có người sốt", reply_to=None)
    hands.send_photo(…) send_album(…) send_document(…) send_voice(…) send_location(…) send_sticker(…)
    hands.send_contact(…)
    hands.download(pao.id, card)               # the content of the file in a message, as bytes
    hands.open_link(pao.id, "https://t.me/to_covid_bot?start=abc")  # ?startgroup=abc&admin=… with chat=
    card = await hands.wait_for(pao.id, bot.id, "TD-", after=number, within=5)    # or a function of Seen
    press = hands.press(pao.id, card, "Tôi nhận việc")         # an emoji may follow the label
    toast = await hands.wait_for_toast(press)                  # .toast .alert .answered
    hands.press_data(pao.id, card, "v1|…")                     # what an out-of-date screen or a forger sends
    hands.read(pao.id, group.id)               # [Seen]: .id .text .kind .labels .buttons .edited .silent
                                               #   .protected .pinned .reply_to .sender .mine .file .by_bot
    hands.chats(pao.id)                        # [SeenChat]: .id .title .unread .last .pinned
    hands.menu(pao.id, bot.id)                 # [BotCommand] as Telegram would show them
    hands.edit(…) delete(…) forward(…) pin(…) join(…) add(…) leave(…) remove(…)
    hands.add_bot(user, chat, bot, rights=[…]) promote(user, chat, who, rights, anonymous) demote(…)
    hands.kick_bot(…) mute_bot(…) unmute_bot(…) rename(…) delete_chat(…) block(user, bot) unblock(…)
    hands.deactivate(user)
    new_id = hands.upgrade(user, chat)         # the group becomes a supergroup

    sandbox.calls, sandbox.counters            # the last 2,000 calls with answers; counts by method, status
    sandbox.pace.set(Limits(per_second=30, per_group_minute=20))
    sandbox.faults.add(Fault(trouble="reset_after", times=3, method="sendMessage"))  # see Fault
    sandbox.faults.duplicate_updates = 5; sandbox.faults.reorder_updates = 2; sandbox.faults.clear()
    sandbox.dump()                             # bytes, for Sandbox(world=…) after a restart
    sandbox.listeners.append(callback)         # told of every Event as it happens

Stricter than Telegram: an unknown parameter is refused (400); limits are met at the very call that breaks them.
Looser: a webhook on this machine needs no HTTPS. Absent: channels, topics, inline mode, polls, payments, reactions
of people, replies across chats, Telegram's oldest mark-up (`parse_mode="Markdown"`), edits of business messages.

In another process, for tests that kill the bot and not the Telegram around it: `python -m bot.sandbox --port N`
prints `sandbox ready http://127.0.0.1:N`; `bot.sandbox.remote.Remote(url)` has the same verbs to be awaited, and
`bot.sandbox.remote.spawn()` starts one for the length of a block.
"""

from bot.sandbox.doors.control import OnClock, arguments_for
from bot.sandbox.doors.loopback import only_from_here
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.pace import NO_LIMITS, Limits
from bot.sandbox.people.hands import DOT, Hands
from bot.sandbox.people.views import Button, Seen, SeenChat
from bot.sandbox.privacy import is_service
from bot.sandbox.refusals import CannotDo, Refusal
from bot.sandbox.serving import serve
from bot.sandbox.state import Event, LoggedCall, Sandbox
from bot.sandbox.world import BotAccount, Person, Press, Room

__all__ = [
    "DOT",
    "NO_LIMITS",
    "BotAccount",
    "Button",
    "CannotDo",
    "Event",
    "Fault",
    "Hands",
    "Limits",
    "LoggedCall",
    "OnClock",
    "Person",
    "Press",
    "Refusal",
    "Room",
    "Sandbox",
    "Seen",
    "SeenChat",
    "Trouble",
    "arguments_for",
    "is_service",
    "only_from_here",
    "serve",
]
