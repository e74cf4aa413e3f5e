"""Every code and name of a state that the data sets print is known, and stands for the right state on the day."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasad.actors.codes import code_table, label_of, state_named, state_of

SYSTEMS = ("cameo", "cow", "fips", "gw", "iso2", "iso_n")

# What the GDELT events of 2011-2013, 2015, 2019 and 2025-2026 and a daily normalisation file print.
FIPS_SEEN = """
AC AE AF AG AJ AL AM AO AR AS AU AY BA BB BC BD BE BF BG BH BK BL BM BN BO BR BT BU BX BY CA CB CD CE CF CG CH CI CJ
CM CO CQ CS CT CU CW CY DA DJ DR EC EG EI EK EN ER ES ET EZ FI FJ FM FR GA GB GG GH GI GJ GK GL GM GQ GR GT GV GY GZ
HA HK HO HR HU IC ID IN IR IS IT IV IZ JA JE JM JO KE KG KN KR KS KU KV KZ LE LG LH LI LO LS LY MD MJ MK ML MO MP MT
MU MX MY MZ NH NI NL NO NP NR NZ OS PE PK PL PM PO PU QA RB RI RM RO RP RQ RS RW SA SE SF SG SN SO SP SU SW SY SZ TD
TH TO TS TU TV TW TX TZ UG UK UP US UV UY UZ VE VI VM WA WZ YI YM ZA ZI
"""
CAMEO_SEEN = """
ABW AFG AFR AGO ALB ARE ARG ARM ASA ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BLR BLZ BMU BOL BRA BRB BRN BTN
BWA CAF CAN CAS CHE CHL CHN COD COG COL CRB CRI CUB CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH EUR
FIN FJI FRA FSM GBR GEO GHA GIN GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN
KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LTU LUX LVA MAR MCO MDA MDV MEA MEX MHL MKD MLI MLT MMR
MNG MOZ MRT MUS MYS NAM NER NGA NIC NLD NMR NOR NPL NZL OMN PAK PAN PER PGS PHL POL PRK PRT PSE QAT RUS RWA SAF SAS
SAU SDN SEA SEN SGP SLE SLV SOM SRB SSD SUR SVK SWE SWZ SYC SYR TCD THA TJK TKM TTO TUN TUR TUV TWN TZA UGA UKR URY
USA UZB VAT VCT VEN VNM VUT WAF WST YEM ZAF ZMB ZWE
"""

# The numbers and names of UCDP (GED 19.1, GED 25.1 and the actor list 22.1), each number beside the name that UCDP gives it.
UCDP_SEEN = """
2 United States of America; 20 Canada; 40 Cuba; 41 Haiti; 42 Dominican Republic; 51 Jamaica; 52 Trinidad and Tobago;
55 Grenada; 70 Mexico; 90 Guatemala; 91 Honduras; 92 El Salvador; 93 Nicaragua; 94 Costa Rica; 95 Panama;
100 Colombia; 101 Venezuela; 110 Guyana; 115 Suriname; 130 Ecuador; 135 Peru; 140 Brazil; 145 Bolivia; 150 Paraguay;
155 Chile; 160 Argentina; 165 Uruguay; 200 United Kingdom; 210 Netherlands; 211 Belgium; 220 France; 230 Spain;
260 Germany; 305 Austria; 310 Hungary; 339 Albania; 343 North Macedonia; 343 Macedonia, FYR; 344 Croatia;
345 Serbia (Yugoslavia); 346 Bosnia-Herzegovina; 350 Greece; 352 Cyprus; 359 Moldova; 360 Romania;
365 Russia (Soviet Union); 369 Ukraine; 371 Armenia; 372 Georgia; 373 Azerbaijan; 380 Sweden; 404 Guinea-Bissau;
420 Gambia; 432 Mali; 433 Senegal; 434 Benin; 435 Mauritania; 436 Niger; 437 Ivory Coast; 438 Guinea;
439 Burkina Faso; 450 Liberia; 451 Sierra Leone; 452 Ghana; 461 Togo; 471 Cameroon; 475 Nigeria; 481 Gabon;
482 Central African Republic; 483 Chad; 484 Congo; 490 DR Congo (Zaire); 500 Uganda; 501 Kenya; 510 Tanzania;
516 Burundi; 517 Rwanda; 520 Somalia; 522 Djibouti; 530 Ethiopia; 531 Eritrea; 540 Angola; 541 Mozambique;
551 Zambia; 552 Zimbabwe (Rhodesia); 560 South Africa; 565 Namibia; 570 Lesotho; 571 Botswana;
572 Kingdom of eSwatini (Swaziland); 572 eSwatini (Swaziland); 580 Madagascar (Malagasy); 581 Comoros; 600 Morocco;
615 Algeria; 616 Tunisia; 620 Libya; 625 Sudan; 626 South Sudan; 630 Iran; 640 Turkey; 645 Iraq; 651 Egypt;
652 Syria; 660 Lebanon; 663 Jordan; 666 Israel; 670 Saudi Arabia; 678 Yemen (North Yemen); 680 South Yemen;
690 Kuwait; 692 Bahrain; 698 Oman; 700 Afghanistan; 702 Tajikistan; 703 Kyrgyzstan; 704 Uzbekistan; 710 China;
713 Taiwan; 731 North Korea; 732 South Korea; 750 India; 760 Bhutan; 770 Pakistan; 771 Bangladesh;
775 Myanmar (Burma); 780 Sri Lanka; 790 Nepal; 800 Thailand; 811 Cambodia (Kampuchea); 812 Laos;
816 Vietnam (North Vietnam); 817 South Vietnam; 820 Malaysia; 835 Brunei; 840 Philippines; 850 Indonesia;
900 Australia; 910 Papua New Guinea
"""

# Source Country, Target Country and Country of the ICEWS events of 2018, and the states among the actors of ICEWS18.
ICEWS_SEEN = """
Afghanistan; Algeria; Andorra; Argentina; Armenia; Australia; Austria; Azerbaijan; Bangladesh; Belarus; Belgium;
Benin; Bolivia; Bosnia and Herzegovina; Botswana; Brazil; Bulgaria; Burkina Faso; Burundi; Cambodia; Cameroon;
Canada; Central African Republic; Chad; Chile; China; Colombia; Comoros; Congo; Costa Rica; Cote d'Ivoire; Croatia;
Cuba; Czech Republic; Democratic Republic of Congo; Egypt; Equatorial Guinea; Estonia; Ethiopia; Finland; France;
Gambia; Georgia; Germany; Ghana; Greece; Guatemala; Guinea; Guinea-Bissau; Haiti; Holy See; Honduras; Hong Kong;
Hungary; India; Indonesia; Iran; Iraq; Ireland; Israel; Italy; Japan; Jordan; Kazakhstan; Kenya; Kuwait; Kyrgyzstan;
Laos; Latvia; Lebanon; Liberia; Libya; Lithuania; Luxembourg; Madagascar; Malawi; Malaysia; Maldives; Mali;
Marshall Islands; Mauritania; Mexico; Moldova, Republic of; Monaco; Montenegro; Morocco; Mozambique; Myanmar;
Namibia; Nepal; Netherlands; New Zealand; Nicaragua; Niger; Nigeria; North Korea; Norway;
Occupied Palestinian Territory; Oman; Pakistan; Panama; Papua New Guinea; Philippines; Poland; Portugal; Qatar;
Romania; Russian Federation; Rwanda; Saudi Arabia; Senegal; Serbia; Seychelles; Sierra Leone; Singapore; Slovakia;
Slovenia; Somalia; South Africa; South Korea; South Sudan; Spain; Sri Lanka; Sudan; Swaziland; Sweden; Switzerland;
Syria; Taiwan; Tajikistan; Tanzania; Thailand; Timor-Leste; Togo; Tunisia; Turkey; Turkmenistan; Uganda; Ukraine;
United Arab Emirates; United Kingdom; United States; Uruguay; Uzbekistan; Venezuela; Vietnam; Western Sahara; Yemen;
Zambia; Zimbabwe; the former Yugoslav Republic of Macedonia; Palestinian Territory, Occupied; Macao; Macedonia;
Falkland Islands (Malvinas); Holy See (Vatican City State); Pitcairn; Russia; Moldova; Saint Helena;
Saint Kitts and Nevis; Saint Lucia; Saint Vincent and the Grenadines; Vatican City State; Virgin Islands, U.S.
"""


def rows(file: str) -> list[dict[str, str]]:
    lines = (files("rasad.actors") / "table" / file).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def seen(text: str) -> list[str]:
    return [entry.strip() for entry in text.replace("\n", " ").split(";")]


STATES = {row["id"]: row["en"] for row in rows("states.csv")}
CODES = rows("codes.csv")


@pytest.mark.parametrize(("system", "codes"), [("fips", FIPS_SEEN), ("cameo", CAMEO_SEEN)])
def test_every_code_that_gdelt_prints_is_a_state_or_named_as_none(system: str, codes: str) -> None:
    assert [
        code for code in codes.split() if bool(state_of(system, code)) == bool(label_of(system, code))
    ] == []


def test_a_number_of_ucdp_is_the_state_that_ucdp_names_beside_it() -> None:
    pairs = [entry.split(" ", 1) for entry in seen(UCDP_SEEN)]
    unlike = [(number, name) for number, name in pairs if state_of("gw", number) != state_named(name)]
    assert unlike == []
    assert all(state_named(name) for _, name in pairs)


def test_every_country_that_icews_prints_is_a_state() -> None:
    assert [name for name in seen(ICEWS_SEEN) if not state_named(name)] == []


def test_an_actor_list_names_what_is_no_state_of_the_table_and_no_one_takes_it_for_one() -> None:
    for name in (
        "NA",
        "",
        "Hyderabad",
        "Czechoslovakia",
        "England",
        "Africa",
        "Unidentified State Actor",
    ):
        assert state_named(name) == "", name


def test_georgia_is_never_the_state_of_the_us() -> None:
    assert (
        state_named("Georgia")
        == state_of("fips", "GG")
        == state_of("cameo", "GEO")
        == state_of("gw", "372")
        == "GEO"
    )
    assert state_named("Georgia, United States") == ""
    assert state_of("fips", "USGA") == ""
    assert state_of("fips", "GA") == "GMB"
    assert (state_of("iso2", "GE"), state_of("iso2", "GG"), state_of("iso2", "GA")) == ("GEO", "GGY", "GAB")


@pytest.mark.parametrize(
    ("code", "state"),
    [("AS", "AUS"), ("AU", "AUT"), ("NG", "NER"), ("NI", "NGA"), ("CF", "COG"), ("CG", "COD"), ("CH", "CHN"),
     ("RS", "RUS"), ("RI", "SRB"), ("RB", "SRB"), ("YI", "SRB"), ("KN", "PRK"), ("KS", "KOR"), ("GV", "GIN"),
     ("EK", "GNQ"), ("LO", "SVK"), ("SU", "SDN"), ("OD", "SSD"), ("GZ", "PSE"), ("WE", "PSE"), ("PS", "PLW")],
)  # fmt: skip
def test_a_code_of_a_place_that_looks_like_another_states_is_not_taken_for_it(code: str, state: str) -> None:
    assert state_of("fips", code) == state


def test_a_place_in_a_sea_or_in_abkhazia_is_named_and_is_no_state() -> None:
    assert (label_of("fips", "OS"), label_of("gw", "396")) == ("Oceans", "Abkhazia")
    assert (state_of("fips", "OS"), state_of("gw", "396")) == ("", "")


def test_kosovo_is_an_actor_by_every_code_though_its_recognition_is_disputed() -> None:
    systems = {"cameo": "KSV", "cow": "347", "fips": "KV", "gw": "347", "iso2": "XK"}
    assert {state_of(system, code) for system, code in systems.items()} == {state_named("Kosovo")} == {"XKX"}


@pytest.mark.parametrize(
    ("system", "code", "day", "state"),
    [
        ("gw", "365", date(1985, 1, 1), "RUS"),
        ("gw", "365", date(2020, 1, 1), "RUS"),
        ("gw", "345", date(1991, 7, 4), "SRB"),
        ("gw", "345", date(2010, 1, 1), "SRB"),
        ("gw", "340", date(2006, 6, 4), ""),
        ("gw", "340", date(2006, 6, 5), "SRB"),
        ("gw", "315", date(1968, 8, 21), ""),
        ("gw", "317", date(1992, 12, 31), ""),
        ("gw", "317", date(1993, 1, 1), "SVK"),
        ("gw", "678", date(2020, 1, 1), "YEM"),
        ("gw", "680", date(1990, 5, 21), "YEM"),
        ("gw", "680", date(1990, 5, 22), ""),
        ("cow", "678", date(1990, 5, 21), "YEM"),
        ("cow", "678", date(1990, 5, 22), ""),
        ("cow", "679", date(1990, 5, 22), "YEM"),
        ("gw", "265", date(1990, 10, 2), "DEU"),
        ("gw", "265", date(1990, 10, 3), ""),
        ("cow", "255", date(1990, 10, 2), ""),
        ("cow", "255", date(1990, 10, 3), "DEU"),
        ("cow", "260", date(1990, 10, 3), ""),
        ("gw", "817", date(1975, 4, 30), "VNM"),
        ("gw", "817", date(1975, 5, 1), ""),
    ],
)
def test_a_number_of_a_former_state_holds_on_its_days_alone(
    system: str, code: str, day: date, state: str
) -> None:
    assert state_of(system, code, day) == state


def test_small_states_have_other_numbers_in_the_two_lists() -> None:
    assert [state_of("cow", number) for number in ("946", "947", "955", "970", "973")] == [
        "KIR",
        "TUV",
        "TON",
        "NRU",
        "",
    ]
    assert [state_of("gw", number) for number in ("970", "971", "972", "973", "955")] == [
        "KIR",
        "NRU",
        "TON",
        "TUV",
        "",
    ]


def test_no_code_stands_twice_in_a_system_on_one_day() -> None:
    spans = defaultdict(list)
    for row in CODES:
        span = row["valid_from"] or "0001-01-01", row["valid_to"] or "9999-12-31"
        assert span[0] < span[1], row
        spans[row["system"], row["code"]].append(span)
    for code, held in spans.items():
        held.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(held)), code
    none = [(row["system"], row["code"]) for row in rows("regions.csv")]
    assert len(none) == len(set(none))
    assert spans.keys().isdisjoint(none)


def test_the_tables_speak_of_known_states_and_systems_only() -> None:
    assert {row["state"] for row in CODES} <= STATES.keys()
    assert {row["state"] for row in rows("state_names.csv")} <= STATES.keys()
    assert {row["system"] for row in CODES} == set(SYSTEMS)
    assert {row["system"] for row in rows("regions.csv")} <= set(SYSTEMS)


def test_every_state_has_its_iso_codes_and_all_but_two_a_code_of_places() -> None:
    assert sorted(code_table("iso2").values()) == sorted(STATES)
    assert STATES.keys() - set(code_table("iso_n").values()) == {"XKX"}
    assert STATES.keys() - set(code_table("fips").values()) == {"ALA", "BES"}


def test_every_state_is_found_by_its_house_name_and_by_every_name_of_the_table() -> None:
    assert [state for state, name in STATES.items() if state_named(name) != state] == []
    assert [row for row in rows("state_names.csv") if state_named(row["name"]) != row["state"]] == []


@pytest.mark.parametrize(
    "name", ["CÔTE D’IVOIRE", "Cote d'Ivoire", "côte  d'ivoire", "Ivory Coast", "ivory coast "]
)
def test_a_name_is_read_whatever_its_case_accents_and_apostrophe(name: str) -> None:
    assert state_named(name) == "CIV"


def test_a_code_is_read_whatever_its_case_and_leading_zeros() -> None:
    assert state_of("iso_n", "004") == state_of("iso_n", "4") == state_of("iso2", "af ") == "AFG"
    assert state_of("gw", "002") == "USA"
    assert state_of("cameo", "0") == ""


@given(st.sampled_from(CODES), st.dates())
def test_a_code_answers_alike_with_a_day_and_without(row: dict[str, str], day: date) -> None:
    system, code = row["system"], row["code"]
    assert state_of(system, code) == code_table(system)[code] == row["state"]
    assert state_of(system, code, day) in {"", row["state"]}


def test_an_unknown_system_is_told_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"'fipps' is no system of codes. Did you mean 'fips'\?"):
        state_of("fipps", "AF")
    with pytest.raises(ValueError, match="Known: cameo, cow, fips, gw, iso2, iso_n"):
        code_table("xyz")
