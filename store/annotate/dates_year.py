"""Gives dates their day and year: from the day of publication, from the day the article calls today, or, marked `?`,
from what the text says about the year beyond doubt. Otherwise the year stays `XXXX`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.annotate.page import DateSpan, Page
from store.edtf import is_valid

__all__ = ["complete_years"]

_Y = r"((?:19|20)\d\d)"
_LATEST = 2100
_REACH = 400            # characters around a day in which its sentence is read for a year; keeps huge sentences linear
_EARLIEST = 1995        # news on the web; an older year beside a day is remembrance: `31-1-1968`


def complete_years(page: Page, spans: list[DateSpan]) -> list[DateSpan]:
    """The spans with relative days resolved (or dropped) and years completed, in the same order."""
    today = _today(page.published, spans)
    days = list(_resolved(spans, today))
    if page.published and _is_day(page.published):
        return [_near_publication(span, page.published) for span in days]
    if not any(_infers(span) for span in days):
        return days
    evidence = _evidence(page, days)
    return _spread([_inferred(span, evidence) if _infers(span) else span for span in days])


def _is_day(edtf: str) -> bool:
    return len(edtf.rstrip("?")) == 10 and "/" not in edtf


def _today(published: str | None, spans: list[DateSpan]) -> str | None:
    """The day of publication, or the day printed beside `hôm nay`: `sáng nay 3/8`, `hôm qua (7-5)`."""
    if published and _is_day(published):
        return published
    for span in spans:
        if span.rule.startswith("today") and _is_day(span.date):
            return _shifted(span.date, -int(span.rule.removeprefix("today")))
    return None


def _shifted(day: str, days: int) -> str | None:
    """A day some days on; None where the year is unknown and the move might cross its end or that of February."""
    if not day.startswith("XXXX"):
        return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()
    if days == 0:
        return day
    if not is_valid(f"2001{day[4:]}"):
        return None
    start = date.fromisoformat(f"2001{day[4:]}")
    moved = start + timedelta(days=days)
    crosses_february = {start.month, moved.month} == {2, 3}
    return None if moved.year != 2001 or crosses_february else f"XXXX{moved.isoformat()[4:]}"


def _resolved(spans: list[DateSpan], today: str | None) -> Iterator[DateSpan]:
    """Relative days become days: `tối qua` from today, `cùng ngày` from the day named last."""
    last: str | None = None
    for span in spans:
        day: str | None = span.date
        if span.rule == "relative-day":
            day = _shifted(today, int(span.date)) if today else None
        elif span.rule == "same-day":
            day = last
        elif span.rule == "relative-year":
            day = str(int(today[:4]) + int(span.date[1:])) if today and today[:4].isdigit() else None
        if day is None:
            continue
        basis = span.basis
        if day != span.date:
            basis = "unknown" if day.startswith("XXXX") else "from-publication"
        if _is_day(day):
            last = day
        yield replace(span, date=day, basis=basis)


def _near_publication(span: DateSpan, published: str) -> DateSpan:
    """The year that brings a day, month or span of days closest to the day of publication."""
    if "XXXX" not in span.date:
        return span
    day = date.fromisoformat(published)
    first = span.date.split("/")[0]
    probe = first[4:] if len(first) == 10 else f"{first[4:]}-15"
    years = [y for y in (day.year, day.year - 1, day.year + 1) if is_valid(f"{y}{probe}")]
    if not years:
        return span
    nearest = min(years, key=lambda y: abs((date.fromisoformat(f"{y}{probe}") - day).days))
    completed = span.date.replace("XXXX", str(nearest))
    return replace(span, date=completed, basis="from-publication") if is_valid(completed) else span


# ---- inference: each rule says which year the text forces on a day, or nothing -------------------------------------

@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the whole article says about years, gathered once."""

    sentences: dict[int, tuple[int, str]]   # where each starts, and its text
    full_days: dict[str, set[int]]          # `-03-29` → years it is printed with
    quarters_ahead: tuple[tuple[int, int], ...]
    halves: frozenset[int]                  # years whose half is spoken of
    latest: int                             # the latest year spoken of, terms and programmes left aside; 0 for none
    before_latest: int                      # the latest but that; 0 for none
    reviewed: bool                          # a review is reported: `tổng kết`, `sơ kết`
    closed: frozenset[int]                  # years told as over: `năm 2018 … đã`
    from_now: frozenset[int]                # `từ nay đến hết năm 2019`
    reviewed_to: frozenset[int]             # last years of periods under review: `kết quả … giai đoạn 2010-2016`
    just_past: frozenset[tuple[int, int]]   # months (and their years) called just past: `tháng 9/2018 vừa qua`
    year_before: frozenset[int]             # years that figures are set beside: `tăng 9% so với cùng kỳ năm 2016`
    budgets: frozenset[int]                 # years whose results stand beside the plan of the next
    recent: tuple[date, ...]                # days printed with their year


_QUARTER_AHEAD = re.compile(
    rf"\b(?:ngay\s+trong|ngay|trong|trước|hết)\s+quý\s+(IV|I{{1,3}}|[1-4])\s*(?:/|-|năm)\s*{_Y}", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_TASK = re.compile(r"\b(?:sẽ|ngay|phải|giao|yêu cầu|đề nghị|kế hoạch|hoàn thành|dự kiến|tập trung|thống nhất)\b")
_REVIEW = re.compile(r"\b(?:tổng kết|sơ kết|đánh giá kết quả|nhìn lại)\b", re.IGNORECASE)
_YEAR_CLOSED = re.compile(rf"\b(?:trong\s+năm|năm|trong)\s+{_Y}\b[^.;]{{0,60}}?\b(?:đã|hoàn thành)\b", re.IGNORECASE)
_FROM_NOW = re.compile(
    rf"\btừ nay (?:đến|tới|cho đến)\s+(?:hết|cuối)\s+(?:tháng \d\d?\s*(?:[/-]|năm)\s*|năm\s+){_Y}", re.IGNORECASE)


def _evidence(page: Page, days: list[DateSpan]) -> _Evidence:
    texts = [line.text for line in page.lines]
    full_days: dict[str, set[int]] = {}
    for span in days:
        for day in span.date.split("/"):
            if day[:4].isdigit() and _is_day(day):
                full_days.setdefault(day[4:], set()).add(int(day[:4]))
    years = sorted({
        int(part[:4]) for span in days for part in span.date.split("/")
        if part[:4].isdigit() and ("/" not in span.date or (len(part) == 10 and span.date[:4] == span.date[11:15]))})
    return _Evidence(
        sentences={line.position: (line.start, line.text) for line in page.lines},
        full_days=full_days,
        quarters_ahead=tuple(_quarters_ahead(texts, years)),
        halves=frozenset(int(span.date[:4]) for span in days if span.rule == "half-year"),
        latest=max(years, default=0),
        before_latest=years[-2] if len(years) > 1 else 0,
        reviewed=any(_REVIEW.search(text) for text in texts),
        closed=frozenset(int(m[1]) for text in texts if (m := _YEAR_CLOSED.search(text))),
        from_now=frozenset(int(m[1]) for text in texts if "từ nay" in text and (m := _FROM_NOW.search(text))),
        reviewed_to=frozenset(int(m[1]) for text in texts if "giai đoạn" in text for m in _PERIOD_REVIEWED.finditer(text)),
        just_past=frozenset(
            (int(m[1]), int(m[2])) for text in texts if "vừa" in text for m in _JUST_PAST.finditer(text)),
        year_before=frozenset(int(m[1]) for text in texts if "so với" in text for m in _SAME_TIME.finditer(text)),
        budgets=frozenset(
            int(m[1]) for text in texts if "năm" in text for m in _NEXT_YEAR.finditer(text) if int(m[2]) == int(m[1]) + 1),
        recent=tuple(sorted(set(_printed(page, days)))),
    )


def _quarters_ahead(texts: list[str], years: list[int]) -> Iterator[tuple[int, int]]:
    """`ngay trong quý I/2023`; without `ngay` only where the year before is not spoken of, in which it may be said."""
    for text in texts:
        if "quý" in text and (match := _QUARTER_AHEAD.search(text)) is not None and _TASK.search(text):
            quarter, year = match[1].upper(), int(match[2])
            if match[0][:4].lower() == "ngay" or year - 1 not in years:
                yield _ROMAN.get(quarter) or int(quarter), year


_AGO = re.compile(r"\b(?:cách đây|năm ngoái|năm trước)\b[^.;]*$", re.IGNORECASE)


def _printed(page: Page, days: list[DateSpan]) -> Iterator[date]:
    """The days printed with their year; not `cách đây 1 năm … (7-7-2017)`."""
    told = (span for span in days if not _AGO.search(page.text[max(0, span.start - 80):span.start]))
    parts = (part for span in told if "/" not in span.date or span.date[:7] == span.date[11:18] for part in span.date.split("/"))
    return (date.fromisoformat(part) for part in parts if part[:4].isdigit() and len(part) == 10)


def _infers(span: DateSpan) -> bool:
    return span.date.startswith("XXXX") and len(span.date.split("/")[0]) == 10


def _inferred(span: DateSpan, evidence: _Evidence) -> DateSpan:
    """The span with its year and `?` where all rules that speak agree; else as it is."""
    start, text = evidence.sentences.get(span.sentence, (0, ""))
    sentence = text[max(0, span.start - start - _REACH):span.end - start + _REACH]
    month = int(span.date[5:7])
    years = {year for rule in _YEAR_RULES if (year := rule(span.date, month, sentence, evidence)) is not None}
    if len(years) != 1 or min(years) < _EARLIEST:
        return span
    completed = "/".join(f"{part.replace('XXXX', str(min(years)))}?" for part in span.date.split("/"))
    return replace(span, date=completed, basis="inferred-year") if is_valid(completed) else span


def _spread(days: list[DateSpan]) -> list[DateSpan]:
    """The same day named again has the year found for it once."""
    found: dict[str, set[str]] = {}
    for span in days:
        if span.basis == "inferred-year":
            found.setdefault(span.date[4:].rstrip("?"), set()).add(span.date)
    return [
        replace(span, date=min(years), basis="inferred-year")
        if span.date.startswith("XXXX") and len(years := found.get(span.date[4:], set())) == 1 else span
        for span in days
    ]


def _only(years: set[int] | frozenset[int]) -> int | None:
    return min(years) if len(years) == 1 else None


def _same_day_elsewhere(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`Sáng 29/3 …` in an article that also prints `29/3/2019`, 2019 being the latest year it speaks of; a day of
    remembrance (`12/7/1984`) is no evidence."""
    year = _only(evidence.full_days.get(day[4:], set()))
    return year if year == evidence.latest else None


def _within_quarter(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`ngay trong quý I/2023` as a task still ahead, and the day lies in that quarter."""
    return _only({year for quarter, year in evidence.quarters_ahead if (month + 2) // 3 == quarter})


def _half_year_review(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`6 tháng đầu năm 2016` reviewed in June to August."""
    return _only(evidence.halves) if 6 <= month <= 8 else None


_NO_PERIOD = r"(?!\s*[-–]\s*\d)"
_YEAR_REVIEWED = re.compile(
    rf"\b(?:tổng kết|sơ kết|kết quả)\b[^.;]{{0,100}}?\bnăm\s+{_Y}{_NO_PERIOD}", re.IGNORECASE)
_YEAR_PLANNED = re.compile(
    rf"\b(?:triển khai|phương hướng|nhiệm vụ|kế hoạch)\b[^.;]{{0,60}}?\bnăm\s+{_Y}{_NO_PERIOD}", re.IGNORECASE)


def _plan_after_review(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`tổng kết … năm 2018, triển khai … năm 2019`: 2018 in December, 2019 in January to March."""
    reviewed = _YEAR_REVIEWED.search(sentence) if month in (12, 1, 2, 3) else None
    planned = _YEAR_PLANNED.search(sentence, reviewed.end()) if reviewed else None
    if reviewed is None or planned is None or int(planned[1]) != int(reviewed[1]) + 1:
        return None
    return int(reviewed[1]) if month == 12 else int(planned[1])


def _closed_year_reviewed(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """A review in January or February that tells the latest year it knows as over: `năm 2018, … đã hoàn thành`."""
    if month > 2 or not evidence.reviewed or evidence.latest not in evidence.closed:
        return None
    return evidence.latest + 1


_ANNIVERSARY = re.compile(
    r"\bk[ỷỉ] niệm\b[^.;]{0,40}?\b(\d{1,3})\s+năm\b[^.;]{0,120}?(?<!từ năm )(?<!từ )(?<!đến )(?<!đến năm )\b((?:1[89]|20)\d\d)\b"
    rf"(?:[^.;()]{{0,12}}[-–][^.;()]{{0,12}}\b{_Y}\b)?(?!\s*(?:đến|tới)\b)", re.IGNORECASE)
_BARE_YEARS = re.compile(rf"(?<![-/.]){_Y}\s*[-–]\s*{_Y}$")
_AHEAD = re.compile(r"\b(?:hướng tới|tiến tới|chuẩn bị|chào mừng)\b", re.IGNORECASE)


def _anniversary(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`kỷ niệm 50 năm … 1968`; `kỷ niệm 35 năm … (20-11-1982 - 20-11-2017)`."""
    match = _ANNIVERSARY.search(sentence) if "niệm" in sentence else None
    if match is None or _AHEAD.search(sentence):
        return None
    if month <= 2 and match[3] and _BARE_YEARS.search(match[0]):     # `kỷ niệm 40 năm (1977-2017)` may close the year gone by
        return None
    year = int(match[2]) + int(match[1])
    return year if (match[3] is None and year < _LATEST) or match[3] == str(year) else None


_NAMED = re.compile(
    r"\b(?:APEC|ASEAN|Festival|Games|Cup|Diễn đàn|Tuần lễ|Lễ hội|Hội chợ|T[oọ][aạ] đàm|Ngày hội|mùa [Xx]uân)\b"
    rf"[^.,;()\d]{{0,40}}(?<!năm)(?<!vào)(?<!đến)\s{_Y}\b(?!\s*[-–/]\s*\d)")
_SCHOOL_YEAR = re.compile(rf"\bkhai giảng\b[^.;]{{0,60}}?\bnăm học\s+{_Y}\s*[-–]\s*{_Y}")


def _named_year(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """The event carries its year in its name: `Tọa đàm mùa Xuân 2019`, `lễ khai giảng năm học 2018-2019`."""
    if (match := _NAMED.search(sentence)) is not None:
        return int(match[1])
    match = _SCHOOL_YEAR.search(sentence)
    return int(match[1]) if match is not None and 8 <= month <= 11 else None


_FOUNDING = re.compile(
    r"(?<!nghị quyết )(?<!văn kiện )(?<!theo )\b(?:kỳ họp thứ (?:nhất|1)|đại hội)\b"
    rf"[^.;]{{0,120}}?\bnhiệm kỳ\s+{_Y}\s*[-–]\s*{_Y}",
    re.IGNORECASE)


def _first_of_term(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """A congress or first session opens its term: `đại hội …, nhiệm kỳ 2019-2024`, `kỳ họp thứ nhất … 2016-2021`."""
    match = _FOUNDING.search(sentence)
    return int(match[1]) if match is not None else None


def _from_now(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`từ nay đến hết năm 2019`: the article speaks in 2019, and so of its own days; unless it is a plan's last year
    (`từ nay đến năm 2030`): later than what else it speaks of by more than a year, or not the latest."""
    year = _only(evidence.from_now)
    if year is None or evidence.latest > year or (evidence.before_latest and evidence.before_latest < year - 1):
        return None
    return year if evidence.before_latest or year % 5 else None


_LAUNCHED = re.compile(
    rf"\b(?:ký|phát động|triển khai|khởi động)\b[^.;]{{0,200}}?\bgiai đoạn\s+{_Y}\s*[-–]\s*(?:19|20)\d\d", re.IGNORECASE)
_PERIOD_REVIEWED = re.compile(
    rf"\b(?:đánh giá|kết quả|tổng kết|sơ kết|bài học|đạt được)\b[^.;]{{0,120}}?\bgiai đoạn\s+(?:19|20)\d\d\s*[-–]\s*{_Y}",
    re.IGNORECASE)


def _new_period(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`ký kết chương trình … giai đoạn 2017-2020` after a look back on `giai đoạn 2010-2016`: 2017; in autumn one may plan ahead."""
    launched = _LAUNCHED.search(sentence) if evidence.reviewed_to and month <= 6 else None
    if launched is None or evidence.latest > int(launched[1]):
        return None
    return int(launched[1]) if int(launched[1]) - 1 in evidence.reviewed_to else None


# Not `kỳ thi năm 2019 vừa qua`, which may be of this year.
_JUST_PAST = re.compile(rf"\btháng\s+(\d\d?)\s*(?:/|-|năm)\s*{_Y},?\s+vừa\s+(?:qua|rồi)\b", re.IGNORECASE)


def _after_just_past(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`trong tháng 9/2018 vừa qua`: a day of July is that of 2019, one of October that of 2018."""
    years = {year + (month < past) for past, year in evidence.just_past}
    return _only(years) if _only(years) is not None and evidence.latest <= min(years) else None


_SAME_TIME = re.compile(rf"\bso với\s+cùng k[ỳì]\s+(?:của\s+)?(?:năm\s+)?{_Y}{_NO_PERIOD}", re.IGNORECASE)


def _beside_year_before(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`tăng 9% so với cùng kỳ năm 2016`, 2016 being the latest year spoken of: 2017; in January the figures may be older."""
    before = _only(evidence.year_before) if month >= 3 else None
    return before + 1 if before is not None and evidence.latest <= before + 1 else None


_NEXT_YEAR = re.compile(
    rf"\b(?:tình hình|kết quả|thực hiện|ngân sách)\b[^.;]{{0,80}}?\bnăm\s+{_Y}(?:[^.;\d]{{0,80}}?)\b"
    rf"(?:kế hoạch|dự toán|phương hướng|nhiệm vụ)\b[^.;\d]{{0,100}}?\bnăm\s+{_Y}{_NO_PERIOD}", re.IGNORECASE)


def _budget_session(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`ngân sách năm 2018 và kế hoạch … năm 2019` is spoken of from September 2018 on."""
    year = _only(evidence.budgets) if month >= 9 else None
    return year if year is not None and evidence.latest <= year + 1 else None


_WEEKS = 75             # days; a case whose steps are printed with their year goes on within so many


def _goes_on(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`ngày 30-1-2019 … ngày 17-2-2019 … chiều 29-3`: two days printed with the latest year lie shortly before, none after."""
    latest = [one for one in evidence.recent if one.year == evidence.latest]
    if len(latest) < 2 or not is_valid(f"{evidence.latest}{day[4:10]}"):
        return None
    today = date.fromisoformat(f"{evidence.latest}{day[4:10]}")
    close = [one for one in latest if 0 < (today - one).days <= _WEEKS]
    return evidence.latest if len(close) >= 2 and today > latest[-1] else None


_NEAR = 3               # days; within a week one in six was an anniversary or a career's


def _beside_printed(day: str, month: int, sentence: str, evidence: _Evidence) -> int | None:
    """`Ngày 6-10 … lễ truy điệu tổ chức ngày 7-10-2018`: a day of the latest year spoken of is printed some days off."""
    if evidence.latest < _EARLIEST or not is_valid(f"{evidence.latest}{day[4:10]}"):
        return None
    then = date.fromisoformat(f"{evidence.latest}{day[4:10]}")
    near = any(one.year == evidence.latest and abs((one - then).days) <= _NEAR for one in evidence.recent)
    return evidence.latest if near else None


_YEAR_RULES: tuple[Callable[[str, int, str, _Evidence], int | None], ...] = (
    _same_day_elsewhere, _within_quarter, _half_year_review, _plan_after_review, _closed_year_reviewed, _anniversary,
    _named_year, _first_of_term, _from_now, _new_period, _after_just_past, _beside_year_before, _budget_session, _goes_on,
    _beside_printed,
)
