"""What each rule of the check must find, in each language in which it can mean something, and what it must not."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from rasad.check.ignores import known_rules
from rasad.check.rules import rule_ids
from rasad.flow.checking import Located, check_file

MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)


def checked(folder: Path, text: str, *rules: str) -> list[Located]:
    path = folder / "analysis.md"
    path.write_text(text, "utf-8")
    return list(check_file(path, select=rules).findings)


def told(findings: list[Located]) -> list[tuple[str, int, str]]:
    return [(one.finding.rule, one.line, one.finding.text) for one in findings]


def issue(body: str, day: str = "13 April 2026", title: str = "Weekly review") -> str:
    return f"# {title}\n\n{day}\n\n{body}\n"


def cited(body: str, *references: str, title: str = "References") -> str:
    listed = "\n".join(f"{number}. {reference}" for number, reference in enumerate(references, 1))
    return f"## Trade\n\n{body}\n\n## {title}\n\n{listed}\n"


def noted(body: str, note: str) -> str:
    return f"{body}.[^1]\n\n[^1]: {note}"


GOOD = "Ministry of Trade, “Exports of the year”, 2 April 2026, https://moci.gov.af/exports"
TITLES = {"en": "References", "prs": "منابع", "ps": "سرچینې", "ar": "المصادر"}
ISSUED = {"en": "13 April 2026", "prs": "۲۴ حمل ۱۴۰۵", "ps": "۲۴ وری ۱۴۰۵", "ar": "13 أبريل 2026"}

ROAD = (
    "The road to Herat was repaired from end to end in 2025, and 40 lorries crossed it a day. "
    "The ministry said that the price of flour fell by 12 percent in all western provinces."
)
UNCITED = (
    "\n\n".join(
        f"## {title}\n\n{ROAD}{mark}\n\n{ROAD}\n\n{ROAD}"
        for title, mark in (("Trade", "[^1]"), ("⟦Roads⟧", ""), ("Water", "[^1]"), ("Air", "[^1]"))
    )
    + "\n\n[^1]: Ministry of Trade, 2 April 2026."
)

# Of each fault: rule, language, text with the words complained of in ⟦⟧, and words of which the message has one.
FAULTS: list[tuple[str, str, str, tuple[str, ...]]] = [
    # ---- spans, styles, resolvers: more of them in test_check_spans
    ("date-span", "en", "It was signed on 3 May 2023 and ratified ⟦three years later⟧, on 4 May 2025.", ("2 years",)),
    ("house-style", "en", "We write “Kabul”, not “Cabul”. The road to ⟦Cabul⟧ is open.", ("'Kabul'",)),
    ("forecast-unresolvable", "en",
     ("# Outlook\n\nIt is likely that gas rises by 31 May 2026, as reported by the ministry.\n\nIt is likely that the road opens by"
     " 31 May 2026, according to the railway.\n\n⟦It is likely that the pact fails by 31 May 2026.⟧"), ("who would tell",)),
    # ---- dates
    ("date-calendars", "en", "The accord of ⟦25 May 2026 (6 Jawza 1405)⟧ holds.", ("4 Jawza", "27 May")),
    ("date-calendars", "en", "The accord of ⟦6 Jawza 1405 (25 May 2026)⟧ holds.", ("4 Jawza", "27 May")),
    ("date-calendars", "en", "The accord of ⟦25 May 2026 / 6 Jawza 1405⟧ holds.", ("4 Jawza", "27 May")),
    ("date-calendars", "en", "The accord of ⟦January 2026 (Jawza 1405)⟧ holds.", ("Jadi", "Dalw", "May", "June")),
    ("date-calendars", "prs", "توافق ⟦۶ جوزا ۱۴۰۵ (۲۵ می ۲۰۲۶)⟧ پابرجاست.", ("۴ جوزا", "۲۷ می")),
    ("date-calendars", "prs", "توافق ⟦۶ جوزای ۱۴۰۵ برابر با ۲۵ می ۲۰۲۶⟧ پابرجاست.", ("۴ جوزا", "۲۷ می")),
    ("date-calendars", "ps", "د ⟦۶ غبرګولی ۱۴۰۵ (۲۵ مې ۲۰۲۶)⟧ تړون پر ځای دی.", ("۴ غبرګولی", "۲۷ مې")),
    ("date-calendars", "ps", "تړون ⟦د ۱۴۰۵ کال د غبرګولي ۶مه (۲۵ مې ۲۰۲۶)⟧ لاسلیک شو.", ("۴ غبرګولی", "۲۷ مې")),
    ("date-calendars", "ar", "وُقع الاتفاق في ⟦20 ذو القعدة 1447 هـ الموافق 25 مايو 2026⟧.", ("مايو", "ذو الحجة")),
    ("date-calendars", "ar", "وُقع الاتفاق في ⟦25 مايو 2026 (6 الجوزاء 1405 هـ.ش)⟧ في كابل.", ("الجوزاء", "مايو")),
    ("date-impossible", "en", "They met on ⟦31 April 2026⟧ in Kabul.", ("30",)),
    ("date-impossible", "en", "They met on ⟦29 February 2025⟧ in Kabul.", ("28",)),
    ("date-impossible", "en", "They met on ⟦31 Mizan 1405⟧ in Kabul.", ("30",)),
    ("date-impossible", "prs", "آنان در ⟦۳۱ میزان ۱۴۰۵⟧ در کابل دیدار کردند.", ("30", "۳۰")),
    ("date-impossible", "ps", "هغوی ⟦د ۱۴۰۵ کال د لړم ۳۱مه⟧ په کابل کې وکتل.", ("30", "۳۰")),
    ("date-impossible", "ar", "التقوا في ⟦31 نيسان/أبريل 2026⟧ في كابل.", ("30", "٣٠")),
    ("date-impossible", "en", "They met on ⟦13/13/2026⟧ in Kabul.", ("month",)),
    ("date-impossible", "prs", "آنان در ⟦۱۴۰۵/۱۳/۴⟧ در کابل دیدار کردند.", ("month",)),
    ("date-impossible", "ps", "هغوی په ⟦۱۴۰۵/۱۵/۴⟧ په کابل کې وکتل.", ("month",)),
    ("date-impossible", "ar", "التقوا في ⟦٢٠٢٦/١٤/٤⟧ في كابل.", ("month",)),
    ("date-malformed", "en", "They met on ⟦4 Jawza 2026⟧ in Kabul.", ("solar", "1405")),
    ("date-malformed", "prs", "آنان در ⟦۴ جوزا ۲۰۲۶⟧ آمدند.", ("solar", "۱۴۰۵")),
    ("date-malformed", "ps", "هغوی په ⟦۴ غبرګولی ۲۰۲۶⟧ په کابل کې وکتل.", ("solar", "۱۴۰۵")),
    ("date-malformed", "ar", "التقوا في ⟦25 مايو 1405⟧ في كابل.", ("gregorian", "2026")),
    ("date-weekday", "en", "They met on ⟦Sunday, 25 May 2026⟧ in Kabul.", ("Monday",)),
    ("date-weekday", "en", "They met on ⟦Tue. 13 Apr 2026⟧ in Kabul.", ("Monday",)),
    ("date-weekday", "en", "They met on ⟦Sunday, 4 Jawza 1405⟧ in Kabul.", ("Monday",)),
    ("date-weekday", "prs", "آنان ⟦سه‌شنبه، ۴ جوزا ۱۴۰۵⟧ در کابل دیدار کردند.", ("دوشنبه", "Monday")),
    ("date-weekday", "ps", "هغوی ⟦جمعه، ۴ غبرګولی ۱۴۰۵⟧ په کابل کې وکتل.", ("دوشنبه", "Monday")),
    ("date-weekday", "ar", "التقوا يوم ⟦الثلاثاء 25 أيار/مايو 2026⟧ في كابل.", ("الاثنين", "Monday")),
    ("source-later", "en", issue(noted("Trade grew", "Ministry of Trade, “Exports”, ⟦25 May 2026⟧, https://moci.gov.af/e")), ("13 April 2026", "2026-04-13")),
    ("source-later", "prs", issue(noted("تجارت رشد کرد", "وزارت تجارت، «صادرات»، ⟦۴ جوزا ۱۴۰۵⟧، https://moci.gov.af/e"), ISSUED["prs"], "مرور هفته"), ("۲۴ حمل", "۱۳ اپریل")),
    ("source-later", "ps", issue(noted("سوداګري پراخه شوه", "د سوداګرۍ وزارت، «صادرات»، ⟦۴ غبرګولی ۱۴۰۵⟧، https://moci.gov.af/e"), ISSUED["ps"], "د اوونۍ کتنه"), ("۲۴ وری", "۱۳ اپرېل")),
    ("source-later", "ar", issue(noted("نمت التجارة", "وزارة التجارة، «الصادرات»، ⟦25 مايو 2026⟧، https://moci.gov.af/e"), ISSUED["ar"], "عرض الأسبوع"), ("13 أبريل", "١٣ أبريل", "2026-04-13")),
    ("date-span", "en", "The border was closed from ⟦12 May 2026 to 3 May 2026⟧ for repairs.", ("earlier",)),
    ("date-span", "prs", "مرز از ⟦۲۲ ثور ۱۴۰۵ تا ۱۳ ثور ۱۴۰۵⟧ بسته بود.", ("earlier",)),
    ("date-span", "ar", "أُغلقت الحدود من ⟦12 مايو 2026 إلى 3 مايو 2026⟧ للصيانة.", ("earlier",)),
    ("issue-early", "en", "# Weekly review\n\nIssue 12, ⟦13 April 2026⟧\n\nTrade grew.[^1] Roads did not.[^2] Water rose.[^3]\n\n[^1]: Tolo, 14 May 2026.\n\n[^2]: Pajhwok, 16 May 2026.\n\n[^3]: BBC, 17 May 2026.", ("14 May 2026", "17 May 2026")),
    ("event-later", "en", issue("The ministers met in Kabul on ⟦5 June 2026⟧ and signed nothing."), ("13 April 2026",)),
    ("event-later", "prs", issue("وزیران در ⟦۱۵ جوزا ۱۴۰۵⟧ در کابل دیدار کردند.", ISSUED["prs"], "مرور"), ("۱۳ اپریل",)),
    ("event-later", "ar", issue("التقى الوزيران في كابل يوم ⟦5 يونيو 2026⟧ ولم يوقعا شيئا.", ISSUED["ar"], "عرض"), ("أبريل",)),
    ("date-recently", "en", issue("The ministry ⟦recently⟧ signed, on 3 March 2025, a treaty with Iran."), ("2025",)),
    ("date-recently", "prs", issue("وزارت ⟦اخیراً⟧ در ۱۲ حوت ۱۴۰۳ با ایران پیمان بست.", ISSUED["prs"], "مرور هفته"), ("۱۴۰۳", "2025", "months", "days")),
    ("date-recently", "ps", issue("وزارت ⟦په دې وروستیو کې⟧ د ۱۴۰۳ کال د کب ۱۲مه له ایران سره تړون وکړ.", ISSUED["ps"], "د اوونۍ کتنه"), ("۱۴۰۳", "2025", "months", "days")),
    ("date-recently", "ar", issue("وقعت الوزارة ⟦مؤخرًا⟧ في 3 مارس 2025 معاهدة مع إيران.", ISSUED["ar"], "عرض الأسبوع"), ("2025", "٢٠٢٥", "months", "days")),
    # ---- sources
    ("link-empty", "en", "Trade grew, as ⟦[the report]()⟧ says.", ("address",)),
    ("link-empty", "prs", "تجارت رشد کرد، چنان‌که ⟦[گزارش]()⟧ می‌گوید.", ("address",)),
    ("link-empty", "ps", "سوداګري پراخه شوه، ⟦[راپور]()⟧ وایي.", ("address",)),
    ("link-empty", "ar", "نمت التجارة كما يقول ⟦[التقرير]()⟧ اليوم.", ("address",)),
    ("link-placeholder", "en", "Trade grew, as ⟦[this report](#)⟧ says.", ("address", "place")),
    ("link-placeholder", "en", "Trade grew, as ⟦[the report](TODO)⟧ says.", ("address", "place")),
    ("link-placeholder", "en", "Trade grew, as ⟦[the report](https://example.com)⟧ says.", ("address", "place")),
    ("link-placeholder", "prs", "تجارت رشد کرد، چنان‌که ⟦[گزارش](TODO)⟧ می‌گوید.", ("address", "place")),
    ("link-placeholder", "ps", "سوداګري پراخه شوه، ⟦[راپور](http://example.com/)⟧ وایي.", ("address", "place")),
    ("link-placeholder", "ar", "نمت التجارة كما يقول ⟦[التقرير](TODO)⟧ اليوم.", ("address", "place")),
    ("link-refused", "en", "Trade grew, as ⟦[the report](file:///home/me/report.pdf)⟧ says.", ("file", "machine")),
    ("link-refused", "en", "Trade grew, as ⟦http://192.168.1.10/report⟧ says.", ("private network",)),
    ("link-refused", "prs", "تجارت رشد کرد، چنان‌که ⟦[گزارش](http://localhost/a)⟧ می‌گوید.", ("this very machine",)),
    ("source-placeholder", "en", "Trade grew by a tenth ⟦[citation needed]⟧ last year.", ("source",)),
    ("source-placeholder", "en", "Trade grew by a tenth ⟦[source]⟧ last year.", ("source",)),
    ("source-placeholder", "en", "Trade grew by ⟦XX⟧ percent, ⟦TODO⟧ add the source.", ("place", "written", "source")),
    ("source-placeholder", "prs", "تجارت رشد کرد ⟦[نیازمند منبع]⟧ در سال گذشته.", ("source",)),
    ("source-placeholder", "ps", "سوداګري پراخه شوه ⟦[سرچینه]⟧ تېر کال.", ("source",)),
    ("source-placeholder", "ar", "نمت التجارة ⟦[بحاجة لمصدر]⟧ في العام الماضي.", ("source",)),
    ("mark-without-note", "en", "Trade grew.⟦[^7]⟧ Roads did not.[^1]\n\n[^1]: Ministry of Trade, 2 April 2026.", ("7", "note")),
    ("mark-without-note", "en", cited("Trade grew [1]. Roads did not ⟦[4]⟧.", GOOD), ("4",)),
    ("mark-without-note", "prs", "تجارت رشد کرد.⟦[^7]⟧ راه‌ها نه.[^1]\n\n[^1]: وزارت تجارت، ۱۳ حمل ۱۴۰۵.", ("7", "note")),
    ("mark-without-note", "ps", cited("سوداګري پراخه شوه [۱]. لارې نه ⟦[۴]⟧.", "د سوداګرۍ وزارت، ۱۳ وری ۱۴۰۵.", title="سرچینې"), ("4", "۴")),
    ("mark-without-note", "ar", "نمت التجارة.⟦[^7]⟧ ولم تنم الطرق.[^1]\n\n[^1]: وزارة التجارة، 2 أبريل 2026.", ("7", "note")),
    ("note-without-text", "en", "Trade grew.[^1] Roads did not.[^2]\n\n⟦[^1]:⟧\n\n[^2]: Ministry of Trade, 2 April 2026.", ("text",)),
    ("note-without-text", "prs", "تجارت رشد کرد.[^1] راه‌ها نه.[^2]\n\n⟦[^1]:⟧\n\n[^2]: وزارت تجارت، ۱۳ حمل ۱۴۰۵.", ("text",)),
    ("note-unused", "en", "Trade grew.[^1]\n\n[^1]: Ministry of Trade, 2 April 2026.\n\n[^2]: ⟦Ministry of Roads, 3 April 2026.⟧", ("2", "mark")),
    ("note-unused", "ar", "نمت التجارة.[^1]\n\n[^1]: وزارة التجارة، 2 أبريل 2026.\n\n[^2]: ⟦وزارة الطرق، 3 أبريل 2026.⟧", ("2", "mark")),
    ("reference-uncited", "en", cited("Trade grew [1].", GOOD, "⟦Ministry of Roads, “Roads”, 3 April 2026, https://mopw.gov.af/r⟧"), ("2",)),
    ("reference-uncited", "prs", cited("تجارت رشد کرد [۱].", "وزارت تجارت، «صادرات»، ۱۳ حمل ۱۴۰۵.", "⟦وزارت فواید عامه، «راه‌ها»، ۱۴ حمل ۱۴۰۵.⟧", title="منابع"), ("2", "۲")),
    ("reference-uncited", "ps", cited("سوداګري پراخه شوه [۱].", "د سوداګرۍ وزارت، «صادرات»، ۱۳ وری ۱۴۰۵.", "⟦د ټولګټو وزارت، «لارې»، ۱۴ وری ۱۴۰۵.⟧", title="سرچینې"), ("2", "۲")),
    ("reference-uncited", "ar", cited("نمت التجارة [1].", "وزارة التجارة، «الصادرات»، 2 أبريل 2026.", "⟦وزارة الطرق، «الطرق»، 3 أبريل 2026.⟧", title="المراجع"), ("2", "٢")),
    ("citation-undated", "en", cited("Trade grew [1].", "⟦Ministry of Trade, “Exports of the year”, https://moci.gov.af/exports⟧"), ("date", "day")),
    ("citation-undated", "prs", cited("تجارت رشد کرد [۱].", "⟦وزارت تجارت، «صادرات»، https://moci.gov.af/e⟧", title="منابع"), ("date", "day")),
    ("citation-undated", "ps", cited("سوداګري پراخه شوه [۱].", "⟦د سوداګرۍ وزارت، «صادرات»، https://moci.gov.af/e⟧", title="سرچینې"), ("date", "day")),
    ("citation-undated", "ar", cited("نمت التجارة [1].", "⟦وزارة التجارة، «الصادرات»، https://moci.gov.af/e⟧", title="المراجع"), ("date", "day")),
    ("source-unnamed", "en", "The border will close, ⟦an official who spoke on condition of anonymity said⟧.", ("name",)),
    ("source-unnamed", "en", "⟦According to an unnamed source⟧, the border will close.", ("name",)),
    ("source-unnamed", "en", "⟦Sources say⟧ that the border will close.", ("name",)),
    ("source-unnamed", "prs", "⟦یک منبع که نخواست نامش فاش شود⟧ گفت که مرز بسته می‌شود.", ("name",)),
    ("source-unnamed", "prs", "⟦به گفته منابع آگاه⟧، مرز بسته می‌شود.", ("name",)),
    ("source-unnamed", "ps", "⟦یوې سرچینې چې نه یې غوښتل نوم یې واخیستل شي⟧ وویل چې پوله به وتړل شي.", ("name",)),
    ("source-unnamed", "ar", "قال ⟦مصدر رفض الكشف عن اسمه⟧ إن الحدود ستغلق.", ("name",)),
    ("source-unnamed", "ar", "قالت ⟦مصادر مطلعة⟧ إن الحدود ستغلق.", ("name",)),
    ("quote-unsourced", "en", "The deal is ⟦“a turning point for the whole of the region and its trade”⟧.\n\nTrade grew.[^1]\n\n[^1]: Tolo, 2 April 2026.", ("source",)),
    ("quote-unsourced", "prs", "این توافق ⟦«نقطه عطفی برای سراسر منطقه و تجارت آن و برای همه مردم این سرزمین است»⟧ خوانده شد.\n\nتجارت رشد کرد.[^1]\n\n[^1]: طلوع، ۱۳ حمل ۱۴۰۵.", ("source",)),
    ("quote-unsourced", "ps", "دا تړون ⟦«د ټولې سیمې او د هغې د سوداګرۍ لپاره یو ستر بدلون دی»⟧ بلل شوی.\n\nسوداګري پراخه شوه.[^1]\n\n[^1]: طلوع، ۱۳ وری ۱۴۰۵.", ("source",)),
    ("quote-unsourced", "ar", "وُصف الاتفاق بأنه ⟦«نقطة تحول للمنطقة كلها ولتجارتها في الأعوام المقبلة»⟧ أمس.\n\nنمت التجارة.[^1]\n\n[^1]: طلوع، 2 أبريل 2026.", ("source",)),
    ("quote-differs", "en", cited("It says ⟦“Trade with Uzbekistan grew by forty percent”⟧ [1].", "Ministry of Trade, “Trade with Uzbekistan grew by fourteen percent”, 2 April 2026."), ("fourteen",)),
    ("quote-differs", "prs", cited("گزارش ⟦«تجارت با اوزبیکستان چهل درصد رشد کرد»⟧ [۱] می‌گوید.", "وزارت تجارت، «تجارت با اوزبیکستان چهارده درصد رشد کرد»، ۱۳ حمل ۱۴۰۵.", title="منابع"), ("چهارده",)),
    ("quote-differs", "ar", cited("جاء في التقرير ⟦«نمت التجارة مع أوزبكستان بأربعين في المئة»⟧ [1].", "وزارة التجارة، «نمت التجارة مع أوزبكستان بأربعة عشر في المئة»، 2 أبريل 2026.", title="المراجع"), ("عشر",)),
    ("section-uncited", "en", UNCITED, ("cite", "source")),
    ("section-uncited", "prs", "## تجارت\n\nصادرات به ایران در سال گذشته رشد کرد و واردات در هر ماه آن کم شد.[^1] وزارت دو گمرک دیگر گشود.\n\n## ⟦راه‌ها⟧\n\nراه هرات از سر تا پا ترمیم شد. لاری‌ها اکنون دو روز زودتر می‌رسند و بهای آرد در همه ولایت‌های غربی پایین آمد. تونل سالنگ سراسر زمستان بسته ماند، و راننده‌ها از راه درهٔ شکاری رفتند که سه بار درازتر است. وزارت فواید عامه می‌گوید که قیر راه تا پایان خزان کامل می‌شود، اما شرکت سازنده هنوز ماشین ندارد و کارگرها مزد دو ماه را نگرفته‌اند. در این میان بهای نفت در هرات دو بار بالا رفت و صاحبان لاری خواستار کرایهٔ بیشتر شدند، و شاروالی شهر سخنی نگفت.\n\n## آب\n\nبند در ماه مارچ پر شد.[^1]\n\n[^1]: وزارت تجارت، ۱۳ حمل ۱۴۰۵.", ("cite", "source")),
    # ---- names
    ("name-variants", "en", "Al-Qaeda moved north in spring.\n\nIn autumn al-⟦Qaida⟧ came back, and Al Qaeda stayed there.", ("Qa",)),
    ("name-variants", "prs", "طالبان گفتند.\n\n⟦امارت اسلامی⟧ گفت.\n\nطالبان رفتند.", ("امارت اسلامی",)),
    ("name-variants", "ps", "طالبانو وویل.\n\n⟦اسلامي امارت⟧ وویل.\n\nطالبان لاړل.", ("اسلامي امارت",)),
    ("name-variants", "ar", "قالت طالبان.\n\nقالت ⟦الإمارة الإسلامية⟧.\n\nغادرت طالبان.", ("الإمارة الإسلامية",)),
    ("name-spellings", "en", "Kandahar is quiet. ⟦Qandahar⟧ is loud. Kandahar sleeps.", ("Kandahar",)),
    ("name-spellings", "ar", "قالت ⟦القاعدة⟧ ذلك. ثم عادت ⟦القاعده⟧ إلى كابل.", ("القاعدة",)),
    ("name-spelling", "en", "The Trade ⟦Center⟧ opened.\n\nThe Trade ⟦Centre⟧ closed in the evening.", ("Cent",)),
    ("name-spelling", "en", "The ⟦labour⟧ office spoke of ⟦labor⟧ markets.", ("abo",)),
    ("acronym-unexpanded", "en", "The ⟦QRZA⟧ opened a house in Kabul. Later the QRZA closed it.", ("QRZA",)),
    ("acronym-twice", "en", "The Afghan Relief Council (ARC) met.\n\nThe ⟦Afghan Relief Council (ARC)⟧ met again.", ("ARC",)),
    ("name-loaded", "en", "⟦The regime⟧ took the town at night.", ("regime",)),
    ("name-loaded", "en", "The ⟦puppet regime⟧ left the town at night.", ("puppet",)),
    ("name-loaded", "prs", "⟦رژیم دست‌نشانده⟧ شهر را شبانه ترک کرد.", ("دست‌نشانده", "side")),
    ("name-loaded", "prs", "⟦تروریستان⟧ شهر را شبانه گرفتند.", ("تروریست", "side")),
    ("name-loaded", "ps", "⟦ترهګرو⟧ ښار د شپې ونیو.", ("side",)),
    ("name-loaded", "ar", "استولى ⟦المرتزقة⟧ على المدينة ليلا.", ("side",)),
    # ---- likelihood
    ("likelihood-hedge", "en", "⟦Perhaps⟧ trade will grow.", ("likel", "step", "ladder")),
    ("likelihood-hedge", "en", "Trade ⟦might⟧ grow.", ("likel", "step", "ladder")),
    ("likelihood-hedge", "prs", "⟦شاید⟧ تجارت رشد کند.", ("likel", "step", "ladder", "محتمل")),
    ("likelihood-hedge", "ps", "⟦کېدای شي⟧ سوداګري پراخه شي.", ("likel", "step", "ladder", "احتمال")),
    ("likelihood-hedge", "ar", "⟦ربما⟧ تنمو التجارة.", ("likel", "step", "ladder", "المرجح")),
    ("likelihood-confidence", "en", "⟦We assess with high confidence that Kabul is likely to open the border by June 2026.⟧", ("confidence",)),
    ("likelihood-confidence", "prs", "⟦با اطمینان بالا، محتمل است که کابل مرز را تا ماه جون ۲۰۲۶ باز کند.⟧", ("confidence", "اطمینان")),
    ("likelihood-confidence", "ps", "⟦په لوړ باور، کابل احتمال لري چې پوله د ۲۰۲۶ کال تر جون پورې پرانیزي.⟧", ("confidence", "باور")),
    ("likelihood-confidence", "ar", "⟦بثقة عالية، من المرجح أن تفتح كابل الحدود بحلول يونيو 2026.⟧", ("confidence", "ثقة")),
    ("forecast-open", "en", "⟦It is likely that Kabul will open the border.⟧", ("by when", "deadline", "when")),
    ("forecast-open", "prs", "⟦محتمل است که کابل مرز را باز خواهد کرد.⟧", ("by when", "deadline", "when")),
    ("forecast-open", "ps", "⟦کابل احتمال لري چې پوله به پرانیزي.⟧", ("by when", "deadline", "when")),
    ("forecast-open", "ar", "⟦من المرجح أن تفتح كابل الحدود.⟧", ("by when", "deadline", "when")),
    ("likelihood-chain", "en", "⟦This could lead to unrest, which could weaken the army, which could end in a coup.⟧", ("likel", "possib", "could")),
    ("likelihood-chain", "prs", "⟦این می‌تواند به ناآرامی بینجامد، می‌تواند ارتش را ناتوان کند و می‌تواند به کودتا برسد.⟧", ("likel", "possib", "could", "می‌تواند")),
    ("likelihood-chain", "ps", "⟦دا کولی شي ناکراري راوپاروي، کولی شي پوځ کمزوری کړي او کولی شي کودتا ته ورسېږي.⟧", ("likel", "possib", "could", "شي")),
    ("likelihood-chain", "ar", "⟦قد يؤدي هذا إلى اضطراب، وقد يضعف الجيش، وقد ينتهي بانقلاب.⟧", ("likel", "possib", "could", "قد")),
    ("likelihood-number", "en", "There is a ⟦roughly even chance (70%)⟧ that it opens by June 2026.", ("45", "55", "likely")),
    ("likelihood-number", "en", "It is ⟦unlikely (85%)⟧ that it opens by June 2026.", ("20", "45", "very likely")),
    ("likelihood-number", "prs", "⟦محتمل (۹۷٪)⟧ است که مرز تا جون ۲۰۲۶ باز شود.", ("55", "۵۵", "تقریباً")),
    ("likelihood-number", "ps", "پوله ⟦لرې ده (۹۰٪)⟧ چې د ۲۰۲۶ تر جون پرانیستل شي.", ("20", "۲۰", "احتمال")),
    ("likelihood-number", "ar", "⟦من المرجح (٩٧٪)⟧ أن تفتح الحدود بحلول يونيو 2026.", ("55", "٥٥", "مؤكد")),
    # ---- structure
    ("structure-parts", "en", "There are ⟦three reasons⟧: first, the price of flour; second, the closed border.", ("2", "two")),
    ("structure-parts", "prs", "⟦سه دلیل⟧ وجود دارد: نخست، بهای آرد؛ دوم، مرز بسته.", ("2", "two", "۲")),
    ("structure-parts", "ar", "هناك ⟦ثلاثة أسباب⟧: أولا، سعر الدقيق؛ ثانيا، الحدود المغلقة.", ("2", "two", "٢")),
    ("structure-parts", "en", "This paper has ⟦four parts⟧.\n\n## 1. Trade\n\nIt grew.\n\n## 2. Roads\n\nThey closed.\n\n## 3. Water\n\nIt rose.", ("3", "three")),
    ("structure-numbering", "en", "## 1. Trade\n\nIt grew.\n\n## 2. Roads\n\nThey closed.\n\n## ⟦4. Water⟧\n\nIt rose.", ("3",)),
    ("structure-numbering", "en", "## 1. Trade\n\nIt grew.\n\n## 2. Roads\n\nThey closed.\n\n## ⟦2. Water⟧\n\nIt rose.", ("2", "3")),
    ("structure-numbering", "prs", "## ۱. تجارت\n\nرشد کرد.\n\n## ۲. راه‌ها\n\nبسته شد.\n\n## ⟦۴. آب⟧\n\nبالا آمد.", ("3", "۳")),
    ("structure-numbering", "ps", "## ۱. سوداګري\n\nپراخه شوه.\n\n## ۲. لارې\n\nوتړل شوې.\n\n## ⟦۴. اوبه⟧\n\nډېرې شوې.", ("3", "۳")),
    ("structure-numbering", "ar", "## ١. التجارة\n\nنمت.\n\n## ٢. الطرق\n\nأغلقت.\n\n## ⟦٤. المياه⟧\n\nارتفعت.", ("3", "٣")),
    ("structure-broken", "en", "⟦The ministry said that the border with Iran would be closed by the⟧\n\nThe price of flour rose in all provinces.", ("end", "sentence")),
    ("structure-broken", "prs", "⟦وزارت گفت که مرز با ایران بسته خواهد شد از⟧\n\nبهای آرد در همه ولایت‌ها بالا رفت.", ("end", "sentence")),
    ("structure-broken", "ps", "⟦وزارت وویل چې د ایران پوله به وتړل شي او⟧\n\nد اوړو بیه په ټولو ولایتونو کې لوړه شوه.", ("end", "sentence")),
    ("structure-broken", "ar", "⟦قالت الوزارة إن الحدود مع إيران ستغلق في⟧\n\nارتفع سعر الدقيق في جميع الولايات.", ("end", "sentence")),
    ("structure-contents", "en", "## Contents\n\n- Trade\n- ⟦Borders⟧\n- Water\n\n## Trade\n\nIt grew.\n\n## Water\n\nIt rose.", ("heading", "Borders")),
    ("structure-contents", "prs", "## فهرست مطالب\n\n- تجارت\n- ⟦مرزها⟧\n- آب\n\n## تجارت\n\nرشد کرد.\n\n## آب\n\nبالا آمد.", ("heading", "مرزها")),
    ("structure-contents", "ar", "## المحتويات\n\n- التجارة\n- ⟦الحدود⟧\n- المياه\n\n## التجارة\n\nنمت.\n\n## المياه\n\nارتفعت.", ("heading", "الحدود")),
    ("recommendation-bare", "en", "## Recommendations\n\n- The ministry should repair the road by June 2026.\n- ⟦The ministry should open the border.⟧", ("when",)),
    ("recommendation-bare", "prs", "## پیشنهادها\n\n- وزارت باید راه را تا جون ۲۰۲۶ ترمیم کند.\n- ⟦وزارت باید مرز را باز کند.⟧", ("when",)),
    ("recommendation-bare", "ps", "## سپارښتنې\n\n- وزارت باید لاره د ۲۰۲۶ تر جون پورې ورغوي.\n- ⟦وزارت باید پوله پرانیزي.⟧", ("when",)),
    ("recommendation-bare", "ar", "## التوصيات\n\n- على الوزارة أن تصلح الطريق بحلول يونيو 2026.\n- ⟦على الوزارة أن تفتح الحدود.⟧", ("when",)),
    ("recommendation-unfounded", "en", "## Findings\n\n1. The road is broken.\n2. The border is closed.\n\n## Recommendations\n\n- The ministry should repair the road by June 2026 (finding 1).\n- ⟦The ministry should open a school by July 2026.⟧", ("finding",)),
    # ---- figures
    ("figure-percent", "en", "Of all exports ⟦40% went to Pakistan, 35% to India and 22% to Iran⟧.", ("97",)),
    ("figure-percent", "en", "Of all exports ⟦40 percent went to Pakistan, 35 percent to India and 28 percent to Iran⟧.", ("103",)),
    ("figure-percent", "prs", "از همه صادرات ⟦۴۰ درصد به پاکستان، ۳۵ درصد به هند و ۲۲ درصد⟧ به ایران رفت.", ("97", "۹۷")),
    ("figure-percent", "ps", "له ټولو صادراتو ⟦۴۰ سلنه پاکستان ته، ۳۵ سلنه هند ته او ۲۲ سلنه⟧ ایران ته ولاړل.", ("97", "۹۷")),
    ("figure-percent", "ar", "ذهب من الصادرات ⟦٤٠٪ إلى باكستان و٣٥٪ إلى الهند و٢٢٪⟧ إلى إيران.", ("97", "٩٧")),
    ("figure-total", "en", "⟦12 lorries crossed: 5 from Herat, 4 from Kabul and 2 from Balkh⟧.", ("11",)),
    ("figure-total", "prs", "⟦۱۲ لاری گذشت: ۵ از هرات، ۴ از کابل و ۲ از بلخ⟧.", ("11", "۱۱")),
    ("figure-total", "ar", "⟦عبرت 12 شاحنة: 5 من هرات و4 من كابل و2 من بلخ⟧.", ("11", "١١")),
    # ---- letters
    ("figure-change", "en", "The price rose from 40 to 60 afghanis, or by ⟦20 per cent⟧.", ("50",)),
    ("figure-change", "ar", "ارتفع السعر من 40 إلى 60 أفغانياً، أي بنسبة ⟦20 في المئة⟧.", ("50",)),
    ("figure-differs", "en", "The customs house at Torghundi took ⟦1.92 billion⟧ afghanis.\n\nThe customs house at Torghundi took 1.29 billion afghanis.", ("1.29",)),
    ("figure-scenarios", "en", "Scenario 1: it opens (⟦70%⟧).\n\nScenario 2: it stays shut (50%).", ("120",)),
    ("figure-digits", "prs", "⟦۱۲00⟧ لاری گذشت.", ("۱۲۰۰",)),
    ("figure-count", "en", "The army closed ⟦four bridges⟧: Torkham, Spin and Kama.", ("3 are named",)),
    ("reference-twice", "en", "Trade grew [1].\n\n## References\n\n[1] Border Office, Returns, 3 May 2026.\n\n⟦[1] Herat Post, Roads, 4 May 2026.⟧", ("once",)),
    ("structure-reference", "en", "## 1. Trade\n\nAs ⟦section 5⟧ shows, it grew.\n\n## 2. Water\n\nIt rose.", ("1, 2",)),
    ("bidi-control", "en", "The ministry paid ⟦\u202e⟧100 dollars.", ("direction", "202E", "override")),
    ("bidi-control", "prs", "وزارت ⟦\u202d⟧۱۰۰ دالر پرداخت.", ("direction", "202D", "override")),
    ("mixed-scripts", "en", "The talks in ⟦Mos\u0441ow⟧ failed.", ("Cyrillic",)),
    ("letters-arabic", "prs", "⟦بانك⟧ مركزي گفت كه صرافي‌ها باز مي‌شوند و قیمت‌ها پایین می‌آید.", ("Arabic", "ک", "ی")),
]  # fmt: skip

# Of each rule: texts in which it must find nothing.
CLEAN: list[tuple[str, str, str]] = [
    ("date-span", "en", "It was signed on 3 May 2023 and ratified two years later, on 4 May 2025."),
    ("date-span", "prs", "توافق در ۳ می ۲۰۲۳ امضا شد و دو سال بعد، در ۴ می ۲۰۲۵، تصویب شد."),
    ("house-style", "en", "We write “Kabul”, not “Cabul”. The road to Kabul is open."),
    ("house-style", "en", "We say this clearly, not loudly. Loudly they went."),
    ("forecast-unresolvable", "en", "# Outlook\n\nIt is likely that the pact fails by 31 May 2026."),
    ("forecast-unresolvable", "en", "# News\n\nIt is likely that the pact fails by 31 May 2026."),
    ("date-calendars", "en", "The accord of 25 May 2026 (4 Jawza 1405) holds."),
    ("date-calendars", "en", "The accord of May 2026 (Jawza 1405) and of May 2026 (Sawr–Jawza 1405) holds."),
    ("date-calendars", "en", "The accord of 25 May 2026 (Jawza 1405) holds."),
    ("date-calendars", "en", "From 25 May 2026 until 20 Jawza 1405 the border was closed."),
    ("date-calendars", "en", "They met on 25 May 2026 and again on 6 Jawza 1405."),
    ("date-calendars", "en", "They met on 25 May 2026 (after the talks of 30 Sawr 1405) in Kabul."),
    ("date-calendars", "prs", "توافق ۴ جوزا ۱۴۰۵ (۲۵ می ۲۰۲۶) پابرجاست."),
    ("date-calendars", "prs", "از ۴ جوزا ۱۴۰۵ تا ۳۰ می ۲۰۲۶ مرز بسته بود."),
    ("date-calendars", "ps", "د ۴ غبرګولی ۱۴۰۵ (۲۵ مې ۲۰۲۶) تړون پر ځای دی."),
    ("date-calendars", "ps", "د غبرګولي ۱۴۰۵ (مې ۲۰۲۶) تړون پر ځای دی."),
    ("date-calendars", "ar", "وُقع الاتفاق في 25 مايو 2026 (4 الجوزاء 1405 هـ.ش) في كابل."),
    ("date-calendars", "ar", "وُقع الاتفاق في 25 أيار/مايو 2026 في كابل."),
    ("date-impossible", "en", "They met on 29 February 2024 and on 30 Hut 1403."),
    ("date-impossible", "en", "They met on 31 May 2026; version 31.4.2 came later."),
    ("date-impossible", "prs", "آنان در ۳۱ جوزا ۱۴۰۵ و ۳۰ حوت ۱۴۰۳ دیدار کردند."),
    ("date-impossible", "ps", "هغوی د ۱۴۰۵ کال د غبرګولي ۳۱مه وکتل."),
    ("date-impossible", "ar", "التقوا في 31 أيار/مايو 2026 وفي 30 رمضان 1447 هـ."),
    ("date-malformed", "en", "They met on 13/4/2026, 4/13/2026 and 2026-04-13."),
    ("date-malformed", "en", "Host 192.168.13.26, pages 13-15, a score of 3-2 and telephone 0799-13-34-56."),
    ("date-malformed", "en", "The fiscal year 2025/26 and document S/2026/134 came first."),
    ("date-malformed", "prs", "آنان در ۱۴۰۵/۱۲/۴ و صفحه‌های ۱۳–۱۵ دیدار کردند."),
    ("date-malformed", "ps", "هغوی په ۱۴۰۵/۳/۴ وکتل."),
    ("date-malformed", "ar", "التقوا في ٤/١٢/٢٠٢٦ والصفحات 13-15."),
    ("date-weekday", "en", "They met on Monday, 25 May 2026, and on Mon. 13 Apr 2026."),
    ("date-weekday", "en", "They left on Sunday. 25 May 2026 was quiet."),
    ("date-weekday", "prs", "آنان دوشنبه، ۴ جوزا ۱۴۰۵ دیدار کردند. روز جمعه ۵ تن آمدند."),
    ("date-weekday", "ps", "هغوی دوشنبه، ۴ غبرګولی ۱۴۰۵ وکتل."),
    ("date-weekday", "ar", "التقوا يوم الاثنين 25 أيار/مايو 2026 في كابل."),
    ("source-later", "en", issue(cited("Trade grew [1]; the vote is on 5 June 2026.", GOOD))),
    ("source-later", "en", issue(cited("Trade grew [1].", "Ministry of Trade, “Plan for 1 June 2027”, 13 April 2026."))),
    ("source-later", "prs", issue(cited("تجارت رشد کرد [۱].", "وزارت تجارت، «صادرات»، ۱۳ حمل ۱۴۰۵.", title="منابع"), ISSUED["prs"], "مرور")),
    ("source-later", "ar", issue(cited("نمت التجارة [1].", "وزارة التجارة، «الصادرات»، 2 أبريل 2026.", title="المراجع"), ISSUED["ar"], "عرض")),
    ("date-span", "en", "The border was closed from 3 May 2026 to 12 May 2026. The vote was moved from 12 June 2026 to 3 June 2026."),
    ("date-span", "prs", "مرز از ۱۳ ثور ۱۴۰۵ تا ۲۲ ثور ۱۴۰۵ بسته بود."),
    ("issue-early", "en", "# Weekly review\n\nIssue 12, 13 April 2026\n\nTrade grew.[^1] Roads did not.[^2] Water rose.[^3]\n\n[^1]: Tolo, 14 March 2026.\n\n[^2]: Pajhwok, 16 March 2026.\n\n[^3]: BBC, 17 May 2026."),
    ("issue-early", "en", "# Weekly review\n\n13 April 2026\n\nTrade grew.[^1]\n\n[^1]: Tolo, 14 May 2026."),
    ("event-later", "en", issue("The ministers agreed to meet on 5 June 2026. The vote is due on 3 July 2026. They met on 5 April 2026.")),
    ("event-later", "ar", issue("اتفق الجانبان على زيارة مشتركة للمحطة يوم 5 يونيو 2026.", ISSUED["ar"], "عرض")),
    ("date-recently", "en", issue("The ministry recently signed, on 10 April 2026, a treaty.")),
    ("date-recently", "en", issue("The ministry recently signed a treaty. On 3 March 2025 it had refused.")),
    ("date-recently", "prs", issue("وزارت اخیراً در ۲۰ حمل ۱۴۰۵ پیمان بست.", ISSUED["prs"], "مرور")),
    ("date-recently", "ar", issue("وقعت الوزارة مؤخرًا في 10 أبريل 2026 معاهدة.", ISSUED["ar"], "عرض")),
    ("link-empty", "en", "Trade grew, as [the report](https://moci.gov.af/e) says [sic] (see below)."),
    ("link-empty", "en", "Write `[name]()` for a link."),
    ("link-placeholder", "en", "Trade grew, as [the report](https://moci.gov.af/e) and [another](#roads) say.\n\n## Roads\n\nClosed."),
    ("link-placeholder", "prs", "تجارت رشد کرد، چنان‌که [گزارش](https://moci.gov.af/e) می‌گوید."),
    ("link-refused", "en", "Trade grew, as [the report](https://moci.gov.af/e), [we](mailto:us@moci.gov.af) and [a](b.md) say."),
    ("link-refused", "ar", "نمت التجارة كما يقول [التقرير](http://8.8.8.8/a) اليوم."),
    ("source-placeholder", "en", "The sources of the Helmand lie high [1], and [sic] no citation is needed."),
    ("source-placeholder", "prs", "منبع رود هلمند بلند است."),
    ("source-placeholder", "ps", "د هلمند سرچینه لوړه ده."),
    ("source-placeholder", "ar", "مصدر نهر هلمند مرتفع."),
    ("mark-without-note", "en", "Trade grew.[^1] It was [sic] “a [great] year”.\n\n[^1]: Ministry of Trade, 2 April 2026."),
    ("mark-without-note", "en", cited("Trade grew [1]. In [2026] it fell.", GOOD)),
    ("mark-without-note", "prs", cited("تجارت رشد کرد [۱].", "وزارت تجارت، ۱۳ حمل ۱۴۰۵.", title="منابع")),
    ("note-without-text", "en", "Trade grew.[^1]\n\n[^1]: Ibid."),
    ("note-without-text", "prs", "تجارت رشد کرد.[^1]\n\n[^1]: همان."),
    ("note-unused", "en", "Trade grew.[^b] Roads did not.[^a]\n\n[^a]: Ministry of Roads, 2026.\n\n[^b]: Ministry of Trade, 2026."),
    ("note-unused", "prs", "تجارت رشد کرد.[^1]\n\n[^1]: وزارت تجارت."),
    ("reference-uncited", "en", cited("Trade grew [1–3].", GOOD, GOOD.replace("Trade", "Roads"), GOOD.replace("Trade", "Water"))),
    ("reference-uncited", "en", cited("Trade grew [1, 2].", GOOD, GOOD.replace("Trade", "Roads"))),
    ("reference-uncited", "prs", cited("تجارت رشد کرد [۱، ۲].", "وزارت تجارت، ۱۳ حمل ۱۴۰۵.", "وزارت معارف، ۱۴ حمل ۱۴۰۵.", title="منابع")),
    ("reference-uncited", "ar", cited("نمت التجارة [١] [٢].", "وزارة التجارة، 2026.", "وزارة الطرق، 2026.", title="المراجع")),
    ("citation-undated", "en", cited("Trade grew [1].", GOOD)),
    ("citation-undated", "en", cited("Trade grew [1].", "Ministry of Trade, “Exports”, https://moci.gov.af/e, accessed 2026-04-03")),
    ("citation-undated", "prs", cited("تجارت رشد کرد [۱].", "وزارت تجارت، «صادرات»، ۱۳ حمل ۱۴۰۵، https://moci.gov.af/e", title="منابع")),
    ("citation-undated", "ps", cited("سوداګري پراخه شوه [۱].", "د سوداګرۍ وزارت، ۱۳ وری ۱۴۰۵، https://moci.gov.af/e", title="سرچینې")),
    ("citation-undated", "ar", cited("نمت التجارة [1].", "وزارة التجارة، 2 نيسان/أبريل 2026، https://moci.gov.af/e", title="المراجع")),
    ("source-unnamed", "en", "The sources of the Helmand say much about the climate."),
    ("source-unnamed", "en", "Nooruddin Azizi, the minister of trade, said that the border will close."),
    ("source-unnamed", "prs", "نورالدین عزیزی، وزیر تجارت، گفت که منابع آب کم است."),
    ("source-unnamed", "ps", "نورالدین عزیزي وویل چې د اوبو سرچینې کمې دي."),
    ("source-unnamed", "ar", "قال نور الدين عزيزي إن مصادر المياه قليلة."),
    ("quote-unsourced", "en", "The minister called it “a turning point for the whole of the region and its trade”.[^1]\n\n[^1]: Tolo, 2 April 2026."),
    ("quote-unsourced", "en", "The so-called “golden visa” is new."),
    ("quote-unsourced", "prs", "وزیر آن را «نقطه عطفی برای سراسر منطقه و تجارت آن» خواند ([طلوع](https://tolonews.com/a))."),
    ("quote-unsourced", "ar", "وصفه الوزير بأنه «نقطة تحول للمنطقة كلها ولتجارتها في الأعوام المقبلة».[^1]\n\n[^1]: طلوع، 2 أبريل 2026."),
    ("quote-differs", "en", cited("It says “Trade with Uzbekistan grew by forty percent” [1].", "Ministry of Trade, “Trade with Uzbekistan grew by forty percent”, 2 April 2026.")),
    ("quote-differs", "en", cited("He said “nobody will close a border again while I am here” [1].", GOOD)),
    ("quote-differs", "prs", cited("گزارش «تجارت با اوزبیکستان چهل درصد رشد کرد» [۱] می‌گوید.", "وزارت تجارت، «تجارت با اوزبیکستان چهل درصد رشد کرد»، ۱۳ حمل ۱۴۰۵.", title="منابع")),
    ("section-uncited", "en", "## Trade\n\nIt grew.[^1]\n\n## Roads\n\nThey closed.[^1]\n\n[^1]: Ministry of Trade, 2026."),
    ("section-uncited", "en", "## Trade\n\nIt grew in every month of the year. Nobody cites anything here.\n\n## Roads\n\nThey closed."),
    ("name-variants", "en", "The Taliban met. Later the Taliban left, and the Talibs of the town stayed."),
    ("name-variants", "en", "The United Nations (UN) met. Later the UN left."),
    ("name-variants", "en", "Amir Khan Muttaqi spoke. Later Muttaqi left, and Mr Muttaqi came back."),
    ("name-variants", "prs", "سازمان ملل متحد نشست برگزار کرد. سازمان ملل متحد رفت."),
    ("name-variants", "ps", "طالبانو وویل. طالبان لاړل."),
    ("name-variants", "ar", "قالت طالبان ذلك. ثم غادرت طالبان."),
    ("name-spellings", "en", "Kandahar is quiet. Kunduz is loud. Kandahar and Kunar sleep, and Kandahar's roads are shut."),
    ("name-spellings", "prs", "کندهار آرام است. کندز شلوغ است. کندهار می‌خوابد و کنر هم چنین."),
    ("name-spellings", "ar", "قالت القاعدة ذلك في قندهار. ثم عادت القاعدة إلى قندوز."),
    ("name-spelling", "en", "The Trade Centre opened. The Research Centre closed. The aid programme paid for a computer program."),
    ("name-spelling", "en", "The World Trade Center in New York is the only center they named."),
    ("acronym-unexpanded", "en", "The Quick Relief Zone Agency (QRZA) met. The QRZA left."),
    ("acronym-unexpanded", "en", "The US and the UN met at the EU. NATO ABSTAINED, II. and IV. did not."),
    ("acronym-twice", "en", "The Afghan Relief Council (ARC) met. The ARC left. The Afghan Relief Council came back."),
    ("acronym-twice", "en", "The Afghan Relief Council (ARC) and the Asian Road Company (ARCO) met."),
    ("name-loaded", "en", "He said: “The puppet regime took the town.”[^1]\n\n[^1]: Tolo, 2026."),
    ("name-loaded", "en", "The Counter-Terrorism Committee met; fighters took the town."),
    ("name-loaded", "prs", "او گفت: «تروریستان شهر را گرفتند.» جنگجویان رفتند."),
    ("name-loaded", "ps", "هغه وویل: «ترهګرو ښار ونیو.» جنګیالي لاړل."),
    ("name-loaded", "ar", "قال: «استولى المرتزقة على المدينة». وغادر المقاتلون."),
    ("name-loaded", "en", "The regime of sanctions and the visa regime were eased; the regime change of 1973 is history."),
    ("name-loaded", "prs", "رژیم حقوقی رود هلمند و رژیم غذایی کودکان بهتر شد."),
    ("name-loaded", "ar", "غيرت الحكومة النظام المالي والنظام الصحي في كابل."),
    ("likelihood-hedge", "en", "It is likely that trade will grow by June 2026, perhaps by a tenth."),
    ("likelihood-hedge", "en", "The might of the army grew in May; may it rest."),
    ("likelihood-hedge", "prs", "محتمل است که تجارت تا جون ۲۰۲۶ رشد کند."),
    ("likelihood-hedge", "ps", "سوداګري احتمال لري چې پراخه شي."),
    ("likelihood-hedge", "ar", "من المرجح أن تنمو التجارة. قد نمت التجارة في العام الماضي."),
    ("likelihood-confidence", "en", "It is likely that Kabul opens the border by June 2026. Our confidence is high."),
    ("likelihood-confidence", "en", "The vote of confidence is likely to fail by June 2026."),
    ("likelihood-confidence", "prs", "محتمل است که کابل مرز را باز کند. اطمینان ما بالا است."),
    ("likelihood-confidence", "ar", "من المرجح أن تفتح كابل الحدود. ثقتنا عالية."),
    ("forecast-open", "en", "It is likely that Kabul will open the border by 30 June 2026."),
    ("forecast-open", "en", "It is likely that Kabul opened the border in secret last year."),
    ("forecast-open", "prs", "محتمل است که کابل مرز را تا ۳۰ جون ۲۰۲۶ باز کند."),
    ("forecast-open", "ps", "کابل احتمال لري چې پوله به د ۲۰۲۶ کال د جون تر ۳۰مې پرانیزي."),
    ("forecast-open", "ar", "من المرجح أن تفتح كابل الحدود قبل 30 حزيران/يونيو 2026."),
    ("likelihood-chain", "en", "This could lead to unrest. The army held. The coup failed."),
    ("likelihood-chain", "en", "They could not read, could not write and could not leave in 1996."),
    ("likelihood-chain", "prs", "این می‌تواند به ناآرامی بینجامد. ارتش ماند."),
    ("likelihood-chain", "ar", "قد يؤدي هذا إلى اضطراب. بقي الجيش."),
    ("likelihood-number", "en", "It is likely (70%) that it opens by June 2026, and unlikely (20-45%) that it closes."),
    ("likelihood-number", "en", "It is unlikely that exports grow by 85% by June 2026."),
    ("likelihood-number", "prs", "محتمل (۷۰٪) است که مرز تا جون ۲۰۲۶ باز شود."),
    ("likelihood-number", "ar", "من المرجح (٧٠٪) أن تفتح الحدود بحلول يونيو 2026."),
    ("structure-parts", "en", "There are two reasons: first, the price of flour; second, the closed border."),
    ("structure-parts", "en", "There are three reasons, and each of the two ministers knows them."),
    ("structure-parts", "prs", "دو دلیل وجود دارد: نخست، بهای آرد؛ دوم، مرز بسته."),
    ("structure-numbering", "en", "## 1. Trade\n\nIt grew.\n\n### 1.1 Iran\n\nIt fell.\n\n### 1.2 India\n\nIt fell.\n\n## 2. Roads\n\nClosed."),
    ("structure-numbering", "en", "## 2024 in review\n\nIt grew.\n\n## 2026 ahead\n\nIt falls."),
    ("structure-numbering", "prs", "## ۱. تجارت\n\nرشد کرد.\n\n## ۲. راه‌ها\n\nبسته شد."),
    ("structure-broken", "en", "The border is what they asked for.\n\nIt closed:\n\n- by road\n- by air"),
    ("structure-broken", "en", "He asked what it was for.\n\nThe price rose."),
    ("structure-broken", "prs", "وزارت گفت که مرز بسته شد.\n\nبهای آرد بالا رفت."),
    ("structure-contents", "en", "## Contents\n\n1. Trade ..... 3\n2. Water ..... 5\n\n## 1. Trade\n\nIt grew.\n\n## 2. Water\n\nIt rose."),
    ("structure-contents", "en", "## Contents of the treaty\n\n- Trade\n- Borders\n\n## Trade\n\nIt grew."),
    ("recommendation-bare", "en", "## Recommendations\n\n- The ministry should open the border by June 2026.\n- Within three months the bank should open."),
    ("recommendation-bare", "en", "## Trade\n\n- The ministry should open the border.\n- The bank closed."),
    ("recommendation-bare", "prs", "## پیشنهادها\n\n- وزارت باید مرز را تا جون ۲۰۲۶ باز کند."),
    ("recommendation-unfounded", "en", "## Recommendations\n\n- Open the border by June 2026 (finding 1).\n- Open the road by July 2026 (finding 2)."),
    ("recommendation-unfounded", "en", "## Trade\n\n- The border opened (finding 1).\n- The bank closed."),
    ("figure-percent", "en", "Of all exports 40% went to Pakistan, 35% to India and 25% to Iran."),
    ("figure-percent", "en", "Of all exports 33.3% went to Pakistan, 33.3% to India and 33.3% to Iran."),
    ("figure-percent", "en", "Wheat rose by 40%, rice by 35% and oil by 22%."),
    ("figure-percent", "prs", "از صادرات ۴۰ درصد به پاکستان، ۳۵ درصد به هند و ۲۵ درصد به ایران رفت."),
    ("figure-percent", "ar", "ذهب من الصادرات ٤٠٪ إلى باكستان و٣٥٪ إلى الهند و٢٥٪ إلى إيران."),
    ("figure-total", "en", "12 lorries crossed: 5 from Herat, 4 from Kabul and 3 from Balkh."),
    ("figure-total", "en", "At 12:30 he left: 5 guards, 4 cars and 2 buses followed."),
    ("figure-total", "prs", "۱۲ لاری گذشت: ۵ از هرات، ۴ از کابل و ۳ از بلخ."),
    ("figure-change", "en", "The price rose from 40 to 60 afghanis, or by 50 per cent."),
    ("figure-change", "prs", "بها از ۴۰ به ۶۰ افغانی رسید، یعنی ۵۰ درصد افزایش."),
    ("figure-differs", "en", "Hairatan took 1.92 billion afghanis in April.\n\nTorghundi took 1.29 billion afghanis in May."),
    ("figure-differs", "en", "The tunnel is 2,671 metres long.\n\nIt stands 3,400 metres above the sea."),
    ("figure-scenarios", "en", "Scenario 1: it opens (70%).\n\nScenario 2: it stays shut (30%)."),
    ("figure-scenarios", "prs", "سناریوی نخست: ۷۰ درصد. سناریوی دوم: ۳۰ درصد."),
    ("figure-digits", "prs", "۱۲ لاری و ۵ موتر Su-57 گذشت."),
    ("figure-digits", "ar", "مرت ١٢ شاحنة في 2026-05-03."),
    ("figure-count", "en", "The centre counted five incidents: three approaches, one boarding and one false alarm."),
    ("figure-count", "ar", "سجل المركز ثلاث حوادث: اقترابين وإنذارا كاذبا."),
    ("reference-twice", "en", cited("Trade grew [1].", GOOD)),
    ("reference-twice", "en", "Trade grew [1] and grew again [1].\n\n## References\n\n[1] Border Office, Returns, 3 May 2026."),
    ("structure-reference", "en", "## 1. Trade\n\nAs section 2 shows, it grew.\n\n## 2. Water\n\nIt rose."),
    ("structure-reference", "en", "Section 4 of the treaty and table 6 in its annex say so."),
    ("bidi-control", "prs", "وزارت می‌گوید ۱۰۰ دالر پرداخت \u2068UN\u2069 آمد."),
    ("bidi-control", "ar", "دفعت الوزارة 100\u061c دولار\u200f لشركة UN\u200e."),
    ("mixed-scripts", "en", "The talks in Москва (Moscow) failed over the Su-57 and the α-ray."),
    ("mixed-scripts", "prs", "شرکت Huawei و 5G آمد."),
    ("letters-arabic", "prs", "بانک مرکزی گفت که صرافی‌ها باز می‌شوند."),
    ("letters-arabic", "ar", "قال البنك المركزي إن الحدود ستغلق في كابل."),
    ("letters-arabic", "ps", "مرکزي بانک وویل چې پوله به وتړل شي."),
]  # fmt: skip


def unmarked(text: str) -> str:
    return MARKED.sub(r"\1", text)


def line_of(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def alike(marked: str, words: str) -> bool:
    """Whether the words complained of are those marked, give or take an article or a bracket."""
    return words in marked or marked in words or SequenceMatcher(None, marked, words).ratio() > 0.7


@pytest.mark.parametrize(("rule", "lang", "text", "right"), FAULTS)
def test_a_fault_is_found_at_its_place_and_says_what_would_be_right(
    tmp_path: Path, rule: str, lang: str, text: str, right: tuple[str, ...]
):
    findings = checked(tmp_path, unmarked(text), rule)
    places = [(line_of(text, match), match[1]) for match in MARKED.finditer(text)]
    assert findings, "nothing is found"
    first = findings[0]
    assert any(first.line == line and alike(words, first.finding.text) for line, words in places), (
        first.line,
        first.finding.text,
    )
    assert len(findings) <= len(places)
    assert first.finding.rule == rule
    assert any(words in first.finding.message for words in right), first.finding.message


@pytest.mark.parametrize(("rule", "lang", "text"), CLEAN)
def test_what_is_no_fault_is_not_found(tmp_path: Path, rule: str, lang: str, text: str):
    assert told(checked(tmp_path, text, rule)) == []


def test_the_page_of_checking_tells_every_rule():
    page = (Path(__file__).parents[1] / "docs" / "check.md").read_text("utf-8")
    assert [name for name in known_rules() if f"| `{name}` |" not in page] == []


def test_every_rule_has_its_faults_and_its_clean_texts():
    rules = set(rule_ids())
    assert {rule for rule, *_ in FAULTS} == rules
    clean = [rule for rule, *_ in CLEAN]
    assert {rule for rule in rules if clean.count(rule) < 2} == set()


# ---- one fault, one finding -------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "text", "others"),
    [
        (
            "name-loaded",
            "The puppet regime came.\n\nThe puppet regime left.\n\nThe puppet regime came back.",
            (3, 5),
        ),
        ("likelihood-hedge", "Perhaps it rains.\n\nPerhaps it snows.\n\nPerhaps not.", (3, 5)),
        ("name-spelling", "The center opened.\n\nThe centre closed.\n\nThe center burnt.", ()),
        (
            "acronym-unexpanded",
            "The QRZA came to Kabul and stayed.\n\nThe QRZA left the town.\n\nThe QRZA came back in the end.",
            (),
        ),
        ("letters-arabic", "بانك مركزي گفت.\n\nبانك پول داد و چیزی نگفت.", ()),
    ],
)
def test_the_same_fault_is_one_finding_with_its_places(
    tmp_path: Path, rule: str, text: str, others: tuple[int, ...]
):
    findings = checked(tmp_path, text, rule)
    assert len(findings) == 1, told(findings)
    if others:
        assert findings[0].line == 1
        assert findings[0].other_lines == others


def test_one_actor_under_three_names_is_one_finding_that_lists_the_places(tmp_path: Path):
    text = "Al-Qaeda came.\n\nAl-Qaida left.\n\nAl Qaeda came back.\n\nAl-Qa'ida left again."
    findings = checked(tmp_path, text, "name-variants")
    assert len(findings) == 1, told(findings)
    assert {3, 5} <= set(findings[0].other_lines) | {findings[0].line}


# ---- dates ------------------------------------------------------------------


@pytest.mark.parametrize("month", ["Sawr 1405", "Jawza 1405"])
def test_a_month_is_right_when_any_of_its_days_is(tmp_path: Path, month: str):
    assert told(checked(tmp_path, f"The talks of May 2026 ({month}) failed.", "date-calendars")) == []


@pytest.mark.parametrize("month", ["Hamal 1405", "Saratan 1405", "Jawza 1404"])
def test_a_month_is_wrong_when_none_of_its_days_is_right(tmp_path: Path, month: str):
    findings = checked(tmp_path, f"The talks of May 2026 ({month}) failed.", "date-calendars")
    assert len(findings) == 1


@pytest.mark.parametrize(("day", "count"), [(6, 1), (7, 0), (8, 0), (9, 0), (10, 1)])
def test_a_lunar_date_a_day_off_is_no_fault(tmp_path: Path, day: int, count: int):
    text = f"The accord of {day} Dhu al-Hijja 1447 AH (25 May 2026) holds."
    assert len(checked(tmp_path, text, "date-calendars")) == count


def test_a_thirtieth_by_the_sighting_of_the_moon_is_no_fault(tmp_path: Path):
    text = "They met on 30 Muharram 1447, 30 Safar 1447 and 30 Rajab 1447 AH."
    assert told(checked(tmp_path, text, "date-impossible", "date-malformed")) == []


def test_several_faults_of_one_sentence_are_all_found(tmp_path: Path):
    text = "On 31 April 2026, on 4 Jawza 2026, on Sunday, 25 May 2026 and on 27 May 2026 (4 Jawza 1405) they met."
    found = {one.finding.rule for one in checked(tmp_path, text, "dates")}
    assert found == {"date-impossible", "date-malformed", "date-weekday", "date-calendars"}


def test_a_sentence_may_have_faults_of_several_families(tmp_path: Path):
    text = "Perhaps the puppet regime met on 31 April 2026, as [the report]() says."
    found = {one.finding.rule for one in checked(tmp_path, text)}
    assert {"likelihood-hedge", "name-loaded", "date-impossible", "link-empty"} <= found


def test_one_faulty_dual_date_is_one_finding(tmp_path: Path):
    text = "The accord of Sunday, 25 May 2026 (31 Mizan 1405) holds."
    rules = sorted(one.finding.rule for one in checked(tmp_path, text, "dates"))
    assert rules == ["date-impossible", "date-weekday"]


def test_columns_count_from_one(tmp_path: Path):
    (one,) = checked(tmp_path, "First.\n\nThey met on 31 April 2026.", "date-impossible")
    assert (one.line, one.column, one.finding.text) == (3, 13, "31 April 2026")


def test_findings_come_in_the_order_of_the_text(tmp_path: Path):
    text = "[a]() on 31 April 2026.\n\nPerhaps.\n\nThe puppet regime on 30 February 2026 and [b]()."
    lines = [one.line for one in checked(tmp_path, text)]
    assert lines == sorted(lines)


def test_the_words_complained_of_are_whole(tmp_path: Path):
    text = "The accord of 25 May 2026 (6 Jawza 1405) holds; the Afghan Relief Council (ARC) met.\n\nThe Afghan Relief Council (ARC) left."
    found = [one.finding.text for one in checked(tmp_path, text, "date-calendars", "acronym-twice")]
    assert len(found) == 2
    assert all(words.count("(") == words.count(")") for words in found), found


def test_the_references_of_a_short_text_are_not_its_masthead(tmp_path: Path):
    text = issue(cited("Trade grew [1].", "Ministry of Trade, “Exports”, 25 May 2026, https://moci.gov.af/e"))
    assert [one.line for one in checked(tmp_path, text, "source-later")] == [11]


@pytest.mark.parametrize("sign", ["", " AH"])
def test_a_lunar_date_is_held_against_the_other_calendar_with_its_sign_and_without(tmp_path: Path, sign: str):
    text = f"The accord of 20 Dhu al-Hijja 1447{sign} (25 May 2026) holds."
    assert len(checked(tmp_path, text, "date-calendars")) == 1


def test_a_short_dari_text_with_dari_months_is_not_taken_for_arabic(tmp_path: Path):
    (one,) = checked(tmp_path, "آنان در ۴ جوزا ۲۰۲۶ آمدند.", "date-malformed")
    assert "الجوزاء" not in one.finding.message


def test_a_recommendation_without_a_finding_is_not_also_bare(tmp_path: Path):
    text = "## Recommendations\n\n- Repair the road by June 2026 (finding 1).\n- Open a school by July 2026."
    rules = [
        one.finding.rule for one in checked(tmp_path, text, "recommendation-bare", "recommendation-unfounded")
    ]
    assert rules == ["recommendation-unfounded"]


# ---- texts without fault ----------------------------------------------------

FAULTLESS = {
    "en": "The ministry of trade opened two customs houses in Herat on Monday, 13 April 2026 (24 Hamal 1405). "
    "Lorries from Iran now wait one day instead of three. It is likely that exports grow by 30 June 2026. "
    "The price of flour fell in May, and the road to Kandahar stayed open through the winter.",
    "prs": "وزارت تجارت دوشنبه، ۲۴ حمل ۱۴۰۵ (۱۳ اپریل ۲۰۲۶) در هرات دو گمرک گشود. "
    "لاری‌ها از ایران اکنون به جای سه روز یک روز می‌مانند. محتمل است که صادرات تا ۹ سرطان ۱۴۰۵ رشد کند.",
    "ps": "د سوداګرۍ وزارت دوشنبه، ۲۴ وری ۱۴۰۵ (۱۳ اپرېل ۲۰۲۶) په هرات کې دوه ګمرکونه پرانیستل. "
    "د ایران لارۍ اوس د درو ورځو پر ځای یوه ورځ پاتې کېږي.",
    "ar": "افتتحت وزارة التجارة يوم الاثنين 13 نيسان/أبريل 2026 مركزين للجمارك في هرات. "
    "تنتظر الشاحنات القادمة من إيران الآن يوما واحدا بدلا من ثلاثة. من المرجح أن تنمو الصادرات قبل 30 يونيو 2026.",
}


@pytest.mark.parametrize("lang", FAULTLESS)
def test_a_text_without_fault_gives_none(tmp_path: Path, lang: str):
    assert told(checked(tmp_path, FAULTLESS[lang])) == []


def test_an_empty_text_has_no_fault(tmp_path: Path):
    assert told(checked(tmp_path, "\n")) == []


def test_code_is_not_read(tmp_path: Path):
    text = "Run this:\n\n```\nPerhaps the puppet regime met on 31 April 2026.\n```\n"
    assert told(checked(tmp_path, text)) == []


# ---- what is kept and left out ----------------------------------------------


def test_select_and_ignore_take_rules_and_families(tmp_path: Path):
    path = tmp_path / "analysis.md"
    path.write_text(
        "Perhaps the puppet regime met on Sunday, 31 April 2026 and on Sunday, 25 May 2026.", "utf-8"
    )
    every = {one.finding.rule for one in check_file(path).findings}
    assert {one.finding.rule for one in check_file(path, select=["dates"]).findings} == {
        rule for rule in every if rule_ids()[rule] == "dates"
    }
    left = {one.finding.rule for one in check_file(path, ignore=["dates", "name-loaded"]).findings}
    assert left == {rule for rule in every if rule_ids()[rule] != "dates"} - {"name-loaded"}


def test_a_finding_tells_itself(tmp_path: Path):
    (one,) = checked(tmp_path, "They met on 31 April 2026.", "date-impossible")
    whole = one.told()
    assert {"rule", "severity", "file", "line", "column", "text", "message", "fix"} <= set(whole)
    assert (whole["rule"], whole["line"], whole["column"]) == ("date-impossible", 1, 13)
    assert "analysis.md:1:13" in str(one)
