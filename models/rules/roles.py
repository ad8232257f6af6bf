"""Who people are to a unit, and which of them sit at its desk or speak for it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is to one unit; a person may hold several roles in several units."""

    TEAM = "team"  #: Member of a community Covid team (tổ viên).
    VILLAGE_HEAD = "village_head"  #: Leads the teams of several communities (trưởng bản).
    OFFICER = "officer"  #: Civil servant in charge at a commune or district (cán bộ).
    HEALTH = "health"  #: The health station or centre (trạm y tế).
    POLICE = "police"  #: Commune police (công an xã).
    CLERK = "clerk"  #: Drafts, receives and acknowledges documents (văn thư).
    COMMANDER = "commander"  #: Approves and directs; has authority over the whole subtree (chỉ huy).
    FRONT = "front"  #: The Fatherland Front, which looks after relief (mặt trận).
    SPOKESPERSON = "spokesperson"  #: Answers rumours, nobody else does (người phát ngôn).
    READER = "reader"  #: One of the two who read the unit's confidential reports (người đọc tin kín).
    GUARDIAN = "guardian"  #: Named for violence at home and harm to children (cán bộ bảo vệ gia đình, trẻ em).
    ADMINISTRATOR = "administrator"  #: Installs, imports and binds; sees no reports (quản trị).


#: Roles held in a community, the lowest tier.
TEAM_DESK = frozenset({Role.TEAM})
#: The rung between a team and its commune.
VILLAGE_DESK = frozenset({Role.VILLAGE_HEAD})
#: Who works on reports at a commune, a district and above.
OFFICE_DESK = frozenset({Role.OFFICER, Role.HEALTH, Role.POLICE, Role.COMMANDER})
#: Who reads what no desk may: each only the reports that are for them.
CONFIDANTS = frozenset({Role.READER, Role.GUARDIAN})
#: Who is given single reports of a desk without sitting there.
BESIDE_DESKS = CONFIDANTS | {Role.SPOKESPERSON}

#: Everybody who serves; an administrator serves the machine, not the reports.
STAFF = frozenset(Role) - {Role.ADMINISTRATOR}

#: Whose tap acknowledges a directive for a community.
SPEAKS_FOR_COMMUNITY = frozenset({Role.TEAM, Role.VILLAGE_HEAD})
#: Whose tap acknowledges a directive for a commune, a district and above.
SPEAKS_FOR_OFFICE = frozenset({Role.COMMANDER, Role.CLERK, Role.OFFICER})
