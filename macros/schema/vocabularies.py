"""The closed lists that records choose from. Each choice has the word that readers see and what it means."""

from __future__ import annotations

from enum import Enum


class Choice(Enum):
    """A choice: `value` is what authors write, `label` what readers see, `meaning` what it stands for.

    `label_ja` is the label on a page in Japanese, `short` the label where there is little room; both may be missing.
    """

    label: str
    meaning: str
    label_ja: str
    short: str

    def __new__(cls, value: str, label: str, meaning: str = "", label_ja: str = "", short: str = "") -> Choice:
        member = object.__new__(cls)
        member._value_ = value
        member.label = label
        member.meaning = meaning
        member.label_ja = label_ja
        member.short = short or label
        return member

    def __str__(self) -> str:
        return self.label

    def say(self, language: str) -> str:
        """Returns the label in a language; the English one where it has none in that."""
        return (language == Language.ja.value and self.label_ja) or self.label


class Language(Choice):
    """The languages in which pages are written; the label is the language's own name."""

    en = "en", "English"
    ja = "ja", "日本語"


class Certainty(Choice):
    """How sure we are of an assertion."""

    verified = "verified", "verified", "we read it in a primary text", "確認済み"
    reported = "reported", "reported", "we know it from secondary reports only", "二次資料による"
    derived = "derived", "derived", "we computed or inferred it from a primary text", "一次資料から算出又は推論"
    not_verified = "not-verified", "not verified", "we could not check it in the material we read", "未確認"


class Basis(Choice):
    """What a reading or a relation rests on."""

    text = "text", "from the text", "the text itself says so"
    commentary = (
        "commentary",
        "from commentary",
        "law firms, reporters or other writers draw the point; the text does not make it",
    )
    our_reading = "our-reading", "our reading", "our own inference; we found no source that says it"


class SourceKind(Choice):
    """Whether a source is itself the act or the record, or reports on it."""

    primary = "primary", "primary", "the text itself, or an official record of the body that acted", "一次資料"
    secondary = "secondary", "secondary", "a report, a summary or a commentary", "二次資料"


class SourceSeen(Choice):
    """How much of a source was read."""

    text = "text", "read in full", "we read the whole text", "全文を確認"
    excerpt = "excerpt", "read in part", "we read only a part of the text", "一部を確認"
    report = "report", "read as a report", "we read the opening or a stored copy of a report", "報道として確認"


class SourceStanding(Choice):
    """Who speaks in a source. The last four never stand alone under a fact."""

    official = "official", "official", "a government, an international body or a public agency", "公的機関"
    academic = "academic", "academic", "a university, a learned journal or a scholarly database", "学術機関"
    law_firm = "law-firm", "law firm", "a note by a law firm", "法律事務所"
    research = "research", "research or think tank", "a research body or a policy institute", "研究機関"
    press = "press", "press", "a news agency, a newspaper or the trade press", "報道"
    trade = "trade", "trade body", "an association of businesses", "業界団体"
    mirror = "mirror", "mirror", "an unofficial copy of another publication", "非公式の写し"
    aggregator = "aggregator", "aggregator", "a digest that collects or rewrites what others published", "まとめサイト"
    partisan = "partisan", "partisan", "an outlet or body that argues for one side", "特定の立場の媒体"
    state_media = "state-media", "state media", "an outlet controlled by a state", "国営メディア"

    @property
    def is_weak(self) -> bool:
        return self.value in ("mirror", "aggregator", "partisan", "state-media")


class InstrumentType(Choice):
    """The form of a document."""

    framework = "framework", "framework"
    agreement = "agreement", "international agreement"
    memorandum = "memorandum", "memorandum"
    joint_statement = "joint-statement", "joint statement"
    fact_sheet = "fact-sheet", "fact sheet"
    executive_order = "executive-order", "executive order"
    action_plan = "action-plan", "action plan"
    deal = "deal", "announced deal"
    initiative = "initiative", "initiative"
    statute = "statute", "law or license"
    plan = "plan", "government plan"
    partnership = "partnership", "announced partnership"
    selection = "selection", "announced selection of projects"
    programme = "programme", "program"


class InstrumentRole(Choice):
    """How a document relates to the Framework."""

    subject = "subject", "the Framework", "the text that this site explains"
    same_day = "same-day", "same day", "signed or published on the day of signature"
    background = "background", "background", "came before and explains the setting"
    earlier = "earlier", "earlier agreement", "an earlier agreement on the same subject"
    sister = "sister", "parallel framework", "a U.S. framework of the same form with another country"
    later = "later", "later document", "came after the signing"
    ipef = "ipef", "IPEF document", "belongs to the Indo-Pacific Economic Framework"
    energy = "energy", "energy or investment document", "carries an energy point or belongs to the investment vehicle"
    sibling = "sibling", "sibling instrument", "another instrument on critical minerals"


class Part(Choice):
    """The parts of the Framework, in the order of the text."""

    preamble = "preamble", "Preamble", "seven recitals and a chapeau"
    section_1 = "section-1", "Section I: Critical Minerals and Rare Earths", "ten paragraphs"
    section_2 = "section-2", "Section II: General Matters", "four paragraphs"
    closing = "closing", "Testimonium and signatures", "place, date and signatures"


class ProvisionSubject(Choice):
    """What a provision is mainly about. Our sorting; the text has headings for some of it only."""

    aims = "aims", "aims", "why the two governments do this, and what for"
    projects = "projects", "projects and money", "which projects, and who may pay for them"
    supply = "supply", "supply and stocks", "how minerals are secured, shared, recovered and kept"
    markets = "markets", "prices and sales", "unfair trade, prices, and the sale of assets"
    ground = "ground", "permits and mapping", "what is in the ground, and permission to mine it"
    talks = "talks", "meetings and partners", "who meets whom, and other countries"
    form = "form", "force and end", "what kind of text it is, when it begins and how it ends"


class Strength(Choice):
    """How strong the wording of a provision is. None of the levels is legally binding (Section II, paragraph 4)."""

    formal = "formal", "formal clause", "records place, date and signatures and asks nothing of either government"
    recital = "recital", "recital", "states a reason, an aim or a shared view; it is not an operative paragraph"
    consideration = "consideration", "to be considered", "the two governments say they intend to consider something"
    intention = "intention", "intention", "the two governments say what they intend or plan to do"
    under_way = "under-way", "described as under way", "the two governments describe something as already being done"
    future_work = "future-work", "future work", "the two governments say they will work on something"
    decision = "decision", "decision", "the two governments say they have decided something"
    commitment = "commitment", "political commitment", "the two governments say they commit; still non-binding"
    permission = "permission", "option", "either government may do something"
    disclaimer = "disclaimer", "disclaimer", "says what the text does not create"


class DeadlineState(Choice):
    """What is known of a deadline at the as-at date."""

    running = "running", "running", "the due date has not passed at the as-at date", "期限前"
    no_public_evidence = (
        "no-public-evidence",
        "due date passed; no public evidence found",
        "we found no public evidence that the step was taken, and none that it was not",
        "期限は経過、実施の有無を示す公開情報は見つかっていません",
        "no public evidence found",
    )
    evidence_found = "evidence-found", "evidence found", "a source says that the step was taken", "実施を示す資料あり"
    on_request = (
        "on-request",
        "runs only on request",
        "the period starts when one government acts; we found no request",
        "要請があった場合にのみ開始",
    )
    undated = "undated", "no date set", "the text sets no time", "期限の定めなし"


class InstitutionType(Choice):
    """What sort of body or meeting an institution is."""

    joint_body = "joint-body", "joint body"
    ministerial = "ministerial", "ministerial meeting"
    national = "national-authorities", "national authorities"
    unnamed = "unnamed", "not named in the text"


class MaterialType(Choice):
    """What sort of thing the text names."""

    category = "category", "category of minerals"
    product = "product", "derivative product"
    stage = "stage", "stage of the chain"


class ImplicationType(Choice):
    """What a point means for a company."""

    obligation = "obligation", "obligations"
    opportunity = "opportunity", "opportunity"
    risk = "risk", "risk"
    practical = "practical", "practical point"
    watch = "watch", "what to watch"
    step = "step", "question for counsel", "a question that a company can raise with counsel; not advice and not a duty"
    not_to_assume = "not-to-assume", "what not to assume"


class ImplicationSubject(Choice):
    """What a point is about, where there are many of its type."""

    china = "china", "China's controls"
    support = "support", "Support, projects and reviews"
    trade = "trade", "Supply, prices and trade"
    energy = "energy", "Energy and the investment vehicle"
    text = "text", "The text and its place among others"


class QuestionStatus(Choice):
    """Where an open question stands."""

    settled = "settled-by-text", "settled by the text", "the text answers it; usage elsewhere varies"
    open = "open", "open", "the text and the sources we read do not answer it"
    not_verified = "not-verified", "not verified", "an answer may exist; we could not check it"
    our_reading = "our-reading", "our reading only", "the answer is ours; we found no commentary"
    debated = "debated", "debated", "commentators disagree"


class QuestionTopic(Choice):
    """The subject under which a question is listed."""

    text = "text", "the text and its form"
    projects = "projects", "projects, money and minerals"
    prices = "prices", "prices, sales, stocks and bodies"
    papers = "papers", "other minerals instruments"
    ipef = "ipef", "IPEF"
    gas = "gas", "gas and Russia"
    nuclear = "nuclear", "reactors, fusion and the energy documents"
    vehicle = "vehicle", "the investment vehicle and tariffs"
    china = "china", "China's export controls"


class EventType(Choice):
    """What sort of event it is."""

    signing = "signing", "signature"
    meeting = "meeting", "meeting"
    publication = "publication", "publication"
    measure = "measure", "measure"
    entry_into_force = "entry-into-force", "entry into force"
    deposit = "deposit", "deposit of an instrument"
    deal = "deal", "company deal"
    statement = "statement", "statement"
    ruling = "ruling", "court ruling"


class RelationType(Choice):
    """How one record bears on another. `meaning` is how the other record names it back."""

    parallels = "parallels", "parallels", "parallels"
    contrasts = "contrasts-with", "contrasts with", "contrasts with"
    implements = "implements", "implements", "implemented by"
    later_than = "later-than", "later than", "earlier than"
    same_package = "same-package", "part of the same package as", "part of the same package as"
    separate_from = "separate-from", "separate from", "separate from"
    limits = "limits", "limits", "limited by"
    develops = "develops", "develops", "developed by"
    reviews = "reviews", "provides for the review of", "reviewed under"
    read_with = "read-with", "to be read with", "to be read with"
    names = "names", "names", "named by"
    shows_activity_on = "shows-activity-on", "shows activity on the subject of", "activity on this subject in"

    @property
    def inverse(self) -> str:
        return self.meaning


class TermTopic(Choice):
    """The subject that a term belongs to."""

    named = "named", "names that the text gives"
    left_open = "left-open", "words that the text uses and does not define"
    law = "law", "law and form"
    money = "money", "money and support"
    minerals = "minerals", "minerals, products and steps"
    permits_and_prices = "permits-and-prices", "permits, reviews and prices"
    ipef = "ipef", "IPEF"
    trade = "trade", "the 2023 agreement and trade rules"
    lng = "lng", "gas and LNG"
    nuclear = "nuclear", "nuclear energy and fusion"
    vehicle = "vehicle", "the investment vehicle"
    tariffs = "tariffs", "tariffs and sanctions of the United States"
    china = "china", "China's export controls"
    offices = "offices", "offices and companies"
    forums = "forums", "forums and other programs"
    this_site = "this-site", "words of this site"
