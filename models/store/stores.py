"""All stores together: every question a story can ask."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.rules.policy import Policy
from models.store.arrivals import Arrivals
from models.store.assignments import Assignments
from models.store.chats import Chats
from models.store.checkins import Checkins
from models.store.clips import Clips
from models.store.counted import Counted
from models.store.day_figures import DaySheets
from models.store.desk_chats import DeskChats
from models.store.desks import Desks
from models.store.directive_pages import DirectivePages
from models.store.directives import Directives
from models.store.documents import Documents
from models.store.drafts import Drafts
from models.store.duty import Duty
from models.store.duty_calls import DutyCalls
from models.store.errands import Errands
from models.store.facts import Facts
from models.store.followups import FollowUps
from models.store.hand_overs import HandOvers
from models.store.home_cards import HomeCards
from models.store.home_register import HomeRegister
from models.store.households import Households
from models.store.imports import Imports
from models.store.invitations import Invitations
from models.store.mail import Inbox, Outbox
from models.store.outages import Outages
from models.store.oversight import Oversight
from models.store.people import People
from models.store.plans import Plans
from models.store.registry import Registry
from models.store.report_lists import ReportLists
from models.store.reports import Reports
from models.store.routes import Routes
from models.store.silences import Silences
from models.store.tasks import Tasks
from models.store.units import Units


class Stores:
    """Each family of questions under its name."""

    def open_stores(self, session: Session, now: datetime, policy: Policy) -> None:
        """Ask on this session, at this moment, by the district's numbers."""
        self.units = Units(session)
        self.people = People(session)
        self.households = Households(session)
        self.reports = Reports(session)
        self.directives = Directives(session)
        self.directive_pages = DirectivePages(session)
        self.checkins = Checkins(session)
        self.counted = Counted(session)
        self.plans = Plans(session)
        self.silences = Silences(session)
        self.duty = Duty(session, now)
        self.hand_overs = HandOvers(session)
        self.duty_calls = DutyCalls(session)
        self.routes = Routes(session, policy)
        self.report_lists = ReportLists(session)
        self.oversight = Oversight(session)
        self.desks = Desks(session, policy.tiers, self.duty, self.routes)
        self.desk_chats = DeskChats(self.desks, self.people, self.duty)
        self.tasks = Tasks(session)
        self.assignments = Assignments(session)
        self.documents = Documents(session)
        self.followups = FollowUps(session)
        self.day_sheets = DaySheets(session)
        self.arrivals = Arrivals(session)
        self.clips = Clips(session)
        self.drafts = Drafts(session)
        self.facts = Facts(session)
        self.invitations = Invitations(session)
        self.chats = Chats(session)
        self.errands = Errands(session)
        self.homes = HomeRegister(session)
        self.registry = Registry(session)
        self.imports = Imports(session)
        self.home_cards = HomeCards(session)
        self.inbox = Inbox(session)
        self.outbox = Outbox(session)
        self.outages = Outages(session)
