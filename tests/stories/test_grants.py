"""Who holds which role: given by those above, read back before it counts, taken back at a tap."""

from __future__ import annotations

from handlers.commands import Place, PlaceKind, Sender
from handlers.commands.enrolment import (
    BrowseGrants,
    DeclineProposal,
    EndRole,
    GrantRole,
    Greet,
    ListGrants,
    NoteMember,
    ReviewRole,
)
from handlers.commands.reports import TakeReport
from models.notices import MenuOffered
from models.notices.binding import CommunityIntroduced
from models.notices.grants import (
    GrantRead,
    GrantRefused,
    GrantsShown,
    GrantUnread,
    InvitationMade,
    ProposalSettled,
    RoleEnded,
    RoleGranted,
    RoleProposed,
    RoleReceived,
    RoleReviewed,
    RoleWithdrawn,
)
from models.records import AuditEntry, Person, Reach, Report, Unit
from models.rules.roles import Role
from tests.stories.rendering import labels, read
from tests.stories.test_binding import tap, told_of_kind
from tests.stories.world import World


def roles(world: World, person: Person, unit: Unit) -> frozenset[Role]:
    return world.work().people.roles_in(person.id, unit)


def give(world: World, by: Person, to: Person, role: Role, unit: Unit) -> None:
    world.by(by, GrantRole, person_id=to.id, unit_id=unit.id, role=role)


def take_back(world: World, by: Person, of: Person, role: Role, unit: Unit) -> None:
    world.by(by, EndRole, person_id=of.id, unit_id=unit.id, role=role)


def became_administrator_of_group(world: World, person: Person, unit: Unit) -> None:
    world.do(
        NoteMember(
            member=Sender(world.account(person), person.name),
            place=Place(world.group_of(unit), PlaceKind.GROUP),
            is_administrator=True,
        )
    )


# Giving a role.


def test_a_typed_line_is_read_back_and_counts_only_at_the_tap(world: World) -> None:
    world.by(world.chair, ListGrants, words=f"{world.stranger.phone} tổ viên X1-2")
    asked = world.card(world.chair, "grants")
    assert isinstance(asked, GrantRead)
    shown = read(asked)
    assert "tổ viên, Tổ 2 bản Mẫu" in shown.text
    assert "Người Lạ" in shown.text
    assert labels(shown) == ["Giao vai trò", "Huỷ"]
    assert roles(world, world.stranger, world.second_community) == frozenset()
    tap(world, world.chair, shown.rows[0][0])
    assert roles(world, world.stranger, world.second_community) == {Role.TEAM}
    assert isinstance(world.card(world.chair, "grants"), RoleGranted)
    assert RoleReceived("team", "Tổ 2 bản Mẫu", "Chủ tịch Xã Một") in world.told(world.stranger)
    assert MenuOffered(roles=("team",)) in world.told(world.stranger)


def test_a_role_given_by_mistake_is_undone_at_a_tap(world: World) -> None:
    give(world, world.chair, world.stranger, Role.TEAM, world.community)
    granted = read(world.card(world.chair, "grants"))
    assert labels(granted) == ["Hoàn tác"]
    tap(world, world.chair, granted.rows[0][0])
    assert roles(world, world.stranger, world.community) == frozenset()


def test_the_pinned_card_names_the_new_member_of_the_team(world: World) -> None:
    give(world, world.chair, world.stranger, Role.TEAM, world.second_community)
    card = world.card(world.group_of(world.second_community), "welcome")
    assert isinstance(card, CommunityIntroduced)
    assert "Người Lạ" in [contact.name for contact in card.team]


def test_someone_the_bot_never_met_gets_a_link_to_pass_on(world: World) -> None:
    world.by(world.chair, ListGrants, words="0912 333 444 Lò Văn Mới tổ viên X1-1")
    tap(world, world.chair, read(world.card(world.chair, "grants")).rows[0][0])
    (made,) = told_of_kind(world, world.chair, InvitationMade)
    text = read(made).text
    assert "Lò Văn Mới" in text
    newcomer = world.person("Mới")
    newcomer.phone = ""
    world.by(newcomer, Greet, payload=text.partition("start=")[2])
    assert roles(world, newcomer, world.community) == {Role.TEAM}
    assert (newcomer.name, newcomer.phone) == ("Lò Văn Mới", "+84912333444")


def test_a_shared_phone_asks_which_of_its_people_is_meant(world: World) -> None:
    world.neighbour.phone = world.stranger.phone
    world.by(world.chair, ListGrants, words=f"{world.stranger.phone} to vien X1-1")
    shown = read(world.card(world.chair, "grants"))
    assert labels(shown) == ["Ông Mẫu", "Người Lạ", "Huỷ"]


def test_a_person_may_be_named_by_account_or_by_name(world: World) -> None:
    for words in (f"{world.stranger.account_id} công an xã X1", "Tổ viên Một văn thư X1"):
        world.by(world.commander, ListGrants, words=words)
        assert isinstance(world.card(world.commander, "grants"), GrantRead)


def test_what_is_wrong_with_a_typed_line_is_said(world: World) -> None:
    for words, why in (
        ("cho anh ấy làm tổ viên", "form"),
        ("0912333444 tổ viên X9", "unit"),
        ("Ai Đó y tế X1", "person"),
    ):
        world.by(world.commander, ListGrants, words=words)
        unread = world.card(world.commander, "grants")
        assert isinstance(unread, GrantUnread)
        assert unread.why == why
        assert read(unread).text


# Who may.


def test_a_commander_gives_roles_in_their_own_subtree_only(world: World) -> None:
    give(world, world.chair, world.stranger, Role.TEAM, world.far_community)
    assert roles(world, world.stranger, world.far_community) == frozenset()
    (refused,) = told_of_kind(world, world.chair, GrantRefused)
    assert "Chủ tịch Xã Hai" in read(refused).text
    give(world, world.commander, world.stranger, Role.TEAM, world.far_community)
    assert roles(world, world.stranger, world.far_community) == {Role.TEAM}


def test_staff_without_command_give_no_roles_and_the_attempt_is_kept(world: World) -> None:
    give(world, world.member, world.stranger, Role.TEAM, world.community)
    assert roles(world, world.stranger, world.community) == frozenset()
    entry = world.session.query(AuditEntry).filter_by(action="GrantRole", refused=True).one()
    assert entry.person_id == world.member.id


def test_the_administrator_makes_the_first_grants_and_then_commanders_do(world: World) -> None:
    give(world, world.administrator, world.stranger, Role.COMMANDER, world.commune)
    assert roles(world, world.stranger, world.commune) == frozenset()
    take_back(world, world.commander, world.chair, Role.COMMANDER, world.commune)
    take_back(world, world.commander, world.commander, Role.COMMANDER, world.district)
    give(world, world.administrator, world.stranger, Role.COMMANDER, world.district)
    assert roles(world, world.stranger, world.district) == {Role.COMMANDER}


def test_nobody_becomes_administrator_by_a_grant(world: World) -> None:
    give(world, world.commander, world.stranger, Role.ADMINISTRATOR, world.district)
    assert not world.work().people.is_administrator(world.stranger.id)


def test_a_role_is_checked_when_the_button_is_tapped_not_when_it_was_shown(world: World) -> None:
    world.by(world.chair, ListGrants, words=f"{world.stranger.phone} tổ viên X1-1")
    button = read(world.card(world.chair, "grants")).rows[0][0]
    take_back(world, world.commander, world.chair, Role.COMMANDER, world.commune)
    tap(world, world.chair, button)
    assert roles(world, world.stranger, world.community) == frozenset()


# The list, and taking back.


def test_a_commander_sees_who_holds_what_below_page_by_page(world: World) -> None:
    world.by(world.commander, ListGrants)
    first = world.card(world.commander, "grants")
    assert isinstance(first, GrantsShown)
    assert (len(first.held), first.pages) == (8, 2)
    assert "• Chỉ huy Huyện: chỉ huy, Huyện Mẫu" in read(first).text
    world.by(world.commander, BrowseGrants, page=1)
    second = world.card(world.commander, "grants")
    assert isinstance(second, GrantsShown)
    assert not set(first.held) & set(second.held)
    world.by(world.chair, ListGrants)
    own = world.card(world.chair, "grants")
    assert isinstance(own, GrantsShown)
    assert "Cán bộ Xã Hai" not in [held.name for held in own.held]


def test_the_list_is_closed_to_residents(world: World) -> None:
    world.by(world.resident, ListGrants)
    assert world.card(world.resident, "grants") is None
    assert len(told_of_kind(world, world.resident, GrantRefused)) == 1


def test_a_role_is_looked_at_before_it_ends_and_the_person_is_told(world: World) -> None:
    world.by(world.chair, ReviewRole, person_id=world.member.id, unit_id=world.community.id, role=Role.TEAM)
    reviewed = world.card(world.chair, "grants")
    assert isinstance(reviewed, RoleReviewed)
    tap(world, world.chair, read(reviewed).rows[0][0])
    assert roles(world, world.member, world.community) == frozenset()
    assert isinstance(world.card(world.chair, "grants"), RoleEnded)
    assert RoleWithdrawn("team", "Tổ 1 bản Mẫu") in world.told(world.member)
    assert MenuOffered() in world.told(world.member)


def test_what_a_person_had_taken_returns_to_the_queue_when_their_role_ends(world: World) -> None:
    world.by(world.resident, Greet, payload="gap")
    report = world.session.query(Report).one()
    world.by(world.member, TakeReport, report_id=report.id)
    assert report.taken_by_id == world.member.id
    take_back(world, world.chair, world.member, Role.TEAM, world.community)
    assert report.taken_by_id is None


# Proposals.


def test_whoever_administers_a_group_is_proposed_once_to_the_commander(world: World) -> None:
    for _ in range(2):
        became_administrator_of_group(world, world.stranger, world.community)
    subject = f"proposal:{world.stranger.id}:{world.community.id}"
    proposed = world.card(world.chair, subject)
    assert isinstance(proposed, RoleProposed)
    shown = read(proposed)
    assert "Người Lạ quản trị nhóm" in shown.text
    assert labels(shown) == ["Tổ viên", "Không"]
    assert roles(world, world.stranger, world.community) == frozenset()
    tap(world, world.chair, shown.rows[0][0])
    assert roles(world, world.stranger, world.community) == {Role.TEAM}
    assert isinstance(world.card(world.chair, subject), ProposalSettled)


def test_a_declined_proposal_is_not_made_again(world: World) -> None:
    became_administrator_of_group(world, world.stranger, world.community)
    world.by(world.chair, DeclineProposal, person_id=world.stranger.id, unit_id=world.community.id)
    became_administrator_of_group(world, world.stranger, world.community)
    settled = world.card(world.chair, f"proposal:{world.stranger.id}:{world.community.id}")
    assert isinstance(settled, ProposalSettled)
    assert not settled.agreed
    assert roles(world, world.stranger, world.community) == frozenset()


def test_ordinary_members_and_known_staff_are_not_proposed(world: World) -> None:
    became_administrator_of_group(world, world.officer, world.community)
    newcomer = Sender(5555, "Cháu Mới")
    world.do(NoteMember(member=newcomer, place=Place(world.group_of(world.community), PlaceKind.GROUP)))
    assert world.told(world.chair) == []
    met = world.work().people.find_by_account(5555)
    assert met is not None
    assert met.reach is Reach.NEVER_STARTED
