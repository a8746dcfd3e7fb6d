"""The dispatcher: routers, middlewares, and the objects that handlers ask for by name, each made once."""

from aiogram import Bot, Dispatcher, Router
from aiogram.types import TelegramObject

from bot.clock import Clock
from bot.config import Settings
from bot.handlers import chats, errors
from bot.handlers.credits import commands as buying
from bot.handlers.credits.selling import Selling
from bot.handlers.edited import EditedMessages
from bot.handlers.imagine import command, plain_text, voice
from bot.handlers.imagine.ask_builder import AskBuilder
from bot.handlers.imagine.plain_text import Albums
from bot.handlers.imagine.recipes import Recipes
from bot.handlers.imagine.styles import Styles
from bot.handlers.imagine.submit import Asker
from bot.handlers.imagine.variety import Variety
from bot.handlers.imagine.voice import Voices
from bot.handlers.inline import guest, query
from bot.handlers.inline import presses as inline_presses
from bot.handlers.inline.drawing import InlineDrawing
from bot.handlers.inline.guest import Guests
from bot.handlers.inline.query import InlineResults
from bot.handlers.menus import choices, forget, group, models, outdated, start, typed_settings
from bot.handlers.menus import own_keys as menu_keys
from bot.handlers.menus import settings as settings_menus
from bot.handlers.menus.choices import ChoiceMenus
from bot.handlers.menus.group import GroupMenus
from bot.handlers.menus.models import ModelMenus
from bot.handlers.menus.settings import SettingsMenu
from bot.handlers.middlewares.access import AccessMiddleware
from bot.handlers.middlewares.channel_posts import ChannelPosts
from bot.handlers.middlewares.collaborators import Collaborators
from bot.handlers.middlewares.key_messages import KeyMessages
from bot.handlers.middlewares.own_inline_messages import OwnInlineMessages
from bot.handlers.middlewares.presses import PressMiddleware, PressRightsMiddleware
from bot.handlers.middlewares.sender import SenderMiddleware, Titles, Usernames
from bot.handlers.operator import admin, broadcasts, refunds, reports
from bot.handlers.operator.broadcaster import Broadcaster
from bot.handlers.operator.desk import OperatorDesk
from bot.handlers.operator.refunds import Refunds
from bot.handlers.operator.reports import Reports
from bot.handlers.permissions.admins import Admins
from bot.handlers.permissions.allowed import AllowedChats
from bot.handlers.permissions.bans import Bans
from bot.handlers.permissions.payments import about_payments
from bot.handlers.permissions.presses import PressRights
from bot.handlers.picture import (
    back,
    buttons,
    cancel,
    compare,
    describe,
    edit,
    export,
    follow_up,
    history,
    more,
    photo,
    tasks,
)
from bot.handlers.picture.buttons import DrawAnswered
from bot.handlers.picture.cancel import Cancellations
from bot.handlers.picture.compare import Comparisons
from bot.handlers.picture.describe import Descriptions
from bot.handlers.picture.export import Exports
from bot.handlers.picture.follow_up import NewPictures
from bot.handlers.picture.history import History
from bot.handlers.picture.more import PictureMenus, SeedMenu, SinglePictures
from bot.handlers.picture.photo import RecipeRedraws
from bot.handlers.picture.redraw import Redraws
from bot.handlers.picture.task_models import TaskModels
from bot.handlers.picture.tasks import Tasks
from bot.handlers.presets import menus as menu_styles
from bot.handlers.presets import pictures as picture_styles
from bot.handlers.presets.menus import StyleMenus
from bot.handlers.presets.pictures import StyleRedraws
from bot.handlers.press import RecentPresses
from bot.jobs.describing import Describer
from bot.jobs.hearing import Hearing
from bot.jobs.models.health import Health
from bot.jobs.models.switchboard import Switchboard
from bot.jobs.own_keys import OwnKeys
from bot.jobs.service import ImagineService
from bot.prompt.wildcards import Wildcards
from bot.telegram.files import TelegramFiles
from bot.telegram.inline_mode import InlineMode
from bot.telegram.outbox.outbox import Outbox
from bot.texts.fluent import Texts
from providers.catalog.catalog import Catalog
from storage import Database


def make_dispatcher(
    bot: Bot,
    service: ImagineService,
    health: Health,
    db: Database,
    catalog: Catalog,
    outbox: Outbox,
    texts: Texts,
    settings: Settings,
    clock: Clock,
    describer: Describer,
    own_keys: OwnKeys,
    hearing: Hearing,
    broadcaster: Broadcaster | None = None,
    inline: InlineMode | None = None,
    selling: Selling | None = None,
) -> Dispatcher:
    """What handles every update of this bot. `broadcaster` and `selling`: those that this process runs; `inline`: what
    it knows of inline mode."""
    selling = selling or Selling.build(settings, db, bot, outbox, texts, clock)
    admins = Admins(bot, clock.monotonic)
    styles = Styles(db, catalog)
    wildcards = Wildcards.read(settings.wildcards_dir) if settings.wildcards_dir is not None else Wildcards()
    variety = Variety(catalog, wildcards)
    recipes = Recipes(TelegramFiles(bot).fetch)
    asks = AskBuilder(db, catalog, settings, admins, styles, variety, service.choices)
    asker = Asker(service, db, catalog, outbox, settings, admins, bot, asks, variety.known)
    redraws = Redraws(service, catalog, bot)
    style_menus = StyleMenus(db, catalog, styles, texts)
    inline = inline or InlineMode(settings.media_chat_id)
    enhances = settings.prompt_model_url is not None
    picture_menus = PictureMenus(db, texts, catalog, health, inline, enhances=enhances)
    inline_drawing = InlineDrawing(bot, service, db, catalog, asks, outbox, styles, clock)
    switchboard = Switchboard(clock, health)
    desk = OperatorDesk(db, catalog, settings, service, outbox, texts, clock, switchboard, bot)
    allowed = AllowedChats(settings, db, outbox, texts, clock)
    collaborators = Collaborators(
        service=service,
        db=db,
        catalog=catalog,
        outbox=outbox,
        texts=texts,
        settings=settings,
        clock=clock,
        albums=Albums(),
        allowed=allowed,
        asker=asker,
        voices=Voices(hearing, asker, db, outbox, admins),
        recipes=recipes,
        recipe_redraws=RecipeRedraws(asker, recipes, redraws, clock),
        redraws=redraws,
        tasks=Tasks(service, db, TaskModels(service, catalog), asker, redraws, admins, clock),
        draw_answered=DrawAnswered(asker, redraws, clock),
        new_pictures=NewPictures(service, catalog, redraws, bot, clock),
        cancellations=Cancellations(service, db, admins, bot),
        history=History(db, catalog),
        picture_menus=picture_menus,
        seed_menu=SeedMenu(picture_menus, redraws),
        single_pictures=SinglePictures(picture_menus, redraws),
        model_menus=ModelMenus(catalog, settings, health, db, texts),
        settings_menu=SettingsMenu(catalog, settings, service, db, texts, selling.shop, bot),
        choice_menus=ChoiceMenus(catalog, settings, service.choices, db, texts),
        desk=desk,
        broadcaster=broadcaster or Broadcaster(db, outbox, texts, clock),
        receipts=selling.receipts,
        refunds=Refunds(db, selling.keeper.wake),
        shop=selling.shop,
        reports=Reports(db, outbox, texts, settings.admin_ids, desk, clock),
        own_keys=own_keys,
        style_menus=style_menus,
        style_redraws=StyleRedraws(db, catalog, texts, styles, style_menus, redraws),
        exports=Exports(db, outbox, clock.monotonic, selling.shop.plan),
        comparisons=Comparisons(catalog, health, texts, redraws),
        group_menus=GroupMenus(catalog, admins, bot, db),
        inline_drawing=inline_drawing,
        inline_results=InlineResults(inline_drawing, db, inline),
        guests=Guests(inline_drawing, outbox, bot, clock, inline),
        describer=describer,
        descriptions=Descriptions(describer, outbox, clock, admins),
    )
    dispatcher = Dispatcher(disable_fsm=True)  # its storage would keep a record of every chat and person, for ever
    dispatcher.update.outer_middleware(ChannelPosts(db, settings))
    dispatcher.update.outer_middleware(EditedMessages())
    # Outer middlewares see everything, inner ones what some handler wants.
    dispatcher.callback_query.outer_middleware(PressMiddleware(outbox, texts, RecentPresses(clock.monotonic)))
    bans = Bans(outbox, settings.admin_ids, clock.monotonic)
    open_to_all = about_payments if selling.deals else _nothing
    access = AccessMiddleware(allowed, outbox, texts, open_to_all)
    usernames, titles = (Usernames(db), Titles(db)) if settings.admin_ids else (None, None)
    sender = SenderMiddleware(db, texts, bans, switchboard, own_keys, usernames, titles, open_to_all)
    dispatcher.message.outer_middleware(KeyMessages(outbox, own_keys))
    for observer in (dispatcher.message, dispatcher.guest_message):
        observer.outer_middleware(OwnInlineMessages(bot))
    for asking in (
        *(dispatcher.message, dispatcher.callback_query),
        *(dispatcher.inline_query, dispatcher.chosen_inline_result, dispatcher.guest_message),
    ):
        asking.outer_middleware(access)
        asking.middleware(sender)
    dispatcher.callback_query.middleware(PressRightsMiddleware(PressRights(db, admins, settings.admin_ids)))
    for handled in (
        *(dispatcher.message, dispatcher.callback_query, dispatcher.my_chat_member, dispatcher.errors),
        *(dispatcher.inline_query, dispatcher.chosen_inline_result, dispatcher.guest_message),
    ):
        handled.middleware(collaborators)
    dispatcher.include_routers(*_routers(deals=selling.deals), errors.router())
    return dispatcher


def _nothing(_: TelegramObject) -> bool:
    return False


def _routers(*, deals: bool) -> list[Router]:
    """What is hot comes first, what takes the rest, last."""
    return [
        voice.router(),  # before /imagine, for those that answer a voice message
        command.router(),
        *((buying.router(),) if deals else ()),
        admin.router(),
        refunds.router(),
        reports.router(),
        broadcasts.router(),
        buttons.router(),
        query.router(),
        inline_presses.router(),
        guest.router(),
        more.router(),
        follow_up.router(),
        photo.router(),
        tasks.router(),
        back.router(),
        models.router(),
        settings_menus.router(),
        group.router(),
        start.router(),
        cancel.router(),
        history.router(),
        forget.router(),
        export.router(),
        menu_keys.router(),
        chats.router(),
        typed_settings.router(),
        choices.router(),
        edit.router(),
        compare.router(),
        menu_styles.router(),
        picture_styles.router(),
        describe.router(),
        plain_text.router(),
        outdated.router(),
    ]
