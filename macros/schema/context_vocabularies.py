"""The closed lists for what stands around the Framework: IPEF, energy, China's measures, sibling instruments."""

from __future__ import annotations

from macros.schema.vocabularies import Choice


class Lane(Choice):
    """The story that an event belongs to."""

    framework = "framework", "the Framework"
    ipef = "ipef", "IPEF"
    energy = "energy", "energy and investment"
    china = "china", "China's export controls"
    siblings = "siblings", "other minerals instruments"
    us = "us", "U.S. trade measures"


class RatificationState(Choice):
    """Where a partner stands with an agreement at the newest material seen."""

    in_force = "in-force", "in force", "in force for the partner"
    deposited = "deposited", "deposited", "an instrument was deposited; we did not see the entry into force"
    not_found = "not-found", "not found", "we found no deposit; that does not show that there was none"


class HeadingKind(Choice):
    """Whose words the heading of an article is in."""

    official = "official", "official heading"
    descriptive = "descriptive", "our heading", "we did not see the official heading"


class Seen(Choice):
    """Whether a feature was seen in an instrument."""

    yes = "yes", "yes", "a text or a good report shows it"
    no = "no", "no", "we read the whole text and it does not have it"
    mentioned = "mentioned", "mentioned", "named in passing, without a provision of its own"
    not_seen = "not-seen", "not seen", "not in what we read; that is not a no"


class Feature(Choice):
    """What instruments on critical minerals may deal with."""

    financial_support = "financial-support-deadline", "financial support by a date"
    ministerial = "ministerial-meeting", "ministerial meeting"
    projects = "project-co-identification", "joint identification of projects"
    prices = "price-mechanism", "price mechanism"
    permits = "permitting", "permitting"
    stockpiles = "stockpiling", "stockpiling"
    asset_sales = "asset-sale-screening", "review of asset sales"
    recycling = "recycling", "recycling"
    mapping = "geological-mapping", "geological mapping"
    response_group = "rapid-response-group", "rapid response group"
    offtake = "offtake", "offtake"
    standards = "market-standards", "market standards"
    third_countries = "third-country-cooperation", "work with third countries"
    export_duties = "export-duties-ban", "ban on export duties"
    energy = "energy", "energy"


class MeasureState(Choice):
    """Where an export control stands at the date of the newest material seen."""

    announced = "announced", "announced", "announced, and not yet in force at the date given"
    in_force = "in-force", "in force", "in force at the date given"
    suspended = "suspended", "suspended", "suspended at the date given"
    last_reported = "last-reported", "in force when last reported", "we could not verify its later state"
    mixed = "mixed", "partly in force", "parts of it differ; see the note"
    ended = "ended", "ended", "no longer in force"
    not_verified = "not-verified", "not verified", "we could not check its state"


class Goods(Choice):
    """The goods that a measure names, as readers look for them."""

    rare_earths = "rare-earths", "rare earths"
    gallium = "gallium", "gallium"
    germanium = "germanium", "germanium"
    antimony = "antimony", "antimony"
    graphite = "graphite", "graphite"
    tungsten = "tungsten", "tungsten"
    tellurium = "tellurium", "tellurium"
    bismuth = "bismuth", "bismuth"
    molybdenum = "molybdenum", "molybdenum"
    indium = "indium", "indium"
    superhard = "superhard", "superhard materials"
    batteries = "batteries", "batteries"
    dual_use = "dual-use", "all dual-use goods"


class Whom(Choice):
    """Whom a measure applies to, as readers look for it."""

    every_country = "every-country", "every country"
    japan = "japan", "Japan"
    united_states = "united-states", "the United States"
    military = "military", "military users"
    named = "named", "named companies"

    @property
    def is_country(self) -> bool:
        return self in (Whom.japan, Whom.united_states)


class PointStrength(Choice):
    """How firm an energy point is, in the document that contains it."""

    none_found = "no-provision-found", "no provision found", "we read the document and it has none"
    political = "political-commitment", "political commitment", "two governments say so; non-binding"
    tariff_lever = "tariff-lever", "backed by tariffs only", "the only sanction is that tariffs may rise"
    company_intent = "company-intent", "company intent", "a company's non-binding letter or plan"
    company_interest = "company-interest", "company interest", "a company has shown interest"
    one_sided = "one-sided-description", "one government's description", "one government describes intentions"
    private_terms = "conditional-private-terms", "conditional private terms", "private terms that depend on conditions"
    contract = "signed-private-contract", "signed private contract", "a contract between companies"
    private_investment = "private-investment", "private investment", "an investment that a company made"
    non_binding = "non-binding-intent", "non-binding intent", "a non-binding text states an intention"
    treaty = "binding-treaty", "binding treaty", "a treaty in force"
    authorization = "time-limited-authorization", "time-limited authorization", "a binding permission that ends"
    selected = "selected", "selected under the memorandum", "chosen under the investment memorandum"
    candidate = "candidate", "candidate, not selected", "put forward; we found no selection"
    us_programme = "us-programme", "U.S. program", "a program of the United States alone"
    in_flux = "us-law-in-flux", "U.S. law in flux", "U.S. law that changed in the period"
    domestic = "domestic-policy", "domestic policy", "the policy of one country"
    context = "context", "context", "background"
    not_verified = "not-verified", "not verified", "we could not check it"


class ColumnRole(Choice):
    """What a column of a series holds."""

    value = "value", "value"
    part = "part", "part of the total"
    total = "total", "total"


class Limit(Choice):
    """How an amount is to be read."""

    exactly = "exactly", "exactly"
    about = "about", "about"
    up_to = "up-to", "up to", "a ceiling, not a sum paid or promised"
    at_least = "at-least", "at least"
    more_than = "more-than", "more than"

    def qualify(self, amount: str) -> str:
        """Returns the amount as it may be said: `up to $550 billion`."""
        return amount if self is Limit.exactly else f"{self.label} {amount}"


class AnswerTopic(Choice):
    """The part of the site that an answer belongs to."""

    framework = "framework", "the Framework"
    ipef = "ipef", "IPEF"
    energy = "energy", "energy and investment"
    china = "china", "China's export controls"
    siblings = "siblings", "other instruments"
    developments = "developments", "what has happened since"
    using_this_site = "using-this-site", "using this site"
