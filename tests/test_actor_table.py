"""The built-in actors are whole and grounded, what is wrong is told with file and line, and a desk can add."""

from __future__ import annotations

import csv
import json
import time
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks import COULD_NOT_RUN, law, make_desk, rasad
from rasad.actors.actor import NAME_LANGUAGES
from rasad.actors.actors import ActorTable
from rasad.actors.adding import NewActor, as_toml
from rasad.actors.checking import check
from rasad.actors.grounds import shares
from rasad.actors.reading import built_in, of_text
from rasad.languages import LANGUAGES

TABLE = ActorTable.built_in()
FILES = Path(__file__).parents[1] / "src" / "rasad" / "actors" / "table"
NOWHERE = Path("actors.toml")
FOUND = 1

# ---- the built-in table -----------------------------------------------------


def test_nothing_in_the_built_in_table_is_wrong():
    assert [str(found) for found in check(TABLE) if found.wrong] == []


def test_the_table_is_as_deep_and_as_grounded_as_it_says():
    everything, recent, _, afghan = shares(TABLE)
    assert everything.roles >= 600
    assert recent.roles >= 200
    assert recent.of("page") >= 0.6
    assert afghan.roles >= 50
    assert afghan.of("page") == 1.0


def test_no_actor_stands_in_two_files():
    ids = [
        row["id"] for path in FILES.glob("*.toml") for row in tomllib.loads(path.read_text("utf-8"))["actor"]
    ]
    ids += [row["id"] for row in rows(FILES / "states.csv")]
    for path in (FILES / "people").glob("*.names.csv"):
        ids += sorted({row["id"] for row in rows(path)})
    assert [one for one, times in Counter(ids).items() if times > 1] == []


def test_every_role_belongs_to_a_person_with_names():
    for path in (FILES / "people").glob("*.roles.csv"):
        named = {row["id"] for row in rows(path.with_name(path.name.replace(".roles.", ".names.")))}
        assert {row["id"] for row in rows(path)} <= named, path.name


def test_a_role_knows_the_line_that_it_was_read_from():
    for actor in TABLE.actors():
        for role in actor.roles if actor.kind == "person" else ():
            line = role.at.path.read_text("utf-8").splitlines()[role.at.line - 1]
            assert line.startswith(f"{actor.actor_id},{role.post},")


def test_the_house_names_that_editions_print_are_kept():
    names = {actor: [TABLE.name(actor, lang) for lang in LANGUAGES] for actor in ("TALIBAN", "ISKP", "CSTO")}
    assert names == {
        "TALIBAN": ["Islamic Emirate", "امارت اسلامی", "اسلامي امارت", "الإمارة الإسلامية"],
        "ISKP": ["ISKP", "داعش خراسان", "داعش خراسان", "داعش خراسان"],
        "CSTO": [
            "CSTO",
            "سازمان پیمان امنیت جمعی",
            "د ډله‌ییز امنیت د تړون سازمان",
            "منظمة معاهدة الأمن الجماعي",
        ],
    }


@pytest.mark.parametrize(
    "actor_id",
    [
        *(
            "UN",
            "UNAMA",
            "SCO",
            "CSTO",
            "EU",
            "OIC",
            "NATO",
            "MOSCOWFORMAT",
            "ISAF",
            "RSM",
            "IAEA",
            "ICC",
            "ECO",
        ),
        *(
            "CIS",
            "EAEU",
            "GCC",
            "AU",
            "ARABLEAGUE",
            "WORLDBANK",
            "IMF",
            "ADB",
            "ICRC",
            "UNHCR",
            "WFP",
            "UNICEF",
        ),
        *(
            "WHO",
            "TALIBAN",
            "HAQQANI",
            "ISKP",
            "ALQAEDA",
            "TTP",
            "NRF",
            "AFF",
            "BLA",
            "IMU",
            "ETIM",
            "HIG",
            "LET",
        ),
        *("JEM", "JUNDALLAH", "JAISHADL", "NALLIANCE", "AFGREPUBLIC", "AFGINTERIM"),
    ],
)
def test_what_matters_here_has_a_name_in_every_language(actor_id: str):
    assert all(TABLE.get(actor_id).names.get(lang) for lang in NAME_LANGUAGES)


def test_every_state_has_a_name_in_russian_too():
    assert [
        actor.actor_id for actor in TABLE.actors() if actor.kind == "state" and not actor.names.get("ru")
    ] == []
    assert TABLE.get("AFG").names["ru"] == "Афганистан"


@pytest.mark.parametrize(
    ("system", "code", "actor_id"),
    [
        *(
            ("cameo", "TAL", "TALIBAN"),
            ("cameo", "UNO", "UN"),
            ("cameo", "IGOUNO", "UN"),
            ("cameo", "HMS", "HAMAS"),
        ),
        *(
            ("ucdp", "303", "TALIBAN"),
            ("ucdp", "356", "TTP"),
            ("name", "Taleban", "TALIBAN"),
            ("name", "", ""),
        ),
        *(("cameo", "NAT", "NATO"), ("ucdp", "8114", "NRF"), ("name", "Haqqani Network", "HAQQANI")),
    ],
)
def test_the_codes_of_data_sets_mean_actors(system: str, code: str, actor_id: str):
    assert TABLE.coded(system, code) == actor_id


# ---- one thing through its changes of role ----------------------------------


@pytest.mark.parametrize(
    ("actor_id", "day", "posts"),
    [
        ("OTUNBAYEVA", date(2010, 9, 1), {("head of state", "KGZ")}),
        ("OTUNBAYEVA", date(2023, 5, 1), {("envoy", "UN")}),
        ("TASMAGAMBET", date(2015, 1, 1), {("defence minister", "KAZ")}),
        ("TASMAGAMBET", date(2024, 1, 1), {("secretary-general", "CSTO")}),
        ("KABULOV", date(2010, 5, 1), set()),
        ("KABULOV", date(2025, 5, 1), {("envoy", "RUS")}),
        ("SADIQ", date(2023, 9, 1), set()),
        ("DURRANI", date(2023, 9, 1), {("envoy", "PAK")}),
        ("SHAQQANI", date(2024, 5, 1), {("leader", "HAQQANI"), ("interior minister", "TALIBAN")}),
        ("MUTTAQI", date(2021, 8, 15), set()),
        ("ATMAR", date(2021, 8, 14), {("foreign minister", "AFGREPUBLIC")}),
        ("ATMAR", date(2021, 8, 15), set()),
    ],
)
def test_a_person_is_one_actor_with_the_posts_of_the_day(
    actor_id: str, day: date, posts: set[tuple[str, str]]
):
    assert {(role.post, role.institution) for role in TABLE.get(actor_id).roles_on(day)} == posts


def test_somebody_always_governs_kabul_from_the_end_of_2001_on():
    names = [TABLE.acting_name("AFG", "en", date(year, 9, 1)) for year in (2000, 2003, 2010, 2024)]
    assert names == [
        *("Islamic Emirate", "Afghan Interim and Transitional Administration"),
        *("Islamic Republic of Afghanistan", "Islamic Emirate"),
    ]


def test_recognition_stands_between_two_actors_and_is_no_role():
    on = {told.by: told.on for told in TABLE.recognitions if told.of == "TALIBAN" and told.until is None}
    assert on == {"RUS": date(2025, 7, 3)}
    assert {role.what for role in TABLE.get("TALIBAN").roles} == {"insurgency", "de facto government"}


def test_reading_the_table_is_quick():
    took = []
    for _ in range(5):
        begun = time.process_time()
        built_in.__wrapped__()
        took.append(time.process_time() - begun)
    assert min(took) < 0.3


def test_the_table_has_another_name_when_a_day_moves():
    text = '[[actor]]\nid = "XYZ"\nnames = { en = "X" }\n[[actor.role]]\nwhat = "insurgency"\nsource = "s"\n'
    one, same, other = (
        ActorTable.of_text(f"{before}{text}valid_from = {day}\n", NOWHERE).digest
        for before, day in (("", "2001-02-03"), ("# a remark\n", "2001-02-03"), ("", "2001-02-04"))
    )
    assert one == same != other


# ---- what is wrong ----------------------------------------------------------

PERSON = '[[actor]]\nid = "XYZ"\nkind = "person"\nnames = { en = "Xavier Yzk" }\n'
POST = '\n[[actor.role]]\npost = "foreign minister"\ninstitution = "RUS"\nvalid_from = 2010-01-01\n'
WRONG = {
    "ends before it begins": (PERSON + POST + 'valid_to = 2009-01-01\nsource = "s"\n', 6),
    "held twice": (PERSON + POST + 'valid_to = 2011-01-01\nsource = "s"\n', 6),
    "no source": (PERSON + POST.replace("RUS", "NOR") + 'source = " "\n', 6),
    "seen at another time": (PERSON + POST.replace("RUS", "NOR") + 'source = "s"\nseen_on = 2001-01-01\n', 6),
    "unknown institution": (PERSON + POST.replace("RUS", "RUSS") + 'source = "s"\n', 6),
    "unknown country": (PERSON + POST.replace("RUS", "NOR") + 'country = "UN"\nsource = "s"\n', 6),
    "unknown governs": ('[[actor]]\nid = "XYZ"\ngoverns = "AFGH"\nnames = { en = "X" }\n', 1),
    "unknown code": ('[[actor]]\nid = "XYZ"\ncodes = { cameo = ["AFGQQQ"] }\nnames = { en = "X" }\n', 1),
    "code used twice": ('[[actor]]\nid = "XYZ"\ncodes = { cameo = ["TAL"] }\nnames = { en = "X" }\n', 1),
    "unknown language": ('[[actor]]\nid = "XYZ"\nnames = { en = "X", fa = "ایکس" }\n', 1),
    "wrong script": ('# above\n\n[[actor]]\nid = "XYZ"\nnames = { en = "X", prs = "علي" }\n', 3),
    "name used twice": ('[[actor]]\nid = "XYZ"\nnames = { en = "Haqqani network" }\n', 1),
    "unknown actor": (
        '[[recognition]]\nby = "RUSS"\nof = "NRF"\non = 2021-01-01\nwhat = "w"\nsource = "s"\n',
        1,
    ),
}


@pytest.mark.parametrize("rule", WRONG)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, rule: str):
    text, line = WRONG[rule]
    desk = make_desk(tmp_path / "desk")
    (desk / "actors.toml").write_text(text, "utf-8")
    said = rasad("actors", "check", "--desk", desk)
    assert said.code == FOUND
    assert [told for told in said.out.splitlines() if told.startswith(f"{desk}/actors.toml:{line}: ")
            and told.endswith(f"[{rule}]")]  # fmt: skip
    told = json.loads(rasad("actors", "check", "--desk", desk, "--json").out)
    assert not told["whole"]
    assert {found["rule"] for found in told["wrong"]} == {rule}


def test_a_movement_that_is_two_things_on_one_day_is_wrong():
    text = '[[actor]]\nid = "XYZ"\nnames = { en = "Xyzk" }\n'
    for what, days in (("insurgency", "2001-01-01\nvalid_to = 2003-01-01"), ("government", "2002-01-01")):
        text += f'[[actor.role]]\nwhat = "{what}"\nvalid_from = {days}\nsource = "s"\n'
    assert [found.rule for found in check(ActorTable.of_text(text, NOWHERE)) if found.wrong] == ["held twice"]


@pytest.mark.parametrize(("name", "lang", "wrong"), [
    ("علي", "prs", True), ("علی", "prs", False), ("كابل", "prs", True), ("علي", "ps", False), ("كابل", "ps", True),
    ("ټول", "ps", False), ("ټول", "prs", True), ("علی", "ar", True), ("علي", "ar", False), ("Kabul", "ar", True),
    ("Кабул", "ru", False), ("Kабул", "ru", True), ("Kаbul", "en", True), ("Erdoğan", "en", False),
    ("O’Neill-Smith 2", "en", False),
])  # fmt: skip
def test_a_letter_of_another_alphabet_is_wrong(name: str, lang: str, *, wrong: bool):
    text = f'[[actor]]\nid = "XYZ"\nnames = {{ en = "Xyzk" }}\nalso = {{ {lang} = ["{name}"] }}\n'
    rules = {found.rule for found in check(ActorTable.of_text(text, NOWHERE)) if found.wrong}
    assert rules == ({"wrong script"} if wrong else set())


def test_a_gap_between_two_holders_is_shown_and_is_no_fault(tmp_path: Path):
    desk = make_desk(tmp_path / "desk")
    post = POST.replace("RUS", "NOR") + 'valid_to = 2011-01-01\nsource = "s"\n'
    later = post.replace("2010", "2015").replace("2011", "2016")
    (desk / "actors.toml").write_text(PERSON + post + later, "utf-8")
    said = rasad("actors", "check", "--desk", desk)
    assert said.code == 0
    assert f"look: {desk}/actors.toml:13: the table has nobody as foreign minister of NOR from 2011-01-01 to 2015-01-01" in said.out  # fmt: skip


def test_an_actor_that_stands_twice_in_a_file_is_told_with_its_line(tmp_path: Path):
    desk = make_desk(tmp_path / "desk")
    (desk / "actors.toml").write_text(PERSON + "\n" + PERSON, "utf-8")
    said = rasad("actors", "check", "--desk", desk)
    assert said.code == COULD_NOT_RUN
    assert said.err.startswith(f"{desk}/actors.toml:6: the actor 'XYZ' stands twice.")


# ---- the command ------------------------------------------------------------


def test_outside_a_desk_the_built_in_table_answers(tmp_path: Path):
    assert rasad("actors", "check", cwd=tmp_path).code == 0
    said = rasad("actors", "show", "kabulov", cwd=tmp_path)
    assert said.code == 0
    assert "Замир Кабулов" in said.out
    assert "2011-03-22 – …  envoy of RUS (AFG)" in said.out


def test_show_tells_names_roles_and_sources_as_json_too(tmp_path: Path):
    told = json.loads(rasad("actors", "show", "TALIBAN", "--json", cwd=tmp_path).out)
    assert told["governs"] == "AFG"
    assert told["names"]["en"][:2] == ["Islamic Emirate", "Taliban"]
    assert [role["valid_from"] for role in told["roles"]] == ["1996-09-27", "2001-11-13", "2021-08-15"]
    assert told["roles"][-1]["ground"] == "page"
    assert "RUS" in {recognition["by"] for recognition in told["recognitions"]}


def test_an_unknown_id_is_told_with_its_nearest(tmp_path: Path):
    said = rasad("actors", "show", "KABULOF", cwd=tmp_path)
    assert said.code == COULD_NOT_RUN
    assert "Did you mean 'KABULOV'?" in said.err


def test_find_tells_what_a_name_was_on_a_day(tmp_path: Path):
    said = rasad("actors", "find", "امارت اسلامی", "--on", "2024-05-01", cwd=tmp_path)
    assert said.code == 0
    assert said.out.startswith("TALIBAN (Islamic Emirate)")
    assert "2021-08-15 – …  de facto government" in said.out
    assert "insurgency" not in said.out


def test_find_shows_all_whom_an_ambiguous_name_could_mean(tmp_path: Path):
    said = rasad("actors", "find", "Haqqani", "--on", "2024-05-01", "--json", cwd=tmp_path)
    told = json.loads(said.out)
    assert said.code == FOUND
    assert told["actor_id"] == ""
    assert len(told["candidates"]) > 1


ADD = ("actors", "add", "XYZ", "--kind", "person", "--name", "en=Xavier Yzk", "--name", "ps=ایکس", "--post", "envoy",
       "--institution", "NOR", "--country", "AFG", "--from", "2020-01-02", "--source", "general knowledge")  # fmt: skip


def test_what_is_added_is_there_and_the_rest_of_the_file_as_it_was(tmp_path: Path):
    desk = make_desk(tmp_path / "desk")
    before = '# ours\n[[actor]]\nid = "OTHER"\nnames = { en = "Zukq" }  # kept\n'
    (desk / "actors.toml").write_text(before, "utf-8")
    assert rasad(*ADD, "--desk", desk).code == 0
    assert (desk / "actors.toml").read_text("utf-8").startswith(before)
    (role,) = ActorTable.of_desk(desk / "actors.toml").get("XYZ").roles
    assert (role.post, role.institution, role.country, role.valid_from) == (
        "envoy",
        "NOR",
        "AFG",
        date(2020, 1, 2),
    )
    assert [path.name for path in desk.iterdir() if "part" in path.name] == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, "'XYZ' is known already"),
        ({"XYZ": "KABULOV"}, "'KABULOV' is known already"),
        ({"XYZ": "xy z"}, "'xy z' is not an actor id"),
        ({"XYZ": "XY", "en=Xavier Yzk": "en=Haqqani network"}, "one name in 'en'"),
        ({"XYZ": "XY", "NOR": "NORR"}, "'NORR' of XY is no actor"),
        ({"XYZ": "XY", "ps=ایکس": "ps=Xavier"}, "no letter of ARABIC script"),
        ({"XYZ": "XY", "ps=ایکس": "fa=ایکس"}, "'fa' is no language of names"),
        ({"XYZ": "XY", "en=Xavier Yzk": "ru=Ксавье"}, "has no name in 'en'"),
    ],
)
def test_what_can_not_be_added_leaves_the_file_alone(tmp_path: Path, change: dict[str, str], told: str):
    desk = make_desk(tmp_path / "desk")
    assert rasad(*ADD, "--desk", desk).code == 0
    before = (desk / "actors.toml").read_bytes()
    said = rasad(*(change.get(part, part) for part in ADD), "--desk", desk)
    assert said.code == COULD_NOT_RUN
    assert told in said.err
    assert (desk / "actors.toml").read_bytes() == before


def test_a_role_without_a_source_is_not_added(tmp_path: Path):
    desk = make_desk(tmp_path / "desk")
    said = rasad(*ADD[:-2], "--desk", desk)
    assert said.code == COULD_NOT_RUN
    assert "the role lacks source" in said.err
    assert not (desk / "actors.toml").exists()


@law
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.lists(st.text(max_size=9), max_size=3)
)
def test_any_name_that_is_written_is_read_again(name: str, also: list[str]):
    others = {"prs": [other.encode("utf-8", "ignore").decode() for other in also]}
    actors, _ = of_text(as_toml(NewActor("XYZ", "movement", {"en": name}, others)), NOWHERE)
    assert actors["XYZ"].names["en"] == name
    assert list(actors["XYZ"].also.get("prs", ())) == others["prs"]


def rows(path: Path) -> list[dict[str, str]]:
    return list(
        csv.DictReader(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    )
