"""What the rules on sources, structure and figures find in drafts, and the like of it that is right."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from rasad.check.ignores import known_rules
from rasad.flow.checking import Located, check_file

MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)
FAMILIES = ("sources", "structure", "figures")
NOTE = "\n\n[^1]: Border Office, “Returns of the month”, 3 May 2026, https://border.af/r."


def checked(folder: Path, text: str, *select: str) -> list[Located]:
    path = folder / "analysis.md"
    path.write_text(text, "utf-8")
    return list(check_file(path, select=select or FAMILIES).findings)


# Of each fault: rule, language, text with the words complained of in ⟦⟧.
FAULTS = [
    # ---- announced parts
    ("structure-parts", "en", "# Weekly\n\nThis report looks at ⟦three issues⟧: the border, the price of wheat, the new tariff and the talks in Doha."),
    ("structure-parts", "en", "There were ⟦four drivers⟧ of the closure: the shelling, the dispute over fees and the elections in Pakistan."),
    ("figure-count", "en", "Officials named ⟦five provinces⟧: Herat, Farah, Nimruz and Helmand."),
    ("structure-parts", "en", "# Note\n\nThis note has ⟦five sections⟧.\n\n## 1. Border\n\nIt closed.\n\n## 2. Water\n\nIt rose.\n\n## 3. Roads\n\nShut."),
    ("structure-parts", "en", "# Note\n\nWe discuss ⟦three scenarios⟧.\n\n## Scenario 1: Calm\n\nIt holds.\n\n## Scenario 2: Storm\n\nIt breaks."),
    ("structure-parts", "en", "The ministry gave ⟦three reasons⟧. First, the road was cut. Second, the trucks were old."),
    ("structure-parts", "en", "We draw ⟦two lessons⟧:\n\n- the border is a weapon\n- the price is a signal\n- the road is long"),
    ("structure-parts", "prs", "این گزارش به ⟦چهار موضوع⟧ می‌پردازد: مرز، گندم و تعرفه."),
    ("figure-count", "prs", "مقام‌ها ⟦پنج ولایت⟧ را نام بردند: هرات، فراه، نیمروز و هلمند."),
    ("structure-parts", "prs", "وزارت ⟦سه دلیل⟧ آورد. نخست، راه بسته بود. دوم، موترها کهنه بود."),
    ("structure-parts", "prs", "در این تحلیل ⟦سه سناریو⟧ بررسی می‌شود.\n\n## سناریوی اول: آرامش\n\nمی‌ماند.\n\n## سناریوی دوم: توفان\n\nمی‌شکند."),
    ("structure-parts", "ps", "دا راپور ⟦څلور برخې⟧ لري.\n\n## ۱. پوله\n\nوتړل شوه.\n\n## ۲. اوبه\n\nلوړې شوې."),
    ("structure-parts", "ps", "وزارت ⟦درې لاملونه⟧ وښودل: لومړی، لار تړلې وه؛ دویم، موټرې زړې وې."),
    ("figure-count", "ps", "چارواکو ⟦پنځه ولایتونه⟧ یاد کړل: هرات، فراه، نیمروز او هلمند."),
    ("structure-parts", "ar", "يتناول هذا التقرير ⟦أربعة محاور⟧: الحدود والقمح والتعرفة."),
    ("structure-parts", "ar", "ذكرت الوزارة ⟦ثلاثة أسباب⟧: أولاً، الطريق مقطوع؛ ثانياً، الشاحنات قديمة."),
    # ---- numbering
    ("structure-numbering", "en", "## 1. Trade\n\nIt grew.\n\n## 2. Water\n\nIt rose.\n\n## ⟦2.⟧ Roads\n\nShut."),
    ("structure-numbering", "en", "## I. Trade\n\nIt grew.\n\n## II. Water\n\nIt rose.\n\n## ⟦IV.⟧ Roads\n\nShut."),
    ("structure-numbering", "en", "## 2. Trade\n\nGrew.\n\n### 2.1 Iran\n\nFell.\n\n### ⟦2.3⟧ India\n\nFell."),
    ("structure-numbering", "en", "Table 1: Lorries\n\nSome text that goes on for a while.\n\n⟦Table 3⟧: Prices\n\nMore."),
    ("structure-numbering", "prs", "## الف) تجارت\n\nرشد کرد.\n\n## ب) آب\n\nبالا رفت.\n\n## ⟦ث)⟧ راه‌ها\n\nبسته."),
    ("structure-numbering", "ps", "۱. لومړی ټکی دا دی.\n\n۲. دویم ټکی دا دی.\n\n⟦۴.⟧ وروستی ټکی دا دی."),
    ("structure-numbering", "ar", "١. افتتاح المعبر أمام الشاحنات.\n\n٢. إغلاق السوق في المدينة.\n\n⟦٤.⟧ عودة الكهرباء إلى القرى."),
    # ---- references within the text
    ("structure-reference", "en", "## 1. Trade\n\nAs ⟦section 5⟧ shows, it grew.\n\n## 2. Water\n\nIt rose."),
    ("structure-reference", "en", "## Trade\n\nThe numbers in ⟦Table 4⟧ say so.\n\nTable 1. Lorries by month"),
    ("structure-reference", "en", "The list stands in ⟦Annex B⟧."),
    ("structure-reference", "en", "⟦Figure 2⟧ shows the fall of the afghani over the year, and the text goes on to say why it fell so fast and for so long, against what the bank had told its clients in March."),
    ("structure-reference", "prs", "ارقام در ⟦جدول ۴⟧ آمده است و نشان می‌دهد که تجارت کم شده است."),
    ("structure-reference", "prs", "## ۱. تجارت\n\nچنان‌که در ⟦بخش ۶⟧ گفتیم، رشد کرد.\n\n## ۲. آب\n\nبالا رفت."),
    ("structure-reference", "ps", "شمېرې په ⟦جدول ۳⟧ کې راغلې دي او ښيي چې سوداګري کمه شوې ده."),
    ("structure-reference", "ar", "كما يبين ⟦الجدول ٣⟧ تراجعت التجارة."),
    ("structure-reference", "ar", "## 1. التجارة\n\nانظر ⟦القسم 7⟧ للتفاصيل.\n\n## 2. المياه\n\nارتفعت."),
    # ---- contents
    ("structure-contents", "en", "**In this issue:** Trade | ⟦Security⟧ | Water\n\n## Trade\n\nIt grew.\n\n## Roads\n\nShut.\n\n## Water\n\nRose."),
    ("structure-contents", "prs", "## فهرست مطالب\n\n1. تجارت\n2. ⟦امنیت مرز⟧\n3. آب\n\n## ۱. تجارت\n\nرشد.\n\n## ۲. راه‌ها\n\nبسته.\n\n## ۳. آب\n\nبالا."),
    ("structure-contents", "ar", "المحتويات\n\n- التجارة\n- ⟦أمن الحدود⟧\n- المياه\n\n## التجارة\n\nنمت.\n\n## الطرق\n\nمغلقة.\n\n## المياه\n\nارتفعت."),
    # ---- sentences broken off
    ("structure-broken", "en", "The bank sold dollars in May and the price fell at once.\n\nThe traders in the market of Herat waited for a week.\n\nThe ministry promised a list of goods and printed none of it.\n\nThe governor said in the evening that he had asked the. \n\nThe gate opened on Monday, and by the evening the first ninety trucks had crossed the bridge.\n\nThe ministry of commerce announced on the same day ⟦that all of the fees would be paid at the new office near the⟧\n\nThe drivers did not believe it and stayed where they were."),
    ("structure-broken", "en", "The bank sold dollars in May and the price fell at once in all cities.\n\nThe traders in the market of Herat waited for a week.\n\nThe ministry promised a list of goods and printed none of it.\n\nThe gate opened on Monday, and by the evening the first trucks had crossed.\n\n⟦The second round of talks was moved to Doha after the two ministers had quarrelled over the list of prisoners⟧\n\nThe drivers did not believe it and stayed where they were."),
    ("structure-broken", "prs", "بانک در ماه می دالر فروخت و نرخ در همه شهرها پایین آمد.\n\nبازرگانان هرات یک هفته در انتظار ماندند و کالا نخریدند.\n\nوزارت فهرست کالاها را وعده داد و هیچ بخشی از آن را نشر نکرد.\n\nدروازه روز دوشنبه باز شد و تا شام نخستین موترها گذشتند.\n\n⟦دور دوم گفت‌وگوها پس از آن به دوحه برده شد که دو وزیر بر سر فهرست زندانیان با هم⟧\n\nرانندگان باور نکردند و همان‌جا ماندند."),
    # ---- recommendations
    ("recommendation-bare", "en", "## Recommendations\n\n1. The bank should print its rates by 30 June 2026, because section 1 shows a gap.\n2. ⟦Teachers must be paid⟧ by 31 July 2026, since section 2 shows that they left."),
    ("recommendation-bare", "en", "## Recommendations\n\n1. The bank should print its rates by 30 June 2026, because section 1 shows a gap.\n2. The ministry should open the road ⟦as soon as possible⟧, since section 2 shows that it is shut."),
    ("recommendation-unfounded", "en", "## Recommendations\n\n⟦Based on the findings above⟧, we recommend:\n\n- The donors should act.\n- The region should talk."),
    ("recommendation-unfounded", "prs", "## پیشنهادها\n\n⟦با توجه به یافته‌های بالا⟧ پیشنهاد می‌شود:\n\n- تجارت باید آسان شود.\n- گفت‌وگو باید ادامه یابد."),
    ("recommendation-bare", "prs", "## پیشنهادها\n\n- بانک مرکزی تا ۹ سرطان ۱۴۰۵ نرخ‌ها را نشر کند، زیرا بخش ۱ تفاوت را نشان می‌دهد.\n- ⟦معاش آموزگاران تا ۹ اسد ۱۴۰۵ پرداخت شود⟧، زیرا بخش ۲ نشان می‌دهد که آنان رفته‌اند."),
    ("recommendation-bare", "ps", "## سپارښتنې\n\n- مرکزي بانک دې تر ۹ چنګاښ ۱۴۰۵ پورې بیې خپرې کړي، ځکه لومړۍ برخه توپیر ښيي.\n- ⟦د ښوونکو معاش دې تر ۹ زمري ۱۴۰۵ پورې ورکړل شي⟧، ځکه دویمه برخه ښيي چې تللي دي."),
    ("recommendation-bare", "ar", "## التوصيات\n\n1. أن ينشر البنك المركزي الأسعار قبل 30 يونيو 2026، لأن القسم 1 يظهر الفرق.\n2. أن تفتح وزارة النقل الطريق ⟦في أقرب وقت ممكن⟧، لأن القسم 2 يظهر أنه مغلق."),
    # ---- figures
    ("figure-percent", "en", "Of the parcels ⟦45% went to Herat, 30% to Farah and 35% to Ghor⟧."),
    ("figure-percent", "en", "Exports by partner:\n\n- Pakistan: ⟦48%⟧\n- India: 27%\n- Iran: 15%\n- others: 15%"),
    ("figure-percent", "ps", "له ټولو صادراتو ⟦۴۸ سلنه پاکستان، ۲۷ سلنه هند او ۳۵ سلنه ایران⟧ ته لاړل."),
    ("figure-percent", "ar", "توزعت الصادرات بين ⟦48 في المئة لباكستان و27 في المئة للهند و35 في المئة لإيران⟧."),
    ("figure-percent", "en", "| Partner | Share |\n|---|---|\n| Pakistan | ⟦48%⟧ |\n| India | 27% |\n| Iran | 15% |\n| Others | 15% |"),
    ("figure-total", "en", "| Province | Schools | Clinics |\n|---|---|---|\n| Herat | 40 | 12 |\n| Farah | 25 | 8 |\n| Ghor | 15 | 6 |\n| Total | ⟦90⟧ | 26 |"),
    ("figure-total", "prs", "| ولایت | مکتب | کلینیک |\n|---|---|---|\n| هرات | ۴۰ | ۱۲ |\n| فراه | ۲۵ | ۸ |\n| غور | ۱۵ | ۶ |\n| مجموع | ۸۰ | ⟦۳۶⟧ |"),
    ("figure-total", "ar", "| الولاية | مدارس | عيادات | المجموع |\n|---|---|---|---|\n| هرات | ٤٠ | ١٢ | ٥٢ |\n| فراه | ٢٥ | ٨ | ⟦٤٣⟧ |\n| غور | ١٥ | ٦ | ٢١ |"),
    ("figure-total", "en", "The district lost 340 houses: ⟦180 in the north, 120 in the south and 60⟧ in the town."),
    ("figure-total", "en", "The convoy had 46 trucks with flour and 38 with oil, ⟦94⟧ in all."),
    ("figure-total", "prs", "در این ولسوالی ۳۴۰ خانه ویران شد که از آن جمله ⟦۱۸۰ در شمال، ۱۲۰ در جنوب و ۶۰⟧ در شهر است."),
    ("figure-total", "ps", "په ولسوالۍ کې ۳۴۰ کورونه ړنګ شول: ⟦۱۸۰ په شمال، ۱۲۰ په سوېل او ۶۰⟧ په ښار کې."),
    ("figure-total", "ar", "تهدم 340 منزلاً، منها ⟦180 في الشمال و120 في الجنوب و60⟧ في المدينة."),
    ("figure-change", "en", "The price of a sack rose from 1,600 to 2,000 afghanis, an increase of ⟦15 per cent⟧."),
    ("figure-change", "en", "Exports fell to 30 million dollars in May, compared with 40 million in April, a drop of ⟦35%⟧."),
    ("figure-change", "en", "Of the 250 families, 100, or ⟦45 per cent⟧, had no tent."),
    ("figure-change", "prs", "بهای یک بوجی از ۱٬۶۰۰ به ۲٬۰۰۰ افغانی بالا رفت که ⟦۱۵ درصد⟧ افزایش است."),
    ("figure-change", "ps", "د یوې بوجۍ بیه له ۱٬۶۰۰ څخه ۲٬۰۰۰ افغانیو ته لوړه شوه، یعنې ⟦۱۵ سلنه⟧ زیاتوالی."),
    ("figure-change", "ar", "ارتفع سعر الكيس من 1,600 إلى 2,000 أفغاني، أي بزيادة ⟦15 في المئة⟧."),
    ("figure-scenarios", "en", "## Scenarios\n\nScenario 1: the border stays shut (⟦60%⟧).\n\nScenario 2: it opens for people only (30%).\n\nScenario 3: it opens (25%)."),
    ("figure-scenarios", "ar", "السيناريو الأول: يبقى المعبر مغلقاً (⟦60 في المئة⟧).\n\nالسيناريو الثاني: يفتح للأفراد (55 في المئة)."),
    ("figure-differs", "en", "## Summary\n\nThe customs house at Hairatan collected ⟦3.42 billion afghanis⟧ in the year.\n\n## Customs\n\nIn the year the customs house at Hairatan collected 3.24 billion afghanis, mostly on fuel."),
    ("figure-differs", "en", "## Summary\n\nThe loan for the Salang tunnel is ⟦45 million⟧ dollars.\n\n## Roads\n\nThe loan for the Salang tunnel, 45 billion dollars, was signed in May."),
    ("figure-differs", "prs", "## خلاصه\n\nگمرک حیرتان در این سال ⟦۳٫۴۲ میلیارد⟧ افغانی عواید داشت.\n\n## گمرک\n\nعواید گمرک حیرتان در این سال ۳٫۲۴ میلیارد افغانی بود."),
    ("figure-digits", "prs", "در این ماه ⟦۱2⟧ لاری گذشت."),
    ("figure-total", "prs", "در این هفته ۳۴ تن کشته شدند که ⟦۲۰ تن نظامی، ۱۰ تن غیرنظامی و ۶⟧ تن ناشناس بودند."),
    ("figure-change", "en", "Exports rose from 40 to 50 million dollars, an increase of ⟦35 per cent⟧."),
    # ---- sources
    ("quote-differs", "en", "The paper's headline was ⟦“Border opened, traders rejoice”⟧.[^1]\n\n[^1]: Herat Post, “Border opens and traders rejoice”, 3 May 2026, https://herat.af/1."),
    ("quote-differs", "prs", "روزنامه نوشت ⟦«مرز باز شد و تاجران شاد شدند»⟧ [۱].\n\n## منابع\n\n[۱] هرات پست، «مرز باز شد و تاجران خوشحال شدند»، ۳ می ۲۰۲۶."),
    ("quote-differs", "ps", "ورځپاڼې ولیکل ⟦«پوله پرانیستل شوه او سوداګر خوښ شول»⟧ [۱].\n\n## سرچینې\n\n[۱] هرات پوسټ، «پوله پرانیستل شوه او سوداګر خوشحاله شول»، ۳ مې ۲۰۲۶."),
    ("quote-differs", "ar", "كتبت الصحيفة ⟦«فُتحت الحدود وابتهج التجار»⟧ [1].\n\n## المصادر\n\n[1] هرات بوست، «فُتحت الحدود وفرح التجار»، 3 مايو 2026."),
    ("quote-unsourced", "en", "Trade grew.[^1] The mayor of Kandahar told reporters: ⟦“Nobody asked us before they shut the gate.”⟧" + NOTE),
    ("source-unnamed", "en", "⟦A diplomat in Islamabad⟧ said that the deal was dead."),
    ("source-unnamed", "en", "⟦A person familiar with the talks⟧ told the paper that the deal was dead."),
    ("source-unnamed", "en", "The deal is dead, ⟦according to a senior Afghan official⟧."),
    ("source-unnamed", "prs", "⟦یک دیپلمات غربی⟧ گفت که توافق مرده است."),
    ("source-unnamed", "prs", "⟦منبع آگاهی⟧ به ما گفت که توافق مرده است."),
    ("source-unnamed", "ps", "⟦یوه لوېدیځ دیپلومات⟧ وویل چې تړون مړ دی."),
    ("source-unnamed", "ar", "وقال ⟦دبلوماسي غربي⟧ إن الاتفاق مات."),
    ("mark-without-note", "en", "Trade grew [1], and the road was shut ⟦[3]⟧.\n\nSources:\n\n[1] Border Office, Returns, 3 May 2026.\n[2] Herat Post, Roads, 4 May 2026."),
    ("reference-uncited", "en", "Trade grew (Rahimi 2024) and fell (Haidari 2025).\n\n## References\n\n- Rahimi, A. (2024). Trade. Kabul Review 3.\n- Haidari, B. (2025). Border. Kabul Review 4.\n- ⟦Noori, C. (2023). Roads. Kabul Review 2.⟧"),
    ("citation-undated", "en", "Trade grew.[^1] Roads fell.[^2] Water rose.[^3]\n\n[^1]: Border Office, “Returns”, 3 May 2026.\n\n[^2]: Herat Post, “Roads”, 4 May 2026.\n\n[^3]: ⟦Water Office, “Levels of the river”.⟧"),
    ("link-placeholder", "en", "See [the report](https://example.com/your-link-here)."),
    ("source-placeholder", "en", "Trade grew by a tenth ⟦(source?)⟧ last year."),
    ("source-placeholder", "prs", "تجارت رشد کرد ⟦(منبع؟)⟧."),
    ("reference-twice", "en", "Trade grew [1]. Roads fell [2].\n\n## References\n\n[1] Border Office, Returns, 3 May 2026.\n\n[2] Herat Post, Roads, 4 May 2026.\n\n⟦[2] Water Office, Levels, 5 May 2026.⟧"),

    # ---- of one kind with what is left alone below
    ("figure-percent", "en", "Of the freight 50 per cent is rice, 30 per cent tea, ⟦20 per cent⟧ cloth and 15 per cent other wares."),
    ("figure-change", "en", "In 2023 it stood at 200 million dollars and in 2024 at 250 million, an increase of ⟦35 percent⟧."),
    ("figure-change", "prs", "در سال ۲۰۲۳ به ۲۰۰ میلیون دالر و در سال ۲۰۲۴ به ۲۵۰ میلیون دالر رسید که ⟦۳۵ درصد⟧ افزایش را نشان می‌دهد."),
    ("structure-broken", "en", "The line from the lake to the town is open again.\n\nA second train runs on it every day but Friday.\n\nA third waits at the frontier for its papers and its crew.\n\nA fourth is late, and nobody at the station knows why.\n\n⟦The guard would presumably open it⟧\n\nand the driver could go on to the next station."),
    ("structure-parts", "en", "⟦Three reasons⟧ explain it: the toll, the queue, the weather and the price of fuel."),
    ("mark-without-note", "en", "The gate opened ⟦[4]⟧. The toll fell [5]. The queue grew [6].\n\n## Sources\n\n[1] Amu Gazette, 3 June 2026."),
    ("quote-differs", "prs", "روزنامه زیر عنوان ⟦«دروازه نخستین بار برای لاری‌ها باز شد»⟧ از آن نوشت [۱].\n\n## منابع\n\n[۲] هرات پست، «دروازه برای نخستین بار به روی لاری‌های بار باز گردید»، ۳ می ۲۰۲۶.\n\n[۱] پیک کابل، ۴ می ۲۰۲۶."),
    ("quote-unsourced", "prs", "تجارت رشد کرد [۱]. جلسه در ۴ می ۲۰۲۶ بود. یک تاجر گفت: ⟦«راه باز است و کسی آن را نمی‌بندد»⟧.\n\n## منابع\n\n[۱] پیک کابل، ۴ می ۲۰۲۶."),

    # ---- of kinds that other authors write otherwise
    ("figure-change", "en", "Prices rose from 31,000 to 35,650 rupees within five weeks, by ⟦a fifth⟧."),
    ("figure-change", "en", "In the last five years 6, 4, 9, 5 and 6 cases were closed, an average of ⟦seven⟧ a year."),
    ("figure-change", "prs", "سود آنان از ۸ به ۱۱ افغانی رسید، یعنی ⟦۴ افغانی⟧ بیشتر."),
    ("figure-change", "ar", "كان الماء قليلا.[6] انتقل السعر من 1450 إلى 1595 تومانا، أي بزيادة ⟦14.5 في المئة⟧."),
    ("figure-total", "en", "The budget has 14.4 billion manats for both: ⟦8.6 for defence and 6.8⟧ for the districts."),
    ("figure-total", "ar", "سبعة وعشرون سوقا مفتوحة: ⟦12 مع طاجيكستان، و9 مع أوزبكستان، و8⟧ مع تركمانستان."),
    ("structure-reference", "ps", "## ۱. پوله\n\n⟦۲ جدول⟧ بیې ښيي.\n\n## ۲. اوبه\n\nلوړې شوې."),
    ("structure-numbering", "en", "# Findings\n\n- **Finding 1.** It grew.\n- **Finding 2.** It fell.\n- ⟦**Finding 4.**⟧ It rose."),
    ("structure-parts", "en", "⟦Two questions⟧ are open: who commands, who pays pensions, and who decides on return."),
    ("source-unnamed", "en", "Trade grew.[^1] ⟦Several recent studies confirm⟧ the pattern for the years since 2019." + NOTE),
    ("source-placeholder", "ar", "نمت التجارة ⟦(الرابط لاحقا)⟧."),
    ("link-placeholder", "prs", "[گزارش بگرام](لینک-بعداً) از آن خبر می‌دهد."),
]  # fmt: skip

CLEAN = [
    "The centre counted four incidents: two approaches, one boarding and one false alarm.",
    "It sang “This budget is a coat for a cold winter” [1].\n\n## Sources\n\n[1] Post, “Minister: a coat for a cold winter”, 3 May 2026.",
    "The poet wrote that “many small drops make a whole river” (Gulistan, book VIII).[^1]" + NOTE,
    "They met five times: in May, June and July.",
    "[The note](https://addisstandard.example.net/freight) tells it.",
    "The talks had three aims: to open the border, to set a price for transit, and to agree on a list of goods that both sides accept.[^1]" + NOTE,
    "Two ministers came: the minister of trade, who had asked for the meeting, and the minister of finance.[^1]" + NOTE,
    "Three of the five provinces voted yes: Herat, Farah and Ghor.",
    "It has two problems: the road, which is bad, and the fee, which is high, arbitrary and secret.",
    "The three countries (Iran, Pakistan and Uzbekistan) and two companies met.",
    "Of the 120 lorries, 45 carried flour and 30 carried oil.",
    "Inflation stood at 4% in May, growth at 2.5% and unemployment at 18%.",
    "Support rose from 35% to 41% among men, and from 30% to 44% among women.",
    "Turnout was 41%, and the winner took 52% of the votes against 38% for the runner-up.",
    "About 40% of traders pay in dollars, 35% complain of delays and 30% plan to leave.",
    "Exports rose from 40 to 60 million dollars in 2025, and imports by 20 per cent.",
    "The price fell by half, from 200 to 100 dollars, while wages rose by 10 per cent.",
    "In 2024 it handled 1.5 million tonnes, 12% of the capacity of the port.",
    "The bank holds 7 billion dollars, of which 3.5 billion, or 50 per cent, are frozen.",
    "The fund paid 30 million dollars in 2023 and 45 million in 2024, 75 million together.",
    "Between 20 and 45 per cent is what unlikely means; 45 to 55 per cent is an even chance.",
    "See section 4 of the treaty and Article 12 of the charter.",
    "## 1. Trade\n\nSee section 2 below.\n\n## 2. Water\n\nTable 2 of the World Bank report shows it.",
    "According to the World Bank (Table 5), growth was 2 per cent.",
    "A spokesman for the ministry, Abdul Qahar, said that trade grew.[^1]" + NOTE,
    "A court in Kabul said on 3 May 2026 that the case was closed.[^1]" + NOTE,
    "The minister told a news conference on 3 May 2026 that “we shall not open the gate before the autumn”.",
    "The phrase “strategic depth” has a long history.\n\nTrade grew.[^1]" + NOTE,
    "## Recommendations\n\n1. The ministry of finance should publish the tariff by 30 June 2026, because section 2 shows that nobody knows it.\n2. Donors should pay teachers directly until the end of 2026, given the gap shown in section 3.",
    "## Contents\n\n- Trade at the border\n- Water\n\n## Trade at the border\n\nGrew.\n\n## Water\n\nRose.",
    "The talks were held in Doha\n\nTrade grew in May. It fell in June.\n\nPrepared by the desk",
    "The mission counted 1,200 people in April and 2,100 in May.",
    "In the first quarter the customs house collected 3.4 billion afghanis, in the second 4.3 billion afghanis.",
    "Scenario 1 is likely (60%). Scenario 2 is unlikely (30%). Scenario 3 is very unlikely (10%).",
    "| Year | Lorries | Change |\n|---|---|---|\n| 2023 | 40 | 5% |\n| 2024 | 45 | 12% |\n| 2025 | 60 | 33% |",
    "| Province | Men | Women | Total |\n|---|---|---|---|\n| Herat | 40 | 12 | 52 |\n| Farah | 25 | 8 | 33 |\n| Total | 65 | 20 | 85 |",
    "1. Open the gate.\n2. Print the list.\n3. Pay the teachers.\n\nSome text.\n\n1. Close the office.\n2. Sell the cars.",
    "این سه کشور، یعنی ایران، پاکستان و ازبکستان، با هم دیدار کردند.",
    "از ۱۲۰ لاری، ۴۵ لاری آرد و ۳۰ لاری تیل داشت.",
    "تورم در ماه می ۴ درصد، رشد ۲٫۵ درصد و بیکاری ۱۸ درصد بود.",
    "صادرات از ۴۰ به ۶۰ میلیون دالر رسید و واردات ۲۰ درصد افزایش یافت.",
    "بهای آرد از ۲٬۰۰۰ به ۲٬۵۰۰ افغانی رسید، یعنی ۲۵ درصد افزایش.",
    "محمد رحیمی، سخنگوی وزارت، روز ۳ می ۲۰۲۶ گفت: «ما دروازه را پیش از خزان باز نمی‌کنیم و کسی را فشار نمی‌دهیم.»",
    "یکی از دلایل این تصمیم بهای تیل بود و دیگری راه بسته.",
    "یکی از مقام‌های بلندپایهٔ حکومت، ملا عبدالغنی برادر، گفت که راه باز می‌شود.",
    "ماده ۱۲ قانون و بخش ۴ معاهده را ببینید.",
    "وزارت دو گمرک در هرات و سه گمرک در نیمروز گشود.",
    "دو کشور توافق کردند: مرز باز می‌ماند، تعرفه پایین می‌آید و گفت‌وگوها ادامه می‌یابد.",
    "۴۵ درصد بازرگانان به دالر می‌پردازند، ۳۵ درصد از تأخیر شکایت دارند و ۳۰ درصد می‌خواهند بروند.",
    "له ۱۲۰ لاریو ۴۵ یې اوړه او ۳۰ یې تېل درلودل.",
    "د اوړو بیه له ۲٬۰۰۰ څخه ۲٬۵۰۰ افغانیو ته لوړه شوه، یعنې ۲۵ سلنه زیاتوالی.",
    "په مې کې انفلاسیون ۴ سلنه، وده ۲٫۵ سلنه او بېکاري ۱۸ سلنه وه.",
    "د ایران، پاکستان او ازبکستان درې هېوادونه سره وکتل.",
    "د وزارت ویاند عبدالقهار بلخي د ۲۰۲۶ کال د مې په ۳مه وویل چې پوله به پرانیستل شي.",
    "یو له مهمو لاملونو د تېلو بیه وه او بل تړلې لار.",
    "من بين 120 شاحنة حملت 45 الدقيق و30 الزيت.",
    "ارتفع سعر الدقيق من 2,000 إلى 2,500 أفغاني، أي بزيادة 25 في المئة.",
    "بلغ التضخم 4 في المئة والنمو 2.5 في المئة والبطالة 18 في المئة في أيار/مايو 2026.",
    "اجتمعت الدول الثلاث، إيران وباكستان وأوزبكستان، في كابل.",
    "قال المتحدث باسم الوزارة عبد القهار بلخي في 3 مايو 2026 إن الحدود ستفتح.",
    "وقال دبلوماسي سابق هو خليل زاد إن الاتفاق مات.",
    "انظر القسم 4 من المعاهدة والمادة 12 من القانون.",
    "للقرار ثلاثة أسباب، أهمها سعر الوقود الذي ارتفع في الشتاء.",
    "Four people were killed: a soldier, two guards and a driver.",
    "She named two men: Ahmad Rahimi and Karim Noori.",
    "Three days later, on 5 May 2026: the gate, the bridge and the road were open, and trade resumed.",
    "The army lost 12 vehicles: 5 trucks, 4 cars and 3 tanks, and 40 men.",
    "By 2030 three lines will be built: from Herat to Mazar, from Kabul to Torkham, and from Spin Boldak to Kandahar.",
    "The index has five levels, from very low to very high.",
    "On five occasions in 2025 the gate closed: in January, March, June, August and December.",
    "Afghanistan has 34 provinces: 12 in the north, 10 in the south, 7 in the east and 5 in the west.",
    "He has 3 sons: Ali, 12, Reza, 9, and Omid, 4.",
    "The text has three parts. The first deals with trade. The second and third deal with water and roads.",
    "Firstly, the road is bad. Secondly, the fees are high. There are two reasons for that: war and neglect.",
    "The gate opened in May [1]. The toll fell in June [2], and the queue in July [3].\n\nThe drivers were glad.\n\n**Papers of the day.** [1] Border Office, sheet 4, 2 May 2026. [2] Amu Gazette, 3 June 2026: \"The toll falls.\" [3] Union of Drivers, letter, 9 July 2026.",
    "The gate opened [a]. The toll fell [b].\n\n## Sources\n\n[a] Border Office, sheet 4, 2 May 2026.\n\n[b] Amu Gazette, 3 June 2026.",
    "دروازه باز شد [الف] و محصول پایین آمد [ب]. والی گفت که «راه باز است و بسته نمی‌شود» [ب].\n\n## ضمیمه منابع\n\n[الف] ادارهٔ سرحد، ۲ می ۲۰۲۶.\n\n[ب] روزنامهٔ آمو، ۳ جون ۲۰۲۶.",
    "دروازه پرانیستل شوه [1] او محصول کم شو [2].\n\n## سرچینې\n\n| ګڼه | سرچینه |\n|---|---|\n| 1 | د سرحد اداره، ۲ می ۲۰۲۶ |\n| 2 | آمو ورځپاڼه، ۳ جون ۲۰۲۶ |",
    "## 1. Trade\n\nExports grew by 12 per cent in 2025 [1].\n\n## 2. Border\n\nThe gate was shut for 9 days in May 2025 [2].\n\n## 3. Winners and losers\n\nOf the 140 drivers of May 2025 the 90 from Termez gain most, and the 50 from Hairatan wait twice as long as before; the shops between them lose a third of their custom and get none of it back.\n\n## Sources\n\n[1] Amu Gazette, 4 May 2026.\n\n[2] Kabul Courier, 6 May 2026.",
    "## ۱. تجارت\n\nصادرات در ۱۴۰۴ بیشتر شد [۱].\n\n## ۲. سرحد\n\nدروازه در ثور ۱۴۰۴ نه روز بسته بود [۲].\n\n## ۳. آنچه هنوز نمی‌دانیم\n\nپروتوکول ثور ۱۴۰۴ را ندیده‌ایم و کسی ۱۴۰ لاری را دوباره نشمرده است. دو رقم بالا هر کدام از یک دفتر است و نمی‌توانیم بگوییم که آن دفتر برگشتی‌ها را چگونه می‌شمارد.\n\n## منابع\n\n[۱] روزنامهٔ آمو، ۴ می ۲۰۲۶.\n\n[۲] پیک کابل، ۶ می ۲۰۲۶.",
    "Trade grew [1].\n\nThe council of traders met in Termez on 4 May 2026. Its chair, Rustam Haydarov, said that \"the toll is paid twice and written down once\".\n\n## Sources\n\n[1] Amu Gazette, 3 June 2026.",
    "# The keeper of the gauges: a book review\n\nThe book is long [1].\n\nThe author writes that \"a river has more memory than a ministry\", and means it.\n\n## Notes\n\n[1] Herat Post, 3 June 2026.",
    "Trade grew [1].\n\nFerid (2019) is the first to count them. The list, he writes, \"is a habit and no law of trade\" (2019, 88).\n\n## Sources\n\n[1] Amu Gazette, 3 June 2026.",
    "چاه‌ها یک منبع محلی آب است و مردم قریه می‌گویند که در تابستان خشک می‌شود.",
    "این نوع مالیه را در بدخشان خراج هم گفته می‌شود و معنای دیگری ندارد.",
    "One of the drivers is the only source: an official who asked not to be named told us of the fee. This rests on one source, and we do not build on it.",
    "# محضر اجتماع لجنة المعابر\n\nقال تاجر من هرات إن الطريق طويل، وقال موظف في الجمارك إن البوابة تُفتح في السادسة.",
    "Both sides met. Of the three countries, Iran gained, and Pakistan and India lost.",
    "في البطاقة 12 خبراً: أربعة عن التجارة، وسبعة عن الماء، وواحد عن الطرق.",
    "تشارك ثلاث دول: باكستان وإيران وتركيا.",
    "In June the log shows flow on 22 days: on the 4th, the 9th and the 12th the gate stood closed.",
    "## 1. The book\n\nThe author measures the flow anew. Chapter 11 sets both spans side by side.\n\n## 2. The verdict\n\nIt is good, and its tables are better than its prose.",
    "نما عدد العائدين (منظمة الهجرة (2025)، الجدول 7).",
    "The line is open.\n\nA second train runs.\n\nThe third waits at the frontier for its papers.\n\nTWO BRIDGES AND WHO IS TO PAY FOR BOTH OF THEM NOW\n\nThe fourth is late, and nobody knows why it is.",
    "# Minutes\n\n## Agenda\n\n- Water in the canal: whom to ask and what to prepare for\n- Any other business\n\n## Water in the canal: whom to ask and what to prepare for\n\nNothing was said.\n\n## Any other business\n\nNothing was said.",
    "پرداخت در ۲۰۲۴ متوقف شد.\n\nدروازه بسته ماند.\n\nسازمان بودجهٔ خود را از سهم اعضا می‌گیرد و پنج عضو آن را در هر سال به موقع می‌پردازند.³\n\nدیگر چیزی گفته نشد.",
    "## 1. Talks\n\nText of the part.\n\n## 2. Trade\n\nText of the part.\n\n3. What is open\n\n- the price;\n- the day.\n\n## 4. Borders\n\nText of the part.",
    "## Recommendations\n\n1. Print the log. Owner: the two districts. Horizon: from the first quarter of 2027. Basis: the first fact.\n2. Keep the gate open in Ramadan. Owner: the border services. Horizon: before the harvest. Basis: the third fact.",
    "## سپارښتنې\n\n- د اوبو وزارت دې د راتلونکې میاشتې تر پایه د ثبت کتاب خپور کړي — لومړی ټکی.\n- د سرحد اداره دې په سپټمبر غونډه کې نوی مهالوېش ومني — دویم ټکی.",
    "In Herat 62 per cent of the shops pay by card, and in Farah 31 per cent of all shops do.",
    "په کندز کې ۶۲ سلنه دکانونه د شپې خلاص دي، او په تخار کې د ټولو دکانونو ۳۳ سلنه.",
    "| Province | District | 2024 | 2025 |\n|---|---|---:|---:|\n| Herat | Kushk | 610 | 1,140 |\n| Herat | Gulran | 120 | 85 |\n| *Total Herat* | | *730* | *1,225* |\n| Farah | Bala Buluk | 300 | 410 |",
    "The shares are rounded.\n\n| Port | Tonnes |\n|---|---:|\n| Hairatan | 10.4 |\n| Torghundi | 8.4 |\n| Aqina | 6.4 |\n| Sher Khan | 5.4 |\n| Total | 30.4 |",
    "به گفتهٔ وزارت، فروش ۱۰ درصد کم شد. قرارداد تازه مقدار را ۵ درصد بالا می‌برد.",
]  # fmt: skip


@pytest.mark.parametrize(("rule", "lang", "text"), FAULTS)
def test_a_fault_of_a_draft_is_found_in_its_words(tmp_path: Path, rule: str, lang: str, text: str):
    places = [(text.count("\n", 0, one.start()) + 1, one[1]) for one in MARKED.finditer(text)]
    found = checked(tmp_path, MARKED.sub(r"\1", text), rule)
    assert found, f"nothing is found in {lang}"
    if places:
        assert found[0].line == places[0][0]
        words = found[0].finding.text
        assert words in places[0][1] or places[0][1] in words, words
    assert rule in known_rules()


@pytest.mark.parametrize("text", CLEAN)
def test_what_only_looks_like_a_fault_is_left_alone(tmp_path: Path, text: str):
    assert [
        (one.finding.rule, one.finding.text, one.finding.message) for one in checked(tmp_path, text)
    ] == []


def test_a_page_with_bold_lines_for_headings_is_read_by_its_sections(tmp_path: Path):
    path = tmp_path / "week.html"
    parts = (
        "<b>1. Trade</b>",
        "It grew, as section 6 shows.",
        "<b>3. Roads</b>",
        "They were shut.<sup>1</sup>",
    )
    path.write_text("<article>" + "".join(f"<p>{part}</p>" for part in parts) + "</article>", "utf-8")
    found = {one.finding.rule: one.finding.text for one in check_file(path, select=FAMILIES).findings}
    assert found == {
        "structure-numbering": "3.",
        "structure-reference": "section 6",
        "mark-without-note": "<sup>1</sup>",
    }


def test_recommendations_said_to_rest_on_findings_are_one_fault(tmp_path: Path):
    text = "## Recommendations\n\nBased on the findings above we recommend:\n\n- The donors should act.\n- The region should talk."
    assert [one.finding.rule for one in checked(tmp_path, text, "recommendation-unfounded")] == [
        "recommendation-unfounded"
    ]


def test_a_total_of_a_word_table_is_summed(tmp_path: Path):
    document = docx.Document()
    table = document.add_table(rows=4, cols=2)
    rows = [("Province", "Schools"), ("Herat", "40"), ("Farah", "25"), ("Total", "75")]
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    path = tmp_path / "schools.docx"
    document.save(str(path))
    (one,) = check_file(path, select=["figure-total"]).findings
    assert (one.finding.text, "65" in one.finding.message) == ("75", True)
