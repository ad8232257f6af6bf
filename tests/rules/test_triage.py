import json
from pathlib import Path

import pytest

from models.rules.leanings import EXAMPLES, Leanings, examples
from models.rules.triage import UNHEARD, Category, Urgency, needs_listening, read

LEXICON_ALONE = Leanings([])
SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "triage" / "messages.jsonl"


@pytest.mark.parametrize(
    "text",
    [
        "Mẹ em không thở được nữa",
        "me e k tho dc nua",
        "mej em khoong thowr ddc",
        "bé nhà tôi tím tái, gọi không dậy",
        "chong toi dau that nguc, va mo hoi",
        "cháu bé đang co giật",
        "vợ em băng huyết sau sinh",
        "em không muốn sống nữa",
        "SpO2 của cụ còn 91",
        "kep may do duoc chin hai thoi",
        "F0 nhà em nhịp thở 34 lần",
        "tiêm xong môi sưng, nổi mẩn khắp người",
        "thằng bé uống thuốc trừ sâu rồi",
        "cứu với, nhà cháy",
    ],
)
def test_danger_to_life_is_called_at_once(text: str) -> None:
    triage = read(text)
    assert (triage.category, triage.urgency) == (Category.EMERGENCY, Urgency.P1)


@pytest.mark.parametrize(
    "text",
    [
        "bà nằm thở mà hai bên xương đòn cứ lõm xuống",
        "không hiểu sao hít vô nửa chừng là bị chặn lại",
        "em thấy đầu ngón tay mẹ em đổi sang màu xám, mà mẹ vẫn cười",
        "răng mà mạ tui nằm không cục cựa chi hết, kêu hoài không ừ",
        "chú ơi ba con không kêu dậy được",
        "mẹ em tự dưng quên tên em, cứ hỏi em là ai",
        "con bé cứ ngửa cổ, hai tay co quắp, mắt trợn",
        "tức tức ở ức rồi ói, mồ hôi vã ra, đau lan lên hàm",
        "sáng ra ông bảo không nhấc nổi tay phải, tiếng nói cứ lơ lớ",
        "nôn ra cả bát đỏ lòm lẫn cục, đi ngoài đen xì",
        "bé 4 tuổi với tay kéo ấm siêu tốc đổ hết lên mặt",
        "hai anh em chơi dưới ao, một đứa không thấy đâu",
        "nhà em có khói mà cửa khóa, trong nhà có bé 3 tuổi",
        "nó chui xuống bể biogas sửa rồi gọi không lên tiếng",
        "thằng nhỏ uống nhầm chai nước thông cống",
        "em uống 30 viên panadol rồi giờ sợ quá",
        "em 36 tuần, sáng ngủ dậy thấy nước chảy xuống chân",
        "bé sặc bột, khóc không ra tiếng, đang vỗ lưng",
        "chích xong ngứa khắp mình, môi vều lên, giọng khàn hẳn",
        "bố nói bố đi trước, con ráng lo cho mẹ, rồi bố tắt máy",
        "tui hết muốn thở rồi, cho tui đi",
        "máy báo bảy tám rồi lại tám mốt, tít tít đỏ loè",
        "o xy chin ba phan tram, ba van keu k met",
    ],
)
def test_danger_is_known_by_what_those_beside_it_see(text: str) -> None:
    assert read(text, LEXICON_ALONE).urgency is Urgency.P1


@pytest.mark.parametrize(
    "text",
    [
        "con bò nhà em bị rắn cắn sùi bọt mép rồi",
        "cháu làm bài thuyết trình về sơ cứu người bất tỉnh",
        "tối qua xem phim Hàn đoạn ông bố ngừng thở mà khóc",
        "xe cứu thương chở chú em đi từ tối rồi, cần giấy tờ gì",
        "ck e lan ra ngu nhu chet sau ca truc",
        "nếu spo2 dưới 94 thì làm gì ạ",
        "hôm qua máy báo 88 do tay lạnh, đo lại 98",
        "bọn trẻ tắm suối đông lắm, sợ đuối nước",
        "gọi 115 không được là sao, làm ăn kiểu gì",
        "đắt cắt cổ, một mớ rau 30 nghìn",
    ],
)
def test_beasts_lessons_films_fears_and_what_ended_well_wake_nobody(text: str) -> None:
    assert read(text).urgency is not Urgency.P1


@pytest.mark.parametrize(
    "text",
    [
        "nhà hàng Hương Rừng kéo rèm xuống vờ đóng nhưng bên trong sáu bảy mâm",
        "thằng cha dân phòng tên Sự hất đổ mẹt rau của bà tôi rồi chửi",
        "ông phó bản làm nhà mới mời cả ba họ, dân thì cấm mà cán bộ thì ăn",
        "tài khoản fb Hoàng Núi Đỏ tung tin trạm hết thuốc, chắc chắn sai, xử lý đi",
        "chi tuyet khai k di dau ma moi o sai gon ve",
        "chủ homestay nhận chui đoàn 25 người, em làm thuê ở đó nên xin kín tiếng",
        "Em bị lên hai vạch nhưng xin đừng công khai",
    ],
)
def test_whoever_accuses_by_name_shop_or_office_or_fears_to_be_named_is_heard_in_confidence(text: str) -> None:
    assert read(text).confidential


@pytest.mark.parametrize(
    "text",
    [
        "không ai khó thở, không đau ngực",
        "k kho tho k dau nguc",
        "Hôm trước ông cháu khó thở, nay khỏe rồi ạ",
        "nếu có người tím tái thì gọi số nào ạ",
        "spo2 97, vẫn ổn",
        "cười không thở nổi luôn",
        "cho em xin số cấp cứu ạ",
        "tư vấn giúp em với ạ",
    ],
)
def test_danger_that_is_denied_over_supposed_or_a_joke_wakes_nobody(text: str) -> None:
    assert read(text).urgency is not Urgency.P1


@pytest.mark.parametrize(
    "text",
    [
        "treo co to quoc dip le nhe ba con",
        "nop don o dau de duoc giam tien dien",
        "em muon tu van ve thu tuc cach ly",
        "k biet dau, hoi ben tram xem",
        "ho di lay mau nhieu lam",
        "cho nguoi tim giup con trau lac",
        "mai cat co duong lang",
        "phan ve sinh moi truong ai lo",
        "tram y te co xe cap cuu khong a, hoi de biet",
    ],
)
def test_words_without_marks_that_could_mean_danger_but_rarely_do_wake_nobody(text: str) -> None:
    assert read(text).urgency is not Urgency.P1


def test_a_danger_that_lasts_until_now_is_not_over() -> None:
    assert read("từ hôm kia ông khó thở").urgency is Urgency.P1
    assert read("tháng trước khỏi rồi, giờ lại khó thở").urgency is Urgency.P1


def test_a_second_negation_cancels_the_first() -> None:
    assert read("cháu vẫn chưa hết sốt").category is Category.SYMPTOM


@pytest.mark.parametrize("text", ["k sot k ho", "het sot r", "khong co ai ve", "nhà em không ai ốm sốt gì"])
def test_what_is_denied_or_over_is_no_report_of_illness(text: str) -> None:
    assert read(text).category is Category.WELLNESS


@pytest.mark.parametrize(
    ("text", "not_meant"),
    [
        ("ho ngheo co duoc giam tien dien khong", Category.SYMPTOM),
        ("nha toi bi bo sot trong danh sach", Category.SYMPTOM),
        ("tho xay nha em ve que roi", Category.EMERGENCY),
        ("cho hỏi tiệm tóc được mở chưa", Category.VACCINE),
        ("tuyen duong tinh 136 co thong khong", Category.SYMPTOM),
    ],
)
def test_a_word_that_looks_like_another_is_not_taken_for_it(text: str, not_meant: Category) -> None:
    assert read(text).category is not not_meant


@pytest.mark.parametrize(
    ("text", "category", "urgency"),
    [
        ("cháu sốt 38 độ, ho, đau họng", Category.SYMPTOM, Urgency.P2),
        ("hai vợ chồng em test lên 2 vạch", Category.SYMPTOM, Urgency.P2),
        ("tiêm hôm qua nay hơi sốt với mệt", Category.SYMPTOM, Urgency.P3),
        ("tiêm hôm qua nay sốt 39,4 độ", Category.SYMPTOM, Urgency.P2),
        ("em ngồi cùng xe với người dương tính", Category.CONTACT, Urgency.P2),
        ("em mới về từ Bắc Giang, xin khai báo", Category.MOVEMENT, Urgency.P2),
        ("quán karaoke vẫn mở, tụ tập đông", Category.VIOLATION, Urgency.P3),
        ("người cách ly cứ ra ngoài đi chợ", Category.VIOLATION, Urgency.P2),
        ("nhà hoàn cảnh, xin hỗ trợ ít gạo", Category.RELIEF, Urgency.P3),
        ("nhà hết gạo rồi, mấy đứa nhỏ đói", Category.RELIEF, Urgency.P2),
        ("bao giờ có lịch tiêm mũi 3", Category.VACCINE, Urgency.P4),
        ("cho hỏi sang huyện bên có cần giấy đi đường không", Category.QUESTION, Urgency.P4),
        ("xóm trên được phát mà xóm tôi không, bất công", Category.COMPLAINT, Urgency.P4),
        ("gọi hotline mãi không ai nghe", Category.COMPLAINT, Urgency.P3),
        ("nghe đồn mai phong tỏa, có thật không", Category.RUMOUR, Urgency.P3),
        ("đề nghị xóa số điện thoại của tôi", Category.PRIVACY, Urgency.P3),
        ("cả nhà khỏe ạ", Category.WELLNESS, Urgency.P4),
        ("Tổ 3 báo cáo: 38 hộ 160 khẩu bình thường", Category.TEAM_REPORT, Urgency.P4),
    ],
)
def test_each_kind_of_message_goes_its_way(text: str, category: Category, urgency: Urgency) -> None:
    triage = read(text)
    assert (triage.category, triage.urgency) == (category, urgency)


@pytest.mark.parametrize(
    "text",
    [
        "xin giấu tên em, nhà bên vẫn tụ tập",
        "đừng nói là em báo nhé",
        "trưởng bản thu tiền của dân không biên lai",
        "ông Páo vẫn mở karaoke",
        "chồng em đánh em suốt",
        "nhà bên nhốt con không cho ăn",
    ],
)
def test_who_accuses_hides_or_is_hurt_at_home_is_heard_in_confidence(text: str) -> None:
    assert read(text).confidential


@pytest.mark.parametrize("text", ["em bị sốt", "Cháu ở Bắc Giang về", "tụ tập ở nhà văn hóa", "NHÀ EM CÓ NGƯỜI ỐM"])
def test_an_ordinary_message_is_not_made_confidential(text: str) -> None:
    assert not read(text).confidential


@pytest.mark.parametrize(
    "text", ["Dạ vâng", "ok ad", "cảm ơn tổ ạ", "Chào anh chị", "👍", "chúc mọi người ngủ ngon", ""]
)
def test_mere_talk_is_recognised_so_that_it_is_asked_about_once(text: str) -> None:
    assert read(text).chatter


@pytest.mark.parametrize("text", ["vâng, cháu sốt rồi ạ", "cứu", "mất điện từ sáng", "chào tổ, nhà em hết gạo"])
def test_a_need_behind_courtesies_is_not_mere_talk(text: str) -> None:
    assert not read(text).chatter


@pytest.mark.parametrize(
    "text", ["thuốc động kinh của con sắp hết, nhờ tổ mua giúp", "bố động kinh có tiêm được không"]
)
def test_an_ailment_that_does_not_break_out_is_no_danger(text: str) -> None:
    assert read(text).urgency is not Urgency.P1


def test_an_ailment_that_breaks_out_is() -> None:
    assert read("con tôi bị động kinh đang lên cơn").urgency is Urgency.P1


@pytest.mark.parametrize("text", ["mạch 135, huyết áp 80/50", "ông thở 34 lần một phút"])
def test_a_pulse_a_pressure_or_breaths_out_of_bounds_are_a_danger(text: str) -> None:
    assert read(text).urgency is Urgency.P1


def test_what_nobody_understands_or_may_be_pressing_waits_no_longer_than_a_shift() -> None:
    assert read("cái đó vẫn y vậy").urgency is Urgency.P3
    assert read("chào cả nhà").urgency is Urgency.P4


def test_a_past_ends_where_something_else_is_told() -> None:
    assert read("hôm nọ trạm dặn gọi ngay, nhưng giờ rối quá: cháu ngã, máu ra lỗ tai").urgency is Urgency.P1


def test_the_words_that_decided_are_told_as_they_were_typed() -> None:
    assert read("ông cụ bất tỉnh rồi").because == ("bất tỉnh",)
    assert "k tho dc" in read("me e k tho dc nua").because


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("máy kẹp ba lần đều tám mươi lăm", Category.EMERGENCY),
        ("tôi là ép một phải ở nhà mấy ngày", Category.CONTACT),
        ("đi gõ hết hai mươi bảy nhà vắng ba nhà", Category.TEAM_REPORT),
    ],
)
def test_a_message_spoken_to_the_phone_is_understood(text: str, category: Category) -> None:
    assert read(text).category is category


def test_nobody_is_called_for_those_who_have_only_grave_signs_but_eat_and_talk() -> None:
    assert read("cụ mệt lả, nôn nhiều mà vẫn ăn được, nói chuyện bình thường").urgency is not Urgency.P1


def test_ho_het_roi_of_a_whole_house_is_no_end_of_it() -> None:
    assert read("cả nhà ho hết rồi").category is Category.SYMPTOM
    assert read("cháu ho hết rồi").category is Category.WELLNESS


def test_who_goes_out_is_the_one_in_isolation_not_the_writer() -> None:
    assert read("F0 nhà bên vẫn ra chợ").category is Category.VIOLATION
    assert read("bạn em F0 mà hôm qua tụi em còn đi ăn chung").category is Category.CONTACT


def test_a_voice_or_a_picture_without_words_waits_for_a_person_at_most_half_an_hour() -> None:
    assert needs_listening(["voice"])
    assert needs_listening(["location", "photo"])
    assert not needs_listening(["location"])
    assert UNHEARD.urgency is Urgency.P2


def test_a_message_as_long_as_telegram_allows_is_read_all_the_same() -> None:
    assert read("hết gạo rồi " * 300 + "cụ bất tỉnh").urgency is Urgency.P1


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared sample messages are not on this machine")
def test_nine_in_ten_dangers_among_the_shared_messages_are_called_at_once() -> None:
    messages = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    alarms = {message["id"] for message in messages if read(message["text"]).urgency is Urgency.P1}
    dangers = {message["id"] for message in messages if message["urgency"] == "P1"}
    assert len(alarms & dangers) >= 0.9 * len(dangers)
    assert len(alarms & dangers) >= 0.9 * len(alarms)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_what_was_taught_stays_learnt(path: Path) -> None:
    messages = list(examples(path))
    alike = [one for one in messages if read(one.text).category == one.category]
    called = [one for one in messages if one.urgency == "P1" and read(one.text).urgency is Urgency.P1]
    assert len(alike) >= 0.9 * len(messages)
    assert len(called) >= 0.97 * sum(one.urgency == "P1" for one in messages)


def test_words_the_lexicon_does_not_know_are_judged_by_the_messages_they_stood_in() -> None:
    learnt = Leanings(
        [("trăng tròn quá", ["other"]), ("mảng trôi đêm qua", ["movement"]), ("mảng lại trôi", ["movement"])] * 9
    )
    assert read("mảng lại trôi", learnt).category is Category.MOVEMENT
    assert "trôi" in read("mảng lại trôi", learnt).because


def test_what_the_lexicon_is_sure_of_does_not_yield_to_a_word_or_two() -> None:
    learnt = Leanings([("bà cụ vui lắm", ["other"]), ("bà cụ bất tỉnh", ["emergency"])])
    assert read("bà cụ vui lắm, nay bất tỉnh", learnt).urgency is Urgency.P1


@pytest.mark.parametrize(
    "text", ["ông bị liệt nửa người từ năm ngoái", "viện đang hết oxy, nghe nói thế", "cơm nguội ngắt", "đi tư vấn ạ"]
)
def test_an_old_ailment_or_hearsay_about_a_hospital_is_no_danger_now(text: str) -> None:
    assert read(text).urgency is not Urgency.P1


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("bao giờ tiêm mũi 3", Category.VACCINE),
        ("chích mũi hai xong bị sốt", Category.SYMPTOM),
        ("ăn chung mâm với ca F0, cháu vẫn khỏe", Category.CONTACT),
        ("ăn chung mâm vui lắm", Category.OTHER),
        ("cán bộ ăn chặn quà của dân", Category.COMPLAINT),
        ("nghe nói F0 nhiều lắm, có thật không", Category.RUMOUR),
        ("ai đăng ảnh nhà tôi lên zalo, gỡ xuống giúp", Category.PRIVACY),
        ("từ Bình Dương vừa về nhà tối qua", Category.MOVEMENT),
        ("nhà không còn gạo", Category.RELIEF),
    ],
)
def test_one_thing_said_explains_another(text: str, category: Category) -> None:
    assert read(text).category is category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("anh ấy khai là ở nhà nhưng hôm qua tôi gặp ở bến xe Mỹ Đình", Category.VIOLATION),
        ("chị ấy khai cả nhà không ai đi đâu, thực ra chồng mới ở Hà Nội về", Category.VIOLATION),
        ("tiệm vàng khai trương giảm giá, người chen lấn tràn ra đường", Category.VIOLATION),
        ("tiệm vàng khai trương giảm giá, mời bà con ghé", Category.OTHER),
        ("không đeo khẩu trang thì phạt mấy trăm ạ", Category.QUESTION),
        ("nếu hàng xóm dương tính thì nhà mình có bị rào không, em hỏi trước", Category.QUESTION),
        ("F1 bây giờ cách ly mấy ngày ạ", Category.QUESTION),
        ("người ở tỉnh ngoài về thì khai báo ở đâu", Category.QUESTION),
        ("em vừa ở Hải Dương về, khai báo ở đâu ạ", Category.MOVEMENT),
        ("bạn cùng lớp cháu bị sốt, test lên hai vạch rồi", Category.CONTACT),
        ("tiệm tóc bị phong tỏa, hôm kia tôi vừa cắt ở đó", Category.CONTACT),
        ("chỗ tiêm sưng đỏ, có sao không ạ", Category.SYMPTOM),
        ("thẻ xanh của tôi bị sai năm sinh, sửa ở đâu", Category.VACCINE),
        ("sao không có tên tôi trong danh sách tiêm", Category.VACCINE),
        ("không có tên nhà tôi trong danh sách nhận quà", Category.COMPLAINT),
        ("đơn nộp ba tháng nay im thin thít", Category.COMPLAINT),
        ("ứng dụng khai báo lỗi suốt, gửi mãi không được", Category.COMPLAINT),
        ("nhà xe chém 900 nghìn một ghế từ Hà Nội về", Category.COMPLAINT),
        ("tôi hỏi thì họ bảo giỏi thì làm đi", Category.COMPLAINT),
        ("dân thì bắt đóng cửa, còn cán bộ thì được mở", Category.COMPLAINT),
        ("F1 ngày thứ 9, không sốt không ho ạ", Category.WELLNESS),
        ("anh Dũng ở chốt tận tình lắm, nên khen", Category.OTHER),
        ("xem phim mà đứng tim luôn", Category.OTHER),
        ("may mà đưa đi kịp, mẹ tròn con vuông, cảm ơn tổ", Category.OTHER),
        ("hôm nay 45 hộ, 180 khẩu, 3 ca đang điều trị, 12 mẫu âm", Category.TEAM_REPORT),
    ],
)
def test_what_is_told_by_the_whole_of_a_message_goes_its_way(text: str, category: Category) -> None:
    assert read(text).category is category


@pytest.mark.parametrize("text", ["cảm ơn đã cứu bố em kịp thời", "tối qua xem phim người ta chết đuối sợ quá"])
def test_a_danger_that_is_over_or_made_up_wakes_nobody(text: str) -> None:
    assert read(text).urgency is not Urgency.P1
