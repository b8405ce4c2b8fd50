"""Each question of the guide, asked as an analyst, gets the answer that can be counted in the day of `day.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from clickhouse_driver.errors import ServerException

from tests.analysts.conftest import Analyst, store
from tests.analysts.day import made
from tests.analysts.guide import GUIDE, filled, query
from tests.analysts.rows import on
from tests.conftest import Servers

Rows = list[dict[str, Any]]


@pytest.fixture
def answer(analyst: Analyst) -> Any:
    def rows_of(name: str) -> Rows:
        names, rows = analyst.ask(query(name))
        return [dict(zip(names, row, strict=True)) for row in rows]

    return rows_of


def picked(rows: Rows, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def at(text: str) -> datetime:
    return on(text)


def test_a_channel_without_news_has_an_age_and_no_figure(answer: Any) -> None:
    rows = answer("01_freshness")
    assert picked(rows, "channel", "complaints_of_the_last_hour", "age_minutes") == [
        ("call", 3_122, 1),
        ("helpdesk", 6, 20),
        ("web", None, 101),
    ]


def test_silence_is_judged_by_what_is_usual_and_by_nothing_else(answer: Any) -> None:
    assert picked(answer("02_silent_sources"), "source", "silent_minutes", "verdict") == [
        ("help desk of SS-PARAG-DAIRY", None, "not heard in eight weeks"),
        ("/kesco/web-portal", 100, "silent"),
        ("/kesco/help-desk/SS-HORSEMAN-BAGH", 20, "as usual"),
        ("/kesco/call-centre/acd-1", 0, "not known"),
    ]


def test_an_hour_without_calls_has_no_row(answer: Any) -> None:
    assert picked(answer("03_call_load"), "hour", "calls", "load_percent") == [
        (at("17:00"), 44, 0.8),
        (at("18:00"), 160, 2.9),
        (at("19:00"), 1_891, 34.4),
        (at("20:00"), 5_445, 99.0),
        (at("21:00"), 3_123, 56.8),
    ]


def test_the_feeder_that_failed_leads(answer: Any) -> None:
    assert picked(answer("04_hotspots"), "node_id", "customers", "children_reporting", "children") == [
        ("F-GUJAINI-BARRA-GAON", 22, 3, 3)
    ]


def test_a_share_above_the_usual_shows(answer: Any) -> None:
    rows = answer("05_source_share")
    assert picked(rows[:1], "substation_id", "customers", "source_customers") == [("SS-GUJAINI", 18, 18)]


def test_what_is_out_now_and_how_old_that_is(answer: Any) -> None:
    assert picked(answer("06_open_outages"), "node_id", "basis", "minutes_out", "reporting", "said_minutes_ago") == [
        ("DT-301", "estimated", 80, 6, 51)
    ]


def test_a_past_date_has_its_outages_once(answer: Any) -> None:
    rows = answer("07_outages_of_a_date")
    assert picked(rows, "node_id", "minutes_out", "minutes_so_far", "basis") == [
        ("F-GUJAINI-BARRA-GAON", 100, None, "confirmed"),
        ("DT-301", None, 80, "estimated"),
    ]


def test_every_state_is_kept_with_its_time(answer: Any) -> None:
    rows = answer("08_outage_history")
    assert picked(rows, "at", "state", "reason", "stood_minutes") == [
        (at("17 14:15"), "predicted", "complaints", 5),
        (at("17 14:20"), "confirmed", "switch_open", 100),
        (at("17 16:00"), "restored", "switch_closed", 60),
        (at("17 17:00"), "closed", "quiet", None),
        (at("18 07:02"), "confirmed", "switch_open", 1),
        (at("18 07:03"), "restored", "switch_closed", None),
    ]


def test_estimated_and_confirmed_stand_apart(answer: Any) -> None:
    assert picked(answer("09_estimated_or_confirmed"), "node_kind", "basis", "outages", "reporting", "affected") == [
        ("feeder", "confirmed", 3, 12 + 3 + 22, 3_200),
        ("transformer", "estimated", 1, 6, 110),
    ]


def test_the_delay_counts_from_the_third_customer_and_not_the_third_call(answer: Any) -> None:
    rows = answer("10_delay_of_detection")
    assert picked(rows, "node_id", "third_customer_at", "minutes_after_third", "minutes_after_start") == [
        ("F-GUJAINI-BARRA-GAON", at("19:34").replace(second=30), 3.5, 8),
        ("DT-301", at("20:52"), 1, 13),
    ]


def test_switches_have_an_age(answer: Any) -> None:
    assert picked(answer("11_telemetry"), "node_id", "switch", "age_minutes") == [
        ("F-GUJAINI-BARRA-GAON", "closed", 50),
        ("F-HORSEMAN-BAGH-PARAMPURWA", "closed", 4_680),
    ]


def test_the_worst_feeder_has_its_transformer_counted(answer: Any) -> None:
    rows = answer("12_worst_feeders")
    assert picked(rows, "feeder_id", "outages", "still_out", "confirmed", "customer_minutes") == [
        ("F-HORSEMAN-BAGH-PARAMPURWA", 3, 1, 2, 120 * 1_000 + 3 * 1_000 + 80 * 110),
        ("F-GUJAINI-BARRA-GAON", 1, 0, 1, 100 * 1_200),
    ]


def test_dangers_are_open_until_somebody_ends_them(answer: Any) -> None:
    assert picked(answer("13_hazards_open"), "category", "status", "open_minutes", "status_age_minutes") == [
        ("sparking_fire", "arrived", 70, 48),
        ("line_broken", "registered", 40, 40),
    ]


def test_life_support_without_supply_is_seen(answer: Any) -> None:
    rows = answer("14_special_needs")
    assert picked(rows, "special_need", "transformer_id", "estimated_restoration_at") == [
        ("life_support", "DT-301", at("21:45"))
    ]


def test_those_without_an_answer_are_in_no_median(answer: Any) -> None:
    names = ("substation", "complaints", "answered", "median_minutes", "longest_without_answer_minutes")
    assert picked(answer("15_delay_of_answer"), *names) == [
        ("SS-PARAG-DAIRY", 3, 0, None, 520),
        ("SS-HORSEMAN-BAGH", 7, 4, 28, 63),
        ("SS-GUJAINI", 34, 22, 27.5, 170),
    ]


def test_a_promise_that_passed_without_supply_is_broken(answer: Any) -> None:
    assert picked(answer("16_promises"), "promised", "kept", "broken", "not_due_yet") == [(3, 0, 3, 0)]


def test_one_customer_asked_five_times(answer: Any) -> None:
    assert picked(answer("17_repeated_callers"), "complaints", "first_at", "last_at") == [(5, at("19:32"), at("20:27"))]


def test_closed_while_dark_shows_by_who_calls_again(answer: Any) -> None:
    assert picked(answer("18_closed_while_dark"), "feeder_id", "ended_complaints", "called_again", "reopened") == [
        ("F-GUJAINI-VARUN-VIHAR", 6, 3, 1),
        ("F-GUJAINI-BARRA-GAON", 16, 0, 0),
        ("F-HORSEMAN-BAGH-PARAMPURWA", 14, 0, 0),
    ]


def test_limits_are_met_broken_or_running(answer: Any) -> None:
    rows = {(row["substation_id"], row["category"]): row for row in answer("19_service_levels")}
    fuses = rows["SS-GUJAINI", "fuse_blown"]
    assert picked([fuses], "all_complaints", "in_time", "too_late", "still_running") == [(6, 4, 2, 0)]
    no_supply = rows["SS-GUJAINI", "no_supply"]
    assert picked([no_supply], "in_time", "still_running", "met_percent") == [(0, 9, None)]


def test_every_consumer_below_a_burnt_transformer_is_owed(answer: Any) -> None:
    rows = answer("22_compensation")
    assert picked(rows[:1], "category", "too_late", "consumers", "rupees") == [("transformer_fault", 1, 890, 150 * 890)]
    assert {row["rupees"] for row in rows[1:]} == {None}


def test_indices_are_those_of_the_formulas(answer: Any) -> None:
    rows = {(row["substation_id"], row["method"], row["estimated"]): row for row in answer("23_reliability_indices")}
    barra = rows["SS-GUJAINI", "feeder", False]
    assert picked([barra], "saifi", "saidi_minutes", "maifi") == [(round(1_200 / 1_800, 3), 1_200 * 75 / 1_800, 0)]
    parampurwa = rows["SS-HORSEMAN-BAGH", "feeder", False]
    assert picked([parampurwa], "interruptions", "saifi", "saidi_minutes", "maifi") == [(1, 1, 120, 1)]
    burning = rows["SS-HORSEMAN-BAGH", "customer", True]
    assert picked([burning], "running", "saifi", "saidi_minutes") == [(1, 0.11, 0)]


def test_without_a_history_no_day_is_major_or_ordinary(answer: Any) -> None:
    assert {row["major_event_day"] for row in answer("24_major_event_days")} == {None}


def test_an_end_after_the_limit_is_in_its_class(answer: Any) -> None:
    rows = {row["category"]: row for row in answer("21_limit_buckets")}
    fuses = rows["fuse_blown"]
    assert picked([fuses], "within_half", "within_limit", "within_double", "later", "running") == [(4, 0, 1, 0, 0)]
    assert (fuses["overdue"], rows["no_supply_area"]["overdue"]) == (1, 2)


def test_limits_that_run_out_come_first(answer: Any) -> None:
    rows = answer("20_due_soon")
    assert rows == sorted(rows, key=lambda row: row["first_due_at"])
    assert picked(rows[:2], "substation", "category", "complaints", "run_out", "minutes_left") == [
        ("SS-HORSEMAN-BAGH", "no_supply", 3, 3, -3_539),
        ("SS-PARAG-DAIRY", "no_supply_area", 2, 2, -160),
    ]


def test_calls_after_announced_work_are_seen(answer: Any) -> None:
    assert picked(answer("25_planned_work"), "inside", "within_three_hours_after") == [(3, 2)]


def test_a_complaint_that_was_handed_on_is_misrouted(answer: Any) -> None:
    rows = {row["routed_by"]: row for row in answer("26_misrouting")}
    assert (rows["pincode"]["with_a_desk_named"], rows["pincode"]["reassigned"]) == (1, 1)
    assert (rows["account"]["with_a_desk_named"], rows["account"]["reassigned"]) == (1, 0)
    assert picked(answer("27_reassignments"), "handed_to") == [(["SS-PARAG-DAIRY", "SS-HORSEMAN-BAGH"],)]


def test_a_desk_that_was_offline_shows_as_late(answer: Any) -> None:
    rows = {row["source"]: row for row in answer("28_late_data")}
    desk = rows["/kesco/help-desk/SS-HORSEMAN-BAGH"]
    assert (desk["most_minutes_late"], desk["later_than_an_hour"]) == (210, 6)
    assert rows["/kesco/web-portal"]["most_minutes_late"] == 0


def test_a_newer_reading_replaces_the_older(answer: Any) -> None:
    assert picked(answer("29_readings"), "enricher_version", "complaints") == [("1", 10_680), ("2", 1)]


def test_what_was_refused_is_open(answer: Any) -> None:
    assert picked(answer("30_refused"), "kafka_topic", "reason", "state", "records") == [
        ("complaints.web", "missing_field", "open", 3),
        ("complaints.calls", "not_json", "open", 1),
    ]


def test_peoples_words_are_refused(analyst: Analyst) -> None:
    for statement in ("SELECT text FROM complaints.complaints", "SELECT * FROM complaints.complaint_status"):
        with pytest.raises(ServerException) as refused:
            analyst.ask(statement)
        assert refused.value.code == 497


def test_the_whole_day_sent_once_more_changes_no_figure(analyst: Analyst, servers: Servers) -> None:
    shown = GUIDE.read_text(encoding="utf-8")
    store(servers, made(), "again")
    assert filled(shown, analyst.ask) == shown
