"""Reports, from the hand that writes to the screens of everybody concerned."""

from __future__ import annotations

from tests.stories.stage import Stage

ILL = "Bà tôi sốt cao từ tối qua, nhờ tổ giúp"


async def test_a_report_is_received_taken_answered_and_closed_by_its_sender(stage: Stage) -> None:
    stage.start(stage.resident)
    stage.writes(stage.resident, ILL)
    code = await stage.code(stage.resident, stage.member.name)
    card = await stage.sees(
        stage.member, code, ILL, buttons=["Tôi nhận việc", "Trả lời", "Báo cấp trên", "Ghi kết quả"]
    )
    assert card.protected
    await stage.taps(stage.member, card, "Tôi nhận việc")
    card = await stage.sees(stage.second_member, code, stage.member.name, without=["Tôi nhận việc"])
    await stage.sees(stage.resident, code, "đã có người nhận lo", stage.member.name)
    await stage.answers(stage.member, card, "Trả lời", "Chiều nay tổ đến nhà bác")
    await stage.sees(stage.resident, code, "Chiều nay tổ đến nhà bác")
    await stage.answers(stage.member, card, "Ghi kết quả", "Đã đưa bà đi khám")
    told = await stage.sees(stage.resident, code, "Đã đưa bà đi khám", buttons=["Đã được giúp", "Vẫn chưa được"])
    await stage.taps(stage.resident, told, "Đã được giúp")
    await stage.sees(stage.member, code, "đã xong", without=["Ghi kết quả"])
